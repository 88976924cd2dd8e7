//! Who and what uses a unit: what an admin should know before they delete it.

use futures::future::try_join3;

use super::{BoundedCount, Store, StoreError, overview::COUNTED_MEMBERS};
use crate::{
    domain::{Job, Link, LinkState, Order, OrganizationId, UnitId},
    table::keys,
};

/// How many links are looked through for those that give a unit, the newest first: some 250 read units at most.
pub const LINKS_LOOKED_THROUGH: u32 = 1_000;

/// How many jobs are looked through for those that name a unit, the newest first.
const JOBS_LOOKED_THROUGH: u32 = 100;

/// What uses a unit.
#[derive(Debug, Clone)]
pub struct UnitUsage {
    /// The links that give it, but for deleted ones, newest first.
    pub links: Vec<Link>,
    /// Whether there are links that were not looked at.
    pub more_links: bool,
    /// How many members are in it.
    pub members: BoundedCount,
    /// The jobs that have not ended and whose filter names it.
    pub jobs: Vec<Job>,
}

impl Store {
    /// What uses this unit, at a bounded cost.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn unit_usage(&self, organization: OrganizationId, unit: UnitId) -> Result<UnitUsage, StoreError> {
        let (links, jobs, members) = try_join3(
            self.links_looked_through(organization),
            self.list_jobs(organization, JOBS_LOOKED_THROUGH, None),
            self.count_partition(keys::unit_members(organization, unit), COUNTED_MEMBERS),
        )
        .await?;
        let (links, more_links) = links;
        let gives =
            |link: &Link| link.state != LinkState::Deleted && link.allocation.units().any(|other| other == unit);
        let names = |job: &Job| matches!(&job.order, Order::Grants(filter) if filter.unit == Some(unit));
        Ok(UnitUsage {
            links: links.into_iter().filter(gives).collect(),
            more_links,
            members,
            jobs: jobs.items.into_iter().filter(|job| !job.state.has_ended() && names(job)).collect(),
        })
    }

    /// The newest links, and whether there are more. A query gives 1 MB, which may be fewer.
    async fn links_looked_through(&self, organization: OrganizationId) -> Result<(Vec<Link>, bool), StoreError> {
        let (mut links, mut after) = (Vec::new(), None);
        loop {
            let left = LINKS_LOOKED_THROUGH.saturating_sub(u32::try_from(links.len()).unwrap_or(u32::MAX));
            let page = self.list_links(organization, left, after).await?;
            links.extend(page.items);
            match page.next {
                Some(_) if links.len() >= LINKS_LOOKED_THROUGH as usize => return Ok((links, true)),
                Some(next) => after = Some(next),
                None => return Ok((links, false)),
            }
        }
    }
}
