//! The `update-organization` function; see [`functions::operations::update_organization`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::update_organization::OPERATION)
}
