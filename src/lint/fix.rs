//! Mending a text in the places that a rule names, and leaving every other byte as it was.

use super::index::{Index, Span};
use super::run::Checked;
use crate::catalog::load::survey_bytes;
use crate::catalog::read::Syntax;
use crate::catalog::{Seen, SurveyedFile};
use serde_json::Value;

/// One change at a place of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// While it is with a rule: into the schema that the rule looks at. Later: into the document.
    pub pointer: String,
    pub change: Change,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Another value in the place of this one.
    Replace(Value),
    /// Takes this item out of its list.
    RemoveItem,
    /// Another entry behind this one.
    AddBehind { key: String, value: Value },
}

impl Edit {
    pub fn replace(pointer: impl Into<String>, value: impl Into<Value>) -> Edit {
        Edit { pointer: pointer.into(), change: Change::Replace(value.into()) }
    }

    pub fn remove_item(pointer: impl Into<String>) -> Edit {
        Edit { pointer: pointer.into(), change: Change::RemoveItem }
    }

    pub fn add_behind(pointer: impl Into<String>, key: &str, value: impl Into<Value>) -> Edit {
        Edit { pointer: pointer.into(), change: Change::AddBehind { key: key.into(), value: value.into() } }
    }
}

/// A file that can be mended.
pub struct Mended<'a> {
    pub file: &'a SurveyedFile,
    pub text: String,
    pub edits: usize,
}

/// Makes the edits of all findings. A file that would no longer be read as a catalog is left alone.
pub fn mend(checked: &Checked) -> Vec<Mended<'_>> {
    let of_file = |file: &SurveyedFile| -> Vec<Edit> {
        let own = checked.findings.iter().filter(|one| one.file == file.source.path);
        own.flat_map(|one| one.fix.iter().cloned()).collect()
    };
    let mended = checked.files.iter().filter_map(|file| {
        let edits = of_file(file);
        let (text, edits) = if edits.is_empty() { return None } else { apply(file, &edits) };
        let still = matches!(survey_bytes(&file.source.path, text.clone().into_bytes(), true), Seen::Catalog(read) if read.tools.len() == file.tools.len());
        (still && edits > 0).then_some(Mended { file, text, edits })
    });
    mended.collect()
}

/// The text with the edits made, and how many were; those that overlap another or cannot be placed are left for the next time.
pub fn apply(file: &SurveyedFile, edits: &[Edit]) -> (String, usize) {
    let index = Index::new(file);
    let text = file.text.as_str();
    let mut cuts: Vec<(Span, String)> = Vec::new();
    for edit in edits {
        let placed = place(text, file.syntax, &index, edit);
        if let Some(cut) = placed.filter(|cut| !cuts.contains(cut)) {
            cuts.push(cut);
        }
    }
    cuts.sort_by_key(|(span, _)| *span);
    let (mut out, mut at, mut made) = (String::with_capacity(text.len()), 0, 0);
    for ((start, end), new) in cuts {
        if start < at {
            continue;
        }
        out.push_str(&text[at..start]);
        out.push_str(&new);
        (at, made) = (end, made + 1);
    }
    out.push_str(&text[at..]);
    (out, made)
}

fn place(text: &str, syntax: Syntax, index: &Index<'_>, edit: &Edit) -> Option<(Span, String)> {
    let node = index.get(&edit.pointer)?;
    let (start, end) = node.value;
    text.get(start..end)?;
    match &edit.change {
        Change::Replace(value) => (end > start).then(|| ((start, end), written(value, syntax))),
        Change::RemoveItem => remove(text, syntax, index, &edit.pointer, (start, end)).map(|span| (span, String::new())),
        Change::AddBehind { key, value } => {
            let (key_start, _) = node.key?;
            let line_start = text[..key_start].rfind('\n').map_or(0, |at| at + 1);
            let lead = &text[line_start..key_start];
            let block = lead.trim_start_matches([' ', '\t', '-']).is_empty();
            let indent: String = lead.chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
            let newline = if text[..key_start].ends_with("\r\n") || text[..line_start].ends_with("\r\n") { "\r\n" } else { "\n" };
            let value = written(value, syntax);
            let new = match (syntax, block) {
                (Syntax::Yaml, true) => format!("{newline}{indent}{key}: {value}"),
                (Syntax::Yaml, false) => format!(", {key}: {value}"),
                (_, true) if line_start > 0 => format!(",{newline}{indent}\"{key}\": {value}"),
                _ if text[end..].starts_with(", ") || text[..key_start].ends_with(' ') => format!(", \"{key}\": {value}"),
                _ => format!(",\"{key}\":{value}"),
            };
            Some(((end, end), new))
        }
    }
}

fn remove(text: &str, syntax: Syntax, index: &Index, pointer: &str, (start, end): Span) -> Option<Span> {
    let (list, position) = pointer.rsplit_once('/')?;
    let position: usize = position.parse().ok()?;
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    if syntax == Syntax::Yaml && text[line_start..start].trim() == "-" {
        // An item of a block list goes with its line.
        let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        return text[end..line_end].trim().is_empty().then_some((line_start, line_end));
    }
    let neighbour = |at: usize| index.get(&format!("{list}/{at}")).map(|node| node.value);
    match (position.checked_sub(1).and_then(neighbour), neighbour(position + 1)) {
        (Some((_, before)), _) => Some((before, end)),
        (None, Some((next, _))) => Some((start, next)),
        (None, None) => Some((start, end)),
    }
}

/// A value as it stands in a document of this syntax, on one line.
fn written(value: &Value, syntax: Syntax) -> String {
    let plain = |text: &str| {
        !text.is_empty()
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
            && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_ascii_lowercase().as_str())
    };
    match (syntax, value) {
        (Syntax::Yaml, Value::String(text)) if plain(text) => text.clone(),
        (Syntax::Yaml, Value::Object(map)) if !map.is_empty() => {
            let entries: Vec<String> =
                map.iter().map(|(key, value)| format!("{}: {}", written(&key.as_str().into(), syntax), written(value, syntax))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        (Syntax::Yaml, Value::Array(items)) => {
            format!("[{}]", items.iter().map(|item| written(item, syntax)).collect::<Vec<_>>().join(", "))
        }
        (_, Value::Object(map)) if !map.is_empty() => {
            let entries: Vec<String> =
                map.iter().map(|(key, value)| format!("{}: {}", Value::from(key.as_str()), written(value, syntax))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        _ => value.to_string(),
    }
}

/// A unified diff of two texts, empty when they are equal.
pub fn diff(name: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let mut out = format!("--- {name}\n+++ {name}\n");
    for hunk in hunks(&changes(&a, &b), a.len(), b.len()) {
        hunk.write(&a, &b, &mut out);
    }
    out
}

/// Lines `a` to `b` of the old text became lines `c` to `d` of the new one.
type Changed = ((usize, usize), (usize, usize));

/// Lines that differ, by going on where the next lines that are equal in both begin. Edits are small and far apart.
fn changes(a: &[&str], b: &[&str]) -> Vec<Changed> {
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let (mut to, reach) = ((a.len(), b.len()), 400);
        'search: for total in 1..reach {
            for x in 0..=total {
                let (p, q) = (i + x, j + total - x);
                let equal = p <= a.len() && q <= b.len() && a.get(p) == b.get(q);
                if equal && (p < a.len()) == (q < b.len()) {
                    to = (p, q);
                    break 'search;
                }
            }
        }
        out.push(((i, to.0), (j, to.1)));
        (i, j) = to;
    }
    out
}

struct Hunk {
    old: (usize, usize),
    new: (usize, usize),
    changes: Vec<Changed>,
}

const CONTEXT: usize = 3;

fn hunks(changes: &[Changed], old_len: usize, new_len: usize) -> Vec<Hunk> {
    let mut out: Vec<Hunk> = Vec::new();
    for &((a, b), (c, d)) in changes {
        let lead = CONTEXT.min(a).min(c);
        let (old_end, new_end) = ((b + CONTEXT).min(old_len), (d + CONTEXT).min(new_len));
        match out.last_mut() {
            Some(last) if a <= last.old.1 + CONTEXT => {
                (last.old.1, last.new.1) = (old_end, new_end);
                last.changes.push(((a, b), (c, d)));
            }
            _ => out.push(Hunk { old: (a - lead, old_end), new: (c - lead, new_end), changes: vec![((a, b), (c, d))] }),
        }
    }
    out
}

impl Hunk {
    fn write(&self, a: &[&str], b: &[&str], out: &mut String) {
        let ((old_from, old_to), (new_from, new_to)) = (self.old, self.new);
        out.push_str(&format!("@@ -{},{} +{},{} @@\n", old_from + 1, old_to - old_from, new_from + 1, new_to - new_from));
        let mut line = |sign: char, text: &str| {
            out.push(sign);
            out.push_str(text);
            if !text.ends_with('\n') {
                out.push_str("\n\\ No newline at end of file\n");
            }
        };
        let mut at = old_from;
        for ((from, to), (new_start, new_end)) in &self.changes {
            a[at..*from].iter().for_each(|text| line(' ', text));
            a[*from..*to].iter().for_each(|text| line('-', text));
            b[*new_start..*new_end].iter().for_each(|text| line('+', text));
            at = *to;
        }
        a[at..old_to].iter().for_each(|text| line(' ', text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Seen;
    use crate::catalog::load::survey_bytes;
    use std::path::Path;

    fn applied(name: &str, text: &str, edits: &[Edit]) -> String {
        match survey_bytes(Path::new(name), text.as_bytes().to_vec(), true) {
            Seen::Catalog(file) => apply(&file, edits).0,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn json_keeps_its_style() {
        let minified =
            r#"[{"name":"a","description":"d","parameters":{"type":"dict","properties":{"x":{"type":"array"}},"required":["x","x"]}}]"#;
        let edits = [
            Edit::replace("/0/parameters/type", "object"),
            Edit::add_behind("/0/parameters/properties/x/type", "items", serde_json::json!({})),
            Edit::remove_item("/0/parameters/required/1"),
        ];
        assert_eq!(
            applied("a.json", minified, &edits),
            r#"[{"name":"a","description":"d","parameters":{"type":"object","properties":{"x":{"type":"array","items":{}}},"required":["x"]}}]"#
        );
        let pretty = "[\r\n  {\r\n    \"name\": \"a\",\r\n    \"parameters\": {\r\n      \"type\": \"object\", \"properties\": {\r\n        \"x\": {\r\n          \"type\": \"array\"\r\n        }\r\n      }\r\n    }\r\n  }\r\n]";
        let mended = applied("a.json", pretty, &edits[1..2]);
        assert_eq!(mended, pretty.replace("\"type\": \"array\"", "\"type\": \"array\",\r\n          \"items\": {}"));
    }

    #[test]
    fn yaml_keeps_its_style() {
        let text = "- name: a # the first\n  description: d\n  parameters:\n    type: dict\n    properties:\n      x: {type: array, description: Xs.}\n      y:\n        type: array\n        default: '20'\n    required:\n    - x\n    - x\n    - y\n";
        let edits = [
            Edit::replace("/0/parameters/type", "object"),
            Edit::add_behind("/0/parameters/properties/x/type", "items", serde_json::json!({"type": "string"})),
            Edit::add_behind("/0/parameters/properties/y/type", "items", serde_json::json!({})),
            Edit::replace("/0/parameters/properties/y/default", 20),
            Edit::remove_item("/0/parameters/required/1"),
        ];
        let expected = text
            .replace("type: dict", "type: object")
            .replace("{type: array, ", "{type: array, items: {type: string}, ")
            .replace("        type: array\n", "        type: array\n        items: {}\n")
            .replace("'20'", "20")
            .replace("    - x\n    - x\n", "    - x\n");
        assert_eq!(applied("a.yaml", text, &edits), expected);
        let shown = diff("a.yaml", text, &expected);
        assert!(shown.starts_with("--- a.yaml\n+++ a.yaml\n@@ -1,13 +1,13 @@\n - name: a # the first\n"), "{shown}");
        assert_eq!(shown.lines().filter(|line| line.starts_with('-')).count(), 1 + 4, "{shown}");
    }
}
