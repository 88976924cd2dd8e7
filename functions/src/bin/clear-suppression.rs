//! The `clear-suppression` function; see [`functions::operations::clear_suppression`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::clear_suppression::OPERATION)
}
