//! The `delete-logo` function; see [`functions::operations::delete_logo`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::delete_logo::OPERATION)
}
