//! Atomic output: every file is written under a temporary name and gets its final one when it is whole and on the disk.

use super::FileEntry;
use super::early::Early;
use crate::error::{Error, Fault, Result};
use std::io::{BufWriter, Write};
use std::path::{Component, Path, PathBuf};
use tempfile::NamedTempFile;

/// An output folder. The folders that it made and that are still empty when it is dropped are removed: a run that failed leaves nothing.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Folders made by us, parents first.
    made: std::cell::RefCell<Vec<PathBuf>>,
}

impl Folder {
    /// Makes the folder and proves that it can be written to, before any work is done.
    ///
    /// A folder that holds anything but an earlier output of ours (it has a `manifest.json` that names walktalk) is refused; an
    /// earlier output is replaced, file by file, when the new one is complete.
    pub fn open(path: &Path) -> Result<Folder> {
        if path.exists() && !path.is_dir() {
            return Err(Fault::new(path, "the output is a file, not a folder", "give --out the name of a new folder").into());
        }
        if path.is_dir() && !is_ours(path) {
            let empty = std::fs::read_dir(path).map_err(Error::output(path))?.next().is_none();
            if !empty {
                let cure = "give --out a new folder, or empty this one";
                return Err(Fault::new(path, "the output folder has files in it that walktalk did not write", cure).into());
            }
        }
        let folder = Folder { path: path.to_path_buf(), made: Default::default() };
        folder.make(path)?;
        NamedTempFile::new_in(path).map_err(Error::output(path))?;
        Ok(folder)
    }

    /// Makes a folder and its parents, and remembers which of them were not there.
    fn make(&self, path: &Path) -> Result<()> {
        let missing = path.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        let mut missing: Vec<PathBuf> = missing.map(Path::to_path_buf).collect();
        missing.reverse();
        // Remembered first: the making may stop half way.
        self.made.borrow_mut().extend(missing);
        std::fs::create_dir_all(path).map_err(Error::output(path))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A file of this folder, not yet under its final name. `name` may have folders in it.
    pub fn create(&self, name: &str) -> Result<Atomic> {
        debug_assert!(Path::new(name).components().all(|part| matches!(part, Component::Normal(_))));
        let path = self.path.join(name);
        let parent = path.parent().unwrap_or(&self.path);
        self.make(parent)?;
        let file = NamedTempFile::with_prefix_in(".walktalk-", parent).map_err(Error::output(&path))?;
        let file = BufWriter::with_capacity(1 << 18, file);
        Ok(Atomic { name: name.to_string(), path, hasher: blake3::Hasher::new(), bytes: 0, early: Early::default(), file })
    }

    /// From here on the folder is not whole until [`Folder::done`]: the old manifest goes first, and a mark says whose folder it is.
    pub(super) fn begin_replacing(&self) -> Result<()> {
        let manifest = self.path.join(super::manifest::NAME);
        if manifest.exists() {
            let mark = self.path.join(MARK);
            std::fs::write(&mark, "walktalk is writing this folder\n").map_err(Error::output(&mark))?;
            std::fs::remove_file(&manifest).map_err(Error::output(&manifest))?;
        }
        Ok(())
    }

    /// The files that the last complete run wrote here, by its manifest.
    pub(super) fn earlier_files(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.path.join(super::manifest::NAME)).unwrap_or_default();
        let manifest: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        let files = manifest["files"].as_array().into_iter().flatten();
        let names = files.filter_map(|file| file["path"].as_str()).map(str::to_string);
        // The manifest is a file like any other: what it names outside of this folder is none of ours.
        names.filter(|name| Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))).collect()
    }

    /// Removes a file of an earlier output, and the folders that it is in when nothing else is in them.
    pub(super) fn remove(&self, name: &str) -> Result<()> {
        let path = self.path.join(name);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(Error::Output { path, source: error }),
            _ => {}
        }
        for parent in path.ancestors().skip(1).take_while(|parent| *parent != self.path) {
            // Fails where there is something in it, and then it stays.
            let _ = std::fs::remove_dir(parent);
        }
        Ok(())
    }

    pub(super) fn done(&self) -> Result<()> {
        let mark = self.path.join(MARK);
        if mark.exists() { std::fs::remove_file(&mark).map_err(Error::output(&mark)) } else { Ok(()) }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        for path in self.made.get_mut().iter().rev() {
            // Fails where there is something in it, and then it stays.
            let _ = std::fs::remove_dir(path);
        }
    }
}

/// Left behind when a replacement was cut short; the folder can be written again.
const MARK: &str = ".walktalk-unfinished";

fn is_ours(path: &Path) -> bool {
    let manifest = std::fs::read_to_string(path.join(super::manifest::NAME)).unwrap_or_default();
    path.join(MARK).exists() || manifest.contains("\"walktalk\"")
}

/// A file on its way. Dropping it unfinished removes it.
pub struct Atomic {
    name: String,
    path: PathBuf,
    hasher: blake3::Hasher,
    bytes: u64,
    /// Before the file, as it is dropped first.
    early: Early,
    file: BufWriter<NamedTempFile>,
}

impl Atomic {
    /// Writes one line and its end.
    pub fn line(&mut self, line: &str) -> Result<()> {
        self.text(line)?;
        self.text("\n")
    }

    pub fn text(&mut self, text: &str) -> Result<()> {
        self.hasher.update(text.as_bytes());
        self.bytes += text.len() as u64;
        self.file.write_all(text.as_bytes()).map_err(Error::output(&self.path))?;
        self.early.written(text.len(), self.file.get_ref().as_file());
        Ok(())
    }

    /// The name that it will have.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Flushes to the disk and gives the file its final name.
    pub fn finish(self) -> Result<FileEntry> {
        let Atomic { name, path, hasher, bytes, mut early, file } = self;
        let file = file.into_inner().map_err(|error| Error::Output { path: path.clone(), source: error.into_error() })?;
        early.finish().map_err(Error::output(&path))?;
        file.as_file().sync_all().map_err(Error::output(&path))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644)).map_err(Error::output(&path))?;
        }
        file.persist(&path).map_err(|error| Error::Output { path: path.clone(), source: error.error })?;
        Ok(FileEntry { path: name, bytes, hash: hasher.finalize().to_hex().to_string() })
    }
}

/// For writers of formats that are not lines.
impl Write for Atomic {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.bytes += written as u64;
        self.early.written(written, self.file.get_ref().as_file());
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_has_its_final_name_before_it_is_finished() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::open(&home.path().join("out")).unwrap();
        let mut file = folder.create("chat/data.jsonl").unwrap();
        file.line("{}").unwrap();
        let path = folder.path().join("chat/data.jsonl");
        assert!(!path.exists());
        let entry = file.finish().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "{}\n");
        assert_eq!((entry.bytes, entry.hash), (3, blake3::hash(b"{}\n").to_hex().to_string()));
    }

    #[test]
    fn a_file_that_is_given_up_leaves_nothing() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::open(home.path()).unwrap();
        drop(folder.create("dialogues.jsonl").unwrap());
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_long_file_is_whole_and_one_that_is_given_up_is_gone() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::open(home.path()).unwrap();
        let line = "0123456789abcdef".repeat(1 << 16);
        let (mut kept, mut given_up) = (folder.create("kept").unwrap(), folder.create("given up").unwrap());
        for _ in 0..40 {
            kept.line(&line).unwrap();
            given_up.line(&line).unwrap();
        }
        drop(given_up);
        let entry = kept.finish().unwrap();
        let bytes = std::fs::read(home.path().join("kept")).unwrap();
        assert_eq!((entry.bytes, entry.hash), (bytes.len() as u64, blake3::hash(&bytes).to_hex().to_string()));
        assert_eq!(bytes.len(), 40 * (line.len() + 1));
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_of_somebody_else_is_refused() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("thesis.txt"), "years of work").unwrap();
        let message = Folder::open(home.path()).unwrap_err().to_string();
        assert!(message.contains("did not write"), "{message}");
    }
}
