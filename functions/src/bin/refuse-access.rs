//! The `refuse-access` function; see [`functions::operations::refuse_access`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::refuse_access::OPERATION)
}
