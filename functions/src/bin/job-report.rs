//! The `job-report` function; see [`functions::operations::job_report`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::job_report::OPERATION)
}
