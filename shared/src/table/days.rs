//! Counts by day, kept on the item that is written anyway: an attribute for each day, named by its number since 1970.
//!
//! Short names, because items are charged by the KB, names included: a day costs 8 bytes while its count is below 100.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use super::{Item, Update};

/// How many days an item keeps, the day of the count included: two years.
pub const DAYS_KEPT: u32 = 731;

/// The number of 1970-01-01 in chrono's count.
const EPOCH: i32 = 719_163;

fn attribute(day: NaiveDate) -> String {
    format!("d{}", day.num_days_from_ce() - EPOCH)
}

fn day(attribute: &str) -> Option<NaiveDate> {
    let number: i32 = attribute.strip_prefix('d')?.parse().ok()?;
    NaiveDate::from_num_days_from_ce_opt(number.checked_add(EPOCH)?)
}

impl Update {
    /// Counts one on this day, and forgets the day that is [`DAYS_KEPT`] before it, so that an item that is counted on every day
    /// does not grow for ever.
    #[must_use]
    pub fn count_on(self, day: NaiveDate) -> Self {
        let counted = self.increase(&attribute(day), 1);
        match day.checked_sub_days(Days::new(DAYS_KEPT.into())) {
            Some(old) => counted.remove(attribute(old)),
            None => counted,
        }
    }

    /// Counts one less on this day, if it is kept `today`.
    #[must_use]
    pub fn count_off(self, day: NaiveDate, today: NaiveDate) -> Self {
        let kept = today.signed_duration_since(day).num_days() < i64::from(DAYS_KEPT);
        if kept { self.increase(&attribute(day), -1) } else { self }
    }
}

/// The counts by day that an item keeps, without days on which nothing is counted any more.
#[must_use]
pub fn days_of(item: &Item) -> BTreeMap<NaiveDate, u64> {
    let days = item.iter().filter_map(|(name, value)| Some((day(name)?, value.as_n().ok()?.parse().ok()?)));
    days.filter(|(_, count)| *count > 0).collect()
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::types::AttributeValue;

    use super::*;
    use crate::{
        domain::{LinkId, Lot, Timestamp, UNLIMITED_SEATS},
        table::{keys, lot_item},
    };

    #[test]
    fn a_day_is_read_back_as_it_was_counted() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (text, name) in [("1970-01-01", "d0"), ("2026-11-22", "d20779"), ("2199-12-31", "d84005")] {
            assert_eq!((attribute(date(text)), day(name)), (name.to_owned(), Some(date(text))));
        }
        let other = ["dealt", "d", "dx", "gate", "d99999999999"];
        assert!(other.iter().all(|name| day(name).is_none()));
        let number = |text: &str| AttributeValue::N(text.to_owned());
        let item = Item::from([
            ("d20779".to_owned(), number("3")),
            ("taken".to_owned(), number("9")),
            ("dealt".to_owned(), AttributeValue::Bool(true)),
        ]);
        assert_eq!(days_of(&item), BTreeMap::from([(date("2026-11-22"), 3)]));
    }

    /// The size of an item as DynamoDB counts it: names and texts by their bytes, a number by a byte for two digits and one more.
    fn size(item: &Item) -> usize {
        let of = |value: &AttributeValue| match value {
            AttributeValue::S(text) => text.len(),
            AttributeValue::N(digits) => digits.len().div_ceil(2) + 1,
            _ => 1,
        };
        item.iter().map(|(name, value)| name.len() + of(value)).sum()
    }

    #[test]
    fn a_lot_stays_within_one_write_unit_for_ninety_days_and_within_seven_for_two_years() {
        let lot = Lot {
            gate: 99,
            open_until: Timestamp::NEVER,
            seats: UNLIMITED_SEATS,
            taken: 9_999,
            closed_at: 9_999,
            dealt: true,
            reserved: 999,
            pending: 999,
            enrolled: 9_999,
            lapsed: 999,
            removed: 999,
            waiting: 999,
            signed_in: 9_999,
            came: 9_999,
            days: BTreeMap::new(),
        };
        let mut item = lot_item(&lot, keys::lot(LinkId::from_bytes([7; 16]), 63)).unwrap();
        let mut day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        for number in 1..=DAYS_KEPT {
            item.insert(attribute(day), AttributeValue::N("99".to_owned()));
            day = day.succ_opt().unwrap();
            if number == 90 {
                assert!(size(&item) <= 1_024, "{}", size(&item));
            }
        }
        assert!(size(&item) <= 7 * 1_024, "{}", size(&item));
    }
}
