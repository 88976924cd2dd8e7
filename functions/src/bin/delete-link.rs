//! The `delete-link` function; see [`functions::operations::delete_link`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::delete_link::OPERATION)
}
