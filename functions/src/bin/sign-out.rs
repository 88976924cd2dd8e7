//! The `sign-out` function; see [`functions::operations::sign_out`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::sign_out::OPERATION)
}
