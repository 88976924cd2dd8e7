//! The `export-member` function; see [`functions::operations::export_member`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::export_member::OPERATION)
}
