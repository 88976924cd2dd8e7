//! Creations that happen once: what a client asks for again under the same `Idempotency-Key` is not made again, and is answered as
//! it was at first.
//!
//! The answer is looked for before anything else is, since what was right at first may be wrong by now: the last free place is
//! taken by the very thing that was made. It is written in the transaction that makes the thing, so that of two calls side by side
//! one makes it and the other finds its answer.

use lambda_http::http::StatusCode;
use serde::Serialize;
use serde_json::Value;
use shared::domain::{Actor, AnswerSubject, Creation, GivenAnswer, Link, Member, Timestamp};

use crate::{
    App,
    http::{ApiError, ApiRequest, Reply},
    views,
};

/// How the answer to a creation is kept, if it is asked for under a key.
#[derive(Debug, Clone)]
pub struct Once {
    creation: Option<Creation>,
    at: Timestamp,
}

impl Once {
    /// This answer, to be written with what it tells of. It tells no secret, and of no person.
    ///
    /// # Panics
    /// See [`Reply::json`].
    #[must_use]
    pub fn answer(&self, status: StatusCode, body: &impl Serialize) -> Option<GivenAnswer> {
        let creation = self.creation.as_ref()?;
        let body = serde_json::to_string(body).expect("an answer is made of types that have a JSON form");
        Some(creation.answered(status.as_u16(), body, None, self.at))
    }

    /// This answer that tells of a member. Their name and address are not kept with it: whoever is erased is erased everywhere.
    ///
    /// # Panics
    /// See [`Reply::json`].
    #[must_use]
    pub fn answer_about(&self, member: &Member, status: StatusCode, body: &impl Serialize) -> Option<GivenAnswer> {
        self.answer_without(&personal(member), AnswerSubject::Member(member.id), status, body)
    }

    /// This answer that tells of a link. Its code is not kept with it: once the link has another or is deleted, the code stands nowhere.
    ///
    /// # Panics
    /// See [`Reply::json`].
    #[must_use]
    pub fn answer_about_link(
        &self,
        app: &App,
        link: &Link,
        status: StatusCode,
        body: &impl Serialize,
    ) -> Option<GivenAnswer> {
        self.answer_without(&secret(app, link), AnswerSubject::Link(link.id), status, body)
    }

    fn answer_without(
        &self,
        fields: &[(&'static str, Value)],
        subject: AnswerSubject,
        status: StatusCode,
        body: &impl Serialize,
    ) -> Option<GivenAnswer> {
        let creation = self.creation.as_ref()?;
        let mut body = serde_json::to_value(body).expect("an answer is made of types that have a JSON form");
        for (name, value) in fields {
            debug_assert_eq!(body[name], *value);
            body[name] = Value::Null;
        }
        Some(creation.answered(status.as_u16(), body.to_string(), Some(subject), self.at))
    }
}

/// What the answer about a link says that opens it.
fn secret(app: &App, link: &Link) -> [(&'static str, Value); 2] {
    let url = views::join_url(link, app.config.base_url.as_str());
    [("code", link.code.reveal().into()), ("url", url.into())]
}

/// What the answer about a member says of who they are.
fn personal(member: &Member) -> [(&'static str, Value); 2] {
    [("name", member.name.to_string().into()), ("email", member.email.typed().into())]
}

/// Runs a handler that makes something, unless that was asked for under the request's key before.
///
/// # Errors
/// [`ApiError::InvalidIdempotencyKey`], [`ApiError::IdempotencyKeyReused`], and what the handler refuses.
pub async fn once<A, H, F>(app: App, request: ApiRequest, caller: A, create: H) -> Result<Reply, ApiError>
where
    for<'a> Actor: From<&'a A>,
    H: FnOnce(App, ApiRequest, A, Once) -> F,
    F: Future<Output = Result<Reply, ApiError>>,
{
    let at = app.clock.now();
    let Some(creation) = creation(&request, &Actor::from(&caller))? else {
        return create(app, request, caller, Once { creation: None, at }).await;
    };
    if let Some(reply) = replay(&app, &creation).await? {
        return Ok(reply);
    }
    let made = create(app.clone(), request, caller, Once { creation: Some(creation.clone()), at }).await;
    match made {
        // It may be that another call under this key was faster: its answer met, or the last place taken by it.
        Err(refusal) if matches!(refusal.code().1, StatusCode::CONFLICT | StatusCode::SERVICE_UNAVAILABLE) => {
            replay(&app, &creation).await?.ok_or(refusal)
        }
        // With its fields in the order in which it is given again.
        made => made.map(Reply::in_order),
    }
}

/// What is asked for, if it is under a key.
fn creation(request: &ApiRequest, actor: &Actor) -> Result<Option<Creation>, ApiError> {
    let Some(key) = request.idempotency_key()? else { return Ok(None) };
    Ok(Some(Creation::new(actor, request.route(), &key, &request.what_is_asked())))
}

/// The answer that was given to this before.
async fn replay(app: &App, creation: &Creation) -> Result<Option<Reply>, ApiError> {
    let Some(given) = app.store.given_answer(creation).await? else { return Ok(None) };
    if given.fingerprint != creation.fingerprint {
        return Err(ApiError::IdempotencyKeyReused);
    }
    let mut body: Value = serde_json::from_str(&given.body).map_err(ApiError::internal)?;
    if let Some(member) = given.member {
        // Erased meanwhile: there is nobody to tell of, and asking again must not bring them back.
        let member = app.store.member(member).await?.ok_or(ApiError::NotFound)?;
        for (name, value) in personal(&member) {
            body[name] = value;
        }
    }
    if let Some(id) = given.link {
        let link = app.store.link(given.organization, id).await?.ok_or(ApiError::NotFound)?;
        for (name, value) in secret(app, &link) {
            body[name] = value;
        }
    }
    let status = StatusCode::from_u16(given.status).map_err(ApiError::internal)?;
    tracing::info!(organization = %given.organization, "answered as before");
    Ok(Some(Reply::json(status, &body).header("idempotent-replayed", "true")))
}
