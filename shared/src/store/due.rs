//! What falls due: found in the index of due work, done elsewhere.

use futures::future::try_join_all;

use super::{
    Page, PageKey, Store, StoreError,
    listing::{Listing, key_of},
};
use crate::{
    domain::{EventId, JobId, LinkId, MailId, MailRequestId, MemberId, OrganizationId, WebhookId},
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
    /// Enrollments whose allocation ends.
    pub allocations: Vec<(MemberId, LinkId)>,
    /// Members whose erasure was begun.
    pub erasures: Vec<MemberId>,
    /// Mails that are not ended and should have been.
    pub mails: Vec<MailId>,
    /// Requests for mail that are not worked off and should have been.
    pub requests: Vec<MailRequestId>,
    /// Jobs whose worker died, or that the stream never handed to one.
    pub jobs: Vec<(OrganizationId, JobId)>,
    /// Organizations whose closing goes on.
    pub closings: Vec<OrganizationId>,
    /// Deliveries whose next attempt is due, whose sender died, or that were never handed to one.
    pub deliveries: Vec<(WebhookId, EventId)>,
    /// Where there is more; none when this was all.
    pub next: Option<DuePage>,
}

/// Where a look at what is due ended: the shards that have more, and after which key.
#[derive(Debug, Clone)]
pub struct DuePage(Vec<(String, Option<PageKey>)>);

impl DuePage {
    /// The beginning of every shard.
    #[must_use]
    pub fn first() -> Self {
        let shards = Due::ALL.into_iter().flat_map(|kind| (0..keys::DUE_SHARDS).map(move |shard| kind.shard(shard)));
        Self(shards.map(|shard| (shard, None)).collect())
    }
}

impl Store {
    /// What is due now, the longest due first: at most `limit` of each kind from each of [`keys::DUE_SHARDS`] shards. What stays due
    /// hides nothing behind it: the next page goes on after it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn due_work(&self, limit: u32, DuePage(shards): DuePage) -> Result<DueWork, StoreError> {
        let until = keys::due_until(self.clock.now());
        let looks = shards.into_iter().map(|(partition, after)| {
            let range = Some((String::from("0"), until.clone()));
            let limit = Some(limit);
            let listing = Listing { index: Some(keys::DUE), partition, range, limit, after, ..Listing::default() };
            async move { Ok::<_, StoreError>((self.list(&listing).await?, listing.partition)) }
        });
        let pages = try_join_all(looks).await?;
        let mut work = DueWork::default();
        let more: Vec<_> =
            pages.iter().filter_map(|(page, shard)| Some((shard.clone(), Some(page.next.clone()?)))).collect();
        work.next = (!more.is_empty()).then_some(DuePage(more));
        let found = pages.into_iter().flat_map(|(Page { items, .. }, shard)| {
            let kind = Due::of(&shard);
            items.into_iter().map(move |item| (kind, item))
        });
        for (kind, item) in found {
            match (kind, named(&item)) {
                (_, Some(Named::Link(organization, link))) => work.links.push((organization, link)),
                (Some(Due::Allocation), Some(Named::Enrollment(member, link))) => work.allocations.push((member, link)),
                (_, Some(Named::Enrollment(member, link))) => work.reservations.push((member, link)),
                (_, Some(Named::Mail(mail))) => work.mails.push(mail),
                (_, Some(Named::MailRequest(request))) => work.requests.push(request),
                (_, Some(Named::Job(organization, job))) => work.jobs.push((organization, job)),
                (_, Some(Named::Delivery(webhook, event))) => work.deliveries.push((webhook, event)),
                (Some(Due::Erasure), Some(Named::Member(member))) => work.erasures.push(member),
                (_, Some(Named::Organization(organization))) => work.closings.push(organization),
                (_, Some(Named::Member(_)) | None) => {}
            }
        }
        Ok(work)
    }
}

fn named(item: &Item) -> Option<Named> {
    keys::parse(&key_of(item)?)
}
