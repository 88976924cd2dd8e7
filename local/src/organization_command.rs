//! `access-links organization …`: the arguments of what an operator does with organizations.

use anyhow::Result;
use clap::{Args, Subcommand};
use local::operator::{self, Where};
use serde_json::{Map, Value, json};

/// What is done with organizations.
#[derive(Subcommand)]
pub enum Organization {
    /// Lists all organizations, the oldest first
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Creates an organization, whose first admin is mailed a login link
    Create {
        /// Its name
        #[arg(long)]
        name: String,
        /// Name of its first admin
        #[arg(long)]
        admin_name: String,
        /// Address of its first admin
        #[arg(long)]
        admin_email: String,
        /// Its time zone, such as Europe/Berlin
        #[arg(long)]
        time_zone: String,
        /// Language of its mails: en, de, es or pl
        #[arg(long)]
        language: Option<String>,
        /// An e-mail address or an https address that every mail names
        #[arg(long)]
        support_contact: Option<String>,
        /// Tells it from another one of the same name with the same first admin
        #[arg(long)]
        key: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Closes an organization: its links are dead and its people out; after 90 days they are erased
    Close {
        /// Its id, as `organization list` shows it
        id: String,
        /// Its name, so that no other one is closed by a slip
        #[arg(long)]
        name: String,
        #[command(flatten)]
        place: Place,
    },
    /// Has the members of an organization indexed who came before there was the index by name and address
    Index {
        /// Its id, as `organization list` shows it
        id: String,
        #[command(flatten)]
        place: Place,
    },
}

/// Where the system is.
#[derive(Args)]
pub struct Place {
    /// Loopback port of the system that runs on this machine
    #[arg(long, env = "PORT", default_value_t = 3000)]
    port: u16,
    /// A stack on AWS instead, reached with the AWS CLI
    #[arg(long)]
    stack: Option<String>,
    /// Its region, where it is not the AWS CLI's own
    #[arg(long, requires = "stack")]
    region: Option<String>,
}

impl Place {
    fn find(self) -> Where {
        match self.stack {
            Some(name) => Where::Stack { name, region: self.region },
            None => Where::Here(self.port),
        }
    }
}

impl Organization {
    /// Does it. Gives the answer, and a sentence on what comes next, if there is something to say.
    pub async fn run(self) -> Result<(Value, Option<String>)> {
        match self {
            Self::List { place } => list(&place.find()).await,
            Self::Create { name, admin_name, admin_email, time_zone, language, support_contact, key, place } => {
                let place = place.find();
                let fields = [
                    ("name", Some(name)),
                    ("admin_name", Some(admin_name)),
                    ("admin_email", Some(admin_email.clone())),
                    ("time_zone", Some(time_zone)),
                    ("language", language),
                    ("support_contact", support_contact),
                    ("key", key),
                ];
                let answer = operator::call(&place, "create-organization", &event(fields)).await?;
                let next = match (answer["created"] == true, &place) {
                    (false, _) => {
                        "It was there before; nothing was changed. For another one of that name give a --key."
                            .to_owned()
                    }
                    (true, Where::Here(port)) => {
                        format!("The login link for {admin_email} is at http://localhost:{port}/dev/mail")
                    }
                    (true, Where::Stack { .. }) => format!("{admin_email} is mailed a login link, good for 24 hours."),
                };
                Ok((answer, Some(next)))
            }
            Self::Close { id, name, place } => {
                let fields = [("organization_id", Some(id)), ("name", Some(name))];
                let answer = operator::call(&place.find(), "close-organization", &event(fields)).await?;
                let next = (answer["state"] == "closing").then(|| {
                    "Sweeps go on with it, every five minutes; `organization list` shows when it is closed.".to_owned()
                });
                Ok((answer, next))
            }
            Self::Index { id, place } => index(&place.find(), id).await,
        }
    }
}

fn event<const N: usize>(fields: [(&str, Option<String>); N]) -> Value {
    let given = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), Value::String(value?))));
    Value::Object(given.collect())
}

/// Call after call, until all of its members are indexed.
async fn index(place: &Where, id: String) -> Result<(Value, Option<String>)> {
    let mut event = Map::from_iter([("organization_id".to_owned(), Value::String(id))]);
    let mut indexed = 0;
    loop {
        let mut page = operator::call(place, "index-members", &Value::Object(event.clone())).await?;
        indexed += page["indexed"].as_u64().unwrap_or_default();
        match page["next"].take() {
            Value::Null => return Ok((json!({"indexed": indexed}), None)),
            next => drop(event.insert("after".to_owned(), next)),
        }
    }
}

/// All of them, page by page.
async fn list(place: &Where) -> Result<(Value, Option<String>)> {
    let mut organizations = Vec::new();
    let mut event = Map::new();
    loop {
        let mut page = operator::call(place, "list-organizations", &Value::Object(event.clone())).await?;
        organizations.extend(page["organizations"].as_array().cloned().unwrap_or_default());
        match page["next"].take() {
            Value::Null => return Ok((Value::Array(organizations), None)),
            next => drop(event.insert("after".to_owned(), next)),
        }
    }
}
