//! `redeem-link`: somebody registers through a link.

use lambda_http::http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use shared::{
    domain::{Admission, Door, EmailAddress, EnrollmentState, Member, PersonName, redemption::Ending},
    store::{Identity, Redeemed},
};

use super::view_link::{check_open, code};
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Reply},
    limits,
    operation::http_operation,
};

/// POST /v1/join/{code}
pub const OPERATION: Operation = http_operation!("redeem-link", redeem_link);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    name: Option<String>,
    email: Option<String>,
    /// The honeypot: no person sees the field, so whoever fills it in is none.
    website: Option<String>,
}

async fn redeem_link(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let code = code(&request)?.hash();
    let body: Body = request.json()?;
    let trapped = body.website.as_ref().is_some_and(|website| !website.is_empty());
    let person = person(&body);

    let ip = request.source_ip();
    // Door, limits and session side by side: one round trip.
    let (door, (), caller) = tokio::try_join!(
        async { Ok(app.store.door(&code).await?) },
        limits::public_call(&app, &ip),
        auth::caller(&app, &request),
    )?;
    let Some(door) = door else { return Err(ApiError::LinkNotFound) };
    check_open(&app, &door)?;
    if trapped {
        return Ok(accepted(&door));
    }
    let known = caller.map(|caller| caller.member).filter(|member| member.organization == door.organization);
    let identity = identity(person, known)?;
    let signed_in = matches!(identity, Identity::SignedIn(_));
    let Redeemed { ending, state, door } = app.store.redeem(&code, Some(door), &identity).await?;
    match ending {
        Ending::Seated if signed_in => Ok(landed(state)),
        Ending::AlreadyThere(there) if signed_in => Ok(landed(Some(there.state))),
        Ending::Revoked if signed_in => Err(ApiError::Unauthenticated),
        // One answer for every address: new, known, pending and revoked.
        Ending::Seated | Ending::AlreadyThere(_) | Ending::Revoked => {
            door.as_ref().map(accepted).ok_or(ApiError::LinkNotFound)
        }
        Ending::NotFound => Err(ApiError::LinkNotFound),
        Ending::Inactive => Err(ApiError::LinkInactive),
        Ending::Expired => Err(ApiError::LinkExpired),
        Ending::Full => Err(ApiError::LinkFull),
    }
}

fn person(body: &Body) -> Result<(PersonName, EmailAddress), ApiError> {
    let mut fields = Fields::default();
    let name = fields.required("name", body.name.as_deref(), PersonName::parse);
    let email = fields.required("email", body.email.as_deref(), EmailAddress::parse);
    fields.finish((name, email))
}

/// A signed-in member of the organization is who they are, whatever the body says; everyone else says who they are.
fn identity(person: Result<(PersonName, EmailAddress), ApiError>, known: Option<Member>) -> Result<Identity, ApiError> {
    if let Some(member) = known {
        return Ok(Identity::SignedIn(Box::new(member)));
    }
    let (name, email) = person?;
    Ok(Identity::Stranger { name, email })
}

fn accepted(door: &Door) -> Reply {
    let status = match door.admission {
        Admission::Instant => "check_your_mail",
        Admission::Approval => "awaiting_approval",
    };
    Reply::json(StatusCode::ACCEPTED, &json!({"status": status}))
}

fn landed(state: Option<EnrollmentState>) -> Reply {
    Reply::ok(&json!({"status": state}))
}
