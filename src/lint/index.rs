//! Where every node of a document stands in its text: JSON, JSON lines and YAML alike, by JSON pointer.

use crate::catalog::SurveyedFile;
use crate::catalog::read::{Syntax, yaml_options};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;

/// Bytes from and to.
pub type Span = (usize, usize);

/// The places of one document.
pub struct Index {
    nodes: Vec<Node>,
    /// Byte at which each line begins.
    lines: Vec<usize>,
    /// Characters before every so many bytes, so that a column in a long line is found at once; empty when all is ASCII.
    characters: Vec<u32>,
}

/// Bytes between two counts of characters.
const STEP: usize = 1024;

#[derive(Debug, Default)]
pub struct Node {
    /// Of the key, for values in an object; with its quotes.
    pub key: Option<Span>,
    pub value: Span,
    name: Box<str>,
    children: Vec<u32>,
    kind: Shape,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Shape {
    #[default]
    Leaf,
    Map,
    List,
}

impl Index {
    /// Reads the text of a file a second time, for its places only.
    pub fn new(file: &SurveyedFile) -> Index {
        let text = file.text.as_str();
        let mut nodes = Vec::new();
        match file.syntax {
            Syntax::Json => drop(Json { bytes: text.as_bytes(), at: 0, nodes: &mut nodes }.value(None, "".into(), 0)),
            Syntax::JsonLines => json_lines(text, &mut nodes),
            Syntax::Yaml => {
                if let Ok(root) = serde_yaml::from_str_with_options::<Spanned<Tree>>(text, yaml_options()) {
                    yaml(&root, None, "", text, &mut nodes);
                }
            }
        }
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Index { nodes, lines: std::iter::once(0).chain(newlines).collect(), characters: characters(text) }
    }

    /// The node at a pointer.
    pub fn get(&self, pointer: &str) -> Option<&Node> {
        let mut node = self.nodes.first()?;
        for token in pointer.split('/').skip(1) {
            let index = match node.kind {
                Shape::List => *node.children.get(token.parse::<usize>().ok()?)?,
                _ => {
                    let plain = if token.contains('~') { token.replace("~1", "/").replace("~0", "~") } else { token.to_owned() };
                    *node.children.iter().find(|child| *self.nodes[**child as usize].name == *plain)?
                }
            };
            node = &self.nodes[index as usize];
        }
        Some(node)
    }

    /// The node at a pointer or at its nearest ancestor.
    pub fn nearest(&self, pointer: &str) -> Option<&Node> {
        let mut pointer = pointer;
        loop {
            if let Some(node) = self.get(pointer) {
                return Some(node);
            }
            pointer = &pointer[..pointer.rfind('/')?];
        }
    }

    /// What is shown of a node: its value when that is small, else its key, else where it begins.
    pub fn shown(&self, node: &Node) -> Span {
        match (node.kind, node.key) {
            (Shape::Leaf, _) | (_, None) => node.value,
            (_, Some(key)) => key,
        }
    }

    /// Line and column, both from 1; the column counts characters.
    pub fn place(&self, text: &str, at: usize) -> (u32, u32) {
        let line = self.lines.partition_point(|start| *start <= at).max(1);
        let start = self.lines[line - 1];
        let column = if self.characters.is_empty() { at - start } else { self.before(text, at) - self.before(text, start) };
        (line as u32, column as u32 + 1)
    }

    /// How many characters begin before a byte.
    fn before(&self, text: &str, at: usize) -> usize {
        let known = self.characters[at / STEP] as usize;
        known + text.as_bytes()[at / STEP * STEP..at].iter().filter(|byte| begins_character(**byte)).count()
    }

    /// The bytes of a line, without its end.
    pub fn line(&self, text: &str, line: u32) -> Span {
        let start = self.lines.get(line as usize - 1).copied().unwrap_or(text.len());
        let end = self.lines.get(line as usize).copied().unwrap_or(text.len());
        (start, start + text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r']).len())
    }
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

/// Every row is an item of one list.
fn json_lines(text: &str, nodes: &mut Vec<Node>) {
    nodes.push(Node { value: (0, text.len()), kind: Shape::List, ..Node::default() });
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            let end = start + line.len();
            let mut json = Json { bytes: &text.as_bytes()[..end], at: start, nodes };
            let row = json.value(None, "".into(), 0);
            nodes[0].children.push(row);
        }
        start += line.len();
    }
}

/// Scans JSON that is known to be valid and at most 128 levels deep.
struct Json<'a> {
    bytes: &'a [u8],
    at: usize,
    nodes: &'a mut Vec<Node>,
}

impl Json<'_> {
    fn space(&mut self) {
        while self.bytes.get(self.at).is_some_and(|byte| b" \t\r\n,:".contains(byte)) {
            self.at += 1;
        }
    }

    fn value(&mut self, key: Option<Span>, name: Box<str>, depth: usize) -> u32 {
        self.space();
        let id = self.nodes.len();
        let start = self.at;
        self.nodes.push(Node { key, name, value: (start, start), ..Node::default() });
        match self.bytes.get(self.at) {
            Some(open @ (b'{' | b'[')) if depth < 256 => {
                let is_map = *open == b'{';
                self.at += 1;
                let mut children = Vec::new();
                loop {
                    self.space();
                    if matches!(self.bytes.get(self.at), None | Some(b'}' | b']')) {
                        break;
                    }
                    let (key, name) = match is_map {
                        true => {
                            let key = self.string();
                            (Some(key), self.text(key))
                        }
                        false => (None, "".into()),
                    };
                    children.push(self.value(key, name, depth + 1));
                }
                self.at += 1;
                self.nodes[id].children = children;
                self.nodes[id].kind = if is_map { Shape::Map } else { Shape::List };
            }
            Some(b'"') => drop(self.string()),
            _ => {
                while self.bytes.get(self.at).is_some_and(|byte| !b",]} \t\r\n".contains(byte)) {
                    self.at += 1;
                }
                // Progress, whatever stands there.
                self.at = self.at.max(start + usize::from(self.at == start));
            }
        }
        self.nodes[id].value.1 = self.at.min(self.bytes.len());
        id as u32
    }

    fn string(&mut self) -> Span {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'"' => break,
                _ => {}
            }
        }
        (start, self.at.min(self.bytes.len()))
    }

    fn text(&self, (start, end): Span) -> Box<str> {
        let raw = self.bytes.get(start..end).unwrap_or_default();
        serde_json::from_slice::<String>(raw).unwrap_or_default().into()
    }
}

/// YAML with places.
enum Tree {
    Map(Vec<(Spanned<String>, Spanned<Tree>)>),
    List(Vec<Spanned<Tree>>),
    Leaf,
}

fn bytes_of(location: serde_yaml::Location) -> Span {
    let span = location.span();
    match (span.byte_offset(), span.byte_len()) {
        (Some(start), Some(length)) => (start as usize, (start + length) as usize),
        _ => (0, 0),
    }
}

fn yaml(node: &Spanned<Tree>, key: Option<Span>, name: &str, text: &str, nodes: &mut Vec<Node>) -> u32 {
    let id = nodes.len();
    let mut value = bytes_of(node.referenced);
    nodes.push(Node { key, name: name.into(), value, ..Node::default() });
    let (children, kind) = match &node.value {
        Tree::Map(entries) => {
            let below =
                |(key, inner): &(Spanned<String>, Spanned<Tree>)| yaml(inner, Some(bytes_of(key.referenced)), &key.value, text, nodes);
            (entries.iter().map(below).collect(), Shape::Map)
        }
        Tree::List(items) => (items.iter().map(|item| yaml(item, None, "", text, nodes)).collect::<Vec<u32>>(), Shape::List),
        Tree::Leaf => (Vec::new(), Shape::Leaf),
    };
    // A container begins at its first child at the latest, and ends with its last.
    let inner = |child: &u32| nodes[*child as usize].value.1;
    if let Some(end) = children.iter().map(inner).max() {
        value.1 = value.1.max(end);
    }
    // A scalar's span may run over the white space behind it.
    let length = text.get(value.0..value.1).map_or(0, |raw| raw.trim_end().len());
    value.1 = value.0 + length;
    nodes[id].value = value;
    nodes[id].children = children;
    nodes[id].kind = kind;
    id as u32
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("anything")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }

    fn visit_str<E>(self, _: &str) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut out = Vec::new();
        while let Some(item) = items.next_element()? {
            out.push(item);
        }
        Ok(Tree::List(out))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut out = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            out.push(entry);
        }
        Ok(Tree::Map(out))
    }
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
        (&file.text[start..end], index.place(&file.text, start))
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
}
