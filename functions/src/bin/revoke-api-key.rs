//! The `revoke-api-key` function; see [`functions::operations::revoke_api_key`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::revoke_api_key::OPERATION)
}
