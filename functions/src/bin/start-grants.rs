//! The `start-grants` function; see [`functions::operations::start_grants`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::start_grants::OPERATION)
}
