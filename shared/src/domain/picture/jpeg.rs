//! The frame of a JPEG: ITU-T T.81, annex B. JFIF (ITU-T T.871) and Adobe's mark say how its colours are meant.

use super::{PictureError, PictureSize, u16_at};

/// How every JPEG begins: "start of image", and the next marker.
pub(super) const SIGNATURE: [u8; 3] = [0xff, START, 0xff];

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;

/// That the colours are those of JFIF, without a thumbnail.
const JFIF: [u8; 18] = *b"\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0";

/// Its size, and the picture without what only tells of it: camera, place, comments, thumbnails, and what follows its end.
pub(super) fn bare(bytes: &[u8]) -> Result<(PictureSize, Vec<u8>), PictureError> {
    let mut kept = vec![0xff, START];
    let (mut size, mut drawn, mut jfif) = (None, false, false);
    let mut at = 2;
    loop {
        let marker = marker_at(bytes, &mut at).ok_or(PictureError::Damaged)?;
        if marker == END {
            break;
        }
        let length = usize::from(u16_at(bytes, at).ok_or(PictureError::Damaged)?);
        let segment = bytes.get(at..at + length).filter(|_| length >= 2).ok_or(PictureError::Damaged)?;
        at += length;
        let data = &segment[2..];
        match marker {
            // Tables: of Huffman codes, of quantization, and the interval of restarts.
            0xc4 | 0xdb | 0xdd => {}
            // Baseline, extended and progressive.
            0xc0..=0xc2 if size.is_none() => size = Some(frame(data)?),
            // Frames that browsers do not know: lossless, differential, arithmetic.
            0xc3 | 0xc5..=0xc7 | 0xc8..=0xcb | 0xcd..=0xcf => return Err(PictureError::Variety),
            SCAN if size.is_some() => drawn = true,
            0xe0 if !jfif && data.starts_with(b"JFIF\0") => {
                jfif = true;
                kept.extend_from_slice(&JFIF);
                continue;
            }
            0xee if data.len() == 12 && data.starts_with(b"Adobe") => {}
            // What else a program wrote into it, and comments.
            0xe0..=0xef | 0xfe => continue,
            _ => return Err(PictureError::Damaged),
        }
        kept.extend_from_slice(&[0xff, marker]);
        kept.extend_from_slice(segment);
        if marker == SCAN {
            let coded = coded_at(bytes, at);
            kept.extend_from_slice(coded);
            at += coded.len();
        }
    }
    let size = size.filter(|_| drawn).ok_or(PictureError::Damaged)?;
    kept.extend_from_slice(&[0xff, END]);
    Ok((size, kept))
}

/// The marker at `at`, which goes on behind it. Any number of bytes 0xff may stand before one.
fn marker_at(bytes: &[u8], at: &mut usize) -> Option<u8> {
    if *bytes.get(*at)? != 0xff {
        return None;
    }
    while *bytes.get(*at)? == 0xff {
        *at += 1;
    }
    let marker = *bytes.get(*at)?;
    *at += 1;
    Some(marker)
}

/// What is coded from `at` on: up to the next marker that is no restart. A 0xff of the code itself is followed by 0.
fn coded_at(bytes: &[u8], at: usize) -> &[u8] {
    let rest = bytes.get(at..).unwrap_or_default();
    let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7);
    let length = rest.windows(2).position(ends).unwrap_or(rest.len());
    &rest[..length]
}

/// The size that the header of a frame gives.
fn frame(data: &[u8]) -> Result<PictureSize, PictureError> {
    let [depth, _, _, _, _, components, ..] = *data else { return Err(PictureError::Damaged) };
    if data.len() != 6 + 3 * usize::from(components) {
        return Err(PictureError::Damaged);
    }
    // Four are CMYK: mail programs show it in other colours, or not at all.
    if depth != 8 || !matches!(components, 1 | 3) {
        return Err(PictureError::Variety);
    }
    let (height, width) = u16_at(data, 1).zip(u16_at(data, 3)).ok_or(PictureError::Damaged)?;
    Ok(PictureSize { width: width.into(), height: height.into() })
}
