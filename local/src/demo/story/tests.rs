//! The story holds together whatever day it is told on.

use super::*;
use crate::demo::links::PLANS;

const SEED: u64 = 2_026;

/// Each day of a week and of the weeks in which clocks are changed, soon after midnight, in the morning and at night.
fn calendars() -> impl Iterator<Item = Calendar> {
    // Monday 2026-03-30, the day after clocks were set; and 2026-11-02, a week after they were set back.
    let mondays = [1_774_821_600_000_i64, 1_793_574_000_000];
    mondays.into_iter().flat_map(|monday| {
        (0..14).flat_map(move |day| {
            [1, 8 * 60, 23 * 60 + 50]
                .into_iter()
                .map(move |minute| Calendar::new(Timestamp::from_millis(monday + (day * 24 * 60 + minute) * 60_000)))
        })
    })
}

fn act_at(story: &Story, wanted: impl Fn(&Act) -> bool) -> Timestamp {
    let mut found = story.beats.iter().filter(|beat| matches!(&beat.deed, Deed::Admin(_, act) if wanted(act)));
    found.next().expect("it is part of the story").at
}

#[test]
fn three_hundred_people_come_and_one_is_erased() {
    for calendar in calendars() {
        let story = Story::new(&calendar, SEED);
        assert_eq!(story.guests.len(), 301);
        let registered = story.beats.iter().filter(|beat| matches!(beat.deed, Deed::Register(_))).count();
        assert_eq!(registered + IMPORTED, 301, "everybody comes before it is told");
        let erased = story.beats.iter().filter(|beat| matches!(beat.deed, Deed::Admin(_, Act::Erase(_))));
        assert_eq!(erased.count(), 1);
        assert!(story.beats.is_sorted_by_key(|beat| beat.at));
    }
}

#[test]
fn everything_happens_in_the_six_weeks_before_it_is_told() {
    for calendar in calendars() {
        let story = Story::new(&calendar, SEED);
        for beat in &story.beats {
            assert!(beat.at >= calendar.at(0, 0) && beat.at < calendar.now());
        }
        for guest in &story.guests {
            assert!(guest.registers >= calendar.at(1, 0) && guest.registers < calendar.now());
        }
        let acts = story.beats.iter().filter(|beat| matches!(beat.deed, Deed::Admin(..))).count();
        assert!(acts >= 32, "{acts} acts are left");
    }
}

#[test]
fn whoever_registers_meets_a_link_that_takes_registrations() {
    for calendar in calendars() {
        let story = Story::new(&calendar, SEED);
        for plan in &PLANS {
            let made = act_at(&story, |act| *act == Act::Make(plan.link));
            let shut = match plan.link {
                Link::OldPoster => act_at(&story, |act| *act == Act::Delete(plan.link)),
                Link::Refit => act_at(&story, |act| *act == Act::Deactivate(plan.link)),
                Link::SafetyWeek => calendar.at(27, 0),
                _ => calendar.now(),
            };
            for guest in story.guests.iter().filter(|guest| guest.link == Some(plan.link)) {
                assert!(guest.registers > made && guest.registers < shut, "{:?}", plan.link);
            }
            for beat in &story.beats {
                match beat.deed {
                    Deed::Open(link) if link == plan.link => assert!(beat.at > made, "{link:?}"),
                    Deed::Second(_, link) if link == plan.link => assert!(beat.at > made && beat.at < shut, "{link:?}"),
                    _ => {}
                }
            }
            assert!(
                plan.link != Link::OldPoster
                    || story
                        .beats
                        .iter()
                        .all(|beat| !matches!(beat.deed, Deed::Open(link) if link == plan.link && beat.at >= shut))
            );
        }
    }
}

#[test]
fn whoever_takes_a_second_link_is_nobody_who_is_shut_out() {
    for calendar in calendars() {
        let story = Story::new(&calendar, SEED);
        let second = story.beats.iter().filter_map(|beat| match beat.deed {
            Deed::Second(guest, _) => Some(guest),
            _ => None,
        });
        let second: Vec<usize> = second.collect();
        assert_eq!(second.len(), 5);
        for beat in &story.beats {
            if let Deed::Admin(_, Act::Revoke(guests)) = &beat.deed {
                assert!(guests.iter().all(|guest| !second.contains(guest)));
            }
        }
    }
}

#[test]
fn seats_that_lapse_are_free_before_the_next_need_them() {
    for calendar in calendars() {
        let story = Story::new(&calendar, SEED);
        for (link, cap) in [(Link::Welders, 40), (Link::NightShift, 24)] {
            let guests: Vec<_> = story.guests.iter().filter(|guest| guest.link == Some(link)).collect();
            let comers = guests.iter().filter(|guest| guest.fate != Fate::Waits);
            let (gone, stay): (Vec<&Guest>, Vec<&Guest>) = comers.partition(|guest| guest.fate == Fate::Never);
            assert_eq!(stay.len(), cap);
            let over = guests[cap].registers;
            for guest in gone {
                let lapses = guest.registers.plus(TimeDelta::hours(48));
                let swept = story.beats.iter().find(|beat| matches!(beat.deed, Deed::Sweep) && beat.at > lapses);
                assert!(swept.is_some_and(|beat| beat.at < over), "{link:?}");
            }
        }
    }
}

#[test]
fn the_first_monday_is_a_rush_and_weekends_are_quiet() {
    for calendar in calendars() {
        let story = Story::new(&calendar, SEED);
        let on = |day: i64| {
            let (from, to) = (calendar.at(day, 0), calendar.at(day + 1, 0));
            story.guests.iter().filter(|guest| guest.registers >= from && guest.registers < to).count()
        };
        assert!(on(calendar.first_monday()) >= RUSH);
        let (quiet, busy): (Vec<i64>, Vec<i64>) = (1..DAYS).partition(|&day| calendar.weight(day) < 0.5);
        let mean = |days: &[i64]| days.iter().map(|&day| on(day)).sum::<usize>() / days.len();
        assert!(mean(&quiet) * 2 < mean(&busy), "{} {}", mean(&quiet), mean(&busy));
    }
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let calendar = calendars().next().expect("a calendar");
    let told = |seed: u64| -> Vec<(Person, Timestamp, Fate)> {
        let guests = Story::new(&calendar, seed).guests.into_iter();
        guests.map(|guest| (guest.person, guest.registers, guest.fate)).collect()
    };
    assert_eq!(told(SEED), told(SEED));
    assert_ne!(told(SEED), told(SEED + 1));
    // The people do not depend on the day it is told.
    for other in calendars() {
        let people: Vec<_> = Story::new(&other, SEED).guests.into_iter().map(|guest| guest.person).collect();
        assert!(people.iter().zip(told(SEED)).all(|(person, (same, ..))| *person == same));
    }
}
