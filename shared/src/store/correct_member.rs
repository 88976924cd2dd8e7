//! Correcting the address of a member who has never signed in. An id follows from the address, so all that is theirs moves to
//! another id, in one transaction: whoever looks finds the one or the other, and never half of either.

use serde_json::json;

use super::{
    Store, StoreError,
    member_units::leave_writes,
    members::MemberFile,
    moved::{moved, moving_writes},
    seat::unit_member_writes,
    transaction::{Plan, Unanswered},
};
use crate::{
    domain::{Access, Act, Actor, Allocation, EmailAddress, Enrollment, MailKind, Member, MemberId, Role, Subject},
    table::{Item, Record, Write, keys, to_item},
};

/// How the correction of a member's address ended.
#[derive(Debug, Clone)]
pub enum CorrectMemberOutcome {
    /// They have this address now, by this call or an earlier one. The member as they are.
    Corrected(Box<Member>),
    /// They have signed in, so that the address is theirs; nothing was written.
    Proven,
    /// Another member has the address; nothing was written.
    Taken,
    /// They are an admin; nothing was written.
    IsAdmin,
    /// They are revoked, and the address that was shut out stays so; nothing was written.
    IsRevoked,
    /// More is theirs than one transaction moves; nothing was written.
    TooLarge,
    /// The organization has no such member.
    NotFound,
}

/// How many items one transaction has, by the rules of DynamoDB.
const MOST_ITEMS: usize = 100;

/// What must not have come to the member meanwhile.
const ABSENT: [&str; 6] =
    ["proven_at", "erased_as", "registrations", "allocation_version", "login_tokens", "suppressed"];

impl Store {
    /// Gives a member of the admin's organization who has never signed in another address, and with it another id. Enrollments with
    /// seats and places in the line, units and access go along; login links are dead. Who could sign in is mailed a login link at
    /// the new address; of the mails to the old one nothing is kept on the member.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn correct_member(
        &self,
        actor: &Actor,
        id: MemberId,
        address: &EmailAddress,
    ) -> Result<CorrectMemberOutcome, StoreError> {
        let to = MemberId::of_address(actor.organization, address);
        let audit = &self.audit(actor.organization, Some(actor.id), Act::AddressCorrected, Subject::Member(to));
        self.retry(|Unanswered(_)| async move {
            let file = self.member_file(id).await?.filter(|file| file.member.belongs_to(actor.organization));
            let there = self.member(to).await?;
            let Some(file) = file else {
                // It was done before, by this call or another.
                let done =
                    there.filter(|there| there.corrected_from == Some(id) && there.belongs_to(actor.organization));
                let done = done.map(|member| CorrectMemberOutcome::Corrected(Box::new(member)));
                return Ok(Plan::End(done.unwrap_or(CorrectMemberOutcome::NotFound)));
            };
            if id == to {
                return Ok(Plan::End(CorrectMemberOutcome::Corrected(Box::new(file.member))));
            }
            if let Some(refused) = refusal(&file, there.as_ref()) {
                return Ok(Plan::End(refused));
            }
            let now = self.clock.now();
            let MemberFile { member, enrollments } = &file;
            let corrected = Member {
                id: to,
                email: address.clone(),
                corrected_from: Some(id),
                login_tokens: Vec::new(),
                login_resent_at: None,
                last_mail: None,
                suppressed: None,
                suppression_cleared_at: None,
                ..member.clone()
            };
            let mut writes = vec![
                unchanged(Write::delete(member.key()), &to_item(member)?),
                Write::put(to_item(&corrected)?).when("attribute_not_exists(#PK)"),
                audit.write(&json!({"member": id}), &json!({"member": to}))?,
            ];
            for enrollment in enrollments {
                writes.extend(moving_writes(enrollment, &moved(enrollment, to))?);
            }
            writes.extend(leave_writes(member, &Allocation::default()));
            writes.extend(unit_member_writes(&corrected, &corrected.allocation));
            writes.extend(member.login_tokens.iter().map(|hash| Write::delete(keys::token(hash))));
            if member.suppressed.is_some() {
                writes.push(Write::delete(keys::suppression(member.organization, id)));
            }
            if file.can_sign_in() {
                let mail = self.new_mail(actor.organization, to, MailKind::Grant, now);
                writes.push(Write::put(to_item(&mail)?));
            }
            if writes.len() > MOST_ITEMS {
                return Ok(Plan::End(CorrectMemberOutcome::TooLarge));
            }
            Ok(Plan::Write(writes, CorrectMemberOutcome::Corrected(Box::new(corrected))))
        })
        .await
    }
}

impl MemberFile {
    /// Whether the member has ever signed in, so that the address is known to be theirs.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        let signed_in = |enrollment: &Enrollment| enrollment.signed_in_at.is_some();
        self.member.proven_at.is_some() || self.enrollments.iter().any(signed_in)
    }
}

/// Why a member's address is not corrected, if it is not.
fn refusal(file: &MemberFile, there: Option<&Member>) -> Option<CorrectMemberOutcome> {
    match (file.member.role, file.member.access) {
        (Role::Admin, _) => Some(CorrectMemberOutcome::IsAdmin),
        (Role::Member, _) if file.is_proven() => Some(CorrectMemberOutcome::Proven),
        (Role::Member, Access::Revoked) => Some(CorrectMemberOutcome::IsRevoked),
        _ => there.map(|_| CorrectMemberOutcome::Taken),
    }
}

/// Only if the member is as they were read, and nothing has come to them meanwhile: no sign-in, registration, units or login link.
fn unchanged(write: Write, read: &Item) -> Write {
    let absent = ABSENT.iter().filter(|name| !read.contains_key(**name));
    absent.fold(write.unless_changed(read), |write, name| write.and(&format!("attribute_not_exists(#{name})")))
}
