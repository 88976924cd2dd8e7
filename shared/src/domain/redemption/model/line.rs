//! The kept line: while people wait, a free seat is theirs or an admin's to give, and no newcomer overtakes. That no newcomer is
//! seated while somebody waits is held by the world itself, at each seat that is taken.

use std::{collections::BTreeSet, rc::Rc};

use super::{endings, explore, script::Act, world::World};
use crate::domain::{Overflow, redemption::Ending};

/// What holds of a line at any time: who waits is counted, holds no seat, and has the door say so.
fn in_order(world: &World, cap: u64) {
    assert!(world.taken() <= cap, "over the cap: {world:?}");
    assert!(world.enrolled.iter().all(|&identity| !world.waits(identity)), "has a seat and waits: {world:?}");
    assert_eq!(world.lots.iter().map(|lot| lot.waiting).sum::<u64>(), world.line.len() as u64, "{world:?}");
    assert!(world.line.is_empty() || world.door.gate.waiting, "somebody waits and the line is closed: {world:?}");
}

/// What holds when all have ended: everybody knows where they stand, and whoever comes now gets a seat exactly while one is free
/// and nobody waits for it.
fn at_rest(world: &World) {
    for ending in endings(world) {
        assert!(matches!(ending, Ending::Seated | Ending::Waiting | Ending::AlreadyThere(_)), "{ending:?}");
    }
    let for_newcomers = world.taken() < world.door.cap.unwrap().seats() && world.line.is_empty();
    let otherwise = if world.door.intake.overflow == Overflow::Refuse { Ending::Full } else { Ending::Waiting };
    assert_eq!(world.late(), if for_newcomers { Ending::Seated } else { otherwise }, "{world:?}");
}

#[test]
fn with_a_waiting_list_everyone_has_a_seat_or_waits_for_one_and_nobody_both() {
    for (cap, people) in [(1, vec![0, 1, 2]), (2, vec![0, 0, 1]), (1, vec![0, 0, 1])] {
        let identities = people.iter().collect::<BTreeSet<_>>().len() as u64;
        explore(
            World::with_list(cap, &people),
            |world| in_order(world, cap),
            |world| {
                at_rest(world);
                assert_eq!(world.taken(), cap.min(identities));
                assert_eq!((world.enrolled.len() + world.line.len()) as u64, identities);
            },
        );
    }
}

#[test]
fn nobody_overtakes_those_who_wait_when_seats_are_released_admitted_and_granted() {
    let scripts: [&[&'static [Act]]; 6] = [
        &[&[Act::Release(0), Act::Admit]],
        &[&[Act::Release(0)], &[Act::Admit]],
        &[&[Act::Release(0), Act::Grant]],
        &[&[Act::Release(1), Act::Leave]],
        &[&[Act::Release(0)], &[Act::Release(1)]],
        &[&[Act::Leave, Act::Release(0), Act::Admit]],
    ];
    for acts in scripts {
        let full = || World::with_list(2, &[1, 2]).full();
        for world in [full(), full().line_of(0), full().line_of(1)] {
            let world = acts.iter().fold(world, |world, script| world.beside(script));
            explore(world, |world| in_order(world, 2), at_rest);
        }
    }
}

#[test]
fn a_line_in_which_nobody_is_gives_way_to_a_rush() {
    for cap in [1, 2] {
        let world = World::with_list(cap, &[1, 2]).line_of(0);
        explore(
            world,
            |world| in_order(world, cap),
            |world| {
                at_rest(world);
                assert_eq!(world.taken(), cap, "{world:?}");
            },
        );
    }
}

#[test]
fn whoever_dies_while_the_line_is_moved_leaves_it_to_the_next() {
    for world in [World::with_list(1, &[1, 2]).full(), World::with_list(1, &[1, 2]).line_of(0)] {
        explore(world.mortal(), |world| in_order(world, 1), at_rest);
    }
}

#[test]
fn the_line_is_kept_through_an_edit_of_the_cap() {
    let edits: [(u64, World, &[Act]); 4] = [
        (2, World::with_list(1, &[1, 2]).full(), &[Act::Cap(2)]),
        (2, World::with_list(2, &[1, 2]).line_of(0), &[Act::Cap(1)]),
        (3, World::with_list(1, &[1]).full().line_of(1), &[Act::Cap(3)]),
        (3, World::with_list(1, &[1]).full().line_of(2), &[Act::Cap(3), Act::Admit, Act::Admit]),
    ];
    for (most, world, edit) in edits {
        explore(world.beside(edit), |world| in_order(world, most), at_rest);
    }
}

#[test]
fn nobody_gets_into_the_line_after_a_deactivation_was_answered() {
    for world in [World::with_list(1, &[0, 1]), World::with_list(1, &[0, 1]).full().line_of(1)] {
        let known = |world: &World| world.taken() + world.line.len() as u64;
        let held = |world: &World| assert!(world.known_at_answer.is_none_or(|at_answer| known(world) == at_answer));
        explore(world.beside(&[Act::Deactivate]), held, |_| {});
    }
}

#[test]
fn a_link_that_has_given_up_its_waiting_list_is_full_for_newcomers_while_people_wait() {
    let mut world = World::new(2, &[1, 2]).line_of(1);
    Rc::make_mut(&mut world.door).intake.overflow = Overflow::Refuse;
    explore(
        world.clone(),
        |world| in_order(world, 2),
        |world| {
            assert!(endings(world).iter().all(|ending| **ending == Ending::Full));
        },
    );
    explore(
        world.beside(&[Act::Admit]),
        |world| in_order(world, 2),
        |world| {
            assert_eq!(world.late(), if world.taken() < 2 { Ending::Seated } else { Ending::Full });
        },
    );
}

#[test]
fn who_takes_a_registration_back_leaves_a_seat_or_the_line_and_can_come_again() {
    for people in [vec![1, 2], vec![1, 1], vec![1, 1, 2]] {
        let world = World::with_list(1, &people);
        let scripts: [&'static [Act]; 2] = [&[Act::Withdraw(1)], &[Act::Withdraw(1), Act::Admit]];
        for acts in scripts {
            explore(world.clone().beside(acts), |world| in_order(world, 1), at_rest);
        }
        let without = World::new(1, &people).beside(&[Act::Withdraw(1)]);
        let counted = |world: &World| assert!(world.taken() <= 1 && world.taken() == world.enrolled.len() as u64);
        explore(without, counted, |world| {
            assert_eq!(world.late(), if world.taken() < 1 { Ending::Seated } else { Ending::Full });
        });
    }
}
