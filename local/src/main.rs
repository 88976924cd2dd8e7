//! Starts the whole system on this machine: `cargo run`.

use std::{io::Write, path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::Parser;
use local::{Data, FirstOrganization, Options, Running, System, template::find_in_project};

/// Access links, the whole system on this machine.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// Loopback port to listen on; 0 takes a free one
    #[arg(long, env = "PORT", default_value_t = 3000)]
    port: u16,
    /// Folder that keeps the data
    #[arg(long, default_value = ".local")]
    data_dir: PathBuf,
    /// The template that describes the system [default: the project's template.yaml]
    #[arg(long)]
    template: Option<PathBuf>,
    /// Folder of the pages [default: the project's web]
    #[arg(long)]
    web: Option<PathBuf>,
    /// Public origin that links start with [default: http://localhost:PORT]
    #[arg(long)]
    base_url: Option<String>,
    /// Address that mail comes from
    #[arg(long, default_value = "access-links@example.com")]
    mail_from: String,
    /// Another table engine (DynamoDB Local, moto, LocalStack, AWS) instead of the embedded one
    #[arg(long)]
    dynamodb_endpoint: Option<String>,
    /// Another mail service instead of the local mailbox
    #[arg(long)]
    ses_endpoint: Option<String>,
    /// Another event bus instead of the local one
    #[arg(long)]
    eventbridge_endpoint: Option<String>,
    /// Another value for a setting of the functions: RESERVATION_HOURS=1
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = setting)]
    settings: Vec<(String, String)>,
    /// Name of the organization that the first start creates
    #[arg(long, default_value = "Demo")]
    organization: String,
    /// Name of its first admin
    #[arg(long, default_value = "Demo Admin")]
    admin_name: String,
    /// Address of its first admin
    #[arg(long, default_value = "admin@example.com")]
    admin_email: String,
    /// Its time zone
    #[arg(long, default_value = "Europe/Berlin")]
    time_zone: String,
}

impl Arguments {
    fn options(self) -> Options {
        Options {
            template: self.template.unwrap_or_else(|| find_in_project("template.yaml")),
            web: self.web.unwrap_or_else(|| find_in_project("web")),
            data: Data::Folder(self.data_dir),
            port: self.port,
            base_url: self.base_url.map(|url| url.trim_end_matches('/').to_owned()),
            mail_from: self.mail_from,
            dynamodb_endpoint: self.dynamodb_endpoint,
            ses_endpoint: self.ses_endpoint,
            eventbridge_endpoint: self.eventbridge_endpoint,
            environment: self.settings.into_iter().collect(),
            organization: Some(FirstOrganization {
                name: self.organization,
                admin_name: self.admin_name,
                admin_email: self.admin_email,
                time_zone: self.time_zone,
            }),
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

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter =
        tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn,dynoxide=off,local=info".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    // Two threads keep it small; a laptop's own load is not more.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(run(arguments.options())),
        Err(error) => Err(error.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}", format!("{error:#}").replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<()> {
    let end = told_to_end();
    tokio::pin!(end);
    let running = tokio::select! {
        started = System::start(options, functions::operations::ALL) => started?,
        () = &mut end => return Ok(()),
    };
    say(&format!("Access links: {}", running.base_url));
    say(&format!("Mail:         {}/dev/mail", running.base_url));
    say(&format!("Events:       {}/dev/events", running.base_url));
    say(&format!("Table:        {} at {}", running.table, running.dynamodb_endpoint));
    say("Ctrl-C stops it; the data stays.");
    tokio::select! {
        () = announce(&running) => end.await,
        () = &mut end => {}
    }
    running.shutdown().await;
    Ok(())
}

/// A line for whoever watches; that nobody does is no reason to end.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Says how the first admin signs in, once the mail is there.
async fn announce(running: &Running) {
    match running.first_login_link().await {
        Ok(Some(link)) => say(&format!("First admin:  {link}")),
        Ok(None) => {}
        Err(error) => eprintln!("warning: {error:#}"),
    }
}

/// Comes back on Ctrl-C, or when the process is asked to end.
async fn told_to_end() {
    #[cfg(unix)]
    let asked = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut asked) => drop(asked.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let asked = std::future::pending::<()>();
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = asked => {}
    }
}
