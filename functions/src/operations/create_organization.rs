//! `create-organization`: the operator makes an organization with its first admin, who is mailed a login link.

use lambda_runtime::Error;
use serde::{Deserialize, Serialize};
use shared::{
    domain::{
        Access, EmailAddress, Founding, IdempotencyKey, Language, Member, MemberId, Organization, OrganizationId,
        PersonName, Role, SupportContact, TimeZone, Title,
    },
    store::FoundOutcome,
};

use super::operator_fields::{InvalidField, field};
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
    /// Tells two creations of the same name and first admin apart.
    key: Option<String>,
}

#[derive(Serialize)]
struct Created {
    organization_id: OrganizationId,
    member_id: MemberId,
    /// Whether it was created by this call. If not, it was there before, and nothing was changed.
    created: bool,
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
        accent_color: None,
        logo: None,
        version: 1,
        created_at: now,
        closing: None,
        members_indexed: true,
    };
    let email = field("admin_email", EmailAddress::parse(&event.admin_email))?;
    let key = field("key", event.key.as_deref().map(IdempotencyKey::parse).transpose())?;
    let hash = Founding::hash(key.as_ref(), &organization.name, &email);
    let name = field("admin_name", PersonName::parse(&event.admin_name))?;
    let admin = Member {
        role: Role::Admin,
        ..Member::new(organization.id, name, email, Access::Granted, organization.created_at)
    };
    match app.store.create_organization(&organization, &admin, &hash).await? {
        FoundOutcome::Created => {
            tracing::info!(organization = %organization.id, "organization created");
            Ok(Created { organization_id: organization.id, member_id: admin.id, created: true })
        }
        FoundOutcome::Before(Founding { organization, member, .. }) => {
            let before = app.store.organization(organization).await?;
            // The mail that the operator waits for will not come.
            if before.is_some_and(|before| before.closing.is_some()) {
                let problem =
                    format!("organization {organization}, created with it before, is closed; give another key");
                return Err(InvalidField::new("key", problem).into());
            }
            Ok(Created { organization_id: organization, member_id: member, created: false })
        }
    }
}
