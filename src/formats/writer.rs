//! Rows on their way to the files: rendered in parallel, written in order, counted.

use super::conversation::Conversation;
use super::mix::{Label, Mix};
use super::output::{Atomic, Folder};
use super::preference::{Preference, RenderedTwins, TwinWriter};
use super::template::RenderedRow;
use super::{Counts, FileEntry, RECORDS, Refusal, Rendering, Target, manifest, recipes, sidecar};
use crate::dialogue::Dialogue;
use crate::error::{Error, Result};
use std::collections::BTreeMap;

/// Rows as a chat template writes them.
pub const TEXTS: &str = "rendered/data.jsonl";

/// What makes rows: knows the targets and nothing of files, so that many threads can use one.
#[derive(Debug, Clone)]
pub struct Renderer {
    targets: Vec<Target>,
    mix: Mix,
    weight: Option<f64>,
}

/// A row in every target, ready to be written.
#[derive(Debug)]
pub struct Rendered {
    record: Option<String>,
    /// What is known of the row and has no place in a target.
    metadata: String,
    id: String,
    /// It is a dialogue of ours, of which there is a record whatever becomes of the rows.
    own: bool,
    rows: Vec<Result<Rendering, Refusal>>,
}

impl Rendered {
    /// How the row was written where a target has several ways.
    pub fn label(&self) -> Option<Label> {
        self.rows.iter().flatten().find_map(|rendering| rendering.label)
    }
}

impl Renderer {
    pub fn new(targets: &[Target]) -> Renderer {
        Renderer { targets: targets.to_vec(), mix: Mix::even(0), weight: None }
    }

    /// With a mix of formats for the target that has several.
    pub fn mixing(self, mix: Mix) -> Renderer {
        Renderer { mix, ..self }
    }

    /// With the weight that every row has in targets that read one.
    pub fn weighing(self, weight: Option<f64>) -> Renderer {
        Renderer { weight, ..self }
    }

    /// A dialogue of ours: its record is itself.
    pub fn dialogue(&self, dialogue: &Dialogue) -> Result<Rendered> {
        let internal = |error: serde_json::Error| Error::Internal { index: dialogue.index, message: error.to_string() };
        let record = serde_json::to_string(dialogue).map_err(internal)?;
        let row = Conversation::of(dialogue);
        let metadata = serde_json::to_string(&sidecar::of(dialogue)).map_err(internal)?;
        Ok(Rendered { record: Some(record), metadata, own: true, ..self.labelled(&row, || self.mix.of(dialogue)) })
    }

    /// A row of anybody's in one target.
    pub fn rendering(&self, target: Target, row: &Conversation) -> Result<Rendering, Refusal> {
        target.render_as(row, || self.mix.of_id(&row.id), self.weight)
    }

    /// A row of anybody's.
    pub fn row(&self, row: &Conversation) -> Rendered {
        self.labelled(row, || self.mix.of_id(&row.id))
    }

    /// A row that is too long for those who learn from it: no target has it. The record of a dialogue of ours stays.
    pub fn too_long(rendered: Rendered) -> Rendered {
        let own = rendered.own;
        let rows = rendered.rows.iter().map(|_| Err(Refusal::TooLong)).collect();
        Rendered {
            rows,
            record: rendered.record.filter(|_| own),
            metadata: if own { rendered.metadata } else { String::new() },
            ..rendered
        }
    }

    fn labelled(&self, row: &Conversation, label: impl Fn() -> Label) -> Rendered {
        let targets = self.targets.iter().filter(|target| **target != Target::Jsonl);
        let rows = targets.map(|target| target.render_as(row, &label, self.weight)).collect();
        let jsonl = self.targets.contains(&Target::Jsonl);
        let record = jsonl.then(|| Target::Jsonl.render(row).ok()).flatten().and_then(|made| made.lines.into_iter().next());
        Rendered { record: record.map(|(_, line)| line), metadata: sidecar::of_extra(row), id: row.id.clone(), own: false, rows }
    }
}

/// A file of rows.
enum File {
    Lines(Atomic),
    #[cfg(feature = "parquet")]
    Parquet(Box<super::parquet::Rows>),
}

impl File {
    fn create(folder: &Folder, target: Target, name: &str) -> Result<File> {
        let file = folder.create(&target.file(name))?;
        #[cfg(feature = "parquet")]
        if target == Target::Parquet {
            return super::parquet::Rows::open(file).map(|rows| File::Parquet(Box::new(rows)));
        }
        Ok(File::Lines(file))
    }

    fn line(&mut self, line: &str) -> Result<()> {
        match self {
            File::Lines(file) => file.line(line),
            #[cfg(feature = "parquet")]
            File::Parquet(rows) => rows.line(line),
        }
    }

    fn finish(self) -> Result<FileEntry> {
        match self {
            File::Lines(file) => file.finish(),
            #[cfg(feature = "parquet")]
            File::Parquet(rows) => rows.finish(),
        }
    }
}

/// One target with its files, which are made when the first line comes; a target without rows has its one file all the same.
struct Rows {
    target: Target,
    files: Vec<(&'static str, File)>,
    sidecar: Option<Atomic>,
    counts: Counts,
    lines: u64,
}

impl Rows {
    fn push(&mut self, folder: &Folder, id: &str, row: Result<Rendering, Refusal>) -> Result<()> {
        self.counts.add(&row);
        let Ok(rendering) = row else { return Ok(()) };
        if let Some(line) = sidecar::line(self.target, self.lines, id, &rendering) {
            self.sidecar(folder)?.line(&line)?;
        }
        for (name, line) in &rendering.lines {
            self.file(folder, name)?.line(line)?;
            self.lines += 1;
        }
        Ok(())
    }

    fn file(&mut self, folder: &Folder, name: &'static str) -> Result<&mut File> {
        let at = match self.files.iter().position(|(known, _)| *known == name) {
            Some(at) => at,
            None => {
                self.files.push((name, File::create(folder, self.target, name)?));
                self.files.len() - 1
            }
        };
        Ok(&mut self.files[at].1)
    }

    fn sidecar(&mut self, folder: &Folder) -> Result<&mut Atomic> {
        let file = match self.sidecar.take() {
            Some(file) => file,
            None => folder.create(&sidecar::file(self.target))?,
        };
        Ok(self.sidecar.insert(file))
    }

    fn counts(&self) -> Counts {
        let lines = Some(self.lines).filter(|lines| *lines != self.counts.rows_out);
        Counts { lines, ..self.counts.clone() }
    }
}

/// Streams rows into the record and every target; nothing has its final name before [`Writer::finish`].
pub struct Writer {
    record: Option<Atomic>,
    metadata: Option<Atomic>,
    records: u64,
    targets: Vec<Rows>,
    /// The rows that a target lacks, by name; none where rows go to no target.
    losses: Option<Atomic>,
    twins: Option<TwinWriter>,
    /// Rows as a chat template writes them.
    texts: Option<Atomic>,
    /// The last field, so that it is dropped when no unfinished file is in it any more.
    folder: Folder,
}

impl Writer {
    /// Opens the files of an output folder: with `records`, the record of every row and its metadata as well.
    pub fn open(folder: Folder, targets: &[Target], records: bool) -> Result<Writer> {
        if let Some(target) = targets.iter().find(|target| !target.is_built_in()) {
            let message = format!("this program was built without the target `{}`", target.name());
            let cure = format!("build it with `cargo install --path . --features {}`, or export to `chat`", target.name());
            return Err(Error::Unsatisfiable { message, cure });
        }
        let record = if records { Some(folder.create(RECORDS)?) } else { None };
        let open = |target: &Target| Rows { target: *target, files: Vec::new(), sidecar: None, counts: Counts::default(), lines: 0 };
        let mut targets: Vec<Rows> = targets.iter().filter(|target| **target != Target::Jsonl).map(open).collect();
        for rows in targets.iter_mut().filter(|rows| rows.target.is_one_file()) {
            rows.file(&folder, rows.target.data_name())?;
        }
        for rows in targets.iter_mut().filter(|rows| rows.target.without_ids()) {
            rows.sidecar(&folder)?;
        }
        let metadata = if records { Some(folder.create(sidecar::METADATA)?) } else { None };
        let losses = if targets.is_empty() { None } else { Some(folder.create(sidecar::LOSSES)?) };
        Ok(Writer { record, metadata, records: 0, targets, losses, twins: None, texts: None, folder })
    }

    /// Writes the twins of dialogues as well, as their own record and to these targets.
    pub fn with_twins(mut self, targets: &[Preference]) -> Result<Writer> {
        self.twins = Some(TwinWriter::open(&self.folder, targets)?);
        Ok(self)
    }

    /// Writes the twins of a dialogue, when that was asked for.
    pub fn push_twins(&mut self, twins: RenderedTwins) -> Result<()> {
        self.twins.as_mut().map_or(Ok(()), |writer| writer.push(&self.folder, twins))
    }

    /// Writes rows as a chat template has them as well.
    pub fn with_texts(mut self) -> Result<Writer> {
        self.texts = Some(self.folder.create(TEXTS)?);
        Ok(self)
    }

    /// Writes a row as a chat template has it, when that was asked for.
    pub fn push_text(&mut self, row: &RenderedRow) -> Result<()> {
        let line = serde_json::to_string(row).unwrap_or_default();
        self.texts.as_mut().map_or(Ok(()), |file| file.line(&line))
    }

    /// Writes what a [`Renderer`] of the same targets made.
    pub fn push(&mut self, rendered: Rendered) -> Result<()> {
        self.push_to(rendered, |_| true)
    }

    /// Writes a row that was thinned out: to the record, and to the targets that read weights.
    pub fn push_thinned(&mut self, rendered: Rendered) -> Result<()> {
        self.push_to(rendered, Target::reads_weights)
    }

    fn push_to(&mut self, rendered: Rendered, wanted: impl Fn(Target) -> bool) -> Result<()> {
        if let (Some(file), Some(line)) = (&mut self.record, &rendered.record) {
            file.line(line)?;
            self.records += 1;
        }
        if !rendered.metadata.is_empty() {
            let file = match self.metadata.take() {
                Some(file) => file,
                None => self.folder.create(sidecar::METADATA)?,
            };
            self.metadata.insert(file).line(&rendered.metadata)?;
        }
        for (rows, row) in self.targets.iter_mut().zip(rendered.rows).filter(|(rows, _)| wanted(rows.target)) {
            let lost = sidecar::loss(rows.target, &rendered.id, &row);
            if let Some((file, line)) = self.losses.as_mut().zip(lost) {
                file.line(&line)?;
            }
            rows.push(&self.folder, &rendered.id, row)?;
        }
        Ok(())
    }

    /// Counts so far, by target name.
    pub fn counts(&self) -> BTreeMap<String, Counts> {
        let mut counts: BTreeMap<String, Counts> =
            self.targets.iter().map(|rows| (rows.target.name().to_string(), rows.counts())).collect();
        if self.record.is_some() {
            let all = Counts { rows_in: self.records, rows_out: self.records, ..Counts::default() };
            counts.insert(Target::Jsonl.name().into(), all);
        }
        counts.extend(self.twins.iter().flat_map(TwinWriter::counts));
        counts
    }

    /// Gives every file its final name: data first, then the card that `describe` makes, the manifest last.
    pub fn finish<M: serde::Serialize>(self, describe: impl FnOnce(Vec<FileEntry>) -> (M, Option<String>)) -> Result<M> {
        let earlier = self.folder.earlier_files();
        self.folder.begin_replacing()?;
        let mut files = Vec::new();
        for file in self.record.into_iter().chain(self.metadata).chain(self.losses).chain(self.texts) {
            files.push(file.finish()?);
        }
        for rows in self.targets {
            for (_, file) in rows.files {
                files.push(file.finish()?);
            }
            if let Some(file) = rows.sidecar {
                files.push(file.finish()?);
            }
            for (name, text) in recipes::of(rows.target) {
                let mut file = self.folder.create(&rows.target.file(name))?;
                file.text(&text)?;
                files.push(file.finish()?);
            }
        }
        if let Some(twins) = self.twins {
            files.extend(twins.finish(&self.folder)?);
        }
        for name in earlier.iter().filter(|name| files.iter().all(|file| file.path != **name)) {
            self.folder.remove(name)?;
        }
        let (manifest, card) = describe(files);
        if let Some(card) = card {
            let mut readme = self.folder.create("README.md")?;
            readme.text(&card)?;
            readme.finish()?;
        }
        let mut file = self.folder.create(manifest::NAME)?;
        file.line(&serde_json::to_string_pretty(&manifest).unwrap_or_default())?;
        file.finish()?;
        self.folder.done()?;
        Ok(manifest)
    }
}
