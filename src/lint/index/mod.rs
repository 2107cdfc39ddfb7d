//! Where every node of a document stands in its text: JSON, JSON lines and YAML alike, by JSON pointer.

mod json;
mod yaml;

use crate::catalog::SurveyedFile;
use crate::catalog::read::Syntax;

/// Bytes from and to.
pub type Span = (usize, usize);

/// The places of one document.
pub struct Index<'a> {
    text: &'a str,
    nodes: Nodes,
    /// Byte at which each line begins.
    lines: Vec<usize>,
    /// Characters before every so many bytes, so that a column in a long line is found at once; empty when all is ASCII.
    characters: Vec<u32>,
}

enum Nodes {
    Json(json::Places),
    Yaml(yaml::Places),
}

/// Bytes between two counts of characters.
const STEP: usize = 1024;

/// Where one node stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// Of the key, for values in an object; with its quotes.
    pub key: Option<Span>,
    pub value: Span,
    /// A text, a number, a truth value or null.
    pub is_leaf: bool,
}

impl<'a> Index<'a> {
    /// Reads the text of a file a second time, for its places only.
    pub fn new(file: &'a SurveyedFile) -> Index<'a> {
        let text = file.text.as_str();
        let nodes = match file.syntax {
            Syntax::Json => Nodes::Json(json::Places::new(text)),
            Syntax::JsonLines => Nodes::Json(json::Places::of_lines(text)),
            Syntax::Yaml => Nodes::Yaml(yaml::Places::new(text)),
        };
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Index { text, nodes, lines: std::iter::once(0).chain(newlines).collect(), characters: characters(text) }
    }

    /// The node at a pointer.
    pub fn get(&self, pointer: &str) -> Option<Node> {
        self.follow(pointer).filter(|(_, whole)| *whole).map(|(node, _)| node)
    }

    /// The node at a pointer or at its nearest ancestor.
    pub fn nearest(&self, pointer: &str) -> Option<Node> {
        self.follow(pointer).map(|(node, _)| node)
    }

    /// As far as a pointer leads, and whether that is its end.
    fn follow(&self, pointer: &str) -> Option<(Node, bool)> {
        match &self.nodes {
            Nodes::Json(places) => places.follow(self.text, pointer),
            Nodes::Yaml(places) => places.follow(pointer),
        }
    }

    /// What is shown of a node: its value when that is small, else its key; of an item of a list its name, as a lone `{` tells nobody
    /// which it is, else where it begins.
    pub fn shown(&self, node: Node) -> Span {
        match (&self.nodes, node.key) {
            (_, Some(key)) if !node.is_leaf => key,
            (Nodes::Json(places), None) if !node.is_leaf => places.name(self.text, node.value).unwrap_or(node.value),
            _ => node.value,
        }
    }

    /// Line and column of a byte, both from 1; the column counts characters.
    pub fn place(&self, at: usize) -> (u32, u32) {
        let line = self.lines.partition_point(|start| *start <= at).max(1);
        let start = self.lines[line - 1];
        let column = if self.characters.is_empty() { at - start } else { self.before(at) - self.before(start) };
        (line as u32, column as u32 + 1)
    }

    /// How many characters begin before a byte.
    fn before(&self, at: usize) -> usize {
        let known = self.characters[at / STEP] as usize;
        known + self.text.as_bytes()[at / STEP * STEP..at].iter().filter(|byte| begins_character(**byte)).count()
    }
}

/// The key that a token of a pointer stands for.
fn unescaped(token: &str) -> std::borrow::Cow<'_, str> {
    if token.contains('~') { token.replace("~1", "/").replace("~0", "~").into() } else { token.into() }
}

fn begins_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn characters(text: &str) -> Vec<u32> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut count = 0;
    let mut out = vec![0];
    for chunk in text.as_bytes().chunks(STEP) {
        count += chunk.iter().filter(|byte| begins_character(**byte)).count() as u32;
        out.push(count);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::load::survey_bytes;
    use crate::catalog::{Seen, SurveyedFile};
    use std::path::Path;

    fn file(name: &str, text: &str) -> SurveyedFile {
        match survey_bytes(Path::new(name), text.as_bytes().to_vec(), true) {
            Seen::Catalog(file) => *file,
            other => panic!("{other:?}"),
        }
    }

    fn at<'a>(file: &'a SurveyedFile, pointer: &str) -> (&'a str, (u32, u32)) {
        let index = Index::new(file);
        let node = index.get(pointer).unwrap_or_else(|| panic!("{pointer}"));
        let (start, end) = index.shown(node);
        (&file.text[start..end], index.place(start))
    }

    #[test]
    fn json_values_and_keys_have_line_and_column() {
        let text = "[\n  {\"name\": \"é \\\" x\", \"description\": \"d\",\n   \"parameters\": {\"type\": \"object\", \"properties\": {\"a/b\": {\"enum\": [1, 2.5,\n null]}}}}]";
        let file = file("a.json", text);
        assert_eq!(at(&file, "/0/name"), ("\"é \\\" x\"", (2, 12)));
        assert_eq!(at(&file, "/0/description"), ("\"d\"", (2, 37)));
        assert_eq!(at(&file, "/0/parameters/properties/a~1b"), ("\"a/b\"", (3, 52)));
        assert_eq!(at(&file, "/0/parameters/properties/a~1b/enum/1"), ("2.5", (3, 72)));
        assert_eq!(at(&file, "/0/parameters/properties/a~1b/enum/2"), ("null", (4, 2)));
    }

    #[test]
    fn yaml_values_and_keys_have_line_and_column() {
        let text = "# é\n- name: 'x y'\n  description: >-\n    two\n    lines\n  parameters:\n    type: object\n    properties:\n      a: {type: string, enum: [b, \"c\"]}\n    required:\n    - a\n";
        let file = file("a.yaml", text);
        assert_eq!(at(&file, "/0/name"), ("'x y'", (2, 9)));
        assert_eq!(at(&file, "/0/parameters/properties/a/type"), ("string", (9, 17)));
        assert_eq!(at(&file, "/0/parameters/properties/a/enum/1"), ("\"c\"", (9, 35)));
        assert_eq!(at(&file, "/0/parameters/properties/a"), ("a", (9, 7)));
        assert_eq!(at(&file, "/0/parameters/required/0"), ("a", (11, 7)));
        // A folded text begins where its words do.
        assert_eq!(at(&file, "/0/description").1, (4, 5));
    }

    #[test]
    fn json_lines_are_items_of_a_list() {
        let text = "{\"name\":\"a\",\"description\":\"d\",\"parameters\":{\"type\":\"dict\",\"properties\":{}}}\n\n{\"name\":\"b\",\"description\":\"d\",\"parameters\":{\"type\":\"dict\",\"properties\":{}}}\n";
        let file = file("a.json", text);
        assert_eq!(at(&file, "/1/name"), ("\"b\"", (3, 9)));
    }

    #[test]
    fn long_lists_and_objects_are_found_as_short_ones_are() {
        let tool = |index: usize, more: &str| {
            format!(
                r#"{{"name":"t{index}","description":"d","parameters":{{"type":"object","properties":{{"a\"\u00e9":{{"enum":[{more}1]}}}}}}}}"#
            )
        };
        let many = "\"x, ]\",".repeat(1_000);
        for (name, between, ends) in [("a.json", ",\n", ["[", "]"]), ("a.jsonl", "\n", ["", "\n"])] {
            let tools: Vec<String> = (0..300).map(|index| tool(index, if index == 200 { &many } else { "" })).collect();
            let file = file(name, &format!("{}{}{}", ends[0], tools.join(between), ends[1]));
            let column = if name == "a.json" { 10 } else { 9 };
            assert_eq!(at(&file, "/0/name"), ("\"t0\"", (1, column)), "{name}");
            assert_eq!(at(&file, "/299/name"), ("\"t299\"", (300, 9)), "{name}");
            assert_eq!(at(&file, "/200/parameters/properties/a\"é/enum/1000").0, "1", "{name}");
            assert_eq!(at(&file, "/200/parameters/properties/a\"é/enum/999").0, "\"x, ]\"", "{name}");
            assert_eq!(at(&file, "/201/parameters/properties/a\"é").0, "\"a\\\"\\u00e9\"", "{name}");
            let index = Index::new(&file);
            assert_eq!(index.get("/300"), None);
            assert_eq!(index.get("/7/nothing"), None);
            assert_eq!(index.nearest("/7/nothing/at/all"), index.get("/7"));
        }
    }

    #[test]
    fn an_item_of_a_list_is_shown_by_its_name() {
        let file = file(
            "a.json",
            "[\n  {\n    \"description\": \"d\",\n    \"name\": \"x\", \"parameters\": {\"type\": \"object\", \"required\": [{}]}}]",
        );
        assert_eq!(at(&file, "/0"), ("\"x\"", (4, 13)));
        assert_eq!(at(&file, "/0/parameters"), ("\"parameters\"", (4, 18)));
        assert_eq!(at(&file, "/0/parameters/required/0").0, "{}");
    }
}
