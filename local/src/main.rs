//! Starts the whole system on this machine: `cargo run`.

mod arguments;
mod organization_command;

use std::{io::Write, process::ExitCode, time::Instant};

use anyhow::Result;
use arguments::{Arguments, Command};
use clap::Parser;
use local::{Data, Running, System, demo};

/// What is logged unless `RUST_LOG` says otherwise.
const LOG: &str = "warn,dynoxide=off,local=info";

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| LOG.into());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_filter_reloading();
    let handle = log.reload_handle();
    log.init();
    // What the people of the demo do is told by its progress, not line by line.
    let quietly = |quiet: bool| {
        if std::env::var_os("RUST_LOG").is_none() {
            let _ = handle.reload(if quiet { "error,dynoxide=off" } else { LOG });
        }
    };
    // Two threads keep it small; a laptop's own load is not more.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(run(arguments, &quietly)),
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

async fn run(mut arguments: Arguments, quietly: &dyn Fn(bool)) -> Result<()> {
    if let Some(Command::Organization(act)) = arguments.command.take() {
        let (answer, next) = act.run().await?;
        say(&serde_json::to_string_pretty(&answer)?);
        next.iter().for_each(|next| eprintln!("{next}"));
        return Ok(());
    }
    arguments.check()?;
    let is_demo = arguments.demo;
    let end = told_to_end();
    tokio::pin!(end);
    let running = tokio::select! {
        started = start(arguments, quietly) => started?,
        () = &mut end => return Ok(()),
    };
    say(&format!("Access links: {}", running.base_url));
    say(&format!("Emails:       {}/dev/mail", running.base_url));
    say(&format!("Events:       {}/dev/events", running.base_url));
    say(&format!("Table:        {} at {}", running.table, running.dynamodb_endpoint));
    say("To run a single function, set this in another terminal first:");
    running.exports().lines().for_each(say);
    say("Press Ctrl-C to stop. The data is kept.");
    tokio::select! {
        () = announce(&running, is_demo) => end.await,
        () = &mut end => {}
    }
    running.shutdown().await;
    Ok(())
}

async fn start(arguments: Arguments, quietly: &dyn Fn(bool)) -> Result<Running> {
    let (folder, is_demo) = (arguments.folder(), arguments.demo);
    let mut options = arguments.options();
    if is_demo {
        let began = Instant::now();
        let mut beats = 0;
        quietly(true);
        let data = demo::prepare(&folder, &options, demo::SEED, |total| {
            eprintln!("Creating six weeks of demo data. This happens once and takes about a minute.");
            beats = total;
            demo::Shown::new(total)
        })
        .await;
        quietly(false);
        options.data = Data::Held(data?);
        if beats > 0 {
            eprintln!("The demo data is ready after {} s.", began.elapsed().as_secs());
        }
    } else {
        demo::refuse_half_filled(&folder)?;
    }
    System::start(options, functions::operations::ALL).await
}

/// A line for whoever watches; that nobody does is no reason to end.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Says how the first admin signs in, once the mail is there.
async fn announce(running: &Running, is_demo: bool) {
    let link = if is_demo { demo::login_link(running).await.map(Some) } else { running.first_login_link().await };
    match link {
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
