//! The `list-members` function; see [`functions::operations::list_members`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::list_members::OPERATION)
}
