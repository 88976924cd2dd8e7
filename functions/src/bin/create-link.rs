//! The `create-link` function; see [`functions::operations::create_link`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::create_link::OPERATION)
}
