//! How varied is a set? What occurs (situations, tools, flows, skeletons, values) and how it is worded, so that none of it grows with size alone.

use super::counts::{Counts, Figure, Hill};
use super::coverage::{Coverage, Factor, Tway};
use super::distinct::Distinct;
use super::nearby::Nearby;
use super::observed::{Called, Observed};
use super::sample::BottomK;
use super::texts::{self, Texts};
use crate::dialogue::{Dialogue, Role};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

pub use super::texts::TOKEN_BUDGET;

/// Names of which the counts are kept, so that the commonest can be told.
const NAMES: usize = 8_192;

/// Mergeable counts of a set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Diversity {
    pub conversations: u64,
    coverage: Coverage,
    tools: Names,
    offered: Names,
    domains: Names,
    domains_offered: Names,
    relations: Names,
    plans: Names,
    edges: Counts,
    paths: Counts,
    skeletons: Counts,
    values: Counts,
    user: Texts,
    assistant: Texts,
    nearby: Nearby,
    subtopics: Distinct,
}

/// Counts by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Names {
    kept: BottomK<(String, u64), NAMES>,
}

impl Names {
    fn push(&mut self, name: &str) {
        self.add(xxh3_64(name.as_bytes()), name, 1);
    }

    fn add(&mut self, hash: u64, name: &str, times: u64) {
        self.kept.update(hash, || (name.to_string(), times), |known| known.1 += times);
    }

    fn merge(&mut self, other: &Names) {
        other.kept.entries().for_each(|(hash, (name, times))| self.add(hash, name, *times));
    }

    fn number(&self) -> f64 {
        self.kept.distinct()
    }

    fn counts(&self) -> impl Iterator<Item = u64> + Clone {
        self.kept.values().map(|(_, count)| *count)
    }

    fn of(&self, name: &str) -> u64 {
        self.kept.values().find(|(known, _)| known == name).map_or(0, |(_, count)| *count)
    }

    /// Exp of the entropy over the number of names: 1 when all occur alike.
    fn evenness(&self) -> f64 {
        let kept = self.counts().count();
        if kept == 0 { 0.0 } else { super::wording::entropy(self.counts()).exp() / kept as f64 }
    }
}

/// The skeleton of one dialogue, for the record.
pub fn of(dialogue: &Dialogue) -> IndexMap<String, Value> {
    IndexMap::from([("skeleton".to_string(), Value::String(format!("{:016x}", skeleton(dialogue))))])
}

/// Hash of what happens, without any word or value: acts in order, calls with their tools, and which call feeds which.
pub fn skeleton(dialogue: &Dialogue) -> u64 {
    let mut text = String::new();
    for turn in &dialogue.turns {
        text.push_str(match turn.role {
            Role::System => "S",
            Role::User => "U",
            Role::Assistant => "A",
            Role::Tool => "T",
        });
        for act in &turn.acts {
            text.push_str(act);
            text.push(',');
        }
        for call in &turn.calls {
            text.push_str(&call.tool);
            for source in call.provenance.values() {
                if let Some((call, _)) = source.result() {
                    text.push_str(&format!("<{call}"));
                }
            }
            text.push(';');
        }
    }
    xxh3_64(text.as_bytes())
}

impl Diversity {
    pub fn push(&mut self, observed: &Observed) {
        self.conversations += 1;
        self.coverage.push(&observed.factors);
        self.things(observed);
        self.skeletons.push(observed.skeleton);
        self.flows(&observed.calls);
        for (name, value) in &observed.values {
            self.values.push(xxh3_64(format!("{name}\u{1f}{value}").as_bytes()));
        }
        for (texts, said) in [(&mut self.user, &observed.user), (&mut self.assistant, &observed.assistant)] {
            for (number, one) in said.iter().enumerate() {
                texts.push(&observed.id, number, &one.act, &one.text);
            }
        }
        let said: Vec<&str> = observed.user.iter().map(|one| one.text.as_str()).collect();
        self.nearby.push(&observed.id, &said);
    }

    fn things(&mut self, observed: &Observed) {
        observed.tools().for_each(|tool| self.tools.push(tool));
        observed.visible.iter().for_each(|tool| self.offered.push(tool));
        observed.domains.iter().for_each(|domain| self.domains.push(domain));
        observed.domains_visible.iter().for_each(|domain| self.domains_offered.push(domain));
        observed.relations.iter().for_each(|relation| self.relations.push(relation));
        if let Some(plan) = observed.factors.get("plan") {
            self.plans.push(plan);
        }
        if let Some(subtopic) = observed.factors.get("subtopic") {
            self.subtopics.push(xxh3_64(subtopic.as_bytes()));
        }
    }

    /// Pairs of tools of which one takes from the other, and paths of three.
    fn flows(&mut self, calls: &[Called]) {
        for call in calls {
            for parent in call.parents.iter().map(|parent| &calls[*parent]) {
                self.edges.push(xxh3_64(format!("{}\u{1f}{}", parent.tool, call.tool).as_bytes()));
                for first in parent.parents.iter().map(|first| &calls[*first]) {
                    self.paths.push(xxh3_64(format!("{}\u{1f}{}\u{1f}{}", first.tool, parent.tool, call.tool).as_bytes()));
                }
            }
        }
    }

    pub fn merge(&mut self, other: &Diversity) {
        self.conversations += other.conversations;
        self.coverage.merge(&other.coverage);
        for (own, other) in [
            (&mut self.tools, &other.tools),
            (&mut self.offered, &other.offered),
            (&mut self.domains, &other.domains),
            (&mut self.domains_offered, &other.domains_offered),
            (&mut self.relations, &other.relations),
            (&mut self.plans, &other.plans),
        ] {
            own.merge(other);
        }
        for (own, other) in [
            (&mut self.edges, &other.edges),
            (&mut self.paths, &other.paths),
            (&mut self.skeletons, &other.skeletons),
            (&mut self.values, &other.values),
        ] {
            own.merge(other);
        }
        self.user.merge(&other.user);
        self.assistant.merge(&other.assistant);
        self.nearby.merge(&other.nearby);
        self.subtopics.merge(&other.subtopics);
    }

    /// Tools called.
    pub fn tools(&self) -> usize {
        self.tools.number().round() as usize
    }

    /// Tools offered.
    pub fn offered(&self) -> usize {
        self.offered.number().round() as usize
    }

    pub fn relations(&self) -> usize {
        self.relations.number().round() as usize
    }

    pub fn plans(&self) -> usize {
        self.plans.number().round() as usize
    }

    /// Conversations of a plan.
    pub fn of_plan(&self, plan: &str) -> u64 {
        self.plans.of(plan)
    }

    /// Exp of the entropy of tool use over the number of tools used: 1 when all are used alike.
    pub fn tool_evenness(&self) -> f64 {
        self.tools.evenness()
    }

    pub fn skeletons(&self) -> &Counts {
        &self.skeletons
    }

    /// Metrics of the user's delexicalised words at the token budget.
    pub fn text(&self) -> super::wording::Wording {
        self.user.first()
    }

    pub fn report(&self) -> Report {
        let share = |part: f64, whole: f64| if whole > 0.0 { (part / whole).min(1.0) } else { 0.0 };
        let (sampled, repeats) = self.nearby.repeats();
        let (user, assistant) = rayon::join(|| self.user.report(), || self.assistant.report());
        Report {
            conversations: self.conversations,
            two_way: self.coverage.two_way(),
            three_way: self.coverage.three_way(),
            factors: self.coverage.factors(),
            taxonomy: BTreeMap::from([
                ("domain", Level::of(self.domains.number(), self.domains_offered.number().max(self.domains.number()))),
                ("intent", Level::of(self.tools.number(), self.offered.number())),
                ("subtopic", Level::of(self.subtopics.count(), self.subtopics.count())),
            ])
            .into_iter()
            .filter(|(_, level)| level.seen > 0)
            .collect(),
            tool_coverage: share(self.tools.number(), self.offered.number()),
            tool_evenness: self.tool_evenness(),
            edges: self.edges.diversity(1),
            paths: self.paths.diversity(2),
            skeletons: self.skeletons.diversity(3),
            values: self.values.diversity(4),
            user,
            assistant,
            near_duplicates: Figure::share(repeats, sampled),
            near_duplicates_of: sampled,
        }
    }
}

/// Nodes of one level of a taxonomy that occur.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Level {
    pub seen: u64,
    /// Nodes that the rows show.
    pub known: u64,
    /// Level ratio coverage.
    pub share: f64,
}

impl Level {
    fn of(seen: f64, known: f64) -> Level {
        let share = if known > 0.0 { (seen / known).min(1.0) } else { 0.0 };
        Level { seen: seen.round() as u64, known: known.round() as u64, share }
    }
}

/// The panel.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// Rows that pass the quality checks; all else is about these.
    pub conversations: u64,
    pub two_way: Tway,
    pub three_way: Tway,
    pub factors: BTreeMap<String, Factor>,
    pub taxonomy: BTreeMap<&'static str, Level>,
    /// Tools called over tools offered.
    pub tool_coverage: f64,
    pub tool_evenness: f64,
    /// Pairs of tools of which one takes from a result of the other.
    pub edges: Hill,
    pub paths: Hill,
    pub skeletons: Hill,
    /// Texts given as arguments: one value over and over shows in `top` and a small `q2`.
    pub values: Hill,
    pub user: texts::Report,
    pub assistant: texts::Report,
    /// Share of conversations of the sample that are nearly another one.
    pub near_duplicates: Figure,
    pub near_duplicates_of: u64,
}
