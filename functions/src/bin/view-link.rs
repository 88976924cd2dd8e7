//! The `view-link` function; see [`functions::operations::view_link`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::view_link::OPERATION)
}
