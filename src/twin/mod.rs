//! What would have been wrong here? Contrastive twins: one context, the assistant's true turn, and a turn with one known fault.
//!
//! A twin is made from a verified dialogue by planting a fault in one turn of the assistant's, and it is kept only when it is proved: read
//! up to that turn, the dialogue with the fault has a finding there that the true one has not. Twins of dialogue *i* are a pure function of
//! the dialogue, the seed and *i*.

mod calls;
mod claims;
mod draft;
mod lines;
mod proof;
mod questions;
mod stage;
mod values;

#[cfg(test)]
mod tests;

use crate::catalog::{Catalog, Tool};
use crate::dialogue::{Dialogue, Turn};
use crate::seed::{Rng, Stage as Stream, stream};
use crate::verify::Verifier;
use crate::world::Schemas;
use draft::Draft;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use stage::Stage;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Version of the record in `twins.jsonl`.
pub const RECORD_VERSION: u32 = 1;
/// Twins of a dialogue when nothing else is asked for.
pub const PER_DIALOGUE: usize = 2;
/// Places that are tried for one fault in one dialogue.
const TRIES: usize = 3;

/// What is wrong with the rejected turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Arguments are taken from another item of a list than the one that is meant.
    OtherItem,
    /// A value that was replaced since: one that the user took back, or an id of an older result.
    StaleValue,
    /// A value that nobody said and no result holds.
    InventedValue,
    /// Two values stand in each other's place.
    SwappedValues,
    /// Another offered tool is called, one that takes the same values.
    SimilarTool,
    /// A call that was made already is made again.
    RepeatedCall,
    /// A call where nothing offered does, or may do, what is asked.
    NeedlessCall,
    /// A call with made-up values where a question was due.
    SkippedQuestion,
    /// A question for what the user has said.
    NeedlessQuestion,
    /// A request that an offered tool serves is turned down.
    FalseRefusal,
    /// Another number than the result's is told.
    WrongNumber,
    /// Another name, date or id than the result's is told.
    WrongName,
    /// Two facts of a result are told in each other's place.
    SwappedFacts,
    /// A fact is told that no result has.
    InventedFact,
    /// Success is claimed after an error.
    FalseSuccess,
    /// Failure is claimed after a success.
    FalseFailure,
    /// Something is said to be done that was never called.
    UnmadeCall,
}

impl Fault {
    pub const ALL: [Fault; 17] = [
        Fault::OtherItem,
        Fault::StaleValue,
        Fault::InventedValue,
        Fault::SwappedValues,
        Fault::SimilarTool,
        Fault::RepeatedCall,
        Fault::NeedlessCall,
        Fault::SkippedQuestion,
        Fault::NeedlessQuestion,
        Fault::FalseRefusal,
        Fault::WrongNumber,
        Fault::WrongName,
        Fault::SwappedFacts,
        Fault::InventedFact,
        Fault::FalseSuccess,
        Fault::FalseFailure,
        Fault::UnmadeCall,
    ];

    /// As it stands in rows and in the manifest.
    pub fn name(self) -> &'static str {
        match self {
            Fault::OtherItem => "other_item",
            Fault::StaleValue => "stale_value",
            Fault::InventedValue => "invented_value",
            Fault::SwappedValues => "swapped_values",
            Fault::SimilarTool => "similar_tool",
            Fault::RepeatedCall => "repeated_call",
            Fault::NeedlessCall => "needless_call",
            Fault::SkippedQuestion => "skipped_question",
            Fault::NeedlessQuestion => "needless_question",
            Fault::FalseRefusal => "false_refusal",
            Fault::WrongNumber => "wrong_number",
            Fault::WrongName => "wrong_name",
            Fault::SwappedFacts => "swapped_facts",
            Fault::InventedFact => "invented_fact",
            Fault::FalseSuccess => "false_success",
            Fault::FalseFailure => "false_failure",
            Fault::UnmadeCall => "unmade_call",
        }
    }

    fn plant(self, stage: &Stage, rng: &mut Rng) -> Option<Draft> {
        match self {
            Fault::OtherItem => values::other_item(stage, rng),
            Fault::StaleValue => values::stale(stage, rng),
            Fault::InventedValue => values::invented(stage, rng),
            Fault::SwappedValues => values::swapped(stage, rng),
            Fault::SimilarTool => calls::similar_tool(stage, rng),
            Fault::RepeatedCall => calls::repeated(stage, rng),
            Fault::NeedlessCall => calls::needless(stage, rng),
            Fault::SkippedQuestion => questions::skipped(stage, rng),
            Fault::NeedlessQuestion => questions::needless(stage, rng),
            Fault::FalseRefusal => questions::refused(stage, rng),
            Fault::WrongNumber => claims::wrong_number(stage, rng),
            Fault::WrongName => claims::wrong_name(stage, rng),
            Fault::SwappedFacts => claims::swapped_facts(stage, rng),
            Fault::InventedFact => claims::invented_fact(stage, rng),
            Fault::FalseSuccess => claims::false_success(stage, rng),
            Fault::FalseFailure => claims::false_failure(stage, rng),
            Fault::UnmadeCall => claims::unmade_call(stage, rng),
        }
    }
}

/// A pair of turns for one context, the turns of the dialogue before `turn`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Twin {
    pub version: u32,
    /// Unique in a run: the dialogue's id, the turn and the fault.
    pub id: String,
    /// The dialogue's id.
    pub dialogue: String,
    pub turn: usize,
    pub fault: Fault,
    /// What is wrong, in words.
    pub reason: String,
    /// What the verifier found in the rejected turn and not in the chosen one.
    pub proof: Proof,
    pub chosen: Turn,
    pub rejected: Turn,
}

/// A finding that proves a fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Name of the check.
    pub check: String,
    pub message: String,
}

/// How many twins there are. Tallies add.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Dialogues that have twins.
    pub dialogues: u64,
    pub twins: u64,
    pub faults: BTreeMap<Fault, u64>,
}

impl Tally {
    /// Counts the twins of one dialogue.
    pub fn add(&mut self, twins: &[Twin]) {
        self.dialogues += u64::from(!twins.is_empty());
        self.twins += twins.len() as u64;
        for twin in twins {
            *self.faults.entry(twin.fault).or_default() += 1;
        }
    }
}

/// Makes the twins of dialogues. Share one among all threads.
pub struct Twins<'a> {
    tools: FxHashMap<&'a str, &'a Tool>,
    schemas: Arc<Schemas>,
    verifier: Verifier<'a>,
    seed: u64,
}

impl<'a> Twins<'a> {
    /// `schemas` are those of the catalog's tools.
    pub fn new(catalog: &'a Catalog, schemas: Arc<Schemas>, seed: u64) -> Twins<'a> {
        let tools = catalog.tools.iter().map(|tool| (tool.name.as_str(), tool)).collect();
        Twins { tools, schemas, verifier: Verifier::new(catalog), seed }
    }

    /// At most `count` twins of a verified dialogue, each with another fault. The rarer the fault, the sooner it is tried, so that all kinds
    /// come; a dialogue that has no place for enough of them gives fewer.
    pub fn of(&self, dialogue: &Dialogue, count: usize) -> Vec<Twin> {
        // A wrong answer would have to wear the same disguise.
        if dialogue.disguise.is_some() {
            return Vec::new();
        }
        let mut rng = stream(self.seed, dialogue.index, Stream::Twins, 0);
        let stage = Stage::new(dialogue, &self.tools, &self.schemas);
        let mut out = Vec::new();
        for fault in order(&mut rng) {
            if out.len() == count {
                break;
            }
            out.extend(self.make(&stage, fault, &mut rng));
        }
        out
    }

    /// A twin with this fault, when the dialogue has a place for it and the fault is proved.
    pub fn with(&self, dialogue: &Dialogue, fault: Fault) -> Option<Twin> {
        let mut rng = stream(self.seed, dialogue.index, Stream::Twins, 1 + fault as u32);
        self.make(&Stage::new(dialogue, &self.tools, &self.schemas), fault, &mut rng)
    }

    fn make(&self, stage: &Stage, fault: Fault, rng: &mut Rng) -> Option<Twin> {
        (0..TRIES).find_map(|_| {
            let draft = fault.plant(stage, rng)?;
            let proof = proof::prove(&self.verifier, stage, &draft, fault)?;
            let Draft { turn, mut mutant, reason, .. } = draft;
            let dialogue = stage.dialogue;
            Some(Twin {
                version: RECORD_VERSION,
                id: format!("{}-{turn}-{}", dialogue.id, fault.name()),
                dialogue: dialogue.id.clone(),
                turn,
                fault,
                reason,
                proof,
                chosen: dialogue.turns.get(turn)?.clone(),
                rejected: (turn < mutant.turns.len()).then(|| mutant.turns.swap_remove(turn))?,
            })
        })
    }
}

/// How often a fault is tried early: what few dialogues have a place for has a great weight. Measured over the built-in catalogs.
fn weight(fault: Fault) -> f64 {
    let _ = fault;
    1.0
}

/// All faults in an order drawn by weight: of keys `u^(1/w)`, the greatest first.
fn order(rng: &mut Rng) -> Vec<Fault> {
    use rand::RngExt;
    let mut keyed: Vec<(f64, Fault)> =
        Fault::ALL.into_iter().map(|fault| (rng.random::<f64>().max(f64::MIN_POSITIVE).ln() / weight(fault), fault)).collect();
    keyed.sort_by(|a, b| b.0.total_cmp(&a.0));
    keyed.into_iter().map(|(_, fault)| fault).collect()
}
