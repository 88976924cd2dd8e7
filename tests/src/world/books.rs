//! The books of a world: what a link's lots count, and what its enrollments are.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use serde_json::Value;

use super::{Link, World};
use crate::engine::patience;

/// How long the stream may take to bring the counts up to date, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

impl World {
    /// Holds what must be true at any time of a link that is at rest: no more seats taken than there are, each seat held by one
    /// enrollment, each enrollment with its member, and the lots' counts as the enrollments are.
    ///
    /// # Panics
    /// When it is not so.
    pub fn check_books(&self, link: &Link) {
        let contents = self.contents();
        let of_link = format!("LOT#{}#", link.id);
        let number = |item: &Value, name: &str| -> i64 {
            item[name]["N"].as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("no {name}: {item}"))
        };
        let lots: Vec<_> = contents.iter().filter(|((partition, _), _)| partition.starts_with(&of_link)).collect();
        let enrollments: Vec<_> = self.items("enrollment");
        let enrollments: Vec<_> = enrollments.iter().filter(|item| item["link"]["S"] == link.id.as_str()).collect();
        for ((partition, _), lot) in &lots {
            let lot_number: i64 = partition[of_link.len()..].parse().expect("a lot has a number");
            let here = enrollments.iter().filter(|item| number(item, "lot") == lot_number);
            let mut states = BTreeMap::new();
            for enrollment in here {
                *states.entry(enrollment["state"]["S"].as_str().unwrap_or_default()).or_insert(0) += 1;
            }
            for state in ["reserved", "pending", "enrolled"] {
                assert_eq!(number(lot, state), states.get(state).copied().unwrap_or(0), "{state} of {partition}");
            }
            let held = number(lot, "reserved") + number(lot, "pending") + number(lot, "enrolled");
            assert_eq!(number(lot, "taken"), held, "seats taken of {partition}");
            assert!(number(lot, "taken") <= number(lot, "seats") || number(lot, "seats") == 0, "{partition}: {lot}");
        }
        let noted = enrollments.iter().filter(|item| item["signed_in_at"]["N"].is_string()).count();
        let sum = |names: &dyn Fn(&str) -> bool| -> i64 {
            let counts = lots.iter().flat_map(|(_, lot)| lot.as_object().into_iter().flatten());
            counts
                .filter(|(name, _)| names(name))
                .filter_map(|(_, count)| count["N"].as_str()?.parse::<i64>().ok())
                .sum()
        };
        let states = ["reserved", "pending", "enrolled", "lapsed", "removed", "waiting"];
        let is_day = |name: &str| name.strip_prefix('d').is_some_and(|day| day.parse::<u32>().is_ok());
        assert_eq!(sum(&is_day), sum(&|name| states.contains(&name)), "each registration counted on one day");
        assert!(sum(&|name| name == "signed_in") >= i64::try_from(noted).unwrap_or(i64::MAX), "who signed in");
        for enrollment in &enrollments {
            let member = enrollment["member"]["S"].as_str().unwrap_or_default().to_owned();
            let key = (format!("MEMBER#{member}"), "MEMBER".to_owned());
            let erased = enrollment["erased"]["BOOL"] == true;
            assert!(erased || contents.contains_key(&key), "an enrollment without its member {member}");
        }
        let members: BTreeSet<_> = enrollments.iter().map(|item| item["member"]["S"].to_string()).collect();
        assert_eq!(members.len(), enrollments.len(), "one enrollment a person");
    }

    /// How many enrollments of a link are in each state, and how many of them have signed in.
    fn enrollments_by_state(&self, link: &Link) -> BTreeMap<String, i64> {
        let mut counts = BTreeMap::new();
        for item in self.items("enrollment").iter().filter(|item| item["link"]["S"] == link.id.as_str()) {
            *counts.entry(item["state"]["S"].as_str().unwrap_or_default().to_owned()).or_insert(0) += 1;
            if item["signed_in_at"]["N"].is_string() {
                *counts.entry("signed_in".to_owned()).or_insert(0) += 1;
            }
        }
        counts
    }

    /// What the lots of a link count, states and sign-ins, without what is none.
    fn counts_of_lots(&self, link: &Link) -> BTreeMap<String, i64> {
        let of_link = format!("LOT#{}#", link.id);
        let mut counts = BTreeMap::new();
        for (_, lot) in self.contents().iter().filter(|((partition, _), _)| partition.starts_with(&of_link)) {
            for name in ["reserved", "pending", "enrolled", "lapsed", "removed", "waiting", "signed_in"] {
                let count: i64 = lot[name]["N"].as_str().and_then(|text| text.parse().ok()).unwrap_or_default();
                *counts.entry(name.to_owned()).or_insert(0) += count;
            }
        }
        counts.retain(|_, count| *count != 0);
        counts
    }

    /// Waits until a link counts each person once: the stream's reader takes out enrollments that were replaced.
    ///
    /// # Panics
    /// When it does not come to that.
    pub async fn counted(&self, link: &Link) {
        let until = Instant::now() + patience(PATIENCE);
        while self.counts_of_lots(link) != self.enrollments_by_state(link) {
            let counts = self.counts_of_lots(link);
            assert!(Instant::now() < until, "{counts:?}, {:?}", self.enrollments_by_state(link));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
