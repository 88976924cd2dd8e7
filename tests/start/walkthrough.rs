//! The README's walk-through, done as it stands there against a system that was just started.

use std::process::{Command, Stdio};

use crate::process::Process;

const README: &str = include_str!("../../README.md");

/// The shell blocks that are marked for it, as one script.
fn script() -> String {
    let marked = README.split("<!-- walkthrough -->\n```sh\n").skip(1);
    marked.map(|rest| rest.split_once("```").expect("a block has an end").0).collect()
}

fn is_there(program: &str) -> bool {
    let version = Command::new(program).arg("-c").arg(":").stdout(Stdio::null()).stderr(Stdio::null()).status();
    version.is_ok()
}

#[test]
fn the_walk_through_of_the_readme_works_as_it_stands_there() {
    if !is_there("sh") || !is_there("curl") {
        println!("skipped: the walk-through needs sh and curl");
        return;
    }
    let data = tempfile::tempdir().unwrap();
    let process = Process::start(data.path());
    let script = script();
    assert_eq!(script.matches("http://localhost:3000").count(), 1, "the origin is named once");
    let run = Command::new("sh").args(["-euc", &script.replace("http://localhost:3000", &process.origin)]).output();
    let run = run.unwrap();
    let output = String::from_utf8(run.stdout).unwrap();
    let errors = String::from_utf8(run.stderr).unwrap();
    assert!(run.status.success() && errors.is_empty(), "{}: {errors}\n{output}", run.status);
    let mut rest = output.as_str();
    let promised: Vec<_> = script.lines().filter_map(|line| line.strip_prefix("#> ")).collect();
    assert!(promised.len() > 10, "{promised:?}");
    for promised in promised {
        let at = rest.find(promised).unwrap_or_else(|| panic!("{promised} does not come back: {output}"));
        rest = &rest[at..];
    }
}
