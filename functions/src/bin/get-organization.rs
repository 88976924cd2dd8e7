//! The `get-organization` function; see [`functions::operations::get_organization`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::get_organization::OPERATION)
}
