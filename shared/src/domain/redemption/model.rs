//! A model checker for the protocol: every order in which people's steps and an admin's can fall, on the very code that runs.
//!
//! The table is two lots, a door and who is enrolled. People are [`Redemption`]s; whoever edits the link, or moves its line, does it
//! by the writes that the store makes, in its order. A state is visited once; in each, what must always hold is held, and that
//! everybody can still come to an end.

mod line;
mod person;
mod script;
mod settling;
mod world;

use std::collections::{BTreeSet, HashMap};

use super::{Ending, Redemption, Step};
use crate::domain::Timestamp;
use script::Act;
use world::{NOW, World, address, door};

/// Visits every state that can be reached from `start`; `always` is held in each, `at_rest` in those where all have ended. Gives how
/// many states there were.
fn explore(start: World, always: impl Fn(&World), at_rest: impl Fn(&World)) -> usize {
    let least = start.least_cap();
    let mut seen = HashMap::from([(start.key(), 0)]);
    // For each state, those from which it is reached by one step.
    let mut before: Vec<Vec<u32>> = vec![Vec::new()];
    let mut ends = Vec::new();
    let mut open = vec![(start, 0)];
    while let Some((world, number)) = open.pop() {
        always(&world);
        for person in &world.people {
            let told_full = matches!(person.step, Step::End(Ending::Full | Ending::Waiting));
            assert!(!(told_full && person.room_always), "told full while a seat was free: {world:?}");
        }
        if world.has_ended() {
            at_rest(&world);
            ends.push(number);
        }
        for next in world.next(least) {
            let new = u32::try_from(before.len()).unwrap();
            let there = *seen.entry(next.key()).or_insert(new);
            if there == new {
                before.push(Vec::new());
                open.push((next, new));
            }
            before[there as usize].push(number);
        }
    }
    // From each of them somebody's next steps lead to an end.
    let mut ending = vec![false; before.len()];
    while let Some(number) = ends.pop() {
        if !std::mem::replace(&mut ending[number as usize], true) {
            ends.extend(&before[number as usize]);
        }
    }
    assert!(ending.into_iter().all(|ends| ends), "a state with no way out");
    before.len()
}

fn endings(world: &World) -> Vec<&Ending> {
    let living = world.people.iter().filter(|person| !person.dead);
    let endings = living.map(|person| if let Step::End(end) = &person.step { end } else { panic!("has not ended") });
    endings.collect()
}

#[test]
fn every_seat_is_taken_and_only_those_without_one_are_told_full() {
    for (cap, people) in [(1, vec![0, 1, 2]), (2, vec![0, 1, 2]), (3, vec![0, 1, 2]), (2, vec![0, 0, 1])] {
        let identities = people.iter().collect::<BTreeSet<_>>().len() as u64;
        let states = explore(
            World::new(cap, &people),
            |world| assert!(world.taken() <= cap && world.taken() == world.enrolled.len() as u64),
            |world| {
                assert_eq!(world.taken(), cap.min(identities));
                for (person, ending) in world.people.iter().zip(endings(world)) {
                    let holds = world.enrolled.contains(&person.identity);
                    assert_eq!(*ending != Ending::Full, holds, "{ending:?}");
                }
            },
        );
        assert!(states > 20, "{states}");
    }
}

#[test]
fn nobody_takes_a_seat_after_a_deactivation_was_answered() {
    let world = World::new(3, &[0, 1, 2]).beside(&[Act::Deactivate]);
    let held = |world: &World| assert!(world.known_at_answer.is_none_or(|taken| world.taken() == taken));
    explore(world, held, |world| {
        assert!(endings(world).iter().all(|ending| matches!(ending, Ending::Seated | Ending::Inactive)));
    });
}

#[test]
fn a_cap_that_moves_is_never_exceeded_and_all_of_it_is_given() {
    let edits: [(u64, u64, &[Act]); 5] = [
        (1, 3, &[Act::Cap(3)]),
        (3, 1, &[Act::Cap(1)]),
        (2, 1, &[Act::Cap(1)]),
        (1, 2, &[Act::Cap(2)]),
        (4, 2, &[Act::Cap(2)]),
    ];
    for (before, after, edit) in edits {
        explore(
            World::new(before, &[0, 1, 2]).beside(edit),
            |world| {
                assert!(world.taken() <= before.max(after));
                let allowed = |at_answer: u64| world.taken() <= after.max(at_answer);
                assert!(world.known_at_answer.is_none_or(allowed));
            },
            |world| {
                // Whoever was told "full" was told so when it was; whoever comes now finds what is left of the cap.
                let expected = if world.taken() < after { Ending::Seated } else { Ending::Full };
                assert_eq!(world.late(), expected);
            },
        );
    }
}

#[test]
fn a_code_that_leads_nowhere_ends_at_once() {
    let mut redemption = Redemption::new(Timestamp::from_millis(NOW), Timestamp::from_millis(0), false, address());
    assert_eq!(redemption.door_read(None), Step::End(Ending::NotFound));
    let mut expired = door(1);
    expired.open_until = Timestamp::from_millis(NOW);
    assert_eq!(redemption.door_read(Some(&expired)), Step::End(Ending::Expired));
}
