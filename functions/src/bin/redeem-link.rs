//! The `redeem-link` function; see [`functions::operations::redeem_link`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::redeem_link::OPERATION)
}
