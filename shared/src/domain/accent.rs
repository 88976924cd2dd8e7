//! An organization's accent colour, and the shades of it that can be read on our pages, mails and posters.
//!
//! The dashboard computes the same shades for its preview, in `web/pages/admin/settings/shades.js`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Red, green and blue.
type Rgb = [u8; 3];

const BLACK: Rgb = [0; 3];
const WHITE: Rgb = [255; 3];

/// The least contrast of text with what is behind it: WCAG 2.2, 1.4.3.
const READABLE: f64 = 4.5;

/// The least contrast of a button's edge with what is around it: WCAG 2.2, 1.4.11.
const VISIBLE: f64 = 3.0;

/// With this contrast to its words and more, a button under the pointer moves towards their colour, and stays readable.
const MOVES_TO_ITS_TEXT: f64 = 7.0;

/// A shade moves to black or white in so many steps.
const STEPS: u16 = 64;

/// What is behind links and signs on light pages, in mails and on paper: the tokens of `web/css/tokens.css`.
const LIGHT_GROUNDS: [Rgb; 6] =
    [WHITE, [0xf4, 0xf6, 0xf8], [0xf6, 0xf8, 0xfa], [0xe5, 0xf4, 0xeb], [0xfd, 0xf2, 0xdc], [0xfc, 0xeb, 0xe9]];

/// The same on dark pages. The first is what cards have.
const DARK_GROUNDS: [Rgb; 6] = [
    [0x18, 0x1d, 0x23],
    [0x10, 0x14, 0x18],
    [0x20, 0x26, 0x2e],
    [0x15, 0x29, 0x1e],
    [0x2d, 0x24, 0x13],
    [0x35, 0x1c, 0x1b],
];

/// An accent colour: `#` and six hexadecimal digits, kept in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccentColor(Rgb);

/// A text that is no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a color such as #0b5fae")]
pub struct InvalidColor;

impl AccentColor {
    /// Takes a typed colour, without the white space around it.
    ///
    /// # Errors
    /// [`InvalidColor`] for anything but `#` and six hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, InvalidColor> {
        let digits = text.trim().strip_prefix('#').ok_or(InvalidColor)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(InvalidColor);
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| InvalidColor)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }

    /// Its shades on light pages and on dark ones.
    #[must_use]
    pub fn shades(self) -> AccentShades {
        AccentShades {
            light: Shades::of(self.0, &LIGHT_GROUNDS, BLACK),
            dark: Shades::of(self.0, &DARK_GROUNDS, WHITE),
        }
    }
}

/// The shades of an accent colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AccentShades {
    /// On light pages, in mails and on posters.
    pub light: Shades,
    /// On dark pages.
    pub dark: Shades,
}

/// The shades of an accent colour in one colour scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Shades {
    /// Of links, lines and the focus ring: the colour itself, or the nearest to it that can be read.
    pub color: AccentColor,
    /// Of links under the pointer.
    pub strong: AccentColor,
    /// Of what is behind signs in the accent colour.
    pub soft: AccentColor,
    /// Of buttons, which have the colour as it was chosen.
    pub button: ButtonShades,
}

/// The colours of a button. Only its edge differs between light pages and dark ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ButtonShades {
    /// Of its ground: the chosen colour.
    pub color: AccentColor,
    /// Of its ground under the pointer.
    pub strong: AccentColor,
    /// Of its edge: the chosen colour, or the nearest to it that stands out from the page.
    pub edge: AccentColor,
    /// Of its words: black or white, whichever has the higher contrast. That of the one or the other is at least 4.58 to 1.
    pub text: AccentColor,
}

impl Shades {
    /// Moves the colour towards `end` until it is readable on all `grounds`. At the end it is: black and white are.
    fn of(chosen: Rgb, grounds: &[Rgb; 6], end: Rgb) -> Self {
        let soft = |shade| mixed(grounds[0], shade, STEPS / 12);
        let readable = |shade| grounds.iter().chain([&soft(shade)]).all(|&ground| contrast(shade, ground) >= READABLE);
        let shade = nearest(chosen, end, readable);
        let [color, strong, soft] = [shade, mixed(shade, end, STEPS / 4), soft(shade)].map(AccentColor);
        Self { color, strong, soft, button: ButtonShades::of(chosen, grounds, end) }
    }
}

impl ButtonShades {
    fn of(color: Rgb, grounds: &[Rgb; 6], end: Rgb) -> Self {
        let (text, opposite) =
            if contrast(color, WHITE) >= contrast(color, BLACK) { (WHITE, BLACK) } else { (BLACK, WHITE) };
        // Away from its words it only becomes more readable, but what is almost black or white can't be seen to move that way.
        let strong = if contrast(color, text) >= MOVES_TO_ITS_TEXT {
            mixed(color, text, STEPS / 6)
        } else {
            mixed(color, opposite, STEPS / 4)
        };
        let edge = nearest(color, end, |edge| grounds.iter().all(|&ground| contrast(edge, ground) >= VISIBLE));
        let [color, strong, edge, text] = [color, strong, edge, text].map(AccentColor);
        Self { color, strong, edge, text }
    }
}

/// The first shade on the way from a colour to `end` that is enough.
fn nearest(color: Rgb, end: Rgb, enough: impl Fn(Rgb) -> bool) -> Rgb {
    (0..STEPS).map(|step| mixed(color, end, step)).find(|&shade| enough(shade)).unwrap_or(end)
}

/// A colour, moved so many of [`STEPS`] towards another.
fn mixed(from: Rgb, to: Rgb, step: u16) -> Rgb {
    let channel = |at: usize| {
        let sum = u16::from(from[at]) * (STEPS - step) + u16::from(to[at]) * step;
        u8::try_from((sum + STEPS / 2) / STEPS).unwrap_or(u8::MAX)
    };
    [channel(0), channel(1), channel(2)]
}

/// The contrast of two colours, from 1 to 21: WCAG 2.2, "contrast ratio".
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// From 0 to 1: WCAG 2.2, "relative luminance".
fn luminance(color: Rgb) -> f64 {
    let [red, green, blue] = color.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

impl fmt::Display for AccentColor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl TryFrom<String> for AccentColor {
    type Error = InvalidColor;
    fn try_from(text: String) -> Result<Self, InvalidColor> {
        Self::parse(&text)
    }
}

impl From<AccentColor> for String {
    fn from(color: AccentColor) -> Self {
        color.to_string()
    }
}

#[cfg(test)]
mod tests;
