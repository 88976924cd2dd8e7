//! The `start-import` function; see [`functions::operations::start_import`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::start_import::OPERATION)
}
