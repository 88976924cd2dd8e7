//! Closing an organization: nobody gets in any more, and after a while its people are erased.
//!
//! It takes more steps than one transaction holds, so it begins with one that marks the organization and makes it due; each later
//! step can be repeated, and the sweep goes on where a crash left off. Admins and API keys are shut out first, then what they
//! might make. A request that was let in before may still write for as long as a function runs: so the organization counts as
//! closed only when a look [`SETTLED`] later finds nothing left to shut.

use chrono::TimeDelta;
use futures::{StreamExt, TryStreamExt, stream};
use serde_json::json;

use super::{
    EditOutcome, Page, RevokeKeyOutcome, RevokeOutcome, Store, StoreError, member_access::access_update,
    transaction::Plan,
};
use crate::{
    domain::{
        Access, Act, Actor, ActorId, Closing, ClosingStage, LinkChange, LinkState, MemberId, Organization,
        OrganizationId, Role, Subject, Title,
    },
    table::{Record, Update, Write, keys, to_item},
};

/// How long the data of a closed organization is kept.
pub const KEPT_CLOSED: TimeDelta = TimeDelta::days(90);

/// How long after the closing nothing of before is under way any more: well over the longest time a function may take.
const SETTLED: TimeDelta = TimeDelta::minutes(5);

/// How many members, links or keys are worked on side by side.
const SIDE_BY_SIDE: usize = 8;

/// How many members one page has.
const PAGE: u32 = 100;

/// How the closing of an organization began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CloseOutcome {
    /// It is being closed, since now or before.
    Begun(Box<Organization>),
    /// It has another name. Nothing was written.
    OtherName,
    /// There is none. Nothing was written.
    NotFound,
}

impl Store {
    /// Marks an organization as closed, if that is its name, so that the sweep shuts it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn begin_closing(&self, id: OrganizationId, name: &Title) -> Result<CloseOutcome, StoreError> {
        let audit = &self.audit(id, Some(ActorId::Operator), Act::OrganizationClosed, Subject::Organization(id));
        self.retry(|_| async move {
            let Some(organization) = self.organization(id).await? else { return Ok(Plan::End(CloseOutcome::NotFound)) };
            if organization.closing.is_some() {
                return Ok(Plan::End(CloseOutcome::Begun(Box::new(organization))));
            }
            if organization.name != *name {
                return Ok(Plan::End(CloseOutcome::OtherName));
            }
            let now = self.clock.now();
            let closing = Closing { at: now, stage: ClosingStage::Closing, next_look: Some(now) };
            // An edit of its settings that is under way finds another version.
            let version = organization.version + 1;
            let closed = Organization { closing: Some(closing), version, ..organization.clone() };
            let put = Write::put(to_item(&closed)?)
                .when("attribute_exists(#PK) AND attribute_not_exists(#closing) AND (attribute_not_exists(#version) OR #version = :version)")
                .value(":version", organization.version);
            let record = audit.write(&json!({}), &json!({}))?;
            Ok(Plan::Write(vec![put, record], CloseOutcome::Begun(Box::new(closed))))
        })
        .await
    }

    /// Goes on with a closing that was begun, as long as there is `time`. Gives the organization as it is then; none where none is
    /// being closed.
    ///
    /// # Errors
    /// See [`StoreError`]. What was done stays done; the sweep goes on.
    pub async fn go_on_closing(
        &self,
        id: OrganizationId,
        time: impl Fn() -> bool,
    ) -> Result<Option<Organization>, StoreError> {
        let Some(organization) = self.organization(id).await? else { return Ok(None) };
        let Some(closing) = organization.closing else { return Ok(None) };
        let began = self.clock.now();
        let next = match closing.stage {
            ClosingStage::Closing => match self.shut(id, &time).await? {
                // There is more, at once.
                None => Closing { next_look: Some(began), ..closing },
                Some(0) if began >= closing.at.plus(SETTLED) => {
                    Closing { stage: ClosingStage::Closed, next_look: Some(closing.at.plus(KEPT_CLOSED)), ..closing }
                }
                Some(_) => Closing { next_look: Some(began.plus(SETTLED)), ..closing },
            },
            ClosingStage::Closed if began < closing.at.plus(KEPT_CLOSED) => return Ok(Some(organization)),
            ClosingStage::Closed => match self.erase_everybody(id, &time).await? {
                true => Closing { stage: ClosingStage::Erased, next_look: None, ..closing },
                false => Closing { next_look: Some(began), ..closing },
            },
            ClosingStage::Erased => return Ok(Some(organization)),
        };
        self.note_closing(id, closing, next).await
    }

    /// Writes how far a closing is, unless another look has done so meanwhile.
    async fn note_closing(
        &self,
        id: OrganizationId,
        was: Closing,
        is: Closing,
    ) -> Result<Option<Organization>, StoreError> {
        self.retry(|_| async move {
            let Some(organization) = self.organization(id).await? else { return Ok(Plan::End(None)) };
            if was == is || organization.closing != Some(was) {
                return Ok(Plan::End(Some(organization)));
            }
            let noted = Organization { closing: Some(is), ..organization };
            let put = Write::put(to_item(&noted)?).when("#closing = :was").value(":was", was);
            Ok(Plan::Write(vec![put], Some(noted)))
        })
        .await
    }

    /// Shuts out whoever is in. Gives how much there was to shut; none when the time was over before all of it was looked at.
    async fn shut(&self, id: OrganizationId, time: &impl Fn() -> bool) -> Result<Option<usize>, StoreError> {
        let operator = &Actor { id: ActorId::Operator, organization: id };
        let mut shut = 0;
        for admin in self.admins(id).await? {
            shut += usize::from(self.shut_admin(operator, admin.id).await?);
        }
        for key in self.api_keys(id).await?.into_iter().filter(|key| key.revoked.is_none()) {
            shut += usize::from(self.revoke_api_key(operator, key.id).await? == RevokeKeyOutcome::Revoked);
        }
        for webhook in self.webhooks(id).await? {
            shut += usize::from(self.delete_webhook(operator, webhook.id).await?);
        }
        if self.organization(id).await?.is_some_and(|organization| organization.logo.is_some()) {
            self.delete_logo(id, operator.id).await?;
            shut += 1;
        }
        let mut after = None;
        loop {
            if !time() {
                return Ok(None);
            }
            let Page { items, next } = self.list_links(id, PAGE, after).await?;
            let open = items.into_iter().filter(|link| link.state != LinkState::Deleted);
            let deleted = stream::iter(open.map(|link| self.shut_link(operator, link.id)));
            shut += deleted
                .buffer_unordered(SIDE_BY_SIDE)
                .try_collect::<Vec<_>>()
                .await?
                .into_iter()
                .filter(|&d| d)
                .count();
            let Some(next) = next else { break };
            after = Some(next);
        }
        let mut after = None;
        loop {
            if !time() {
                return Ok(None);
            }
            let Page { items, next } =
                self.list_members(id, (Access::Unverified, Access::Granted), PAGE, after).await?;
            let revoked = stream::iter(items.into_iter().map(|member| self.shut_member(operator, member.id)));
            shut += revoked
                .buffer_unordered(SIDE_BY_SIDE)
                .try_collect::<Vec<_>>()
                .await?
                .into_iter()
                .filter(|&r| r)
                .count();
            let Some(next) = next else { break };
            after = Some(next);
        }
        Ok(Some(shut))
    }

    /// Deletes a link whatever its version. Gives whether there was anything to do.
    async fn shut_link(&self, operator: &Actor, id: crate::domain::LinkId) -> Result<bool, StoreError> {
        let change = LinkChange { state: Some(LinkState::Deleted), ..LinkChange::default() };
        loop {
            let link = self.link(operator.organization, id).await?;
            let Some(link) = link.filter(|link| link.state != LinkState::Deleted) else { return Ok(false) };
            match self.edit_link(operator.organization, operator.id, id, link.version, &change).await? {
                EditOutcome::Done(_) => return Ok(true),
                EditOutcome::StartsTooLate
                | EditOutcome::TooManyAsked
                | EditOutcome::Untranslatable(_)
                | EditOutcome::NotFound => return Ok(false),
                EditOutcome::VersionConflict(_) => {}
            }
        }
    }

    /// Shuts out a member, an admin too: one may have been made meanwhile. Gives whether there was anything to do.
    async fn shut_member(&self, operator: &Actor, id: MemberId) -> Result<bool, StoreError> {
        match self.revoke(operator, id).await? {
            RevokeOutcome::Revoked => Ok(true),
            RevokeOutcome::AlreadyRevoked | RevokeOutcome::NotFound => Ok(false),
            RevokeOutcome::IsAdmin => self.shut_admin(operator, id).await,
        }
    }

    /// Takes the role from an admin and shuts them out, at once and though nobody else is one. Gives whether they were one.
    async fn shut_admin(&self, operator: &Actor, id: MemberId) -> Result<bool, StoreError> {
        let audit = &self.audit(operator.organization, Some(operator.id), Act::AccessRevoked, Subject::Member(id));
        let was = self
            .retry(|_| async move {
                let admin = self.member(id).await?.filter(|member| member.role == Role::Admin);
                let Some(admin) = admin.filter(|admin| admin.belongs_to(operator.organization)) else {
                    return Ok(Plan::End(false));
                };
                let update = access_update(Update::new(), &admin, Access::Revoked)
                    .put("role", Role::Member)
                    .put("sessions_valid_from", self.clock.now())
                    .remove("login_tokens");
                let before = json!({"role": admin.role, "access": admin.access});
                let writes = vec![
                    Write::update(admin.key(), update)
                        .when("#role = :admin AND #access = :was")
                        .value(":admin", Role::Admin)
                        .value(":was", admin.access),
                    Write::delete(keys::admin(operator.organization, id)),
                    audit.write(&before, &json!({"role": Role::Member, "access": Access::Revoked}))?,
                ];
                Ok(Plan::Write(writes, true))
            })
            .await?;
        // What they were enrolled in goes back as anybody's does.
        self.revoke(operator, id).await?;
        Ok(was)
    }

    /// Erases members page by page. Gives whether nobody was left; what is read of the index may be behind, so a page of people who
    /// are gone already does not count as nobody.
    async fn erase_everybody(&self, id: OrganizationId, time: &impl Fn() -> bool) -> Result<bool, StoreError> {
        let operator = &Actor { id: ActorId::Operator, organization: id };
        let mut after = None;
        let mut found = false;
        loop {
            if !time() {
                return Ok(false);
            }
            let Page { items, next } =
                self.list_members(id, (Access::Unverified, Access::Revoked), PAGE, after).await?;
            found |= !items.is_empty();
            let erased = stream::iter(items.into_iter().map(|member| self.erase(operator, member.id)));
            erased.buffer_unordered(SIDE_BY_SIDE).try_collect::<Vec<_>>().await?;
            let Some(next) = next else { return Ok(!found) };
            after = Some(next);
        }
    }
}
