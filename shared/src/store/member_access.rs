//! How a member's access is written, whatever changes it.

use crate::{
    domain::{Access, Enrollment, EnrollmentState, Member},
    table::{Record, Update, Write, keys, keys::LISTS},
};

/// A member's change of access, with their place in the list.
pub(super) fn access_update(update: Update, member: &Member, access: Access) -> Update {
    let list = keys::member_list(member.organization, access, member.created_at, member.id);
    update.put("access", access).index(LISTS, &list)
}

/// The access of a member who is given a seat that is theirs once they sign in.
pub(super) fn with_a_seat(member: &Member) -> Access {
    if member.access.is_without() { Access::Unverified } else { member.access }
}

/// The access of a member once an enrollment has ended and these are their `others`; `rejected` says whether an admin ended it. What an
/// admin said stands once nothing of theirs is open any more, however the last of it ended.
pub(super) fn once_ended<'a>(
    member: &Member,
    others: impl IntoIterator<Item = &'a Enrollment>,
    rejected: bool,
) -> Access {
    if !member.access.is_without() {
        return member.access;
    }
    let (mut reserved, mut rejected) = (false, rejected);
    for other in others {
        match other.state {
            EnrollmentState::Pending | EnrollmentState::Waiting => return waiting(member),
            EnrollmentState::Reserved => reserved = true,
            _ => rejected |= other.is_turned_down(),
        }
    }
    if rejected && !reserved { Access::Rejected } else { Access::Unverified }
}

/// The access of a member who has a registration that is waiting for an admin.
fn waiting(member: &Member) -> Access {
    if member.access == Access::Rejected { Access::Pending } else { member.access }
}

/// The access of a rejected member who has registered anew; none while nothing of theirs is open.
pub(super) fn once_back(member: &Member, enrollments: &[Enrollment]) -> Option<Access> {
    let any = |state: fn(EnrollmentState) -> bool| enrollments.iter().any(|one| state(one.state));
    match member.access {
        Access::Rejected if any(EnrollmentState::waits_for_admin) => Some(Access::Pending),
        Access::Rejected if any(|state| state == EnrollmentState::Reserved) => Some(Access::Unverified),
        _ => None,
    }
}

/// Brings a member to this access, or makes sure that they still have it.
pub(super) fn access_write(member: &Member, access: Access) -> Write {
    let write = if access == member.access {
        Write::check(member.key())
    } else {
        Write::update(member.key(), access_update(Update::new(), member, access))
    };
    write.when("#access = :was_access").value(":was_access", member.access)
}
