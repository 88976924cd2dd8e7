//! `create-organization`: the operator makes an organization with its first admin, who is mailed a login link.

use lambda_runtime::Error;
use serde::{Deserialize, Serialize};
use shared::domain::{
    Access, EmailAddress, Language, Member, MemberId, Organization, OrganizationId, PersonName, Role, SupportContact,
    TimeZone, Title,
};

use crate::{App, Operation, operation::event_operation};

/// Invoked by the operator.
pub const OPERATION: Operation = event_operation!("create-organization", create_organization);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    name: String,
    admin_name: String,
    admin_email: String,
    time_zone: String,
    language: Option<String>,
    support_contact: Option<String>,
}

#[derive(Serialize)]
struct Created {
    organization_id: OrganizationId,
    member_id: MemberId,
}

/// A field of the event that is not right.
#[derive(Debug, thiserror::Error)]
#[error("{field}: {problem}")]
struct InvalidField {
    field: &'static str,
    problem: String,
}

async fn create_organization(app: App, event: Event) -> Result<Created, Error> {
    let now = app.clock.now();
    let organization = Organization {
        id: OrganizationId::generate(&*app.random),
        name: field("name", Title::parse(&event.name))?,
        time_zone: field("time_zone", TimeZone::parse(&event.time_zone))?,
        language: field("language", event.language.as_deref().map_or(Ok(Language::default()), Language::parse))?,
        support_contact: field(
            "support_contact",
            event.support_contact.as_deref().map(SupportContact::parse).transpose(),
        )?,
        version: 1,
        created_at: now,
    };
    let email = field("admin_email", EmailAddress::parse(&event.admin_email))?;
    let name = field("admin_name", PersonName::parse(&event.admin_name))?;
    let admin = Member {
        role: Role::Admin,
        ..Member::new(organization.id, name, email, Access::Granted, organization.created_at)
    };
    app.store.create_organization(&organization, &admin).await?;
    tracing::info!(organization = %organization.id, "organization created");
    Ok(Created { organization_id: organization.id, member_id: admin.id })
}

fn field<T, E: ToString>(field: &'static str, parsed: Result<T, E>) -> Result<T, InvalidField> {
    parsed.map_err(|problem| InvalidField { field, problem: problem.to_string() })
}
