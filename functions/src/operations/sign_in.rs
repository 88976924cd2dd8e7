//! `sign-in`: a mailed login token is spent for a session, or the code that the same mail carried.

use lambda_http::http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use shared::{
    domain::{CodeVerifier, LoginCode, LoginToken, Member, Role, Session, SessionToken, TokenHash},
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
    /// The token of the mail's link.
    token: Option<String>,
    /// Or the code of the mail, typed into the page that asked for it.
    code: Option<String>,
    /// What that page kept, as PKCE has it.
    code_verifier: Option<String>,
    #[serde(default)]
    session: Holder,
}

/// What somebody shows to sign in.
enum Shown {
    Token(String),
    Code { code: String, verifier: String },
}

impl Shown {
    fn of(body: &mut Body) -> Result<Self, ApiError> {
        match (body.token.take(), body.code.take(), body.code_verifier.take()) {
            (Some(token), None, None) => Ok(Self::Token(token)),
            (None, Some(code), Some(verifier)) => Ok(Self::Code { code, verifier }),
            _ => Err(ApiError::Malformed),
        }
    }

    /// What somebody is told who shows what is no good.
    fn no_good(&self) -> ApiError {
        match self {
            Self::Token(_) => ApiError::InvalidLoginToken,
            Self::Code { .. } => ApiError::InvalidLoginCode,
        }
    }

    /// The token that it stands for. Trying a code uses up a try, whether or not it is right.
    async fn token(&self, app: &App) -> Result<Option<TokenHash>, ApiError> {
        match self {
            Self::Token(token) => Ok(LoginToken::parse(token).ok().map(|token| token.hash())),
            Self::Code { code, verifier } => {
                let (Ok(code), Ok(verifier)) = (LoginCode::parse(code), CodeVerifier::parse(verifier)) else {
                    return Ok(None);
                };
                let challenge = verifier.challenge();
                Ok(app.store.try_login_code(&challenge, &code.hash(&challenge)).await?)
            }
        }
    }
}

async fn sign_in(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let mut body: Body = request.json()?;
    let shown = Shown::of(&mut body)?;
    limits::token_exchange(&app, &request.source_ip()).await?;
    let token = shown.token(&app).await?.ok_or_else(|| shown.no_good())?;
    // One secret for all attempts of this call, so that an attempt whose answer was lost made the session that is handed out.
    let secret: [u8; 32] = random_bytes(&*app.random);
    let session_token = |member: &Member| SessionToken::new(member.id, secret);
    let begin = |member: &Member| session(&app, member, &session_token(member));
    // A browser has one session: nobody could end the one that the new cookie takes the place of.
    let replaces = match body.session {
        Holder::Cookie => request.browser_session().map(|old| old.hash()),
        Holder::Bearer => None,
    };
    let outcome = app.store.sign_in(&SignIn { token, session: &begin, replaces }).await?;
    let SignInOutcome::SignedIn(member) = outcome else { return Err(shown.no_good()) };
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
