//! The embedded table engine: dynoxide on a file, served on loopback, reached by the SDK like any other DynamoDB.

mod server;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, anyhow};
use dynoxide::{Database, storage_backend::sql_builders::SCHEMA_VERSION};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle, time::Instant};

pub use server::serve;

use crate::{
    data_dir::DataDir,
    guard::Access,
    sqlite::{self, Mark},
};

/// "ALtb": the application id in the header of the table's file.
const APPLICATION: i32 = 0x414c_7462;
/// Raised when what the system keeps in the table changes so that older items no longer fit.
const FORMAT: i32 = 2;
const FILE: &str = "table.sqlite";

/// DynamoDB keeps stream records for 24 hours.
const STREAM_RETENTION: Duration = Duration::from_secs(24 * 60 * 60);

/// A running engine.
pub struct Engine {
    endpoint: String,
    database: Database,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
    keeper: Option<JoinHandle<()>>,
    _data: DataDir,
}

impl Engine {
    /// Opens the table's file in a data folder, making it if it is not there, and serves it to those who show `access`. Where it `tidies`, what has
    /// expired by the machine's clock is deleted from time to time.
    ///
    /// # Errors
    /// When the file is not ours, of another format or damaged, or no port is free.
    pub async fn start(data: &DataDir, tidies: bool, access: &Access) -> Result<Self> {
        let path = data.file(FILE);
        let version = FORMAT * 1000 + i32::try_from(SCHEMA_VERSION)?;
        sqlite::prepare(&path, &Mark { application: APPLICATION, version })?;
        let shown = path.display().to_string();
        let text = path.to_str().with_context(|| format!("the path {shown} is not UTF-8"))?;
        let database = Database::new(text).map_err(|error| anyhow!("can't open {shown}: {error}"))?;
        // Beside its name this sets the write-ahead log to be synced at checkpoints only: what a killed process had
        // written stays, and a commit does not wait for the disk.
        database.disable_bulk_loading().map_err(|error| anyhow!("can't set up {shown}: {error}"))?;
        tend_stream_records(&path).with_context(|| format!("can't set up {shown}"))?;

        let listener = TcpListener::bind(("127.0.0.1", 0)).await.context("no free port on 127.0.0.1 for the table")?;
        let endpoint = format!("http://{}", listener.local_addr()?);
        let (stop, stopped) = oneshot::channel::<()>();
        let (kept, served, access) = (database.clone(), database.clone(), access.clone());
        let server = tokio::spawn(async move {
            let stopped = async move { drop(stopped.await) };
            if let Err(error) = serve(listener, served, access, stopped).await {
                tracing::error!(%error, "the table engine stopped");
            }
        });
        let keeper = tidies.then(|| tokio::spawn(keep_tidy(kept, path)));
        Ok(Self { endpoint, database, stop: Some(stop), server, keeper, _data: data.clone() })
    }

    /// An engine of its own, gone with its data when it is stopped.
    ///
    /// # Errors
    /// As [`Engine::start`].
    pub async fn start_temporary(access: &Access) -> Result<Self> {
        Self::start(&DataDir::temporary()?, true, access).await
    }

    /// Where the SDK reaches it.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The database itself, past the server.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Lets running requests finish, for a moment, and closes the file.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if tokio::time::timeout(Duration::from_secs(2), &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.keeper.iter().for_each(JoinHandle::abort);
    }
}

/// Does from time to time what DynamoDB does unasked: deletes what has expired, and forgets old stream records.
async fn keep_tidy(database: Database, path: PathBuf) {
    let mut hourly = tokio::time::interval_at(Instant::now() + Duration::from_secs(60), Duration::from_secs(60 * 60));
    loop {
        hourly.tick().await;
        let (database, path) = (database.clone(), path.clone());
        let tidied = tokio::task::spawn_blocking(move || {
            database.sweep_ttl().map_err(|error| anyhow!("{error}"))?;
            tend_stream_records(&path)
        });
        if let Ok(Err(error)) = tidied.await {
            tracing::warn!("the table's file can't be tidied: {error:#}");
        }
    }
}

/// The engine looks for the last sequence number at each write and for the next records at each read, by a walk over
/// every record it ever wrote, and never drops one. An index makes both a step, and what DynamoDB itself would have
/// dropped by now is dropped.
fn tend_stream_records(path: &Path) -> Result<()> {
    let connection = sqlite::open(path)?;
    connection.execute_batch(
        "CREATE INDEX IF NOT EXISTS access_links_stream_end
            ON _stream_records (table_name, CAST(sequence_number AS INTEGER), shard_id);
         CREATE INDEX IF NOT EXISTS access_links_stream_age ON _stream_records (created_at);",
    )?;
    let oldest = chrono::Utc::now().timestamp() - i64::try_from(STREAM_RETENTION.as_secs())?;
    connection.execute("DELETE FROM _stream_records WHERE created_at < ?1", [oldest])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_engines_own_queries_use_the_index() {
        let data = DataDir::temporary().unwrap();
        let engine = Engine::start(&data, true, &Access::generate()).await.unwrap();
        let connection = sqlite::open(&data.file(FILE)).unwrap();
        for query in [
            "SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = 'x'",
            "SELECT event_name FROM _stream_records WHERE table_name = 'x' AND shard_id = 's' \
             AND CAST(sequence_number AS INTEGER) > 5 ORDER BY CAST(sequence_number AS INTEGER) ASC LIMIT 3",
            "SELECT MIN(CAST(sequence_number AS INTEGER)), MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records \
             WHERE table_name = 'x' AND shard_id = 's'",
        ] {
            let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {query}")).unwrap();
            let plan: Vec<String> = statement.query_map([], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
            assert!(plan.join(";").contains("access_links_stream_end"), "{plan:?}");
            assert!(!plan.join(";").contains("TEMP B-TREE"), "{plan:?}");
        }
        engine.stop().await;
    }
}
