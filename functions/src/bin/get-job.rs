//! The `get-job` function; see [`functions::operations::get_job`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::get_job::OPERATION)
}
