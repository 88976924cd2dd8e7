//! The demo's data folder: empty, filled, or half filled by a start that was broken off.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::data_dir::DataDir;

/// Says how far the folder is. Where it is missing, nothing in the folder is the demo's.
const MARKER: &str = "demo";
const FILLING: &str = "filling\n";
const FILLED: &str = "filled\n";

/// Takes the folder and tells whether the demo is still to be lived through. What a start that was broken off left is removed.
///
/// # Errors
/// When the folder can't be used, or holds other data, which is left as it is.
pub(super) fn take(path: &Path) -> Result<(DataDir, bool)> {
    let shown = path.display();
    if !path.join(MARKER).exists() && holds_something(path)? {
        bail!(
            "the data folder {shown} holds other data than the demo's; choose another with --data-dir, or start without --demo"
        );
    }
    let folder = DataDir::open(path)?;
    match fs::read_to_string(folder.file(MARKER)) {
        Ok(marker) if marker == FILLED => return Ok((folder, false)),
        Ok(_) => clear(path).with_context(|| format!("can't empty {shown}"))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(|| format!("can't read the data folder {shown}")),
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
    match fs::read_to_string(path.join(MARKER)) {
        Ok(marker) if marker != FILLED => {
            bail!("the demo in the data folder {} was broken off; begin it anew with --demo", path.display())
        }
        _ => Ok(()),
    }
}

/// Written aside and moved into place, so that the marker is never half written.
fn mark(folder: &DataDir, text: &str) -> Result<()> {
    let aside = folder.file("demo.new");
    fs::write(&aside, text)
        .and_then(|()| fs::rename(&aside, folder.file(MARKER)))
        .with_context(|| format!("can't write to the data folder {}", folder.path().display()))
}

/// Whether there is more than the lock of a start that made nothing.
fn holds_something(path: &Path) -> Result<bool> {
    match fs::read_dir(path) {
        Ok(entries) => {
            for entry in entries {
                let name = entry.with_context(|| format!("can't read {}", path.display()))?.file_name();
                if name != "lock" && name != "demo.new" {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        // Whatever is wrong is said by the one who takes the folder.
        Err(_) => Ok(false),
    }
}

/// Removes everything but the lock, which is held, and the marker, which goes last of all by being replaced.
fn clear(path: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == "lock" || name == MARKER {
            continue;
        }
        if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path())? } else { fs::remove_file(entry.path())? }
    }
    Ok(())
}
