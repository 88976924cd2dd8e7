//! How a member's access is written, whatever changes it.

use crate::{
    domain::{Access, Member},
    table::{Record, Update, Write, keys, keys::LISTS},
};

/// A member's change of access, with their place in the list.
pub(super) fn access_update(update: Update, member: &Member, access: Access) -> Update {
    let list = keys::member_list(member.organization, access, member.created_at, member.id);
    update.put("access", access).index(LISTS, &list)
}

/// The access of a member for whom nothing waits any more.
pub(super) fn no_longer_pending(member: &Member) -> Access {
    if member.access == Access::Pending { Access::Unverified } else { member.access }
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
