//! Events of the calls: what feeds what, what failed, what was repaired.

use super::Event;
use crate::dialogue::{Call, Dialogue, Function, Goal, Mistake, Outcome, Provenance, Role};
use std::collections::{BTreeMap, BTreeSet};

/// A call and where it stands.
struct Made<'d> {
    call: &'d Call,
    turn: usize,
    /// How many turns of the user's come before it.
    said: usize,
    failed: bool,
    /// The calls whose results it takes something from.
    from: BTreeSet<usize>,
}

pub(super) fn note(dialogue: &Dialogue, events: &mut BTreeSet<Event>) {
    let made = made(dialogue);
    shapes(&made, events);
    implicit(dialogue, &made, events);
    turns(dialogue, &made, events);
    interleaved(&made, events);
    sources(dialogue, &made, events);
    for goal in &dialogue.goals {
        again(dialogue, goal, &made, events);
        repairs(dialogue, goal, &made, events);
    }
    for one in &made {
        match one.call.mistake {
            Some(Mistake::WrongTool { .. }) => events.insert(Event::WrongTool),
            Some(Mistake::WrongArgument { .. }) => events.insert(Event::WrongArgument),
            None => continue,
        };
    }
    if !made.is_empty() && dialogue.tools.len() > made.iter().map(|one| &one.call.tool).collect::<BTreeSet<_>>().len() {
        events.insert(Event::Distractors);
    }
}

fn made(dialogue: &Dialogue) -> Vec<Made<'_>> {
    let mut made = Vec::new();
    let mut said = 0;
    for (at, turn) in dialogue.turns.iter().enumerate() {
        said += usize::from(turn.role == Role::User);
        for call in &turn.calls {
            let sources = call.provenance.values().flat_map(Provenance::all);
            let from = sources.filter_map(|source| match source {
                Provenance::ToolResult { call, .. } => Some(*call),
                _ => None,
            });
            let failed = dialogue.result(call.id).is_some_and(|result| result.is_error);
            made.push(Made { call, turn: at, said, failed, from: from.collect() });
        }
    }
    made
}

/// Chains, and how they branch and meet.
fn shapes(made: &[Made], events: &mut BTreeSet<Event>) {
    let mut feeds: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for one in made {
        for from in &one.from {
            events.insert(Event::Chain);
            feeds.entry(*from).or_default().insert(&one.call.tool);
        }
        if one.from.len() > 1 {
            events.insert(Event::FanIn);
        }
    }
    if feeds.values().any(|tools| tools.len() > 1) {
        events.insert(Event::FanOut);
    }
    let of = |id: usize| made.iter().find(|one| one.call.id == id);
    for last in made {
        let middles: Vec<&Made> = last.from.iter().filter_map(|id| of(*id)).collect();
        let meet = |one: &Made, other: &Made| one.call.id < other.call.id && one.from.intersection(&other.from).next().is_some();
        if middles.iter().any(|one| middles.iter().any(|other| meet(one, other) && !one.from.contains(&other.call.id))) {
            events.insert(Event::Diamond);
        }
    }
}

/// Calls that feed another one of the same turn of the user's, and that no goal is about.
fn implicit(dialogue: &Dialogue, made: &[Made], events: &mut BTreeSet<Event>) {
    for one in made.iter().filter(|one| !one.failed) {
        let named = dialogue.goals.iter().any(|goal| goal.tool == one.call.tool && goal.calls.contains(&one.call.id));
        let feeds = made.iter().any(|other| other.said == one.said && other.from.contains(&one.call.id));
        if feeds && !named {
            events.insert(Event::ImplicitCall);
        }
    }
}

/// How many calls a turn of the user's and a message of the assistant's lead to.
fn turns(dialogue: &Dialogue, made: &[Made], events: &mut BTreeSet<Event>) {
    let mut runs: BTreeMap<usize, usize> = BTreeMap::new();
    for one in made {
        *runs.entry(one.said).or_default() += 1;
    }
    if runs.values().any(|calls| *calls == 1) {
        events.insert(Event::SingleCall);
    }
    for turn in dialogue.turns.iter().filter(|turn| turn.calls.len() > 1) {
        let items = |call: &Call| -> BTreeSet<String> {
            let of_list = |(_, source): (&String, &Provenance)| match source {
                Provenance::ToolResult { call, pointer } if pointer.split('/').any(|part| part.parse::<usize>().is_ok()) => {
                    Some(format!("{call}{pointer}"))
                }
                _ => None,
            };
            call.provenance.iter().filter_map(of_list).collect()
        };
        let one_tool = turn.calls.iter().all(|call| call.tool == turn.calls[0].tool);
        let own_items = turn.calls.windows(2).all(|pair| !items(&pair[0]).is_empty() && items(&pair[0]) != items(&pair[1]));
        events.insert(if one_tool && own_items { Event::Loop } else { Event::ParallelCalls });
    }
}

/// Two chains whose calls take turns: a, b, what needs a, what needs b, each after words of the user's.
fn interleaved(made: &[Made], events: &mut BTreeSet<Event>) {
    let links: Vec<(&Made, &Made)> =
        made.iter().flat_map(|later| made.iter().filter(|one| later.from.contains(&one.call.id)).map(move |one| (one, later))).collect();
    let crossed = |(a, a2): &(&Made, &Made), (b, b2): &(&Made, &Made)| {
        let apart = !b.from.contains(&a.call.id) && !b2.from.contains(&a.call.id) && !a2.from.contains(&b.call.id);
        a.said < b.said && b.said < a2.said && a2.said < b2.said && apart
    };
    if links.iter().any(|one| links.iter().any(|other| crossed(one, other))) {
        events.insert(Event::Interleaved);
    }
}

/// How far back a user turn is that counts as far.
const FAR: usize = 4;

/// Where the arguments come from: which of a list, from how far, by what computation.
fn sources(dialogue: &Dialogue, made: &[Made], events: &mut BTreeSet<Event>) {
    let said_before = |turn: usize| dialogue.turns[..turn.min(dialogue.turns.len())].iter().filter(|turn| turn.role == Role::User).count();
    let said_at = |id: usize| made.iter().find(|one| one.call.id == id).map(|one| one.said);
    for one in made {
        for source in one.call.provenance.values().flat_map(Provenance::all) {
            let said = match source {
                Provenance::UserTurn { turn, .. } => Some(said_before(*turn) + 1),
                Provenance::ToolResult { call, .. } => said_at(*call),
                _ => None,
            };
            if said.is_some_and(|said| said + FAR <= one.said) {
                events.insert(Event::FarReference);
            }
            let Provenance::Derived { function, inputs } = source else { continue };
            let event = match function {
                Function::Nth => Event::ByOrder,
                Function::Least | Function::Most => Event::ByAttribute,
                Function::Where if by_name(dialogue, inputs) => Event::ByName,
                Function::Where => Event::ByAttribute,
                Function::Shift => Event::DateArithmetic,
                Function::Count | Function::Sum | Function::Convert | Function::Exchange | Function::Times => Event::Reckoned,
            };
            events.insert(event);
        }
    }
}

/// Whether what the user says of an item is its name: capital letters, and no date or number.
fn by_name(dialogue: &Dialogue, inputs: &[Provenance]) -> bool {
    inputs.iter().any(|input| match input {
        Provenance::ToolResult { call, pointer } => {
            let value = dialogue.result(*call).and_then(|result| result.value.pointer(pointer)).and_then(|value| value.as_str());
            value.is_some_and(|text| text.chars().any(char::is_uppercase) && !text.chars().any(|c| c.is_ascii_digit()))
        }
        _ => false,
    })
}

/// The same tool for another goal, with other arguments.
fn again(dialogue: &Dialogue, goal: &Goal, made: &[Made], events: &mut BTreeSet<Event>) {
    let of = |goal: &Goal| made.iter().rfind(|one| goal.calls.contains(&one.call.id) && one.call.tool == goal.tool);
    let other = dialogue.goals.iter().filter(|other| other.tool == goal.tool && !std::ptr::eq(*other, goal) && !other.tool.is_empty());
    let Some(own) = of(goal) else { return };
    if other.filter_map(of).any(|call| call.call.arguments != own.call.arguments) {
        events.insert(Event::SameToolAgain);
    }
}

/// What follows a call that failed.
fn repairs(dialogue: &Dialogue, goal: &Goal, made: &[Made], events: &mut BTreeSet<Event>) {
    let own: Vec<&Made> = made.iter().filter(|one| goal.calls.contains(&one.call.id)).collect();
    let Some(first) = own.iter().position(|one| one.failed) else { return };
    if goal.outcome == Outcome::Failed {
        events.insert(Event::GivenUp);
        return;
    }
    let failed = own[first];
    let Some(repair) = own[first + 1..].iter().find(|one| one.call.tool == failed.call.tool && !one.failed) else { return };
    let asked = dialogue.turns[failed.turn..repair.turn]
        .iter()
        .any(|turn| turn.role == Role::Assistant && turn.acts.iter().any(|act| act == "request"));
    let found = own[first + 1..].iter().any(|one| one.call.tool != failed.call.tool && repair.from.contains(&one.call.id));
    events.insert(if repair.call.arguments == failed.call.arguments {
        Event::Retry
    } else if found {
        Event::OtherTool
    } else if asked {
        Event::AskAfterError
    } else {
        Event::OtherArgument
    });
}
