//! The `preview-link` function; see [`functions::operations::preview_link`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::preview_link::OPERATION)
}
