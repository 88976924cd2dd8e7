//! The `redeliver` function; see [`functions::operations::redeliver`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::redeliver::OPERATION)
}
