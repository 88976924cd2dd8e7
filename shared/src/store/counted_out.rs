//! Taking replaced enrollments out of their links' counts.
//!
//! A member whose enrollment has lapsed, or was taken back or left, may register again. The new enrollment replaces the old one, and
//! may be in another lot. The registration does not read what it replaces, so that it makes the same calls for every address: the
//! lot of the old enrollment still counts it. A reader of the table's stream sees the old image and calls this.

use super::{Store, StoreError, transaction::Plan};
use crate::{
    domain::{CountedOut, Enrollment, Link},
    table::{Record, Update, Write, keys, to_item},
};

impl Store {
    /// Takes an enrollment that its member has replaced out of the counts of its lot, once, however often it is called.
    ///
    /// # Errors
    /// See [`StoreError`]. Called again, it does what was not done.
    pub async fn count_out(&self, replaced: &Enrollment) -> Result<(), StoreError> {
        let now = self.clock.now();
        let marker = replaced.counted_out(now);
        self.retry(|_| {
            let marker = &marker;
            async move {
                let (link, done) = tokio::try_join!(
                    self.get::<Link>(keys::link(replaced.organization, replaced.link)),
                    self.get::<CountedOut>(marker.key()),
                )?;
                let Some(link) = link.filter(|_| done.is_none()) else { return Ok(Plan::End(())) };
                let mut counts = Update::new().increase(replaced.state.name(), -1);
                if replaced.signed_in_at.is_some() {
                    counts = counts.increase("signed_in", -1);
                }
                counts = counts.count_off(link.time_zone.day(replaced.registered_at), link.time_zone.day(now));
                let lot = Write::update(keys::lot(replaced.link, replaced.lot), counts).when("attribute_exists(#PK)");
                let done = Write::put(to_item(marker)?).when("attribute_not_exists(#PK)");
                Ok(Plan::Write(vec![lot, done], ()))
            }
        })
        .await
    }
}
