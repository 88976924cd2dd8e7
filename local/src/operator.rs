//! What an operator does with organizations from a terminal: the same call of a function, here or on AWS.
//!
//! Here it is sent to the running system, which takes Lambda's own Invoke call; on AWS it is made with the AWS CLI, whose
//! credentials and settings are the operator's.

use std::{path::Path, process::Command, time::Duration};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// How long the running system may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where the functions are.
#[derive(Debug, Clone)]
pub enum Where {
    /// A system that runs on this machine, at this loopback port.
    Here(u16),
    /// A stack on AWS, in this region or the one that the AWS CLI is set to.
    Stack {
        /// The stack's name.
        name: String,
        /// The region.
        region: Option<String>,
    },
}

/// Calls an operator's operation with an event.
///
/// # Errors
/// When it can't be reached, or answers with an error, whose text this then is.
pub async fn call(place: &Where, operation: &str, event: &Value) -> Result<Value> {
    match place {
        Where::Here(port) => match tokio::time::timeout(PATIENCE, call_here(*port, operation, event)).await {
            Ok(answer) => answer,
            Err(_) => bail!("the system at port {port} did not answer in time"),
        },
        Where::Stack { name, region } => call_stack(name, region.as_deref(), operation, event),
    }
}

async fn call_here(port: u16, operation: &str, event: &Value) -> Result<Value> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.with_context(|| {
        format!(
            "no system is running at port {port}: start it with `cargo run`, or give another --port or a --stack on AWS"
        )
    })?;
    let body = event.to_string();
    let request = format!(
        "POST /2015-03-31/functions/{operation}/invocations HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) =
        answer.split_once("\r\n\r\n").with_context(|| format!("the program at port {port} is not this system"))?;
    let answered = head.split(' ').nth(1).context("no status")?;
    let value = serde_json::from_str(body).ok().filter(|_| answered == "200");
    let value = value
        .with_context(|| format!("the program at port {port} does not support `{operation}` (status {answered})"))?;
    told(value, head.to_ascii_lowercase().contains("\r\nx-amz-function-error:"))
}

/// The answer, or the error that the function gave.
fn told(answer: Value, is_error: bool) -> Result<Value> {
    if is_error {
        bail!("{}", answer["errorMessage"].as_str().unwrap_or("the function failed"));
    }
    Ok(answer)
}

/// `create-organization` is `CreateOrganization`, an output of the stack.
fn output_name(operation: &str) -> String {
    operation.split('-').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}

fn call_stack(stack: &str, region: Option<&str>, operation: &str, event: &Value) -> Result<Value> {
    let output = output_name(operation);
    let query = format!("Stacks[0].Outputs[?OutputKey=='{output}'].OutputValue");
    let described = aws(
        region,
        &["cloudformation", "describe-stacks", "--stack-name", stack, "--query", &query, "--output", "text"],
    )?;
    let function = described.trim();
    if function.is_empty() {
        bail!("the stack {stack} has no output {output}: deploy this version first");
    }
    let folder = tempfile::tempdir()?;
    let file = |name: &str| folder.path().join(name);
    std::fs::write(file("event.json"), event.to_string())?;
    let payload = format!("fileb://{}", file("event.json").display());
    let answer = file("answer.json").display().to_string();
    let metadata = aws(
        region,
        &["lambda", "invoke", "--function-name", function, "--payload", &payload, "--output", "json", &answer],
    )?;
    let metadata: Value = serde_json::from_str(&metadata).context("the AWS CLI returned no JSON")?;
    told(read_json(&file("answer.json"))?, metadata.get("FunctionError").is_some_and(|error| !error.is_null()))
}

fn read_json(path: &Path) -> Result<Value> {
    Ok(serde_json::from_slice(&std::fs::read(path).context("the AWS CLI returned no answer")?)?)
}

/// What the AWS CLI prints.
fn aws(region: Option<&str>, arguments: &[&str]) -> Result<String> {
    let mut command = Command::new("aws");
    command.args(arguments).env("AWS_PAGER", "");
    command.args(region.into_iter().flat_map(|region| ["--region", region]));
    let output =
        command.output().context("can't run the AWS CLI, `aws`; install it and check that you are signed in")?;
    if !output.status.success() {
        bail!("`aws {}` failed: {}", arguments[..2].join(" "), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_output_that_names_a_function_is_in_the_template() {
        let template = std::fs::read_to_string(crate::template::find_in_project("template.yaml")).unwrap();
        for operation in ["create-organization", "list-organizations", "close-organization", "index-members"] {
            let name = output_name(operation);
            assert!(
                template.contains(&format!("  {name}:\n    Description: The function an operator invokes")),
                "{name}"
            );
        }
    }
}
