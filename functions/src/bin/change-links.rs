//! The `change-links` function; see [`functions::operations::change_links`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::change_links::OPERATION)
}
