//! The `sweep-expired` function; see [`functions::operations::sweep_expired`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::sweep_expired::OPERATION)
}
