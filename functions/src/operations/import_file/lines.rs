//! The lines of a file: what separates its cells, where its table begins, and which line a record begins on.

/// What may stand between cells, the more common one first.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// Where the table of a text begins, and what stands between its cells. That is decided by the line of headings alone: it holds
/// names of columns and nothing else, while a comma in a person's name, or a semicolon between units, says nothing.
pub(super) fn beginning(text: &str) -> (usize, char) {
    let mut start = 0;
    for line in headings_first(text) {
        // Excel's own way to say it.
        let marked = line.trim().trim_matches('"').strip_prefix("sep=").and_then(|rest| rest.chars().next());
        if let Some(separator) = marked {
            return (start + line.len(), separator);
        }
        if !line.chars().all(|c| c.is_whitespace() || c == '"' || SEPARATORS.contains(&c)) {
            return (start, separator_of(line));
        }
        start += line.len();
    }
    (start, ',')
}

/// The separator that a line of headings has most of, outside quotation marks.
fn separator_of(headings: &str) -> char {
    let mut counts = [0_usize; SEPARATORS.len()];
    let mut quoted = false;
    for c in headings.chars() {
        quoted ^= c == '"';
        for (separator, count) in SEPARATORS.iter().zip(&mut counts) {
            *count += usize::from(!quoted && *separator == c);
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    let first = counts.iter().position(|count| *count == most);
    first.and_then(|at| SEPARATORS.get(at)).copied().unwrap_or(',')
}

/// The lines of a text with their ends. A line end within quotation marks ends none, unless the marks never close.
fn headings_first(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = end_of_line(rest, true).or_else(|| end_of_line(rest, false)).unwrap_or(rest.len());
        let (line, after) = rest.split_at(end);
        rest = after;
        Some(line)
    })
}

/// Behind the end of the first line; none where there is none.
fn end_of_line(text: &str, quotes_count: bool) -> Option<usize> {
    let mut quoted = false;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        quoted ^= quotes_count && c == '"';
        match c {
            '\r' if !quoted && characters.peek().is_some_and(|(_, next)| *next == '\n') => return Some(at + 2),
            '\r' | '\n' if !quoted => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Tells the lines of a text, each looked at once. (The reader's own count is one behind where lines end as on Windows.)
pub(super) struct Lines<'t> {
    text: &'t str,
    passed: usize,
    line: u32,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, passed: 0, line: 1 }
    }

    /// The line of the first character from `byte` on that ends none. Later calls are for later bytes.
    pub(super) fn line_of(&mut self, byte: usize) -> u32 {
        let bytes = self.text.as_bytes();
        while let Some(&at) = bytes.get(self.passed) {
            if self.passed >= byte && !matches!(at, b'\r' | b'\n') {
                break;
            }
            let ends = at == b'\n' || (at == b'\r' && bytes.get(self.passed + 1) != Some(&b'\n'));
            self.line += u32::from(ends);
            self.passed += 1;
        }
        self.line
    }
}
