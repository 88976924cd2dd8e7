//! The line of those who wait for a link's seat: opened before the first one joins it, closed when nobody is in it any more.
//!
//! Both are a new number of the gate, to which the lots are brought as after an edit (`settle.rs`): so a registration that read the
//! old door neither takes a seat of those who wait nor joins a line that is closed.

use tokio::time::timeout_at;

use super::{
    Store, StoreError,
    settle::gate_writes,
    transaction::{Commit, Patience},
};
use crate::domain::{
    Door, Gate, Link, LinkId, LinkState, OrganizationId,
    redemption::{LineMove, LotsSeen},
};

impl Store {
    /// Moves the line of a link whose door was read, within what is left of a registration's patience. Gives whether it was moved
    /// here; where somebody else was faster, nothing was done.
    pub(super) async fn move_line(&self, door: &Door, to: LineMove, patience: &Patience) -> Result<bool, StoreError> {
        let moving = async {
            let begun = match to {
                LineMove::Finish => true,
                LineMove::Open | LineMove::Close => {
                    let link = self.link(door.organization, door.link).await?;
                    match link.filter(|link| link.gate.number == door.gate.number) {
                        Some(link) => self.begin_move(&link, to).await?,
                        None => false,
                    }
                }
            };
            if begun {
                self.settle(door.organization, door.link).await?;
            }
            Ok::<_, StoreError>(begun)
        };
        match timeout_at(patience.deadline(), moving).await {
            // How far it came shows at the door.
            Ok(Err(error)) if error.is_transient() => Ok(false),
            Ok(ended) => ended,
            Err(_) => Err(StoreError::contended()),
        }
    }

    /// Raises the gate of a link to open or close its line. Gives whether it was raised; many may want to, and one does.
    async fn begin_move(&self, link: &Link, to: LineMove) -> Result<bool, StoreError> {
        let Gate { waiting, unsettled, .. } = link.gate;
        let gate = match to {
            LineMove::Open if !waiting => link.gate.opening_line(),
            LineMove::Close if waiting && !unsettled => link.gate.raised(),
            _ => return Ok(false),
        };
        let moved = Link { gate, ..link.clone() };
        Ok(matches!(self.commit(gate_writes(link, &moved)).await?, Commit::Done))
    }

    /// Looks after the line of an active link, from time to time: gives its free seats to those who wait, `most` of them, if the link
    /// says so, takes the revoked off its head, and closes it when nobody is in it. Gives how many were admitted.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn tend_line(&self, organization: OrganizationId, id: LinkId, most: usize) -> Result<usize, StoreError> {
        let admitted = self.admit_waiting(organization, id, most).await?;
        let open = |link: &Link| link.state == LinkState::Active && link.gate.waiting && !link.gate.unsettled;
        let Some(link) = self.link(organization, id).await?.filter(open) else { return Ok(admitted) };
        let mut waiting = self.waiting_count(&link).await?;
        if waiting > 0 && self.strike_head(id).await? {
            waiting = self.waiting_count(&link).await?;
        }
        if waiting == 0 && self.begin_move(&link, LineMove::Close).await? {
            self.settle(organization, id).await?;
        }
        Ok(admitted)
    }

    /// How many people wait for a seat of a link.
    async fn waiting_count(&self, link: &Link) -> Result<u64, StoreError> {
        Ok(self.lots(link.id, link.gate.lots).await?.iter().map(|(_, lot)| lot.waiting).sum())
    }

    /// Whether there is room for a newcomer behind an open door: a seat is free, and nobody waits for it. Reads all its lots at once.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn has_room(&self, door: &Door) -> Result<bool, StoreError> {
        let lots = self.lots(door.link, door.gate.lots).await?;
        let all_there =
            lots.len() == door.gate.lots as usize && lots.iter().all(|(_, lot)| lot.gate == door.gate.number);
        let nobody_waits = lots.iter().all(|(_, lot)| lot.waiting == 0);
        let room = lots.iter().any(|(_, lot)| lot.has_room());
        // While seats are being dealt nobody can tell; a registration waits.
        let cannot_tell = door.gate.dealing || (!all_there && !door.gate.waiting);
        Ok(nobody_waits && (room || cannot_tell))
    }

    /// What the lots behind a door tell; none when not all of them stand at the door's gate.
    pub(super) async fn lots_seen(&self, door: &Door) -> Result<Option<LotsSeen>, StoreError> {
        let lots = self.lots(door.link, door.gate.lots).await?;
        let all_there = lots.len() == door.gate.lots as usize;
        if !all_there || lots.iter().any(|(_, lot)| lot.gate != door.gate.number) {
            return Ok(None);
        }
        let with_room = lots.iter().filter(|(_, lot)| lot.has_room()).map(|(number, _)| *number).collect();
        Ok(Some(LotsSeen { with_room, waiting: lots.iter().map(|(_, lot)| lot.waiting).sum() }))
    }
}
