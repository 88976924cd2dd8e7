//! Links: made and edited together with their doors.

use std::collections::BTreeMap;

use super::{
    Page, PageKey, Store, StoreError,
    listing::Listing,
    transaction::{Commit, Plan},
    version::is_overtaken,
};
use serde_json::{Value, json};

use crate::{
    domain::{
        Act, ActorId, Deal, GivenAnswer, Link, LinkChange, LinkId, LinkState, Lot, MAX_PAST_FIELDS, OrganizationId,
        Subject, TranslationRefused, deal,
    },
    table::{Record, Write, from_item, keys, lot_item, to_item},
};

/// The link is as it was read: its version, its gate, and what its admins have been told of it.
pub(super) const AS_READ: &str =
    "#version = :version AND #gate = :gate AND (attribute_not_exists(#alerts) OR #alerts = :alerts_read)";

/// How an edit ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditOutcome {
    /// The link as it stands now, its lots brought to it.
    Done(Box<Link>),
    /// There is no such link, or it is deleted.
    NotFound,
    /// It has been edited since the version the admin saw; this is its version now.
    VersionConflict(u64),
    /// It would start when it has expired already; nothing was written.
    StartsTooLate,
    /// It would have asked too many different things in its time; nothing was written.
    TooManyAsked,
    /// Its translations would not be of its texts, by the API's fields; nothing was written.
    Untranslatable(BTreeMap<String, TranslationRefused>),
}

impl Store {
    /// Writes a new link, its door and its lots, all at once; with them the answer that tells of it, if that is to be kept.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn create_link(&self, link: &Link, answer: Option<GivenAnswer>) -> Result<(), StoreError> {
        let audit = self.audit(link.organization, Some(link.created_by), Act::LinkCreated, Subject::Link(link.id));
        self.put_link(link, audit.write(&Value::Null, &link.told())?, answer).await
    }

    /// Writes a new link that was made after the model of `of`, as [`Self::create_link`] does.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn copy_link(&self, link: &Link, of: LinkId, answer: Option<GivenAnswer>) -> Result<(), StoreError> {
        let audit = self.audit(link.organization, Some(link.created_by), Act::LinkDuplicated, Subject::Link(link.id));
        let mut told = link.told();
        told["copy_of"] = json!(of);
        self.put_link(link, audit.write(&Value::Null, &told)?, answer).await
    }

    async fn put_link(&self, link: &Link, record: Write, answer: Option<GivenAnswer>) -> Result<(), StoreError> {
        let Deal { seats, .. } = deal(link.cap, &vec![0; link.gate.lots as usize]);
        let fresh = Lot {
            gate: link.gate.number,
            open_until: link.open_until(),
            seats: 0,
            taken: 0,
            closed_at: 0,
            dealt: true,
            reserved: 0,
            pending: 0,
            enrolled: 0,
            lapsed: 0,
            removed: 0,
            waiting: 0,
            signed_in: 0,
            came: 0,
            days: BTreeMap::new(),
        };
        let door = link.door();
        let mut writes = vec![
            Write::put(to_item(link)?).when("attribute_not_exists(#PK)"),
            Write::put(to_item(&door)?).when("attribute_not_exists(#PK)"),
        ];
        for (seats, number) in seats.into_iter().zip(0..) {
            writes.push(Write::put(lot_item(&Lot { seats, ..fresh.clone() }, keys::lot(link.id, number))?));
        }
        writes.push(record);
        let writes = &writes;
        self.retry_once(
            |()| answer.clone(),
            |_| async move {
                // An answer may have been lost after the link was written.
                let there = self.link(link.organization, link.id).await?.is_some();
                Ok(if there { Plan::End(()) } else { Plan::Write(writes.clone(), ()) })
            },
        )
        .await
    }

    /// A link of the organization.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn link(&self, organization: OrganizationId, id: LinkId) -> Result<Option<Link>, StoreError> {
        self.get(keys::link(organization, id)).await
    }

    /// An organization's links, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list_links(
        &self,
        organization: OrganizationId,
        limit: u32,
        after: Option<PageKey>,
    ) -> Result<Page<Link>, StoreError> {
        let partition = keys::organization(organization).partition;
        let range = Some((keys::LINK_PREFIX.to_owned(), format!("{}~", keys::LINK_PREFIX)));
        let listing = Listing { partition, range, descending: true, limit: Some(limit), after, ..Listing::default() };
        let Page { items, next } = self.list(&listing).await?;
        Ok(Page { items: items.into_iter().map(from_item).collect::<Result<_, _>>()?, next })
    }

    /// The lots of a link as they stand, all read at once.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn link_lots(&self, link: &Link) -> Result<Vec<Lot>, StoreError> {
        Ok(self.lots(link.id, link.gate.lots).await?.into_iter().map(|(_, lot)| lot).collect())
    }

    /// Edits, for the admin `by`, the version of a link that they saw, and answers when no lot gives a seat on the old terms any more.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the edit, or bringing the lots to it, could not be finished in time; an edit that was
    /// written is finished by the sweep.
    pub async fn edit_link(
        &self,
        organization: OrganizationId,
        by: ActorId,
        id: LinkId,
        version: u64,
        change: &LinkChange,
    ) -> Result<EditOutcome, StoreError> {
        let audit = self.audit(organization, Some(by), act(change), Subject::Link(id));
        let mut patience = self.patience();
        let mut attempted: Option<Link> = None;
        loop {
            let Some(link) = self.link(organization, id).await? else { return Ok(EditOutcome::NotFound) };
            // An answer may have been lost after the edit was written: our own edit is no conflict.
            let ours = attempted.as_ref().is_some_and(|edited| same_edit(edited, &link));
            if ours {
                break;
            }
            if link.state == LinkState::Deleted {
                return Ok(EditOutcome::NotFound);
            }
            let edited = change.apply(&link, by, self.clock.now());
            let unchanged = Link { version: link.version, updated_at: link.updated_at, ..edited.clone() } == link;
            if is_overtaken(version, link.version, unchanged) {
                // What the admin is told to look at again should hold when they do.
                self.settle(organization, id).await?;
                return Ok(EditOutcome::VersionConflict(link.version));
            }
            let moved = edited.intake.starts_at != link.intake.starts_at || edited.expires_at != link.expires_at;
            if moved && edited.intake.starts_at.zip(edited.expires_at).is_some_and(|(starts, ends)| starts >= ends) {
                return Ok(EditOutcome::StartsTooLate);
            }
            if edited.asked_before.len() > MAX_PAST_FIELDS {
                return Ok(EditOutcome::TooManyAsked);
            }
            if edited.intake != link.intake
                && let Err(refused) = edited.intake.translations.check(edited.texts())
            {
                return Ok(EditOutcome::Untranslatable(refused));
            }
            // Nothing would change: that is no act, and no other admin's version is out of date for it.
            if unchanged {
                break;
            }
            let mut writes = edit_writes(&link, &edited)?;
            writes.push(audit.write(&link.told(), &edited.told())?);
            attempted = Some(edited);
            match self.commit(writes).await {
                Ok(Commit::Done) => match attempted.take() {
                    Some(edited) if !edited.gate.unsettled => return Ok(EditOutcome::Done(Box::new(edited))),
                    _ => break,
                },
                Ok(Commit::Refused(_) | Commit::Conflict) => {}
                Err(error) if error.is_transient() => {}
                Err(error) => return Err(error),
            }
            self.pause(&mut patience).await?;
        }
        let settled = self.settle(organization, id).await?;
        Ok(settled.map_or(EditOutcome::NotFound, |link| EditOutcome::Done(Box::new(link))))
    }

    /// Notes that a link has expired, so that the sweep need not look at it again. Gives whether it was noted now.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn note_expiry(&self, organization: OrganizationId, id: LinkId) -> Result<bool, StoreError> {
        self.retry(|_| async move {
            let now = self.clock.now();
            let expired = |link: &Link| {
                let past = link.expires_at.is_some_and(|expires_at| expires_at <= now);
                past && !link.expiry_noted && !link.gate.unsettled
            };
            let Some(link) = self.link(organization, id).await?.filter(expired) else { return Ok(Plan::End(false)) };
            let mut noted = link.clone();
            noted.expiry_noted = true;
            let write = Write::put(to_item(&noted)?)
                .when(AS_READ)
                .value(":version", link.version)
                .value(":gate", link.gate)
                .value(":alerts_read", link.alerts);
            Ok(Plan::Write(vec![write], true))
        })
        .await
    }
}

/// What the records call this edit.
fn act(change: &LinkChange) -> Act {
    match change {
        LinkChange { state: Some(LinkState::Deleted), .. } => Act::LinkDeleted,
        LinkChange { code: Some(_), .. } => Act::LinkRegenerated,
        _ => Act::LinkEdited,
    }
}

fn same_edit(ours: &Link, found: &Link) -> bool {
    // The sweep may have told the admins of it since, and the line may have been moved.
    Link { gate: found.gate, alerts: found.alerts, ..ours.clone() } == *found && found.gate.number >= ours.gate.number
}

fn edit_writes(link: &Link, edited: &Link) -> Result<Vec<Write>, StoreError> {
    let door = edited.door();
    let mut writes = vec![
        Write::put(to_item(edited)?)
            .when(AS_READ)
            .value(":version", link.version)
            .value(":gate", link.gate)
            .value(":alerts_read", link.alerts),
    ];
    let old = keys::door(&link.code.hash());
    let same_code = edited.code == link.code;
    if edited.state == LinkState::Deleted || !same_code {
        writes.push(Write::delete(old));
    }
    let unchanged = same_code && door == link.door();
    if edited.state != LinkState::Deleted && !unchanged {
        let put = Write::put(to_item(&door)?);
        let condition = if same_code { "attribute_exists(#PK)" } else { "attribute_not_exists(#PK)" };
        writes.push(put.when(condition));
    }
    debug_assert_eq!(door.key(), keys::door(&edited.code.hash()));
    Ok(writes)
}
