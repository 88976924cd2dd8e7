//! The `view-logo` function; see [`functions::operations::view_logo`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::view_logo::OPERATION)
}
