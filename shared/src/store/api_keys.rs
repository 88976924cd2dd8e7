//! API keys: made, found by what a program shows, listed, revoked.

use serde_json::{Value, json};

use super::{
    Store, StoreError,
    listing::Listing,
    quota::{one_less, one_more},
    transaction::{Plan, Unanswered},
};
use crate::{
    domain::{Act, Actor, ApiKey, ApiKeyId, ApiKeyToken, GivenAnswer, MAX_API_KEYS, Mark, OrganizationId, Subject},
    table::{Record, Update, Write, from_item, keys, to_item},
};

/// How long a revoked key stays listed.
const KEPT: chrono::TimeDelta = chrono::TimeDelta::days(90);

/// How the revoking of a key ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevokeKeyOutcome {
    /// It is good no longer.
    Revoked,
    /// It was revoked before; nothing was written.
    AlreadyRevoked,
    /// The organization has no such key.
    NotFound,
}

impl Store {
    /// Puts a new key, and with it the answer that tells of it, if that is to be kept. Gives whether there was room for it: see [`MAX_API_KEYS`].
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn create_api_key(&self, key: &ApiKey, answer: Option<GivenAnswer>) -> Result<bool, StoreError> {
        let (organization, by) = (key.organization, key.created_by.into());
        let audit = &self.audit(organization, Some(by), Act::ApiKeyCreated, Subject::ApiKey(key.id));
        let after =
            &json!({"name": key.name, "scope": key.scope, "expires_at": key.expires_at.map(|at| at.to_string())});
        self.retry_once(
            |_| answer.clone(),
            |Unanswered(unanswered)| async move {
                if unanswered && self.was_recorded(audit).await? {
                    return Ok(Plan::End(true));
                }
                let counter = keys::api_key_count(organization);
                if self.is_full(counter.clone(), MAX_API_KEYS).await? {
                    return Ok(Plan::End(false));
                }
                let counted = one_more(counter, MAX_API_KEYS);
                let put = Write::put(to_item(key)?).when("attribute_not_exists(#PK)");
                Ok(Plan::Write(vec![put, counted, audit.write(&Value::Null, after)?], true))
            },
        )
        .await
    }

    /// The key that lets in whoever shows this text now.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn api_key_of(&self, token: &ApiKeyToken) -> Result<Option<ApiKey>, StoreError> {
        let key = self.api_key(token.organization(), token.id()).await?;
        Ok(key.filter(|key| key.lets_in(token, self.clock.now())))
    }

    /// A key of an organization, whether or not it is still good.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn api_key(&self, organization: OrganizationId, id: ApiKeyId) -> Result<Option<ApiKey>, StoreError> {
        let found = self.get_items(&[keys::api_key(organization, id)]).await?.pop();
        Ok(found.map(from_item).transpose()?)
    }

    /// Notes that a key was used now; one that was revoked meanwhile stays revoked.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn touch_api_key(&self, key: &ApiKey) -> Result<(), StoreError> {
        let update = Update::new().put("last_used_at", self.clock.now());
        self.update(Write::update(key.key(), update).when("attribute_exists(#PK)")).await.map(drop)
    }

    /// An organization's keys, the newest first; a revoked one for 90 days.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn api_keys(&self, organization: OrganizationId) -> Result<Vec<ApiKey>, StoreError> {
        let range = Some(keys::api_key_range());
        let listing = Listing { partition: keys::api_keys_of(organization), range, ..Listing::default() };
        let items = self.list_all(listing).await?;
        let mut found = items.into_iter().map(from_item).collect::<Result<Vec<ApiKey>, _>>()?;
        found.sort_unstable_by_key(|key| std::cmp::Reverse((key.created_at, key.id)));
        Ok(found)
    }

    /// Revokes a key of the admin's organization: it is good no longer once this is answered.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn revoke_api_key(&self, by: impl Into<Actor>, id: ApiKeyId) -> Result<RevokeKeyOutcome, StoreError> {
        let Actor { id: by, organization } = by.into();
        let audit = &self.audit(organization, Some(by), Act::ApiKeyRevoked, Subject::ApiKey(id));
        self.retry(|Unanswered(unanswered)| async move {
            let Some(key) = self.api_key(organization, id).await? else {
                return Ok(Plan::End(RevokeKeyOutcome::NotFound));
            };
            if key.revoked.is_some() {
                let ours = unanswered && self.was_recorded(audit).await?;
                let outcome = if ours { RevokeKeyOutcome::Revoked } else { RevokeKeyOutcome::AlreadyRevoked };
                return Ok(Plan::End(outcome));
            }
            let now = self.clock.now();
            let update =
                Update::new().put("revoked", Mark { at: now, by }).put("delete_after", now.plus(KEPT).epoch_seconds());
            let revoked =
                Write::update(key.key(), update).when("attribute_exists(#PK) AND attribute_not_exists(#revoked)");
            let counted = one_less(keys::api_key_count(organization));
            let audit = audit.write(&json!({"revoked": false}), &json!({"revoked": true}))?;
            Ok(Plan::Write(vec![revoked, counted, audit], RevokeKeyOutcome::Revoked))
        })
        .await
    }
}
