//! What is known of a row and has no place in a trainer's file: `sidecar/rows.jsonl` for all targets by id, and a file for a target that
//! has rows without ids or tools under other names.

use super::conversation::Conversation;
use super::json::Json;
use super::mix::Label;
use super::{Names, Refusal, Rendering, Target};
use crate::dialogue::{Dialogue, Goal, Scores, UsedRelation};
use crate::graph::Motif;
use serde::Serialize;
use std::collections::BTreeMap;

/// Metadata of every row that has some, by id.
pub(super) const METADATA: &str = "sidecar/rows.jsonl";

/// Every row that a target does not have, or not the whole of.
pub(super) const LOSSES: &str = "sidecar/losses.jsonl";

/// The sidecar of one target.
pub(super) fn file(target: Target) -> String {
    format!("sidecar/{}.jsonl", target.name())
}

/// What walktalk knows of a dialogue; the record has all the rest.
#[derive(Serialize)]
pub(super) struct Metadata<'a> {
    id: &'a str,
    plan: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    sequels: &'a [String],
    motif: Motif,
    domains: &'a [String],
    goals: &'a [Goal],
    relations: &'a [UsedRelation],
    scores: &'a Scores,
}

pub(super) fn of(dialogue: &Dialogue) -> Metadata<'_> {
    Metadata {
        id: &dialogue.id,
        plan: &dialogue.plan,
        sequels: &dialogue.sequels,
        motif: dialogue.motif,
        domains: &dialogue.domains,
        goals: &dialogue.goals,
        relations: &dialogue.relations,
        scores: &dialogue.scores,
    }
}

/// The columns of a row that was read and that no target has; nothing where there are none.
pub(super) fn of_extra(row: &Conversation) -> String {
    #[derive(Serialize)]
    struct Line<'a> {
        id: &'a str,
        columns: BTreeMap<&'a str, &'a Json>,
    }
    if row.extra.is_empty() {
        return String::new();
    }
    let columns = row.extra.iter().map(|(name, value)| (name.as_str(), value)).collect();
    serde_json::to_string(&Line { id: &row.id, columns }).unwrap_or_default()
}

/// What a row cannot hold.
#[derive(Serialize)]
struct Held<'a> {
    row: u64,
    id: &'a str,
    /// The tool's own name by the name in the row.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    names: BTreeMap<&'a str, &'a str>,
    /// In which of several ways the row was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<Label>,
}

/// The line of a target's sidecar for a row that begins at line `row` of its file, when it needs one.
pub(super) fn line(target: Target, row: u64, id: &str, rendering: &Rendering) -> Option<String> {
    if !target.without_ids() && rendering.names.is_empty() && rendering.label.is_none() {
        return None;
    }
    let id = rendering.id.as_deref().unwrap_or(id);
    serde_json::to_string(&Held { row, id, names: rendering.names.changed().collect(), format: rendering.label }).ok()
}

/// The line for a row that only has other names.
pub(super) fn names(row: u64, id: &str, names: &Names) -> String {
    serde_json::to_string(&Held { row, id, names: names.changed().collect(), format: None }).unwrap_or_default()
}

/// The line of [`LOSSES`] for what became of a row in a target; nothing where it came out whole.
pub(super) fn loss(target: Target, id: &str, row: &Result<Rendering, Refusal>) -> Option<String> {
    #[derive(Serialize)]
    struct Line<'a> {
        id: &'a str,
        target: &'static str,
        /// Why it is left out.
        #[serde(skip_serializing_if = "Option::is_none")]
        left_out: Option<String>,
        /// What it is written without.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        without: Vec<String>,
    }
    let (left_out, without) = match row {
        Ok(rendering) if rendering.reduced.is_empty() => return None,
        Ok(rendering) => (None, rendering.reduced.iter().map(ToString::to_string).collect()),
        Err(refusal) => (Some(refusal.to_string()), Vec::new()),
    };
    serde_json::to_string(&Line { id, target: target.name(), left_out, without }).ok()
}
