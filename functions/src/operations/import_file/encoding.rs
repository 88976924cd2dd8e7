//! The bytes of a file as text: which programs write which encoding, and what tells them apart.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252};
use shared::domain::Language;

use super::FileRefused;

/// How the workbooks of Excel, Numbers and LibreOffice begin: a zip, and the older binary form.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// The bytes of the text that are looked at for an encoding that no mark names.
const LOOKED_AT: usize = 4_096;

/// The text of a file, without the mark at its beginning, and the name of its encoding as browsers know it.
///
/// `language` decides between Western and Central European letters where nothing in the file does.
pub(super) fn text_of(bytes: &[u8], language: Language) -> Result<(Cow<'_, str>, &'static str), FileRefused> {
    if WORKBOOKS.iter().any(|beginning| bytes.starts_with(beginning)) {
        return Err(FileRefused::Workbook);
    }
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (unmarked(bytes, language), 0));
    let rest = bytes.get(mark..).unwrap_or_default();
    if encoding == UTF_8
        && let Some(line) = broken_line(rest)
    {
        return Err(FileRefused::BrokenUtf8(line));
    }
    let (text, faulty) = encoding.decode_without_bom_handling(rest);
    if faulty || text.contains('\0') { Err(FileRefused::NotText) } else { Ok((text, encoding.name())) }
}

/// Whether a file is in UTF-16, in which each letter takes twice the bytes that it takes in most others.
pub(in crate::operations) fn is_wide(bytes: &[u8]) -> bool {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding != UTF_8,
        None => wide(bytes).is_some(),
    }
}

/// The encoding of a file that names none.
fn unmarked(bytes: &[u8], language: Language) -> &'static Encoding {
    if let Some(encoding) = wide(bytes) {
        return encoding;
    }
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += chunk.invalid().len();
    }
    // A text of another encoding hardly ever holds a letter of UTF-8 by chance, so one that holds more of them than other bytes
    // is UTF-8 with a fault, which is told as one.
    if broken == 0 || whole > broken { UTF_8 } else { single_byte(bytes, language) }
}

/// UTF-16 without a mark: every other byte of ordinary text is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let looked_at = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let zeros = |from: usize| looked_at.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let many = looked_at.len() / 4;
    match (first, second) {
        (0, second) if second > many => Some(UTF_16LE),
        (first, 0) if first > many => Some(UTF_16BE),
        _ => None,
    }
}

/// Windows' Western or Central European letters. The two share most of them (ä, é, ó, ö, ü, ß); what tells them apart are bytes that
/// are a Polish letter in the one, and in the other a sign that stands beside no letter, and the other way round.
fn single_byte(bytes: &[u8], language: Language) -> &'static Encoding {
    let is_letter = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0xc0);
    let (mut polish, mut western) = (0_usize, 0_usize);
    for (at, byte) in bytes.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let after = bytes.get(at + 1);
        match byte {
            // œ, which is ś in the other: in French it has a u behind it.
            0x9c | 0x8c if matches!(after, Some(b'u' | b'U')) => western += 1,
            // ł ą ś ź Ł Ą Ś Ź Ż, which are ³ ¹ œ Ÿ £ ¥ Œ, nothing and ¯.
            0xb3 | 0xb9 | 0x9c | 0x9f | 0xa3 | 0xa5 | 0x8c | 0x8f | 0xaf if is_letter(before) || is_letter(after) => {
                polish += 1;
            }
            // ż, which is ¿: that begins a sentence.
            0xbf if is_letter(before) || after.is_some_and(u8::is_ascii_lowercase) => polish += 1,
            // à è ì ò ù ã å ø and their capitals, none of which is a Polish letter in the other.
            0xc0 | 0xc3 | 0xc5 | 0xc8 | 0xcc | 0xd2 | 0xd8 | 0xd9 | 0xe0 | 0xe3 | 0xe5 | 0xe8 | 0xec | 0xf2 | 0xf8
            | 0xf9 => western += 1,
            _ => {}
        }
    }
    if polish > western || (polish == western && language == Language::Pl) { WINDOWS_1250 } else { WINDOWS_1252 }
}

/// The line on which the first byte stands that is no UTF-8.
fn broken_line(bytes: &[u8]) -> Option<usize> {
    let fault = std::str::from_utf8(bytes).err()?;
    let before = bytes.get(..fault.valid_up_to()).unwrap_or_default();
    let text = String::from_utf8_lossy(before).replace("\r\n", "\n");
    Some(text.matches(['\r', '\n']).count() + 1)
}
