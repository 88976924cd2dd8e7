//! The `deliver-webhook` function; see [`functions::operations::deliver_webhook`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::deliver_webhook::OPERATION)
}
