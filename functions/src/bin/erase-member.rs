//! The `erase-member` function; see [`functions::operations::erase_member`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::erase_member::OPERATION)
}
