//! The `index-members` function; see [`functions::operations::index_members`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::index_members::OPERATION)
}
