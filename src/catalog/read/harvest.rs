//! From what a dialect has to raw tools: the checks that are the same for all formats.

use super::lines::Lines;
use super::schema::{Refusal, Tally, check, check_result, mend, mend_defaults};
use crate::catalog::{Effects, Note, Position, RawTool, Skipped, SurveyedTool, ToolNl};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::path::Path;

/// Names longer than this are no names.
const MAX_NAME: usize = 512;

/// A tool as one dialect has it: types still foreign, nothing checked.
#[derive(Debug, Default)]
pub(crate) struct Candidate {
    /// Whatever stands in the place of the name.
    pub name: Value,
    pub description: String,
    pub domain: String,
    /// Whatever stands in the place of the parameters' schema; null for none.
    pub parameters: Value,
    pub returns: Option<Value>,
    pub returns_prose: Option<String>,
    /// Keys of the tool under which its schemas stand as they are, where they were not copied.
    pub lent: Lent,
    pub effects: Option<Box<Effects>>,
    pub nl: Option<Box<ToolNl>>,
    /// Of the tool in its file.
    pub pointer: String,
    /// What the reader itself has to tell, each with a code.
    pub notes: Vec<String>,
    /// A fault that the reader itself found.
    pub refusal: Option<Refusal>,
}

/// Schemas that are left in their document: the keys of the tool's own object that they stand under.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Lent {
    pub parameters: Option<&'static str>,
    pub returns: Option<&'static str>,
}

impl Candidate {
    /// Takes the schemas that stand under these keys of a tool: a copy of each, or where it stands.
    pub(crate) fn schemas(&mut self, tool: &Value, parameters: Option<&'static str>, returns: Option<&'static str>, lend: bool) {
        if lend {
            let is_schema = |key: &&str| tool.get(*key).and_then(Value::as_object).is_some_and(|map| !map.is_empty());
            self.lent = Lent { parameters, returns: returns.filter(is_schema) };
        } else {
            self.parameters = parameters.and_then(|key| tool.get(key)).cloned().unwrap_or_default();
        }
        if self.lent.returns.is_none() {
            self.returned(returns.and_then(|key| tool.get(key)));
        }
    }

    /// Takes what a dialect says about the result: a schema, or prose.
    pub(crate) fn returned(&mut self, value: Option<&Value>) {
        match value {
            Some(Value::String(prose)) if !prose.trim().is_empty() => self.returns_prose = Some(prose.trim().to_owned()),
            Some(schema @ Value::Object(map)) if !map.is_empty() => self.returns = Some(schema.clone()),
            _ => {}
        }
    }

    /// Our own keys `x-nl` and `effects`, which may stand in anybody's tool.
    pub(crate) fn extensions(&mut self, tool: &Value) {
        if let Some(value) = tool.get("x-nl") {
            match ToolNl::deserialize_from(value) {
                Ok(nl) => self.nl = Some(Box::new(nl)),
                Err(error) => self.notes.push(format!("extension-invalid: `x-nl` is not used: {error}")),
            }
        }
        if let Some(value) = tool.get("effects").or_else(|| tool.get("x-effects")) {
            match Effects::deserialize_from(value) {
                Ok(effects) => self.effects = Some(Box::new(Effects { origin: crate::catalog::Origin::Declared, ..effects })),
                Err(error) => self.notes.push(format!("extension-invalid: `effects` is not used: {error}")),
            }
        }
    }
}

trait DeserializeFrom: serde::de::DeserializeOwned {
    fn deserialize_from(value: &Value) -> Result<Self, String> {
        Self::deserialize(value).map_err(|error| error.to_string())
    }
}

impl DeserializeFrom for ToolNl {}
impl DeserializeFrom for Effects {}

/// What one file gives.
pub(crate) struct Harvest<'a> {
    file: &'a Path,
    lines: Lines,
    /// Whether schemas may be left in the document, which outlives the harvest.
    pub lends: bool,
    candidates: Vec<Candidate>,
}

/// A finished file.
#[derive(Debug, Default)]
pub(crate) struct Harvested {
    pub tools: Vec<RawTool>,
    pub skipped: Vec<Skipped>,
    pub notes: Vec<Note>,
}

impl<'a> Harvest<'a> {
    pub(crate) fn new(file: &'a Path, lines: Lines) -> Self {
        Harvest { file, lines, lends: false, candidates: Vec::new() }
    }

    /// For [`Harvest::surveyed`]: schemas that stand in the document as they are stay there.
    pub(crate) fn lending(file: &'a Path) -> Self {
        Harvest { file, lines: Lines::default(), lends: true, candidates: Vec::new() }
    }

    pub(crate) fn offer(&mut self, candidate: Candidate) {
        self.candidates.push(candidate);
    }

    /// Many at once, each made on some thread, in order.
    pub(crate) fn offer_all(&mut self, candidates: impl IndexedParallelIterator<Item = Candidate>) {
        self.candidates.par_extend(candidates);
    }

    /// What to call the tools of this file together: its name without endings, or its folder's where that says nothing.
    pub(crate) fn domain(&self) -> String {
        domain_of(self.file)
    }

    /// The name of the folder, for files that have one tool each.
    pub(crate) fn folder(&self) -> String {
        domain_of(self.file.parent().unwrap_or(Path::new("")))
    }

    /// Turns every candidate into a tool or into a reason why not, in order.
    pub(crate) fn finish(self) -> Harvested {
        let Harvest { file, lines, candidates, .. } = self;
        let done: Vec<_> = candidates.into_par_iter().map(|candidate| admit(candidate, file, &lines)).collect();
        let mut out = Harvested::default();
        for (tool, notes) in done {
            out.notes.extend(notes);
            match tool {
                Ok(tool) => out.tools.push(tool),
                Err(skipped) => out.skipped.push(skipped),
            }
        }
        out
    }
}

impl Harvest<'_> {
    /// The candidates as they were offered, in order.
    pub(crate) fn surveyed(self) -> Vec<SurveyedTool> {
        self.candidates.into_iter().map(SurveyedTool::from).collect()
    }
}

/// Turns a candidate into a tool or into a reason why not; and what was rewritten, unless it is left out.
pub(crate) fn admit(mut candidate: Candidate, file: &Path, lines: &Lines) -> (Result<RawTool, Skipped>, Vec<Note>) {
    let at = Position { file: file.to_owned(), line: lines.of(&candidate.pointer), pointer: std::mem::take(&mut candidate.pointer) };
    let shown = candidate.name.as_str().unwrap_or_default().to_owned();
    let mut messages = std::mem::take(&mut candidate.notes);
    let tool = examine(candidate, &mut messages);
    let notes = messages.into_iter().map(|message| Note { tool: shown.clone(), at: at.clone(), message }).collect();
    match tool {
        Ok(tool) => (Ok(RawTool { at, ..tool }), notes),
        // What was rewritten in a tool that is left out is of no interest.
        Err(refusal) => (Err(Skipped { tool: shown, at, reason: refusal.reason, cure: refusal.cure }), Vec::new()),
    }
}

fn examine(candidate: Candidate, messages: &mut Vec<String>) -> Result<RawTool, Refusal> {
    if let Some(refusal) = candidate.refusal {
        return Err(refusal);
    }
    let name = name(&candidate.name)?;
    let mut tally = Tally::default();
    let parameters = parameters(candidate.parameters, &mut tally)?;
    let returns = candidate.returns.and_then(|returns| result(returns, &mut tally));
    messages.extend(tally.messages());
    let mut description = candidate.description;
    if super::schema::cut(&mut description) {
        messages.push("desc-too-long: the tool's description was cut at 64 KiB".into());
    }
    Ok(RawTool {
        name,
        description,
        domain: candidate.domain,
        parameters,
        returns,
        returns_prose: candidate.returns_prose,
        effects: candidate.effects.map(|effects| *effects),
        nl: candidate.nl.map(|nl| *nl),
        at: Position::default(),
    })
}

fn name(value: &Value) -> Result<String, Refusal> {
    let name = match value {
        Value::String(name) if !name.trim().is_empty() => name.trim(),
        Value::Null | Value::String(_) => return Err(Refusal::new("name-missing: the tool has no name", "give it a `name`")),
        _ => return Err(Refusal::new("name-missing: the name of the tool is no text", "give it a `name` in quotes")),
    };
    if let Some(points) = invisible(name) {
        let reason = format!("invisible-unicode: the name has invisible characters: {points}");
        return Err(Refusal::new(reason, "write the name with visible characters only"));
    }
    if name.len() > MAX_NAME {
        let reason = format!("name-too-long: the name has {} bytes, and at most {MAX_NAME} are used", name.len());
        return Err(Refusal::new(reason, "shorten it; providers take 64 characters"));
    }
    Ok(name.to_owned())
}

/// The parameters as a JSON Schema that has an object at its root and is valid.
fn parameters(mut schema: Value, tally: &mut Tally) -> Result<Value, Refusal> {
    match &schema {
        Value::Null => schema = json!({"type": "object", "properties": {}}),
        Value::Array(items) if items.is_empty() => {
            tally.add("root-not-object: an empty list of parameters read as no parameters", "/parameters");
            schema = json!({"type": "object", "properties": {}});
        }
        _ => {}
    }
    mend(&mut schema, "/parameters", tally);
    if let Value::Object(map) = &mut schema
        && !map.contains_key("type")
    {
        // An author who writes `properties` means an object; the type goes first, as everybody writes it.
        tally.add("root-not-object: `type: object` was added", "/parameters");
        map.shift_insert(0, "type".into(), "object".into());
    }
    check(&schema)?;
    mend_defaults(&mut schema, "/parameters", tally);
    Ok(schema)
}

/// The result's schema, or nothing and a note when it cannot be used: a tool without it is still a tool.
fn result(mut schema: Value, tally: &mut Tally) -> Option<Value> {
    mend(&mut schema, "/returns", tally);
    match check_result(&schema) {
        Ok(()) => Some(schema),
        Err(refusal) => {
            tally.add(format!("returns-unusable: the result's schema is not used: {}", refusal.reason), "/returns");
            None
        }
    }
}

/// The code points of characters that nobody sees: controls, zero-width, bidirectional, tags, variation selectors.
pub(crate) fn invisible(text: &str) -> Option<String> {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c as u32,
                0x00AD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F | 0x2028..=0x202E
                | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0x1BCA0..=0x1BCA3
                | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
    };
    let points: Vec<String> = text.chars().filter(|c| hidden(*c)).take(8).map(|c| format!("U+{:04X}", c as u32)).collect();
    (!points.is_empty()).then(|| points.join(", "))
}

/// A description from whatever stands in its place: lists of lines are joined.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        Value::Array(parts) => parts.iter().map(text).collect::<Vec<_>>().join(" ").trim().to_owned(),
        other => other.to_string(),
    }
}

fn domain_of(file: &Path) -> String {
    /// Names that say what kind of file it is and not what it is about.
    const GENERIC: [&str; 17] = [
        "tools",
        "tool",
        "tool_desc",
        "graph_desc",
        "tools-data",
        "tools-list",
        "tools_list",
        "toolsnaps",
        "__toolsnaps__",
        "snapshots",
        "schema",
        "functions",
        "catalog",
        "openapi",
        "swagger",
        "index",
        "api",
    ];
    for part in file.iter().rev() {
        let part = part.to_string_lossy();
        let stem = part.split('.').find(|piece| !piece.is_empty()).unwrap_or_default();
        if stem == "-" {
            return "stdin".into();
        }
        if !stem.is_empty() && stem != "/" && !GENERIC.contains(&stem.to_ascii_lowercase().as_str()) {
            return stem.to_owned();
        }
    }
    "tools".into()
}
