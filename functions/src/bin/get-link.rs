//! The `get-link` function; see [`functions::operations::get_link`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::get_link::OPERATION)
}
