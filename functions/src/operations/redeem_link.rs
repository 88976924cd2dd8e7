//! `redeem-link`: somebody registers through a link.

use std::collections::BTreeMap;

use lambda_http::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use shared::{
    domain::{
        Admittance, Door, EmailAddress, EnrollmentState, Language, Member, Overflow, PersonName, redemption::Ending,
        take_answers,
    },
    store::{Identity, Redeemed, Registration},
};

use super::{
    challenge::challenge,
    view_link::{check_open, code},
};
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
    /// What the link asks, by key.
    #[serde(default)]
    answers: BTreeMap<String, Value>,
    /// What the browser can prove later, as PKCE's `S256` has it.
    code_challenge: Option<String>,
    /// The language in which the page was shown.
    language: Option<String>,
    /// The honeypot: a field that no person sees. Some browsers fill it in all the same, so it costs a second step and no more.
    website: Option<String>,
}

/// What is said of an address that the link is not meant for.
pub(super) const OTHER_DOMAIN: &str = "must be at one of the domains that this link accepts";

async fn redeem_link(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let code = code(&request)?.hash();
    let body: Body = request.json()?;
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
    let known = caller.map(|caller| caller.member).filter(|member| member.organization == door.organization);
    let registration = registration(person, known, &door, &body)?;
    if body.website.as_ref().is_some_and(|website| !website.is_empty()) {
        return Err(ask_whether_a_person(&app, &door, &registration).await?);
    }
    let identity = &registration.identity;
    let signed_in = matches!(identity, Identity::SignedIn(_));
    let Redeemed { ending, state, door } = app.store.redeem(&code, Some(door), &registration).await?;
    match ending {
        Ending::Seated if signed_in => Ok(landed(state)),
        Ending::Waiting if signed_in => Ok(landed(Some(EnrollmentState::Waiting))),
        Ending::AlreadyThere(there) if signed_in => Ok(landed(Some(there.state))),
        Ending::Revoked if signed_in => Err(ApiError::Unauthenticated),
        // One answer for every address: new, known, pending and revoked. It depends on the link and on the domain alone.
        Ending::Waiting => Ok(Reply::json(StatusCode::ACCEPTED, &json!({"status": "waiting"}))),
        Ending::Seated | Ending::AlreadyThere(_) | Ending::Revoked => {
            let door = door.ok_or(ApiError::LinkNotFound)?;
            Ok(accepted(&door, identity.email()))
        }
        Ending::NotFound => Err(ApiError::LinkNotFound),
        Ending::Inactive => Err(ApiError::LinkInactive),
        Ending::NotStarted => Err(ApiError::LinkNotStarted),
        Ending::OtherDomain => Err(ApiError::invalid_field("email", OTHER_DOMAIN)),
        Ending::Expired => Err(ApiError::LinkExpired),
        Ending::Full => Err(ApiError::LinkFull),
    }
}

/// The answer to somebody who fell into the honeypot: what a person would be refused for, or else the question. Nothing is written.
async fn ask_whether_a_person(app: &App, door: &Door, registration: &Registration) -> Result<ApiError, ApiError> {
    if door.intake.admittance(registration.identity.email()) == Admittance::Refused {
        return Ok(ApiError::invalid_field("email", OTHER_DOMAIN));
    }
    let full = door.intake.overflow == Overflow::Refuse && !app.store.has_room(door).await?;
    Ok(if full { ApiError::LinkFull } else { ApiError::ConfirmPerson })
}

fn person(body: &Body) -> Result<(PersonName, EmailAddress), ApiError> {
    let mut fields = Fields::default();
    let name = fields.required("name", body.name.as_deref(), PersonName::parse);
    let email = fields.required("email", body.email.as_deref(), EmailAddress::parse);
    fields.finish((name, email))
}

/// A signed-in member of the organization is who they are, whatever the body says; everyone else says who they are. All answer
/// what the link asks.
fn registration(
    person: Result<(PersonName, EmailAddress), ApiError>,
    known: Option<Member>,
    door: &Door,
    body: &Body,
) -> Result<Registration, ApiError> {
    let mut fields = Fields::default();
    let identity = match (known, person) {
        (Some(member), _) => Some(Identity::SignedIn(Box::new(member))),
        (None, Ok((name, email))) => Some(Identity::Stranger { name, email }),
        (None, Err(ApiError::InvalidFields(refused))) => {
            refused.into_iter().for_each(|(name, refusal)| fields.refuse(&name, refusal));
            None
        }
        (None, Err(error)) => return Err(error),
    };
    let answers = match take_answers(&door.intake.fields, &body.answers) {
        Ok(answers) => Some(answers),
        Err(refused) => {
            refused.into_iter().for_each(|(key, refusal)| fields.refuse(&key, refusal));
            None
        }
    };
    let challenge = challenge(&mut fields, body.code_challenge.as_deref());
    let language = fields.optional("language", body.language.as_deref(), Language::parse);
    let (identity, answers, challenge, language) = fields.finish((identity, answers, challenge, language))?;
    Ok(Registration { identity, answers, challenge, language })
}

/// What everybody who is not signed in is answered, whoever has the address.
pub(super) fn accepted(door: &Door, email: &EmailAddress) -> Reply {
    let status = if door.mails_at_once(email) { "check_your_mail" } else { "awaiting_approval" };
    Reply::json(StatusCode::ACCEPTED, &json!({"status": status}))
}

fn landed(state: Option<EnrollmentState>) -> Reply {
    Reply::ok(&json!({"status": state}))
}
