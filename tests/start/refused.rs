//! What is broken is one line that says what to do, exit status 1, and nothing touched.

use std::{
    collections::BTreeMap,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::Duration,
};

use crate::process::{Process, program};

/// Every file of a folder with what is in it, but for the lock.
pub fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(folder) else { return BTreeMap::new() };
    let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file() && !path.ends_with("lock"));
    paths.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

/// What it printed, once it has ended by itself; a system that should have been refused but runs is killed.
fn end_of(command: &mut Command) -> Output {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    for _ in 0..400 {
        if child.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    child.kill().ok();
    child.wait_with_output().unwrap()
}

/// Starts it, which must fail with one line that holds each of these.
pub fn refused(data: &Path, arguments: &[&str], said: &[&str]) {
    let before = files(data);
    let output = end_of(&mut program(data, arguments));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {errors}");
    assert_eq!(errors.lines().count(), 1, "{arguments:?}: {errors}");
    assert!(errors.starts_with("error: ") && errors.len() < 600, "{arguments:?}: {errors}");
    for said in said {
        assert!(errors.contains(said), "{arguments:?}: {said:?} is not said: {errors}");
    }
    assert!(output.stdout.is_empty(), "{arguments:?}: {:?}", String::from_utf8(output.stdout));
    let after = files(data);
    for (path, bytes) in before {
        assert!(after.get(&path) == Some(&bytes), "{} was changed", path.display());
    }
}

#[test]
fn a_template_or_web_folder_that_is_missing_or_broken_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    refused(&data, &["--template", "nowhere.yaml"], &["nowhere.yaml", "--template"]);
    refused(&data, &["--web", "nowhere"], &["nowhere", "--web"]);
    let broken = folder.path().join("template.yaml");
    for (text, said) in [("Resources: [", "template.yaml"), ("Resources: {}", "template.yaml"), ("", "template.yaml")] {
        std::fs::write(&broken, text).unwrap();
        refused(&data, &["--template", broken.to_str().unwrap()], &[said]);
    }
    let whole = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../template.yaml")).unwrap();
    std::fs::write(&broken, whole.replace("lambda/view-link", "lambda/view-door")).unwrap();
    refused(&data, &["--template", broken.to_str().unwrap()], &["ViewLinkFunction"]);
    assert!(!data.exists(), "nothing is made before the template is understood");
}

#[test]
fn a_port_that_is_taken_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_access-links"));
    let output = end_of(command.arg("--port").arg(&port).arg("--data-dir").arg(folder.path()));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), errors.lines().count()), (Some(1), 1), "{errors}");
    assert!(errors.contains(&port) && errors.contains("--port"), "{errors}");
}

#[test]
fn a_data_folder_that_cannot_be_used_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "text").unwrap();
    refused(&file, &[], &["file", "--data-dir"]);
    refused(&file.join("below"), &[], &["file", "--data-dir"]);
    refused(Path::new("/proc/access-links"), &[], &["/proc/access-links", "--data-dir"]);
    let data = folder.path().join("data");
    let _running = Process::start(&data);
    let output = end_of(&mut program(&data, &[]));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), errors.lines().count()), (Some(1), 1), "{errors}");
    assert!(errors.contains("in use") && errors.contains("--data-dir"), "{errors}");
}

#[test]
fn a_file_of_another_format_is_left_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("made");
    let process = Process::start(&made);
    process.line("First admin:");
    process.kill();
    // What is still in the write-ahead log goes into the file, so that the file alone is all there is.
    for name in ["table.sqlite", "mailbox.sqlite"] {
        let connection = rusqlite::Connection::open(made.join(name)).unwrap();
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    }
    for name in ["table.sqlite", "mailbox.sqlite"] {
        let whole = std::fs::read(made.join(name)).unwrap();
        let with = |at: usize, bytes: &[u8]| {
            let mut file = whole.clone();
            file[at..at + bytes.len()].copy_from_slice(bytes);
            file
        };
        // See <https://www.sqlite.org/fileformat2.html#the_database_header>: user version at 60, application id at 68.
        for (what, bytes) in [
            ("older", with(60, &[0, 0, 0, 0])),
            ("newer", with(60, &[0x7f, 0, 0, 1])),
            ("foreign", with(68, &[0, 0, 0, 0])),
            ("text", b"Not a database, but somebody's notes.".to_vec()),
            ("cut", whole[..whole.len() / 2].to_vec()),
            ("damaged", with(4096, &[0xff; 2048])),
        ] {
            let data = folder.path().join(format!("{what}-{name}"));
            std::fs::create_dir(&data).unwrap();
            std::fs::write(data.join(name), bytes).unwrap();
            refused(&data, &[], &[name, "move "]);
        }
    }
}

#[test]
fn an_engine_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    // A port that was free a moment ago.
    let nowhere = format!("http://{}", TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap());
    refused(folder.path(), &["--dynamodb-endpoint", &nowhere], &[&nowhere]);
    refused(folder.path(), &["--dynamodb-endpoint", "nonsense"], &["nonsense"]);
}

#[test]
fn a_setting_that_is_not_right_is_named() {
    let folder = tempfile::tempdir().unwrap();
    refused(folder.path(), &["--time-zone", "Mars/Olympus"], &["--time-zone"]);
    refused(folder.path(), &["--admin-email", "nobody"], &["--admin-email"]);
    refused(folder.path(), &["--mail-from", "nobody"], &["MAIL_FROM"]);
    refused(folder.path(), &["--base-url", "localhost"], &["BASE_URL"]);
    refused(folder.path(), &["--set", "PAGE_SIZE_MAX=0"], &["PAGE_SIZE_MAX"]);
    // What was refused has not spoilt the folder for the next start.
    Process::start(folder.path()).line("First admin:");
}
