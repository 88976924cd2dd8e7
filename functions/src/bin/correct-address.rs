//! The `correct-address` function; see [`functions::operations::correct_address`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::correct_address::OPERATION)
}
