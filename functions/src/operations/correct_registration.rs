//! `correct-registration`: the browser that registered corrects the address, and keeps its seat or its place in the line. The answer is
//! the same for every address, the old and the new one: it depends on the link and on the domain of the new address alone.

use serde::Deserialize;
use shared::{
    domain::{Admittance, CodeVerifier, EmailAddress},
    store::{Correction, CorrectionOutcome},
};

use super::{
    challenge::verifier,
    redeem_link::{OTHER_DOMAIN, accepted},
    view_link::{check_state, code},
};
use crate::{
    App, Operation,
    http::{ApiError, ApiRequest, Fields, Reply},
    limits,
    operation::http_operation,
};

/// POST /v1/join/{code}/correct-address
pub const OPERATION: Operation = http_operation!("correct-registration", correct_registration);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    email: Option<String>,
    /// What the browser kept when it sent its `code_challenge`.
    code_verifier: Option<String>,
    new_email: Option<String>,
}

async fn correct_registration(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let code = code(&request)?.hash();
    let body: Body = request.json()?;
    let ip = request.source_ip();
    let (door, ()) = tokio::try_join!(async { Ok(app.store.door(&code).await?) }, limits::public_call(&app, &ip))?;
    let door = door.ok_or(ApiError::LinkNotFound)?;
    // A link that is dead takes no other address. Full or expired it does: the seat was taken in time.
    check_state(&door)?;
    let mut fields = Fields::default();
    let from = fields.required("email", body.email.as_deref(), EmailAddress::parse);
    let verifier = fields.required("code_verifier", body.code_verifier.as_deref(), verifier);
    let to = fields.required("new_email", body.new_email.as_deref(), EmailAddress::parse);
    let (from, verifier, to): (EmailAddress, CodeVerifier, EmailAddress) = fields.finish((from, verifier, to))?;
    if door.intake.admittance(&to) == Admittance::Refused {
        return Err(ApiError::invalid_field("new_email", OTHER_DOMAIN));
    }
    let correction = Correction { from, to, verifier };
    match app.store.correct_registration(&code, &door, &correction).await? {
        CorrectionOutcome::Answered(door) => Ok(accepted(&door, &correction.to)),
        CorrectionOutcome::NotFound => Err(ApiError::LinkNotFound),
        CorrectionOutcome::Inactive => Err(ApiError::LinkInactive),
        CorrectionOutcome::OtherDomain => Err(ApiError::invalid_field("new_email", OTHER_DOMAIN)),
    }
}
