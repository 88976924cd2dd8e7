//! The `delete-module` function; see [`functions::operations::delete_module`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::delete_module::OPERATION)
}
