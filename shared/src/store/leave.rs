//! Leaving a link: a member gives up what they have through it, and may register again.

use super::{RemoveOutcome, Store, StoreError, member_units::out_writes, members::MemberFile, transaction::Plan};
use crate::{
    domain::{EnrollmentState, LinkId, Member},
    table::Update,
};

impl Store {
    /// Takes a member out of a link by their own word: the seat, or the place in the line, goes back once, and the units that the
    /// link gave are taken away unless they are given by hand or through another link. Their access stays, unless it only waited.
    /// Somebody who is out already, however that came, stays out.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn leave(&self, who: &Member, link: LinkId) -> Result<RemoveOutcome, StoreError> {
        let outcome = self
            .retry(|_| async move {
                let now = self.clock.now();
                let Some(MemberFile { member, enrollments }) = self.member_file(who.id).await? else {
                    return Ok(Plan::End(RemoveOutcome::NotFound));
                };
                let Some(enrollment) = enrollments.iter().find(|enrollment| enrollment.link == link) else {
                    return Ok(Plan::End(RemoveOutcome::NotFound));
                };
                if matches!(enrollment.state, EnrollmentState::Removed | EnrollmentState::Lapsed) {
                    return Ok(Plan::End(RemoveOutcome::Removed));
                }
                let left = Update::new().put("withdrawn_at", now);
                let (mut writes, _) = out_writes(&member, &enrollments, enrollment, left, false);
                writes.extend(self.unsent_mail(enrollment, now).await?);
                Ok(Plan::Write(writes, RemoveOutcome::Removed))
            })
            .await?;
        if outcome == RemoveOutcome::Removed {
            self.seats_released(who.organization, link).await?;
        }
        Ok(outcome)
    }
}
