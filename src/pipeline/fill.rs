//! Candidates until one holds; and how the dialogues came about that others are modelled after.

use super::{FAITHFUL, MAX_ATTEMPTS, Pipeline, Situation, Tally, WORDINGS};
use crate::dialogue::Dialogue;
use crate::score::diversity::skeleton;
use crate::verify::Report;
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, OnceLock};

/// Which candidate it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tries {
    /// Of the walk, the acts and the words.
    pub shape: u32,
    /// Of the world and the tools that are offered.
    pub world: u32,
}

impl Tries {
    pub(super) fn same(attempt: u32) -> Tries {
        Tries { shape: attempt, world: attempt }
    }
}

/// How a dialogue came about.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outcome {
    /// The one that could be filled.
    pub situation: Situation,
    shape: u32,
    wording: u32,
    skeleton: u64,
}

/// A dialogue that holds, how it came about, and in which attempt and words.
type Held = (Dialogue, Outcome, (u32, u32));

/// How the dialogues came about that others are modelled after, each worked out once, by whoever asks first.
#[derive(Default)]
pub(super) struct Models(Mutex<FxHashMap<u64, Model>>);

/// None when no plan at all gave a dialogue.
type Model = Arc<OnceLock<Option<Outcome>>>;

impl Models {
    fn of(&self, index: u64, made: impl FnOnce() -> Option<Outcome>) -> Option<Outcome> {
        let place = self.0.lock().unwrap_or_else(|broken| broken.into_inner()).entry(index).or_default().clone();
        place.get_or_init(made).clone()
    }

    /// For whenever something changes that dialogues depend on.
    pub(super) fn forget(&mut self) {
        self.0.get_mut().unwrap_or_else(|broken| broken.into_inner()).clear();
    }
}

impl Pipeline<'_> {
    /// One verified dialogue. A stratum that cannot be filled is named in the tally, and the dialogue is made with the next plan instead, so
    /// that the size holds; none when no plan at all gives one.
    pub fn dialogue(&self, index: u64) -> (Option<Dialogue>, Tally) {
        let mut tally = Tally::default();
        let made = self.made(index, &mut tally);
        if self.design.is_model(index) {
            self.models.of(index, || made.as_ref().map(|(_, outcome)| outcome.clone()));
        }
        (made.map(|(dialogue, _)| dialogue), tally)
    }

    fn made(&self, index: u64, tally: &mut Tally) -> Option<(Dialogue, Outcome)> {
        let situation = self.design.at(index)?;
        let model = situation.model(index);
        let like = (model != index).then(|| self.models.of(model, || Some(self.made(model, &mut Tally::default())?.1))).flatten();
        let situation = like.as_ref().map_or_else(|| situation.clone(), |like| situation.like(&like.situation));
        let filled = self.fill(&situation, index, like.as_ref(), tally);
        filled.or_else(|| self.design.instead_of(&situation).iter().find_map(|other| self.fill(other, index, None, tally)))
    }

    /// Candidates of one stratum until one holds, first with the shape of the one that it is to be `like`: what comes of it depends on the world
    /// too, so that worlds are tried until one has the same skeleton. A script that does not hold is put into other words first: what the
    /// reader could not read back may have been said unhappily.
    fn fill(&self, situation: &Situation, index: u64, like: Option<&Outcome>, tally: &mut Tally) -> Option<(Dialogue, Outcome)> {
        let (mut last, mut spare) = (String::new(), None);
        for attempt in 0..MAX_ATTEMPTS {
            if attempt >= FAITHFUL && spare.is_some() {
                break;
            }
            tally.candidates += 1;
            let (shape, first) = like.filter(|_| attempt < FAITHFUL).map_or((attempt, 0), |like| (like.shape, like.wording));
            let operators = self.operators_for(situation.model(index), shape);
            let draft = match self.draft(situation, index, Tries { shape, world: attempt }, &operators) {
                Ok(draft) => draft,
                Err(stuck) => {
                    last = tally.stuck_in(&stuck);
                    continue;
                }
            };
            tally.scripts += 1;
            for more in 0..WORDINGS {
                let wording = (first + more) % WORDINGS;
                let dialogue = match self.worded(&draft, wording) {
                    Ok(dialogue) => dialogue,
                    Err(stuck) => {
                        last = tally.stuck_in(&stuck);
                        break;
                    }
                };
                tally.realised += 1;
                let report = self.prove(&dialogue);
                if !report.ok() {
                    last = tally.rejects(&report);
                    continue;
                }
                let outcome = Outcome { situation: situation.clone(), shape, wording, skeleton: skeleton(&dialogue) };
                let held = (dialogue, outcome, (attempt, more));
                if like.is_none_or(|like| like.skeleton == held.1.skeleton) {
                    return Some(self.kept(index, situation.model(index), held, tally));
                }
                tally.unlike += 1;
                spare.get_or_insert(held);
                break;
            }
        }
        if let Some(held) = spare {
            tally.unlike -= 1;
            return Some(self.kept(index, situation.model(index), held, tally));
        }
        *tally.unfilled.entry(format!("{} ({last})", self.design.stratum(situation))).or_default() += 1;
        None
    }

    fn kept(&self, index: u64, model: u64, (dialogue, outcome, tries): Held, tally: &mut Tally) -> (Dialogue, Outcome) {
        let dialogue = self.wanted(index, dialogue);
        tally.accepts(&dialogue, self.is_refined(model), tries);
        (dialogue, outcome)
    }

    /// The dialogue, which holds; with a fault where less quality is asked for. What is spoilt held before, so that quality changes neither what
    /// is done nor how hard it is.
    fn wanted(&self, index: u64, dialogue: Dialogue) -> Dialogue {
        let fault = self.wants_fault(index).then(|| self.spoilt(&dialogue)).flatten();
        fault.unwrap_or(dialogue)
    }

    /// Verifies with the catalog and, where that was completed by inference, with the record alone as well: whoever has only the file must
    /// come to the same verdict, though less can be inferred from a few tools than from all.
    pub(super) fn prove(&self, dialogue: &Dialogue) -> Report {
        let report = self.verifier.verify(dialogue);
        if !report.ok() || !self.inferred {
            return report;
        }
        self.reader.verify(dialogue)
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::Catalog;
    use crate::graph::{GraphOptions, ToolGraph};
    use crate::operate::Operator;
    use crate::pipeline::{Pipeline, Refinement, Variety};
    use crate::score::diversity::skeleton;
    use crate::world::Schemas;
    use std::collections::BTreeMap;
    use std::sync::Arc;

    #[test]
    fn without_diversity_a_dialogue_does_what_its_model_does_and_with_less_quality_too() {
        let catalog = Catalog::open(&["tool-catalogs/hotels.yaml".into(), "tool-catalogs/weather.yaml".into()]).unwrap();
        let graph = ToolGraph::build(&catalog, &GraphOptions::default());
        let names = ["single", "single_clarified", "search_select_act", "only_talk"];
        let mut plans: Vec<_> = crate::plan::load(&[]).unwrap().into_iter().filter(|plan| names.contains(&plan.name.as_str())).collect();
        plans.iter_mut().for_each(|plan| plan.weight = 2);
        let pipeline = |quality| {
            let pipeline = Pipeline::new(&catalog, &graph, Arc::new(Schemas::new(&catalog)), &plans, 5).unwrap();
            let refinement = Refinement { share: 0.6, operators: vec![Operator::Split, Operator::Lengthen] };
            pipeline.varied(Variety::of(0.0), &BTreeMap::new()).refining(refinement).with_quality(quality)
        };
        let (good, bad) = (pipeline(1.0), pipeline(0.0));
        let same = (8..32).filter(|index| {
            let model = good.design.at(*index).unwrap().model(*index);
            assert!(model < 8);
            let done = |pipeline: &Pipeline, index| skeleton(&pipeline.dialogue(index).0.unwrap());
            assert_eq!(done(&good, *index), done(&bad, *index));
            done(&good, *index) == done(&good, model)
        });
        let same = same.count();
        assert_eq!(same, 24);
    }
}
