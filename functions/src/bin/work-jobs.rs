//! The `work-jobs` function; see [`functions::operations::work_jobs`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::work_jobs::OPERATION)
}
