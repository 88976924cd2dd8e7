//! The `request-login` function; see [`functions::operations::request_login`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::request_login::OPERATION)
}
