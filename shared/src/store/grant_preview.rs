//! What granting access to people would come to, said before anything happens: the rule of [`judge`], with the seats that those
//! before would take.

use std::collections::{BTreeMap, btree_map::Entry};

use futures::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};

use super::{Store, StoreError};
use crate::domain::{LinkId, LinkState, MemberId, OrganizationId, Outcome, Room, Verdict, judge, needs_seat};

/// How many people are looked at side by side.
const SIDE_BY_SIDE: usize = 8;

/// Of how many links it is remembered how many seats are left; the fullest ones matter.
const LINKS: usize = 100;

/// What has been counted so far. It can be put away and gone on with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantTally {
    /// How many people, by how it would end for them.
    pub outcomes: BTreeMap<Outcome, u64>,
    /// How many seats of a link would be left; none of a deleted one.
    seats: BTreeMap<LinkId, Option<u64>>,
}

impl GrantTally {
    fn room(&self, link: LinkId) -> Room {
        match self.seats.get(&link) {
            Some(Some(0)) => Room::Full,
            Some(Some(_)) => Room::Free,
            Some(None) | None => Room::Gone,
        }
    }

    /// Forgets the links with most seats left, so that it stays small.
    fn shrink(&mut self) {
        while self.seats.len() > LINKS {
            let emptiest = self.seats.iter().max_by_key(|(_, left)| left.unwrap_or(u64::MAX)).map(|(&link, _)| link);
            emptiest.map(|link| self.seats.remove(&link));
        }
    }
}

impl Store {
    /// Adds to the tally how granting access would end for each of these people, one after the other. Nothing is written.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn preview_grants(
        &self,
        organization: OrganizationId,
        people: &[MemberId],
        include_rejected: bool,
        tally: &mut GrantTally,
    ) -> Result<(), StoreError> {
        let files = stream::iter(people.iter().copied().map(|id| self.member_file(id))).buffered(SIDE_BY_SIDE);
        let files: Vec<_> = files.try_collect().await?;
        for file in files {
            let Some(file) = file.filter(|file| file.member.belongs_to(organization)) else {
                *tally.outcomes.entry(Outcome::NotFound).or_default() += 1;
                continue;
            };
            let seatless = file.enrollments.iter().filter(|one| needs_seat(&file.member, one));
            for link in seatless.map(|one| one.link) {
                if let Entry::Vacant(unknown) = tally.seats.entry(link) {
                    unknown.insert(self.seats_left(organization, link).await?);
                }
            }
            let verdict = judge(&file.member, &file.enrollments, |link| tally.room(link), include_rejected);
            let (outcome, landing) = match verdict {
                Verdict::Granted(landing) => (Outcome::Granted, landing),
                Verdict::Skipped(why) => (Outcome::from(why), Vec::new()),
            };
            for enrollment in landing.into_iter().filter(|one| needs_seat(&file.member, one)) {
                if let Some(Some(left)) = tally.seats.get_mut(&enrollment.link) {
                    *left = left.saturating_sub(1);
                }
            }
            *tally.outcomes.entry(outcome).or_default() += 1;
        }
        tally.shrink();
        Ok(())
    }

    /// How many seats of a link an admin can give; none of one that is deleted.
    async fn seats_left(&self, organization: OrganizationId, id: LinkId) -> Result<Option<u64>, StoreError> {
        let link = self.link(organization, id).await?.filter(|link| link.state != LinkState::Deleted);
        let Some(link) = link else { return Ok(None) };
        let lots = self.lots(link.id, link.gate.lots).await?;
        Ok(Some(lots.iter().map(|(_, lot)| lot.seats.saturating_sub(lot.taken)).sum()))
    }
}
