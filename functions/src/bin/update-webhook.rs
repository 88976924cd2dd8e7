//! The `update-webhook` function; see [`functions::operations::update_webhook`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::update_webhook::OPERATION)
}
