//! Scripts are whole, and their labels hold: what is refused is not called, what is turned down is not used, what is left open is proposed.

use super::testing::{each_script, each_script_of};
use super::{AssistantAct, Limit, Script, ScriptCall, ScriptTurn, Source, UserAct};
use crate::dialogue::{Mistake, Outcome, leaves};
use std::collections::BTreeMap;

fn user(script: &Script) -> impl Iterator<Item = &UserAct> {
    script.turns.iter().flat_map(|turn| match turn {
        ScriptTurn::User(acts) => acts.as_slice(),
        _ => &[],
    })
}

fn assistant(script: &Script) -> impl Iterator<Item = &AssistantAct> {
    script.turns.iter().flat_map(|turn| match turn {
        ScriptTurn::Assistant(acts) => acts.as_slice(),
        _ => &[],
    })
}

fn calls(script: &Script) -> impl Iterator<Item = &ScriptCall> {
    script.turns.iter().flat_map(|turn| match turn {
        ScriptTurn::Calls(calls) => calls.as_slice(),
        _ => &[],
    })
}

/// Looks at the scripts of one plan; there have to be some.
fn each(plan: &str, mut look: impl FnMut(&Script)) {
    let mut seen = 0;
    each_script_of(&[plan], 60, |_, _, script| {
        seen += 1;
        look(script);
    });
    assert!(seen > 5, "{plan}: {seen} scripts");
}

#[test]
fn a_no_drops_the_request_and_nothing_is_called_for_it() {
    for plan in ["confirm_refused", "confirm_refused_only"] {
        each(plan, |script| {
            let tool = user(script).find_map(|act| match act {
                UserAct::Negate { tool } => Some(*tool),
                _ => None,
            });
            assert!(tool.is_some());
            let dropped: Vec<_> = script.goals.iter().filter(|goal| goal.outcome == Outcome::Cancelled).collect();
            assert!(!dropped.is_empty() && dropped.iter().all(|goal| goal.calls.is_empty()));
            let ids: Vec<usize> = calls(script).map(|call| call.id).collect();
            assert_eq!(ids, (0..ids.len()).collect::<Vec<_>>());
        });
    }
}

#[test]
fn half_an_answer_is_followed_by_a_question_for_the_other_half() {
    each("answer_in_part", |script| {
        let asked: Vec<usize> = assistant(script)
            .filter_map(|act| match act {
                AssistantAct::Ask { parameters, .. } => Some(parameters.len()),
                _ => None,
            })
            .collect();
        assert_eq!(asked.first(), Some(&2));
        assert!(asked.len() >= 2, "{asked:?}");
    });
}

#[test]
fn what_is_turned_down_is_not_used() {
    each("answer_wrong", |script| {
        let (slot, limit) = assistant(script)
            .find_map(|act| match act {
                AssistantAct::AskAgain { slot, limit, .. } => Some((slot, limit)),
                _ => None,
            })
            .expect("an answer that is turned down");
        let used = calls(script).find_map(|call| call.arguments.pointer(&slot.pointer)).expect("the argument");
        assert_ne!(*used, slot.value);
        match limit {
            Limit::Most(most) => assert!(slot.value.as_f64() > most.as_f64() && used.as_f64() <= most.as_f64()),
            Limit::Least(least) => assert!(slot.value.as_f64() < least.as_f64() && used.as_f64() >= least.as_f64()),
            Limit::Choices => assert!(slot.value.is_string()),
            Limit::Past => assert!(slot.value.as_str() < used.as_str()),
            Limit::Vague => assert!(slot.value.is_null()),
        }
    });
}

#[test]
fn what_is_left_open_comes_from_the_proposal() {
    each("answer_open", |script| {
        let offers: Vec<usize> = calls(script)
            .flat_map(|call| call.sources.values())
            .filter_map(|source| match source {
                Source::Offer { turn } => Some(*turn),
                _ => None,
            })
            .collect();
        assert_eq!(offers.len(), 1);
        // No call comes before it, and the system turn is number 0.
        let at = &script.turns[offers[0] - 1];
        assert!(matches!(at, ScriptTurn::Assistant(acts) if acts.iter().any(|act| matches!(act, AssistantAct::Propose { .. }))));
    });
}

#[test]
fn an_answer_with_more_says_an_optional_value_too() {
    each("answer_with_more", |script| {
        let said = user(script).find_map(|act| match act {
            UserAct::Inform { slots } => Some(slots),
            _ => None,
        });
        let said = said.expect("an answer");
        assert!(said.len() >= 2);
        let call = calls(script).next().expect("a call");
        for slot in said {
            assert_eq!(call.arguments.pointer(&slot.pointer), Some(&slot.value));
        }
    });
}

#[test]
fn nearly_every_walk_becomes_a_script() {
    let mut written = 0;
    let stuck = each_script(40, |_, _, _| written += 1);
    let failed: u64 = stuck.values().sum();
    assert!(failed * 10 < written, "{failed} stuck, {written} written: {stuck:#?}");
}

#[test]
fn every_argument_has_exactly_one_source_and_every_source_holds_its_value() {
    each_script(20, |plan, _, script| {
        let mut results = BTreeMap::new();
        for (number, turn) in script.turns.iter().enumerate() {
            let ScriptTurn::Calls(calls) = turn else { continue };
            for call in calls {
                let wrong = |pointer: &String| matches!(&call.mistake, Some(Mistake::WrongArgument { pointer: at, .. }) if at == pointer);
                let pointers = leaves(&call.arguments).into_iter().map(|(pointer, _)| pointer);
                let pointers: Vec<String> = pointers.filter(|pointer| !wrong(pointer)).collect();
                assert_eq!(pointers, call.sources.keys().cloned().collect::<Vec<_>>(), "{} {number}", plan.name);
                for (pointer, source) in &call.sources {
                    if let Source::Result { call: from, pointer: at } = source {
                        let result: &serde_json::Value = &results[from];
                        assert_eq!(result.pointer(at), call.arguments.pointer(pointer), "{}", plan.name);
                    }
                }
            }
            results.extend(calls.iter().map(|call| (call.id, call.result.clone())));
        }
    });
}

#[test]
fn speakers_take_turns_and_the_assistant_has_the_last_word() {
    each_script(20, |plan, _, script| {
        assert!(matches!(script.turns.first(), Some(ScriptTurn::User(_))), "{}", plan.name);
        assert!(matches!(script.turns.last(), Some(ScriptTurn::Assistant(_))), "{}", plan.name);
        for pair in script.turns.windows(2) {
            let fine = !matches!(
                pair,
                [ScriptTurn::User(_), ScriptTurn::User(_)] | [ScriptTurn::Assistant(_), ScriptTurn::Assistant(_) | ScriptTurn::Calls(_)]
            );
            assert!(fine, "{}: {:?}", plan.name, pair);
        }
    });
}

#[test]
fn gold_tools_are_offered_and_missing_ones_are_not() {
    each_script(20, |plan, catalog, script| {
        for goal in script.goals.iter().filter(|goal| !goal.tool.is_empty()) {
            let offered = script.offered.iter().any(|tool| catalog.tools[*tool].name == goal.tool);
            let later = script.turns.iter().any(|turn| matches!(turn, ScriptTurn::Update(_))) || !script.context.policies.is_empty();
            assert!(offered == (goal.outcome != Outcome::Refused) || (offered && later), "{}: {}", plan.name, goal.tool);
        }
        let mut names: Vec<_> = script.offered.clone();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), script.offered.len());
    });
}
