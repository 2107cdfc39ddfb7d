//! `manifest.json`: what went in, what came out, and how to make it again. No clock and no path of a machine in it, so that the same run
//! gives the same bytes.

use super::{Counts, FileEntry};
use crate::catalog::{Note, Skipped, Source};
use crate::graph::Relevance;
use crate::pipeline::coverage::Coverage;
use crate::pipeline::dials::{Dial, Dials};
use crate::pipeline::hardness::Met;
use crate::pipeline::{LeftOut, Tally};
use crate::score::Axes;
use serde::Serialize;
use std::collections::BTreeMap;

/// Its name in the output folder.
pub const NAME: &str = "manifest.json";

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Manifest {
    pub generator: &'static str,
    pub version: &'static str,
    pub record_version: u32,
    /// The command that makes the same files again.
    pub command: String,
    pub seed: u64,
    pub size: u64,
    pub relevance: Relevance,
    pub catalogs: Vec<Source>,
    pub plans: Vec<PlanEntry>,
    pub plans_left_out: Vec<LeftOut>,
    pub tools: ToolCounts,
    pub graph: GraphCounts,
    pub stages: Tally,
    pub targets: BTreeMap<String, Counts>,
    /// What a row is worth beside a real one, as far as somebody said.
    pub trust: crate::balance::trust::Entry,
    /// None when the target `mixed` was not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formats: Option<super::mix::Entry>,
    /// None when no chat template was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rendered: Option<super::template::Entry>,
    pub dials: BTreeMap<&'static str, DialEntry>,
    /// None when no preference pairs were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub twins: Option<crate::twin::Tally>,
    pub coverage: Coverage,
    /// What the control of complexity asked for, and what came of it; none when it was not turned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hardness: Option<Met>,
    pub quality: BTreeMap<&'static str, f64>,
    pub diversity: BTreeMap<&'static str, f64>,
    pub complexity: BTreeMap<&'static str, f64>,
    pub files: Vec<FileEntry>,
}

/// A dial: what was asked for, if anything, and what the run has.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DialEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<f64>,
    pub reached: f64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanEntry {
    pub name: String,
    pub weight: u32,
    pub dialogues: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ToolCounts {
    pub loaded: usize,
    pub used: usize,
    pub domains: usize,
    pub returns_declared: usize,
    pub returns_prose: usize,
    pub returns_inferred: usize,
    pub skipped: Vec<Skipped>,
    pub notes: Vec<Note>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GraphCounts {
    /// Edges by kind.
    pub edges: BTreeMap<String, usize>,
    pub relations_used: usize,
}

/// The quality axis: what share of candidates the verifier passed.
pub fn quality(tally: &Tally) -> BTreeMap<&'static str, f64> {
    let share = |part: u64, whole: u64| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    BTreeMap::from([
        ("verified_share", share(tally.accepted - tally.faulty, tally.accepted)),
        ("pass_rate_of_candidates", share(tally.realised - tally.rejected_dialogues, tally.realised)),
        ("first_try_yield", share(tally.first_try, tally.accepted)),
        ("scripts_per_candidate", share(tally.scripts, tally.candidates)),
        ("scripts_that_hold", share(tally.accepted, tally.scripts)),
    ])
}

/// The diversity axis.
pub fn diversity(axes: &Axes, tools: usize, edges: usize) -> BTreeMap<&'static str, f64> {
    let diversity = &axes.diversity;
    let text = diversity.text();
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    BTreeMap::from([
        ("tool_coverage", share(diversity.tools(), tools)),
        ("tool_evenness", diversity.tool_evenness()),
        ("relation_coverage", share(diversity.relations(), edges)),
        ("plans", diversity.plans() as f64),
        ("skeletons", diversity.skeletons().distinct()),
        ("effective_skeletons", diversity.skeletons().hill_1()),
        ("unseen_skeleton_mass", diversity.skeletons().unseen()),
        ("text_tokens", text.tokens as f64),
        ("distinct_4", text.distinct_4),
        ("top_opening", text.top_opening),
        ("effective_openings", text.effective_openings),
        ("duplicate_turns", text.duplicates),
    ])
}

/// What was asked of the dials, and what came of it.
pub fn dials(asked: &Dials, axes: &Axes) -> BTreeMap<&'static str, DialEntry> {
    let entry = |dial: Dial| DialEntry { asked: asked.get(&dial).copied(), reached: dial.reached(&axes.complexity) };
    Dial::ALL.into_iter().map(|dial| (dial.name(), entry(dial))).collect()
}

/// The complexity axis.
pub fn complexity(axes: &Axes) -> BTreeMap<&'static str, f64> {
    let c = &axes.complexity;
    BTreeMap::from([
        ("calls_mean", c.mean("calls")),
        ("calls_max", c.max("calls") as f64),
        ("user_turns_mean", c.mean("user_turns")),
        ("depth_mean", c.mean("depth")),
        ("depth_max", c.max("depth") as f64),
        ("chain_mean", c.mean_from("depth", 2)),
        ("width_max", c.max("width") as f64),
        ("derived_argument_share", c.share("derived_arguments", "arguments")),
        ("distractors_mean", c.mean("distractors")),
        ("tools_visible_mean", c.mean("tools_visible")),
        ("dependent_argument_share", c.share("dependent_arguments", "arguments")),
        ("multi_call_turn_share", c.share("multi_call_turns", "calling_turns")),
        ("multi_step_turn_share", c.share("multi_step_turns", "calling_turns")),
        ("clarifications_mean", c.mean("clarifications")),
        ("corrections_mean", c.mean("corrections")),
        ("errors_mean", c.mean("errors")),
        ("refusals_mean", c.mean("refusals")),
        ("decision_bits_mean", c.mean("decision_bits")),
    ])
}
