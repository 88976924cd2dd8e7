//! The `overview` function; see [`functions::operations::overview`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::overview::OPERATION)
}
