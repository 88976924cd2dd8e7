//! Granting access: the one rule that decides about each person, whichever way an admin took.

use super::{Access, Enrollment, EnrollmentState, LinkId, Member};

/// What a link has for somebody who needs a seat of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// A seat is free.
    Free,
    /// Every seat is taken.
    Full,
    /// The link is deleted, and never has a seat again.
    Gone,
}

/// What granting access to somebody would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// They get access, and these enrollments land. There may be none: they came by a file, or their links are deleted.
    Granted(Vec<&'a Enrollment>),
    /// Nothing is done for them.
    Skipped(Skipped),
}

/// Why granting access does nothing for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    /// Their access is revoked; it is to be restored instead.
    Revoked,
    /// They have access, and nothing of theirs waits.
    AlreadyGranted,
    /// All that they could be given needs a seat, and this link has none.
    LinkFull(LinkId),
    /// An admin rejected or removed them, and they have not registered anew.
    Rejected,
}

/// Whether granting access gives this enrollment a seat first: that of somebody on a waiting list, and, while its member has no
/// access, one whose reservation lapsed.
#[must_use]
pub fn needs_seat(member: &Member, enrollment: &Enrollment) -> bool {
    match enrollment.state {
        EnrollmentState::Waiting => true,
        EnrollmentState::Lapsed => member.access != Access::Granted,
        _ => false,
    }
}

/// Decides about one person. `room` is asked about the links of those enrollments that need a seat; with `include_rejected` somebody
/// whom an admin rejected or removed gets access too.
#[must_use]
pub fn judge<'a>(
    member: &Member,
    enrollments: &'a [Enrollment],
    room: impl Fn(LinkId) -> Room,
    include_rejected: bool,
) -> Verdict<'a> {
    if member.access == Access::Revoked {
        return Verdict::Skipped(Skipped::Revoked);
    }
    let has_access = member.access == Access::Granted;
    // A granted member's reservation is claimed by their next sign-in; only what waits for an admin is granted to them.
    let lands = |enrollment: &&Enrollment| match enrollment.state {
        EnrollmentState::Pending => true,
        EnrollmentState::Reserved => !has_access,
        _ => needs_seat(member, enrollment) && room(enrollment.link) == Room::Free,
    };
    // What a rejected person let lapse before is no way around the rejection.
    let rejected = member.access == Access::Rejected && !include_rejected;
    let counts = |enrollment: &&Enrollment| !rejected || enrollment.state != EnrollmentState::Lapsed;
    let landing: Vec<_> = enrollments.iter().filter(counts).filter(lands).collect();
    if !landing.is_empty() {
        return Verdict::Granted(landing);
    }
    let full = |enrollment: &&Enrollment| needs_seat(member, enrollment) && room(enrollment.link) == Room::Full;
    if let Some(enrollment) = enrollments.iter().filter(counts).find(full) {
        return Verdict::Skipped(Skipped::LinkFull(enrollment.link));
    }
    if has_access {
        return Verdict::Skipped(Skipped::AlreadyGranted);
    }
    let turned_down = enrollments.iter().any(|enrollment| enrollment.state == EnrollmentState::Removed);
    if rejected || (member.access == Access::Unverified && turned_down && !include_rejected) {
        return Verdict::Skipped(Skipped::Rejected);
    }
    Verdict::Granted(landing)
}
