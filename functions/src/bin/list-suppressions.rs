//! The `list-suppressions` function; see [`functions::operations::list_suppressions`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::list_suppressions::OPERATION)
}
