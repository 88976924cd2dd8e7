//! The `list-admins` function; see [`functions::operations::list_admins`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::list_admins::OPERATION)
}
