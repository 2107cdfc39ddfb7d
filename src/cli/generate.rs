//! `walktalk generate`.

use super::render::{self, RenderArgs};
use crate::balance::trust::Attributes;
use crate::catalog::{Catalog, Origin};
use crate::dialogue::Dialogue;
use crate::error::{Error, Result, exit};
use crate::formats::mix::{self, Independence};
use crate::formats::output::Folder;
use crate::formats::template::{Entry, Measure};
use crate::formats::{Conversation, Renderer, Target, Writer, card, manifest, preference};
use crate::graph::{Relevance, ToolGraph};
use crate::operate::Operator;
use crate::pipeline::coverage::Counter;
use crate::pipeline::dials::{Dial, Dials};
use crate::pipeline::{Pipeline, Refinement, Tally, is_faulty};
use crate::score::{Axes, Observed};
use crate::twin::{self, Twins};
use crate::world::Schemas;
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Make dialogues from catalogs and plans
///
/// Without arguments: 1,000 dialogues from the built-in catalogs and plans, in ./walktalk-out. The same seed gives the same bytes, with
/// any number of threads.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  walktalk generate --catalog tools.json --size 500 --seed 7 --out dialogues\n  walktalk generate --catalog tools.json --size 20 --diversity medium --out plain\n\nThe output folder: dialogues.jsonl (the full record), a folder for each target with\nits rows and a configuration to train with, sidecar/ (what a row cannot hold, by id), manifest.json, README.md (data set card).\n\nControls: --quality, --diversity and --complexity turn one axis each and leave the other two alone (docs/coverage.md).\n\nOperators: --refine 0.3 makes three of ten dialogues harder and proves them again; --operators names those that may be used\n(docs/operators.md).\n\nPreference pairs: --export all,dpo,kto writes dpo/ and kto/ for TRL and LLaMA-Factory, and twins.jsonl, which says what is wrong with each\nrejected answer. They are a data set of their own, so that 'all' does not mean them."
)]
pub(super) struct Generate {
    /// Tool catalogs: files or folders, any known format, '-' for standard input [default: the built-in ones]
    #[arg(long, num_args = 1.., value_name = "PATH")]
    catalog: Vec<PathBuf>,
    /// Dialogue plans: files or folders [default: the built-in ones]
    #[arg(long, num_args = 1.., value_name = "PATH")]
    plans: Vec<PathBuf>,
    /// How many dialogues
    #[arg(long, default_value_t = 1000, value_name = "N")]
    size: u64,
    /// Seed of everything that is drawn
    #[arg(long, default_value_t = 0, value_name = "S")]
    seed: u64,
    /// Output folder: new, empty, or an earlier output, which is replaced
    #[arg(long, default_value = "walktalk-out", value_name = "DIR")]
    out: PathBuf,
    /// Threads [default: one a core]
    #[arg(long, value_name = "T")]
    threads: Option<usize>,
    /// How the tool graph is built: ours, or a rival's for measurement
    #[arg(long, value_enum, default_value_t = RelevanceArg::Typed)]
    relevance: RelevanceArg,
    #[command(flatten)]
    export: super::export::ExportArgs,
    #[command(flatten)]
    render: RenderArgs,
    #[command(flatten)]
    trust: super::trust::TrustArgs,
    #[command(flatten)]
    controls: super::controls::ControlArgs,
    #[command(flatten)]
    dials: super::dials::DialArgs,
    /// Share of the dialogues that operators make harder, each verified again [default: 0]
    #[arg(long, value_name = "SHARE", help_heading = "Operators")]
    refine: Option<f64>,
    /// Operators to draw from, by name; 'all' is every one [default: all]
    #[arg(long, value_delimiter = ',', value_name = "LIST", help_heading = "Operators")]
    operators: Vec<String>,
    /// End with exit code 4 when a target cannot carry a row, or not the whole of it, when the chat template refuses one, or when one has more
    /// than --max-tokens; the files are written all the same
    #[arg(long)]
    strict: bool,
    /// Print the manifest as JSON instead of the table
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum RelevanceArg {
    Typed,
    Toolflow,
    Random,
}

impl From<RelevanceArg> for Relevance {
    fn from(argument: RelevanceArg) -> Relevance {
        match argument {
            RelevanceArg::Typed => Relevance::Typed,
            RelevanceArg::Toolflow => Relevance::Toolflow,
            RelevanceArg::Random => Relevance::Random,
        }
    }
}

impl Generate {
    pub(super) fn run(self) -> Result<u8> {
        super::threads(self.threads);
        // Everything that can be wrong is found out before work begins.
        let asked = self.dials.asked()?;
        let refinement = self.refinement()?;
        let mix = self.export.mix(self.seed)?;
        let trust = self.trust.asked()?;
        let measure = self.render.measure()?;
        self.controls.agree_with(&self.hardeners(&asked))?;
        let folder = Folder::open(&self.out)?;
        let plans = crate::plan::load(&self.plans)?;
        let catalog = Catalog::open(&self.catalog)?;
        super::tell_loaded(&catalog);
        let graph = ToolGraph::build(&catalog, &super::graph_options(self.relevance.into(), self.seed));
        let schemas = std::sync::Arc::new(Schemas::new(&catalog));
        let pipeline = Pipeline::new(&catalog, &graph, schemas.clone(), &plans, self.seed)?;
        let taxonomy = self.controls.taxonomy(&catalog)?;
        let plain = self.controls.leaves_situations();
        let pipeline = if plain { pipeline } else { pipeline.varied(self.controls.variety(), &taxonomy.sectors) };
        let pipeline = if asked.is_empty() { pipeline } else { pipeline.tuned(&asked)? };
        let (pipeline, hardness) = match self.controls.complexity() {
            Some(x) => pipeline.hardened(x).map(|(pipeline, asked)| (pipeline, Some(asked)))?,
            None => (pipeline.refining(refinement), None),
        };
        let pipeline = pipeline.with_quality(self.controls.quality());
        let mut coverage = Counter::new(&pipeline, taxonomy);
        let (targets, preferences) = (self.export.targets(), self.export.preferences());
        let mut writer = Writer::open(folder, &targets, true)?;
        let trust = trust.settled(self.size, || sample(&pipeline, self.size))?;
        let kept = trust.prefix(self.size, self.seed);
        let renderer = Renderer::new(&targets).mixing(mix.clone()).weighing(trust.lambda);
        let twins = (!preferences.is_empty()).then(|| Twins::new(&catalog, schemas, self.seed));
        if twins.is_some() {
            writer = writer.with_twins(&preferences)?;
        }
        let measure = measure.as_ref();
        let mut texts = measure.map(Measure::entry);
        if measure.is_some() {
            writer = writer.with_texts()?;
        }
        let mut pairs = twin::Tally::default();
        let mut formats = Independence::default();
        let bar = progress(self.size);
        let (mut tally, mut axes) = (Tally::default(), Axes::default());
        let also = |dialogue: &Dialogue| {
            // A twin differs from the truth in one thing; what is not true has none.
            let made = twins.as_ref().filter(|_| !is_faulty(dialogue)).map_or(Vec::new(), |twins| twins.of(dialogue, self.export.twins));
            (
                render::of_dialogue(measure, &renderer, dialogue),
                preference::render(&preferences, dialogue, &made),
                made,
                Observed::finished(dialogue),
            )
        };
        pipeline.run_with(0, self.size, also, |made, counts| {
            tally.add(counts);
            if let Some((dialogue, (rendered, pairs_of, made, observed))) = made {
                axes.push(&observed);
                coverage.push(&dialogue);
                let (rendered, text) = rendered?;
                render::write(measure, texts.as_mut(), text, &mut writer)?;
                rendered.label().iter().for_each(|label| mix::count(&mut formats, *label, &dialogue));
                // The order is one of which any prefix is good, so that the first rows stand for all.
                if tally.accepted > kept {
                    writer.push_thinned(rendered)?;
                } else {
                    pairs.add(&made);
                    writer.push(rendered)?;
                    writer.push_twins(pairs_of?)?;
                }
            }
            bar.inc(1);
            Ok(())
        })?;
        bar.finish_and_clear();
        let counts = writer.counts();
        let left_out = pipeline.left_out.clone();
        let manifest = writer.finish(|files| {
            let mut manifest = self.manifest(&catalog, &graph, &plans, &tally, &axes, &asked, left_out, counts, files);
            manifest.formats = targets.contains(&Target::Mixed).then(|| mix.entry(&formats));
            manifest.trust = trust.entry(tally.accepted, 0, kept.min(tally.accepted), "the first rows, in the order of the run");
            manifest.rendered = texts.map(Entry::finished);
            manifest.coverage = coverage.coverage();
            let bits = axes.complexity.histograms.get("decision_bits");
            manifest.hardness = hardness.as_ref().zip(bits).map(|(asked, bits)| asked.met(bits));
            manifest.twins = (!preferences.is_empty()).then_some(pairs);
            let card = card::card(&manifest, &targets, &preferences);
            (manifest, Some(card))
        })?;
        if self.json {
            super::print(&format!("{}\n", serde_json::to_string_pretty(&manifest).unwrap_or_default()))?;
        } else {
            super::print(&crate::report::summary(&manifest))?;
            manifest.rendered.iter().try_for_each(|entry| super::print(&render::told(entry)))?;
            eprintln!("\nwritten to {}", self.out.display());
        }
        let lost = self.strict && super::tell_losses(&manifest.targets, manifest.rendered.as_ref());
        Ok(if tally.accepted < self.size || lost { exit::INCOMPLETE } else { exit::DONE })
    }

    /// Options that say how hard a dialogue is.
    fn hardeners(&self, asked: &Dials) -> Vec<&'static str> {
        let dials = [Dial::Calls, Dial::Distractors].into_iter().filter(|dial| asked.contains_key(dial)).map(Dial::name);
        let operators = [("refine", self.refine.is_some()), ("operators", !self.operators.is_empty())];
        dials.chain(operators.into_iter().filter(|(_, given)| *given).map(|(name, _)| name)).collect()
    }

    /// What is to be made harder.
    fn refinement(&self) -> Result<Refinement> {
        // Who names operators wants them applied.
        let share = self.refine.unwrap_or(if self.operators.is_empty() { 0.0 } else { 1.0 });
        if !(0.0..=1.0).contains(&share) {
            let message = format!("refine = {share} is out of range");
            return Err(Error::Unsatisfiable { message, cure: "give a number from 0 to 1".into() });
        }
        let mut operators = Vec::new();
        for name in &self.operators {
            match Operator::named(name) {
                Some(operator) if !operators.contains(&operator) => operators.push(operator),
                Some(_) => {}
                None if name == "all" => operators = Operator::ALL.to_vec(),
                None => {
                    let known: Vec<&str> = Operator::ALL.into_iter().map(Operator::name).collect();
                    let message = format!("there is no operator `{name}`");
                    return Err(Error::Unsatisfiable { message, cure: format!("use `all` or some of {}", known.join(", ")) });
                }
            }
        }
        if operators.is_empty() {
            operators = Operator::ALL.to_vec();
        }
        Ok(Refinement { share, operators })
    }

    #[allow(clippy::too_many_arguments)]
    fn manifest(
        &self,
        catalog: &Catalog,
        graph: &ToolGraph,
        plans: &[crate::plan::Plan],
        tally: &Tally,
        axes: &Axes,
        asked: &Dials,
        plans_left_out: Vec<crate::pipeline::LeftOut>,
        targets: BTreeMap<String, crate::formats::Counts>,
        files: Vec<crate::formats::FileEntry>,
    ) -> manifest::Manifest {
        let mut edges: BTreeMap<String, usize> = BTreeMap::new();
        for relation in graph.graph.edge_weights() {
            *edges.entry(format!("{:?}", relation.kind).to_lowercase()).or_default() += 1;
        }
        let composing: usize = edges.iter().filter(|(kind, _)| *kind != "near").map(|(_, count)| count).sum();
        let origin = |origin: Origin| catalog.tools.iter().filter(|tool| tool.returns.origin == origin).count();
        let mut domains: Vec<&str> = catalog.tools.iter().map(|tool| tool.domain.as_str()).collect();
        domains.sort_unstable();
        domains.dedup();
        manifest::Manifest {
            generator: "walktalk",
            version: env!("CARGO_PKG_VERSION"),
            record_version: crate::dialogue::RECORD_VERSION,
            command: self.command(),
            seed: self.seed,
            size: self.size,
            relevance: self.relevance.into(),
            catalogs: catalog.sources.clone(),
            plans: plans
                .iter()
                .map(|plan| manifest::PlanEntry {
                    name: plan.name.clone(),
                    weight: plan.weight,
                    dialogues: axes.diversity.of_plan(&plan.name),
                })
                .collect(),
            plans_left_out,
            tools: manifest::ToolCounts {
                loaded: catalog.tools.len(),
                used: axes.diversity.tools(),
                domains: domains.len(),
                returns_declared: origin(Origin::Declared),
                returns_prose: origin(Origin::Prose),
                returns_inferred: origin(Origin::Inferred),
                skipped: catalog.skipped.clone(),
                notes: catalog.notes.clone(),
            },
            graph: manifest::GraphCounts { edges, relations_used: axes.diversity.relations() },
            stages: tally.clone(),
            targets,
            trust: Default::default(),
            formats: None,
            rendered: None,
            dials: manifest::dials(asked, axes),
            twins: None,
            coverage: Default::default(),
            hardness: None,
            quality: manifest::quality(tally),
            diversity: manifest::diversity(axes, catalog.tools.len(), composing),
            complexity: manifest::complexity(axes),
            files,
        }
    }

    /// The command that gives the same bytes: output folder and threads do not matter.
    fn command(&self) -> String {
        let mut command = format!("walktalk generate --size {} --seed {}", self.size, self.seed);
        for (flag, paths) in [("--catalog", &self.catalog), ("--plans", &self.plans)] {
            if !paths.is_empty() {
                let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
                command.push_str(&format!(" {flag} {}", names.join(" ")));
            }
        }
        if self.relevance != RelevanceArg::Typed {
            command.push_str(&format!(" --relevance {}", if self.relevance == RelevanceArg::Toolflow { "toolflow" } else { "random" }));
        }
        command.push_str(&self.controls.command());
        command.push_str(&self.dials.command());
        command.push_str(&self.trust.command());
        command.push_str(&self.render.command());
        command.push_str(&self.export.mix_command());
        if let Some(share) = self.refine {
            command.push_str(&format!(" --refine {share}"));
        }
        if !self.operators.is_empty() {
            command.push_str(&format!(" --operators {}", self.operators.join(",")));
        }
        command.push_str(&self.export.command());
        command
    }
}

/// Dialogues that are made for an estimate, before those of the run.
const SAMPLE: u64 = 1000;

/// What the first dialogues of a run are like.
fn sample(pipeline: &Pipeline, size: u64) -> Result<Attributes> {
    let mut counts = Attributes::default();
    pipeline.run(0, size.min(SAMPLE), |dialogue, _| {
        dialogue.iter().for_each(|dialogue| counts.push(&Conversation::of(dialogue)));
        Ok(())
    })?;
    Ok(counts)
}

/// A bar on a terminal, nothing elsewhere.
fn progress(size: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(size), ProgressDrawTarget::stderr_with_hz(8));
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} dialogues, {per_sec}, {eta} left") {
        bar.set_style(style);
    }
    bar
}
