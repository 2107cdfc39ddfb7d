//! The checks that need neither goals nor recorded sources: what is wrong with a conversation is seen in it alone.

use super::stated;
use super::trace::{Origin, Traced};
use crate::dialogue::{Call, Dialogue, Role, Turn};
use crate::verify::checks::{DONE, FAILS};
use crate::verify::words::Text;
use crate::verify::{Failure, Report};
use jsonschema::Validator;
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::sync::{Arc, RwLock};

/// The checks, in their order, each with what has to be true.
pub const RULES: [(&str, &str); 11] = [
    ("paired", "every call is answered, every answer has a call, tools have names of their own"),
    ("order", "the user begins, and the assistant has the last word or call"),
    ("silent", "no message of the user or the assistant is empty"),
    ("offered", "a called tool is offered (rows that show no tools are not judged)"),
    ("tool-schema", "the parameters of a called tool are a valid JSON Schema"),
    ("schema", "arguments fit the schema: required ones, types, choices, formats, bounds"),
    ("sourced", "each argument's value stands in what came before, follows from its words, or is the schema's"),
    ("repeated", "no call is made twice in one go when the first one worked"),
    ("claimed", "no success is told after nothing but failures"),
    ("stated", "numbers that are told after a result stand in something that came before"),
    ("leaked", "no markup of calls, no template's placeholder in what is said"),
];

/// Compiled schemas that are kept; a set with more tools compiles some again.
const KEPT: usize = 20_000;

/// Runs the checks; keeps the schemas that it has compiled. Share one among all threads.
#[derive(Default)]
pub struct Judge {
    schemas: RwLock<FxHashMap<u64, Option<Arc<Validator>>>>,
}

impl Judge {
    /// `traced` is what [`super::annotate`] found. Linear in the length of the conversation.
    pub fn judge(&self, dialogue: &Dialogue, traced: &[Vec<Traced>]) -> Report {
        let mut out = Out(Report::default());
        paired(dialogue, &mut out);
        order(dialogue, &mut out);
        self.calls(dialogue, &mut out);
        sourced(dialogue, traced, &mut out);
        repeated(dialogue, &mut out);
        claimed(dialogue, &mut out);
        stated::stated(dialogue, &mut out);
        leaked(dialogue, &mut out);
        out.0
    }

    fn calls(&self, dialogue: &Dialogue, out: &mut Out) {
        // A benchmark that keeps its tools elsewhere says nothing about them.
        let shown = !dialogue.tools.is_empty();
        for (at, call) in calls(dialogue) {
            let Some(tool) = dialogue.tool(&call.tool) else {
                if shown {
                    out.add("offered", at, format!("`{}` is called but not offered", call.tool));
                }
                continue;
            };
            if !dialogue.offers(&call.tool, at) {
                out.add("offered", at, format!("`{}` is called before it is offered", call.tool));
            }
            match self.compiled(&tool.parameters) {
                None => out.add("tool-schema", at, format!("the parameters of `{}` are no valid JSON Schema", call.tool)),
                Some(validator) => {
                    if let Err(error) = validator.validate(&call.arguments) {
                        out.add("schema", at, format!("call {} of `{}`: {error} (at {})", call.id, call.tool, error.instance_path()));
                    }
                }
            }
        }
    }

    fn compiled(&self, schema: &Value) -> Option<Arc<Validator>> {
        let key = xxhash_rust::xxh3::xxh3_64(schema.to_string().as_bytes());
        if let Ok(known) = self.schemas.read()
            && let Some(known) = known.get(&key)
        {
            return known.clone();
        }
        let made = jsonschema::options().should_validate_formats(true).offline().build(schema).ok().map(Arc::new);
        if let Ok(mut known) = self.schemas.write() {
            if known.len() >= KEPT {
                known.clear();
            }
            known.insert(key, made.clone());
        }
        made
    }
}

pub(super) struct Out(Report);

impl Out {
    pub(super) fn add(&mut self, check: &'static str, turn: usize, message: impl Into<String>) {
        self.0.failures.push(Failure { check, turn, message: message.into() });
    }
}

fn calls(dialogue: &Dialogue) -> impl Iterator<Item = (usize, &Call)> {
    dialogue.turns.iter().enumerate().flat_map(|(at, turn)| turn.calls.iter().map(move |call| (at, call)))
}

/// Every call of a message is answered by the next one; calls may be the last word.
fn paired(dialogue: &Dialogue, out: &mut Out) {
    for (at, turn) in dialogue.turns.iter().enumerate() {
        let Some(next) = dialogue.turns.get(at + 1) else { break };
        for call in turn.calls.iter().filter(|call| !next.results.iter().any(|result| result.call == call.id)) {
            out.add("paired", at, format!("call {} of `{}` has no result", call.id, call.tool));
        }
    }
}

fn order(dialogue: &Dialogue, out: &mut Out) {
    let first = dialogue.turns.iter().position(|turn| turn.role != Role::System);
    if let Some(at) = first.filter(|at| dialogue.turns[*at].role != Role::User) {
        out.add("order", at, "the user does not begin");
    }
    match dialogue.turns.last() {
        Some(last) if last.role != Role::Assistant => out.add("order", dialogue.turns.len() - 1, "the last message is not the assistant's"),
        Some(_) => {}
        None => out.add("order", 0, "there are no messages"),
    }
    for (at, turn) in dialogue.turns.iter().enumerate() {
        let says_nothing = turn.text.trim().is_empty() && turn.calls.is_empty();
        if says_nothing && matches!(turn.role, Role::User | Role::Assistant) {
            out.add("silent", at, "the message is empty");
        }
    }
}

fn sourced(dialogue: &Dialogue, traced: &[Vec<Traced>], out: &mut Out) {
    for ((at, call), found) in calls(dialogue).zip(traced) {
        for one in found.iter().filter(|one| one.origin == Origin::Nowhere) {
            let value = call.arguments.pointer(&one.pointer).map(Value::to_string).unwrap_or_default();
            let value: String = value.chars().take(80).collect();
            out.add("sourced", at, format!("{} of call {} is {value}, which comes from nowhere", one.pointer, call.id));
        }
    }
}

/// The same call twice between two messages of the user, when the first had worked.
fn repeated(dialogue: &Dialogue, out: &mut Out) {
    let mut run: Vec<&Call> = Vec::new();
    for (at, turn) in dialogue.turns.iter().enumerate() {
        if turn.role == Role::User {
            run.clear();
        }
        for call in &turn.calls {
            let worked = |other: &Call| dialogue.result(other.id).is_none_or(|result| !result.is_error);
            if run.iter().any(|other| other.tool == call.tool && other.arguments == call.arguments && worked(other)) {
                out.add("repeated", at, format!("call {} of `{}` was made just before", call.id, call.tool));
            }
            run.push(call);
        }
    }
}

fn claimed(dialogue: &Dialogue, out: &mut Out) {
    let (mut tried, mut worked) = (false, false);
    for (at, turn) in dialogue.turns.iter().enumerate() {
        match turn.role {
            Role::User => (tried, worked) = (false, false),
            Role::Tool => {
                tried |= !turn.results.is_empty();
                worked |= turn.results.iter().any(|result| !result.is_error);
            }
            Role::Assistant if tried && !worked && turn.calls.is_empty() && says_done(turn) => {
                out.add("claimed", at, "success is told, and every call failed");
            }
            _ => {}
        }
    }
}

fn says_done(turn: &Turn) -> bool {
    const BUT: [&str; 6] = ["sorry", "unfortunately", "error", "not", "couldn't", "unable"];
    let text = Text::new(&turn.text);
    text.has_any(&DONE) && !text.has_any(&FAILS) && !text.has_any(&BUT)
}

/// Marks of call syntaxes and chat templates.
const MARKS: [&str; 14] = [
    "<tool_call>",
    "</tool_call>",
    "<tool_response>",
    "<functioncall>",
    "[TOOL_CALLS]",
    "[AVAILABLE_TOOLS]",
    "<|im_start|>",
    "<|im_end|>",
    "<|endoftext|>",
    "<|eot_id|>",
    "<|python_tag|>",
    "[INST]",
    "[/INST]",
    "{{",
];

fn leaked(dialogue: &Dialogue, out: &mut Out) {
    for (at, turn) in dialogue.turns.iter().enumerate().filter(|(_, turn)| matches!(turn.role, Role::User | Role::Assistant)) {
        if let Some(mark) = MARKS.iter().find(|mark| turn.text.contains(**mark)) {
            out.add("leaked", at, format!("`{mark}` stands in the text"));
        } else if let Some(place) = placeholder(&turn.text) {
            out.add("leaked", at, format!("`{place}` is a place that was not filled"));
        }
    }
}

/// `{city}`, `[NAME]` or `<date>`: one word of a template in brackets.
fn placeholder(text: &str) -> Option<&str> {
    let mut rest = text;
    while let Some(open) = rest.find(['{', '[', '<']) {
        let inner = &rest[open + 1..];
        let end = match rest.as_bytes()[open] {
            b'{' => '}',
            b'[' => ']',
            _ => '>',
        };
        if let Some(close) = inner.find(end) {
            let word = &inner[..close];
            let named = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b' '));
            let shouted = word.bytes().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'_' | b' '));
            let ours = matches!(end, '}') && !word.contains(' ');
            // "[Your Name]" and "[NAME]" are places; "[sic]" and "<b>" are not.
            let your = word.to_ascii_lowercase().starts_with("your ") || word.to_ascii_lowercase().starts_with("insert ");
            if named && (ours || your || (shouted && word.len() > 2)) {
                return Some(&rest[open..=open + 1 + close]);
            }
        }
        rest = inner;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::foreign::annotate;
    use serde_json::json;

    fn names(turns: Value) -> Vec<&'static str> {
        let parameters =
            json!({"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}, "required": ["city"]});
        let tool = json!({"name": "forecast", "description": "Weather.", "returns": null, "parameters": parameters});
        let record = json!({"version": 1, "id": "a", "index": 0, "plan": "", "motif": "none", "domains": [], "tools": [tool],
            "context": {"today": ""}, "turns": turns, "goals": [], "relations": [],
            "scores": {"quality": {}, "diversity": {}, "complexity": {}}});
        let mut dialogue: Dialogue = serde_json::from_value(record).unwrap();
        let traced = annotate(&mut dialogue);
        let mut names: Vec<&str> = Judge::default().judge(&dialogue, &traced).failures.iter().map(|one| one.check).collect();
        names.dedup();
        names
    }

    fn user(text: &str) -> Value {
        json!({"role": "user", "text": text})
    }

    fn says(text: &str) -> Value {
        json!({"role": "assistant", "text": text})
    }

    fn calls(calls: &[(usize, &str, Value)]) -> Value {
        let made = |(id, tool, arguments): &(usize, &str, Value)| json!({"id": id, "tool": tool, "arguments": arguments, "provenance": {}});
        json!({"role": "assistant", "text": "", "calls": calls.iter().map(made).collect::<Vec<_>>()})
    }

    fn gives(results: &[(usize, Value)]) -> Value {
        let given = |(call, value): &(usize, Value)| json!({"call": call, "value": value});
        json!({"role": "tool", "text": "", "results": results.iter().map(given).collect::<Vec<_>>()})
    }

    fn good() -> Vec<Value> {
        vec![
            user("What will it be like in Porto for 3 days?"),
            calls(&[(0, "forecast", json!({"city": "Porto", "days": 3}))]),
            gives(&[(0, json!({"high": 27, "sky": "clear"}))]),
            says("Clear, up to 27 degrees."),
        ]
    }

    fn with(at: usize, turn: Value) -> Value {
        let mut turns = good();
        turns[at] = turn;
        turns.into()
    }

    #[test]
    fn a_good_conversation_passes() {
        assert!(names(good().into()).is_empty());
    }

    #[test]
    fn each_fault_is_found_by_its_check() {
        for (turns, check) in [
            (with(3, user("Thanks.")), "order"),
            (with(0, says("Hello Porto 3")), "order"),
            (with(3, says(" ")), "silent"),
            (with(1, calls(&[(0, "weather", json!({"city": "Porto"}))])), "offered"),
            (with(1, calls(&[(0, "forecast", json!({"city": "Porto", "days": "3"}))])), "schema"),
            (with(1, calls(&[(0, "forecast", json!({"days": 3}))])), "schema"),
            (with(1, calls(&[(0, "forecast", json!({"city": "Lisbon", "days": 3}))])), "sourced"),
            (with(3, says("Clear, up to 31 degrees.")), "stated"),
            (with(3, says("Clear, up to 27 degrees.<|im_end|>")), "leaked"),
            (with(3, says("Clear in {city}.")), "leaked"),
            (with(3, says("Best, [Your Name]")), "leaked"),
        ] {
            assert_eq!(names(turns.clone()), [check], "{turns}");
        }
    }

    #[test]
    fn the_same_call_twice_is_found_and_a_call_without_a_result() {
        let twice = calls(&[(0, "forecast", json!({"city": "Porto"})), (1, "forecast", json!({"city": "Porto"}))]);
        let mut turns = good();
        turns[1] = twice.clone();
        turns[2] = gives(&[(0, json!({"high": 27})), (1, json!({"high": 27}))]);
        assert_eq!(names(turns.into()), ["repeated"]);
        assert_eq!(names(with(1, twice)), ["paired", "repeated"]);
    }

    #[test]
    fn success_after_failure_is_a_false_claim() {
        let mut turns = good();
        turns[2] = gives(&[(0, json!({"error": {"code": "down", "message": "no service"}}))]);
        turns[3] = says("All set, it's done!");
        assert_eq!(names(turns.clone().into()), ["claimed"]);
        turns[3] = says("I'm sorry, that failed: there is no service.");
        assert!(names(turns.into()).is_empty());
    }

    #[test]
    fn brackets_that_people_write_are_no_places() {
        for text in ["[sic] and <b>bold</b>", "a list [1, 2]", "x < y and y > z", "{}", "if (a) { return b; }"] {
            assert_eq!(placeholder(text), None, "{text}");
        }
    }
}
