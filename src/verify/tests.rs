//! Every check, both ways: good dialogues pass, and a planted fault is found by the check that it belongs to.

use super::mutate::{MUTATIONS, power};
use super::{CHECKS, Verifier};
use crate::dialogue::{Dialogue, Mistake, Outcome, Policy, Provenance, Role, Span};
use serde_json::{Value, json};

pub(super) fn fixture(name: &str) -> Dialogue {
    let path = format!("{}/fixtures/dialogues/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

const NAMES: [&str; 13] = [
    "single",
    "selection",
    "selection_by_name",
    "clarification",
    "correction",
    "correction_before_call",
    "error",
    "error_retry",
    "refusal",
    "parallel",
    "loop",
    "repeat",
    "chain_in_one_turn",
];

/// The names of the checks that fail.
fn failing(dialogue: &Dialogue) -> Vec<&'static str> {
    let report = Verifier::without_catalog().verify(dialogue);
    let mut names: Vec<&str> = report.failures.iter().map(|failure| failure.check).collect();
    names.dedup();
    names
}

#[track_caller]
fn finds(check: &str, name: &str, plant: impl FnOnce(&mut Dialogue)) {
    let mut dialogue = fixture(name);
    plant(&mut dialogue);
    let report = Verifier::without_catalog().verify(&dialogue);
    assert!(report.failures.iter().any(|failure| failure.check == check), "{check} on {name}: {:?}", report.failures);
}

fn set(dialogue: &mut Dialogue, call: usize, pointer: &str, value: Value) {
    let call = dialogue.turns.iter_mut().flat_map(|turn| &mut turn.calls).find(|one| one.id == call).expect("a call");
    *call.arguments.pointer_mut(pointer).expect("an argument") = value;
}

pub(super) fn source(dialogue: &mut Dialogue, call: usize, pointer: &str, source: Provenance) {
    let call = dialogue.turns.iter_mut().flat_map(|turn| &mut turn.calls).find(|one| one.id == call).expect("a call");
    call.provenance.insert(pointer.into(), source);
}

pub(super) fn words(dialogue: &Dialogue, turn: usize, words: &str) -> Provenance {
    let start = dialogue.turns[turn].text.find(words).expect("the words");
    Provenance::UserTurn { turn, span: Span { start, end: start + words.len() } }
}

#[test]
fn good_dialogues_pass() {
    for name in NAMES {
        let report = Verifier::without_catalog().verify(&fixture(name));
        assert!(report.ok(), "{name}: {:?}", report.failures);
    }
}

#[test]
fn checks_have_distinct_names() {
    let mut names: Vec<&str> = CHECKS.iter().map(|check| check.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CHECKS.len());
}

#[test]
fn shape_finds_turns_out_of_order() {
    finds("shape", "single", |d| d.turns.swap(1, 2));
    finds("shape", "single", |d| d.turns.truncate(3));
    finds("shape", "single", |d| d.turns[3].results.clear());
    finds("shape", "loop", |d| d.turns[7].results.swap(0, 1));
}

#[test]
fn offered_finds_tools_that_are_not_there() {
    finds("offered", "single", |d| d.tools.retain(|tool| tool.name != "get_weather"));
    finds("offered", "single", |d| d.tools.push(d.tools[0].clone()));
}

#[test]
fn schema_finds_invalid_arguments() {
    finds("schema", "selection", |d| set(d, 0, "/nights", json!("3")));
    finds("schema", "selection", |d| set(d, 0, "/check_in", json!("soon")));
}

#[test]
fn result_finds_answers_that_the_tool_never_gives() {
    finds("result", "single", |d| d.turns[3].results[0].value = json!({"hotels": []}));
    finds("result", "error", |d| d.turns[3].results[0].value = json!({"error": {}}));
    finds("result", "error", |d| d.turns[3].results[0].is_error = false);
}

#[test]
fn provenance_must_be_complete() {
    finds("provenance-complete", "single", |d| drop(d.turns[2].calls[0].provenance.shift_remove("/city")));
    finds("provenance-complete", "single", |d| {
        let known = d.turns[2].calls[0].provenance["/city"].clone();
        d.turns[2].calls[0].provenance.insert("/country".into(), known);
    });
}

#[test]
fn grounded_reads_every_source_back() {
    finds("grounded", "single", |d| set(d, 0, "/date", json!("2026-03-06")));
    finds("grounded", "single", |d| {
        let elsewhere = words(d, 1, "weather");
        source(d, 0, "/city", elsewhere);
    });
    finds("grounded", "selection", |d| source(d, 1, "/hotel_id", Provenance::ToolResult { call: 0, pointer: "/hotels/2/hotel_id".into() }));
    finds("grounded", "selection", |d| source(d, 1, "/hotel_id", Provenance::ToolResult { call: 1, pointer: "/booking_id".into() }));
    finds("grounded", "chain_in_one_turn", |d| d.turns[0].text = "You help with travel.".into());
    finds("grounded", "single", |d| source(d, 0, "/city", Provenance::Default { pointer: "/properties/city/default".into() }));
}

#[test]
fn assigned_finds_swapped_arguments() {
    finds("assigned", "clarification", |d| {
        set(d, 0, "/origin", json!("Porto"));
        set(d, 0, "/destination", json!("Lisbon"));
        let (from, to) = (words(d, 1, "Lisbon"), words(d, 1, "Porto"));
        source(d, 0, "/origin", to);
        source(d, 0, "/destination", from);
    });
    finds("assigned", "selection", |d| {
        let three = words(d, 1, "3");
        d.turns[2].calls[0].arguments["guests"] = json!(3);
        source(d, 0, "/guests", three);
    });
}

#[test]
fn heard_finds_values_that_no_call_uses() {
    finds("heard", "selection", |d| {
        d.turns[2].calls[0].arguments.as_object_mut().expect("an object").shift_remove("price_level");
        d.turns[2].calls[0].provenance.shift_remove("/price_level");
    });
    finds("heard", "single", |d| d.turns[1].text = "What's the weather going to be like in Lisbon on March 5 at 7 pm?".into());
    finds("heard", "single", |d| d.turns[1].text = "What's the weather going to be like in Lisbon on March 5, near Sintra?".into());
}

#[test]
fn corrected_finds_old_values() {
    for check in ["corrected", "heard"] {
        finds(check, "correction_before_call", |d| {
            set(d, 0, "/check_in", json!("2026-03-20"));
            let old = words(d, 1, "March 20");
            source(d, 0, "/check_in", old);
        });
    }
}

#[test]
fn selected_finds_the_wrong_item() {
    let first = |d: &mut Dialogue, call| {
        set(d, call, "/hotel_id", json!("HTL-101"));
        source(d, call, "/hotel_id", Provenance::ToolResult { call: 0, pointer: "/hotels/0/hotel_id".into() });
    };
    finds("selected", "selection", |d| first(d, 1));
    finds("selected", "selection_by_name", |d| first(d, 1));
    finds("selected", "selection_by_name", |d| first(d, 2));
    finds("selected", "chain_in_one_turn", |d| {
        set(d, 1, "/hotel_id", json!("HTL-102"));
        source(d, 1, "/hotel_id", Provenance::ToolResult { call: 0, pointer: "/hotels/1/hotel_id".into() });
    });
}

#[test]
fn needed_finds_padding() {
    finds("needed", "parallel", |d| drop(d.goals.remove(1)));
    finds("needed", "loop", |d| {
        set(d, 3, "/hotel_id", json!("HTL-101"));
        source(d, 3, "/hotel_id", Provenance::ToolResult { call: 0, pointer: "/hotels/0/hotel_id".into() });
    });
}

#[test]
fn refused_finds_what_a_tool_does() {
    finds("refused", "error", |d| {
        d.turns.truncate(2);
        d.turns.push(crate::dialogue::Turn {
            role: Role::Assistant,
            text: "Sorry, I can't do that.".into(),
            calls: vec![],
            results: vec![],
            acts: vec![],
            loss: true,
            adds: vec![],
        });
        d.goals = vec![crate::dialogue::Goal { turn: 1, tool: String::new(), outcome: Outcome::Refused, calls: vec![] }];
    });
}

#[test]
fn statement_finds_inventions() {
    for line in
        ["The wifi password is swordfish.", "It costs $12.", "Ask for Mr. Halloran.", "See you on Sunday.", "They said \"Old Betsy\"."]
    {
        finds("statement", "selection", |d| d.turns[8].text.push_str(&format!(" {line}")));
    }
}

#[test]
fn facts_finds_swapped_facts() {
    finds("facts", "selection", |d| d.turns[8].text = "Your room is booked. The total is $50 and the deposit is $286.50.".into());
    finds("facts", "selection", |d| d.turns[4].text = "I found 3: Lotus at $95.50, Garden Court at $120 and Pension Ida at $70.".into());
}

#[test]
fn claims_finds_false_success_and_false_failure() {
    finds("claims", "error", |d| d.turns[4].text = "Done, your booking is cancelled.".into());
    finds("claims", "single", |d| d.turns[4].text = "Sorry, something went wrong.".into());
    finds("claims", "refusal", |d| d.turns[2].text = "Your message is on its way.".into());
}

#[test]
fn goals_finds_labels_that_disagree() {
    finds("goals", "error", |d| d.goals[0].outcome = Outcome::Done);
    finds("goals", "single", |d| d.goals[0].turn = 2);
    finds("goals", "selection", |d| {
        if let Some(relation) = d.relations.last_mut() {
            relation.from = "get_weather".into();
        }
    });
}

#[test]
fn surface_finds_machine_traces() {
    for line in [" {object}", " Set check_in.", "  Twice.", " \"open"] {
        finds("surface", "single", |d| d.turns[5].text.push_str(line));
    }
    // What somebody took back stands in no call: paths and identifiers of things are no names of fields.
    for line in [" Not /home/ann/my_notes.txt.", " Not resp_558843."] {
        let mut d = fixture("single");
        d.turns[5].text.push_str(line);
        assert!(!failing(&d).contains(&"surface"), "{line}");
    }
    finds("surface", "single", |d| d.turns[5].text.push_str(" Set address_line_1."));
    finds("surface", "repeat", |d| d.turns[8].text = "Sunny, with a high of 15 °C.".into());
}

#[test]
fn clarified_finds_needless_questions() {
    finds("clarified", "clarification", |d| {
        d.turns[1].text = "I have to travel for work. I need a flight from Lisbon to Porto on March 13.".into()
    });
}

#[test]
fn intent_finds_the_wrong_tool() {
    finds("intent", "error", |d| {
        d.turns[2].calls[0].tool = "get_booking".into();
        d.goals[0].tool = "get_booking".into();
    });
}

#[test]
fn identity_finds_stale_and_foreign_ids() {
    finds("identity", "repeat", |d| {
        // The weather of Rome again, told as that of Naples, by a pointer into the older result.
        let mut turns = d.turns.clone();
        turns.truncate(0);
        drop(turns);
        set(d, 1, "/city", json!("sunny"));
        source(d, 1, "/city", Provenance::ToolResult { call: 0, pointer: "/summary".into() });
        let again = crate::dialogue::Call { id: 2, ..d.turns[6].calls[0].clone() };
        let mut result = d.turns[7].results[0].clone();
        result.call = 2;
        d.turns.insert(
            8,
            crate::dialogue::Turn {
                role: Role::Assistant,
                text: String::new(),
                calls: vec![again],
                results: vec![],
                acts: vec![],
                loss: true,
                adds: vec![],
            },
        );
        d.turns.insert(
            9,
            crate::dialogue::Turn {
                role: Role::Tool,
                text: String::new(),
                calls: vec![],
                results: vec![result],
                acts: vec![],
                loss: true,
                adds: Vec::new(),
            },
        );
    });
}

fn says(role: Role, text: &str) -> crate::dialogue::Turn {
    crate::dialogue::Turn { role, text: text.into(), calls: vec![], results: vec![], acts: vec![], loss: true, adds: Vec::new() }
}

#[test]
fn confirmed_finds_a_no_that_is_overruled() {
    let asked = |answer: &str| {
        let mut d = fixture("single");
        let text = "So you'd like me to check the weather in Lisbon on March 5, right?";
        d.turns.splice(2..2, [says(Role::Assistant, text), says(Role::User, answer)]);
        d
    };
    assert_eq!(failing(&asked("Yes, please.")), [""; 0]);
    for no in ["No, leave it.", "Hmm, no, not now.", "I'd rather not.", "Sorry, no, I've changed my mind."] {
        assert!(failing(&asked(no)).contains(&"confirmed"), "{no}");
    }
    let dropped = |answer: &str| {
        let mut d = asked(answer);
        d.turns.truncate(4);
        d.turns.push(says(Role::Assistant, "OK, no problem."));
        d.goals[0].calls.clear();
        d.goals[0].outcome = Outcome::Cancelled;
        d
    };
    assert_eq!(failing(&dropped("No, I need to think first.")), [""; 0]);
    assert!(failing(&dropped("Yes, please.")).contains(&"answered"));
}

/// "Find me a budget hotel in Porto", and what is said before the search for three nights from March 12.
fn stay(talk: &[&str]) -> Dialogue {
    let mut d = fixture("selection");
    d.turns.truncate(5);
    d.goals.truncate(1);
    d.relations.clear();
    d.turns[1].text = "I'm planning a trip. Find me a budget hotel in Porto from March 12.".into();
    let roles = [Role::Assistant, Role::User].into_iter().cycle();
    d.turns.splice(2..2, talk.iter().zip(roles).map(|(text, role)| says(role, text)));
    let nights = words(&d, 1 + talk.len(), "3");
    source(&mut d, 0, "/nights", nights);
    d
}

#[test]
fn limited_finds_rules_that_the_schema_does_not_have() {
    let talk = |first: &str, why: &str| stay(&["For how many nights?", first, why, "3 nights."]);
    assert_eq!(failing(&talk("20 nights.", "Sorry, the number of nights can be at most 14. How many would you like?")), [""; 0]);
    assert!(failing(&talk("20 nights.", "Sorry, the number of nights can be at most 9. How many would you like?")).contains(&"limited"));
    assert!(failing(&talk("5 nights.", "Sorry, the number of nights can be at most 14. How many would you like?")).contains(&"limited"));
}

#[test]
fn limited_finds_days_that_are_still_to_come() {
    let talk = |first: &str| {
        let mut d = fixture("selection");
        d.turns.truncate(5);
        d.goals.truncate(1);
        d.relations.clear();
        d.turns[1].text = "I'm planning a trip. Find me a budget hotel in Porto for three nights.".into();
        let said = ["From which day on?", first, "I'm afraid that day is in the past. From which day on?", "From March 12."];
        let roles = [Role::Assistant, Role::User].into_iter().cycle();
        d.turns.splice(2..2, said.iter().zip(roles).map(|(text, role)| says(role, text)));
        let (nights, day) = (words(&d, 1, "three"), words(&d, 5, "March 12"));
        source(&mut d, 0, "/nights", nights);
        source(&mut d, 0, "/check_in", day);
        d
    };
    assert_eq!(failing(&talk("From yesterday.")), [""; 0]);
    assert!(failing(&talk("From tomorrow.")).contains(&"limited"));
    // The weather of a day gone by can be told.
    let mut d = fixture("single");
    d.turns[1].text = "What's the weather like in Lisbon?".into();
    let said = ["For which day?", "For yesterday.", "I'm afraid that day is in the past. For which day?", "For March 5."];
    let roles = [Role::Assistant, Role::User].into_iter().cycle();
    d.turns.splice(2..2, said.iter().zip(roles).map(|(text, role)| says(role, text)));
    let (city, day) = (words(&d, 1, "Lisbon"), words(&d, 5, "March 5"));
    source(&mut d, 0, "/city", city);
    source(&mut d, 0, "/date", day);
    assert_eq!(failing(&d), ["limited"]);
}

#[test]
fn unclear_finds_answers_that_say_it_all() {
    let talk =
        |first: &str| stay(&["For how many nights?", first, "Sorry, I don't know how many that is. For how many nights?", "3 nights."]);
    assert_eq!(failing(&talk("As many as we need.")), [""; 0]);
    assert!(failing(&talk("3 nights.")).contains(&"unclear"));
    assert!(failing(&talk("4 nights.")).contains(&"unclear"));
}

#[test]
fn proposed_finds_choices_that_nobody_left_open() {
    let talk = |answer: &str, yes: &str| {
        let mut d = stay(&["For how many nights?", answer, "How about 3 nights?", yes]);
        let Provenance::UserTurn { span, .. } = words(&d, 4, "3") else { unreachable!() };
        source(&mut d, 0, "/nights", Provenance::AssistantOffer { turn: 4, span });
        d
    };
    // The helper looks for the number in the last answer; what counts is the proposal.
    assert_eq!(failing(&talk("I don't mind, you choose.", "Yes, 3 is fine.")), [""; 0]);
    assert!(failing(&talk("For a long time.", "Yes, 3 is fine.")).contains(&"proposed"));
    assert!(failing(&talk("I don't mind, you choose.", "No, 3 is too short.")).contains(&"grounded"));
}

#[test]
fn asked_finds_questions_for_what_was_said() {
    let talk = |second: &str| {
        let mut d = stay(&["From when, and for how many nights?", "From March 12.", second, "3."]);
        d.turns[1].text = "I'm planning a trip. Find me a budget hotel in Porto.".into();
        let day = words(&d, 3, "March 12");
        source(&mut d, 0, "/check_in", day);
        d
    };
    assert_eq!(failing(&talk("And how many nights?")), [""; 0]);
    assert!(failing(&talk("And what's the check-in date?")).contains(&"asked"));
}

#[test]
fn mutants_are_killed() {
    let dialogues: Vec<Dialogue> = NAMES.iter().map(|name| fixture(name)).chain([mistaken(), later(), forbidden()]).collect();
    let verifier = Verifier::without_catalog();
    let rows = power(&dialogues, &verifier, 400, 1);
    assert_eq!(rows.len(), MUTATIONS.len());
    for (kind, row) in rows.iter().enumerate() {
        let survivor = || {
            (0..400)
                .filter_map(|at| super::mutate::mutant(&dialogues, &MUTATIONS[kind], kind, at, 1))
                .find(|mutant| verifier.verify(mutant).ok())
                .map(|d| d.turns)
        };
        assert!(row.killed * 100 >= row.tried * 95, "{row:?} {:#?}", survivor());
    }
}

#[test]
fn reports_name_the_check() {
    let mut dialogue = fixture("single");
    set(&mut dialogue, 0, "/date", json!("2026-03-06"));
    assert!(failing(&dialogue).contains(&"grounded"));
}

/// The dialogue `single` with a wrong call before the right one.
fn mistaken() -> Dialogue {
    let mut dialogue = fixture("single");
    let (mut call, mut result) = (dialogue.turns[2].clone(), dialogue.turns[3].clone());
    call.loss = false;
    call.calls[0].arguments["city"] = json!("Oslo");
    call.calls[0].provenance.shift_remove("/city");
    call.calls[0].mistake = Some(Mistake::WrongArgument { pointer: "/city".into(), repaired_by: 1 });
    result.results[0].value["high"] = json!(3);
    dialogue.turns[2].calls[0].id = 1;
    dialogue.turns[3].results[0].call = 1;
    dialogue.turns.splice(2..2, [call, result]);
    dialogue.goals[0].calls = vec![0, 1];
    dialogue
}

#[track_caller]
fn finds_in(check: &str, mut dialogue: Dialogue, plant: impl FnOnce(&mut Dialogue)) {
    plant(&mut dialogue);
    let report = Verifier::without_catalog().verify(&dialogue);
    assert!(report.failures.iter().any(|failure| failure.check == check), "{check}: {:?}", report.failures);
}

#[test]
fn a_marked_mistake_that_is_made_right_passes() {
    let report = Verifier::without_catalog().verify(&mistaken());
    assert!(report.ok(), "{:?}", report.failures);
    let text = serde_json::to_string(&mistaken()).unwrap();
    assert_eq!(serde_json::from_str::<Dialogue>(&text).unwrap(), mistaken());
}

#[test]
fn mended_finds_marks_that_excuse_too_much() {
    finds_in("mended", mistaken(), |d| d.turns[2].loss = true);
    finds_in("mended", mistaken(), |d| d.turns[4].loss = false);
    finds_in("mended", mistaken(), |d| set(d, 0, "/date", json!("2026-03-09")));
    finds_in("mended", mistaken(), |d| set(d, 0, "/city", json!("Lisbon")));
    finds_in("mended", mistaken(), |d| drop(d.turns.drain(4..6)));
    finds_in("provenance-complete", mistaken(), |d| (d.turns[2].calls[0].mistake, d.turns[2].loss) = (None, true));
}

#[test]
fn retried_finds_a_refused_call_made_again() {
    let refused = |code: &str| {
        let mut dialogue = fixture("error_retry");
        let error = dialogue.turns.iter_mut().flat_map(|turn| &mut turn.results).find(|result| result.is_error).expect("an error");
        error.value["error"]["code"] = json!(code);
        dialogue
    };
    finds_in("retried", refused("not_found"), |_| {});
    assert!(Verifier::without_catalog().verify(&refused("unavailable")).ok());
    finds_in("retried", refused("unavailable"), |d| {
        let last = d.turns.iter_mut().flat_map(|turn| &mut turn.calls).last().expect("a second try");
        let name = last.arguments.as_object_mut().and_then(|all| all.keys().last().cloned()).expect("an argument");
        drop(last.arguments.as_object_mut().and_then(|all| all.shift_remove(&name)));
    });
}

/// The dialogue `single` after its tool was missing at first.
fn later() -> Dialogue {
    let mut dialogue = fixture("single");
    let says = |role, text: &str, adds: &[&str]| crate::dialogue::Turn {
        role,
        text: text.into(),
        calls: vec![],
        results: vec![],
        acts: vec![],
        adds: adds.iter().map(|name| name.to_string()).collect(),
        loss: true,
    };
    let before = [
        says(Role::User, "Can you check the weather?", &[]),
        says(Role::Assistant, "Sorry, I have no tool to check the weather.", &[]),
        says(Role::System, "A new tool is available: get_weather.", &["get_weather"]),
    ];
    dialogue.turns.splice(1..1, before);
    for source in dialogue.turns.iter_mut().flat_map(|turn| &mut turn.calls).flat_map(|call| call.provenance.values_mut()) {
        if let Provenance::UserTurn { turn, .. } = source {
            *turn += 3;
        }
    }
    dialogue.goals[0].turn += 3;
    let early = crate::dialogue::Goal { turn: 1, tool: "get_weather".into(), outcome: Outcome::Refused, calls: vec![] };
    dialogue.goals.insert(0, early);
    dialogue
}

#[test]
fn a_tool_that_comes_later_is_refused_before_and_called_after() {
    let report = Verifier::without_catalog().verify(&later());
    assert!(report.ok(), "{:?}", report.failures);
    finds_in("refused", later(), |d| d.turns[3].adds.clear());
    finds_in("offered", later(), |d| d.turns[3].adds.push("get_moon".into()));
    finds_in("offered", later(), |d| {
        let update = d.turns.remove(3);
        d.turns.push(update);
    });
}

/// The dialogue `error` until its request, which a policy forbids.
fn forbidden() -> Dialogue {
    let mut dialogue = fixture("error");
    dialogue.turns.truncate(2);
    dialogue.turns[0].text.push_str(" You may only look things up today.");
    dialogue.context.policies = vec![Policy::ReadOnly];
    dialogue.turns.push(crate::dialogue::Turn {
        role: Role::Assistant,
        text: "Sorry, I can't cancel the booking: I'm only allowed to look things up today.".into(),
        calls: vec![],
        results: vec![],
        acts: vec![],
        adds: vec![],
        loss: true,
    });
    (dialogue.goals[0].outcome, dialogue.goals[0].calls) = (Outcome::Refused, vec![]);
    dialogue.tools.retain(|tool| tool.name != "get_booking");
    dialogue
}

#[test]
fn policies_forbid_and_nothing_else_does() {
    let report = Verifier::without_catalog().verify(&forbidden());
    assert!(report.ok(), "{:?}", report.failures);
    finds_in("goals", forbidden(), |d| d.context.policies.clear());
    finds_in("refused", forbidden(), |d| d.context.policies.clear());
    finds_in("policy", forbidden(), |d| d.turns[0].text = "Today is Monday, March 2, 2026 (2026-03-02).".into());
    finds("policy", "error", |d| {
        d.context.policies = vec![Policy::ReadOnly];
        d.turns[0].text.push_str(" You may only look things up today.");
    });
    finds("policy", "error", |d| {
        d.context.policies = vec![Policy::ConfirmDeletions];
        d.turns[0].text.push_str(" Never cancel anything before the user has confirmed it.");
    });
}

#[test]
fn alternative_finds_offers_that_cannot_be_kept() {
    let mut dialogue = fixture("refusal");
    dialogue.turns[2].text = "Sorry, I can't do that. What I can do is paint your house.".into();
    finds_in("alternative", dialogue, |_| {});
}
