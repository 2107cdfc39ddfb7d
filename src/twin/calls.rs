//! Faults of calling: another tool, once more, or for nothing.

use super::draft::Draft;
use super::stage::{Made, Stage, hints, pick};
use super::values::draw;
use crate::catalog::{Leaf, Tool};
use crate::dialogue::{Call, CallResult, Outcome, Provenance, Role, Span};
use crate::seed::Rng;
use crate::value;
use indexmap::IndexMap;
use rand::seq::SliceRandom;
use serde_json::{Map, Value, json};

/// Another offered tool is called with the same values, as far as it has parameters of these names.
pub(super) fn similar_tool(stage: &Stage, rng: &mut Rng) -> Option<Draft> {
    let mut places: Vec<(Made, &Tool)> = Vec::new();
    for made in stage.made().filter(|made| !made.call.provenance.is_empty()) {
        for rival in stage.offered(made.turn).into_iter().filter(|rival| rival.name != made.call.tool && shares(rival, made.call)) {
            places.push((made, rival));
        }
    }
    let (made, rival) = pick(&places, rng)?;
    let turn = &stage.dialogue.turns[made.turn];
    let meant = &made.call.tool;
    let wrong = renamed(made.call, rival);
    let calls: Vec<Call> = turn.calls.iter().map(|one| if one.id == wrong.id { wrong.clone() } else { one.clone() }).collect();
    let results = stage.dialogue.turns.get(made.turn + 1).map(|next| next.results.clone()).unwrap_or_default();
    let reason = format!("`{}` is called, which takes the same values; what is asked for is what `{meant}` does.", rival.name);
    let mut draft = Draft::calls(stage.dialogue, made.turn, calls, results, None, reason);
    for (goal, own) in draft.mutant.goals.iter_mut().zip(stage.dialogue.goals.iter().filter(|goal| goal.turn < made.turn)) {
        goal.calls.extend(own.calls.iter().filter(|id| turn.calls.iter().any(|call| call.id == **id)));
        // A wrong generator believes that this was asked for.
        if own.calls.last() == Some(&wrong.id) {
            goal.tool = rival.name.clone();
        }
    }
    Some(draft)
}

/// The tool has a parameter of the name of one of the arguments, and needs none that the call does not have.
fn shares(tool: &Tool, call: &Call) -> bool {
    let has = |leaf: &Leaf| call.provenance.keys().any(|pointer| crate::dialogue::pattern(pointer) == leaf.pointer);
    tool.parameters.iter().any(has) && tool.parameters.iter().filter(|leaf| leaf.required).all(has)
}

/// The call as one of the tool, without what the tool does not know.
fn renamed(call: &Call, tool: &Tool) -> Call {
    let knows = |name: &str| tool.parameters.iter().any(|leaf| leaf.pointer.split('/').nth(1) == Some(name));
    let mut out = Call { tool: tool.name.clone(), ..call.clone() };
    if let Value::Object(map) = &mut out.arguments {
        map.retain(|name, _| knows(&name.replace('~', "~0").replace('/', "~1")));
    }
    out.provenance.retain(|pointer, _| pointer.split('/').nth(1).is_some_and(knows));
    out
}

/// What was called last is called again where the answer was due.
pub(super) fn repeated(stage: &Stage, rng: &mut Rng) -> Option<Draft> {
    let mut places: Vec<(usize, &Call)> = Vec::new();
    for turn in stage.spoken() {
        let before = &stage.dialogue.turns[..turn];
        let Some(last) = before.iter().rev().find(|one| !one.calls.is_empty()) else { continue };
        let fine = |call: &&Call| call.mistake.is_none() && !stage.failed(call) && !call.provenance.is_empty();
        places.extend(last.calls.iter().filter(fine).map(|call| (turn, call)));
    }
    let (turn, call) = *pick(&places, rng)?;
    let result = stage.dialogue.result(call.id)?.clone();
    let reason = format!("`{}` was called with these arguments before, and nothing has changed since.", call.tool);
    Some(Draft::calls(stage.dialogue, turn, vec![call.clone()], vec![result], stage.goal(call.id), reason))
}

/// A request that is turned down, because no offered tool does it or because a policy forbids it, is answered by a call.
pub(super) fn needless(stage: &Stage, rng: &mut Rng) -> Option<Draft> {
    let mut places: Vec<(usize, usize)> = Vec::new();
    for turn in stage.spoken().filter(|turn| stage.before(*turn) == Some(Role::User)) {
        places.extend(stage.goals_of(turn - 1).filter(|(_, goal)| goal.outcome == Outcome::Refused).map(|(at, _)| (turn, at)));
    }
    let (turn, at) = *pick(&places, rng)?;
    let goal = &stage.dialogue.goals[at];
    let mut tools = stage.offered(turn);
    let forbidden = tools.iter().copied().find(|tool| tool.name == goal.tool);
    if let Some(tool) = forbidden {
        tools = vec![tool];
    }
    tools.shuffle(rng);
    // The nearest one: the tool that shares most words with what was asked.
    let asked = words(&stage.dialogue.turns[turn - 1].text);
    let nearness = |tool: &Tool| words(&format!("{} {}", tool.name, tool.description)).iter().filter(|word| asked.contains(word)).count();
    tools.sort_by_key(|tool| std::cmp::Reverse(nearness(tool)));
    let (tool, call) = tools.into_iter().find_map(|tool| Some((tool, made_up(stage, turn, tool, rng)?)))?;
    let reason = match forbidden {
        Some(_) => format!("`{}` is called, which the system text forbids here; the request has to be turned down.", tool.name),
        None => format!("`{}` is called, though no offered tool does what is asked; the request has to be turned down.", tool.name),
    };
    let result = CallResult { call: 0, value: json!({}), is_error: false };
    let mut draft = Draft::calls(stage.dialogue, turn, vec![call], vec![result], Some(at), reason);
    if let Some(goal) = draft.mutant.goals.get_mut(at) {
        (goal.tool, goal.outcome) = (tool.name.clone(), Outcome::Done);
    }
    Some(draft)
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 3).map(str::to_lowercase).collect()
}

/// A call with what the tool requires: read from the user's words where they say such a value, else made up. None for a tool with a
/// required list, whose length nobody knows.
fn made_up(stage: &Stage, turn: usize, tool: &Tool, rng: &mut Rng) -> Option<Call> {
    let user = stage.user(turn)?;
    let text = &stage.dialogue.turns[user].text;
    let mut call = Call {
        id: 0,
        tool: tool.name.clone(),
        arguments: json!({}),
        provenance: IndexMap::new(),
        mistake: None,
        demand: Default::default(),
    };
    let required: Vec<&Leaf> = tool.parameters.iter().filter(|leaf| leaf.required).collect();
    if required.is_empty() || required.iter().any(|leaf| leaf.pointer.contains('*')) {
        return None;
    }
    for leaf in required {
        let reading = value::read(text, leaf.sem, hints(Some(leaf)), &stage.say).into_iter().find(|_| !leaf.phrase.silent);
        let (value, span) = match reading {
            Some(reading) => (reading.value, Span { start: reading.span.start, end: reading.span.end }),
            None => (draw(stage, turn, &call, &leaf.pointer, &Value::Null, rng)?, Span { start: 0, end: text.len() }),
        };
        put(&mut call.arguments, &leaf.pointer, value);
        call.provenance.insert(leaf.pointer.clone(), Provenance::UserTurn { turn: user, span });
    }
    Some(call)
}

/// Puts a value in, with the objects on the way to it.
fn put(target: &mut Value, pointer: &str, value: Value) {
    let mut at = target;
    let mut parts = pointer.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~")).peekable();
    while let Some(part) = parts.next() {
        let Value::Object(map) = at else { return };
        if parts.peek().is_none() {
            map.insert(part, value);
            return;
        }
        at = map.entry(part).or_insert_with(|| Value::Object(Map::new()));
    }
}
