//! The `list-api-keys` function; see [`functions::operations::list_api_keys`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::list_api_keys::OPERATION)
}
