//! The `confirm-name` function; see [`functions::operations::confirm_name`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::confirm_name::OPERATION)
}
