//! The `withdraw-registration` function; see [`functions::operations::withdraw_registration`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::withdraw_registration::OPERATION)
}
