//! The frame of a PNG: "Portable Network Graphics (PNG) Specification (Third Edition)", chapters 5 and 11.

use super::{PictureError, PictureSize, u32_at};

/// How every PNG begins.
pub(super) const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// What stands in a chunk beside its data: length, type and checksum.
const FRAME: usize = 12;

/// A part of the file.
struct Chunk<'a> {
    name: [u8; 4],
    data: &'a [u8],
    /// All of it.
    whole: &'a [u8],
}

impl<'a> Chunk<'a> {
    /// The chunk at the beginning of these bytes.
    fn first(bytes: &'a [u8]) -> Option<Self> {
        let length = usize::try_from(u32_at(bytes, 0)?).ok()?;
        let whole = bytes.get(..length.checked_add(FRAME)?)?;
        let (name, data) = whole.get(4..8 + length)?.split_at(4);
        let sound = u32_at(whole, 8 + length)? == crc32fast::hash(whole.get(4..8 + length)?);
        sound.then_some(Self { name: name.try_into().ok()?, data, whole })
    }
}

/// Its size, and the picture without what only tells of it: texts, times, places, animations, and what follows its end.
pub(super) fn bare(bytes: &[u8]) -> Result<(PictureSize, Vec<u8>), PictureError> {
    let mut kept = SIGNATURE.to_vec();
    let mut rest = bytes.get(SIGNATURE.len()..).unwrap_or_default();
    let (mut size, mut palette, mut drawn) = (None, false, false);
    let mut colors = 0;
    loop {
        let chunk = Chunk::first(rest).ok_or(PictureError::Damaged)?;
        rest = &rest[chunk.whole.len()..];
        // The header is first and comes once.
        if (chunk.name == *b"IHDR") == size.is_some() {
            return Err(PictureError::Damaged);
        }
        match &chunk.name {
            b"IHDR" => {
                size = Some(header(chunk.data)?);
                colors = chunk.data[9];
            }
            b"PLTE" if !palette && !drawn && (3..=768).contains(&chunk.data.len()) && chunk.data.len() % 3 == 0 => {
                palette = true;
            }
            b"IDAT" => drawn = true,
            b"IEND" if chunk.data.is_empty() => break,
            // Transparency, and the values that colours are meant by. Each is as long as the standard says.
            b"tRNS" if !drawn && chunk.data.len() <= 256 => {}
            b"gAMA" if chunk.data.len() == 4 => {}
            b"cHRM" if chunk.data.len() == 32 => {}
            b"sRGB" if chunk.data.len() == 1 => {}
            // A decoder must know a chunk whose name begins with a capital letter.
            [b'A'..=b'Z', ..] => return Err(PictureError::Damaged),
            _ => continue,
        }
        kept.extend_from_slice(chunk.whole);
    }
    let size = size.filter(|_| drawn && (palette || colors != 3)).ok_or(PictureError::Damaged)?;
    kept.extend_from_slice(&END);
    Ok((size, kept))
}

/// The last chunk of every PNG.
const END: [u8; FRAME] = *b"\0\0\0\0IEND\xaeB`\x82";

/// The size that a header gives, if it is one of those there are.
fn header(data: &[u8]) -> Result<PictureSize, PictureError> {
    let &[_, _, _, _, _, _, _, _, depth, colors, compression, filter, interlace] = data else {
        return Err(PictureError::Damaged);
    };
    let depths: &[u8] = match colors {
        0 => &[1, 2, 4, 8, 16],
        2 | 4 | 6 => &[8, 16],
        3 => &[1, 2, 4, 8],
        _ => &[],
    };
    if !depths.contains(&depth) || compression != 0 || filter != 0 || interlace > 1 {
        return Err(PictureError::Damaged);
    }
    let (width, height) = u32_at(data, 0).zip(u32_at(data, 4)).ok_or(PictureError::Damaged)?;
    Ok(PictureSize { width, height })
}
