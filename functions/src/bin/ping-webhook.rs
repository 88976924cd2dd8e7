//! The `ping-webhook` function; see [`functions::operations::ping_webhook`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::ping_webhook::OPERATION)
}
