//! The built local system: from exec to the first answer that came through gateway, function and table, and the memory it
//! takes when nobody asks anything.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tests::http::Client;

use crate::report::{Section, progress};

/// The project's folder.
const PROJECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
/// Starts of each kind.
const RUNS: usize = 7;
/// After how long it is taken to be idle.
const SETTLED: Duration = Duration::from_secs(5);
/// How long a start may take before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// Builds `access-links` as `cargo run` does, and starts it over and over.
pub async fn measure() -> Result<Section> {
    progress("start: building access-links as `cargo run` does");
    let binary = build()?;
    let mut fresh = Vec::new();
    let mut existing = Vec::new();
    let mut memory = 0;
    for run in 1..=RUNS {
        progress(&format!("start: run {run} of {RUNS}"));
        let folder = tempfile::tempdir()?;
        let (mut first, took) = start(&binary, folder.path()).await?;
        fresh.push(took);
        end(&mut first)?;
        let (mut second, took) = start(&binary, folder.path()).await?;
        existing.push(took);
        if run == RUNS {
            tokio::time::sleep(SETTLED).await;
            memory = resident_kib(second.id())?;
        }
        end(&mut second)?;
    }
    let ms = |took: Duration| format!("{} ms", took.as_millis());
    let row = |what: &str, mut times: Vec<Duration>| {
        times.sort_unstable();
        let (least, most) = (times[0], times[times.len() - 1]);
        vec![what.to_owned(), ms(times[times.len() / 2]), format!("{} to {}", ms(least), ms(most)), "300 ms".to_owned()]
    };
    let mib = |kib: u64| format!("{}.{} MB", kib / 1024, kib % 1024 * 10 / 1024);
    Ok(Section {
        name: "start",
        columns: vec!["Figure", "Median", "Range", "Promise"],
        rows: vec![
            row("exec to first answer, fresh data folder", fresh),
            row("exec to first answer, existing data folder", existing),
            vec!["resident memory, idle for 5 s".to_owned(), mib(memory), "–".to_owned(), "60 MB".to_owned()],
        ],
        note: format!(
            "{RUNS} starts of each kind, of the binary that `cargo run` builds. The answer is the 404 of \
             `GET /v1/join/{{code}}` for an unknown code: it has gone through gateway, function, SDK and table."
        ),
    })
}

fn build() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--package", "local", "--bin", "access-links", "--message-format=json-render-diagnostics"])
        .current_dir(PROJECT)
        .stderr(Stdio::inherit())
        .output()?;
    if !built.status.success() {
        bail!("access-links could not be built");
    }
    let messages = String::from_utf8(built.stdout)?;
    let executables = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut executables = executables.filter(|message| message["target"]["name"] == "access-links");
    let found = executables.find_map(|message| message["executable"].as_str().map(PathBuf::from));
    found.context("cargo names no executable")
}

/// Starts the binary and asks until it answers.
async fn start(binary: &Path, folder: &Path) -> Result<(Child, Duration)> {
    // Taken and let go: free a moment later, but for very bad luck.
    let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    let client = Client::new(&format!("http://127.0.0.1:{port}"));
    let began = Instant::now();
    let mut child = Command::new(binary)
        .args(["--port", &port.to_string(), "--data-dir"])
        .arg(folder)
        .current_dir(PROJECT)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    loop {
        if let Ok(answer) = client.get("/v1/join/00000000000000000000000000").send().await {
            let took = began.elapsed();
            answer.expect_status(404);
            return Ok((child, took));
        }
        if let Some(status) = child.try_wait()? {
            bail!("access-links ended: {status}");
        }
        if began.elapsed() > PATIENCE {
            end(&mut child)?;
            bail!("access-links did not answer");
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn end(child: &mut Child) -> Result<()> {
    child.kill()?;
    child.wait()?;
    Ok(())
}

/// Linux only; other systems have no such file.
fn resident_kib(process: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}
