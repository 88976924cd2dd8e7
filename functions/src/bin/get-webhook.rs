//! The `get-webhook` function; see [`functions::operations::get_webhook`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::get_webhook::OPERATION)
}
