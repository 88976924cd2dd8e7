//! The `publish-events` function; see [`functions::operations::publish_events`].

fn main() -> std::process::ExitCode {
    functions::runtime::run(&functions::operations::publish_events::OPERATION)
}
