//! How often somebody may do something. The numbers stand in the configuration, the counts in the table; who cannot be counted
//! is refused.

use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use shared::{
    domain::EmailAddress,
    store::{Counted, Limit, StoreError},
};

use crate::{App, http::ApiError};

/// Counts a public call from this address, and refuses it beyond the limits for one address. A whole crew registers behind one
/// address at shift start, so this is a flood brake and no more.
///
/// # Errors
/// [`ApiError::TooManyRequests`] beyond the limit; [`ApiError::Unavailable`] when it could not be counted.
pub async fn public_call(app: &App, source_ip: &str) -> Result<(), ApiError> {
    let limit = Limit {
        kind: "ip",
        short: (TimeDelta::minutes(1), app.config.requests_per_ip_minute),
        long: (TimeDelta::hours(1), app.config.requests_per_ip_hour),
    };
    refuse_beyond(app.store.count(&limit, &hash(source_ip)).await?)
}

/// Counts that a link's page was opened from this address. Apart from [`public_call`], so that a crew that opens a link has not used
/// up what it needs to register.
///
/// # Errors
/// See [`public_call`].
pub async fn opening(app: &App, source_ip: &str) -> Result<(), ApiError> {
    let limit = Limit {
        kind: "opened",
        short: (TimeDelta::minutes(1), app.config.requests_per_ip_minute),
        long: (TimeDelta::hours(1), app.config.requests_per_ip_hour),
    };
    refuse_beyond(app.store.count(&limit, &hash(source_ip)).await?)
}

/// Counts an attempt to spend a login token from this address.
///
/// # Errors
/// See [`public_call`].
pub async fn token_exchange(app: &App, source_ip: &str) -> Result<(), ApiError> {
    let limit = Limit {
        kind: "sign-in",
        short: (TimeDelta::minutes(1), app.config.sign_ins_per_ip_minute),
        long: (TimeDelta::hours(1), u32::MAX),
    };
    refuse_beyond(app.store.count(&limit, &hash(source_ip)).await?)
}

/// Counts a mail that somebody asked us to write to this address, over all links and organizations, and tells whether it may
/// still go. It is counted against the mailbox, since the address can be varied freely. Mails are counted when they are about to go, not requests when they come: what is asked for twice and answered
/// once uses up one mail, and what is dropped uses up none.
///
/// # Errors
/// [`StoreError`] when it could not be counted.
pub async fn may_mail(app: &App, address: &EmailAddress) -> Result<bool, StoreError> {
    let limit = Limit {
        kind: "mail",
        short: (TimeDelta::hours(1), app.config.mails_per_recipient_hour),
        long: (TimeDelta::days(1), app.config.mails_per_recipient_day),
    };
    Ok(app.store.count(&limit, &address.mailbox_hash()).await? == Counted::Within)
}

fn refuse_beyond(counted: Counted) -> Result<(), ApiError> {
    match counted {
        Counted::Within => Ok(()),
        Counted::Beyond(window) => {
            let retry_after = u32::try_from(window.num_seconds()).unwrap_or(u32::MAX);
            Err(ApiError::TooManyRequests { retry_after })
        }
    }
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
