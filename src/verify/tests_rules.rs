//! Rules about what is told, left out or exchanged: a dialogue that breaks one, and its honest twin.

use super::Verifier;
use super::tests::{fixture, source, words};
use crate::dialogue::{Dialogue, Goal, Outcome, Provenance};
use serde_json::json;

/// The names of the checks that fail after a change.
#[track_caller]
fn failing(name: &str, change: impl FnOnce(&mut Dialogue)) -> Vec<&'static str> {
    let mut dialogue = fixture(name);
    change(&mut dialogue);
    let report = Verifier::without_catalog().verify(&dialogue);
    report.failures.iter().map(|failure| failure.check).collect()
}

#[track_caller]
fn finds(check: &str, name: &str, change: impl FnOnce(&mut Dialogue)) {
    let found = failing(name, change);
    assert!(found.contains(&check), "{check} on {name}: {found:?}");
}

#[track_caller]
fn holds(name: &str, change: impl FnOnce(&mut Dialogue)) {
    let found = failing(name, change);
    assert!(found.is_empty(), "{name}: {found:?}");
}

/// Says another thing in a turn.
fn say(turn: usize, text: &str) -> impl FnOnce(&mut Dialogue) {
    move |dialogue| dialogue.turns[turn].text = text.into()
}

#[test]
fn items_are_told_in_their_order_with_what_is_theirs() {
    holds("selection", say(4, "I found 3: Lotus, with a rating of 4.5; Garden Court (rating 4.1); Pension Ida (rating 3.9)."));
    finds("listed", "selection", say(4, "I found 3: Garden Court at $95.50, Lotus at $120 and Pension Ida at $70."));
    finds("listed", "selection", say(4, "I found 3: Lotus, with a rating of 4.1; Garden Court (rating 4.5); Pension Ida (rating 3.9)."));
}

#[test]
fn every_part_of_a_list_is_in_the_result() {
    holds("selection", say(4, "I found 3. The first is Lotus, at $120. The second is Garden Court. The third is Pension Ida."));
    finds(
        "listed",
        "selection",
        say(4, "I found 3. The first is Lotus, per person. The second is Garden Court. The third is Pension Ida."),
    );
    finds("statement", "selection", say(4, "I found 3: Lotus, Garden Hotel and Pension Ida."));
}

#[test]
fn results_told_by_place_are_those_of_their_calls() {
    holds("loop", say(8, "The first: 48 reviews. The second: 12 reviews. For the third one: 7 reviews."));
    finds("listed", "loop", say(8, "The first: 48 reviews. The second: 7 reviews. For the third one: 12 reviews."));
    finds("listed", "single", say(4, "The first: sunny and high 19 °C. The second: low 11 °C."));
}

#[test]
fn a_label_has_its_own_value() {
    holds("selection", say(8, "Your room is booked. The deposit is $50. The total is $286.50."));
    finds("labelled", "selection", say(8, "Your room is booked. The deposit is $286.50. The total is $50."));
    finds("labelled", "selection", say(8, "Your room is booked. The deposit is ready. The total is $286.50."));
}

#[test]
fn results_repeat_arguments_as_they_are() {
    let echoing = |city: &str| {
        let city = city.to_string();
        move |d: &mut Dialogue| {
            let tool = d.tools.iter_mut().find(|tool| tool.name == "get_weather").expect("the tool");
            tool.returns["properties"]["city"] = json!({"type": "string"});
            d.turns[3].results[0].value["city"] = json!(city);
        }
    };
    holds("single", echoing("Lisbon"));
    finds("echoed", "single", echoing("Porto"));
}

#[test]
fn what_is_asked_for_is_done_or_declined() {
    finds("answered", "single", |d| {
        d.turns.drain(2..4);
        d.goals.clear();
    });
    finds("answered", "refusal", say(2, "Plants are lovely."));
    finds("answered", "correction", |d| {
        d.turns.drain(6..8);
        d.goals[0].calls.pop();
    });
}

#[test]
fn nothing_found_is_no_failure() {
    let empty = |text: &'static str| {
        move |d: &mut Dialogue| {
            d.turns.truncate(5);
            d.goals.truncate(1);
            d.relations.clear();
            d.turns[3].results[0].value = json!({"hotels": []});
            d.turns[4].text = text.into();
        }
    };
    holds("selection", empty("Sorry, I found no hotels."));
    finds("claims", "selection", empty("It timed out, I'm afraid."));
}

#[test]
fn an_answer_takes_nothing_back() {
    let asked = |first: &'static str| {
        move |d: &mut Dialogue| {
            d.turns[1].text = first.into();
            d.turns[3].text = "The day should be March 13.".into();
            for (pointer, turn, said) in [("/origin", 1, "Lisbon"), ("/destination", 1, "Porto"), ("/date", 3, "March 13")] {
                let from = words(d, turn, said);
                source(d, 0, pointer, from);
            }
        }
    };
    holds("clarification", asked("I need a flight from Lisbon to Porto."));
    finds("heard", "clarification", asked("I need a flight from Lisbon to Porto for $90."));
}

#[test]
fn what_is_said_as_something_is_that() {
    let labelled = |origin: &'static str, destination: &'static str| {
        move |d: &mut Dialogue| {
            d.turns[1].text = "I need a flight with Lisbon as the origin and Porto as the destination.".into();
            d.turns[4].calls[0].arguments["origin"] = json!(origin);
            d.turns[4].calls[0].arguments["destination"] = json!(destination);
            for (pointer, said) in [("/origin", origin), ("/destination", destination)] {
                let from = words(d, 1, said);
                source(d, 0, pointer, from);
            }
        }
    };
    holds("clarification", labelled("Lisbon", "Porto"));
    finds("named", "clarification", labelled("Porto", "Lisbon"));
}

#[test]
fn a_request_over_all_leaves_none_out() {
    finds("selected", "loop", |d| {
        d.turns[6].calls.pop();
        d.turns[7].results.pop();
        d.goals[1].calls.pop();
        d.turns[8].text = "The best reviews are \"Like home\" and \"Quiet nights\".".into();
    });
}

#[test]
fn requests_with_few_words_are_not_refused() {
    let refused = |request: &'static str| {
        move |d: &mut Dialogue| {
            d.turns.truncate(3);
            d.turns[1].text = request.into();
            d.turns[2] = crate::dialogue::Turn { calls: vec![], text: "I don't have a tool for that.".into(), ..d.turns[2].clone() };
            d.goals = vec![Goal { turn: 1, tool: String::new(), outcome: Outcome::Refused, calls: vec![] }];
            d.relations.clear();
        }
    };
    finds("refused", "single", refused("I need a hotel."));
    finds("refused", "error", refused("Cancel it, please."));
    holds("single", refused("I need a poem for my sister."));
}

#[test]
fn words_for_two_calls_do_not_cross() {
    let two = |first: &'static str, second: &'static str| {
        move |d: &mut Dialogue| {
            d.turns[1].text = "Check the weather in Lisbon on March 5 and in Faro on March 9.".into();
            let mut again = crate::dialogue::Call { id: 1, ..d.turns[2].calls[0].clone() };
            again.arguments = json!({"city": "Faro", "date": if second == "March 9" { "2026-03-09" } else { "2026-03-05" }});
            d.turns[2].calls[0].arguments["date"] = json!(if first == "March 5" { "2026-03-05" } else { "2026-03-09" });
            d.turns[2].calls.push(again);
            let result = crate::dialogue::CallResult { call: 1, ..d.turns[3].results[0].clone() };
            d.turns[3].results.push(result);
            d.turns[4].text = "Sunny both days.".into();
            d.goals.push(Goal { calls: vec![1], ..d.goals[0].clone() });
            let sources: [(usize, &str, &str); 4] =
                [(0, "/city", "Lisbon"), (0, "/date", first), (1, "/city", "Faro"), (1, "/date", second)];
            for (call, pointer, said) in sources {
                let from: Provenance = words(d, 1, said);
                source(d, call, pointer, from);
            }
        }
    };
    holds("single", two("March 5", "March 9"));
    finds("assigned", "single", two("March 9", "March 5"));
}
