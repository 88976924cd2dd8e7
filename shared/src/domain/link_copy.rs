//! A new link after the model of another.

use super::{
    ActorId, Alerts, Gate, Intake, Link, LinkCode, LinkId, LinkName, LinkState, NAME_MAX, TimeZone, Timestamp, lots_for,
};

/// What tells the name of a copy from that of its model, unless the admin gives another.
const SUFFIX: &str = " (copy)";

/// What a copy does not take from its model.
#[derive(Debug, Clone)]
pub struct LinkCopy {
    /// Its id.
    pub id: LinkId,
    /// What stands in its URL.
    pub code: LinkCode,
    /// Its name; the model's with a suffix if none.
    pub name: Option<LinkName>,
    /// The admin who makes it.
    pub by: ActorId,
    /// When.
    pub at: Timestamp,
    /// The zone in which its days are counted.
    pub time_zone: TimeZone,
}

impl Link {
    /// A new, active link like this one, whatever became of this one; an expiry that has passed, or an
    /// end of what it gives, is left out.
    #[must_use]
    pub fn copy(&self, copy: LinkCopy) -> Self {
        let LinkCopy { id, code, name, by, at, time_zone } = copy;
        Self {
            id,
            code,
            name: name.unwrap_or_else(|| name_of_copy(&self.name)),
            state: LinkState::Active,
            version: 1,
            expires_at: self.expires_at.filter(|expires_at| *expires_at > at),
            intake: Intake {
                allocation_ends: self.intake.allocation_ends.filter(|end| end.at(at) > at),
                ..self.intake.clone()
            },
            asked_before: Vec::new(),
            created_at: at,
            created_by: by,
            updated_at: at,
            code_replaced: None,
            deleted: None,
            expiry_noted: false,
            alerts: Alerts::armed(self.expires_at, at),
            time_zone,
            gate: Gate::fresh(lots_for(self.cap)),
            ..self.clone()
        }
    }
}

fn name_of_copy(name: &LinkName) -> LinkName {
    let mut kept: Vec<char> = name.as_str().chars().take(NAME_MAX - SUFFIX.chars().count()).collect();
    loop {
        let text = format!("{}{SUFFIX}", kept.iter().collect::<String>());
        // Where the cut leaves a joiner without the character it joins to, that goes as well.
        match LinkName::parse(&text) {
            Ok(name) => return name,
            Err(_) => kept.pop(),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copied(name: &str) -> String {
        name_of_copy(&LinkName::parse(name).unwrap()).to_string()
    }

    #[test]
    fn a_copy_is_told_from_its_model_by_its_name_which_stays_within_the_limit() {
        assert_eq!(copied("Early shift"), "Early shift (copy)");
        assert_eq!(copied(&"x".repeat(100)), format!("{} (copy)", "x".repeat(93)));
        assert_eq!(copied(&"ż".repeat(100)), format!("{} (copy)", "ż".repeat(93)));
        // A family, whose joiner would come last.
        let name = format!("{}👩\u{200d}👧{}", "x".repeat(91), "y".repeat(6));
        assert_eq!(copied(&name), format!("{}👩 (copy)", "x".repeat(91)));
    }
}
