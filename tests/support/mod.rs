//! What the tests of the program share: the program itself, folders to work in, and the files that it writes.
#![allow(dead_code)] // Each test file uses its part.

use assert_cmd::Command;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The program, run in `folder`.
pub fn walktalk(folder: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("walktalk"));
    command.current_dir(folder).env("NO_COLOR", "1").timeout(std::time::Duration::from_secs(180));
    command
}

/// A file of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A catalog of ten tools that compose.
pub fn small_catalog() -> PathBuf {
    repository("tool-catalogs/hotels.yaml")
}

pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// Writes a file and gives its path.
pub fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

pub fn text(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path.as_ref()).unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}

pub fn read_json(path: impl AsRef<Path>) -> Value {
    serde_json::from_str(&text(path)).unwrap()
}

/// Every line as JSON.
pub fn rows(path: impl AsRef<Path>) -> Vec<Value> {
    text(path).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// All files below a folder with their bytes.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, out);
            } else {
                out.insert(path.strip_prefix(root).unwrap().display().to_string(), std::fs::read(&path).unwrap());
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(folder, folder, &mut out);
    out
}

/// A tool with one required text parameter.
pub fn tool(name: &str, description: &str) -> Value {
    let parameters =
        json!({"type": "object", "properties": {"city": {"type": "string", "description": "Name of the city"}}, "required": ["city"]});
    json!({"name": name, "description": description, "parameters": parameters})
}

pub fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap()
}

/// Proves a folder of dialogues again and gives how many there are.
pub fn proven(folder: &Path) -> usize {
    let output = walktalk(folder).args(["verify", "--json", "."]).output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", answer["summary"]);
    answer["rows"].as_array().unwrap().len()
}

/// A fault as a person should get it: no panic, nothing on standard output.
pub fn fault(output: &std::process::Output, code: i32) -> String {
    let message = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{message}");
    for word in ["panicked", "RUST_BACKTRACE", "unwrap", "internal error", "overflowed its stack"] {
        assert!(!message.contains(word), "{message}");
    }
    assert!(output.stdout.is_empty(), "data on standard output: {}", String::from_utf8_lossy(&output.stdout));
    message
}
