//! The `list-audit` function; see [`functions::operations::list_audit`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::list_audit::OPERATION)
}
