//! The `close-organization` function; see [`functions::operations::close_organization`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::close_organization::OPERATION)
}
