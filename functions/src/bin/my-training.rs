//! The `my-training` function; see [`functions::operations::my_training`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::my_training::OPERATION)
}
