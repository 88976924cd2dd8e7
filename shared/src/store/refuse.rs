//! Refusing who waits for an admin. A refusal is about the registration, not about the person: it takes nothing that was given
//! before, and shuts nobody out of other links, as revoking does.

use serde_json::json;

use super::{
    Store, StoreError,
    member_access::{access_write, once_ended},
    members::MemberFile,
    release::move_writes,
    transaction::{Plan, Unanswered},
};
use crate::{
    domain::{Act, Actor, EnrollmentState, LinkId, LongText, Mail, MailKind, MemberId, OrganizationId, Subject},
    table::{Update, Write, to_item},
};

/// The mail that tells of a refusal, where the admin chose to send one.
#[derive(Debug, Clone, Default)]
pub struct RefusalMail {
    /// What the admin adds in words of their own.
    pub message: Option<LongText>,
}

/// How a refusal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefuseOutcome {
    /// What waited was taken out of its links, and the seats went back.
    Refused,
    /// Nothing waited for an admin; nothing was written.
    NothingPending,
    /// The organization has no such member.
    NotFound,
}

/// How many enrollments one transaction takes out: two items each beside the member, the mail and the record, of 100.
const ENROLLMENTS: usize = 45;

impl Store {
    /// Refuses all registrations of a member that wait for an admin of the organization. A member with access keeps it. One without
    /// access becomes rejected, or unverified if they hold a seat of another link. A `mail` is sent once: the transaction that
    /// refuses the last registration queues it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn refuse(
        &self,
        actor: &Actor,
        id: MemberId,
        mail: Option<&RefusalMail>,
    ) -> Result<RefuseOutcome, StoreError> {
        let mut outcome = RefuseOutcome::NothingPending;
        loop {
            let links = match self.refuse_some(actor, id, mail).await? {
                None => return Ok(RefuseOutcome::NotFound),
                Some(links) if links.is_empty() => return Ok(outcome),
                Some(links) => links,
            };
            outcome = RefuseOutcome::Refused;
            for link in links {
                self.seats_released(actor.organization, link).await?;
            }
        }
    }

    /// Refuses as many as one transaction holds, and gives their links; none when there is no such member.
    async fn refuse_some(
        &self,
        actor: &Actor,
        id: MemberId,
        mail: Option<&RefusalMail>,
    ) -> Result<Option<Vec<LinkId>>, StoreError> {
        let audit = &self.audit(actor.organization, Some(actor.id), Act::AccessRefused, Subject::Member(id));
        self.retry(|Unanswered(unanswered)| async move {
            let file = self.member_file(id).await?;
            let Some(file) = file.filter(|file| file.member.belongs_to(actor.organization)) else {
                return Ok(Plan::End(None));
            };
            let MemberFile { member, enrollments } = file;
            if unanswered && self.was_recorded(audit).await? {
                // Which of them this call took out is not told apart; looking at a link too many does no harm.
                let removed = enrollments.iter().filter(|one| one.state == EnrollmentState::Removed);
                return Ok(Plan::End(Some(removed.map(|one| one.link).collect())));
            }
            let waiting: Vec<_> = enrollments.iter().filter(|one| one.state.waits_for_admin()).collect();
            let refused = &waiting[..waiting.len().min(ENROLLMENTS)];
            let links: Vec<_> = refused.iter().map(|enrollment| enrollment.link).collect();
            if refused.is_empty() {
                return Ok(Plan::End(Some(links)));
            }
            let last = waiting.len() == refused.len();
            let others = || enrollments.iter().filter(|one| !one.state.waits_for_admin());
            let access = if last { once_ended(&member, others(), true) } else { member.access };
            let mut writes = vec![access_write(&member, access)];
            for enrollment in refused {
                writes.extend(move_writes(enrollment, EnrollmentState::Removed, Update::new()));
            }
            let mut after = json!({"access": access, "refused": links});
            if let Some(mail) = mail.filter(|_| last) {
                // The record says that there was a mail, and not what it says: it outlives the member's data.
                after["mailed"] = json!(true);
                writes.push(self.refusal_mail_write(actor.organization, id, mail)?);
            }
            writes.push(audit.write(&json!({"access": member.access}), &after)?);
            Ok(Plan::Write(writes, Some(links)))
        })
        .await
    }

    fn refusal_mail_write(
        &self,
        organization: OrganizationId,
        id: MemberId,
        mail: &RefusalMail,
    ) -> Result<Write, StoreError> {
        let queued = self.new_mail(organization, id, MailKind::Refused, self.clock.now());
        Ok(Write::put(to_item(&Mail { message: mail.message.clone(), ..queued })?))
    }
}
