//! What an admin is answered who edited the organization's settings, its logo among them.

use shared::{domain::Actor, store::SettingsOutcome};

use crate::{
    App,
    http::{ApiError, Reply},
    views,
};

/// The settings after the edit, or why there was none.
pub(super) fn settings_edited(app: &App, actor: &Actor, outcome: SettingsOutcome) -> Result<Reply, ApiError> {
    match outcome {
        SettingsOutcome::Done(organization) => {
            tracing::info!(by = %actor.id, version = organization.version, "organization edited");
            Ok(Reply::ok(&views::organization(&organization, &app.config.base_url)))
        }
        SettingsOutcome::NotFound => Err(ApiError::Unauthenticated),
        SettingsOutcome::VersionConflict => Err(ApiError::VersionConflict),
    }
}
