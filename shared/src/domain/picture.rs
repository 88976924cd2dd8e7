//! A small picture that somebody uploaded: a PNG or a JPEG, told by its bytes, and without anything in it but what it shows.
//!
//! Pixels are not decoded here. What is checked is the frame that a decoder relies on: signature, sizes of parts, checksums and
//! dimensions. What is kept is written anew from the parts that a decoder needs, so that no place, camera, comment, thumbnail or
//! other file goes along.

mod jpeg;
mod png;

use serde::{Deserialize, Serialize};

/// The most bytes of a picture.
pub const MAX_PICTURE_BYTES: usize = 24 * 1024;

/// The least and the most pixels of each side.
const SIDE: std::ops::RangeInclusive<u32> = 16..=2_000;

/// A picture that every browser and mail program shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    kind: PictureKind,
    size: PictureSize,
    bytes: Vec<u8>,
}

/// The format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureKind {
    /// PNG, not animated.
    Png,
    /// JPEG, baseline or progressive, gray or in colours.
    Jpeg,
}

/// How large a picture is, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureSize {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// Why bytes are no picture that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// There are too many.
    #[error("must be at most 24 KB")]
    TooLarge,
    /// They begin like no format that is taken.
    #[error("must be a PNG or JPEG picture")]
    Kind,
    /// They begin like a picture and go on like none.
    #[error("is damaged, or not a complete picture")]
    Damaged,
    /// The picture is of a variety that not everything shows.
    #[error("must be an ordinary PNG or JPEG picture, in RGB or gray")]
    Variety,
    /// It is too small or too large.
    #[error("must be 16 to 2,000 pixels wide and high")]
    Side,
}

impl Picture {
    /// Reads a picture and leaves out all of it that a decoder does not need.
    ///
    /// # Errors
    /// [`PictureError`] says what is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<Self, PictureError> {
        if bytes.len() > MAX_PICTURE_BYTES {
            return Err(PictureError::TooLarge);
        }
        let (kind, (size, bytes)) = if bytes.starts_with(&png::SIGNATURE) {
            (PictureKind::Png, png::bare(bytes)?)
        } else if bytes.starts_with(&jpeg::SIGNATURE) {
            (PictureKind::Jpeg, jpeg::bare(bytes)?)
        } else {
            return Err(PictureError::Kind);
        };
        if ![size.width, size.height].iter().all(|side| SIDE.contains(side)) {
            return Err(PictureError::Side);
        }
        Ok(Self { kind, size, bytes })
    }

    /// Its format.
    #[must_use]
    pub fn kind(&self) -> PictureKind {
        self.kind
    }

    /// How large it is.
    #[must_use]
    pub fn size(&self) -> PictureSize {
        self.size
    }

    /// The picture itself.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl PictureKind {
    /// Its media type.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}

impl PictureSize {
    /// The largest size of the same proportions within `width` and `height`, and no larger than it is. No side becomes 0.
    #[must_use]
    pub fn within(self, width: u32, height: u32) -> Self {
        self.filling(width.min(self.width), height.min(self.height))
    }

    /// The largest size of the same proportions within `width` and `height`. No side becomes 0.
    #[must_use]
    pub fn filling(self, width: u32, height: u32) -> Self {
        let (wide, high) = (u64::from(self.width.max(1)), u64::from(self.height.max(1)));
        let (width, height) = (u64::from(width), u64::from(height));
        // The narrower of the two sets the scale.
        let (width, height) = if width * high <= height * wide {
            (width, (width * high + wide / 2) / wide)
        } else {
            ((height * wide + high / 2) / high, height)
        };
        let side = |side: u64| u32::try_from(side.max(1)).unwrap_or(u32::MAX);
        Self { width: side(width), height: side(height) }
    }
}

/// Two bytes at `at`, the higher first.
fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// Four bytes at `at`, the highest first.
fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests;
