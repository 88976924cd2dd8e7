//! The `get-member` function; see [`functions::operations::get_member`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::get_member::OPERATION)
}
