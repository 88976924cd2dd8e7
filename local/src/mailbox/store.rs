//! The file that messages are kept in: the newest ten thousand.

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use anyhow::{Context, Result};
use rusqlite::{Connection, Row, params};

use super::Message;
use crate::sqlite::{self, Mark};

/// "ALmb": the application id in the header of the mailbox's file.
const MARK: Mark = Mark { application: 0x414c_6d62, version: 1 };

/// Beyond this the oldest go.
const KEPT: i64 = 10_000;

pub(super) struct Store(Mutex<Connection>);

impl Store {
    pub(super) fn open(path: &Path) -> Result<Self> {
        sqlite::prepare(path, &MARK)?;
        let connection = sqlite::open(path)?;
        connection
            .execute_batch(
                "CREATE TABLE IF NOT EXISTS message (
                    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, recipients TEXT NOT NULL,
                    sender TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, html TEXT NOT NULL, at TEXT NOT NULL)",
            )
            .with_context(|| format!("can't write {}", path.display()))?;
        Ok(Self(Mutex::new(connection)))
    }

    pub(super) fn add(&self, message: &Message) -> Result<()> {
        let connection = self.connection();
        connection.prepare_cached(
            "INSERT INTO message (id, recipients, sender, subject, text, html, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            message.id,
            serde_json::to_string(&message.to)?,
            message.from,
            message.subject,
            message.text,
            message.html,
            message.at
        ])?;
        let newest = connection.last_insert_rowid();
        connection.prepare_cached("DELETE FROM message WHERE number <= ?1")?.execute([newest - KEPT])?;
        Ok(())
    }

    /// The newest `limit` messages, oldest of them first.
    pub(super) fn list(&self, to: Option<&str>, limit: usize) -> Result<Vec<Message>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT id, recipients, sender, subject, text, html, at FROM
                (SELECT * FROM message
                 WHERE ?1 IS NULL OR EXISTS (SELECT 1 FROM json_each(recipients) WHERE lower(value) = lower(?1))
                 ORDER BY number DESC LIMIT ?2)
             ORDER BY number",
        )?;
        let messages = statement.query_map(params![to, limit], read)?;
        Ok(messages.collect::<rusqlite::Result<_>>()?)
    }

    pub(super) fn count(&self) -> Result<usize> {
        let count: i64 = self.connection().query_row("SELECT count(*) FROM message", [], |row| row.get(0))?;
        Ok(usize::try_from(count)?)
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic in between leaves no half statement behind.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Message> {
    let recipients: String = row.get(1)?;
    Ok(Message {
        id: row.get(0)?,
        to: serde_json::from_str(&recipients).unwrap_or_default(),
        from: row.get(2)?,
        subject: row.get(3)?,
        text: row.get(4)?,
        html: row.get(5)?,
        at: row.get(6)?,
    })
}
