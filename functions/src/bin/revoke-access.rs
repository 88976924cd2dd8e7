//! The `revoke-access` function; see [`functions::operations::revoke_access`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::revoke_access::OPERATION)
}
