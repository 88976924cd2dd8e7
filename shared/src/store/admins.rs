//! An organization's admins: added, removed, listed. One always stays.
//!
//! That is held without a counter that could be wrong: whoever ceases to be an admin does so in one transaction with a look at
//! another who is one. Two admins who remove each other at once name each other's items in both transactions, so that one of them
//! is refused.

use serde_json::json;

use super::{
    Store, StoreError,
    listing::Listing,
    member_access::access_update,
    transaction::{Plan, Unanswered},
};
use crate::{
    domain::{
        Access, Act, ActorId, AdminEntry, EmailAddress, GivenAnswer, MailKind, Member, MemberId, OrganizationId,
        PersonName, Role, Subject,
    },
    table::{Record, Update, Write, keys, to_item},
};

/// How adding an admin ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddAdminOutcome {
    /// They are an admin now; a login mail is on its way.
    Added(Box<Member>),
    /// They were one before; nothing was written.
    IsAdmin(Box<Member>),
    /// They were shut out: to be restored first. Nothing was written.
    Revoked,
    /// Whoever asked is no admin any more.
    Forbidden,
}

/// How removing an admin ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemoveAdminOutcome {
    /// They are an ordinary member, now or since before.
    Removed,
    /// There is no other admin whom mail reaches; nothing was written.
    Last,
    /// The organization has no such member.
    NotFound,
}

/// The write that puts a member into the list of admins: it belongs into the transaction that gives them the role.
///
/// # Errors
/// See [`StoreError`].
pub(super) fn admin_write(member: &Member) -> Result<Write, StoreError> {
    Ok(Write::put(to_item(&AdminEntry { organization: member.organization, member: member.id })?))
}

impl Store {
    /// Makes the person with this address an admin of the admin's organization: a member of it, or somebody new. Sessions from
    /// before are dead, since they last as long as a member's. What `answer` has for the outcome is kept, written with it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn add_admin(
        &self,
        admin: &Member,
        email: &EmailAddress,
        name: &PersonName,
        answer: impl Fn(&AddAdminOutcome) -> Option<GivenAnswer>,
    ) -> Result<AddAdminOutcome, StoreError> {
        let id = MemberId::of_address(admin.organization, email);
        let audit = &self.audit(admin.organization, Some(admin.id.into()), Act::AdminAdded, Subject::Member(id));
        self.retry_once(answer, |Unanswered(unanswered)| async move {
            let (acting, known) = futures::try_join!(self.member(admin.id), self.member(id))?;
            if acting.is_none_or(|acting| acting.role != Role::Admin) {
                return Ok(Plan::End(AddAdminOutcome::Forbidden));
            }
            let now = self.clock.now();
            let (member, write, before) = match known {
                Some(member) if member.role == Role::Admin => {
                    let ours = unanswered && self.was_recorded(audit).await?;
                    let member = Box::new(member);
                    // Who asks again is answered the same, also when they are an admin no more by then.
                    return Ok(match ours {
                        true => Plan::End(AddAdminOutcome::Added(member)),
                        false => Plan::Write(Vec::new(), AddAdminOutcome::IsAdmin(member)),
                    });
                }
                Some(member) if member.access == Access::Revoked => return Ok(Plan::End(AddAdminOutcome::Revoked)),
                Some(member) => {
                    let before = json!({"role": member.role, "access": member.access});
                    let mut update = Update::new().put("role", Role::Admin).put("sessions_valid_from", now);
                    if member.access != Access::Granted {
                        update = access_update(update, &member, Access::Granted)
                            .put("granted_at", now)
                            .put("granted_by", ActorId::Admin(admin.id));
                    }
                    let write = Write::update(member.key(), update)
                        .when("#role = :was_role AND #access = :was_access")
                        .value(":was_role", member.role)
                        .value(":was_access", member.access);
                    let granted_at = member.granted_at.filter(|_| member.access == Access::Granted).or(Some(now));
                    let granted_by =
                        if member.access == Access::Granted { member.granted_by } else { Some(admin.id.into()) };
                    let is = Member { role: Role::Admin, access: Access::Granted, granted_at, granted_by, ..member };
                    (is, write, before)
                }
                None => {
                    let member = Member {
                        role: Role::Admin,
                        granted_by: Some(admin.id.into()),
                        ..Member::new(admin.organization, name.clone(), email.clone(), Access::Granted, now)
                    };
                    let write = Write::put(to_item(&member)?).when("attribute_not_exists(#PK)");
                    (member, write, json!({}))
                }
            };
            let writes = vec![
                // Nobody is made an admin by one who ceased to be one meanwhile.
                still_admin(admin.id, ""),
                write,
                admin_write(&member)?,
                Write::put(to_item(&self.new_mail(admin.organization, id, MailKind::Admin, now))?),
                audit.write(&before, &json!({"role": Role::Admin, "access": Access::Granted}))?,
            ];
            Ok(Plan::Write(writes, AddAdminOutcome::Added(Box::new(member))))
        })
        .await
    }

    /// Makes an admin of the admin's organization an ordinary member, who signs in anew as one.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn remove_admin(&self, admin: &Member, id: MemberId) -> Result<RemoveAdminOutcome, StoreError> {
        let audit = &self.audit(admin.organization, Some(admin.id.into()), Act::AdminRemoved, Subject::Member(id));
        self.retry(|_| async move {
            let found = self.member(id).await?.filter(|member| member.belongs_to(admin.organization));
            let Some(member) = found else { return Ok(Plan::End(RemoveAdminOutcome::NotFound)) };
            if member.role != Role::Admin {
                return Ok(Plan::End(RemoveAdminOutcome::Removed));
            }
            let Some(other) = self.another_admin(admin, id).await? else {
                return Ok(Plan::End(RemoveAdminOutcome::Last));
            };
            let update = Update::new().put("role", Role::Member).put("sessions_valid_from", self.clock.now());
            let writes = vec![
                Write::update(member.key(), update).when("#role = :admin").value(":admin", Role::Admin),
                // And mail reaches them: nobody signs in without.
                still_admin(other, " AND attribute_not_exists(#suppressed)"),
                Write::delete(keys::admin(member.organization, id)),
                audit.write(&json!({"role": Role::Admin}), &json!({"role": Role::Member}))?,
            ];
            Ok(Plan::Write(writes, RemoveAdminOutcome::Removed))
        })
        .await
    }

    /// An admin other than this one whom mail reaches, as of now: whoever asks, if they are another, or else one from the list.
    async fn another_admin(&self, admin: &Member, id: MemberId) -> Result<Option<MemberId>, StoreError> {
        let stays = |other: &Member| other.id != id && other.role == Role::Admin && other.suppressed.is_none();
        if admin.id != id && self.member(admin.id).await?.is_some_and(|acting| stays(&acting)) {
            return Ok(Some(admin.id));
        }
        let admins = self.admins(admin.organization).await?;
        Ok(admins.iter().find(|other| stays(other)).map(|other| other.id))
    }

    /// An organization's admins, in the order of their ids.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn admins(&self, organization: OrganizationId) -> Result<Vec<Member>, StoreError> {
        let listing = Listing { partition: keys::admins_of(organization), ..Listing::default() };
        let items = self.list_all(listing).await?;
        let ids = items.iter().filter_map(|item| keys::member_of_sort_key(item.get(keys::SK)?.as_s().ok()?));
        let members = self.members(organization, ids).await?;
        let mut admins: Vec<_> = members.into_values().filter(|member| member.role == Role::Admin).collect();
        admins.sort_unstable_by_key(|admin| admin.id);
        Ok(admins)
    }
}

/// Holds that this member is an admin at the moment of the write, `and` what more the condition says.
fn still_admin(id: MemberId, and: &str) -> Write {
    Write::check(keys::member(id)).when(format!("#role = :an_admin{and}")).value(":an_admin", Role::Admin)
}
