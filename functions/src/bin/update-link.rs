//! The `update-link` function; see [`functions::operations::update_link`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::update_link::OPERATION)
}
