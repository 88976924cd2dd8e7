//! Events: what the system tells others of the changes of links, enrollments and members.
//!
//! They follow from a change alone, the item as it was and as it is, so that no operation can forget one. They are thin: ids,
//! states, times and the names of what changed. No name, address, answer or code of anybody is in them, so that what is kept
//! of them anywhere holds none; whoever receives one asks the API for more.

mod kind;

use serde::Serialize;
use serde_json::{Value, json};

use super::{
    Access, Enrollment, EnrollmentState, EventId, Link, LinkId, LinkState, Member, MemberId, OrganizationId, Timestamp,
    differences,
};

pub use kind::{EventType, UnknownEventType};

/// An event, the same on the bus and in a webhook.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// Its id. Whoever receives it twice knows it by that.
    pub id: EventId,
    /// What it tells.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// When that was, as RFC 3339.
    #[serde(serialize_with = "as_text")]
    pub timestamp: Timestamp,
    /// Whose it is.
    #[serde(rename = "organization_id")]
    pub organization: OrganizationId,
    /// The rest. `link_id` is always there.
    pub data: Value,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn as_text<S: serde::Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}

/// A change of an item that others may be told of: as it was, as it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Of a link.
    Link(Option<Box<Link>>, Box<Link>),
    /// Of an enrollment.
    Enrollment(Option<Box<Enrollment>>, Box<Enrollment>),
    /// Of a member.
    Member(Option<Box<Member>>, Box<Member>),
}

/// What is to be told of a change, but for what only its member's enrollments can say.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The type of the event.
    pub kind: EventType,
    /// Whose it is.
    pub organization: OrganizationId,
    /// Whose links are still to be named in it, where it is about a member.
    pub links_of: Option<MemberId>,
    /// The link they first came through, for when their enrollments are gone.
    first_link: Option<LinkId>,
    data: Value,
}

impl Change {
    /// The member whose address was corrected by this change, and of whom something may be left.
    #[must_use]
    pub fn corrected(&self) -> Option<MemberId> {
        match self {
            Self::Link(..) => None,
            Self::Enrollment(before, after) => moved_from(before.as_deref(), after),
            Self::Member(before, after) => after.corrected_from.filter(|_| before.is_none()),
        }
    }

    /// What is to be told of the change; most changes are nobody's business but the system's own.
    #[must_use]
    pub fn told(&self) -> Vec<Told> {
        match self {
            Self::Link(before, after) => told_of_link(before.as_deref(), after),
            Self::Enrollment(before, after) => told_of_enrollment(before.as_deref(), after).into_iter().collect(),
            Self::Member(before, after) => told_of_member(before.as_deref(), after).into_iter().collect(),
        }
    }
}

impl Told {
    /// The event, of the change that the stream's record of this name tells. `enrollments` are those of the member it is about.
    #[must_use]
    pub fn event(self, record: &str, timestamp: Timestamp, enrollments: &[Enrollment]) -> Event {
        let Self { kind, organization, links_of, first_link, mut data } = self;
        if links_of.is_some() {
            let mut links = by_latest(enrollments);
            if links.is_empty() {
                links.extend(first_link);
            }
            data["link_id"] = json!(links.first());
            data["link_ids"] = json!(links);
        }
        Event { id: EventId::of_change(record, kind), kind, timestamp, organization, data }
    }
}

/// The links somebody came through: that of the enrollment which landed last comes first, those that never landed last.
#[must_use]
pub fn by_latest(enrollments: &[Enrollment]) -> Vec<LinkId> {
    let mut latest: Vec<_> = enrollments.iter().map(|one| (one.enrolled_at, one.registered_at, one.link)).collect();
    latest.sort_unstable_by(|one, other| other.cmp(one));
    latest.into_iter().map(|(.., link)| link).collect()
}

fn told_of_link(before: Option<&Link>, after: &Link) -> Vec<Told> {
    let told = |kind, changed: &[String]| {
        let data = json!({
            "link_id": after.id, "version": after.version, "state": after.state, "changed": changed,
            "expires_at": after.expires_at.map(|at| at.to_string()), "cap": after.cap,
        });
        Told { kind, organization: after.organization, links_of: None, first_link: None, data }
    };
    let Some(before) = before else { return vec![told(EventType::LinkCreated, &[])] };
    let mut events = Vec::new();
    if before.code != after.code {
        events.push(told(EventType::LinkCodeReplaced, &[]));
    }
    if after.state == LinkState::Deleted {
        let deleted = (before.state != LinkState::Deleted).then(|| told(EventType::LinkDeleted, &[]));
        events.extend(deleted);
        return events;
    }
    let (_, changed) = differences(&before.told(), &after.told());
    let changed: Vec<String> = changed.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
    if !changed.is_empty() {
        events.push(told(EventType::LinkUpdated, &changed));
    }
    events
}

/// The member whose enrollment this was until this change.
fn moved_from(before: Option<&Enrollment>, after: &Enrollment) -> Option<MemberId> {
    let same = |before: &Enrollment| {
        (before.registered_at, before.corrected_from) == (after.registered_at, after.corrected_from)
    };
    after.corrected_from.filter(|_| !before.is_some_and(same))
}

fn told_of_enrollment(before: Option<&Enrollment>, after: &Enrollment) -> Option<Told> {
    let moved_from = moved_from(before, after);
    // Somebody who came again after their reservation had lapsed registered a second time.
    let same = before.is_some_and(|before| before.state == after.state && before.registered_at == after.registered_at);
    // What is left of somebody erased is told of once, as that.
    if (same && moved_from.is_none()) || after.erased {
        return None;
    }
    let kind = match after.state {
        _ if moved_from.is_some() => EventType::EnrollmentMoved,
        EnrollmentState::Reserved => EventType::EnrollmentReserved,
        EnrollmentState::Pending => EventType::EnrollmentPending,
        EnrollmentState::Waiting => EventType::EnrollmentWaiting,
        EnrollmentState::Enrolled => EventType::EnrollmentEnrolled,
        EnrollmentState::Lapsed => EventType::EnrollmentLapsed,
        EnrollmentState::Removed => EventType::EnrollmentRemoved,
    };
    let text = |at: Option<Timestamp>| at.map(|at| at.to_string());
    let mut data = json!({
        "link_id": after.link, "member_id": after.member, "state": after.state,
        "previous_state": before.map(|before| before.state), "registered_at": after.registered_at.to_string(),
        "lapses_at": text(after.lapses_at.filter(|_| after.state == EnrollmentState::Reserved)),
        "enrolled_at": text(after.enrolled_at), "granted_by": after.granted_by,
    });
    if let Some(previous) = moved_from {
        data["previous_member_id"] = json!(previous);
    }
    Some(Told { kind, organization: after.organization, links_of: None, first_link: None, data })
}

fn told_of_member(before: Option<&Member>, after: &Member) -> Option<Told> {
    let organization = after.organization;
    if after.erased_as.is_some() {
        if before.is_some_and(|before| before.erased_as.is_some()) {
            return None;
        }
        // Their enrollments are theirs no more when this is told.
        let links = &after.erased_links;
        let data = json!({"link_id": links.first(), "link_ids": links, "member_id": after.id});
        return Some(Told { kind: EventType::MemberErased, organization, links_of: None, first_link: None, data });
    }
    if let (None, Some(previous)) = (before, after.corrected_from) {
        let data = json!({
            "link_id": null, "member_id": after.id, "previous_member_id": previous, "access": after.access,
        });
        let (kind, first_link) = (EventType::MemberCorrected, after.first_link);
        return Some(Told { kind, organization, links_of: Some(after.id), first_link, data });
    }
    let was = before.map(|before| before.access);
    let kind = match (was, after.access) {
        (was, now) if was == Some(now) => return None,
        (_, Access::Revoked) => EventType::AccessRevoked,
        (Some(Access::Revoked), _) => EventType::AccessRestored,
        (_, Access::Granted) => EventType::AccessGranted,
        // Registering gives no access, and a refusal takes none; the enrollment tells of both.
        (_, Access::Unverified | Access::Rejected | Access::Pending) => return None,
    };
    let data = json!({
        "link_id": null, "member_id": after.id, "access": after.access, "previous_access": was,
        "granted_by": after.granted_by.filter(|_| after.access == Access::Granted),
    });
    Some(Told { kind, organization, links_of: Some(after.id), first_link: after.first_link, data })
}

#[cfg(test)]
mod tests;
