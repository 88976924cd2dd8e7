//! The `create-webhook` function; see [`functions::operations::create_webhook`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::create_webhook::OPERATION)
}
