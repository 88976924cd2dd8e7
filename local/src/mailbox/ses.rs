//! SES's `SendEmail`, as much as the functions use: a simple message to addresses.
//!
//! See <https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html>.

use std::sync::Arc;

use anyhow::Result;
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
    response::Response,
    routing::post,
};
use serde::Deserialize;
use serde_json::{Value, json};
use shared::clock::Clock;
use tokio::task::JoinHandle;

use super::{Mailbox, Message};
use crate::{
    aws_api::{self, Refusal},
    bus::Publisher,
    guard::Access,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SendEmail {
    from_email_address: Option<String>,
    destination: Option<Destination>,
    content: Content,
    #[serde(default)]
    email_tags: Vec<Tag>,
    configuration_set_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Tag {
    name: String,
    value: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Destination {
    to_addresses: Vec<String>,
    cc_addresses: Vec<String>,
    bcc_addresses: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Content {
    simple: Option<Simple>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Simple {
    subject: Text,
    body: Body,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Body {
    text: Option<Text>,
    html: Option<Text>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Text {
    data: String,
}

/// Serves the mailbox on a free loopback port and gives its address. Mails arrive by `clock`; what is said about them goes to
/// `events`.
pub(crate) async fn serve(
    mailbox: Mailbox,
    events: Publisher,
    clock: Arc<dyn Clock>,
    access: &Access,
) -> Result<(String, JoinHandle<()>)> {
    let router = Router::new()
        .route("/v2/email/outbound-emails", post(send_email))
        .layer(DefaultBodyLimit::max(10 * 1024 * 1024))
        .with_state((mailbox, events, clock));
    aws_api::serve("mailbox", router, access).await
}

async fn send_email(
    State((mailbox, events, clock)): State<(Mailbox, Publisher, Arc<dyn Clock>)>,
    body: Bytes,
) -> Response {
    let outcome = keep(&mailbox, &events, &body, clock.now().to_string());
    aws_api::answer("application/json", outcome)
}

/// Keeps a message that arrives at this moment, and gives its id.
fn keep(mailbox: &Mailbox, events: &Publisher, body: &[u8], at: String) -> Result<Value, Refusal> {
    let (message, tags) = parse(body, at).map_err(|reason| (StatusCode::BAD_REQUEST, "BadRequestException", reason))?;
    mailbox.add(&message, &tags, events).map_err(|error| {
        tracing::error!("can't keep a message: {error:#}");
        let reason = "the mailbox can't be written".to_owned();
        (StatusCode::INTERNAL_SERVER_ERROR, "InternalServiceErrorException", reason)
    })?;
    Ok(json!({ "MessageId": message.id }))
}

/// The message that arrives at this moment, and the tags that events about it carry.
fn parse(body: &[u8], at: String) -> Result<(Message, Vec<(String, String)>), String> {
    let request: SendEmail =
        serde_json::from_slice(body).map_err(|error| format!("not a SendEmail request: {error}"))?;
    let simple = request.content.simple.ok_or("only Content.Simple is understood here")?;
    let from = request.from_email_address.filter(|from| !from.is_empty()).ok_or("FromEmailAddress is missing")?;
    let destination = request.destination.unwrap_or_default();
    let to: Vec<String> =
        [destination.to_addresses, destination.cc_addresses, destination.bcc_addresses].into_iter().flatten().collect();
    if to.is_empty() || to.len() > 50 {
        return Err("a message has between 1 and 50 recipients".to_owned());
    }
    if let Some(address) = to.iter().find(|address| !address.contains('@')) {
        return Err(format!("{address:?} is not an address"));
    }
    if simple.body.text.is_none() && simple.body.html.is_none() {
        return Err("the message has no body".to_owned());
    }
    let mut tags: Vec<_> = request.email_tags.into_iter().map(|tag| (tag.name, tag.value)).collect();
    tags.extend(request.configuration_set_name.map(|name| ("ses:configuration-set".to_owned(), name)));
    let message = Message {
        id: uuid::Uuid::new_v4().to_string(),
        to,
        from,
        subject: simple.subject.data,
        text: simple.body.text.map(|text| text.data).unwrap_or_default(),
        html: simple.body.html.map(|html| html.data).unwrap_or_default(),
        at,
    };
    Ok((message, tags))
}
