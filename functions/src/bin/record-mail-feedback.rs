//! The `record-mail-feedback` function; see [`functions::operations::record_mail_feedback`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::record_mail_feedback::OPERATION)
}
