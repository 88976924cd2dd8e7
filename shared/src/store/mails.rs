//! Mails on their way: claimed by one sender at a time, with the token minted for this attempt, and ended once.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicBool, Ordering},
};

use super::{
    Store, StoreError,
    claimed_mail::{Claimed, Minted},
    login_codes::add_code_write,
    transaction::{Plan, Unanswered},
};
use crate::{
    domain::{
        Access, EmailAddress, LastMail, LoginTokenRecord, Mail, MailId, MailKind, MailState, MailedCode, Member,
        Organization, OrganizationId, Timestamp,
    },
    table::{Record, Update, Write, from_item, keys, keys::DUE, to_item},
};

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailOutcome {
    /// SES took it, and gave it this id.
    Sent(String),
    /// It may go next time; the sweep looks again at this moment.
    TryAgain {
        /// When.
        at: Timestamp,
        /// Why not now, in a stable word.
        reason: &'static str,
    },
    /// It will never go, for this reason, a stable word.
    Failed(&'static str),
}

impl Store {
    /// The organization's mails with these ids, by id; those that are not there are left out.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn mails(
        &self,
        organization: OrganizationId,
        ids: impl IntoIterator<Item = MailId>,
    ) -> Result<HashMap<MailId, Mail>, StoreError> {
        let keys: Vec<_> = ids.into_iter().map(keys::mail).collect();
        let items = self.get_items(&keys).await?;
        let mails = items.into_iter().map(from_item::<Mail>).collect::<Result<Vec<_>, _>>()?;
        let ours = mails.into_iter().filter(|mail| mail.organization == organization);
        Ok(ours.map(|mail| (mail.id, mail)).collect())
    }

    /// The address of a mail that is counted against its mailbox and that nobody has claimed yet.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn counted_untried(&self, id: MailId) -> Result<Option<EmailAddress>, StoreError> {
        let counts = |mail: &Mail| is_untried(mail) && mail.kind.is_counted();
        let Some(mail) = self.get::<Mail>(keys::mail(id)).await?.filter(counts) else { return Ok(None) };
        // What is not sent at all counts as nothing.
        let member = self.member(mail.member).await?.filter(|member| member.suppressed.is_none());
        Ok(member.map(|member| member.email))
    }

    /// Drops a mail that nobody has claimed yet, for this reason, a stable word.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn drop_mail(&self, id: MailId, reason: &'static str) -> Result<(), StoreError> {
        self.retry(|_| async move {
            let Some(mail) = self.get::<Mail>(keys::mail(id)).await?.filter(is_untried) else {
                return Ok(Plan::End(()));
            };
            let now = self.clock.now();
            Ok(Plan::Write(drop_writes(&mail, reason, now), ()))
        })
        .await
    }

    /// Claims a mail for one attempt, `lease` long, and makes what `mint` gives one of the member's login tokens, with a code for the
    /// browser that asked, if it can prove that it did. Gives nothing when there
    /// is nothing to send: it is ended, somebody else has it, or what it was for is gone (then it is dropped).
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn claim_mail(
        &self,
        id: MailId,
        lease: chrono::TimeDelta,
        mint: impl Fn(&Mail, &Member) -> Minted,
    ) -> Result<Option<Claimed>, StoreError> {
        let mint = &mint;
        self.retry(|Unanswered(unanswered)| async move {
            let now = self.clock.now();
            let may_be_ours = |mail: &Mail| unanswered && mail.state == MailState::Sending;
            let claimable = |mail: &Mail| can_be_claimed(mail, now) || may_be_ours(mail);
            let Some(mail) = self.get::<Mail>(keys::mail(id)).await?.filter(claimable) else {
                return Ok(Plan::End(None));
            };
            let (member, organization, codes) = futures::try_join!(
                self.member(mail.member),
                self.organization(mail.organization),
                self.login_codes(mail.challenge),
            )?;
            if member.as_ref().is_none_or(|member| member.erased_as.is_some()) {
                // Erasing deletes the mails that it finds, and this one names them too.
                return Ok(Plan::Write(vec![still(&mail, Write::delete(mail.key()))], None));
            }
            let wanted = member.filter(|member| wants(member, &mail)).zip(organization);
            if may_be_ours(&mail) {
                // Only the claim of this call knows this token.
                let ours = wanted.and_then(|(member, organization)| claimed_with(&mail, member, organization, mint));
                return Ok(Plan::End(ours));
            }
            let Some((member, organization)) = wanted else {
                return Ok(Plan::Write(vec![end_write(&mail, MailState::Dropped, now, Update::new())], None));
            };
            if member.suppressed.is_some() {
                return Ok(Plan::Write(drop_writes(&mail, "suppressed", now), None));
            }
            if mail.kind.is_alert() {
                return self.claim_alert(&mail, lease, member, organization).await;
            }
            if !mail.kind.signs_in() {
                let (claimed, claim) = claim_of(&mail, now.plus(lease));
                let claimed = Claimed { mail: claimed, member, tokens: Vec::new(), organization, alert: None };
                return Ok(Plan::Write(vec![claim], Some(claimed)));
            }
            let Minted { token: hash, code, expires_at } = mint(&mail, &member);
            let record =
                LoginTokenRecord { hash, member: member.id, expires_at, delete_after: expires_at.epoch_seconds() };
            let mut tokens = member.login_tokens.clone();
            tokens.push(hash);
            tokens.drain(..tokens.len().saturating_sub(self.settings.live_tokens as usize));
            let (claimed, claim) = claim_of(&mail, now.plus(lease));
            let member_update = Write::update(member.key(), Update::new().put("login_tokens", &tokens));
            let member_update = if member.login_tokens.is_empty() {
                member_update
                    .when("attribute_exists(#PK) AND #access <> :revoked AND attribute_not_exists(#login_tokens)")
            } else {
                member_update.when("#access <> :revoked AND #login_tokens = :old").value(":old", &member.login_tokens)
            };
            let mut writes =
                vec![claim, Write::put(to_item(&record)?), member_update.value(":revoked", Access::Revoked)];
            if let Some((challenge, code)) = mail.challenge.zip(code) {
                let mailed = MailedCode { hash: code, token: hash, expires_at };
                writes.push(add_code_write(codes.as_ref(), challenge, mailed, now)?);
            }
            Ok(Plan::Write(writes, Some(Claimed { mail: claimed, member, tokens, organization, alert: None })))
        })
        .await
    }

    /// Records what became of the attempt that was `claimed`. Does nothing if somebody else has claimed the mail since. A letter
    /// that surely never left (`unsent`) takes its token with it, and the one that made way for it is good again: an SES that
    /// refuses must not use up the links people have in their mailboxes.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn end_mail(&self, claimed: &Claimed, outcome: &MailOutcome, unsent: bool) -> Result<(), StoreError> {
        // The first attempt does not look whether the member is still there; a refusal may mean that they are not.
        let again = &AtomicBool::new(false);
        self.retry(|_| async move {
            let now = self.clock.now();
            let same = |found: &Mail| found.state == MailState::Sending && found.attempts == claimed.mail.attempts;
            let looks = unsent || again.swap(true, Ordering::Relaxed);
            let member = async { if looks { self.member(claimed.mail.member).await } else { Ok(None) } };
            let (mail, member) = futures::try_join!(self.get::<Mail>(claimed.mail.key()), member)?;
            let Some(mail) = mail.filter(same) else { return Ok(Plan::End(())) };
            let gone = looks && member.is_none();
            // Waiting for its next attempt it stays "sending" until that is due: "queued" would hand it to the stream at once.
            let (write, state, reason) = match outcome {
                MailOutcome::Sent(message_id) => {
                    let sent = Update::new().put("message_id", message_id).remove("reason");
                    (end_write(&mail, MailState::Sent, now, sent), MailState::Sent, None)
                }
                MailOutcome::Failed(reason) => {
                    let failed = Update::new().put("reason", reason);
                    (end_write(&mail, MailState::Failed, now, failed), MailState::Failed, Some(reason))
                }
                MailOutcome::TryAgain { at, reason } => {
                    let due = keys::mail_due(mail.id, *at);
                    let waiting = Update::new().put("reason", reason).put("next_attempt_at", at).index(DUE, &due);
                    (still(&mail, Write::update(mail.key(), waiting)), MailState::Queued, Some(reason))
                }
            };
            if gone {
                return Ok(Plan::Write(vec![write], ()));
            }
            let last = LastMail::of(mail.id, state, now, reason.copied());
            let update = Update::new().put("last_mail", last);
            // Signing in, and another mail, change the tokens; then there is nothing to give back.
            let untouched = member.is_some_and(|member| member.login_tokens == claimed.tokens);
            let (true, Some(own)) = (untouched, claimed.tokens.last()) else {
                let member = Write::update(keys::member(mail.member), update).when("attribute_exists(#PK)");
                return Ok(Plan::Write(vec![write, member], ()));
            };
            let update = match claimed.member.login_tokens.as_slice() {
                [] => update.remove("login_tokens"),
                before => update.put("login_tokens", before),
            };
            let member = Write::update(keys::member(mail.member), update)
                .when("#login_tokens = :claimed")
                .value(":claimed", &claimed.tokens);
            Ok(Plan::Write(vec![write, member, Write::delete(keys::token(own))], ()))
        })
        .await
    }

    /// Hands a mail whose time has come to the stream again. Gives when it was written, if it was handed over now.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn requeue_mail(&self, id: MailId) -> Result<Option<Timestamp>, StoreError> {
        self.retry(|_| async move {
            let now = self.clock.now();
            let Some(mail) = self.get::<Mail>(keys::mail(id)).await?.filter(|mail| is_due(mail, now)) else {
                return Ok(Plan::End(None));
            };
            let next = now.plus(self.settings.mail_grace);
            let update = Update::new()
                .put("state", MailState::Queued)
                .put("next_attempt_at", next)
                .index(DUE, &keys::mail_due(id, next));
            Ok(Plan::Write(vec![still(&mail, Write::update(mail.key(), update))], Some(mail.created_at)))
        })
        .await
    }
}

/// The mail as it is claimed until this moment, and the write that claims it.
pub(super) fn claim_of(mail: &Mail, leased_until: Timestamp) -> (Mail, Write) {
    let claimed = Mail {
        state: MailState::Sending,
        attempts: mail.attempts + 1,
        next_attempt_at: Some(leased_until),
        ..mail.clone()
    };
    let claim = Update::new()
        .put("state", claimed.state)
        .put("attempts", claimed.attempts)
        .put("next_attempt_at", leased_until)
        .index(DUE, &keys::mail_due(mail.id, leased_until));
    (claimed, still(mail, Write::update(mail.key(), claim)))
}

/// The claim that made this token one of the member's, if it was written.
fn claimed_with(
    mail: &Mail,
    mut member: Member,
    organization: Organization,
    mint: impl Fn(&Mail, &Member) -> Minted,
) -> Option<Claimed> {
    let hash = mint(mail, &member).token;
    let tokens = member.login_tokens.clone();
    member.login_tokens.retain(|other| *other != hash);
    tokens.contains(&hash).then(|| Claimed { mail: mail.clone(), member, tokens, organization, alert: None })
}

/// Whether what a mail says is so for this member: nobody revoked is let in, nobody with access is turned away, and nobody is told of
/// a refusal who was given access after it.
fn wants(member: &Member, mail: &Mail) -> bool {
    match mail.kind {
        MailKind::Refused => {
            let given_since = member.granted_at.is_some_and(|at| at >= mail.created_at);
            member.access != Access::Granted || !given_since
        }
        kind if kind.tells_of_refusal() => member.access != Access::Granted,
        _ => member.access != Access::Revoked,
    }
}

fn is_untried(mail: &Mail) -> bool {
    mail.state == MailState::Queued && mail.attempts == 0
}

fn is_due(mail: &Mail, now: Timestamp) -> bool {
    let open = matches!(mail.state, MailState::Queued | MailState::Sending);
    open && mail.next_attempt_at.is_some_and(|at| at <= now)
}

fn can_be_claimed(mail: &Mail, now: Timestamp) -> bool {
    mail.state == MailState::Queued || is_due(mail, now)
}

/// Only while the mail is as it was read.
fn still(mail: &Mail, write: Write) -> Write {
    write
        .when("#state = :as_read AND #attempts = :attempts_read")
        .value(":as_read", mail.state)
        .value(":attempts_read", mail.attempts)
}

/// Drops a mail for a reason that the admin sees with the member.
fn drop_writes(mail: &Mail, reason: &str, now: Timestamp) -> Vec<Write> {
    let last = LastMail::of(mail.id, MailState::Dropped, now, Some(reason));
    let member = Write::update(keys::member(mail.member), Update::new().put("last_mail", last));
    let dropped = end_write(mail, MailState::Dropped, now, Update::new().put("reason", reason));
    vec![dropped, member.when("attribute_exists(#PK)")]
}

pub(super) fn end_write(mail: &Mail, state: MailState, now: Timestamp, more: Update) -> Write {
    let update = more.put("state", state).put("ended_at", now).remove("next_attempt_at").leave(DUE);
    let update = if mail.message.is_some() { update.remove("message") } else { update };
    still(mail, Write::update(mail.key(), update))
}
