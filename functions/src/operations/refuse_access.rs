//! `refuse-access`: an admin turns down those who wait; the seats they held go back. Where the admin chooses so, each is mailed that
//! their registration was not approved, with the admin's own words.

use serde::Deserialize;
use shared::{
    domain::LongText,
    store::{RefusalMail, RefuseOutcome},
};

use super::bulk::serve_members;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Object, Reply},
    operation::http_operation,
};

/// POST /v1/members/refusals
pub const OPERATION: Operation = http_operation!("refuse-access", refuse_access);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    members: Vec<String>,
    /// Nobody is mailed without it.
    mail: Option<Object<MailBody>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MailBody {
    message: Option<String>,
}

async fn refuse_access(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let Body { members, mail } = request.json()?;
    let mail = mail.map(|Object(mail)| refusal_mail(&mail)).transpose()?;
    let (store, actor, mail) = (&app.store, &actor, mail.as_ref());
    serve_members(&app, members, |member| async move {
        Ok(match store.refuse(actor, member, mail).await? {
            RefuseOutcome::Refused => "refused",
            RefuseOutcome::NothingPending => "nothing_pending",
            RefuseOutcome::NotFound => "not_found",
        })
    })
    .await
}

/// A message of nothing but white space is none.
fn refusal_mail(MailBody { message }: &MailBody) -> Result<RefusalMail, ApiError> {
    let mut fields = Fields::default();
    let message = fields.optional("message", message.as_deref(), LongText::parse);
    let (message,) = fields.finish((message,))?;
    Ok(RefusalMail { message: message.filter(|message| !message.is_empty()) })
}
