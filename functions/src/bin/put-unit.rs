//! The `put-unit` function; see [`functions::operations::put_unit`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::put_unit::OPERATION)
}
