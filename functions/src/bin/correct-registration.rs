//! The `correct-registration` function; see [`functions::operations::correct_registration`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::correct_registration::OPERATION)
}
