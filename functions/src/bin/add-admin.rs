//! The `add-admin` function; see [`functions::operations::add_admin`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::add_admin::OPERATION)
}
