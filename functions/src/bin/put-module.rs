//! The `put-module` function; see [`functions::operations::put_module`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::put_module::OPERATION)
}
