//! Who is calling: the session or the API key that a request shows, and whether its holder may do what they ask.

use shared::domain::{Actor, ActorId, Member, Role, Scope, SessionHash};

use crate::{
    App,
    http::{ApiError, ApiRequest, ExpectedMember},
};

/// The holder of a live session.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The member, as they are now.
    pub member: Member,
    /// The hash of the session's token.
    pub session: SessionHash,
}

/// The caller, if the request shows a live session; `None` when it shows none, or one that has ended.
///
/// # Errors
/// [`ApiError::Malformed`] when it shows two; [`ApiError::Unavailable`] when the table cannot tell. [`ApiError::OtherMember`] and
/// [`ApiError::Unauthenticated`] when the session is not of the member whom the request expects.
pub async fn caller(app: &App, request: &ApiRequest) -> Result<Option<Caller>, ApiError> {
    let expected = request.expected_member()?;
    let live = match request.session_token()? {
        Some(token) => {
            let hash = token.hash();
            app.store.session(&hash, token.member()).await?.map(|(session, member)| (hash, session, member))
        }
        None => None,
    };
    check_expected(expected, live.as_ref().map(|(_, _, member)| member))?;
    let Some((hash, session, member)) = live else { return Ok(None) };
    if app.clock.now().since(session.last_seen_at) >= app.config.last_seen_interval {
        // A session that cannot be noted as used is still good; it only ends sooner.
        if let Err(error) = app.store.touch_session(&hash).await {
            tracing::warn!(error = crate::causes::causes(&error), "a session could not be noted as used");
        }
    }
    Ok(Some(Caller { member, session: hash }))
}

/// Refuses a request whose session is not of the member that its page showed. All tabs of a browser share one session, so a page
/// that has been open for a while may show one member while another is signed in.
///
/// # Errors
/// [`ApiError::OtherMember`] when another member is signed in; [`ApiError::Unauthenticated`] when nobody is any more.
fn check_expected(expected: Option<ExpectedMember>, signed_in: Option<&Member>) -> Result<(), ApiError> {
    match (expected, signed_in) {
        (None, _) | (Some(ExpectedMember::Nobody), None) => Ok(()),
        (Some(ExpectedMember::Member(expected)), Some(member)) if member.id == expected => Ok(()),
        (Some(_), Some(_)) => Err(ApiError::OtherMember),
        (Some(ExpectedMember::Member(_)), None) => Err(ApiError::Unauthenticated),
    }
}

/// The signed-in member.
///
/// # Errors
/// [`ApiError::Unauthenticated`] without a live session; see [`caller`].
pub async fn member(app: &App, request: &ApiRequest) -> Result<Caller, ApiError> {
    caller(app, request).await?.ok_or(ApiError::Unauthenticated)
}

/// The signed-in admin: a person.
///
/// # Errors
/// [`ApiError::Forbidden`] for a member who is none; see [`member`].
pub async fn admin(app: &App, request: &ApiRequest) -> Result<Member, ApiError> {
    let caller = member(app, request).await?;
    match caller.member.role {
        Role::Admin => Ok(caller.member),
        Role::Member => Err(ApiError::Forbidden),
    }
}

/// Who acts for an organization: its signed-in admin, or a program with an API key of the scope that the request needs: to see,
/// or to change. What is for people alone asks for [`admin`] instead.
///
/// # Errors
/// [`ApiError::InsufficientScope`] for a key that may only see, [`ApiError::Unauthenticated`] for one that is unknown, revoked or
/// past its expiry; see [`admin`].
pub async fn actor(app: &App, request: &ApiRequest) -> Result<Actor, ApiError> {
    let Some(shown) = request.api_key()? else { return Ok(Actor::from(&admin(app, request).await?)) };
    // Behind a key is no member's session.
    check_expected(request.expected_member()?, None)?;
    let key = app.store.api_key_of(&shown).await?.ok_or(ApiError::Unauthenticated)?;
    let needed = if request.only_reads() { Scope::Read } else { Scope::Manage };
    if !key.scope.allows(needed) {
        return Err(ApiError::InsufficientScope);
    }
    if key.last_used_at.is_none_or(|at| app.clock.now().since(at) >= app.config.last_seen_interval) {
        // As with sessions: a key that cannot be noted as used is still good.
        if let Err(error) = app.store.touch_api_key(&key).await {
            tracing::warn!(error = crate::causes::causes(&error), "an API key could not be noted as used");
        }
    }
    Ok(Actor { id: ActorId::ApiKey(key.id), organization: key.organization })
}
