//! Requests for mail: written by the calls that strangers make, and worked off by whoever the stream hands them to.

use super::{
    Store, StoreError,
    member_access::{access_write, once_back},
    members::MemberFile,
    transaction::Plan,
};
use crate::{
    domain::{
        Access, CodeChallenge, Door, EmailAddress, Enrollment, EnrollmentState, Mail, MailId, MailKind, MailRequest,
        MailRequestId, MailRequestState, Member, MemberId, RegisteredThrough, Timestamp,
    },
    table::{Record, Update, Write, keys, keys::DUE, to_item},
};

impl Store {
    /// A new request for login links to this address, from a browser that can prove this later.
    #[must_use]
    pub fn login_request(&self, email: EmailAddress, challenge: Option<CodeChallenge>) -> MailRequest {
        let id = MailRequestId::generate(&*self.random);
        let request = MailRequest::for_login(id, email, self.clock.now(), self.settings.mail_grace);
        MailRequest { challenge, ..request }
    }

    /// A new request of somebody who registers behind this door with this address.
    pub(super) fn registration_request(
        &self,
        door: &Door,
        email: &EmailAddress,
        challenge: Option<CodeChallenge>,
    ) -> MailRequest {
        let promised = door.mails_at_once(email);
        let through = RegisteredThrough { organization: door.organization, link: door.link, promised };
        MailRequest { through: Some(through), ..self.login_request(email.clone(), challenge) }
    }

    /// Writes a request: one write, the same whatever the address. Sent again after a lost answer it makes no second one, also if
    /// the first has been worked off meanwhile.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn request_mail(&self, request: &MailRequest) -> Result<(), StoreError> {
        let write = Write::update(request.key(), Update::new().put_item_if_absent(to_item(request)?))
            .when("attribute_not_exists(#PK)");
        self.update(write).await.map(drop)
    }

    /// Looks up which mails a request leads to and queues them, in the transaction that ends the request. Gives how many. A rejected
    /// member who has registered anew is no longer shown as rejected: this is written here because a registration makes the same
    /// writes for every address.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn work_off_request(&self, id: MailRequestId) -> Result<usize, StoreError> {
        self.retry(|_| async move {
            let request: Option<MailRequest> = self.get(keys::mail_request(id)).await?;
            let Some(request) = request.filter(MailRequest::is_queued) else { return Ok(Plan::End(0)) };
            let registered = self.registered(&request).await?;
            if registered.as_ref().is_some_and(|file| self.is_ahead_of_registration(&request, file)) {
                return Ok(Plan::End(0));
            }
            let back = registered.as_ref().and_then(|MemberFile { member, enrollments }| {
                Some(access_write(member, once_back(member, enrollments)?))
            });
            let mails = self.requested_mails(&request, registered).await?;
            let done = done_write(&request);
            if mails.is_empty() && back.is_none() {
                // Half the price of a transaction. A refusal says that it is done already.
                self.update(done).await?.ok();
                return Ok(Plan::End(0));
            }
            let mut writes = vec![done];
            writes.extend(back);
            for mail in &mails {
                writes.push(Write::put(to_item(mail)?).when("attribute_not_exists(#PK)"));
            }
            Ok(Plan::Write(writes, mails.len()))
        })
        .await
    }

    /// The member with the address of a registration's request.
    async fn registered(&self, request: &MailRequest) -> Result<Option<MemberFile>, StoreError> {
        match (&request.through, &request.email) {
            (Some(through), Some(email)) => self.member_file(MemberId::of_address(through.organization, email)).await,
            _ => Ok(None),
        }
    }

    /// Whether a rejected member's registration may still be on its way: it is written beside its request. Such a request is left to
    /// the sweep, which hands it over again once it is older than the grace.
    fn is_ahead_of_registration(&self, request: &MailRequest, MemberFile { member, enrollments }: &MemberFile) -> bool {
        let through = |one: &Enrollment| request.through.as_ref().is_some_and(|through| through.link == one.link);
        let may_come = !enrollments.iter().filter(|one| through(one)).any(|one| !one.may_be_made_again());
        let young = request.created_at.plus(self.settings.mail_grace) > self.clock.now();
        member.access == Access::Rejected && may_come && young
    }

    /// The mails that a request leads to. For login links: one to each member with its address who can sign in.
    async fn requested_mails(
        &self,
        request: &MailRequest,
        registered: Option<MemberFile>,
    ) -> Result<Vec<Mail>, StoreError> {
        let Some(email) = &request.email else { return Ok(Vec::new()) };
        let mail = |member: &Member, kind: MailKind| Mail {
            id: MailId::of_request(request.id, member.id),
            challenge: request.challenge.filter(|_| kind.signs_in()),
            ..self.new_mail(member.organization, member.id, kind, self.clock.now())
        };
        if let Some(through) = &request.through {
            let kind = registered.as_ref().and_then(|file| registration_mail(request.id, through, file));
            return Ok(registered.zip(kind).map(|(file, kind)| mail(&file.member, kind)).into_iter().collect());
        }
        let files = self.members_with_address(email).await?.into_iter().filter(MemberFile::can_sign_in);
        Ok(files.map(|file| mail(&file.member, MailKind::Login)).collect())
    }

    /// Hands a request whose time has come to the stream again, or gives it up when nobody waits for its mail any more. Gives when
    /// it was made, if it was handed over now.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn requeue_request(&self, id: MailRequestId) -> Result<Option<Timestamp>, StoreError> {
        let now = self.clock.now();
        let request: Option<MailRequest> = self.get(keys::mail_request(id)).await?;
        let due = |request: &MailRequest| request.is_queued() && request.next_attempt_at.is_some_and(|at| at <= now);
        let Some(request) = request.filter(due) else { return Ok(None) };
        if request.is_too_old(now) {
            self.update(done_write(&request)).await?.ok();
            return Ok(None);
        }
        let next = now.plus(self.settings.mail_grace);
        let again = Update::new().put("next_attempt_at", next).index(DUE, &keys::mail_request_due(id, next));
        let write = Write::update(request.key(), again)
            .when("#state = :queued AND #next_attempt_at = :as_read")
            .value(":queued", MailRequestState::Queued)
            .value(":as_read", request.next_attempt_at);
        Ok(self.update(write).await?.ok().map(|_| request.created_at))
    }
}

/// The mail to somebody who has a record, after a registration with their address: so that whatever its answer told everybody comes
/// true. None where the registration wrote its own, or where nobody was promised one and it would let in nobody.
fn registration_mail(request: MailRequestId, through: &RegisteredThrough, file: &MemberFile) -> Option<MailKind> {
    let there = file.enrollments.iter().find(|enrollment| enrollment.link == through.link);
    // What was taken back by the browser that made it turned nobody away.
    let there = there.filter(|there| there.withdrawn_at.is_none() || there.request == Some(request));
    if file.member.erased_as.is_some() || there.is_some_and(|there| there.request == Some(request)) {
        return None;
    }
    if file.can_sign_in() {
        return Some(MailKind::Login);
    }
    let kind = match (file.member.access, there.map(|there| there.state)) {
        (Access::Revoked, _) | (_, Some(EnrollmentState::Removed)) => MailKind::TurnedAway,
        (_, Some(EnrollmentState::Pending | EnrollmentState::Waiting)) => MailKind::NotYet,
        // Their seat lapsed or they never had one: the registration gives them one, and the mail with it.
        _ => return None,
    };
    through.promised.then_some(kind)
}

/// Ends a request once, and forgets its address.
fn done_write(request: &MailRequest) -> Write {
    let done = Update::new()
        .put("state", MailRequestState::Done)
        .remove("email")
        .remove("challenge")
        .remove("next_attempt_at")
        .leave(DUE);
    Write::update(request.key(), done).when("#state = :queued").value(":queued", MailRequestState::Queued)
}
