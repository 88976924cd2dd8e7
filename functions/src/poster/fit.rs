//! Texts in boxes: how large a text can be printed, and where its lines break.
//!
//! Whoever draws the poster has fonts that are not known here, so widths are taken for wider than common fonts have them.

/// The distance between two lines, in hundredths of the font's size.
const LEADING: u32 = 125;

/// A text as it fits a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitted {
    /// The font's size, in the unit of the box.
    pub size: u32,
    /// Its lines.
    pub lines: Vec<String>,
}

impl Fitted {
    /// The distance between two lines.
    #[must_use]
    pub fn leading(&self) -> u32 {
        self.size * LEADING / 100
    }

    /// The height of all lines.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.leading() * u32::try_from(self.lines.len()).unwrap_or(u32::MAX)
    }
}

/// A box that texts are fitted to, with the sizes to try, the largest first.
#[derive(Debug, Clone, Copy)]
pub struct Box<'a> {
    /// How wide it is.
    pub width: u32,
    /// How high it is.
    pub height: u32,
    /// The sizes of the font.
    pub sizes: &'a [u32],
}

impl Box<'_> {
    /// The text in the largest size in which it fits, its lines broken between words.
    #[must_use]
    pub fn try_fit(&self, text: &str) -> Option<Fitted> {
        let at = |&size: &u32| Fitted { size, lines: self.wrap(text, size) };
        self.sizes.iter().map(at).find(|fitted| fitted.height() <= self.height)
    }

    /// The text so that it fits, whatever it takes: its own line breaks are given up for spaces, then words are broken
    /// anywhere, and in the end it is cut off.
    #[must_use]
    pub fn fit(&self, text: &str) -> Fitted {
        let one_line = || text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.try_fit(text).or_else(|| self.try_fit(&one_line())).unwrap_or_else(|| {
            let size = self.sizes.last().copied().unwrap_or(1);
            let mut fitted = Fitted { size, lines: fill(&one_line(), self.per_line(size)) };
            let most = (self.height / fitted.leading()).max(1) as usize;
            if fitted.lines.len() > most {
                fitted.lines.truncate(most);
                if let Some(last) = fitted.lines.last_mut() {
                    while width(last) + width_of('…') > self.per_line(size) && last.pop().is_some() {}
                    last.push('…');
                }
            }
            fitted
        })
    }

    /// How wide a line may be, in hundredths of the font's size.
    fn per_line(&self, size: u32) -> u32 {
        self.width * 100 / size
    }

    fn wrap(&self, text: &str, size: u32) -> Vec<String> {
        let most = self.per_line(size);
        let mut lines: Vec<String> = Vec::new();
        for paragraph in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let mut line = String::new();
            for word in paragraph.split_whitespace() {
                let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
                if width(&longer) <= most {
                    line = longer;
                } else if width(word) <= most {
                    lines.push(std::mem::replace(&mut line, word.to_owned()));
                } else {
                    let mut pieces = fill(&longer, most);
                    line = pieces.pop().unwrap_or_default();
                    lines.extend(pieces);
                }
            }
            lines.push(line);
        }
        lines
    }
}

/// Lines as full as they get, broken between any two characters that are drawn apart.
fn fill(text: &str, most: u32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let (mut used, mut joined) = (0, false);
    for c in text.chars() {
        let wide = width_of(c);
        let line = lines.last_mut().expect("there is a first line");
        if used + wide > most && wide > 0 && !joined && !line.is_empty() {
            used = 0;
            lines.push(String::new());
        }
        let line = lines.last_mut().expect("there is a first line");
        if !(line.is_empty() && c == ' ') {
            line.push(c);
            used += wide;
        }
        joined = c == '\u{200d}';
    }
    lines
}

/// How wide a text is, in hundredths of its font's size; rather too much than too little.
#[must_use]
pub fn width(text: &str) -> u32 {
    text.chars().map(width_of).sum()
}

fn width_of(c: char) -> u32 {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => 0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 36,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 102,
        'A'..='Z' => 80,
        '\0'..='\u{7f}' => 66,
        // Latin, Greek and Cyrillic, among which a few letters are as wide as an ideograph.
        '\u{80}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}' | '\u{2010}'..='\u{2027}' => 86,
        // A few signs and ligatures of other scripts are drawn wider than high.
        '\u{fdfa}' | '\u{fdfb}' | '\u{fdfd}' | '\u{12031}' | '\u{a9c5}' | '\u{102a}' => 1_200,
        _ => 115,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Box<'_> = Box { width: 1_000, height: 300, sizes: &[100, 60] };

    #[test]
    fn a_text_takes_the_largest_size_in_which_it_fits() {
        assert_eq!(BOX.fit("Welcome"), Fitted { size: 100, lines: vec!["Welcome".to_owned()] });
        let two = BOX.fit("Welcome\n\n to the yard ");
        assert_eq!(two.lines, ["Welcome", "to the yard"]);
        assert_eq!(BOX.fit("a\nb\nc\nd").size, 60);
    }

    #[test]
    fn every_text_fits_and_none_is_cut_without_need() {
        for text in ["a\n".repeat(250), "W".repeat(60), "wwwwwwwww ".repeat(6), "字".repeat(40), "ẁ".repeat(70)] {
            let fitted = BOX.fit(&text);
            assert!(fitted.height() <= BOX.height, "{text}: {fitted:?}");
            for line in &fitted.lines {
                assert!(width(line) * fitted.size / 100 <= BOX.width, "{line}");
            }
            let shown: usize =
                fitted.lines.iter().map(|line| line.chars().filter(|c| !c.is_whitespace()).count()).sum();
            let cut = fitted.lines.last().unwrap().ends_with('…');
            assert!(cut || shown == text.chars().filter(|c| !c.is_whitespace()).count(), "{fitted:?}");
        }
    }

    #[test]
    fn what_is_drawn_as_one_character_is_not_broken() {
        let family = "👩\u{200d}👧";
        let lines = BOX.fit(&family.repeat(12)).lines;
        assert!(lines.len() > 1 && lines.iter().all(|line| line.chars().filter(|&c| c != '\u{200d}').count() % 2 == 0));
    }
}
