//! Alerts: what the admins of an organization are told of a link or a webhook by mail, in one transaction with what says that they
//! were.

use super::{
    Store, StoreError,
    claimed_mail::{AlertOf, Claimed},
    links::AS_READ,
    mails::{claim_of, end_write},
    transaction::Plan,
};
use crate::{
    domain::{
        Access, Link, LinkId, LinkState, Lot, Mail, MailKind, MailState, Member, Organization, OrganizationId, Role,
        Timestamp,
    },
    table::{Record, Update, Write, keys::DUE, to_item},
};

/// How many mails one transaction writes beside what they tell of; what more there are admins is not told.
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
        Ok(!link.alerts_now(&self.watched_lots(link, now).await?, now).0.is_empty())
    }

    /// The lots of a link of whose seats, or of who waits, there may be something to tell; none of others, which are not read.
    async fn watched_lots(&self, link: &Link, now: Timestamp) -> Result<Vec<Lot>, StoreError> {
        let watched = link.seats_watched() || link.waiting_look().is_some_and(|look| look <= now);
        if watched { self.link_lots(link).await } else { Ok(Vec::new()) }
    }

    async fn alert_plan(&self, organization: OrganizationId, id: LinkId) -> Result<Plan<usize>, StoreError> {
        let now = self.clock.now();
        let Some(link) = self.link(organization, id).await? else { return Ok(Plan::End(0)) };
        let (kinds, alerts) = link.alerts_now(&self.watched_lots(&link, now).await?, now);
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
        writes.extend(self.mails_to_admins(organization, &kinds, |mail| Mail { link: Some(id), ..mail }).await?);
        let mails = writes.len() - 1;
        Ok(Plan::Write(writes, mails))
    }

    /// The writes that queue these mails to every admin; `of` says what each is about.
    pub(super) async fn mails_to_admins(
        &self,
        organization: OrganizationId,
        kinds: &[MailKind],
        of: impl Fn(Mail) -> Mail,
    ) -> Result<Vec<Write>, StoreError> {
        let now = self.clock.now();
        let mut writes = Vec::new();
        for admin in self.admins(organization).await?.iter().filter(|admin| admin.access == Access::Granted) {
            for kind in kinds {
                writes.push(Write::put(to_item(&of(self.new_mail(organization, admin.id, *kind, now)))?));
            }
        }
        writes.truncate(MAILS);
        Ok(writes)
    }

    /// Claims an alert, which mints no token. It is dropped when what it tells is so no longer (the link takes no registrations any
    /// more, the webhook is told of events again or is deleted), or the member is no admin.
    pub(super) async fn claim_alert(
        &self,
        mail: &Mail,
        lease: chrono::TimeDelta,
        member: Member,
        organization: Organization,
    ) -> Result<Plan<Option<Claimed>>, StoreError> {
        let now = self.clock.now();
        let Some(alert) = self.alert_of(mail).await?.filter(|_| member.role == Role::Admin) else {
            return Ok(Plan::Write(vec![end_write(mail, MailState::Dropped, now, Update::new())], None));
        };
        let (claimed, claim) = claim_of(mail, now.plus(lease));
        let claimed = Claimed { mail: claimed, member, tokens: Vec::new(), organization, alert: Some(alert) };
        Ok(Plan::Write(vec![claim], Some(claimed)))
    }

    /// What an alert tells of, while it is so.
    async fn alert_of(&self, mail: &Mail) -> Result<Option<AlertOf>, StoreError> {
        let now = self.clock.now();
        if let Some(id) = mail.webhook {
            let webhook =
                self.webhook(mail.organization, id).await?.filter(|webhook| webhook.alert() == Some(mail.kind));
            return Ok(webhook.map(Box::new).map(AlertOf::Webhook));
        }
        let Some(id) = mail.link else { return Ok(None) };
        let wanted = |link: &Link| mail.kind != MailKind::LinkWaiting || link.notify_waiting;
        let open = |link: &Link| link.state == LinkState::Active && link.open_until() > now && wanted(link);
        Ok(self.link(mail.organization, id).await?.filter(open).map(Box::new).map(AlertOf::Link))
    }
}
