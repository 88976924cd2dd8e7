//! A started system.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program with these arguments, on a free port, run in the project's folder.
pub fn program(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_access-links"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    command.current_dir(root).env_remove("RUST_LOG").env_remove("PORT");
    command.arg("--port=0").arg("--data-dir").arg(data).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A running system. It is killed when this is dropped.
pub struct Process {
    child: Child,
    lines: Receiver<String>,
    patience: Duration,
    /// Where it listens.
    pub origin: String,
}

impl Process {
    /// Starts it and waits until it says where it listens.
    pub fn start(data: &Path) -> Self {
        Self::start_with(data, &[], PATIENCE)
    }

    /// The same with these arguments, and so long to wait for a line.
    pub fn start_with(data: &Path, arguments: &[&str], patience: Duration) -> Self {
        let mut child = program(data, arguments).env("RUST_LOG", "error").stderr(Stdio::inherit()).spawn().unwrap();
        let (send, lines) = channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        let mut process = Self { child, lines, patience, origin: String::new() };
        process.origin = process.line("Access links:");
        process
    }

    /// What it prints after `label`.
    pub fn line(&self, label: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(self.patience).unwrap_or_else(|_| panic!("no line `{label}`"));
            if let Some(rest) = line.strip_prefix(label) {
                return rest.trim().to_owned();
            }
        }
    }

    /// Ends it the hardest way there is: `SIGKILL`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end, as Ctrl-C does; gives how it ended and every line it had printed that was not read yet.
    #[cfg(unix)]
    pub fn end(mut self) -> (ExitStatus, Vec<String>) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        (self.child.wait().unwrap(), self.lines.iter().collect())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
