//! `correct-address`: an admin corrects the address of a member who has never signed in. The member has another id from then on, for
//! it follows from the address.

use serde::Deserialize;
use shared::{domain::EmailAddress, store::CorrectMemberOutcome};

use super::get_member::id;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Reply},
    operation::http_operation,
    views,
};

/// POST /v1/members/{id}/correct-address
pub const OPERATION: Operation = http_operation!("correct-address", correct_address);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    email: Option<String>,
}

async fn correct_address(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let id = id(&request)?;
    let body: Body = request.json()?;
    let mut fields = Fields::default();
    let email = fields.required("email", body.email.as_deref(), EmailAddress::parse);
    let (email,) = fields.finish((email,))?;
    match app.store.correct_member(&actor, id, &email).await? {
        CorrectMemberOutcome::Corrected(member) => Ok(Reply::ok(&views::member(&member))),
        CorrectMemberOutcome::Proven => Err(ApiError::AddressProven),
        CorrectMemberOutcome::Taken => Err(ApiError::AddressTaken),
        CorrectMemberOutcome::IsAdmin => Err(ApiError::IsAdmin),
        CorrectMemberOutcome::IsRevoked => Err(ApiError::IsRevoked),
        CorrectMemberOutcome::TooLarge => Err(ApiError::MemberTooLarge),
        CorrectMemberOutcome::NotFound => Err(ApiError::NotFound),
    }
}
