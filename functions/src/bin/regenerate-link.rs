//! The `regenerate-link` function; see [`functions::operations::regenerate_link`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::regenerate_link::OPERATION)
}
