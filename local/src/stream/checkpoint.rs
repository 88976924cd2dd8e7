//! How far a stream was read, kept in a file.

use std::{collections::BTreeMap, path::PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    stream: String,
    shards: BTreeMap<String, Position>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Position {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    after: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    finished: bool,
}

/// The positions in one stream.
pub(super) struct Checkpoint {
    file: PathBuf,
    kept: Kept,
}

impl Checkpoint {
    /// Reads the file; of another stream's positions nothing is taken over.
    pub(super) fn read(file: PathBuf, stream: &str) -> Result<Self> {
        let fresh = || Kept { stream: stream.to_owned(), shards: BTreeMap::new() };
        let kept = match std::fs::read(&file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => fresh(),
            Err(error) => return Err(error).with_context(|| format!("can't read {}", file.display())),
            Ok(bytes) => {
                let kept: Kept = serde_json::from_slice(&bytes).with_context(|| {
                    format!("{} is damaged; remove it to read the stream from its start", file.display())
                })?;
                if kept.stream == stream { kept } else { fresh() }
            }
        };
        Ok(Self { file, kept })
    }

    pub(super) fn sequence(&self, shard: &str) -> Option<&str> {
        self.kept.shards.get(shard).and_then(|position| position.after.as_deref())
    }

    pub(super) fn is_finished(&self, shard: &str) -> bool {
        self.kept.shards.get(shard).is_some_and(|position| position.finished)
    }

    pub(super) fn reached(&mut self, shard: &str, sequence: &str) -> Result<()> {
        self.kept.shards.entry(shard.to_owned()).or_default().after = Some(sequence.to_owned());
        self.write()
    }

    pub(super) fn finished(&mut self, shard: &str) -> Result<()> {
        self.kept.shards.entry(shard.to_owned()).or_default().finished = true;
        self.write()
    }

    /// Written aside and moved into place, so that a process killed here leaves the old or the new one.
    fn write(&self) -> Result<()> {
        let aside = self.file.with_extension("new");
        std::fs::write(&aside, serde_json::to_vec(&self.kept)?)
            .and_then(|()| std::fs::rename(&aside, &self.file))
            .with_context(|| format!("can't write {}", self.file.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restart_goes_on_where_reading_stood() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("stream.json");
        let mut checkpoint = Checkpoint::read(file.clone(), "one").unwrap();
        checkpoint.reached("a", "5").unwrap();
        checkpoint.finished("b").unwrap();
        let again = Checkpoint::read(file.clone(), "one").unwrap();
        assert_eq!((again.sequence("a"), again.is_finished("a"), again.is_finished("b")), (Some("5"), false, true));
        assert_eq!(Checkpoint::read(file.clone(), "two").unwrap().sequence("a"), None);
        std::fs::write(&file, "{").unwrap();
        assert!(Checkpoint::read(file, "one").is_err());
    }
}
