//! A link's poster: one A4 page to be printed, as one drawing, and as a page that holds it. And its QR code by itself.
//!
//! The layout is computed here and not by the program that draws it, so that it is one page whatever the texts are. Lengths are
//! hundredths of a millimetre.

mod fit;
mod qr;

use askama::Template;
use base64::{Engine, engine::general_purpose::STANDARD};
use shared::{
    domain::{AccentColor, LogoPicture, PictureSize},
    locale::{self, Language},
};

use fit::{Box, Fitted};
use qr::Modules;

/// What a poster says.
#[derive(Debug, Clone)]
pub struct PosterParts<'a> {
    /// The language of its own words.
    pub language: Language,
    /// Other languages in which it says to scan the code.
    pub also: Vec<Language>,
    /// The organization's name.
    pub organization: &'a str,
    /// The titles of the training modules people get.
    pub trainings: Vec<&'a str>,
    /// The names of the sites people are assigned to.
    pub sites: Vec<&'a str>,
    /// The link's welcome text.
    pub welcome: Option<Welcome<'a>>,
    /// Until when the link is open, in words.
    pub until: Option<String>,
    /// The link's address.
    pub url: &'a str,
    /// The organization's logo, if it has one.
    pub logo: Option<PosterLogo>,
    /// The colour of its band and headline, readable on white; without one it is black on white.
    pub accent: Option<AccentColor>,
}

/// An organization's logo, as a poster has it.
#[derive(Debug, Clone)]
pub struct PosterLogo {
    /// How large the picture is, in pixels.
    pub size: PictureSize,
    /// The picture itself, as an address: a poster that was saved has it within.
    pub data: String,
}

impl PosterLogo {
    /// The logo of this size with this picture.
    #[must_use]
    pub fn new(size: PictureSize, picture: &LogoPicture) -> Self {
        let data = format!("data:{};base64,{}", picture.kind.content_type(), STANDARD.encode(&picture.picture));
        Self { size, data }
    }
}

/// A link's welcome text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Welcome<'a> {
    /// The text.
    pub text: &'a str,
    /// Its language, where that is known.
    pub language: Option<Language>,
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
/// The most room that a logo takes.
const LOGO: PictureSize = PictureSize { width: 9_000, height: 1_600 };
/// The least height of a logo; where there is less room, the poster has none.
const LOGO_LEAST: u32 = 700;
/// A QR code is not made smaller than this for a logo.
const QR_BESIDE_LOGO: u32 = 9_000;
/// The largest QR code, its quiet zone included.
const QR_MAX: u32 = 11_500;

/// How a line of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Plain,
    Bold,
    /// Bold, and in the accent colour where there is one.
    Headline,
}

/// A logo on the sheet.
struct DrawnLogo<'a> {
    data: &'a str,
    x: u32,
    y: u32,
    size: PictureSize,
}

struct Line {
    y: u32,
    size: u32,
    look: Look,
    /// Its language, where it is not the poster's.
    language: Option<&'static str>,
    text: String,
}

/// What stands on the sheet, one below the other.
enum Block {
    Text(Text),
    Qr,
}

/// Lines that belong together.
struct Text {
    fitted: Fitted,
    look: Look,
    /// Its language, where that is known.
    language: Option<Language>,
    /// Whether the next block stands close to it, as a label's does.
    close: bool,
}

impl Text {
    fn of(fitted: Fitted, look: Look) -> Block {
        Block::Text(Self { fitted, look, language: None, close: false })
    }
}

#[derive(Template)]
#[template(path = "poster.svg")]
struct Drawing<'a> {
    language: &'static str,
    title: &'a str,
    accent: Option<AccentColor>,
    logo: Option<DrawnLogo<'a>>,
    lines: Vec<Line>,
    qr: Modules,
    qr_x: u32,
    qr_y: u32,
    qr_side: u32,
}

#[derive(Template)]
#[template(path = "qr.svg")]
struct Qr {
    qr: Modules,
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
            Block::Text(Text { fitted, close: true, .. }) => texts += fitted.height() + LABEL_GAP,
            Block::Text(Text { fitted, .. }) => (texts, gaps) = (texts + fitted.height(), gaps + 1),
            Block::Qr => gaps += 1,
        }
    }
    let mut gaps: u32 = gaps - 1;
    let mut room = (HEIGHT - 2 * MARGIN).saturating_sub(texts);
    let spare = room.saturating_sub((gaps + 1) * GAP.0 + QR_BESIDE_LOGO);
    let logo = parts.logo.as_ref().filter(|_| spare >= LOGO_LEAST).map(|logo| {
        let size = logo.size.filling(LOGO.width, LOGO.height.min(spare));
        (room, gaps) = (room - size.height, gaps + 1);
        (logo, size)
    });
    let qr_side = room.saturating_sub(gaps * GAP.0).min(QR_MAX);
    let gap = (room.saturating_sub(qr_side) / gaps).min(GAP.1);
    // What is left over goes above and below.
    let mut y = MARGIN + room.saturating_sub(qr_side + gaps * gap) / 2;
    let logo = logo.map(|(PosterLogo { data, .. }, size)| {
        let drawn = DrawnLogo { data, x: (WIDTH - size.width) / 2, y, size };
        y += size.height + gap;
        drawn
    });
    let (mut lines, mut qr_y) = (Vec::new(), y);
    for block in blocks {
        let Block::Text(Text { fitted, look, language, close }) = block else {
            qr_y = y;
            y += qr_side + gap;
            continue;
        };
        let language = language.filter(|&language| language != parts.language).map(Language::tag);
        let (size, leading) = (fitted.size, fitted.leading());
        for text in fitted.lines {
            lines.push(Line { y: y + size, size, look, language, text });
            y += leading;
        }
        y += if close { LABEL_GAP } else { gap };
    }
    let (language, title) = (parts.language.tag(), parts.organization);
    let accent = parts.accent;
    Ok(Drawing { language, title, accent, logo, lines, qr, qr_x: (WIDTH - qr_side) / 2, qr_y, qr_side }.render()?)
}

/// The poster as a page that prints on one sheet, with [`STYLE`] as its one style sheet.
///
/// # Errors
/// See [`PosterError`].
pub fn html(parts: &PosterParts<'_>) -> Result<String, PosterError> {
    let (language, title) = (parts.language.tag(), parts.organization);
    Ok(Sheet { language, title, style: STYLE, drawing: svg(parts)? }.render()?)
}

/// A link's QR code by itself, as one SVG drawing.
///
/// # Errors
/// See [`PosterError`].
pub fn qr_svg(url: &str) -> Result<String, PosterError> {
    Ok(Qr { qr: qr::modules(url)? }.render()?)
}

fn blocks(parts: &PosterParts<'_>) -> Vec<Block> {
    let say = |key| locale::text(parts.language, key);
    let of = |height, sizes| Box { width: INNER, height, sizes };
    let mut blocks = vec![
        Text::of(of(1_200, &[700, 600, 500, 420, 350]).fit(parts.organization), Look::Plain),
        Text::of(fit_headline(&headline(parts)), Look::Headline),
    ];
    let listed = of(900, &[580, 480, 400, 330]);
    let trainings = if parts.trainings.len() > 1 { &*parts.trainings } else { &[] };
    blocks.extend(list(parts.language, "poster-trainings", trainings, &listed).map(|text| Text::of(text, Look::Plain)));
    blocks.extend(list(parts.language, "poster-sites", &parts.sites, &listed).map(|text| Text::of(text, Look::Plain)));
    if let Some(Welcome { text, language }) = parts.welcome {
        let fitted = of(4_500, &[680, 580, 500, 430, 370]).fit(text);
        blocks.push(Block::Text(Text { fitted, look: Look::Plain, language, close: false }));
    }
    let languages = [parts.language].into_iter().chain(parts.also.iter().copied());
    let mut to_scan: Vec<Text> = languages.map(|language| scan(language, language == parts.language)).collect();
    if let Some(last) = to_scan.last_mut() {
        last.close = false;
    }
    blocks.extend(to_scan.into_iter().map(Block::Text));
    blocks.push(Block::Qr);
    let label = of(500, &[400, 340]).fit(&say("poster-address"));
    blocks.push(Block::Text(Text { fitted: label, look: Look::Plain, language: None, close: true }));
    blocks.push(Text::of(of(1_000, &[500, 420, 350, 290]).fit(parts.url), Look::Bold));
    if let Some(until) = &parts.until {
        let until = locale::text_with(parts.language, "poster-until", &[("date", until.as_str().into())]);
        blocks.push(Text::of(of(700, &[560, 460, 380, 310]).fit(&until), Look::Bold));
    }
    blocks
}

/// On one line where it can be large there, else on more.
fn fit_headline(text: &str) -> Fitted {
    let one_line = Box { width: INNER, height: 1_650, sizes: &[1_300, 1_100, 950, 820] };
    let more = Box { width: INNER, height: 2_900, sizes: &[1_100, 900, 750, 620, 520] };
    one_line.try_fit(text).unwrap_or_else(|| more.fit(text))
}

/// What people get, and what to do for it. A poster that gives several modules names them below.
fn headline(parts: &PosterParts<'_>) -> String {
    match *parts.trainings {
        [training] => locale::text_with(parts.language, "poster-headline-of", &[("training", training.into())]),
        _ => locale::text(parts.language, "poster-headline"),
    }
}

/// That the code is to be scanned, in a language.
fn scan(language: Language, main: bool) -> Text {
    let (sizes, look): (&[u32], _) =
        if main { (&[600, 500, 420, 340], Look::Bold) } else { (&[460, 400, 340], Look::Plain) };
    let fitted =
        Box { width: INNER, height: if main { 800 } else { 600 }, sizes }.fit(&locale::text(language, "poster-scan"));
    Text { fitted, look, language: Some(language), close: true }
}

/// A label and names, as many as there is room for, and how many more there are.
fn list(language: Language, label: &str, names: &[&str], within: &Box<'_>) -> Option<Fitted> {
    let first = names.first()?;
    let label = locale::text_with(language, label, &[("count", (names.len() as u64).into())]);
    let some = |count: usize| {
        let more = names.len() - count;
        let more = if more > 0 { format!(" · +{more}") } else { String::new() };
        format!("{label}: {}{more}", names[..count].join(" · "))
    };
    let fitted = (1..=names.len()).rev().find_map(|count| within.try_fit(&some(count)));
    Some(fitted.unwrap_or_else(|| within.fit(first)))
}

#[cfg(test)]
mod tests;
