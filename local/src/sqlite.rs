//! The SQLite files of the data folder: marked as ours when they are made, checked before they are opened.
//!
//! The mark is SQLite's own: the application id and the user version in the file's header. It is there before anything
//! else is, and it is read without SQLite, so that a file that is not ours is not so much as opened.

use std::{fs::File, io::Read, path::Path};

use anyhow::{Context, Result, bail};
use rusqlite::Connection;

/// Larger files are not looked through at the start, which has to be quick.
const LARGEST_CHECKED: u64 = 16 * 1024 * 1024;

/// What a file is for, and the version of what it holds.
pub(crate) struct Mark {
    /// Tells our files from everybody else's, and from each other.
    pub application: i32,
    /// Of what the file holds.
    pub version: i32,
}

/// Makes the file if it is not there, and else makes sure that it is what `mark` says, unharmed.
pub(crate) fn prepare(path: &Path, mark: &Mark) -> Result<()> {
    match read_mark(path)? {
        None => create(path, mark).with_context(|| format!("can't write {}", path.display())),
        Some((application, _)) if application != mark.application => {
            bail!(
                "{} was not created by this system; move it away or choose another folder with --data-dir",
                path.display()
            )
        }
        Some((_, version)) if version != mark.version => bail!(
            "{} was written by another version of this system (format {version} instead of {}); \
             move the folder away or choose another with --data-dir",
            path.display(),
            mark.version
        ),
        Some(_) => check(path),
    }
}

/// Opens a prepared file.
pub(crate) fn open(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path).with_context(|| format!("can't open {}", path.display()))?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    // No write is lost when the process dies, which is what is promised here; only when the machine does.
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -512;")?;
    Ok(connection)
}

/// Application id and user version of the header; none when the file is not there or still empty.
/// See <https://www.sqlite.org/fileformat2.html#the_database_header>.
fn read_mark(path: &Path) -> Result<Option<(i32, i32)>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("can't read {}", path.display())),
    };
    let mut header = Vec::with_capacity(100);
    file.by_ref().take(100).read_to_end(&mut header).with_context(|| format!("can't read {}", path.display()))?;
    if header.is_empty() {
        return Ok(None);
    }
    let number = |at: usize| header.get(at..at + 4).and_then(|b| b.try_into().ok()).map(i32::from_be_bytes);
    match (header.starts_with(b"SQLite format 3\0"), number(68), number(60)) {
        (true, Some(application), Some(version)) => Ok(Some((application, version))),
        _ => bail!(
            "{} was not created by this system; move it away or choose another folder with --data-dir",
            path.display()
        ),
    }
}

/// Writes the mark in one transaction, before anything else and before the file has a write-ahead log.
fn create(path: &Path, mark: &Mark) -> Result<()> {
    let connection = Connection::open(path)?;
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE; PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT;",
        mark.application, mark.version
    ))?;
    Ok(())
}

fn check(path: &Path) -> Result<()> {
    let too_large = path.metadata().is_ok_and(|metadata| metadata.len() > LARGEST_CHECKED);
    let look = |connection: Connection| -> rusqlite::Result<String> {
        if too_large {
            return connection.query_row("SELECT 'ok' FROM sqlite_master LIMIT 1", [], |row| row.get(0));
        }
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
    };
    let found = Connection::open(path).and_then(look);
    match found {
        Ok(answer) if answer == "ok" => Ok(()),
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(()),
        Ok(answer) => {
            bail!("{} is damaged ({}); restore it or move it away", path.display(), answer.replace('\n', " "))
        }
        Err(error) => bail!("{} is damaged or unreadable ({error}); restore it or move it away", path.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARK: Mark = Mark { application: 7, version: 3 };

    fn content_after_refusal(write: impl FnOnce(&Path)) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.sqlite");
        write(&path);
        let before = std::fs::read(&path).unwrap();
        let message = format!("{:#}", prepare(&path, &MARK).unwrap_err());
        assert_eq!(std::fs::read(&path).unwrap(), before, "the file was changed");
        assert!(!message.contains('\n'), "{message}");
        message
    }

    #[test]
    fn a_new_file_is_marked_and_accepted_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.sqlite");
        prepare(&path, &MARK).unwrap();
        open(&path).unwrap().execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)").unwrap();
        prepare(&path, &MARK).unwrap();
    }

    #[test]
    fn a_foreign_older_or_damaged_file_is_refused_and_left_as_it_is() {
        assert!(
            content_after_refusal(|path| std::fs::write(path, "hello").unwrap()).contains("not created by this system")
        );
        let other = |path: &Path| {
            Connection::open(path).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
        };
        assert!(content_after_refusal(other).contains("not created by this system"));
        let older = |path: &Path| create(path, &Mark { application: 7, version: 2 }).unwrap();
        assert!(content_after_refusal(older).contains("another version"));
        let damaged = |path: &Path| {
            create(path, &MARK).unwrap();
            let connection = Connection::open(path).unwrap();
            connection.execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (randomblob(20000))").unwrap();
            drop(connection);
            let bytes = std::fs::read(path).unwrap();
            std::fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
        };
        assert!(content_after_refusal(damaged).contains("damaged"));
    }
}
