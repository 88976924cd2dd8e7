//! The figures of `docs/PERFORMANCE.md`: each is a count, or a ratio measured in one run.
//!
//! `cargo bench -p tests` prints them; `cargo bench -p tests -- --write` keeps them in the document as well. The burst is
//! scaled down in time, not in rate, so that all of it takes about a minute; `--full` runs it whole. `--only NAME` runs
//! one part: `operations`, `start`, `throughput`, `burst`, `ranks` or `search`.

mod burst;
mod jobs;
mod operations;
mod quiet;
mod ranks;
mod report;
mod search;
mod start;
mod throughput;

use std::process::ExitCode;

use report::Section;

/// What the command line asks for.
#[derive(Debug, Default)]
struct Arguments {
    write: bool,
    full: bool,
    only: Option<String>,
}

fn arguments() -> Result<Arguments, String> {
    let mut arguments = Arguments::default();
    let mut given = std::env::args().skip(1);
    while let Some(argument) = given.next() {
        match argument.as_str() {
            // cargo says this to every benchmark.
            "--bench" => {}
            "--write" => arguments.write = true,
            "--full" => arguments.full = true,
            "--only" => arguments.only = Some(given.next().ok_or("--only needs the name of a part")?),
            other => return Err(format!("{other}: expected --write, --full or --only NAME")),
        }
    }
    Ok(arguments)
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> anyhow::Result<()> {
    let arguments = arguments().map_err(anyhow::Error::msg)?;
    let wanted = |name: &str| arguments.only.as_deref().is_none_or(|only| only == name);
    let mut sections: Vec<Section> = Vec::new();
    if wanted("operations") {
        sections.push(operations::measure().await);
    }
    if wanted("start") {
        sections.push(start::measure().await?);
    }
    if wanted("throughput") {
        sections.push(throughput::measure().await?);
    }
    if wanted("burst") {
        sections.push(burst::measure(arguments.full).await?);
    }
    if wanted("ranks") {
        sections.push(ranks::measure().await);
    }
    if wanted("search") {
        sections.push(search::measure().await?);
    }
    for section in &sections {
        println!("{section}");
        if arguments.write {
            report::keep(section)?;
        }
    }
    Ok(())
}
