//! The `list-links` function; see [`functions::operations::list_links`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::list_links::OPERATION)
}
