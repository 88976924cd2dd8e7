//! How a link's seats are dealt over its lots.

use super::Cap;

/// A lot for every so many seats: few people meet in one lot, and a small link needs few reads to be seen full.
pub const SEATS_PER_LOT: u64 = 16;

/// The most lots a link has. Bounded by what one transaction can create and one `BatchGetItem` can read (100 items each).
pub const MAX_LOTS: u32 = 64;

/// The seats of each lot of a link without a cap: more than can ever be taken, and far from overflow.
pub const UNLIMITED_SEATS: u64 = 1_000_000_000_000;

/// How many lots a link with this cap wants.
#[must_use]
pub fn lots_for(cap: Option<Cap>) -> u32 {
    match cap {
        None => MAX_LOTS,
        Some(cap) => {
            u32::try_from(cap.seats().div_ceil(SEATS_PER_LOT)).map_or(MAX_LOTS, |lots| lots.clamp(1, MAX_LOTS))
        }
    }
}

/// The seats of each lot after a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deal {
    /// The seats of each lot, in the order of the lots.
    pub seats: Vec<u64>,
    /// Whether more seats are taken than the cap has. Then no lot has any seat: with several lots, one that is below its
    /// part must not give a seat while another is above its own.
    pub over: bool,
}

/// Deals the seats of `cap` over lots in which `taken` are taken. The parts add up to the cap exactly, none is below what is
/// taken in its lot, and the free seats are spread evenly. When more are taken than the cap has, every lot is shut.
#[must_use]
pub fn deal(cap: Option<Cap>, taken: &[u64]) -> Deal {
    let Some(cap) = cap else {
        return Deal { seats: vec![UNLIMITED_SEATS; taken.len()], over: false };
    };
    let lots = taken.len() as u64;
    let Some(free) = cap.seats().checked_sub(taken.iter().sum()) else {
        return Deal { seats: vec![0; taken.len()], over: true };
    };
    let (share, rest) = (free / lots, free % lots);
    let seats = taken.iter().zip(0..).map(|(taken, lot)| taken + share + u64::from(lot < rest)).collect();
    Deal { seats, over: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cap(seats: u64) -> Option<Cap> {
        Some(Cap::parse(seats).unwrap())
    }

    #[test]
    fn a_link_has_one_lot_per_sixteen_seats_and_at_most_sixty_four() {
        let lots = [1, 16, 17, 500, 1_024, 1_025, 1_000_000].map(|seats| lots_for(cap(seats)));
        assert_eq!(lots, [1, 1, 2, 32, 64, 64, 64]);
        assert_eq!(lots_for(None), 64);
    }

    #[test]
    fn the_parts_add_up_to_the_cap_and_cover_what_is_taken() {
        for seats in 1..200 {
            for taken in [vec![0; 13], vec![3, 0, 7, 1], vec![1], (0..20).collect()] {
                let deal = deal(cap(seats), &taken);
                if taken.iter().sum::<u64>() > seats {
                    assert!(deal.over && deal.seats.iter().all(|&part| part == 0));
                } else {
                    assert_eq!(deal.seats.iter().sum::<u64>(), seats);
                    assert!(deal.seats.iter().zip(&taken).all(|(part, taken)| part >= taken));
                }
            }
        }
    }
}
