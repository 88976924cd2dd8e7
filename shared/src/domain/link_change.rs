//! An edit of a link, as a pure function from the link as it is to the link as it will be.

use super::{
    ActorId, Admission, Alerts, Allocation, AllocationEnd, Cap, DomainRule, ExtraField, Intake, Language, Link,
    LinkCode, LinkName, LinkState, LongText, Mark, Overflow, Timestamp, Translations, lots_for, past_fields,
};

/// What an admin changes of a link; what is `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct LinkChange {
    /// The name.
    pub name: Option<LinkName>,
    /// The description.
    pub description: Option<LongText>,
    /// The welcome text; `Some(None)` takes it away.
    pub welcome: Option<Option<LongText>>,
    /// The expiry; `Some(None)` takes it away.
    pub expires_at: Option<Option<Timestamp>>,
    /// The cap; `Some(None)` takes it away.
    pub cap: Option<Option<Cap>>,
    /// How people get in.
    pub admission: Option<Admission>,
    /// Where they land.
    pub allocation: Option<Allocation>,
    /// Whom it takes, and on which terms.
    pub intake: IntakeChange,
    /// Whether its admins are told that people wait.
    pub notify_waiting: Option<bool>,
    /// Whether it takes registrations.
    pub state: Option<LinkState>,
    /// A new code; the old one dies.
    pub code: Option<LinkCode>,
}

/// What an admin changes of a link's intake; what is `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct IntakeChange {
    /// The start; `Some(None)` takes it away.
    pub starts_at: Option<Option<Timestamp>>,
    /// The mail domains; `Some(None)` takes them away.
    pub domains: Option<Option<DomainRule>>,
    /// What happens once it is full or has expired.
    pub overflow: Option<Overflow>,
    /// Whether seats that come free are given to the waiting.
    pub admit_waiting: Option<bool>,
    /// What it asks.
    pub fields: Option<Vec<ExtraField>>,
    /// The language in which its texts are written.
    pub text_language: Option<Language>,
    /// Its texts in other languages, in place of all that there were.
    pub translations: Option<Translations>,
    /// When what it gives ends; `Some(None)` takes the end away.
    pub allocation_ends: Option<Option<AllocationEnd>>,
}

impl IntakeChange {
    /// The intake after the change.
    #[must_use]
    pub fn apply(&self, intake: &Intake) -> Intake {
        let mut changed = intake.clone();
        replace(&mut changed.starts_at, self.starts_at.as_ref());
        replace(&mut changed.domains, self.domains.as_ref());
        replace(&mut changed.overflow, self.overflow.as_ref());
        replace(&mut changed.admit_waiting, self.admit_waiting.as_ref());
        replace(&mut changed.fields, self.fields.as_ref());
        if self.text_language.is_some() {
            changed.text_language = self.text_language;
        }
        replace(&mut changed.translations, self.translations.as_ref());
        replace(&mut changed.allocation_ends, self.allocation_ends.as_ref());
        changed
    }
}

impl LinkChange {
    /// The link after this edit by the admin `by`, one version on. An edit that concerns who gets in also raises the gate, and one of the cap has
    /// the seats dealt anew.
    #[must_use]
    pub fn apply(&self, link: &Link, by: ActorId, now: Timestamp) -> Link {
        let mut edited = link.clone();
        replace(&mut edited.name, self.name.as_ref());
        replace(&mut edited.description, self.description.as_ref());
        replace(&mut edited.welcome, self.welcome.as_ref());
        replace(&mut edited.expires_at, self.expires_at.as_ref());
        replace(&mut edited.cap, self.cap.as_ref());
        replace(&mut edited.admission, self.admission.as_ref());
        replace(&mut edited.allocation, self.allocation.as_ref());
        edited.intake = self.intake.apply(&link.intake);
        if self.intake.translations.is_none() {
            edited.intake.translations = edited.intake.translations.pruned(edited.texts());
        }
        edited.asked_before = past_fields(&link.asked_before, &link.intake.fields, &edited.intake.fields);
        replace(&mut edited.notify_waiting, self.notify_waiting.as_ref());
        replace(&mut edited.state, self.state.as_ref());
        replace(&mut edited.code, self.code.as_ref());
        edited.version += 1;
        edited.updated_at = now;
        if edited.code != link.code {
            edited.code_replaced = Some(Mark { at: now, by });
        }
        if edited.state == LinkState::Deleted {
            edited.deleted = Some(Mark { at: now, by });
        }
        if edited.open_until() != link.open_until() {
            edited.expiry_noted = false;
        }
        let armed = Alerts::armed(edited.expires_at, now);
        if edited.cap != link.cap {
            edited.alerts.seats = armed.seats;
        }
        if edited.expires_at != link.expires_at {
            edited.alerts.expiry = armed.expiry;
        }
        let concerns_who_gets_in = edited.open_until() != link.open_until()
            || edited.cap != link.cap
            || edited.admission != link.admission
            || edited.allocation != link.allocation
            || edited.intake.starts_at != link.intake.starts_at
            || edited.intake.domains != link.intake.domains
            || edited.intake.overflow != link.intake.overflow
            || edited.code != link.code;
        if concerns_who_gets_in {
            edited.gate = edited.gate.raised();
        }
        if edited.cap != link.cap {
            edited.gate.dealing = true;
            edited.gate.lots = link.gate.lots.max(lots_for(edited.cap));
        }
        edited
    }
}

fn replace<T: Clone>(field: &mut T, value: Option<&T>) {
    if let Some(value) = value {
        field.clone_from(value);
    }
}
