//! Mutations of a yes and a no, of questions and of answers that are turned down or left open.

use super::edit::{pick, places};
use super::values::{leaf, other, tool};
use crate::dialogue::{Call, Dialogue, Provenance, Role};
use crate::seed::Rng;

const NOES: [&str; 10] = [
    "No.",
    "No, leave it.",
    "No, thanks, I've changed my mind.",
    "Nope, not now.",
    "I'd rather not, actually.",
    "No, don't do that.",
    "Hmm, no, forget about it.",
    "Hold off on that, please.",
    "Actually, no. Let's not.",
    "No, let me think about it first.",
];
const YESES: [&str; 6] = ["Yes, please.", "Sure, go ahead.", "Yes, that's right.", "That's correct.", "Yep, do that.", "Sounds good."];

/// User turns that do nothing but this act, with what the assistant asked before.
fn replies(dialogue: &Dialogue, act: &str) -> Vec<usize> {
    (1..dialogue.turns.len())
        .filter(|at| {
            let (before, turn) = (&dialogue.turns[at - 1], &dialogue.turns[*at]);
            turn.role == Role::User && turn.acts == [act] && before.role == Role::Assistant && before.calls.is_empty()
        })
        .collect()
}

/// The user says no, and what the assistant asked leave for is done all the same.
pub(super) fn no_overruled(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let calls = |turn: &usize| dialogue.turns.get(turn + 1).is_some_and(|next| !next.calls.is_empty());
    let all: Vec<usize> = replies(dialogue, "affirm").into_iter().filter(calls).collect();
    let turn = *pick(&all, rng)?;
    let mut out = dialogue.clone();
    out.turns[turn].text = (*pick(&NOES, rng)?).to_string();
    Some(out)
}

/// The user says yes, and the request is dropped all the same.
pub(super) fn yes_dropped(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let turn = *pick(&replies(dialogue, "negate"), rng)?;
    let mut out = dialogue.clone();
    out.turns[turn].text = (*pick(&YESES, rng)?).to_string();
    Some(out)
}

/// The question for the other half of an answer asks for the half that was given.
pub(super) fn asked_again(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let asks = |at: usize| dialogue.turns.get(at).is_some_and(|turn| !turn.acts.is_empty() && turn.acts.iter().all(|act| act == "request"));
    let answers = |at: usize| dialogue.turns.get(at).is_some_and(|turn| turn.acts == ["inform"]);
    let rounds: Vec<usize> =
        (1..dialogue.turns.len()).filter(|at| asks(at - 1) && answers(*at) && asks(at + 1) && answers(at + 2)).collect();
    let turn = *pick(&rounds, rng)?;
    let of = |call: &Call, turn: usize| -> Vec<String> {
        let from = |source: &Provenance| matches!(source, Provenance::UserTurn { turn: said, .. } if *said == turn);
        call.provenance.iter().filter(|(_, source)| from(source)).map(|(pointer, _)| pointer.clone()).collect()
    };
    let call = dialogue.calls().find(|call| !of(call, turn).is_empty() && !of(call, turn + 2).is_empty())?;
    let known = dialogue.tool(&call.tool).and_then(tool)?;
    let given = pick(&of(call, turn), rng).and_then(|pointer| leaf(&known.parameters, pointer))?;
    let mut out = dialogue.clone();
    let question = pick(&given.phrase.questions, rng).cloned().unwrap_or_else(|| format!("What {} would you like?", given.phrase.noun));
    // What would do for both would be no other question.
    let wanted = of(call, turn + 2);
    let same = |pointer: &String| leaf(&known.parameters, pointer).is_some_and(|other| other.phrase.questions.contains(&question));
    if wanted.iter().any(same) {
        return None;
    }
    out.turns[turn + 1].text = question;
    Some(out)
}

/// Turns that turn an answer down, with the place of the argument that the next answer gives.
fn rejections(dialogue: &Dialogue) -> Vec<(usize, super::edit::Place)> {
    let rejects = |turn: usize| turn > 1 && dialogue.turns[turn - 1].acts == ["reject"];
    let all = places(dialogue, |_, _, _, source| matches!(source, Provenance::UserTurn { turn, .. } if rejects(*turn)));
    let turn = |place: &super::edit::Place| match place.of(dialogue).provenance.get(&place.pointer) {
        Some(Provenance::UserTurn { turn, .. }) => Some(turn - 1),
        _ => None,
    };
    all.into_iter().filter_map(|place| turn(&place).map(|turn| (turn, place))).collect()
}

/// A good answer is turned down: the user says from the beginning what is taken in the end.
pub(super) fn good_answer_rejected(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let all = rejections(dialogue);
    let (turn, place) = pick(&all, rng)?;
    let Some(Provenance::UserTurn { turn: user, span }) = place.of(dialogue).provenance.get(&place.pointer) else { return None };
    let words = dialogue.turns[*user].text.get(span.start..span.end)?.to_string();
    let mut out = dialogue.clone();
    out.turns[turn - 1].text = format!("{words}.");
    Some(out)
}

/// The request asks for no more than the tool can do, and is turned down all the same.
pub(super) fn possible_turned_down(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let all: Vec<_> =
        rejections(dialogue).into_iter().filter(|(turn, _)| dialogue.goals.iter().any(|goal| goal.turn + 1 == *turn)).collect();
    let (turn, place) = pick(&all, rng)?;
    let known = dialogue.tool(&place.of(dialogue).tool).and_then(tool)?;
    let parameter = leaf(&known.parameters, &place.pointer)?;
    let bound = |key: &str| parameter.schema.get(key).and_then(serde_json::Value::as_f64);
    let (least, most) = (bound("minimum").unwrap_or(f64::MIN), bound("maximum").unwrap_or(f64::MAX));
    let text = &dialogue.turns[turn - 1].text;
    let readings = crate::value::read(text, parameter.sem, super::values::hints(Some(parameter)), &super::values::say_context(dialogue));
    let mut beyond = readings.iter().filter(|one| one.value.as_f64().is_some_and(|number| !(least..=most).contains(&number)));
    let span = beyond.next()?.span.clone();
    if beyond.next().is_some() {
        return None;
    }
    let Some(Provenance::UserTurn { turn: user, span: said }) = place.of(dialogue).provenance.get(&place.pointer) else { return None };
    let words = dialogue.turns[*user].text.get(said.start..said.end)?.to_lowercase();
    let mut out = dialogue.clone();
    out.turns[turn - 1].text.replace_range(span, &words);
    Some(out)
}

/// The assistant names another bound than the schema has, or leaves a choice out.
pub(super) fn limit_changed(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let all = rejections(dialogue);
    let (turn, place) = pick(&all, rng)?;
    let known = dialogue.tool(&place.of(dialogue).tool).and_then(tool)?;
    let parameter = leaf(&known.parameters, &place.pointer)?;
    let text = &dialogue.turns[*turn].text;
    let named: Vec<_> = ["minimum", "maximum"]
        .into_iter()
        .filter_map(|key| parameter.schema.get(key))
        .chain(parameter.schema.get("enum").and_then(serde_json::Value::as_array).into_iter().flatten())
        .flat_map(|value| super::values::find(dialogue, text, value, Some(parameter)))
        .collect();
    let span = pick(&named, rng)?.clone();
    let words = text.get(span.clone())?;
    let numeric = words.bytes().any(|b| b.is_ascii_digit());
    let digits: String = words.chars().filter(char::is_ascii_digit).collect();
    let new = if numeric {
        let number: u64 = digits.parse().ok()?;
        words.replacen(&digits, &(number + rand::RngExt::random_range(rng, 3..=9)).to_string(), 1)
    } else {
        ["something else", "the usual", "a mix"][rand::RngExt::random_range(rng, 0..3)].to_string()
    };
    let mut out = dialogue.clone();
    // The bound may be named twice.
    out.turns[*turn].text = text.replace(words, &new);
    (out.turns[*turn].text != *text).then_some(out)
}

/// The user says what they want, and the assistant proposes something else all the same.
pub(super) fn wish_overruled(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let all = places(dialogue, |_, _, _, source| matches!(source, Provenance::AssistantOffer { .. }));
    let place = pick(&all, rng)?;
    let call = place.of(dialogue);
    let Some(Provenance::AssistantOffer { turn, .. }) = call.provenance.get(&place.pointer) else { return None };
    let known = dialogue.tool(&call.tool).and_then(tool)?;
    let parameter = leaf(&known.parameters, &place.pointer)?;
    let wish = other(dialogue, place.value(dialogue), Some(&parameter.schema), rng)?;
    let said = crate::value::say(&wish, parameter.sem, super::values::hints(Some(parameter)), &super::values::say_context(dialogue));
    let mut out = dialogue.clone();
    out.turns[turn - 1].text = format!("{}, please.", said.first()?.text);
    Some(out)
}
