//! The `remove-admin` function; see [`functions::operations::remove_admin`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::remove_admin::OPERATION)
}
