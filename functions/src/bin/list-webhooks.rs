//! The `list-webhooks` function; see [`functions::operations::list_webhooks`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::list_webhooks::OPERATION)
}
