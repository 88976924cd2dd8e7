//! What the program is told.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Parser, Subcommand};
use local::{Data, FirstOrganization, Options, demo, template::find_in_project};

use crate::organization_command::Organization;

/// Run the whole access links system on this machine.
#[derive(Parser)]
#[command(version, about, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Loopback port to listen on; 0 picks a free one
    #[arg(long, env = "PORT", default_value_t = 3000)]
    port: u16,
    /// Fill an empty data folder with a demo organization and six weeks of its data, and start with that
    #[arg(long, conflicts_with_all = ["organization", "admin_name", "admin_email", "time_zone"])]
    pub demo: bool,
    /// Folder for the data [default: .local, or .local-demo with --demo]
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// SAM template that describes the system [default: the project's template.yaml]
    #[arg(long)]
    template: Option<PathBuf>,
    /// Folder with the web pages [default: the project's web folder]
    #[arg(long)]
    web: Option<PathBuf>,
    /// Public origin that links start with [default: http://localhost:PORT]
    #[arg(long)]
    base_url: Option<String>,
    /// Sender address of all emails
    #[arg(long, default_value = "access-links@example.com")]
    mail_from: String,
    /// Endpoint of a table engine (DynamoDB Local, moto, LocalStack, AWS) to use instead of the embedded one
    #[arg(long)]
    dynamodb_endpoint: Option<String>,
    /// Endpoint of an email service to use instead of the local mailbox
    #[arg(long)]
    ses_endpoint: Option<String>,
    /// Endpoint of an event bus to use instead of the local one
    #[arg(long)]
    eventbridge_endpoint: Option<String>,
    /// Override a setting of the functions, such as RESERVATION_HOURS=1
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = setting)]
    settings: Vec<(String, String)>,
    /// Name of the organization to create on the first start
    #[arg(long, default_value = "Demo")]
    organization: String,
    /// Name of its first admin
    #[arg(long, default_value = "Demo Admin")]
    admin_name: String,
    /// Email address of its first admin
    #[arg(long, default_value = "admin@example.com")]
    admin_email: String,
    /// Time zone of the organization
    #[arg(long, default_value = "Europe/Berlin")]
    time_zone: String,
}

/// What to do instead of starting the system.
#[derive(Subcommand)]
pub enum Command {
    /// List, create, close or index organizations, on this machine or on AWS
    #[command(subcommand)]
    Organization(Organization),
}

impl Arguments {
    /// The folder that keeps the data.
    pub fn folder(&self) -> PathBuf {
        let default = if self.demo { demo::FOLDER } else { ".local" };
        self.data_dir.clone().unwrap_or_else(|| default.into())
    }

    /// The demo's people are made up, and nobody elsewhere is to hear of them.
    pub fn check(&self) -> Result<()> {
        let elsewhere = [
            ("--dynamodb-endpoint", &self.dynamodb_endpoint),
            ("--ses-endpoint", &self.ses_endpoint),
            ("--eventbridge-endpoint", &self.eventbridge_endpoint),
        ];
        match elsewhere.into_iter().find(|(_, endpoint)| self.demo && endpoint.is_some()) {
            Some((name, _)) => bail!("--demo can't be used with {name}: the demo stays on this machine"),
            None => Ok(()),
        }
    }

    /// How to start.
    pub fn options(self) -> Options {
        let data = Data::Folder(self.folder());
        let organization = FirstOrganization {
            name: self.organization,
            admin_name: self.admin_name,
            admin_email: self.admin_email,
            time_zone: self.time_zone,
        };
        Options {
            template: self.template.unwrap_or_else(|| find_in_project("template.yaml")),
            web: self.web.unwrap_or_else(|| find_in_project("web")),
            data,
            port: self.port,
            base_url: self.base_url.map(|url| url.trim_end_matches('/').to_owned()),
            mail_from: self.mail_from,
            dynamodb_endpoint: self.dynamodb_endpoint,
            ses_endpoint: self.ses_endpoint,
            eventbridge_endpoint: self.eventbridge_endpoint,
            environment: self.settings.into_iter().collect(),
            organization: Some(if self.demo { demo::organization() } else { organization }),
            ..Options::default()
        }
    }
}

fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected NAME=VALUE".to_owned()),
    }
}
