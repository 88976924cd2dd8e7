//! The `link-stats` function; see [`functions::operations::link_stats`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::link_stats::OPERATION)
}
