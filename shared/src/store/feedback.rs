//! What became of mails that SES had taken, and the addresses that are not mailed any more because of it.
//!
//! Feedback comes late, twice, out of order, before the sending was recorded, and for people who are gone. A mail remembers the
//! worst it heard, so the same feedback changes nothing the second time; what is older than an admin's clearing suppresses nobody.

use serde_json::json;

use super::{
    Page, PageKey, Store, StoreError,
    listing::Listing,
    mails::end_write,
    transaction::{Plan, Unanswered},
};
use crate::{
    domain::{
        Act, Actor, Feedback, LastMail, Mail, MailId, MailState, Member, MemberId, OrganizationId, Subject,
        Suppression, Timestamp,
    },
    table::{Record, Update, Write, from_item, keys, to_item},
};

/// What came of feedback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedbackOutcome {
    /// It was written down.
    Recorded,
    /// It told nothing new.
    Known,
    /// There is no such mail, or it was never sent.
    Unknown,
}

impl Store {
    /// Records what SES said, at the moment `said_at`, about a mail.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn record_feedback(
        &self,
        id: MailId,
        feedback: Feedback,
        said_at: Timestamp,
    ) -> Result<FeedbackOutcome, StoreError> {
        self.retry(|Unanswered(unanswered)| async move {
            let mail = self.get::<Mail>(keys::mail(id)).await?.filter(|mail| mail.attempts > 0);
            let Some(mail) = mail else { return Ok(Plan::End(FeedbackOutcome::Unknown)) };
            let Some(state) = state_after(&mail, feedback) else {
                let outcome = if unanswered { FeedbackOutcome::Recorded } else { FeedbackOutcome::Known };
                return Ok(Plan::End(outcome));
            };
            let now = self.clock.now();
            let mut writes = vec![end_write(&mail, state, now, Update::new().put("reason", feedback.reason()))];
            // Whoever was erased meanwhile stays so.
            if let Some(member) = self.member(mail.member).await? {
                let last = LastMail::of(id, state, now, Some(feedback.reason()));
                writes.extend(member_writes(&member, &mail, feedback, last, said_at)?);
            }
            Ok(Plan::Write(writes, FeedbackOutcome::Recorded))
        })
        .await
    }

    /// An organization's suppressed members, in the order of their ids; one that is gone is left out.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list_suppressions(
        &self,
        organization: OrganizationId,
        limit: u32,
        after: Option<PageKey>,
    ) -> Result<Page<(Suppression, Member)>, StoreError> {
        let partition = keys::suppressions_of(organization);
        let listing = Listing { partition, limit: Some(limit), after, ..Listing::default() };
        let Page { items, next } = self.list(&listing).await?;
        let found = items.into_iter().map(from_item::<Suppression>).collect::<Result<Vec<_>, _>>()?;
        let mut members = self.members(organization, found.iter().map(|suppression| suppression.member)).await?;
        let with_member = |suppression: Suppression| {
            let member = members.remove(&suppression.member)?;
            Some((suppression, member))
        };
        Ok(Page { items: found.into_iter().filter_map(with_member).collect(), next })
    }

    /// Lets a member be mailed again. Gives whether they were not.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn clear_suppression(&self, actor: &Actor, id: MemberId) -> Result<bool, StoreError> {
        let audit = &self.audit(actor.organization, Some(actor.id), Act::SuppressionCleared, Subject::Member(id));
        self.retry(|Unanswered(unanswered)| async move {
            let found = self.member(id).await?.filter(|member| member.belongs_to(actor.organization));
            let Some(reason) = found.as_ref().and_then(|member| member.suppressed) else {
                return Ok(Plan::End(unanswered && self.was_recorded(audit).await?));
            };
            let update = Update::new().remove("suppressed").put("suppression_cleared_at", self.clock.now());
            let member = Write::update(keys::member(id), update).when("#suppressed = :was").value(":was", reason);
            let entry = Write::delete(keys::suppression(actor.organization, id));
            let audit = audit.write(&json!({"suppressed": reason}), &json!({}))?;
            Ok(Plan::Write(vec![member, entry, audit], true))
        })
        .await
    }
}

/// How the mail stands once the feedback is known; nothing if it tells nothing new, or less than is known.
fn state_after(mail: &Mail, feedback: Feedback) -> Option<MailState> {
    let told = |reason: &str| mail.reason.as_deref() == Some(reason);
    match (mail.state, feedback) {
        (MailState::Complained, _) => None,
        (_, Feedback::Complained) => Some(MailState::Complained),
        (MailState::Bounced, Feedback::Bounced { permanent }) => {
            (permanent && !told(feedback.reason())).then_some(MailState::Bounced)
        }
        (_, Feedback::Bounced { .. }) => Some(MailState::Bounced),
        (MailState::Bounced | MailState::Failed, Feedback::Rejected) => None,
        (_, Feedback::Rejected) => Some(MailState::Failed),
        // A note only: it may still arrive.
        (MailState::Sent, Feedback::Delayed) if !told(feedback.reason()) => Some(MailState::Sent),
        (_, Feedback::Delayed) => None,
    }
}

/// What the feedback changes on the member: their last mail, if it is about that one, and whether they are mailed at all.
fn member_writes(
    member: &Member,
    mail: &Mail,
    feedback: Feedback,
    last: LastMail,
    said_at: Timestamp,
) -> Result<Vec<Write>, StoreError> {
    let (id, at) = (mail.id, last.at);
    let cleared_since = member.suppression_cleared_at.is_some_and(|cleared| said_at <= cleared);
    let suppresses = feedback.suppresses().filter(|reason| !cleared_since && member.suppressed != Some(*reason));
    let is_last = member.last_mail.as_ref().is_none_or(|last| last.mail.is_none_or(|mail| mail == id));
    let mut update = Update::new();
    if is_last {
        update = update.put("last_mail", last);
    }
    if let Some(reason) = suppresses {
        update = update.put("suppressed", reason);
    }
    if update.is_empty() {
        return Ok(Vec::new());
    }
    // Only while the member is as read: a newer mail, and an admin's clearing, come before this.
    let mut conditions = vec!["attribute_exists(#PK)"];
    conditions.push(match &member.last_mail {
        Some(_) => "#last_mail = :last_read",
        None => "attribute_not_exists(#last_mail)",
    });
    conditions.push(match member.suppression_cleared_at {
        Some(_) => "#suppression_cleared_at = :cleared_read",
        None => "attribute_not_exists(#suppression_cleared_at)",
    });
    let mut write = Write::update(member.key(), update).when(conditions.join(" AND "));
    if let Some(last) = &member.last_mail {
        write = write.value(":last_read", last);
    }
    if let Some(cleared) = member.suppression_cleared_at {
        write = write.value(":cleared_read", cleared);
    }
    let mut writes = vec![write];
    if let Some(reason) = suppresses {
        let entry = Suppression { organization: member.organization, member: member.id, reason, mail: id, at };
        writes.push(Write::put(to_item(&entry)?));
    }
    Ok(writes)
}
