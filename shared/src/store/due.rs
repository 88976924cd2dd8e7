//! What falls due: found in the index of due work, done elsewhere.

use futures::future::try_join_all;

use super::{
    Page, Store, StoreError,
    listing::{Listing, key_of},
};
use crate::{
    domain::{LinkId, MailId, MemberId, OrganizationId},
    table::{
        Item,
        keys::{self, Due, Named},
    },
};

/// Work that was due at the time of the look.
#[derive(Debug, Clone, Default)]
pub struct DueWork {
    /// Links that expired, or whose lots may be behind.
    pub links: Vec<(OrganizationId, LinkId)>,
    /// Reservations whose time is over.
    pub reservations: Vec<(MemberId, LinkId)>,
    /// Mails that are not ended and should have been.
    pub mails: Vec<MailId>,
}

impl Store {
    /// What is due now, the longest due first: at most `limit` of each kind from each of [`keys::DUE_SHARDS`] shards.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn due_work(&self, limit: u32) -> Result<DueWork, StoreError> {
        let until = keys::due_until(self.clock.now());
        let kinds = [Due::Link, Due::Reservation, Due::Mail];
        let shards = kinds.into_iter().flat_map(|kind| (0..keys::DUE_SHARDS).map(move |shard| kind.shard(shard)));
        let pages = try_join_all(shards.map(|partition| {
            let range = Some((String::from("0"), until.clone()));
            let listing =
                Listing { index: Some(keys::DUE), partition, range, limit: Some(limit), ..Listing::default() };
            async move { self.list(&listing).await }
        }))
        .await?;
        let mut work = DueWork::default();
        for item in pages.into_iter().flat_map(|Page { items, .. }| items) {
            match named(&item) {
                Some(Named::Link(organization, link)) => work.links.push((organization, link)),
                Some(Named::Enrollment(member, link)) => work.reservations.push((member, link)),
                Some(Named::Mail(mail)) => work.mails.push(mail),
                Some(Named::Member(_)) | None => {}
            }
        }
        Ok(work)
    }
}

fn named(item: &Item) -> Option<Named> {
    keys::parse(&key_of(item)?)
}
