//! Mutations of calls, results and turns.

use super::edit::{LOST, answer_to, calling, insert, pick, places, remove, renumber, says, user_before};
use super::values::{find, leaf, other, schema_at, tool};
use crate::catalog::Tool;
use crate::dialogue::{Dialogue, Outcome, Provenance, Role, Span, leaves};
use crate::seed::Rng;
use rand::RngExt;
use rand::seq::SliceRandom;
use std::ops::Range;

/// Another offered tool is called with the same arguments, one that accepts them where there is one; goal and relations say so too.
pub(super) fn wrong_tool(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let mut calls: Vec<(usize, usize)> =
        calling(dialogue).into_iter().flat_map(|turn| (0..dialogue.turns[turn].calls.len()).map(move |at| (turn, at))).collect();
    calls.shuffle(rng);
    let accepts = |name: &str, turn: usize, at: usize| {
        let call = &dialogue.turns[turn].calls[at];
        let schema = dialogue.tools.iter().find(|spec| spec.name == name).map(|spec| &spec.parameters);
        schema
            .and_then(|schema| jsonschema::options().offline().build(schema).ok())
            .is_some_and(|validator| validator.is_valid(&call.arguments))
    };
    let rivals = |turn: usize, at: usize| {
        dialogue.tools.iter().map(|spec| spec.name.as_str()).filter(move |name| *name != dialogue.turns[turn].calls[at].tool)
    };
    let fitting =
        calls.iter().find_map(|(turn, at)| rivals(*turn, *at).find(|name| accepts(name, *turn, *at)).map(|name| (*turn, *at, name)));
    let (turn, at, name) = fitting.or_else(|| {
        let (turn, at) = *calls.first()?;
        let names: Vec<&str> = rivals(turn, at).collect();
        pick(&names, rng).map(|name| (turn, at, *name))
    })?;
    let mut out = dialogue.clone();
    let id = dialogue.turns[turn].calls[at].id;
    let old = std::mem::replace(&mut out.turns[turn].calls[at].tool, name.to_string());
    for goal in out.goals.iter_mut().filter(|goal| goal.calls.last() == Some(&id)) {
        goal.tool = name.to_string();
    }
    for relation in &mut out.relations {
        for side in [&mut relation.from, &mut relation.to] {
            if *side == old {
                *side = name.to_string();
            }
        }
    }
    Some(out)
}

/// A called tool is not among the offered ones.
pub(super) fn not_offered(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let called: Vec<String> = dialogue.calls().map(|call| call.tool.clone()).collect();
    let name = pick(&called, rng)?;
    let mut out = dialogue.clone();
    out.tools.retain(|spec| spec.name != *name);
    Some(out)
}

/// A called tool is offered a second time under another name.
pub(super) fn equivalent_offered(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let called: Vec<&str> = dialogue.calls().filter(|call| call.mistake.is_none()).map(|call| call.tool.as_str()).collect();
    let name = pick(&called, rng)?;
    let mut twin = dialogue.tool(name)?.clone();
    let free = |name: &String| dialogue.tool(name).is_none();
    let names = ["v2", "now", "for_user", "direct"].map(|tail| format!("{name}_{tail}"));
    twin.name = pick(&names.into_iter().filter(free).collect::<Vec<_>>(), rng)?.clone();
    let mut out = dialogue.clone();
    let at = rng.random_range(0..=out.tools.len());
    out.tools.insert(at, twin);
    Some(out)
}

/// A call and its result are missing; a goal that it alone served is missing too.
pub(super) fn call_dropped(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let turns = calling(dialogue);
    let turn = *pick(&turns, rng)?;
    let at = rng.random_range(0..dialogue.turns[turn].calls.len());
    let call = &dialogue.turns[turn].calls[at];
    let failed = dialogue.result(call.id).is_some_and(|result| result.is_error);
    if failed && dialogue.calls().any(|later| later.id > call.id && later.tool == call.tool) {
        // Without its failed first attempt the dialogue is as true.
        return None;
    }
    if call.mistake.is_some() {
        // So it is without the mistake.
        return None;
    }
    let id = call.id;
    let mut out = dialogue.clone();
    let done: Vec<usize> = dialogue.goals.iter().enumerate().filter(|(_, goal)| goal.calls == [id]).map(|(at, _)| at).collect();
    if dialogue.turns[turn].calls.len() == 1 {
        remove(&mut out, turn, 2);
    } else {
        out.turns[turn].calls.remove(at);
        out.turns[turn + 1].results.remove(at);
        renumber(&mut out, Some);
    }
    for goal in done.into_iter().rev() {
        out.goals.remove(goal);
    }
    Some(out)
}

/// The same call is made again right after its result.
pub(super) fn call_repeated(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let turns: Vec<usize> = calling(dialogue)
        .into_iter()
        .filter(|turn| dialogue.turns[*turn].calls.len() == 1 && dialogue.turns[turn + 1].results.iter().all(|result| !result.is_error))
        .collect();
    let turn = *pick(&turns, rng)?;
    let (mut calls, mut results) = (dialogue.turns[turn].clone(), dialogue.turns[turn + 1].clone());
    let id = calls.calls[0].id;
    calls.calls[0].id = LOST - 1;
    results.results[0].call = LOST - 1;
    let mut out = dialogue.clone();
    for goal in out.goals.iter_mut().filter(|goal| goal.calls.contains(&id)) {
        let at = goal.calls.iter().position(|call| *call == id).map_or(0, |at| at + 1);
        goal.calls.insert(at, LOST - 1);
    }
    insert(&mut out, turn + 2, vec![calls, results]);
    Some(out)
}

/// Two calls of which the second builds on the first, or on words said in between, change places with their results.
pub(super) fn calls_reordered(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let turns = calling(dialogue);
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, first) in turns.iter().enumerate() {
        for second in &turns[at + 1..] {
            let before: Vec<usize> = dialogue.turns[*first].calls.iter().map(|call| call.id).collect();
            let needs = |source: &Provenance| match source {
                Provenance::ToolResult { call, .. } => before.contains(call),
                Provenance::UserTurn { turn, .. } | Provenance::AssistantOffer { turn, .. } => *turn > *first,
                _ => false,
            };
            if dialogue.turns[*second].calls.iter().flat_map(|call| call.provenance.values()).any(needs) {
                pairs.push((*first, *second));
            }
        }
    }
    let (first, second) = *pick(&pairs, rng)?;
    let mut out = dialogue.clone();
    out.turns.swap(first, second);
    out.turns.swap(first + 1, second + 1);
    renumber(&mut out, Some);
    Some(out)
}

/// A result says something else than what was used or told of it. Told is what the answer states: words of a tool's own sentence of
/// success ("your car is booked") or of the name of a field, and how many items there are, state no field.
pub(super) fn result_changed(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let mut used: Vec<(usize, String)> = Vec::new();
    for place in places(dialogue, |_, _, _, source| matches!(source, Provenance::ToolResult { .. })) {
        if let Some(Provenance::ToolResult { call, pointer }) = place.of(dialogue).provenance.get(&place.pointer) {
            used.push((*call, pointer.clone()));
        }
    }
    for turn in calling(dialogue) {
        let Some(answer) = answer_to(dialogue, turn) else { continue };
        let text = &dialogue.turns[answer].text;
        for call in dialogue.turns[turn].calls.iter().filter(|call| call.mistake.is_none()) {
            let Some(result) = dialogue.result(call.id).filter(|result| !result.is_error) else { continue };
            let Some(tool) = dialogue.tool(&call.tool).and_then(tool) else { continue };
            let arguments: Vec<_> = leaves(&call.arguments).into_iter().map(|(_, value)| value).collect();
            for (pointer, value) in leaves(&result.value) {
                // What only repeats an argument would still be told truly.
                let places = find(dialogue, text, value, leaf(&tool.returns.fields, &pointer));
                if !arguments.contains(&value) && places.iter().any(|place| states(dialogue, answer, &tool, place)) {
                    used.push((call.id, pointer));
                }
            }
        }
    }
    let (call, pointer) = pick(&used, rng)?.clone();
    let tool_name = &dialogue.calls().find(|made| made.id == call)?.tool;
    let schema = dialogue.tool(tool_name).and_then(|spec| schema_at(&spec.returns, &pointer));
    let old = dialogue.result(call)?.value.pointer(&pointer)?.clone();
    // The same value elsewhere in the result, or in another one that was told with it, would still carry what was said.
    let turn = dialogue.turns.iter().position(|turn| turn.calls.iter().any(|made| made.id == call))?;
    let user = user_before(dialogue, turn);
    let together = calling(dialogue).into_iter().filter(|turn| user_before(dialogue, *turn) == user);
    let results = together.flat_map(|turn| &dialogue.turns[turn + 1].results);
    if results.flat_map(|result| leaves(&result.value)).filter(|(_, value)| **value == old).count() > 1 {
        return None;
    }
    let new = other(dialogue, &old, schema, rng)?;
    let mut out = dialogue.clone();
    let result = out.turns.iter_mut().flat_map(|turn| &mut turn.results).find(|result| result.call == call)?;
    *result.value.pointer_mut(&pointer)? = new;
    Some(out)
}

/// Whether a value at a place of an answer is told as a fact, as far as the words around it show.
pub(super) fn states(dialogue: &Dialogue, answer: usize, tool: &Tool, place: &Range<usize>) -> bool {
    let low = dialogue.turns[answer].text.to_ascii_lowercase();
    let tools: Vec<Tool> = dialogue.calls().filter_map(|call| dialogue.tool(&call.tool)).filter_map(super::values::tool).collect();
    let fields = tools.iter().chain([tool]).flat_map(|tool| &tool.returns.fields);
    let nouns = fields.map(|field| &field.phrase.noun).filter(|noun| noun.contains(' '));
    let sentences = tools.iter().flat_map(|tool| tool.phrase.success.iter().chain([&tool.phrase.object, &tool.phrase.object_plural]));
    let inside = |phrase: &String| {
        let phrase = phrase.to_ascii_lowercase();
        let phrase = phrase.trim_end_matches(['.', '!']);
        !phrase.is_empty() && low.match_indices(phrase).any(|(at, one)| at <= place.start && place.end <= at + one.len())
    };
    // "3 daily forecasts", "I found 3:", "3 bookings came up".
    let found = |plural: &str| {
        let rest = low[place.end..].trim_start().strip_prefix(plural);
        rest.is_some_and(|rest| [" came up", " turned up", " fit", ":", "."].iter().any(|end| rest.starts_with(end)))
    };
    let opens = ['.', '!', '?'].iter().any(|end| low[..place.start].trim_end().ends_with(*end)) || place.start == 0;
    let comes_up = opens && tools.iter().any(|tool| found(&tool.phrase.object_plural.to_ascii_lowercase()));
    let counts = low[place.clone()].bytes().all(|b| b.is_ascii_alphanumeric())
        && (low[place.end..].starts_with([':', '.'])
            || tools.iter().any(|tool| {
                let plural = tool.phrase.object_plural.to_ascii_lowercase();
                !plural.is_empty() && low[place.end..].trim_start().starts_with(&plural)
            }))
        && low[..place.start].rsplit(['.', '!', '?']).next().is_none_or(|before| !before.contains([':', ';', '(']))
        && ["found ", "are ", "see ", "got ", "of ", "from ", "makes ", "have ", "the ", "all "]
            .iter()
            .any(|lead| low[..place.start].ends_with(lead));
    // "Your profile has been updated" says what the tool does.
    let done = tools.iter().chain([tool]).any(|tool| low[place.clone()] == tool.phrase.past.to_lowercase())
        && ["is ", "are ", "been ", "was ", "i've ", "now "].iter().any(|word| low[..place.start].ends_with(word));
    !nouns.chain(sentences).any(inside) && !counts && !comes_up && !done
}

const REFUSALS: [&str; 6] = [
    "Sorry, I can't do that.",
    "I'm afraid that's not something I'm able to help with.",
    "Unfortunately I don't have a way to do that.",
    "That's beyond what I can do here.",
    "I don't have a tool for that, sorry.",
    "I can't help with that one, I'm afraid.",
];

/// A request that a tool serves is refused, and the dialogue ends there.
pub(super) fn false_refusal(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let served: Vec<usize> = dialogue
        .goals
        .iter()
        .filter(|goal| !goal.calls.is_empty() && dialogue.turns.get(goal.turn).is_some_and(|turn| turn.role == Role::User))
        .map(|goal| goal.turn)
        .collect();
    let turn = *pick(&served, rng)?;
    let mut out = dialogue.clone();
    out.turns.truncate(turn + 1);
    out.turns.push(says(Role::Assistant, REFUSALS[rng.random_range(0..REFUSALS.len())]));
    out.goals.retain(|goal| goal.turn <= turn);
    for goal in out.goals.iter_mut().filter(|goal| goal.turn == turn) {
        goal.calls.clear();
        goal.outcome = Outcome::Refused;
        // The generator believes that no tool does it.
        goal.tool.clear();
    }
    let called: Vec<String> = out.calls().map(|call| call.tool.clone()).collect();
    out.relations.retain(|relation| called.contains(&relation.to));
    Some(out)
}

/// The assistant asks for what the user has just said, and the user says it again.
pub(super) fn needless_question(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let all = places(dialogue, |call, _, value, source| {
        let first = |turn: usize| dialogue.goals.iter().any(|goal| goal.turn == turn && goal.calls.contains(&call.id));
        !value.is_boolean() && matches!(source, Provenance::UserTurn { turn, .. } if first(*turn))
    });
    let place = pick(&all, rng)?;
    let call = place.of(dialogue);
    let Some(Provenance::UserTurn { turn, span }) = call.provenance.get(&place.pointer) else { return None };
    let words = dialogue.turns[*turn].text.get(span.start..span.end)?.to_string();
    let tool = dialogue.tool(&call.tool).and_then(tool)?;
    let leaf = leaf(&tool.parameters, &place.pointer)?;
    let question = pick(&leaf.phrase.questions, rng).cloned().unwrap_or_else(|| format!("What {} would you like?", leaf.phrase.noun));
    let mut out = dialogue.clone();
    let at = turn + 1;
    // The question stands right behind the request.
    if user_before(dialogue, at) != Some(*turn) {
        return None;
    }
    insert(&mut out, at, vec![says(Role::Assistant, question), says(Role::User, format!("{words}."))]);
    let (old, new) = (
        Provenance::UserTurn { turn: *turn, span: *span },
        Provenance::UserTurn { turn: at + 1, span: Span { start: 0, end: words.len() } },
    );
    // Whatever took the value from the request takes it from the answer now.
    for call in out.turns.iter_mut().flat_map(|turn| &mut turn.calls) {
        call.provenance.values_mut().filter(|source| **source == old).for_each(|source| *source = new.clone());
    }
    Some(out)
}
