//! The `delete-webhook` function; see [`functions::operations::delete_webhook`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::delete_webhook::OPERATION)
}
