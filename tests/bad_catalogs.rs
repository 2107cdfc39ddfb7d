//! What is said about every kind of bad catalog, word for word, and that nothing bad ever panics.
//!
//! One snapshot for all files under `fixtures/catalogs/bad/`; each is loaded alone, by its name.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use walktalk::catalog::load::{RawCatalog, read_bytes, read_paths};
use walktalk::error::{Error, exit};

fn bad() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/catalogs/bad")
}

fn told(outcome: Result<RawCatalog, Error>) -> String {
    let mut out = String::new();
    match outcome {
        Err(error) => {
            assert_eq!(error.exit_code(), exit::BAD_INPUT);
            let _ = writeln!(out, "  error   {error}");
        }
        Ok(catalog) => {
            for tool in &catalog.tools {
                let _ = writeln!(out, "  tool    {}:{} {} {}", tool.at.file.display(), tool.at.line, tool.name, tool.parameters);
            }
            for skipped in &catalog.skipped {
                let name: String = skipped.tool.chars().take(20).collect();
                let _ = writeln!(
                    out,
                    "  skipped {}:{} {:?}: {}; {}",
                    skipped.at.file.display(),
                    skipped.at.line,
                    name,
                    skipped.reason,
                    skipped.cure
                );
            }
            for note in &catalog.notes {
                let _ = writeln!(out, "  note    {}:{} {}: {}", note.at.file.display(), note.at.line, note.tool, note.message);
            }
        }
    }
    out
}

#[test]
fn every_bad_file_is_told_with_its_place_and_its_cure() {
    let mut files: Vec<PathBuf> = std::fs::read_dir(bad()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut all = String::new();
    for file in &files {
        let name = Path::new(file.file_name().unwrap());
        let bytes = std::fs::read(file).unwrap();
        let _ = write!(all, "{}\n{}", name.display(), told(read_bytes(name, &bytes)));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn paths_that_cannot_be_read_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let error = |paths: &[&Path]| {
        let paths: Vec<PathBuf> = paths.iter().map(|path| path.to_path_buf()).collect();
        read_paths(&paths).unwrap_err().to_string().replace(&folder.path().display().to_string(), "DIR")
    };
    assert_eq!(error(&[&folder.path().join("nobody.yaml")]), "DIR/nobody.yaml: cannot be read: no such file or directory; check the path");
    assert_eq!(
        error(&[folder.path()]),
        "DIR: there is no catalog in this folder; name a folder with catalogs (YAML, OpenAI tools, MCP, OpenAPI)"
    );
    std::fs::write(folder.path().join("a.json"), "{").unwrap();
    std::fs::write(folder.path().join("b.yaml"), "a: [").unwrap();
    let both = error(&[folder.path()]);
    assert!(both.starts_with("2 faults in the input, the first: DIR/a.json:1:1: the JSON ends too early"), "{both}");
}

#[test]
fn in_a_folder_other_files_are_passed_over_and_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir_all(folder.path().join("b/.git")).unwrap();
    write("b/z.json", r#"[{"name": "z", "description": "", "parameters": {"type": "object"}}]"#);
    write("a.yaml", "name: a\ndescription: a\ntools: [{name: a, description: a, parameters: {type: object}}]");
    write("data.json", r#"{"users": []}"#);
    write("empty.jsonl", "");
    write("README.md", "[");
    write("b/.git/broken.json", "{");
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("b/loop")).unwrap();
    let catalog = read_paths(&[folder.path().to_owned()]).unwrap();
    assert_eq!(catalog.tools.iter().map(|tool| tool.name.as_str()).collect::<Vec<_>>(), ["a", "z"]);
    let notes: Vec<&str> = catalog.notes.iter().map(|note| note.message.as_str()).collect();
    assert_eq!(notes, ["not-a-catalog: no known format; passed over", "not-a-catalog: the file is empty; passed over"]);
}

#[test]
fn a_file_of_two_gigabytes_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huge.json");
    // Sparse: it takes no room on the disk.
    std::fs::File::create(&path).unwrap().set_len(2 << 30).unwrap();
    let error = read_paths(&[path]).unwrap_err().to_string();
    assert!(error.contains("too large: 2048 MiB, and at most 256 MiB are read; split the catalog"), "{error}");
}

#[test]
fn the_order_of_what_is_found_does_not_depend_on_threads() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/catalogs/bfcl");
    let once = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| told(read_paths(std::slice::from_ref(&fixtures))))
    };
    assert_eq!(once(1), once(8));
}
