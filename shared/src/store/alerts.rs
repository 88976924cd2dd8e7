//! Alerts: what the admins of an organization are told of a link by mail, in one transaction with the note that they were.

use super::{Store, StoreError, links::AS_READ, transaction::Plan};
use crate::{
    domain::{Access, Link, LinkId, Mail, OrganizationId},
    table::{Record, Update, Write, keys::DUE, to_item},
};

/// How many mails one transaction writes beside the link; what more there are admins is not told.
const MAILS: usize = 90;

impl Store {
    /// Queues what there is to tell the admins of a link, as it was just read. Gives how many mails.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn alert(&self, link: &Link) -> Result<usize, StoreError> {
        // Most looks end here, without a second reading of the link.
        if !self.has_alert(link).await? {
            return Ok(0);
        }
        let (organization, id) = (link.organization, link.id);
        self.retry(|_| async move { self.alert_plan(organization, id).await }).await
    }

    async fn has_alert(&self, link: &Link) -> Result<bool, StoreError> {
        let now = self.clock.now();
        if !link.may_alert(now) {
            return Ok(false);
        }
        let taken = if link.seats_watched() { self.seats_taken(link).await? } else { 0 };
        Ok(!link.alerts_now(taken, now).0.is_empty())
    }

    async fn seats_taken(&self, link: &Link) -> Result<u64, StoreError> {
        Ok(self.link_lots(link).await?.iter().map(|lot| lot.taken).sum())
    }

    async fn alert_plan(&self, organization: OrganizationId, id: LinkId) -> Result<Plan<usize>, StoreError> {
        let now = self.clock.now();
        let Some(link) = self.link(organization, id).await? else { return Ok(Plan::End(0)) };
        let taken = if link.seats_watched() { self.seats_taken(&link).await? } else { 0 };
        let (kinds, alerts) = link.alerts_now(taken, now);
        if kinds.is_empty() {
            return Ok(Plan::End(0));
        }
        let told = Link { alerts, ..link.clone() };
        let update = Update::new().put("alerts", alerts);
        let update = match told.due_key() {
            Some(key) => update.index(DUE, &key),
            None => update.leave(DUE),
        };
        // Only while it is as it was read: so each is told once.
        let note = Write::update(link.key(), update)
            .when(AS_READ)
            .value(":version", link.version)
            .value(":gate", link.gate)
            .value(":alerts_read", link.alerts);
        let mut writes = vec![note];
        for admin in self.admins(organization).await?.iter().filter(|admin| admin.access == Access::Granted) {
            for kind in &kinds {
                let mail = Mail { link: Some(id), ..self.new_mail(organization, admin.id, *kind, now) };
                writes.push(Write::put(to_item(&mail)?));
            }
        }
        writes.truncate(1 + MAILS);
        let mails = writes.len() - 1;
        Ok(Plan::Write(writes, mails))
    }
}
