//! Bringing a link's lots to its gate, after an edit of who gets in. Every step is a conditional update that can be run by many
//! at once and again after a crash: the edit itself, the sweep, or the next edit.

use futures::future::try_join_all;

use super::{Store, StoreError, transaction::Plan};
use crate::{
    domain::{Deal, Gate, Link, LinkId, LinkState, Lot, OrganizationId, deal},
    table::{Record, Update, Write, from_item, keys, keys::DUE, lot_from_item},
};

/// What came of bringing one lot to a gate.
enum Brought {
    /// It stands at the gate; so many of its seats were taken when it was shut for the deal, and so many people whom it counts wait.
    At { closed_at: u64, waiting: u64 },
    /// A newer edit has been there.
    Superseded,
}

impl Store {
    /// The lots of a link with their numbers, in order; one that is missing is left out.
    pub(super) async fn lots(&self, link: LinkId, count: u32) -> Result<Vec<(u32, Lot)>, StoreError> {
        let keys: Vec<_> = (0..count).map(|number| keys::lot(link, number)).collect();
        let mut lots = Vec::with_capacity(keys.len());
        for item in self.get_items(&keys).await? {
            let partition = item.get(keys::PK).and_then(|key| key.as_s().ok());
            let Some(number) = keys.iter().position(|key| Some(&key.partition) == partition) else { continue };
            lots.push((u32::try_from(number).expect("at most 64 lots"), lot_from_item(item)?));
        }
        lots.sort_unstable_by_key(|(number, _)| *number);
        Ok(lots)
    }

    /// Brings the lots of a link to its gate and, where its seats are to be dealt anew, deals them. Gives the link as it then
    /// stands. Does nothing to a link that is settled.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when it could not be finished in time; calling again goes on from there.
    pub async fn settle(&self, organization: OrganizationId, id: LinkId) -> Result<Option<Link>, StoreError> {
        loop {
            let Some(link) = self.link(organization, id).await? else { return Ok(None) };
            if !link.gate.unsettled {
                return Ok(Some(link));
            }
            let shut = try_join_all((0..link.gate.lots).map(|lot| self.bring_lot(&link, lot))).await?;
            let brought: Option<Vec<(u64, u64)>> = shut
                .into_iter()
                .map(|brought| match brought {
                    Brought::At { closed_at, waiting } => Some((closed_at, waiting)),
                    Brought::Superseded => None,
                })
                .collect();
            // A newer edit has taken over: what it says is what counts.
            let Some(brought) = brought else { continue };
            let (closed_at, waiting): (Vec<u64>, Vec<u64>) = brought.into_iter().unzip();
            let mut over = link.gate.over;
            if link.gate.dealing {
                let Deal { seats, over: now_over } = deal(link.cap, &closed_at);
                over = now_over;
                let parts = seats.into_iter().zip(0..).map(|(seats, lot)| self.give_part(&link, lot, seats));
                try_join_all(parts).await?;
            }
            self.finish(&link, over, waiting.iter().sum()).await?;
            if over {
                // A seat released while the lots were shut was not seen by the deal.
                self.deal_again_if_under(organization, id).await?;
            }
        }
    }

    /// Deals a link's seats anew if its lots are shut for having too many taken, and that is no longer so.
    pub(super) async fn deal_again_if_under(&self, organization: OrganizationId, id: LinkId) -> Result<(), StoreError> {
        let begun = self
            .retry(|_| async move {
                let Some(link) = self.link(organization, id).await? else { return Ok(Plan::End(false)) };
                // A link that is not settled is being dealt by somebody, who looks again when it is done.
                if !link.gate.over || link.gate.unsettled {
                    return Ok(Plan::End(link.gate.unsettled));
                }
                let taken: u64 = self.lots(id, link.gate.lots).await?.iter().map(|(_, lot)| lot.taken).sum();
                if link.cap.is_some_and(|cap| taken > cap.seats()) {
                    return Ok(Plan::End(false));
                }
                let mut again = link.clone();
                again.gate = Gate { dealing: true, ..again.gate.raised() };
                again.updated_at = self.clock.now();
                Ok(Plan::Write(gate_writes(&link, &again), true))
            })
            .await?;
        if begun { Box::pin(self.settle(organization, id)).await.map(drop) } else { Ok(()) }
    }

    /// Brings one lot to the link's gate; where seats are to be dealt, shuts it at what is taken.
    async fn bring_lot(&self, link: &Link, number: u32) -> Result<Brought, StoreError> {
        let mut update = Update::new()
            .put("gate", link.gate.number)
            .put("open_until", link.open_until())
            .put_if_absent("entity", "lot");
        for tally in ["taken", "reserved", "pending", "enrolled", "lapsed", "removed", "waiting", "signed_in"] {
            // `taken` is read by the clauses below as it was before the update.
            update = update.set(format!("#{tally} = if_not_exists(#{tally}, :none)"));
        }
        update = update.value(":none", 0);
        update = if link.gate.dealing {
            update
                .set("#seats = if_not_exists(#taken, :none)")
                .set("#closed_at = if_not_exists(#taken, :none)")
                .put("dealt", false)
        } else {
            update.put_if_absent("seats", 0).put_if_absent("closed_at", 0).put_if_absent("dealt", true)
        };
        let write = Write::update(keys::lot(link.id, number), update)
            .when("attribute_not_exists(#gate) OR #gate < :at_gate")
            .value(":at_gate", link.gate.number);
        match self.update(write).await? {
            Ok(lot) => Ok(brought(&from_item(lot)?)),
            Err(met) => {
                let lot: Lot = from_item(met)?;
                Ok(if lot.gate == link.gate.number { brought(&lot) } else { Brought::Superseded })
            }
        }
    }

    /// Gives a shut lot its part of the deal, once.
    async fn give_part(&self, link: &Link, number: u32, seats: u64) -> Result<(), StoreError> {
        let write = Write::update(keys::lot(link.id, number), Update::new().put("seats", seats).put("dealt", true))
            .when("#gate = :at_gate AND #dealt = :not_yet")
            .value(":at_gate", link.gate.number)
            .value(":not_yet", false);
        self.update(write).await.map(drop)
    }

    /// Says on door and link that the lots stand at the gate, unless that has been said, or a newer edit has taken over.
    async fn finish(&self, link: &Link, over: bool, waiting: u64) -> Result<(), StoreError> {
        self.retry(|_| async move {
            let found = self.link(link.organization, link.id).await?;
            let Some(found) = found.filter(|found| found.gate == link.gate) else { return Ok(Plan::End(())) };
            let mut settled = found.clone();
            settled.gate = found.gate.settled(over, waiting);
            Ok(Plan::Write(gate_writes(&found, &settled), ()))
        })
        .await
    }
}

/// Nobody joins the line at a gate before it is settled, so that these who wait can only become fewer.
fn brought(lot: &Lot) -> Brought {
    Brought::At { closed_at: lot.closed_at, waiting: lot.waiting }
}

/// Changes the gate of link and door from what it is in `from` to what it is in `to`. A deleted link has no door.
pub(super) fn gate_writes(from: &Link, to: &Link) -> Vec<Write> {
    let update = Update::new().put("gate", to.gate);
    let of_link = update.clone().put("updated_at", to.updated_at);
    let of_link = match to.due_key() {
        Some(key) => of_link.index(DUE, &key),
        None => of_link.leave(DUE),
    };
    let when = "#gate = :from_gate";
    // When it is due follows from more than its gate.
    let of_link = Write::update(from.key(), of_link)
        .when(format!("{when} AND #version = :version AND (attribute_not_exists(#alerts) OR #alerts = :alerts_read)"))
        .value(":version", from.version)
        .value(":from_gate", from.gate)
        .value(":alerts_read", from.alerts);
    let mut writes = vec![of_link];
    if from.state != LinkState::Deleted {
        let door = keys::door(&from.code.hash());
        writes.push(Write::update(door, update).when(when).value(":from_gate", from.gate));
    }
    writes
}
