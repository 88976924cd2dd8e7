//! Small pictures, as programs write them.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

/// A PNG of 240 × 80 pixels without anything in it but what it shows.
pub const LOGO: &[u8] = include_bytes!("../../shared/src/domain/picture/samples/logo.png");

/// A JPEG of 48 × 16 pixels that tells of the camera, and where it was.
pub const PHOTO: &[u8] = include_bytes!("../../shared/src/domain/picture/samples/exif.jpg");

/// The body with which a picture becomes the organization's logo.
#[must_use]
pub fn as_logo(picture: &[u8]) -> Value {
    json!({"picture": STANDARD.encode(picture)})
}
