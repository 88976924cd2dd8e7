//! Every refusal the API knows, with its status, its stable code and its words.

use std::collections::BTreeMap;

use lambda_http::http::StatusCode;
use serde::Serialize;
use shared::{domain::AccentShades, store::StoreError};

use super::Reply;

/// Whom to ask about a link that takes nobody.
#[derive(Debug, Serialize)]
pub struct WhomToAsk {
    /// The organization's name.
    pub organization: String,
    /// Its support contact, where it has one: an e-mail address or an `https` address.
    pub support_contact: Option<String>,
    /// The colours that its pages are in, where it has its own.
    pub accent: Option<AccentShades>,
    /// Its logo, where it has one: its address and its size.
    pub logo: Option<serde_json::Value>,
}

/// The cause of an answer that is not the client's doing.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why a request is refused. The variants' docs name the status; [`Self::code`] is what clients tell them apart by.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// 400: the request can't be read: no JSON object, an unknown field, a wrong type, a repeated parameter.
    #[error("The request is malformed. Check its JSON, field names and parameters.")]
    Malformed,
    /// 400: the cursor is not one this list gave out.
    #[error("This cursor is not valid for this list.")]
    InvalidCursor,
    /// 400: the idempotency key can be none, or there are two.
    #[error("The idempotency key must be 1 to 255 visible ASCII characters without a comma.")]
    InvalidIdempotencyKey,
    /// 401: there is no live session.
    #[error("You need to sign in.")]
    Unauthenticated,
    /// 401: the login token is unknown, spent or too old.
    #[error("This sign-in link was already used or has expired. Request a new one.")]
    InvalidLoginToken,
    /// 401: the login code is wrong, unknown, used up or too old, or the browser is not the one it is for.
    #[error("This code is wrong or has expired. Request a new email.")]
    InvalidLoginCode,
    /// 403: the member's role does not allow it.
    #[error("You do not have permission to do this.")]
    Forbidden,
    /// 403: the API key allows to see, not to change.
    #[error("This API key does not have permission to do this.")]
    InsufficientScope,
    /// 403: the request went past the distribution in front of the API.
    #[error("Call this service at its public address.")]
    DirectCall,
    /// 403: the request does not come from our own pages.
    #[error("The request did not come from this site.")]
    CsrfFailed,
    /// 404: no such code: unknown, malformed, deleted or regenerated, all with this one body.
    #[error("This link does not exist.")]
    LinkNotFound,
    /// 404: no such thing in the caller's organization.
    #[error("This does not exist, or it was deleted.")]
    NotFound,
    /// 409: the session belongs to another member than the request expects.
    #[error("Someone else is signed in now. Nothing was done.")]
    OtherMember,
    /// 409: the link's time has not begun.
    #[error("This link is not open yet.")]
    LinkNotStarted,
    /// 409: every seat of the link is taken.
    #[error("All places on this link are taken.")]
    LinkFull,
    /// 409: someone changed it since the caller read it.
    #[error("This was changed in the meantime. Load it again, then repeat your change.")]
    VersionConflict,
    /// 409: the member's name was confirmed before, by themselves or an admin.
    #[error("Your name has already been confirmed. An admin can change it.")]
    NameConfirmed,
    /// 409: the organization would have no admin left.
    #[error("The organization needs at least one admin. Add another admin first.")]
    LastAdmin,
    /// 409: the member is an admin, and stays one until that is taken from them.
    #[error("This member is an admin. Remove their admin role first.")]
    IsAdmin,
    /// 409: the member was shut out, and is to be restored first.
    #[error("This member's access is revoked. Restore it first.")]
    IsRevoked,
    /// 409: the member has signed in with the address, so that it is theirs.
    #[error("This member has signed in with this address, so it is theirs. Add the other address as a new person.")]
    AddressProven,
    /// 409: another member has the address.
    #[error("Another member already has this address.")]
    AddressTaken,
    /// 409: more is the member's than can be moved at once.
    #[error("This member has registered with too many links to be moved. Erase them, then add them again.")]
    MemberTooLarge,
    /// 409: the organization has as many API keys as it may.
    #[error("You have reached the maximum number of API keys. Revoke one first.")]
    TooManyKeys,
    /// 409: the organization has as many webhooks as it may.
    #[error("You have reached the maximum number of webhooks. Delete one first.")]
    TooManyWebhooks,
    /// 409: nothing goes to the webhook.
    #[error("This webhook is inactive. Activate it first.")]
    WebhookInactive,
    /// 410: the link's time is over.
    #[error("This link has expired.")]
    LinkExpired,
    /// 410: the link was deactivated.
    #[error("This link is inactive.")]
    LinkInactive,
    /// 413: the body is longer than allowed.
    #[error("The request is too large.")]
    BodyTooLarge,
    /// 415: the body is not announced as exactly `application/json`, or as `text/csv` where a file is taken.
    #[error("This content type is not supported here. Use application/json, or text/csv for a file.")]
    UnsupportedMediaType,
    /// 422: these fields break their rules, each with the words to show beside it.
    #[error("Some fields are invalid.")]
    InvalidFields(BTreeMap<String, String>),
    /// 422: a field was filled in that people don't see. Sent again without it, the registration is taken.
    #[error("Please confirm that you are a person.")]
    ConfirmPerson,
    /// 422: a file can't be taken. To clients it is the field `file`, with the reason by its code beside it.
    #[error("Some fields are invalid.")]
    InvalidFile {
        /// The reason, without what stands in the file.
        words: String,
        /// The same by its code.
        why: serde_json::Value,
    },
    /// 422: it is not clear what the columns of a file hold; with the columns as they were understood, for the caller to say.
    #[error("The file {words}.")]
    UnclearColumns {
        /// What is not clear, without what stands in the file.
        words: String,
        /// The same by its code.
        why: serde_json::Value,
        /// The columns: their headings, and what they were taken for.
        columns: serde_json::Value,
    },
    /// 422: something else was asked for under this idempotency key.
    #[error("This idempotency key was already used for a different request.")]
    IdempotencyKeyReused,
    /// 429: too many requests from this client.
    #[error("Too many requests. Please try again later.")]
    TooManyRequests {
        /// Seconds after which it is worth trying again.
        retry_after: u32,
    },
    /// 503: the table or a limiter could not answer in time; nothing was written.
    #[error("The service is busy. Please try again in a moment.")]
    Unavailable {
        /// Seconds after which it is worth trying again.
        retry_after: u32,
        /// What happened, for the log alone.
        #[source]
        source: Option<Cause>,
    },
    /// 500: something we did not foresee.
    #[error("Something went wrong.")]
    Internal {
        /// What happened, for the log alone.
        #[source]
        source: Cause,
    },
}

/// Writes [`ApiError::code`] and [`ApiError::CODES`] from one list, so that the one can't leave out what the other has.
macro_rules! codes {
    ($($variant:pat => $code:literal, $status:ident;)*) => {
        impl ApiError {
            /// Every code there is, with its status.
            pub const CODES: &'static [(&'static str, StatusCode)] = &[$(($code, StatusCode::$status)),*];

            /// The stable code, and the status it goes with.
            #[must_use]
            pub fn code(&self) -> (&'static str, StatusCode) {
                match self {
                    $($variant => ($code, StatusCode::$status),)*
                }
            }
        }
    };
}

codes! {
    Self::Malformed => "malformed", BAD_REQUEST;
    Self::InvalidCursor => "invalid_cursor", BAD_REQUEST;
    Self::InvalidIdempotencyKey => "invalid_idempotency_key", BAD_REQUEST;
    Self::Unauthenticated => "unauthenticated", UNAUTHORIZED;
    Self::InvalidLoginToken => "invalid_login_token", UNAUTHORIZED;
    Self::InvalidLoginCode => "invalid_login_code", UNAUTHORIZED;
    Self::Forbidden => "forbidden", FORBIDDEN;
    Self::CsrfFailed => "csrf_failed", FORBIDDEN;
    Self::InsufficientScope => "insufficient_scope", FORBIDDEN;
    Self::DirectCall => "direct_call", FORBIDDEN;
    Self::LinkNotFound => "link_not_found", NOT_FOUND;
    Self::NotFound => "not_found", NOT_FOUND;
    Self::OtherMember => "other_member", CONFLICT;
    Self::LinkNotStarted => "link_not_started", CONFLICT;
    Self::LinkFull => "link_full", CONFLICT;
    Self::VersionConflict => "version_conflict", CONFLICT;
    Self::NameConfirmed => "name_confirmed", CONFLICT;
    Self::LastAdmin => "last_admin", CONFLICT;
    Self::IsAdmin => "is_admin", CONFLICT;
    Self::IsRevoked => "is_revoked", CONFLICT;
    Self::AddressProven => "address_proven", CONFLICT;
    Self::AddressTaken => "address_taken", CONFLICT;
    Self::MemberTooLarge => "member_too_large", CONFLICT;
    Self::TooManyKeys => "too_many_keys", CONFLICT;
    Self::TooManyWebhooks => "too_many_webhooks", CONFLICT;
    Self::WebhookInactive => "webhook_inactive", CONFLICT;
    Self::LinkExpired => "link_expired", GONE;
    Self::LinkInactive => "link_inactive", GONE;
    Self::BodyTooLarge => "body_too_large", PAYLOAD_TOO_LARGE;
    Self::UnsupportedMediaType => "unsupported_media_type", UNSUPPORTED_MEDIA_TYPE;
    Self::InvalidFields(_) | Self::InvalidFile { .. } => "invalid_fields", UNPROCESSABLE_ENTITY;
    Self::ConfirmPerson => "confirm_person", UNPROCESSABLE_ENTITY;
    Self::UnclearColumns { .. } => "unclear_columns", UNPROCESSABLE_ENTITY;
    Self::IdempotencyKeyReused => "idempotency_key_reused", UNPROCESSABLE_ENTITY;
    Self::TooManyRequests { .. } => "too_many_requests", TOO_MANY_REQUESTS;
    Self::Unavailable { .. } => "unavailable", SERVICE_UNAVAILABLE;
    Self::Internal { .. } => "internal", INTERNAL_SERVER_ERROR;
}

impl ApiError {
    /// Something we did not foresee.
    pub fn internal(source: impl Into<Cause>) -> Self {
        Self::Internal { source: source.into() }
    }

    /// One field breaks a rule.
    pub fn invalid_field(name: &str, message: &str) -> Self {
        Self::InvalidFields(BTreeMap::from([(name.to_owned(), message.to_owned())]))
    }

    /// The table or a limiter could not answer.
    pub fn unavailable(source: impl Into<Cause>) -> Self {
        Self::Unavailable { retry_after: 1, source: Some(source.into()) }
    }

    /// The answer to the client. The causes of 5xx stay here; the request id leads to them in the log.
    #[must_use]
    pub fn into_reply(self, request_id: &str) -> Reply {
        self.reply(request_id, None)
    }

    /// The answer to a stranger whom a link refuses, with whom they may ask about it.
    #[must_use]
    pub fn with_whom_to_ask(self, whom: &WhomToAsk) -> Reply {
        self.reply("", Some(whom))
    }

    fn reply(self, request_id: &str, ask: Option<&WhomToAsk>) -> Reply {
        #[derive(Serialize)]
        struct Body<'a> {
            error: Detail<'a>,
        }
        #[derive(Serialize)]
        struct Detail<'a> {
            code: &'static str,
            message: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            fields: Option<&'a BTreeMap<String, String>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            why: Option<&'a serde_json::Value>,
            #[serde(skip_serializing_if = "Option::is_none")]
            columns: Option<&'a serde_json::Value>,
            #[serde(skip_serializing_if = "Option::is_none")]
            ask: Option<&'a WhomToAsk>,
            #[serde(skip_serializing_if = "Option::is_none")]
            request_id: Option<&'a str>,
        }

        let (code, status) = self.code();
        let file = if let Self::InvalidFile { words, .. } = &self { Some(words) } else { None };
        let file = file.map(|words| BTreeMap::from([("file".to_owned(), words.clone())]));
        let fields = if let Self::InvalidFields(fields) = &self { Some(fields) } else { file.as_ref() };
        let why = match &self {
            Self::InvalidFile { why, .. } | Self::UnclearColumns { why, .. } => Some(why),
            _ => None,
        };
        let columns = if let Self::UnclearColumns { columns, .. } = &self { Some(columns) } else { None };
        let request_id = status.is_server_error().then_some(request_id);
        let message = self.to_string();
        let reply =
            Reply::json(status, &Body { error: Detail { code, message, fields, why, columns, ask, request_id } });
        match self {
            Self::TooManyRequests { retry_after } | Self::Unavailable { retry_after, .. } => {
                reply.header("retry-after", &retry_after.to_string())
            }
            _ => reply,
        }
    }
}

impl From<StoreError> for ApiError {
    /// A table that could not answer is 503; one that refuses us, or holds what we cannot read, is our fault.
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::PageKey => Self::InvalidCursor,
            error if error.is_transient() || matches!(error, StoreError::Repeated) => Self::unavailable(error),
            error => Self::internal(error),
        }
    }
}
