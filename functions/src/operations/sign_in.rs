//! `sign-in`: a mailed login token is spent for a session.

use lambda_http::http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use shared::{
    domain::{LoginToken, Member, Role, Session, SessionToken},
    random::random_bytes,
    store::{SignIn, SignInOutcome},
};

use crate::{
    App, Operation,
    http::{ApiError, ApiRequest, Reply, SessionCookie},
    limits,
    operation::http_operation,
    views,
};

/// POST /v1/sessions
pub const OPERATION: Operation = http_operation!("sign-in", sign_in);

/// How the caller wants to hold the session.
#[derive(Deserialize, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Holder {
    /// A browser: in a cookie that no script can read.
    #[default]
    Cookie,
    /// A program: as a bearer token in the answer.
    Bearer,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    token: String,
    #[serde(default)]
    session: Holder,
}

async fn sign_in(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let body: Body = request.json()?;
    limits::token_exchange(&app, &request.source_ip()).await?;
    let token = LoginToken::parse(&body.token).map_err(|_| ApiError::InvalidLoginToken)?;
    // One secret for all attempts of this call, so that an attempt whose answer was lost made the session that is handed out.
    let secret: [u8; 32] = random_bytes(&*app.random);
    let session_token = |member: &Member| SessionToken::new(member.id, secret);
    let begin = |member: &Member| session(&app, member, &session_token(member));
    // A browser has one session: nobody could end the one that the new cookie takes the place of.
    let replaces = match body.session {
        Holder::Cookie => request.browser_session().map(|old| old.hash()),
        Holder::Bearer => None,
    };
    let outcome = app.store.sign_in(&SignIn { token: token.hash(), session: &begin, replaces }).await?;
    let SignInOutcome::SignedIn(member) = outcome else { return Err(ApiError::InvalidLoginToken) };
    let token = session_token(&member);
    let body_of = |token: Option<String>| json!({"member": views::member(&member), "session_token": token});
    match body.session {
        Holder::Bearer => Ok(Reply::json(StatusCode::CREATED, &body_of(Some(token.reveal())))),
        Holder::Cookie => {
            let (life, _) = lives(&app, &member);
            let cookie = SessionCookie::of(&app.config.base_url).begin(&token, life);
            Ok(Reply::json(StatusCode::CREATED, &body_of(None)).with_cookie(&cookie))
        }
    }
}

fn lives(app: &App, member: &Member) -> (chrono::TimeDelta, chrono::TimeDelta) {
    match member.role {
        Role::Admin => (app.config.admin_session_life, app.config.admin_session_idle),
        Role::Member => (app.config.worker_session_life, app.config.worker_session_idle),
    }
}

fn session(app: &App, member: &Member, token: &SessionToken) -> Session {
    let now = app.clock.now();
    let (life, idle) = lives(app, member);
    let expires_at = now.plus(life);
    Session {
        hash: token.hash(),
        member: member.id,
        created_at: now,
        last_seen_at: now,
        expires_at,
        idle_ms: idle.num_milliseconds(),
        delete_after: expires_at.epoch_seconds(),
    }
}
