//! The `create-organization` function; see [`functions::operations::create_organization`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::create_organization::OPERATION)
}
