//! The `send-mail` function; see [`functions::operations::send_mail`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::send_mail::OPERATION)
}
