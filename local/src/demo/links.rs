//! The demo's eight links, each in a state of its own.

use serde_json::{Value, json};

use super::{
    calendar::{Calendar, DAYS},
    people::Tongue::{self, English, German, Polish, Spanish},
    places::allocation,
};

/// One of the links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    /// For those with a company address; others are held for approval. Open, and its code was replaced.
    Staff,
    /// Taken away on its first days.
    OldPoster,
    /// An admin looks first, at what is asked beyond name and address.
    Subcontractors,
    /// Deactivated.
    Refit,
    /// Over.
    SafetyWeek,
    /// Full, with a waiting list.
    Welders,
    /// Full.
    NightShift,
    /// Has not begun.
    Apprentices,
}

/// When registrations come: so many of them on these days, both included.
pub(super) struct Wave {
    pub people: usize,
    pub days: (i64, i64),
    /// How much less each day brings than the one before, weekdays and weekends aside.
    pub fading: f64,
}

/// How a link is made, and who comes through it.
pub(super) struct Plan {
    pub link: Link,
    /// The day on which it is made, or the Monday after it.
    pub made: i64,
    /// Which admin makes it.
    pub by: usize,
    pub tongues: &'static [Tongue],
    /// The domains of their addresses.
    pub domains: &'static [&'static str],
    pub waves: &'static [Wave],
    /// How many open its page and leave it at that, for each hundred who register.
    pub lookers: usize,
    /// Whether people come in the evening.
    pub nightly: bool,
}

const fn wave(people: usize, first: i64, last: i64, fading: f64) -> Wave {
    Wave { people, days: (first, last), fading }
}

/// Whose days leave room between a seat's lapse and the one who takes it next: the waves of the full links.
pub(super) const PLANS: [Plan; 8] = [
    Plan {
        link: Link::Staff,
        made: 0,
        by: 0,
        tongues: &[German, German, German, Polish, Spanish, English],
        domains: &["nordkai.example.com"],
        waves: &[wave(46, 8, DAYS - 1, 0.96), wave(4, DAYS, DAYS, 1.0)],
        lookers: 45,
        nightly: false,
    },
    Plan {
        link: Link::OldPoster,
        made: 0,
        by: 0,
        tongues: &[German],
        domains: &["post.example.org"],
        waves: &[wave(4, 1, 2, 1.0)],
        lookers: 150,
        nightly: false,
    },
    Plan {
        link: Link::Subcontractors,
        made: 1,
        by: 1,
        tongues: &[German, Polish, Polish, English],
        domains: &["weldtec.example.net", "elbe-rigging.example.com", "baltic-coating.example.org", "post.example.net"],
        waves: &[wave(38, 4, 35, 0.98), wave(15, DAYS - 3, DAYS - 1, 1.0), wave(3, DAYS, DAYS, 1.0)],
        lookers: 70,
        nightly: false,
    },
    Plan {
        link: Link::Refit,
        made: 4,
        by: 1,
        tongues: &[German, English],
        domains: &["dockline.example.net", "post.example.org"],
        waves: &[wave(20, 7, 20, 0.9)],
        lookers: 40,
        nightly: false,
    },
    Plan {
        link: Link::SafetyWeek,
        made: 5,
        by: 0,
        tongues: &[German, Polish, Spanish, English],
        domains: &["post.example.org", "mail.example.net", "family.example.com"],
        waves: &[wave(30, 8, 25, 0.95)],
        lookers: 120,
        nightly: false,
    },
    Plan {
        link: Link::Welders,
        made: 7,
        by: 1,
        tongues: &[Polish, Polish, Polish, Polish, English],
        domains: &["stocznia.example.org", "poczta.example.net"],
        waves: &[wave(21, 10, 13, 0.7), wave(23, 17, 25, 0.9), wave(12, 27, DAYS - 1, 1.0)],
        lookers: 60,
        nightly: false,
    },
    Plan {
        link: Link::NightShift,
        made: 9,
        by: 2,
        tongues: &[Spanish],
        domains: &["astillero.example.com", "correo.example.org"],
        waves: &[wave(10, 12, 14, 0.8), wave(17, 18, 24, 0.9)],
        lookers: 50,
        nightly: true,
    },
    Plan {
        link: Link::Apprentices,
        made: 33,
        by: 0,
        tongues: &[German],
        domains: &["school.example.org"],
        waves: &[],
        lookers: 0,
        nightly: false,
    },
];

/// How many of the staff come on the first Monday, when the posters are up.
pub(super) const RUSH: usize = 38;

impl Plan {
    /// How it is made: create-link's body.
    pub(super) fn body(&self, calendar: &Calendar) -> Value {
        let date = |day: i64| calendar.date(day).to_string();
        match self.link {
            Link::Staff => json!({
                "name": "Own staff, Hamburg", "description": "Posters at gate 1 and in the canteen",
                "welcome": "Welcome to the yard. Use your company address, please.",
                "admission": "instant", "cap": 90, "expires": date(DAYS + 6),
                "domains": {"only": ["nordkai.example.com"], "others": "approval"},
                "allocation": allocation(&["Hamburg yard", "North Sea"]),
            }),
            Link::OldPoster => json!({
                "name": "Gate 2, first poster", "description": "Printed with the old logo", "admission": "instant",
                "allocation": allocation(&["Hamburg yard"]),
            }),
            Link::Subcontractors => json!({
                "name": "Subcontractors", "description": "Checked against the order by the site office",
                "welcome": "Please register before your first day on site. We look at each registration.",
                "admission": "approval", "allocation": allocation(&["Hamburg yard", "Bremerhaven dock", "Riggers"]),
                "fields": [
                    {"key": "company", "label": "Company", "kind": "text", "required": true},
                    {"key": "trade", "label": "Trade", "kind": "choice", "options": TRADES, "required": true},
                    {"key": "first_day", "label": "First day on site", "kind": "date"},
                    {"key": "years", "label": "Years in the trade", "kind": "number"},
                ],
                "text_language": "en",
                "translations": {
                    "de": {
                        "welcome": "Bitte registrieren Sie sich vor Ihrem ersten Tag auf der Werft. Wir prüfen jede Registrierung.",
                        "fields": {
                            "company": {"label": "Firma"},
                            "trade": {"label": "Gewerk", "options": {"Welder": "Schweißer", "Painter": "Maler"}},
                            "first_day": {"label": "Erster Tag auf der Werft"},
                        },
                    },
                    "pl": {"welcome": "Prosimy o rejestrację przed pierwszym dniem pracy. Sprawdzamy każde zgłoszenie."},
                },
            }),
            Link::Refit => json!({
                "name": "Refit of the Aurora, Bremerhaven", "description": "Closed when the ship left the dock",
                "admission": "instant", "cap": 60, "allocation": allocation(&["Bremerhaven dock", "Painters"]),
                "allocation_ends": {"after_days": 90},
            }),
            Link::SafetyWeek => json!({
                "name": "Safety week, open house", "welcome": "For families and guests of the yard.",
                "admission": "instant", "cap": 200, "expires": date(26), "allocation": allocation(&["Visitors"]),
            }),
            Link::Welders => json!({
                "name": "Welders, Gdynia", "description": "Forty seats; more once the second hall is open",
                "welcome": "Witamy! When all places are taken you are put on the waiting list.",
                "admission": "instant", "cap": 40, "overflow": "waiting_list", "admit_waiting": true,
                "allocation": allocation(&["Gdynia yard", "Welders", "Baltic"]),
            }),
            Link::NightShift => json!({
                "name": "Night shift, Vigo", "admission": "instant", "cap": 24,
                "allocation": allocation(&["Vigo yard", "Crane operators", "Atlantic"]),
            }),
            Link::Apprentices => json!({
                "name": "Apprentices, next intake", "welcome": "See you on your first day.",
                "admission": "instant", "cap": 30, "starts": date(DAYS + 10), "expires": date(DAYS + 70),
                "allocation": allocation(&["Hamburg yard", "Electricians"]),
            }),
        }
    }
}

/// What the subcontractors choose from.
pub(super) const TRADES: [&str; 5] = ["Welder", "Rigger", "Painter", "Electrician", "Scaffolder"];

/// What somebody from this domain answers the link; `number` is theirs.
pub(super) fn answers(link: Link, calendar: &Calendar, domain: &str, number: usize) -> Value {
    if link != Link::Subcontractors {
        return json!({});
    }
    let company = match domain {
        "weldtec.example.net" => "Weldtec GmbH",
        "elbe-rigging.example.com" => "Elbe Rigging",
        "baltic-coating.example.org" => "Baltic Coating sp. z o.o.",
        _ => "On my own",
    };
    let first_day = calendar.date(DAYS + i64::try_from(number % 20).unwrap_or_default());
    let mut answers =
        json!({"company": company, "trade": TRADES[number % TRADES.len()], "first_day": first_day.to_string()});
    // Not everybody fills in what may be left out.
    if !number.is_multiple_of(3) {
        answers["years"] = json!(number % 25 + 1);
    }
    answers
}
