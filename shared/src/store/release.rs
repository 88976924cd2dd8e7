//! Giving a seat back, once: the enrollment changes state under a condition, and its lot gives the seat back, in one transaction.

use super::{
    Store, StoreError,
    transaction::{Plan, Unanswered},
};
use crate::{
    domain::{Enrollment, EnrollmentState, LinkId, MemberId, OrganizationId},
    table::{Update, Write, keys, keys::DUE},
};

/// How many of the waiting are admitted by whoever gave seats back; the sweep goes on with the rest.
pub(super) const ADMITTED_AT_ONCE: usize = 10;

impl Store {
    /// Lapses a reservation whose time is over. Gives whether it was lapsed now; the caller then calls
    /// [`Self::seats_released`] for its link.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn lapse(&self, member: MemberId, link: LinkId) -> Result<Option<Enrollment>, StoreError> {
        self.retry(|Unanswered(unanswered)| async move {
            let now = self.clock.now();
            let over = |enrollment: &Enrollment| {
                let past = enrollment.lapses_at.is_some_and(|lapses_at| lapses_at <= now);
                past && enrollment.state == EnrollmentState::Reserved
            };
            let found: Option<Enrollment> = self.get(keys::enrollment(member, link)).await?;
            if unanswered && found.as_ref().is_some_and(|found| found.state == EnrollmentState::Lapsed) {
                return Ok(Plan::End(found));
            }
            let Some(enrollment) = found.filter(over) else { return Ok(Plan::End(None)) };
            let writes = move_writes(&enrollment, EnrollmentState::Lapsed, Update::new());
            Ok(Plan::Write(writes, Some(enrollment)))
        })
        .await
    }

    /// To be called after seats of a link were given back: deals its seats anew if it was shut for having too many taken, and that
    /// is no longer so, and gives seats to those who wait for one. The sweep looks at such links too, should a crash have come
    /// between. Gives how many were admitted.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn seats_released(&self, organization: OrganizationId, link: LinkId) -> Result<usize, StoreError> {
        self.deal_again_if_under(organization, link).await?;
        self.admit_waiting(organization, link, ADMITTED_AT_ONCE).await
    }
}

/// Moves an enrollment from the state it is in to another, and tells its lot, which keeps count of the states.
pub(super) fn move_writes(enrollment: &Enrollment, to: EnrollmentState, more: Update) -> Vec<Write> {
    move_and_count(enrollment, to, more, Update::new())
}

/// The same, and `counts` is changed in its lot beside.
pub(super) fn move_and_count(enrollment: &Enrollment, to: EnrollmentState, more: Update, counts: Update) -> Vec<Write> {
    let seats = i64::from(to.holds_seat()) - i64::from(enrollment.state.holds_seat());
    let mut lot = counts.increase(enrollment.state.name(), -1).increase(to.name(), 1);
    if seats != 0 {
        lot = lot.increase("taken", seats);
    }
    let registered_at = enrollment.registered_at;
    vec![
        Write::update(
            keys::enrollment(enrollment.member, enrollment.link),
            more.put("state", to).remove("lapses_at").leave(DUE),
        )
        .when("#state = :was AND #registered_at = :registered_at")
        .value(":was", enrollment.state)
        .value(":registered_at", registered_at),
        Write::update(keys::lot(enrollment.link, enrollment.lot), lot),
    ]
}
