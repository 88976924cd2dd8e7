//! Says how far the demo is: a bar on a terminal, a line now and then elsewhere.

use std::io::{IsTerminal, Write, stderr};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use shared::domain::Timestamp;

/// Is told how far the story is.
pub trait Progress: Send {
    /// So many beats are done; the story is at this moment.
    fn reached(&mut self, beats: usize, at: Timestamp);
}

/// Says nothing.
pub struct Silent;

impl Progress for Silent {
    fn reached(&mut self, _: usize, _: Timestamp) {}
}

/// Says it on standard error.
pub struct Shown {
    total: usize,
    /// None where nobody looks at a terminal.
    bar: Option<ProgressBar>,
    /// The tenth that was told of last.
    told: usize,
}

impl Shown {
    /// For a story of so many beats.
    #[must_use]
    pub fn new(total: usize) -> Self {
        let bar = stderr().is_terminal().then(|| {
            let length = u64::try_from(total).unwrap_or(u64::MAX);
            let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("Demo {wide_bar} {percent:>3} %  {msg}  {elapsed_precise}");
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Self { total, bar, told: 0 }
    }
}

impl Progress for Shown {
    fn reached(&mut self, beats: usize, at: Timestamp) {
        let day = at.to_utc().format("%d %b");
        match &self.bar {
            Some(bar) => {
                bar.set_message(day.to_string());
                bar.set_position(u64::try_from(beats).unwrap_or(u64::MAX));
                if beats == self.total {
                    bar.finish_and_clear();
                }
            }
            None => {
                let tenth = beats * 10 / self.total.max(1);
                if tenth > self.told {
                    self.told = tenth;
                    // That nobody reads it is no reason to end.
                    let _ = writeln!(stderr(), "Demo: {}0 %, {day}", tenth);
                }
            }
        }
    }
}
