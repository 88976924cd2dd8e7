//! The QR code of a link's address.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode, types::QrError};

/// How many modules stay white around the code: ISO/IEC 18004 asks for four.
const QUIET_ZONE: usize = 4;

/// A QR code as an SVG path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    /// How many modules it is wide and high, the quiet zone included.
    pub size: usize,
    /// The dark modules, a unit each, joined along rows.
    pub path: String,
}

/// The QR code of `text`, readable with a quarter of it worn off or covered (level Q).
///
/// # Errors
/// For a text longer than 1,663 bytes.
pub fn modules(text: &str) -> Result<Modules, QrError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::Q)?;
    let width = code.width();
    let mut path = String::new();
    for (row, colors) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        for run in colors.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, length) = (column + QUIET_ZONE, row + QUIET_ZONE, run.len());
                write!(path, "M{x} {y}h{length}v1h-{length}z").expect("a text can be written to");
            }
            column += run.len();
        }
    }
    Ok(Modules { size: width + 2 * QUIET_ZONE, path })
}
