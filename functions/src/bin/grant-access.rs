//! The `grant-access` function; see [`functions::operations::grant_access`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::grant_access::OPERATION)
}
