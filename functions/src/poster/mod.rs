//! A link's poster: one A4 page to be printed, as one drawing, and as a page that holds it.
//!
//! It is laid out here rather than by whoever draws it, so that it is one page whatever the texts are. Lengths are
//! hundredths of a millimetre.

mod fit;
mod qr;

use askama::Template;
use shared::locale::{self, Language};

use fit::{Box, Fitted};
use qr::Modules;

/// What a poster says.
#[derive(Debug, Clone)]
pub struct PosterParts<'a> {
    /// The language of its own words.
    pub language: Language,
    /// The organization's name.
    pub organization: &'a str,
    /// The names of the sites people come into.
    pub sites: Vec<&'a str>,
    /// The link's welcome text.
    pub welcome: Option<&'a str>,
    /// Until when the link is open, in words.
    pub until: Option<String>,
    /// The link's code.
    pub code: &'a str,
    /// The address the code stands in.
    pub url: &'a str,
}

/// A poster could not be drawn: the address is longer than a QR code holds, or a template is at fault.
#[derive(Debug, thiserror::Error)]
pub enum PosterError {
    /// The address does not go into a QR code.
    #[error("the address does not go into a QR code")]
    Address(#[from] qrcode::types::QrError),
    /// A template is at fault.
    #[error("could not write the poster")]
    Template(#[from] askama::Error),
}

/// The page's style sheet: one sheet of A4 on paper, and on a screen a sheet on a desk.
pub const STYLE: &str = "@page{size:A4;margin:0}html,body{margin:0;background:#fff}svg{display:block}\
    @media screen{body{background:#e8eaed}.poster{margin:16px auto;max-width:100%;height:auto;box-shadow:0 1px 6px #0005}}\
    @media print{.poster{width:210mm;height:296.5mm}}";

/// The width of the sheet.
const WIDTH: u32 = 21_000;
/// The height of the sheet.
const HEIGHT: u32 = 29_700;
/// How much of the sheet stays empty at each edge.
const MARGIN: u32 = 1_500;
/// The width of what is printed.
const INNER: u32 = WIDTH - 2 * MARGIN;
/// The least and the most between two blocks.
const GAP: (u32, u32) = (350, 1_000);
/// What is between a label and what it is of.
const LABEL_GAP: u32 = 80;
/// The largest QR code, its quiet zone included.
const QR_MAX: u32 = 11_500;
/// The size of the code's letters.
const CODE_SIZE: u32 = 820;

/// How a line of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Plain,
    Bold,
    /// Of one width, so that no two characters of a code are taken for one another.
    Mono,
}

struct Line {
    y: u32,
    size: u32,
    look: Look,
    text: String,
}

/// What stands on the sheet, one below the other.
enum Block {
    Text(Fitted, Look),
    /// What the next block is; it stands close to it.
    Label(Fitted),
    Qr,
}

#[derive(Template)]
#[template(path = "poster.svg")]
struct Drawing<'a> {
    language: &'static str,
    title: &'a str,
    lines: Vec<Line>,
    qr: Modules,
    qr_x: u32,
    qr_y: u32,
    qr_side: u32,
}

#[derive(Template)]
#[template(path = "poster.html")]
struct Sheet<'a> {
    language: &'static str,
    title: &'a str,
    style: &'static str,
    drawing: String,
}

/// The poster as one SVG drawing.
///
/// # Errors
/// See [`PosterError`].
pub fn svg(parts: &PosterParts<'_>) -> Result<String, PosterError> {
    let qr = qr::modules(parts.url)?;
    let blocks = blocks(parts);
    let (mut texts, mut gaps) = (0, 0);
    for block in &blocks {
        match block {
            Block::Text(text, _) => (texts, gaps) = (texts + text.height(), gaps + 1),
            Block::Label(label) => texts += label.height() + LABEL_GAP,
            Block::Qr => gaps += 1,
        }
    }
    let gaps: u32 = gaps - 1;
    let room = (HEIGHT - 2 * MARGIN).saturating_sub(texts);
    let qr_side = room.saturating_sub(gaps * GAP.0).min(QR_MAX);
    let gap = (room.saturating_sub(qr_side) / gaps).min(GAP.1);
    // What is left over goes above and below.
    let mut y = MARGIN + room.saturating_sub(qr_side + gaps * gap) / 2;
    let (mut lines, mut qr_y) = (Vec::new(), y);
    for block in blocks {
        let (fitted, look, below) = match block {
            Block::Qr => {
                qr_y = y;
                y += qr_side + gap;
                continue;
            }
            Block::Text(fitted, look) => (fitted, look, gap),
            Block::Label(fitted) => (fitted, Look::Plain, LABEL_GAP),
        };
        let (size, leading) = (fitted.size, fitted.leading());
        for text in fitted.lines {
            lines.push(Line { y: y + size, size, look, text });
            y += leading;
        }
        y += below;
    }
    let (language, title) = (parts.language.tag(), parts.organization);
    Ok(Drawing { language, title, lines, qr, qr_x: (WIDTH - qr_side) / 2, qr_y, qr_side }.render()?)
}

/// The poster as a page that prints on one sheet, with [`STYLE`] as its one style sheet.
///
/// # Errors
/// See [`PosterError`].
pub fn html(parts: &PosterParts<'_>) -> Result<String, PosterError> {
    let (language, title) = (parts.language.tag(), parts.organization);
    Ok(Sheet { language, title, style: STYLE, drawing: svg(parts)? }.render()?)
}

fn blocks(parts: &PosterParts<'_>) -> Vec<Block> {
    let word = |key| locale::text(parts.language, key);
    let of = |height, sizes| Box { width: INNER, height, sizes };
    let small = |text: &str| of(600, &[420, 340]).fit(text);
    let mut blocks =
        vec![Block::Text(of(3_000, &[1_300, 1_100, 900, 750, 620, 520]).fit(parts.organization), Look::Bold)];
    let many = parts.sites.len() as u64;
    let label = locale::text_with(parts.language, "poster-sites", &[("sites", many.into())]);
    if let Some(sites) = sites(&label, &parts.sites, &of(1_000, &[580, 480, 400, 330])) {
        blocks.push(Block::Text(sites, Look::Plain));
    }
    if let Some(welcome) = parts.welcome {
        blocks.push(Block::Text(of(6_500, &[680, 580, 500, 430, 370]).fit(welcome), Look::Plain));
    }
    blocks.push(Block::Text(of(800, &[600, 500, 420, 340]).fit(&word("poster-scan")), Look::Bold));
    blocks.push(Block::Qr);
    let address = Box { width: INNER, height: 1_100, sizes: &[500, 420, 350, 290] }.fit(parts.url);
    blocks.push(Block::Label(small(&word("poster-address"))));
    blocks.push(Block::Text(address, Look::Bold));
    blocks.push(Block::Label(small(&word("poster-code"))));
    blocks.push(Block::Text(Fitted { size: CODE_SIZE, lines: vec![grouped(parts.code)] }, Look::Mono));
    if let Some(until) = &parts.until {
        let until = locale::text_with(parts.language, "poster-until", &[("date", until.as_str().into())]);
        blocks.push(Block::Text(of(700, &[560, 460, 380, 310]).fit(&until), Look::Bold));
    }
    blocks
}

/// The names of the sites, as many as there is room for, and how many more there are.
fn sites(label: &str, names: &[&str], within: &Box<'_>) -> Option<Fitted> {
    let some = |count: usize| {
        let more = names.len() - count;
        let more = if more > 0 { format!(" · +{more}") } else { String::new() };
        format!("{label}: {}{more}", names[..count].join(" · "))
    };
    let first = names.first()?;
    let fitted = (1..=names.len()).rev().find_map(|count| within.try_fit(&some(count)));
    Some(fitted.unwrap_or_else(|| within.fit(first)))
}

/// A code in groups that are read out and typed without losing the place.
fn grouped(code: &str) -> String {
    let characters: Vec<char> = code.chars().collect();
    let groups: Vec<String> = characters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests;
