//! The `cancel-job` function; see [`functions::operations::cancel_job`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::cancel_job::OPERATION)
}
