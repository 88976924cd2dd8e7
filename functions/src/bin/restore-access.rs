//! The `restore-access` function; see [`functions::operations::restore_access`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::restore_access::OPERATION)
}
