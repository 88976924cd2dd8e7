//! `access-links organization …`: the arguments of what an operator does with organizations.

use anyhow::Result;
use clap::{Args, Subcommand};
use local::operator::{self, Where};
use serde_json::{Map, Value, json};

/// What is done with organizations.
#[derive(Subcommand)]
pub enum Organization {
    /// List all organizations, oldest first
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Create an organization and email its first admin a sign-in link
    Create {
        /// Name of the organization
        #[arg(long)]
        name: String,
        /// Name of its first admin
        #[arg(long)]
        admin_name: String,
        /// Email address of its first admin
        #[arg(long)]
        admin_email: String,
        /// Time zone of the organization, such as Europe/Berlin
        #[arg(long)]
        time_zone: String,
        /// Language of its emails: en, de, es or pl
        #[arg(long)]
        language: Option<String>,
        /// Support contact named in every email: an email address or an https address
        #[arg(long)]
        support_contact: Option<String>,
        /// Text without spaces or commas that tells it from another organization of that name with the same first admin
        #[arg(long)]
        key: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Close an organization: its links stop working and its people lose access; after 90 days they are erased
    Close {
        /// ID of the organization, as shown by `organization list`
        id: String,
        /// Name of the organization, to confirm that it is the right one
        #[arg(long)]
        name: String,
        #[command(flatten)]
        place: Place,
    },
    /// Index the members who were added before there was an index by name and address
    Index {
        /// ID of the organization, as shown by `organization list`
        id: String,
        #[command(flatten)]
        place: Place,
    },
}

/// Where the system is.
#[derive(Args)]
pub struct Place {
    /// Loopback port of the system on this machine
    #[arg(long, env = "PORT", default_value_t = 3000)]
    port: u16,
    /// Name of a stack on AWS to use instead, through the AWS CLI
    #[arg(long)]
    stack: Option<String>,
    /// Region of the stack [default: the AWS CLI's region]
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
                        "This organization already exists; nothing was changed. To create another one with this name and \
                         first admin, add a --key."
                            .to_owned()
                    }
                    (true, Where::Here(port)) => {
                        format!("The sign-in link for {admin_email} is at http://localhost:{port}/dev/mail")
                    }
                    (true, Where::Stack { .. }) => {
                        format!("{admin_email} will get an email with a sign-in link, valid for 24 hours.")
                    }
                };
                Ok((answer, Some(next)))
            }
            Self::Close { id, name, place } => {
                let fields = [("organization_id", Some(id)), ("name", Some(name))];
                let answer = operator::call(&place.find(), "close-organization", &event(fields)).await?;
                let next = (answer["state"] == "closing").then(|| {
                    "Closing continues in the background; `organization list` shows when it is done.".to_owned()
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
