//! The `resend-login` function; see [`functions::operations::resend_login`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::resend_login::OPERATION)
}
