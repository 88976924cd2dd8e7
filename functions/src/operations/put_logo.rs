//! `put-logo`: an admin gives the organization a logo, or another one.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use shared::domain::{MAX_PICTURE_BYTES, Picture, PictureError};

use super::settings_edited::settings_edited;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Reply, Whole},
    operation::http_operation,
};

/// PUT /v1/organization/logo
pub const OPERATION: Operation = http_operation!("put-logo", put_logo);

/// The longest body: the largest picture in base64, and 4 KiB more. So a picture that is only a little too large is refused as such,
/// and not as a body that is too long.
const BODY_LIMIT: usize = MAX_PICTURE_BYTES.div_ceil(3) * 4 + 4 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    version: Option<Whole>,
    /// In base64, with padding.
    picture: Option<String>,
}

async fn put_logo(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let body: Body = request.json_within(BODY_LIMIT)?;
    let mut fields = Fields::default();
    let picture = fields.required("picture", body.picture.as_deref(), picture);
    let (picture,) = fields.finish((picture,))?;
    let version = body.version.map(|Whole(version)| version);
    let outcome = app.store.put_logo(actor.organization, actor.id, version, &picture).await?;
    settings_edited(&app, &actor, outcome)
}

fn picture(text: &str) -> Result<Picture, String> {
    let bytes = STANDARD.decode(text).map_err(|_| "must be base64".to_owned())?;
    Picture::read(&bytes).map_err(|error: PictureError| error.to_string())
}
