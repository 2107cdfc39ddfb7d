//! How varied is a set? Symbolic skeletons and delexicalised user text, at fixed sizes.

use super::sample::BottomK;
use crate::dialogue::{Dialogue, Provenance, Role, Turn};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::xxh3_64;

/// User turns that are kept for text metrics.
const TEXTS: usize = 3_000;
/// Distinct skeletons that are counted exactly.
const SKELETONS: usize = 8_192;
/// Text metrics are taken on so many tokens, because every one of them drifts with size.
pub const TOKEN_BUDGET: usize = 10_000;

/// Mergeable counts of a set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Diversity {
    pub dialogues: u64,
    pub tools: BTreeMap<String, u64>,
    pub relations: BTreeMap<String, u64>,
    pub plans: BTreeMap<String, u64>,
    pub motifs: BTreeMap<String, u64>,
    skeletons: BottomK<u64, SKELETONS>,
    texts: BottomK<String, TEXTS>,
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

/// A user turn with every value replaced by a mark, in lower case.
pub fn delexicalised(dialogue: &Dialogue, number: usize) -> String {
    let Some(turn) = dialogue.turns.get(number) else { return String::new() };
    let mut spans: BTreeSet<(usize, usize)> = BTreeSet::new();
    for source in dialogue.calls().flat_map(|call| call.provenance.values()) {
        if let Provenance::UserTurn { turn, span } = source
            && *turn == number
        {
            spans.insert((span.start, span.end));
        }
    }
    let mut out = String::new();
    let mut at = 0;
    for (start, end) in spans {
        if start >= at
            && let Some(before) = turn.text.get(at..start)
        {
            out.push_str(before);
            out.push_str("<v>");
            at = end;
        }
    }
    out.push_str(turn.text.get(at..).unwrap_or_default());
    out.to_lowercase()
}

fn tokens(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '<' || c == '>')).filter(|token| !token.is_empty()).collect()
}

impl Diversity {
    pub fn push(&mut self, dialogue: &Dialogue) {
        self.dialogues += 1;
        for call in dialogue.calls() {
            *self.tools.entry(call.tool.clone()).or_default() += 1;
        }
        for relation in &dialogue.relations {
            let key = format!("{} {:?} {}", relation.from, relation.kind, relation.to).to_lowercase();
            *self.relations.entry(key).or_default() += 1;
        }
        *self.plans.entry(dialogue.plan.clone()).or_default() += 1;
        *self.motifs.entry(dialogue.motif.name().to_string()).or_default() += 1;
        self.skeletons.update(skeleton(dialogue), || 1, |count| *count += 1);
        for (number, turn) in dialogue.turns.iter().enumerate() {
            if turn.role == Role::User {
                self.push_text(dialogue, number, turn);
            }
        }
    }

    fn push_text(&mut self, dialogue: &Dialogue, number: usize, turn: &Turn) {
        let hash = xxh3_64(format!("{}\u{1f}{number}\u{1f}{}", dialogue.id, turn.text).as_bytes());
        self.texts.update(hash, || delexicalised(dialogue, number), |_| {});
    }

    pub fn merge(&mut self, other: &Diversity) {
        self.dialogues += other.dialogues;
        for (into, from) in [
            (&mut self.tools, &other.tools),
            (&mut self.relations, &other.relations),
            (&mut self.plans, &other.plans),
            (&mut self.motifs, &other.motifs),
        ] {
            for (key, count) in from {
                *into.entry(key.clone()).or_default() += count;
            }
        }
        for (hash, count) in other.skeletons.entries() {
            self.skeletons.update(hash, || *count, |known| *known += count);
        }
        for (hash, text) in other.texts.entries() {
            self.texts.update(hash, || text.clone(), |_| {});
        }
    }

    /// Distinct skeletons: Hill number of order 0.
    pub fn skeletons(&self) -> f64 {
        self.skeletons.distinct()
    }

    /// Hill number of order 1, exp of Shannon entropy (Hill 1973), of the skeletons that are counted.
    pub fn effective_skeletons(&self) -> f64 {
        hill_1(self.skeletons.values().copied())
    }

    /// Good–Turing estimate of the mass of skeletons not seen yet: share of dialogues whose skeleton was seen once (Good 1953).
    pub fn unseen_mass(&self) -> f64 {
        let (mut once, mut all) = (0u64, 0u64);
        for count in self.skeletons.values() {
            once += u64::from(*count == 1);
            all += count;
        }
        if all == 0 { 0.0 } else { once as f64 / all as f64 }
    }

    /// Exp of the entropy of tool use over the number of tools used: 1 when all are used alike.
    pub fn tool_evenness(&self) -> f64 {
        if self.tools.is_empty() { 0.0 } else { hill_1(self.tools.values().copied()) / self.tools.len() as f64 }
    }

    /// Turns of the sample up to the token budget, in hash order.
    fn budget(&self) -> Vec<Vec<&str>> {
        let mut used = 0;
        let mut turns = Vec::new();
        for text in self.texts.values() {
            if used >= TOKEN_BUDGET {
                break;
            }
            let words = tokens(text);
            used += words.len();
            turns.push(words);
        }
        turns
    }

    /// Metrics of the user's delexicalised words at the token budget.
    pub fn text(&self) -> Text {
        let turns = self.budget();
        let mut grams: BTreeSet<&[&str]> = BTreeSet::new();
        let mut total = 0u64;
        let mut openings: BTreeMap<&[&str], u64> = BTreeMap::new();
        let mut whole: BTreeMap<&[&str], u64> = BTreeMap::new();
        for words in &turns {
            for gram in words.windows(4) {
                total += 1;
                grams.insert(gram);
            }
            *openings.entry(&words[..words.len().min(4)]).or_default() += 1;
            *whole.entry(words).or_default() += 1;
        }
        let count = turns.len() as f64;
        let share = |n: f64| if turns.is_empty() { 0.0 } else { n / count };
        Text {
            tokens: turns.iter().map(Vec::len).sum::<usize>() as u64,
            turns: turns.len() as u64,
            distinct_4: if total == 0 { 0.0 } else { grams.len() as f64 / total as f64 },
            top_opening: share(openings.values().copied().max().unwrap_or(0) as f64),
            effective_openings: share(hill_1(openings.values().copied())),
            duplicates: share(turns.len() as f64 - whole.len() as f64),
        }
    }
}

/// Text metrics at [`TOKEN_BUDGET`] tokens; compare only at equal `tokens`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Text {
    pub tokens: u64,
    pub turns: u64,
    /// Distinct 4-grams over all 4-grams (Li et al. 2016).
    pub distinct_4: f64,
    /// Share of turns with the commonest first four words.
    pub top_opening: f64,
    /// Exp of the entropy of the first four words, over the number of turns.
    pub effective_openings: f64,
    /// Share of turns that repeat another one word for word once values are masked.
    pub duplicates: f64,
}

/// Exp of Shannon entropy.
fn hill_1(counts: impl Iterator<Item = u64> + Clone) -> f64 {
    let total: u64 = counts.clone().sum();
    if total == 0 {
        return 0.0;
    }
    let entropy: f64 = counts
        .filter(|count| *count > 0)
        .map(|count| {
            let p = count as f64 / total as f64;
            -p * p.ln()
        })
        .sum();
    entropy.exp()
}
