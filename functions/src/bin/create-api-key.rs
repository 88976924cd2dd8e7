//! The `create-api-key` function; see [`functions::operations::create_api_key`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::create_api_key::OPERATION)
}
