//! The `remove-enrollment` function; see [`functions::operations::remove_enrollment`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::remove_enrollment::OPERATION)
}
