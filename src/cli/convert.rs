//! `walktalk convert`.

use super::render::{self, RenderArgs, Text};
use super::targets::To;
use crate::balance::resample::Systematic;
use crate::balance::trust::{Entry, Trust};
use crate::catalog::Catalog;
use crate::error::{Error, Result, exit};
use crate::formats::output::Folder;
use crate::formats::read::Source;
use crate::formats::read::stream::{self, Bad, Input, Options, Tally};
use crate::formats::template::{self, Measure};
use crate::formats::{Conversation, Counts, FileEntry, Refusal, Renderer, Rendering, Target, Writer};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

/// Read rows of any trainer's format and write them in others
///
/// Formats are known by their content. Rows stream through, so that a set may be larger than memory. What a target cannot carry is counted
/// by reason, and columns that no target has go to sidecar/rows.jsonl by id. A row that cannot be read ends the run with its place and
/// reason, unless --skip-bad allows for it.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  walktalk convert --to sharegpt,axolotl walktalk-out/chat/data.jsonl --out converted\n  walktalk convert --to openai - --out - < walktalk-out/dialogues.jsonl > openai.jsonl\n  walktalk convert --render chat_template.jinja walktalk-out/chat/data.jsonl --out rendered\n\nExit codes: 0 done, 3 a row cannot be read, 4 with --strict when a row is lost or not whole."
)]
pub(super) struct Convert {
    /// Files of rows: JSON Lines, JSON arrays or JSON values, '-' for standard input
    #[arg(required = true, value_name = "IN")]
    inputs: Vec<PathBuf>,
    /// Format of the rows; 'auto' finds it out for each file
    #[arg(long, value_enum, default_value_t = FromArg::Auto)]
    from: FromArg,
    /// Targets; 'all' is every one but mixed and parquet
    #[arg(long, value_enum, value_delimiter = ',', required_unless_present = "render")]
    to: Vec<To>,
    /// Output folder, which gets a folder for each target, or '-' for the rows of one target on standard output
    #[arg(long, value_name = "DIR|-")]
    out: PathBuf,
    /// Tools to offer in rows whose format has none (API-Bank, ToolTalk): a catalog in any known format; may be given again
    #[arg(long, value_name = "PATH")]
    tools: Vec<PathBuf>,
    /// Leave out at most so many rows that cannot be read; each is named
    #[arg(long, default_value_t = 0, value_name = "N")]
    skip_bad: u64,
    #[command(flatten)]
    render: RenderArgs,
    #[command(flatten)]
    trust: super::trust::TrustArgs,
    /// Seed of the draw by which a trust below 1 thins rows out
    #[arg(long, default_value_t = 0, value_name = "S", help_heading = "Trust")]
    seed: u64,
    /// End with exit code 4 when a target cannot carry a row, or not the whole of it, when the chat template refuses one, or when one has more
    /// than --max-tokens
    #[arg(long)]
    strict: bool,
    /// Threads [default: one a core]
    #[arg(long, value_name = "T")]
    threads: Option<usize>,
    /// Print what was done as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FromArg {
    Auto,
    Chat,
    Axolotl,
    Openai,
    Mistral,
    Swift,
    Sharegpt,
    Hermes,
    Apigen,
    Toolace,
    Glaive,
    Xlam,
    Bfcl,
    Apibank,
    Tooltalk,
    Sgd,
    Jsonl,
}

impl FromArg {
    fn source(self) -> Option<Source> {
        Some(match self {
            FromArg::Auto => return None,
            FromArg::Chat | FromArg::Axolotl | FromArg::Openai | FromArg::Mistral | FromArg::Swift => Source::Messages,
            FromArg::Sharegpt | FromArg::Hermes | FromArg::Apigen => Source::Sharegpt,
            FromArg::Toolace => Source::Toolace,
            FromArg::Glaive => Source::Glaive,
            FromArg::Xlam => Source::Xlam,
            FromArg::Bfcl => Source::Bfcl,
            FromArg::Apibank => Source::Apibank,
            FromArg::Tooltalk => Source::Tooltalk,
            FromArg::Sgd => Source::Sgd,
            FromArg::Jsonl => Source::Jsonl,
        })
    }
}

/// `manifest.json` of a converted set.
#[derive(Serialize)]
struct Manifest {
    generator: &'static str,
    version: &'static str,
    inputs: Vec<Input>,
    conversations: u64,
    trust: Entry,
    /// None when no chat template was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    rendered: Option<template::Entry>,
    targets: BTreeMap<String, Counts>,
    bad: Vec<Bad>,
    files: Vec<FileEntry>,
}

impl Convert {
    pub(super) fn run(self) -> Result<u8> {
        super::threads(self.threads);
        let targets = To::targets(&self.to);
        let to_pipe = self.out.as_os_str() == "-";
        let measure = self.render.measure()?;
        if to_pipe && !targets.is_empty() && !matches!(targets.as_slice(), [one] if one.is_lines()) {
            return Err(Error::Unsatisfiable {
                message: "only the rows of one target can go to standard output, and not those of bfcl, which has several files, or of parquet, which has no lines".into(),
                cure: "name one target, or give --out a folder".into(),
            });
        }
        let tools = if self.tools.is_empty() { Vec::new() } else { super::rows::offered(&Catalog::open(&self.tools)?) };
        let options = || Options { from: self.from.source(), tools: tools.clone(), skip_bad: self.skip_bad, ..Options::default() };
        let trust = self.trust.of_rows(&self.inputs, options())?;
        let measure = measure.as_ref();
        match to_pipe {
            true => self.to_pipe(targets.first().copied(), options(), &trust, measure),
            false => self.to_folder(&targets, options(), &trust, measure),
        }
    }

    fn to_folder(&self, targets: &[Target], options: Options, trust: &Trust, measure: Option<&Measure>) -> Result<u8> {
        let folder = Folder::open(&self.out)?;
        let mut writer = Writer::open(folder, targets, targets.contains(&Target::Jsonl))?;
        if measure.is_some() {
            writer = writer.with_texts()?;
        }
        let renderer = Renderer::new(targets).weighing(trust.lambda);
        let mut thin = Thinned::new(trust, self.seed);
        let mut texts = measure.map(Measure::entry);
        let make = |row: &Conversation| render::of_row(measure, &renderer, row);
        let tally = stream::read(&self.inputs, options, make, |_, (rendered, text)| {
            render::write(measure, texts.as_mut(), text, &mut writer)?;
            match thin.keeps() {
                true => writer.push(rendered),
                false => writer.push_thinned(rendered),
            }
        })?;
        let trust = thin.entry(trust);
        let counts = writer.counts();
        let rendered = texts.map(template::Entry::finished);
        let manifest = writer.finish(|files| (manifest(tally, trust, rendered, counts, files), None))?;
        match self.json {
            true => super::print(&super::json_line(&manifest))?,
            false => super::print(&told(&manifest))?,
        }
        super::rows::tell_bad(&manifest.bad);
        eprintln!("{} conversations written to {}", manifest.conversations, self.out.display());
        Ok(self.verdict(&manifest))
    }

    /// Rows of one target, or, without a target, as the chat template writes them.
    fn to_pipe(&self, target: Option<Target>, options: Options, trust: &Trust, measure: Option<&Measure>) -> Result<u8> {
        let mut out = BufWriter::with_capacity(1 << 18, std::io::stdout());
        let mut counts = Counts::default();
        let mut thin = Thinned::new(trust, self.seed);
        let mut texts = measure.map(Measure::entry);
        let renderer = Renderer::new(target.as_slice()).weighing(trust.lambda);
        let make = |row: &Conversation| -> (Option<Result<Rendering, Refusal>>, Text) {
            let text = measure.map(|measure| measure.row(row));
            let dropped = render::is_dropped(measure, &text);
            let rendering = target.map(|target| if dropped { Err(Refusal::TooLong) } else { renderer.rendering(target, row) });
            (rendering, text)
        };
        let tally = stream::read(&self.inputs, options, make, |_, (rendering, text)| {
            if !thin.keeps() && !target.is_some_and(Target::reads_weights) {
                return Ok(());
            }
            let mut line = |line: &str| writeln!(out, "{line}").map_err(Error::output("standard output"));
            let dropped = render::is_dropped(measure, &text);
            if let Some((texts, text)) = texts.as_mut().zip(text) {
                texts.push(&text, dropped);
                let shown = text.iter().filter(|_| target.is_none() && !dropped);
                shown.map(|row| serde_json::to_string(row).unwrap_or_default()).try_for_each(|row| line(&row))?;
            }
            let Some(rendering) = rendering else { return Ok(()) };
            counts.add(&rendering);
            rendering.iter().flat_map(|rendering| &rendering.lines).try_for_each(|(_, row)| line(row))
        });
        let tally = match tally.and_then(|tally| out.flush().map(|()| tally).map_err(Error::output("standard output"))) {
            // Nobody reads on, which is nobody's fault.
            Err(Error::Output { source, .. }) if source.kind() == std::io::ErrorKind::BrokenPipe => return Ok(exit::DONE),
            tally => tally?,
        };
        let targets = target.map(|target| (target.name().to_string(), counts)).into_iter().collect();
        let manifest = manifest(tally, thin.entry(trust), texts.map(template::Entry::finished), targets, Vec::new());
        match self.json {
            true => eprint!("{}", super::json_line(&manifest)),
            false => eprint!("{}", told(&manifest)),
        }
        super::rows::tell_bad(&manifest.bad);
        Ok(self.verdict(&manifest))
    }

    fn verdict(&self, manifest: &Manifest) -> u8 {
        if self.strict && super::tell_losses(&manifest.targets, manifest.rendered.as_ref()) { exit::INCOMPLETE } else { exit::DONE }
    }
}

/// Rows in any order: each is kept or not as systematic resampling has it.
struct Thinned {
    weight: f64,
    draw: Systematic,
    rows: u64,
    kept: u64,
}

impl Thinned {
    fn new(trust: &Trust, seed: u64) -> Thinned {
        Thinned { weight: trust.lambda.unwrap_or(1.0), draw: Systematic::new(seed), rows: 0, kept: 0 }
    }

    fn keeps(&mut self) -> bool {
        let keeps = self.draw.copies(self.weight) > 0;
        self.rows += 1;
        self.kept += u64::from(keeps);
        keeps
    }

    fn entry(&self, trust: &Trust) -> Entry {
        trust.entry(self.rows, 0, self.kept, "systematic resampling of the rows in their order")
    }
}

/// What was written, in words.
fn told(manifest: &Manifest) -> String {
    let targets = if manifest.targets.is_empty() { String::new() } else { crate::report::targets(&manifest.targets) };
    targets + &manifest.rendered.as_ref().map_or(String::new(), render::told)
}

fn manifest(
    tally: Tally,
    trust: Entry,
    rendered: Option<template::Entry>,
    targets: BTreeMap<String, Counts>,
    files: Vec<FileEntry>,
) -> Manifest {
    Manifest {
        generator: "walktalk",
        version: env!("CARGO_PKG_VERSION"),
        inputs: tally.inputs,
        conversations: tally.conversations,
        trust,
        rendered,
        targets,
        bad: tally.bad,
        files,
    }
}
