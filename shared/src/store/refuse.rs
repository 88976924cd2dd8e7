//! Refusing who waits for an admin. A refusal is about the registration, not about the person: it takes nothing that was given
//! before, and shuts nobody out of other links, as revoking does.

use serde_json::json;

use super::{
    Store, StoreError,
    member_access::{access_write, no_longer_pending},
    members::MemberFile,
    release::move_writes,
    transaction::{Plan, Unanswered},
};
use crate::{
    domain::{Act, Actor, EnrollmentState, LinkId, MemberId, Subject},
    table::Update,
};

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

/// How many enrollments one transaction takes out: two items each beside the member and the record, of 100.
const ENROLLMENTS: usize = 45;

impl Store {
    /// Refuses all that a member of the admin's organization has waiting for an admin. A newcomer is left without access, and
    /// with nothing to sign in for; who had access keeps it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn refuse(&self, actor: &Actor, id: MemberId) -> Result<RefuseOutcome, StoreError> {
        let mut outcome = RefuseOutcome::NothingPending;
        loop {
            let links = match self.refuse_some(actor, id).await? {
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
    async fn refuse_some(&self, actor: &Actor, id: MemberId) -> Result<Option<Vec<LinkId>>, StoreError> {
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
            let access = if waiting.len() == refused.len() { no_longer_pending(&member) } else { member.access };
            let mut writes = vec![access_write(&member, access)];
            for enrollment in refused {
                writes.extend(move_writes(enrollment, EnrollmentState::Removed, Update::new()));
            }
            let (before, after) = (json!({"access": member.access}), json!({"access": access, "refused": links}));
            writes.push(audit.write(&before, &after)?);
            Ok(Plan::Write(writes, Some(links)))
        })
        .await
    }
}
