//! What a local system is told at its start.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use shared::{
    clock::{Clock, SystemClock},
    random::{Random, SystemRandom},
};

use crate::{data_dir::DataDir, guard::Access, template::find_in_project};

/// How to start. [`Options::default`] is a system as `cargo run` starts it; [`Options::for_tests`] one of its own.
pub struct Options {
    /// The template.
    pub template: PathBuf,
    /// The folder of the pages.
    pub web: PathBuf,
    /// Where data is kept.
    pub data: Data,
    /// The loopback port to listen on; 0 takes a free one.
    pub port: u16,
    /// The public origin, where it is not `http://localhost:port`.
    pub base_url: Option<String>,
    /// The address mail comes from.
    pub mail_from: String,
    /// A table engine that runs elsewhere; none starts the embedded one.
    pub dynamodb_endpoint: Option<String>,
    /// The table's name, where it is not the template's: on an engine that several systems share.
    pub table: Option<String>,
    /// How many times slower than AWS the machine or that engine is: the time limits of the functions, and of their calls of the
    /// table and the mail service, are so many times longer. At least 1.
    pub slowness: u32,
    /// What the functions reach the table through, where that is not the engine itself (a proxy between).
    pub functions_dynamodb_endpoint: Option<String>,
    /// A mail service that runs elsewhere; none starts the local mailbox.
    pub ses_endpoint: Option<String>,
    /// An event bus that runs elsewhere; none starts the local one.
    pub eventbridge_endpoint: Option<String>,
    /// What the services of AWS are shown, and what those that are started here ask for. None makes a key for these, and shows
    /// the environment's to those elsewhere.
    pub access: Option<Access>,
    /// The functions' environment beyond the template's; goes before it.
    pub environment: BTreeMap<String, String>,
    /// Tells the functions the time.
    pub clock: Arc<dyn Clock>,
    /// Gives the functions random bytes.
    pub random: Arc<dyn Random>,
    /// The organization to create when the table is empty.
    pub organization: Option<FirstOrganization>,
    /// Whether the table's stream is fed to the functions.
    pub streams: bool,
    /// Whether what goes by the machine's clock runs by itself: the schedules, which can be run by hand in any case, and the
    /// deleting of what has expired.
    pub schedules: bool,
}

/// Where data is kept.
#[derive(Debug, Clone)]
pub enum Data {
    /// In this folder.
    Folder(PathBuf),
    /// In this folder, which the caller holds already and goes on holding.
    Held(DataDir),
    /// In a folder that is removed in the end.
    Temporary,
}

/// The organization that the first start creates.
#[derive(Debug, Clone)]
pub struct FirstOrganization {
    /// Its name.
    pub name: String,
    /// Its first admin's name.
    pub admin_name: String,
    /// Its first admin's address.
    pub admin_email: String,
    /// Its time zone, as the IANA names it.
    pub time_zone: String,
}

impl Default for FirstOrganization {
    fn default() -> Self {
        Self {
            name: "Demo".to_owned(),
            admin_name: "Demo Admin".to_owned(),
            admin_email: "admin@example.com".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            template: find_in_project("template.yaml"),
            web: find_in_project("web"),
            data: Data::Folder(PathBuf::from(".local")),
            port: 3000,
            base_url: None,
            mail_from: "access-links@example.com".to_owned(),
            dynamodb_endpoint: None,
            table: None,
            slowness: 1,
            functions_dynamodb_endpoint: None,
            ses_endpoint: None,
            eventbridge_endpoint: None,
            access: None,
            environment: BTreeMap::new(),
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
            organization: Some(FirstOrganization::default()),
            streams: true,
            schedules: true,
        }
    }
}

impl Options {
    /// A system that shares nothing with another: a free port, temporary data, no organization, and schedules that run
    /// only when told.
    #[must_use]
    pub fn for_tests() -> Self {
        Self { data: Data::Temporary, port: 0, organization: None, schedules: false, ..Self::default() }
    }
}
