//! The `link-poster` function; see [`functions::operations::link_poster`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::link_poster::OPERATION)
}
