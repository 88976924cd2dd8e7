//! Webhooks: made, edited and deleted by admins, and what their deliveries say of their receivers.

use serde_json::Value;

use super::{
    Store, StoreError,
    listing::Listing,
    quota::{one_less, one_more},
    transaction::{Plan, Unanswered},
    version::is_overtaken,
};
use crate::{
    domain::{
        Act, Actor, GivenAnswer, MAX_WEBHOOKS, Mail, Member, OrganizationId, Subject, Webhook, WebhookId, WebhookState,
    },
    table::{Record, Write, from_item, keys, to_item},
};

/// How an edit of a webhook ended.
#[derive(Debug, Clone, PartialEq)]
pub enum WebhookOutcome {
    /// It is so now.
    Done(Box<Webhook>),
    /// The organization has no such webhook.
    NotFound,
    /// Somebody changed it since the admin read it.
    VersionConflict,
}

impl Store {
    /// Writes a new webhook, and with it the answer that tells of it, if that is to be kept. Gives whether there was room for one more.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn create_webhook(
        &self,
        admin: &Member,
        webhook: &Webhook,
        answer: Option<GivenAnswer>,
    ) -> Result<bool, StoreError> {
        let audit =
            &self.audit(admin.organization, Some(admin.id.into()), Act::WebhookCreated, Subject::Webhook(webhook.id));
        self.retry_once(
            |_| answer.clone(),
            |Unanswered(unanswered)| async move {
                if unanswered && self.was_recorded(audit).await? {
                    return Ok(Plan::End(true));
                }
                let counter = keys::webhook_count(admin.organization);
                if self.is_full(counter.clone(), MAX_WEBHOOKS).await? {
                    return Ok(Plan::End(false));
                }
                let put = Write::put(to_item(webhook)?).when("attribute_not_exists(#PK)");
                let counted = one_more(counter, MAX_WEBHOOKS);
                Ok(Plan::Write(vec![put, counted, audit.write(&Value::Null, &webhook.told())?], true))
            },
        )
        .await
    }

    /// An organization's webhooks.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn webhooks(&self, organization: OrganizationId) -> Result<Vec<Webhook>, StoreError> {
        let range = Some(keys::webhook_range());
        let listing = Listing { partition: keys::webhooks_of(organization), range, ..Listing::default() };
        let items = self.list_all(listing).await?;
        Ok(items.into_iter().map(from_item).collect::<Result<_, _>>()?)
    }

    /// A webhook of the organization.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn webhook(&self, organization: OrganizationId, id: WebhookId) -> Result<Option<Webhook>, StoreError> {
        self.get(keys::webhook(organization, id)).await
    }

    /// Edits a webhook; with a version, only if that is the one it has. Nothing is written for an edit that changes nothing.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn edit_webhook(
        &self,
        admin: &Member,
        id: WebhookId,
        version: Option<u64>,
        act: Act,
        edit: impl Fn(&mut Webhook),
    ) -> Result<WebhookOutcome, StoreError> {
        let audit = &self.audit(admin.organization, Some(admin.id.into()), act, Subject::Webhook(id));
        let edit = &edit;
        self.retry(|Unanswered(unanswered)| async move {
            let Some(webhook) = self.webhook(admin.organization, id).await? else {
                return Ok(Plan::End(WebhookOutcome::NotFound));
            };
            if unanswered && self.was_recorded(audit).await? {
                return Ok(Plan::End(WebhookOutcome::Done(Box::new(webhook))));
            }
            let mut edited = webhook.clone();
            edit(&mut edited);
            let unchanged = edited == webhook;
            if version.is_some_and(|version| is_overtaken(version, webhook.version, unchanged)) {
                return Ok(Plan::End(WebhookOutcome::VersionConflict));
            }
            if unchanged {
                return Ok(Plan::End(WebhookOutcome::Done(Box::new(webhook))));
            }
            edited.version = webhook.version + 1;
            let record = audit.write(&webhook.told(), &edited.told())?;
            let write = save_webhook(&webhook, &mut edited)?;
            Ok(Plan::Write(vec![write, record], WebhookOutcome::Done(Box::new(edited))))
        })
        .await
    }

    /// Deletes a webhook. What is on its way to it is given up. Gives whether there was one.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn delete_webhook(&self, by: impl Into<Actor>, id: WebhookId) -> Result<bool, StoreError> {
        let Actor { id: by, organization } = by.into();
        let audit = &self.audit(organization, Some(by), Act::WebhookDeleted, Subject::Webhook(id));
        self.retry(|Unanswered(unanswered)| async move {
            let Some(webhook) = self.webhook(organization, id).await? else {
                return Ok(Plan::End(unanswered && self.was_recorded(audit).await?));
            };
            let delete = Write::delete(webhook.key()).when("attribute_exists(#PK)");
            let counted = one_less(keys::webhook_count(organization));
            Ok(Plan::Write(vec![delete, counted, audit.write(&webhook.told(), &Value::Null)?], true))
        })
        .await
    }

    /// Notes on a webhook what became of a delivery. If it is told no more for that, its admins are.
    pub(super) async fn note_on_webhook(
        &self,
        organization: OrganizationId,
        id: WebhookId,
        note: impl Fn(&mut Webhook),
    ) -> Result<(), StoreError> {
        let note = &note;
        self.retry(|_| async move {
            let Some(webhook) = self.webhook(organization, id).await? else { return Ok(Plan::End(())) };
            let mut noted = webhook.clone();
            note(&mut noted);
            if noted == webhook {
                return Ok(Plan::End(()));
            }
            let alert = noted.alert().filter(|_| webhook.state == WebhookState::Active);
            let mut writes = vec![save_webhook(&webhook, &mut noted)?];
            if let Some(kind) = alert {
                let of = |mail| Mail { webhook: Some(id), ..mail };
                writes.extend(self.mails_to_admins(organization, &[kind], of).await?);
            }
            Ok(Plan::Write(writes, ()))
        })
        .await
    }
}

/// Puts a webhook in the place of the one that was read.
pub(super) fn save_webhook(read: &Webhook, webhook: &mut Webhook) -> Result<Write, StoreError> {
    webhook.revision = read.revision + 1;
    Ok(Write::put(to_item(webhook)?).when("#revision = :revision_read").value(":revision_read", read.revision))
}
