//! The `sign-in` function; see [`functions::operations::sign_in`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::sign_in::OPERATION)
}
