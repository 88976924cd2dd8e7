//! `confirm-name`: a member says what their name is, which a registration gave, and in which language they are written to. The name is
//! asked once, at the first sign-in: anybody can register any address, under any name. The language can be changed at any time.

use serde::Deserialize;
use shared::{
    domain::{Language, PersonName},
    store::{NameOutcome, OwnWord},
};

use super::my_training::me;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Reply},
    operation::http_operation,
};

/// PATCH /v1/me
pub const OPERATION: Operation = http_operation!("confirm-name", confirm_name);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    name: Option<String>,
    language: Option<String>,
}

async fn confirm_name(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let caller = auth::member(&app, &request).await?;
    let body: Body = request.json()?;
    let mut fields = Fields::default();
    let name = fields.optional("name", body.name.as_deref(), PersonName::parse);
    let language = fields.optional("language", body.language.as_deref(), Language::parse);
    if body.name.is_none() && body.language.is_none() {
        fields.refuse("name", "is required unless there is a language");
    }
    let (name, language) = fields.finish((name, language))?;
    match app.store.take_own_word(caller.member.id, &OwnWord { name, language }).await? {
        NameOutcome::Confirmed(member) => Ok(Reply::ok(&me(&member))),
        NameOutcome::ConfirmedBefore => Err(ApiError::NameConfirmed),
        NameOutcome::Gone => Err(ApiError::Unauthenticated),
    }
}
