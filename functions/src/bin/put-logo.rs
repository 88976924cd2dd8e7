//! The `put-logo` function; see [`functions::operations::put_logo`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::put_logo::OPERATION)
}
