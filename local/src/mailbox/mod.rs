//! The local mailbox: takes mail as SES does and shows every message, to people and to scripts.

mod pages;
mod ses;
mod simulator;
mod store;

use std::{sync::Arc, time::Duration};

use anyhow::Result;
use serde::Serialize;
use tokio::sync::Notify;

use crate::{
    bus::{self, Publisher},
    data_dir::DataDir,
};
use store::Store;

pub(crate) use pages::show;
pub(crate) use ses::serve;

/// The mailbox. Cloning is cheap: all clones show the same messages.
#[derive(Clone)]
pub struct Mailbox {
    store: Arc<Store>,
    arrived: Arc<Notify>,
}

/// One message as it was handed to SES.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// The id the sender was told.
    pub id: String,
    /// Everybody it is for.
    pub to: Vec<String>,
    /// Who it is from.
    pub from: String,
    /// Its subject.
    pub subject: String,
    /// The plain part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// When it arrived, as RFC 3339.
    pub at: String,
}

impl Mailbox {
    /// The mailbox of a data folder, with what arrived before.
    ///
    /// # Errors
    /// When its file is not ours, of another format, damaged or can't be written.
    pub fn open(data: &DataDir) -> Result<Self> {
        Ok(Self { store: Arc::new(Store::open(&data.file("mailbox.sqlite"))?), arrived: Arc::new(Notify::new()) })
    }

    /// Every message that is kept, oldest first; those to one address when it is given.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn messages(&self, to: Option<&str>) -> Result<Vec<Message>> {
        self.store.list(to, usize::MAX)
    }

    /// How many messages are kept.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn count(&self) -> Result<usize> {
        self.store.count()
    }

    /// Waits until at least `count` messages to `address` are there and gives them, oldest first; after `patience`,
    /// gives what there is.
    ///
    /// # Errors
    /// When the file can't be read.
    pub async fn wait_for(&self, address: &str, count: usize, patience: Duration) -> Result<Vec<Message>> {
        let deadline = tokio::time::Instant::now() + patience;
        loop {
            let arrived = self.arrived.notified();
            tokio::pin!(arrived);
            arrived.as_mut().enable();
            let messages = self.messages(Some(address))?;
            if messages.len() >= count || tokio::time::timeout_at(deadline, arrived).await.is_err() {
                return Ok(messages);
            }
        }
    }

    /// Takes a message in, and says what became of it where its address is one of the simulator's.
    fn add(&self, message: &Message, tags: &[(String, String)], events: &Publisher) -> Result<()> {
        self.store.add(message)?;
        self.arrived.notify_waiters();
        for event in message.to.iter().filter_map(|to| simulator::event(message, to, tags)) {
            events.put(bus::DEFAULT, event);
        }
        Ok(())
    }
}

impl Message {
    /// The first link of the plain part.
    #[must_use]
    pub fn first_link(&self) -> Option<&str> {
        pages::links(&self.text).next().map(|(_, link, _)| link)
    }
}
