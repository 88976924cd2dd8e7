//! The `duplicate-link` function; see [`functions::operations::duplicate_link`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::duplicate_link::OPERATION)
}
