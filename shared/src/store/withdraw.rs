//! Taking a registration back: the browser that made it proves by its verifier that it did, and the seat, or the place in the line,
//! is free again, once. Nobody learns from it whether an address is known.

use super::{
    Store, StoreError,
    mails::end_write,
    member_units::out_writes,
    members::MemberFile,
    transaction::{Plan, Unanswered},
};
use crate::{
    domain::{
        CodeVerifier, Door, EmailAddress, Enrollment, EnrollmentState, Mail, MailId, MailState, MemberId, Timestamp,
    },
    table::{Update, Write, keys},
};

impl Store {
    /// Takes back what somebody registered with this address behind this door, if it was made a short while ago by the browser that
    /// holds `verifier`, and nobody was let in by it. Otherwise nothing is written. The mail that was to go to the address is not
    /// sent, if nobody is sending it yet; a login link that was sent is good for nothing, unless its member may sign in otherwise.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn withdraw(&self, door: &Door, email: &EmailAddress, verifier: &CodeVerifier) -> Result<(), StoreError> {
        let (id, challenge) = (MemberId::of_address(door.organization, email), verifier.challenge());
        let withdrawn = self
            .retry(|Unanswered(unanswered)| async move {
                let now = self.clock.now();
                let since = now.plus(-self.settings.withdrawal_window);
                let Some(MemberFile { member, enrollments }) = self.member_file(id).await? else {
                    return Ok(Plan::End(false));
                };
                let made_here = |one: &&Enrollment| one.link == door.link && one.challenge == Some(challenge);
                let Some(enrollment) = enrollments.iter().find(made_here) else {
                    return Ok(Plan::End(false));
                };
                if !enrollment.may_be_withdrawn(challenge, since) {
                    return Ok(Plan::End(unanswered && enrollment.withdrawn_at.is_some()));
                }
                let taken_back = Update::new().put("withdrawn_at", now);
                let (mut writes, _) = out_writes(&member, &enrollments, enrollment, taken_back, false);
                writes.extend(self.unsent_mail(enrollment, now).await?);
                Ok(Plan::Write(writes, true))
            })
            .await?;
        if withdrawn {
            self.seats_released(door.organization, door.link).await?;
        }
        Ok(())
    }

    /// Drops the mail that was written with a registration, if nobody has begun to send it.
    pub(super) async fn unsent_mail(
        &self,
        enrollment: &Enrollment,
        now: Timestamp,
    ) -> Result<Option<Write>, StoreError> {
        let Some(request) = enrollment.request.filter(|_| enrollment.state == EnrollmentState::Reserved) else {
            return Ok(None);
        };
        let mail: Option<Mail> = self.get(keys::mail(MailId::of_request(request, enrollment.member))).await?;
        let queued = mail.filter(|mail| mail.state == MailState::Queued);
        Ok(queued.map(|mail| end_write(&mail, MailState::Dropped, now, Update::new())))
    }
}
