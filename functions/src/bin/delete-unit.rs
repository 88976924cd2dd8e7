//! The `delete-unit` function; see [`functions::operations::delete_unit`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::delete_unit::OPERATION)
}
