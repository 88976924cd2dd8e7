//! The `list-deliveries` function; see [`functions::operations::list_deliveries`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::list_deliveries::OPERATION)
}
