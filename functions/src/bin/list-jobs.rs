//! The `list-jobs` function; see [`functions::operations::list_jobs`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::list_jobs::OPERATION)
}
