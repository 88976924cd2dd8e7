//! One function's process.

use std::{
    ffi::OsStr,
    io,
    path::Path,
    process::Stdio,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use serde_json::Value;
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    process::Command,
    sync::watch,
    task::JoinHandle,
    time::timeout,
};

use super::api::{Api, Condition};
use crate::loopback::{self, Served};

/// The time a function has for one event, as in the deployment.
const TIME: Duration = Duration::from_secs(10);

/// Why a function gave nothing.
#[derive(Debug, Clone, thiserror::Error)]
pub enum FunctionError {
    /// It reported an error for this event.
    #[error("{kind}: {message}")]
    Failed {
        /// The type it reported.
        kind: String,
        /// The message it reported.
        message: String,
    },
    /// It reported that it can't start.
    #[error("the function can't start: {kind}: {message}")]
    Init {
        /// The type it reported.
        kind: String,
        /// The message it reported.
        message: String,
    },
    /// Its process ended.
    #[error("the function's process ended ({status}):\n{output}")]
    Exited {
        /// How it ended.
        status: String,
        /// What it had written by then.
        output: String,
    },
    /// It took longer than it may.
    #[error("the function took longer than {TIME:?}")]
    TimedOut,
}

/// A function's binary, running. It is killed when this is dropped.
pub struct Function {
    api: Arc<Api>,
    _served: Served,
    spawned: Instant,
    condition: watch::Receiver<Condition>,
    exited: watch::Receiver<Option<String>>,
    output: Arc<Mutex<Vec<u8>>>,
    /// Owns the process, which is killed when the task ends.
    process: JoinHandle<()>,
    readers: Vec<JoinHandle<()>>,
}

impl Function {
    /// Starts the binary with the variables Lambda sets, credentials that open nothing, and `env`. Of this process's environment
    /// only the clock reaches it, where `.ci/hours` has set that to another moment.
    ///
    /// # Errors
    /// When it can't be started or no port can be had.
    pub fn spawn<'a>(binary: &Path, env: impl IntoIterator<Item = (&'a str, &'a str)>) -> io::Result<Self> {
        let name = binary.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self::spawn_command(Command::new(binary), &name, env)
    }

    pub(super) fn spawn_command<'a>(
        mut command: Command,
        name: &str,
        env: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> io::Result<Self> {
        let api = Arc::new(Api::new(name));
        let served = loopback::serve({
            let api = Arc::clone(&api);
            move |request| {
                let api = Arc::clone(&api);
                async move { api.answer(request).await }
            }
        })?;
        command.env_clear().env("AWS_LAMBDA_RUNTIME_API", served.address().to_string());
        command.env("AWS_LAMBDA_FUNCTION_NAME", name).env("AWS_LAMBDA_LOG_GROUP_NAME", format!("/aws/lambda/{name}"));
        command.envs(std::env::vars_os().filter(|(name, _)| is_of_the_clock(name))).envs(ALWAYS).envs(env);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);

        let _inside = loopback::runtime().enter();
        let spawned = Instant::now();
        let mut child = command.spawn()?;
        let output = Arc::<Mutex<Vec<u8>>>::default();
        let mut readers = Vec::new();
        readers.extend(child.stdout.take().map(|pipe| tokio::spawn(collect(pipe, Arc::clone(&output)))));
        readers.extend(child.stderr.take().map(|pipe| tokio::spawn(collect(pipe, Arc::clone(&output)))));
        let (exit, exited) = watch::channel(None);
        let process = tokio::spawn(async move {
            let status = child.wait().await.map_or_else(|error| error.to_string(), |status| status.to_string());
            exit.send_replace(Some(status));
        });
        let condition = api.condition();
        Ok(Self { api, _served: served, spawned, condition, exited, output, process, readers })
    }

    /// The time from the start of the process to its first request for an event; waits for it.
    ///
    /// # Errors
    /// When it can't start, ends, or takes too long.
    pub async fn cold_start(&self) -> Result<Duration, FunctionError> {
        let mut condition = self.condition.clone();
        let ready = async {
            let seen = condition.wait_for(|now| now.first_poll.is_some() || now.init_error.is_some()).await;
            match seen.map(|condition| condition.clone()) {
                Ok(Condition { init_error: Some(report), .. }) => {
                    Err(FunctionError::Init { kind: report.error_type, message: report.error_message })
                }
                Ok(Condition { first_poll: Some(at), .. }) => Ok(at.duration_since(self.spawned)),
                _ => Err(FunctionError::TimedOut),
            }
        };
        self.unless_it_ends(ready).await
    }

    /// Gives the function an event and waits for what it gives back. Events given at the same time are taken one after
    /// the other, as Lambda does.
    ///
    /// # Errors
    /// When it reports an error, can't start, ends, or takes too long.
    pub async fn invoke(&self, event: &Value) -> Result<Value, FunctionError> {
        self.cold_start().await?;
        let given = self.api.invoke(event.clone(), TIME);
        self.unless_it_ends(async { given.await.unwrap_or(Err(FunctionError::TimedOut)) }).await
    }

    async fn unless_it_ends<T>(
        &self,
        work: impl Future<Output = Result<T, FunctionError>>,
    ) -> Result<T, FunctionError> {
        let mut exited = self.exited.clone();
        let ended = async {
            let status = exited.wait_for(Option::is_some).await.ok().and_then(|status| status.clone());
            // What it wrote last, and an error it reported last, are still on their way.
            tokio::time::sleep(Duration::from_millis(50)).await;
            status.unwrap_or_else(|| "killed".to_owned())
        };
        tokio::select! {
            biased;
            done = timeout(TIME, work) => done.unwrap_or(Err(FunctionError::TimedOut)),
            status = ended => Err(FunctionError::Exited { status, output: self.output() }),
        }
    }

    /// How the process ended, if it has.
    #[must_use]
    pub fn exit_status(&self) -> Option<String> {
        self.exited.borrow().clone()
    }

    /// What the process has written so far, standard output and standard error together.
    #[must_use]
    pub fn output(&self) -> String {
        let output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&output).into_owned()
    }

    /// Kills the process and gives everything it wrote.
    pub async fn stop(mut self) -> String {
        self.process.abort();
        for reader in self.readers.drain(..) {
            // A reader ends with its pipe; one that panicked has said so itself.
            reader.await.ok();
        }
        self.output()
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        self.process.abort();
    }
}

/// The same for every function.
const ALWAYS: [(&str, &str); 9] = [
    ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
    ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
    ("AWS_LAMBDA_LOG_STREAM_NAME", "stand-in"),
    ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
    ("AWS_REGION", "eu-central-1"),
    ("AWS_DEFAULT_REGION", "eu-central-1"),
    ("AWS_ACCESS_KEY_ID", "test"),
    ("AWS_SECRET_ACCESS_KEY", "test"),
    ("AWS_SESSION_TOKEN", "test"),
];

async fn collect(mut pipe: impl AsyncRead + Unpin, output: Arc<Mutex<Vec<u8>>>) {
    let mut chunk = [0; 4096];
    while let Ok(length @ 1..) = pipe.read(&mut chunk).await {
        let read = chunk.get(..length).unwrap_or_default();
        output.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(read);
    }
}

/// Whether a variable is one by which `faketime` sets the clock of a process.
fn is_of_the_clock(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| ["LD_PRELOAD", "NO_FAKE_STAT"].contains(&name) || name.starts_with("FAKETIME"))
}
