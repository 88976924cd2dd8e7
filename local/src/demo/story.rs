//! What happens in the six weeks, in the order of time: who comes when, and what becomes of them.

use chrono::TimeDelta;
use fastrand::Rng;
use shared::domain::Timestamp;

use super::{
    acts::{Act, acts},
    calendar::{Calendar, DAYS},
    guest::{Fate, Guest},
    links::{Link, PLANS, Plan, RUSH, Wave},
    people::{Cast, Person, Tongue},
};

/// Who is in the file that the staff office sends.
pub(super) const IMPORTED: usize = 20;

/// One thing that happens.
pub(super) struct Beat {
    pub at: Timestamp,
    pub deed: Deed,
}

/// Who does what; guests by their number.
pub(super) enum Deed {
    /// Somebody opens a link's page.
    Open(Link),
    Register(usize),
    /// Somebody registers in vain.
    Knock(Link),
    /// Asks for a login mail.
    Ask(usize),
    /// Signs in from the newest mail, if there is one.
    SignIn(usize),
    /// Registers through a second link, signed in.
    Second(usize, Link),
    /// An admin, by number, acts.
    Admin(usize, Act),
    Sweep,
}

/// The whole story.
pub(super) struct Story {
    pub guests: Vec<Guest>,
    pub beats: Vec<Beat>,
}

impl Story {
    /// The story as it is told at the end of the calendar. The same seed gives the same people, and as near as weekdays let it the
    /// same days.
    pub(super) fn new(calendar: &Calendar, seed: u64) -> Self {
        let mut cast = Cast::new(seed);
        let mut rng = Rng::with_seed(seed ^ 0x5eed);
        let mut guests = Vec::new();
        let mut story = Self { guests: Vec::new(), beats: Vec::new() };
        for plan in &PLANS {
            let mut moments = moments(plan, calendar, &mut rng);
            moments.sort_unstable();
            for (number, registers) in moments.into_iter().enumerate() {
                let (fate, elsewhere) = fate(plan.link, number);
                let mut person = cast.somebody(plan.tongues, elsewhere.unwrap_or(plan.domains));
                if let Some(name) = elsewhere.and_then(|domains| domains.first()?.strip_suffix(SIMULATOR)) {
                    // The simulator does by the name before the plus.
                    let local = person.email.split('@').next().unwrap_or_default();
                    person.email = format!("{}+{local}@{}", name, &SIMULATOR[1..]);
                }
                guests.push(Guest { person, link: Some(plan.link), registers, fate });
            }
            story.lookers(plan, calendar, &mut rng);
        }
        let imports = calendar.at(calendar.workday(12), 9 * 60);
        for number in 0..IMPORTED {
            // As they stand in the file: one for Hamburg, one for Vigo.
            let tongue = if number % 2 == 0 { Tongue::German } else { Tongue::Spanish };
            let person = cast.somebody(&[tongue], &["nordkai.example.com"]);
            let fate = if number % 4 == 3 { Fate::GrantedOnly } else { Fate::Granted };
            guests.push(Guest { person, link: None, registers: imports, fate });
        }
        twice(&mut guests);
        story.guests = guests;
        let acts = acts(calendar, &story.guests);
        for number in 0..story.guests.len() {
            story.comes(number, &acts, calendar, &mut rng);
        }
        story.knocks(calendar, &mut rng);
        story.beats.extend(acts.into_iter().map(|(at, by, act)| Beat { at, deed: Deed::Admin(by, act) }));
        story.sweeps(calendar);
        let last = calendar.now().plus(TimeDelta::minutes(-2));
        story.beats.retain(|beat| beat.at <= last);
        story.beats.sort_by_key(|beat| beat.at);
        story
    }

    /// What one guest does.
    fn comes(&mut self, number: usize, acts: &[(Timestamp, usize, Act)], calendar: &Calendar, rng: &mut Rng) {
        let Guest { link, registers, fate, .. } = self.guests[number];
        let mut add = |at, deed| self.beats.push(Beat { at, deed });
        if let Some(link) = link {
            add(registers.plus(TimeDelta::seconds(-rng.i64(61..240))), Deed::Open(link));
            add(registers, Deed::Register(number));
        }
        match fate {
            Fate::Prompt => add(registers.plus(TimeDelta::seconds(rng.i64(61..700))), Deed::SignIn(number)),
            Fate::Late => {
                let at = awake(calendar, registers.plus(TimeDelta::minutes(rng.i64(90..2_400))));
                add(at, Deed::Ask(number));
                add(at.plus(TimeDelta::seconds(rng.i64(61..500))), Deed::SignIn(number));
            }
            Fate::Granted => {
                let granted = acts.iter().filter(|(at, _, act)| *at > registers && act.lets_in(link));
                if let Some((at, ..)) = granted.min_by_key(|(at, ..)| *at) {
                    add(at.plus(TimeDelta::seconds(rng.i64(300..24_000))), Deed::SignIn(number));
                }
            }
            Fate::Waits => {
                // Whoever waited and got a seat finds the mail in the evening.
                let evening = calendar.at(calendar.workday(37), 19 * 60 + rng.i64(0..90));
                if registers < evening {
                    add(evening, Deed::SignIn(number));
                }
            }
            Fate::Never | Fate::GrantedOnly | Fate::Refused => {}
        }
    }

    /// Those who open a page and leave it at that.
    fn lookers(&mut self, plan: &Plan, calendar: &Calendar, rng: &mut Rng) {
        if plan.link == Link::Staff {
            for _ in 0..RUSH * plan.lookers / 100 {
                self.beats.push(Beat { at: rush(calendar, rng), deed: Deed::Open(plan.link) });
            }
        }
        for wave in plan.waves {
            for _ in 0..wave.people * plan.lookers / 100 {
                let at = moment(wave, plan.nightly, calendar, rng);
                self.beats.push(Beat { at, deed: Deed::Open(plan.link) });
            }
        }
    }

    /// Those who come when nobody is taken, and those who take a second link.
    fn knocks(&mut self, calendar: &Calendar, rng: &mut Rng) {
        let late =
            [(Link::NightShift, 6, 28), (Link::SafetyWeek, 4, 28), (Link::Refit, 3, 25), (Link::Apprentices, 5, 37)];
        for (link, people, first) in late {
            for _ in 0..people {
                let at = calendar.at(rng.i64(first..DAYS), rng.i64(7 * 60..19 * 60));
                self.beats.push(Beat { at, deed: Deed::Open(link) });
                self.beats.push(Beat { at: at.plus(TimeDelta::seconds(90)), deed: Deed::Knock(link) });
            }
        }
        let staff = self.guests.iter().enumerate().filter(|(_, guest)| guest.link == Some(Link::Staff));
        let early: Vec<usize> =
            staff.filter(|(_, guest)| guest.fate == Fate::Prompt).map(|(number, _)| number).collect();
        for &number in early.iter().skip(2).step_by(4).take(5) {
            let at = calendar.at(rng.i64(12..25), rng.i64(9 * 60..16 * 60));
            self.beats.push(Beat { at, deed: Deed::Second(number, Link::SafetyWeek) });
        }
    }

    /// Twice a day is enough to see what falls due; the system itself looks every five minutes.
    fn sweeps(&mut self, calendar: &Calendar) {
        for day in 1..=DAYS {
            for minute in [5, 12 * 60 + 40] {
                self.beats.push(Beat { at: calendar.at(day, minute), deed: Deed::Sweep });
            }
        }
        self.beats.push(Beat { at: calendar.now().plus(TimeDelta::minutes(-2)), deed: Deed::Sweep });
    }
}

const SIMULATOR: &str = "@simulator.amazonses.com";

/// What becomes of the guest of this number on a link, in the order in which they come, and the domain of their address where it is
/// another than the link's people have.
fn fate(link: Link, number: usize) -> (Fate, Option<&'static [&'static str]>) {
    let held: &[&str] = &["post.example.org", "mail.example.net"];
    let mostly = |never: bool| match number % 5 {
        _ if never => Fate::Never,
        2 => Fate::Late,
        _ => Fate::Prompt,
    };
    match link {
        Link::Staff if number % 13 == 6 => (Fate::Granted, Some(held)),
        // Who came today has not all been to the mailbox yet.
        Link::Staff if number >= 86 => (Fate::Late, None),
        Link::Staff => (mostly(number % 8 == 3), None),
        Link::OldPoster | Link::Apprentices => (Fate::Prompt, None),
        Link::Subcontractors => match number {
            5 | 12 | 19 | 30 => (Fate::Refused, None),
            8 | 26 => (Fate::GrantedOnly, Some(&["bounce@simulator.amazonses.com"])),
            15 => (Fate::Granted, Some(&["complaint@simulator.amazonses.com"])),
            22 => (Fate::Granted, Some(&["ooto@simulator.amazonses.com"])),
            _ if number % 7 == 2 => (Fate::GrantedOnly, None),
            _ => (Fate::Granted, None),
        },
        Link::Refit if number == 4 => (Fate::Never, Some(&["bounce@simulator.amazonses.com"])),
        Link::Refit => (mostly(number % 6 == 4), None),
        Link::SafetyWeek if number == 3 || number == 13 => (Fate::Never, Some(&["bounce@simulator.amazonses.com"])),
        Link::SafetyWeek => (mostly(number % 5 == 3), None),
        // Whoever lets a seat lapse does so before the others come who make the link full.
        Link::Welders if number >= 44 => (Fate::Waits, None),
        Link::Welders => (mostly([1, 6, 11, 16].contains(&number)), None),
        Link::NightShift => (mostly([1, 4, 7].contains(&number)), None),
    }
}

/// One of the staff comes to the safety week as well, with another address of the same mailbox.
fn twice(guests: &mut [Guest]) {
    let nth = |link, nth| guests.iter().enumerate().filter(move |(_, guest)| guest.link == Some(link)).nth(nth);
    if let (Some((_, one)), Some((again, _))) = (nth(Link::Staff, 2), nth(Link::SafetyWeek, 20)) {
        let Person { name, email } = one.person.clone();
        guests[again].person = Person { name, email: email.replacen('@', "+family@", 1) };
    }
}

/// When the people of a link register.
fn moments(plan: &Plan, calendar: &Calendar, rng: &mut Rng) -> Vec<Timestamp> {
    let mut moments = Vec::new();
    for wave in plan.waves {
        moments.extend((0..wave.people).map(|_| moment(wave, plan.nightly, calendar, rng)));
    }
    if plan.link == Link::Staff {
        moments.extend((0..RUSH).map(|_| rush(calendar, rng)));
    }
    moments
}

/// A moment of the first Monday, around the beginning of the early shift.
fn rush(calendar: &Calendar, rng: &mut Rng) -> Timestamp {
    calendar.at(calendar.first_monday(), 6 * 60 + 15).plus(TimeDelta::seconds(rng.i64(0..5_400)))
}

/// A moment of a wave: on a day by how busy it is, at an hour by when shifts begin and end.
fn moment(wave: &Wave, nightly: bool, calendar: &Calendar, rng: &mut Rng) -> Timestamp {
    let (first, last) = wave.days;
    if first >= DAYS {
        // Today has only the hours that it has had; early in the morning they are yesterday's.
        return calendar.now().plus(TimeDelta::seconds(-rng.i64(240..12_000)));
    }
    let mut fading = 1.0;
    let weights: Vec<(i64, f64)> = (first..=last)
        .map(|day| {
            fading *= wave.fading;
            (day, calendar.weight(day) * fading)
        })
        .collect();
    let mut left = rng.f64() * weights.iter().map(|(_, weight)| weight).sum::<f64>();
    let day = weights.iter().find(|(_, weight)| {
        left -= weight;
        left < 0.0
    });
    let day = day.map_or(last, |(day, _)| *day);
    let minute = match rng.u32(..100) {
        _ if nightly => rng.i64(19 * 60 + 30..22 * 60 + 20),
        ..40 => rng.i64(6 * 60..8 * 60),
        40..60 => rng.i64(11 * 60 + 30..13 * 60),
        60..85 => rng.i64(13 * 60 + 30..16 * 60),
        _ => rng.i64(17 * 60..21 * 60 + 30),
    };
    calendar.at(day, minute).plus(TimeDelta::seconds(rng.i64(0..60)))
}

/// The moment itself, or the morning after it.
fn awake(calendar: &Calendar, at: Timestamp) -> Timestamp {
    let night = (0..=DAYS).find(|&day| at >= calendar.at(day, -60) && at < calendar.at(day, 6 * 60));
    if night.is_some() { at.plus(TimeDelta::hours(7)) } else { at }
}

#[cfg(test)]
mod tests;
