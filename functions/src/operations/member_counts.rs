//! How many members an organization has, by access: as many as list-members shows with the same access, admins included.

use serde_json::{Value, json};
use shared::{
    domain::{Access, OrganizationId},
    store::{BoundedCount, StoreError},
};

use crate::App;

/// How many members have each access, and whether there are more than were counted.
pub(super) async fn members_by_access(app: &App, organization: OrganizationId) -> Result<Value, StoreError> {
    let count = |access| app.store.count_members(organization, access);
    let (unverified, rejected, pending, granted, revoked) = tokio::try_join!(
        count(Access::Unverified),
        count(Access::Rejected),
        count(Access::Pending),
        count(Access::Granted),
        count(Access::Revoked),
    )?;
    let view = |counted: BoundedCount| json!({"count": counted.count, "more": counted.more});
    Ok(json!({
        "unverified": view(unverified), "rejected": view(rejected), "pending": view(pending), "granted": view(granted),
        "revoked": view(revoked),
    }))
}
