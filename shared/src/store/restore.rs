//! Giving access back to who was shut out, and sending a login mail anew.

use serde_json::json;

use super::{
    Store, StoreError,
    member_access::access_update,
    members::MemberFile,
    transaction::{Plan, Unanswered},
};
use crate::{
    domain::{Access, Act, Actor, EnrollmentState, MailKind, MemberId, Subject},
    table::{Record, Update, Write, to_item},
};

/// How a restoration ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestoreOutcome {
    /// The member is as before they were revoked; a login mail is on its way if they had access then.
    Restored,
    /// The member is not revoked; nothing was written.
    NotRevoked,
    /// The organization has no such member.
    NotFound,
}

/// What became of the wish to send a login mail anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResendOutcome {
    /// A login mail is on its way.
    Queued,
    /// The member has nothing to sign in for; nothing was written.
    NoAccess,
    /// Nothing is mailed to their address until an admin clears it; nothing was written.
    Suppressed,
    /// Another was queued a moment ago; nothing was written.
    TooSoon,
    /// The organization has no such member.
    NotFound,
}

impl Store {
    /// Gives a revoked member of the admin's organization back the access they had, with the units they are in. Sessions and
    /// login links from before stay dead. Who had never been granted access is unverified again, and may register.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn restore(&self, actor: &Actor, id: MemberId) -> Result<RestoreOutcome, StoreError> {
        let audit = &self.audit(actor.organization, Some(actor.id), Act::AccessRestored, Subject::Member(id));
        self.retry(|Unanswered(unanswered)| async move {
            let found = self.member(id).await?.filter(|member| member.belongs_to(actor.organization));
            let Some(member) = found else { return Ok(Plan::End(RestoreOutcome::NotFound)) };
            if member.access != Access::Revoked {
                let ours = unanswered && self.was_recorded(audit).await?;
                return Ok(Plan::End(if ours { RestoreOutcome::Restored } else { RestoreOutcome::NotRevoked }));
            }
            let now = self.clock.now();
            let access = if member.granted_at.is_some() { Access::Granted } else { Access::Unverified };
            let mut update = access_update(Update::new(), &member, access);
            let mut writes = Vec::new();
            if access == Access::Granted {
                update = update.put("granted_at", now).put("granted_by", actor.id);
                writes.push(Write::put(to_item(&self.new_mail(actor.organization, id, MailKind::Grant, now))?));
            }
            // Who is being erased is revoked too, and stays so.
            let restored = Write::update(member.key(), update)
                .when("#access = :was AND attribute_not_exists(#erased_as)")
                .value(":was", member.access);
            writes.push(restored);
            writes.push(audit.write(&json!({"access": member.access}), &json!({"access": access}))?);
            Ok(Plan::Write(writes, RestoreOutcome::Restored))
        })
        .await
    }

    /// Queues a login mail to a member of the admin's organization who can sign in, unless one was asked for a moment ago.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn resend_login(&self, actor: &Actor, id: MemberId) -> Result<ResendOutcome, StoreError> {
        let audit = &self.audit(actor.organization, Some(actor.id), Act::LoginResent, Subject::Member(id));
        self.retry(|Unanswered(unanswered)| async move {
            let file = self.member_file(id).await?;
            let Some(file) = file.filter(|file| file.member.belongs_to(actor.organization)) else {
                return Ok(Plan::End(ResendOutcome::NotFound));
            };
            if unanswered && self.was_recorded(audit).await? {
                return Ok(Plan::End(ResendOutcome::Queued));
            }
            if file.member.suppressed.is_some() {
                return Ok(Plan::End(ResendOutcome::Suppressed));
            }
            if !file.can_sign_in() {
                return Ok(Plan::End(ResendOutcome::NoAccess));
            }
            let (member, now) = (file.member, self.clock.now());
            let recent = now.plus(-self.settings.resend_pause);
            if member.login_resent_at.is_some_and(|at| at > recent) {
                return Ok(Plan::End(ResendOutcome::TooSoon));
            }
            let mail = self.new_mail(actor.organization, id, MailKind::Grant, now);
            let noted = Write::update(member.key(), Update::new().put("login_resent_at", now))
                .when("#access = :was AND (attribute_not_exists(#login_resent_at) OR #login_resent_at <= :recent)")
                .value(":was", member.access)
                .value(":recent", recent);
            let writes = vec![noted, Write::put(to_item(&mail)?), audit.write(&json!({}), &json!({"mail": mail.id}))?];
            Ok(Plan::Write(writes, ResendOutcome::Queued))
        })
        .await
    }
}

impl MemberFile {
    /// Whether a login link would let this member in.
    #[must_use]
    pub fn can_sign_in(&self) -> bool {
        let reserved = || self.enrollments.iter().any(|enrollment| enrollment.state == EnrollmentState::Reserved);
        match self.member.access {
            Access::Granted => true,
            Access::Unverified | Access::Rejected | Access::Pending => reserved(),
            Access::Revoked => false,
        }
    }
}
