//! Twins of real dialogues: what is the same, what differs, and that the difference is a fault.

use super::draft::{cut, end_of};
use super::{Fault, Twin, Twins};
use crate::catalog::Catalog;
use crate::dialogue::{Dialogue, Role, Turn};
use crate::graph::{GraphOptions, ToolGraph};
use crate::pipeline::Pipeline;
use crate::verify::{Report, Verifier};
use crate::world::Schemas;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

const DIALOGUES: u64 = 500;

struct Corpus {
    catalog: Catalog,
    dialogues: Vec<Dialogue>,
}

/// Dialogues over the built-in catalogs and plans.
static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let catalog = Catalog::open(&[]).unwrap();
    let graph = ToolGraph::build(&catalog, &GraphOptions::default());
    let plans = crate::plan::load(&[]).unwrap();
    let mut dialogues = Vec::new();
    let pipeline = Pipeline::new(&catalog, &graph, Arc::new(Schemas::new(&catalog)), &plans, 7).unwrap();
    pipeline
        .run(0, DIALOGUES, |dialogue, _| {
            dialogues.extend(dialogue);
            Ok(())
        })
        .unwrap();
    Corpus { catalog, dialogues }
});

fn twins() -> Twins<'static> {
    Twins::new(&CORPUS.catalog, Arc::new(Schemas::new(&CORPUS.catalog)), 7)
}

fn dialogue(id: &str) -> &'static Dialogue {
    CORPUS.dialogues.iter().find(|dialogue| dialogue.id == id).unwrap()
}

/// The dialogue up to a turn, with this turn in its place.
fn read(dialogue: &Dialogue, turn: usize, said: &Turn) -> Report {
    let mut cut = cut(dialogue, end_of(dialogue, turn));
    cut.turns[turn] = said.clone();
    Verifier::new(&CORPUS.catalog).verify(&cut)
}

/// What a model would write.
fn written(turn: &Turn) -> String {
    let calls: Vec<String> = turn.calls.iter().map(|call| format!("{}({})", call.tool, call.arguments)).collect();
    format!("{}{}", turn.text, calls.join(";"))
}

#[test]
fn every_fault_is_made_somewhere_and_its_true_turn_belongs_to_a_dialogue_that_holds() {
    let verifier = Verifier::new(&CORPUS.catalog);
    let twins = twins();
    for fault in Fault::ALL {
        let made: Vec<Twin> = CORPUS.dialogues.iter().filter_map(|dialogue| twins.with(dialogue, fault)).take(5).collect();
        assert!(!made.is_empty(), "{} is never made", fault.name());
        for twin in made {
            let dialogue = dialogue(&twin.dialogue);
            assert!(verifier.verify(dialogue).ok(), "the whole dialogue holds with the chosen turn");
            assert_eq!(dialogue.turns[twin.turn], twin.chosen, "the chosen turn is the dialogue's");
            assert!(twin.turn >= 2 && matches!(dialogue.turns[twin.turn - 1].role, Role::User | Role::Tool));
            assert_eq!((twin.rejected.role, twin.rejected.results.len()), (Role::Assistant, 0));
            assert_ne!(written(&twin.rejected), written(&twin.chosen), "{}", twin.id);
            assert!(!twin.reason.is_empty() && !twin.proof.message.is_empty());
        }
    }
}

#[test]
fn read_in_its_context_the_rejected_turn_has_the_finding_and_the_chosen_one_has_not() {
    let twins = twins();
    let mut proved = 0;
    for twin in CORPUS.dialogues.iter().take(120).flat_map(|dialogue| twins.of(dialogue, 4)) {
        let dialogue = dialogue(&twin.dialogue);
        let finds = |turn: &Turn| {
            read(dialogue, twin.turn, turn).failures.into_iter().any(|one| one.turn == twin.turn && one.check == twin.proof.check)
        };
        assert!(!finds(&twin.chosen), "{}: {:?}", twin.id, twin.proof);
        // The answer to a needless question, and the goal of a wrong call, are not in this context; what they show was proved with them.
        if !matches!(
            twin.fault,
            Fault::NeedlessQuestion | Fault::SimilarTool | Fault::NeedlessCall | Fault::FalseRefusal | Fault::RepeatedCall
        ) {
            assert!(finds(&twin.rejected), "{}: {:?}", twin.id, twin.proof);
            proved += 1;
        }
    }
    assert!(proved > 100, "{proved}");
}

#[test]
fn twins_of_a_dialogue_are_the_same_every_time_and_have_different_faults() {
    let (one, two) = (twins(), twins());
    for dialogue in CORPUS.dialogues.iter().take(40) {
        let made = one.of(dialogue, 3);
        assert_eq!(made, two.of(dialogue, 3));
        let faults: BTreeSet<Fault> = made.iter().map(|twin| twin.fault).collect();
        assert_eq!(faults.len(), made.len());
    }
}

#[test]
fn no_kind_of_fault_is_more_than_thirty_in_a_hundred() {
    let twins = twins();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for twin in CORPUS.dialogues.iter().flat_map(|dialogue| twins.of(dialogue, super::PER_DIALOGUE)) {
        *counts.entry(twin.fault.name()).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    assert!(all > CORPUS.dialogues.len(), "{all} twins of {} dialogues", CORPUS.dialogues.len());
    assert_eq!(counts.len(), Fault::ALL.len(), "{counts:?}");
    for (fault, count) in &counts {
        assert!(count * 10 <= all * 3, "{fault}: {counts:?}");
    }
}

#[test]
fn a_fault_says_in_words_what_is_wrong_with_it() {
    let names: BTreeSet<&str> = Fault::ALL.iter().map(|fault| fault.name()).collect();
    assert_eq!(names.len(), Fault::ALL.len());
    for fault in Fault::ALL {
        assert_eq!(serde_json::to_value(fault).unwrap(), fault.name());
    }
}
