//! Every event of the turn calculus is staged by a plan, and is told from the record alone.

use std::collections::BTreeSet;
use std::sync::Arc;
use walktalk::catalog::Catalog;
use walktalk::dialogue::{Dialogue, Event, events};
use walktalk::graph::{GraphOptions, ToolGraph};
use walktalk::pipeline::Pipeline;
use walktalk::plan;
use walktalk::world::Schemas;

/// What each plan is for.
const STAGED: &[(&str, Event)] = &[
    ("single", Event::SingleCall),
    ("single", Event::AllSaid),
    ("single_clarified", Event::Clarification),
    ("parallel", Event::ParallelCalls),
    ("chain_in_one_turn", Event::Chain),
    ("fan_out", Event::FanOut),
    ("fan_in", Event::FanIn),
    ("diamond", Event::Diamond),
    ("implicit", Event::ImplicitCall),
    ("loop", Event::Loop),
    ("repeat", Event::SameToolAgain),
    ("answer_in_part", Event::AnswerInPart),
    ("answer_wrong", Event::AnswerWrong),
    ("answer_open", Event::AnswerOpen),
    ("two_rounds", Event::TwoRounds),
    ("answer_with_more", Event::Volunteered),
    ("single_confirmed", Event::ConfirmAccepted),
    ("confirm_refused", Event::ConfirmRefused),
    ("confirm_corrected", Event::ConfirmCorrected),
    ("correct_before_call", Event::CorrectedBefore),
    ("correct_after_call", Event::CorrectedAfter),
    ("cancelled", Event::Cancel),
    ("cancelled", Event::ChangeOfMind),
    ("more_options", Event::Alternatives),
    ("error_retry", Event::Retry),
    ("error_corrected", Event::OtherArgument),
    ("recover_by_finding", Event::OtherTool),
    ("recover_by_asking", Event::AskAfterError),
    ("error_given_up", Event::GivenUp),
    ("nothing_found", Event::NothingFound),
    ("irrelevant", Event::Irrelevant),
    ("near_miss", Event::NearMiss),
    ("missing_tool", Event::MissingTool),
    ("tool_added", Event::ToolAdded),
    ("beyond_request", Event::BeyondTool),
    ("policy_read_only", Event::PolicyRefusal),
    ("policy_limit", Event::PolicyRefusal),
    ("policy_private", Event::PolicyRefusal),
    ("known_already", Event::Recall),
    ("chit_chat_around", Event::ChitChat),
    ("left_and_returned", Event::TopicReturned),
    ("interleaved", Event::Interleaved),
    ("reckoned", Event::Reckoned),
];

/// Events that a plan stages in one way of several, or that come with others.
const SOMETIMES: &[(&str, Event)] = &[
    ("mistake_mended", Event::WrongTool),
    ("mistake_mended", Event::WrongArgument),
    ("search_select_act", Event::Offer),
    ("search_select_act", Event::ByName),
    ("search_select_act", Event::ByOrder),
    ("search_select_act", Event::ByAttribute),
    ("long_errand", Event::FarReference),
    ("single", Event::Distractors),
    ("repeat", Event::DateArithmetic),
];

#[test]
fn every_event_has_a_plan() {
    let staged: BTreeSet<Event> = STAGED.iter().chain(SOMETIMES).map(|(_, event)| *event).collect();
    let left: Vec<&str> = Event::ALL.iter().filter(|event| !staged.contains(event)).map(|event| event.name()).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn what_a_plan_is_for_happens_in_its_dialogues() {
    let catalog = Catalog::open(&[]).unwrap();
    let graph = ToolGraph::build(&catalog, &GraphOptions::default());
    let schemas = Arc::new(Schemas::new(&catalog));
    let all = plan::load(&[]).unwrap();
    let names: BTreeSet<&str> = STAGED.iter().chain(SOMETIMES).map(|(plan, _)| *plan).collect();
    let mut missing: Vec<String> = Vec::new();
    for name in names {
        let one: Vec<_> = all.iter().filter(|plan| plan.name == name).cloned().collect();
        let pipeline = Pipeline::new(&catalog, &graph, schemas.clone(), &one, 11).unwrap();
        let (always, sometimes) = (of(STAGED, name), of(SOMETIMES, name));
        let mut dialogues: Vec<Dialogue> = Vec::new();
        let size = if sometimes.is_empty() { 6 } else { 40 };
        pipeline
            .run(0, size, |dialogue, _| {
                dialogues.extend(dialogue);
                Ok(())
            })
            .unwrap();
        assert_eq!(dialogues.len() as u64, size, "{name}");
        for event in always {
            let without = dialogues.iter().filter(|dialogue| !events(dialogue).contains(&event));
            missing.extend(without.map(|dialogue| format!("{} is not in {} ({name})", event.name(), dialogue.id)));
        }
        for event in sometimes {
            if !dialogues.iter().any(|dialogue| events(dialogue).contains(&event)) {
                missing.push(format!("{} is never in a dialogue of {name}", event.name()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

fn of(pairs: &[(&str, Event)], name: &str) -> Vec<Event> {
    pairs.iter().filter(|(plan, _)| *plan == name).map(|(_, event)| *event).collect()
}
