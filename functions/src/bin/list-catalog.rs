//! The `list-catalog` function; see [`functions::operations::list_catalog`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::list_catalog::OPERATION)
}
