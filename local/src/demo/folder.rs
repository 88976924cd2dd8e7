//! The demo's data folder: empty, filled, or half filled by a start that was broken off.

use std::{fs, io::ErrorKind, path::Path};

use anyhow::{Context, Result, bail};

use crate::data_dir::DataDir;

/// Says how far the folder is. Where it is missing, nothing in the folder is the demo's.
const MARKER: &str = "demo";
const ASIDE: &str = "demo.new";
const FILLING: &str = "access links, demo: filling\n";
const FILLED: &str = "access links, demo: filled\n";

/// How the names begin of what a system keeps in its folder: what is removed from a half-filled one, and nothing else.
const OURS: [&str; 4] = ["table.sqlite", "mailbox.sqlite", "stream-", "dead-letters"];

/// How far a folder is.
#[derive(PartialEq, Eq)]
enum State {
    Empty,
    Filling,
    Filled,
    /// It holds something that is not the demo's.
    Other,
}

/// Takes the folder and tells whether the demo is still to be lived through. What a start that was broken off left is removed.
///
/// # Errors
/// When the folder can't be used, or holds other data, which is left as it is.
pub(super) fn take(path: &Path) -> Result<(DataDir, bool)> {
    // A folder that is somebody else's is not even locked.
    refuse_other(path)?;
    let folder = DataDir::open(path)?;
    match refuse_other(path)? {
        State::Filled => return Ok((folder, false)),
        State::Filling => clear(path).with_context(|| format!("can't empty {}", path.display()))?,
        State::Empty | State::Other => {}
    }
    mark(&folder, FILLING)?;
    Ok((folder, true))
}

/// Notes that the demo is whole.
pub(super) fn filled(folder: &DataDir) -> Result<()> {
    mark(folder, FILLED)
}

/// Refuses a folder whose demo is not whole, for a start that would not go on with it.
///
/// # Errors
/// When it is such a folder.
pub fn refuse_half_filled(path: &Path) -> Result<()> {
    if state(path) == State::Filling {
        bail!("the demo data in the folder {} is incomplete; create it again with --demo", path.display());
    }
    Ok(())
}

fn refuse_other(path: &Path) -> Result<State> {
    match state(path) {
        State::Other => bail!(
            "the data folder {} does not hold the demo's data; choose another with --data-dir, or start without --demo",
            path.display()
        ),
        state => Ok(state),
    }
}

fn state(path: &Path) -> State {
    match fs::read_to_string(path.join(MARKER)) {
        Ok(marker) if marker == FILLED => State::Filled,
        Ok(marker) if marker == FILLING => State::Filling,
        Err(error) if error.kind() == ErrorKind::NotFound && !holds_something(path) => State::Empty,
        // A folder that is none is for the one who takes it to name.
        Err(error) if error.kind() == ErrorKind::NotADirectory => State::Empty,
        _ => State::Other,
    }
}

/// Whether there is more than a start leaves that came to nothing.
fn holds_something(path: &Path) -> bool {
    let Ok(entries) = fs::read_dir(path) else { return false };
    entries.flatten().any(|entry| entry.file_name() != "lock" && entry.file_name() != ASIDE)
}

/// Written aside and moved into place, so that the marker is never half written.
fn mark(folder: &DataDir, text: &str) -> Result<()> {
    let aside = folder.file(ASIDE);
    fs::write(&aside, text)
        .and_then(|()| fs::rename(&aside, folder.file(MARKER)))
        .with_context(|| format!("can't write to the data folder {}", folder.path().display()))
}

fn clear(path: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if OURS.iter().any(|ours| entry.file_name().to_string_lossy().starts_with(ours)) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_filled_once_and_a_broken_off_one_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data");
        let (held, empty) = take(&path).unwrap();
        assert!(empty);
        refuse_half_filled(&path).unwrap_err();
        for name in ["table.sqlite", "table.sqlite-wal", "stream-send-mail.json", "notes"] {
            fs::write(path.join(name), "half").unwrap();
        }
        drop(held);
        let (held, empty) = take(&path).unwrap();
        let mut left: Vec<_> = fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert!(empty && left == ["demo", "lock", "notes"], "{left:?}");
        filled(&held).unwrap();
        drop(held);
        assert!(!take(&path).unwrap().1);
        refuse_half_filled(&path).unwrap();
    }

    #[test]
    fn a_file_that_happens_to_be_called_so_is_no_marker() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["", "filling\n", "a recording"] {
            fs::write(folder.path().join("demo"), text).unwrap();
            fs::write(folder.path().join("table.sqlite"), "mine").unwrap();
            assert!(take(folder.path()).is_err());
            refuse_half_filled(folder.path()).unwrap();
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        }
    }
}
