//! Plain chat rows: messages and tools as in OpenAI's format, without a record.

use crate::dialogue::{Call, CallResult, Context, Dialogue, RECORD_VERSION, Role, Scores, ToolSpec, Turn};
use crate::graph::Motif;
use crate::value::{self, Hints, SayContext, SemType};
use indexmap::IndexMap;
use serde_json::{Map, Value};

/// Reads `messages` and `tools`; a part that is JSON in a string (arguments, results, tools) is read too.
///
/// # Errors
/// Says in a lower-case fragment what makes the row unreadable.
pub fn read_chat(row: &Value) -> Result<Dialogue, String> {
    let messages = part(row, "messages").ok_or("the row has no `messages`")?;
    let messages = messages.as_array().ok_or("`messages` is not a list")?.clone();
    let tools = part(row, "tools").or_else(|| part(row, "functions")).unwrap_or(Value::Array(Vec::new()));
    let tools = tools.as_array().ok_or("`tools` is not a list")?.iter().map(tool).collect::<Result<Vec<_>, _>>()?;
    let mut reader = Reader::default();
    for message in &messages {
        reader.read(message)?;
    }
    let today = today(&reader.turns);
    Ok(Dialogue {
        version: RECORD_VERSION,
        id: row.get("id").and_then(Value::as_str).unwrap_or_default().to_string(),
        index: 0,
        plan: String::new(),
        motif: Motif::None,
        domains: Vec::new(),
        tools,
        context: Context { today, user: IndexMap::new() },
        turns: reader.turns,
        goals: Vec::new(),
        relations: Vec::new(),
        scores: Scores::default(),
    })
}

/// A member of the row, unpacked when it is JSON in a string.
fn part(row: &Value, key: &str) -> Option<Value> {
    let found = row.get(key).filter(|value| !value.is_null())?;
    Some(match found {
        Value::String(text) => serde_json::from_str(text).ok()?,
        other => other.clone(),
    })
}

fn tool(value: &Value) -> Result<ToolSpec, String> {
    let function = value.get("function").unwrap_or(value);
    let text = |key: &str| function.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
    let name = text("name");
    if name.is_empty() {
        return Err("a tool has no name".into());
    }
    let parameters =
        ["parameters", "input_schema", "inputSchema"].iter().find_map(|key| function.get(*key)).filter(|schema| schema.is_object());
    let returns =
        ["returns", "outputSchema", "output_schema"].iter().find_map(|key| function.get(*key)).filter(|schema| schema.is_object());
    Ok(ToolSpec {
        name,
        description: text("description"),
        parameters: parameters.cloned().unwrap_or_else(|| serde_json::json!({"type": "object", "properties": {}})),
        returns: returns.cloned().unwrap_or(Value::Null),
        nl: None,
    })
}

#[derive(Default)]
struct Reader {
    turns: Vec<Turn>,
    /// Ids of the calls of the last calling turn, with our numbers.
    open: Vec<(String, usize)>,
    next: usize,
}

impl Reader {
    fn read(&mut self, message: &Value) -> Result<(), String> {
        let role = message.get("role").and_then(Value::as_str).ok_or("a message has no role")?;
        let text = content(message.get("content"));
        let role = match role {
            "system" | "developer" => Role::System,
            "user" | "human" => Role::User,
            "assistant" | "gpt" | "model" => Role::Assistant,
            "tool" | "function" | "observation" => return self.result(message, &text),
            other => return Err(format!("unknown role `{other}`")),
        };
        if self.turns.is_empty() && role != Role::System {
            self.turns.push(turn(Role::System, String::new()));
        }
        let mut turn = turn(role, text);
        let calls = message.get("tool_calls").and_then(Value::as_array).cloned().unwrap_or_default();
        let old = message.get("function_call").filter(|call| call.is_object()).cloned();
        if !calls.is_empty() || old.is_some() {
            self.open.clear();
        }
        for call in calls.iter().chain(old.iter()) {
            turn.calls.push(self.call(call)?);
        }
        self.turns.push(turn);
        Ok(())
    }

    fn call(&mut self, call: &Value) -> Result<Call, String> {
        let function = call.get("function").unwrap_or(call);
        let tool = function.get("name").and_then(Value::as_str).ok_or("a call has no name")?.to_string();
        let arguments = match function.get("arguments") {
            Some(Value::String(text)) if text.trim().is_empty() => Value::Object(Map::new()),
            Some(Value::String(text)) => {
                serde_json::from_str(text).map_err(|error| format!("the arguments of a call of `{tool}` are no JSON: {error}"))?
            }
            Some(Value::Null) | None => Value::Object(Map::new()),
            Some(other) => other.clone(),
        };
        let id = self.next;
        self.next += 1;
        self.open.push((call.get("id").and_then(Value::as_str).unwrap_or_default().to_string(), id));
        Ok(Call { id, tool, arguments, provenance: IndexMap::new() })
    }

    fn result(&mut self, message: &Value, text: &str) -> Result<(), String> {
        let given = self.turns.last().filter(|turn| turn.role == Role::Tool).map_or(0, |turn| turn.results.len());
        let named = message
            .get("tool_call_id")
            .and_then(Value::as_str)
            .and_then(|id| self.open.iter().find(|(open, _)| !open.is_empty() && open == id));
        let call = named.or_else(|| self.open.get(given)).map(|(_, call)| *call).ok_or("a tool message answers no call")?;
        let value: Value = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_string()));
        let is_error = value.as_object().is_some_and(|map| map.len() == 1 && map.contains_key("error"));
        let result = CallResult { call, value, is_error };
        match self.turns.last_mut().filter(|turn| turn.role == Role::Tool) {
            Some(turn) => turn.results.push(result),
            None => self.turns.push(Turn { results: vec![result], ..turn(Role::Tool, String::new()) }),
        }
        Ok(())
    }
}

fn turn(role: Role, text: String) -> Turn {
    Turn { role, text, calls: Vec::new(), results: Vec::new(), acts: Vec::new() }
}

/// A string, or the text parts of a list of parts.
fn content(content: Option<&Value>) -> String {
    match content {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => {
            parts.iter().filter_map(|part| part.get("text").and_then(Value::as_str)).collect::<Vec<_>>().join("\n")
        }
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}

/// The day that the system text gives; without one, relative dates cannot be read.
fn today(turns: &[Turn]) -> String {
    let text = turns.first().filter(|turn| turn.role == Role::System).map_or("", |turn| turn.text.as_str());
    let say = SayContext { today: jiff::civil::date(1970, 1, 1) };
    let read = value::read(text, SemType::Date, Hints::default(), &say);
    // A day that is said in full; "today" itself reads as the day that was made up to read it.
    let mut days = read.into_iter().filter_map(|reading| reading.value.as_str().map(str::to_string));
    days.find(|day| day.as_str() >= "1990").unwrap_or_else(|| "1970-01-01".into())
}
