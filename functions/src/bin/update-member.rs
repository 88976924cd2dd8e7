//! The `update-member` function; see [`functions::operations::update_member`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::update_member::OPERATION)
}
