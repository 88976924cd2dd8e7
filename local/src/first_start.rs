//! The first start: an organization to begin with, and its first admin's login link.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use aws_sdk_dynamodb::Client;
use serde_json::json;

use crate::{invoker::Invoker, mailbox::Mailbox, options::FirstOrganization, table};

/// The operation that makes an organization.
pub const CREATE_ORGANIZATION: &str = "create-organization";

/// How long the first mail may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Creates the organization when the table holds nothing at all; true when it did.
///
/// # Errors
/// When the table can't be read or the operation fails.
pub async fn create_organization(
    client: &Client,
    table: &str,
    invoker: &Invoker,
    organization: &FirstOrganization,
) -> Result<bool> {
    if !table::is_empty(client, table).await? {
        return Ok(false);
    }
    let event = json!({
        "name": organization.name,
        "admin_name": organization.admin_name,
        "admin_email": organization.admin_email,
        "time_zone": organization.time_zone,
    });
    match invoker.call(&uuid::Uuid::new_v4().to_string(), event).await {
        Ok(_) => Ok(true),
        Err(failure) => bail!(
            "the first organization was not created ({failure}); check --organization, --admin-name, --admin-email \
             and --time-zone"
        ),
    }
}

/// The link in the newest mail to the first admin, once it is there.
///
/// # Errors
/// When no mail arrives, or it has no link.
pub async fn login_link(mailbox: &Mailbox, organization: &FirstOrganization) -> Result<String> {
    let messages = mailbox.wait_for(&organization.admin_email, 1, PATIENCE).await?;
    let newest = messages.last().context("the first admin's email has not arrived; see /dev/mail")?;
    Ok(newest.first_link().context("the first admin's email has no link; see /dev/mail")?.to_owned())
}
