//! The `preview-grants` function; see [`functions::operations::preview_grants`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::preview_grants::OPERATION)
}
