//! The `count-opened` function; see [`functions::operations::count_opened`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::count_opened::OPERATION)
}
