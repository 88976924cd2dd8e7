//! The `list-organizations` function; see [`functions::operations::list_organizations`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::list_organizations::OPERATION)
}
