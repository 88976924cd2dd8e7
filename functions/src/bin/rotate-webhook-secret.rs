//! The `rotate-webhook-secret` function; see [`functions::operations::rotate_webhook_secret`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::rotate_webhook_secret::OPERATION)
}
