//! The `unit-usage` function; see [`functions::operations::unit_usage`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::unit_usage::OPERATION)
}
