//! The folder that holds what must survive a restart, used by one process at a time.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

/// A folder held by this process. Cloning is cheap; the last clone lets go of it.
#[derive(Debug, Clone)]
pub struct DataDir(Arc<Held>);

#[derive(Debug)]
struct Held {
    path: PathBuf,
    // The operating system frees the lock with the file, also when the process is killed.
    _lock: File,
    _temporary: Option<TempDir>,
}

impl DataDir {
    /// Takes a folder, making it if it is not there.
    ///
    /// # Errors
    /// When it can't be written to, or another process holds it.
    pub fn open(path: &Path) -> Result<Self> {
        Self::hold(path.to_owned(), None)
    }

    /// A folder that is removed with the last clone.
    ///
    /// # Errors
    /// When the machine's folder for temporary files can't be written to.
    pub fn temporary() -> Result<Self> {
        let folder = TempDir::with_prefix("access-links-").context("can't make a temporary folder")?;
        Self::hold(folder.path().to_owned(), Some(folder))
    }

    fn hold(path: PathBuf, temporary: Option<TempDir>) -> Result<Self> {
        let shown = path.display();
        make(&path).with_context(|| format!("can't make the data folder {shown}; choose another with --data-dir"))?;
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join("lock"))
            .with_context(|| format!("can't write to the data folder {shown}; choose another with --data-dir"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!(
                "the data folder {shown} is in use by a system that is running already; stop that one, \
                 or choose another folder with --data-dir"
            ),
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("can't lock the data folder {shown}"));
            }
        }
        Ok(Self(Arc::new(Held { path, _lock: lock, _temporary: temporary })))
    }

    /// The path of a file in the folder.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.path.join(name)
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0.path
    }
}

/// Makes the folder for its owner alone: the mailbox in it holds login links.
fn make(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_held_by_one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/er");
        let held = DataDir::open(&path).unwrap();
        assert!(format!("{:#}", DataDir::open(&path).unwrap_err()).contains("in use"));
        drop(held);
        DataDir::open(&path).unwrap();
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let message = format!("{:#}", DataDir::open(&file.path().join("x")).unwrap_err());
        assert!(message.contains("--data-dir"), "{message}");
    }
}
