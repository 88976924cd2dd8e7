//! How often somebody may do something. The numbers stand in the configuration, the counts in the table; who cannot be counted
//! is refused.

use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use shared::domain::EmailAddress;

use crate::{App, http::ApiError};

/// Counts a public call from this address, and refuses it beyond the limits for one address. A whole crew registers behind one
/// address at shift start, so this is a flood brake and no more.
///
/// # Errors
/// [`ApiError::TooManyRequests`] beyond the limit; [`ApiError::Unavailable`] when it could not be counted.
pub async fn public_call(app: &App, source_ip: &str) -> Result<(), ApiError> {
    let (minute, hour) = (TimeDelta::minutes(1), TimeDelta::hours(1));
    let counted = app.store.count("ip", &hash(source_ip), minute, hour).await?;
    if counted.long > u64::from(app.config.requests_per_ip_hour) {
        return Err(too_many(hour));
    }
    if counted.short > u64::from(app.config.requests_per_ip_minute) {
        return Err(too_many(minute));
    }
    Ok(())
}

/// Counts an attempt to spend a login token from this address.
///
/// # Errors
/// See [`public_call`].
pub async fn token_exchange(app: &App, source_ip: &str) -> Result<(), ApiError> {
    let minute = TimeDelta::minutes(1);
    let counted = app.store.count("sign-in", &hash(source_ip), minute, TimeDelta::hours(1)).await?;
    if counted.short > u64::from(app.config.sign_ins_per_ip_minute) { Err(too_many(minute)) } else { Ok(()) }
}

/// Counts a mail that somebody asks us to write to this address, over all links and organizations and whether or not anybody
/// has the address, and tells whether it may still be written.
///
/// # Errors
/// [`ApiError::Unavailable`] when it could not be counted.
pub async fn may_mail(app: &App, address: &EmailAddress) -> Result<bool, ApiError> {
    let counted = app.store.count("mail", &address.hash(), TimeDelta::hours(1), TimeDelta::days(1)).await?;
    Ok(counted.short <= u64::from(app.config.mails_per_recipient_hour)
        && counted.long <= u64::from(app.config.mails_per_recipient_day))
}

fn too_many(window: TimeDelta) -> ApiError {
    ApiError::TooManyRequests { retry_after: u32::try_from(window.num_seconds()).unwrap_or(u32::MAX) }
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
