//! The `leave-link` function; see [`functions::operations::leave_link`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::leave_link::OPERATION)
}
