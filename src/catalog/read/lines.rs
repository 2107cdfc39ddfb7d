//! On which line of a file a node begins, for the upper levels of a document.

use rustc_hash::FxHashMap;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::marker::PhantomData;

/// Levels below the root that are kept: enough for `/paths/~1pets/get` and `/3/api_list/2`.
const LEVELS: usize = 4;

/// JSON pointer → line, from 1, of where a node begins. Looked up by key only, never iterated.
#[derive(Debug, Default)]
pub(crate) struct Lines(FxHashMap<String, u32>);

impl Lines {
    /// The line of the node at `pointer`, or of its nearest ancestor that is known; 0 when nothing is.
    pub(crate) fn of(&self, pointer: &str) -> u32 {
        let mut pointer = pointer;
        loop {
            if let Some(line) = self.0.get(pointer) {
                return *line;
            }
            match pointer.rfind('/') {
                Some(cut) => pointer = &pointer[..cut],
                None => return 0,
            }
        }
    }

    /// Rows of a JSON lines file.
    pub(crate) fn rows(numbers: impl Iterator<Item = u32>) -> Lines {
        Lines(numbers.enumerate().map(|(row, line)| (format!("/{row}"), line)).collect())
    }

    /// Scans JSON that is known to be valid.
    pub(crate) fn json(text: &str) -> Lines {
        let mut scan = JsonScan { bytes: text.as_bytes(), at: 0, line: 1, found: FxHashMap::default() };
        scan.value(&mut String::new(), 0);
        Lines(scan.found)
    }

    /// Reads YAML that is known to be valid a second time, for its places only.
    pub(crate) fn yaml(text: &str) -> Lines {
        type Upper = Level<Level<Level<Level<IgnoredAny>>>>;
        let mut found = FxHashMap::default();
        if let Ok(root) = serde_yaml::from_str_with_options::<serde_yaml::Spanned<Upper>>(text, super::yaml::options()) {
            keep(&mut found, String::new(), root.referenced, &root.value);
        }
        Lines(found)
    }
}

/// `~` and `/` as a JSON pointer has them.
pub(crate) fn escape(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    push_escaped(&mut out, key);
    out
}

/// The same at the end of a pointer.
pub(crate) fn push_escaped(pointer: &mut String, key: &str) {
    match key.contains(['~', '/']) {
        true => pointer.push_str(&key.replace('~', "~0").replace('/', "~1")),
        false => pointer.push_str(key),
    }
}

struct JsonScan<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u32,
    found: FxHashMap<String, u32>,
}

impl JsonScan<'_> {
    fn space(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' => self.line += 1,
                b' ' | b'\t' | b'\r' | b',' | b':' => {}
                _ => return,
            }
            self.at += 1;
        }
    }

    /// Recursion ends at [`LEVELS`]; below, `skip` is a loop.
    fn value(&mut self, pointer: &mut String, level: usize) {
        self.space();
        self.found.insert(pointer.clone(), self.line);
        match self.bytes.get(self.at) {
            Some(b'{' | b'[') if level == LEVELS => self.skip(),
            Some(open @ (b'{' | b'[')) => {
                self.at += 1;
                let keep = pointer.len();
                for index in 0.. {
                    self.space();
                    if matches!(self.bytes.get(self.at), None | Some(b'}' | b']')) {
                        break;
                    }
                    let token = if *open == b'{' { self.string() } else { index.to_string() };
                    pointer.push('/');
                    push_escaped(pointer, &token);
                    self.value(pointer, level + 1);
                    pointer.truncate(keep);
                }
                self.at += 1;
            }
            Some(b'"') => self.skip_string(),
            _ => {
                while self.bytes.get(self.at).is_some_and(|byte| !b",]} \t\r\n".contains(byte)) {
                    self.at += 1;
                }
            }
        }
    }

    fn skip_string(&mut self) {
        self.at = super::string_end(self.bytes, self.at).unwrap_or(self.bytes.len());
    }

    fn string(&mut self) -> String {
        let start = self.at;
        self.skip_string();
        let raw = self.bytes.get(start..self.at).unwrap_or_default();
        match raw {
            [b'"', plain @ .., b'"'] if !plain.contains(&b'\\') => String::from_utf8_lossy(plain).into_owned(),
            _ => serde_json::from_slice(raw).unwrap_or_default(),
        }
    }

    fn skip(&mut self) {
        let mut depth = 0;
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'"' => {
                    drop(self.string());
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                b'\n' => self.line += 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }
}

/// One level of a document with the places of its children.
enum Level<T> {
    /// A child stands where its key stands.
    Map(Vec<(serde_yaml::Spanned<String>, T)>),
    Seq(Vec<serde_yaml::Spanned<T>>),
    Leaf,
}

/// Writes down the places below a node.
trait Keep {
    fn below(&self, found: &mut FxHashMap<String, u32>, pointer: &str);
}

impl Keep for IgnoredAny {
    fn below(&self, _: &mut FxHashMap<String, u32>, _: &str) {}
}

impl<T: Keep> Keep for Level<T> {
    fn below(&self, found: &mut FxHashMap<String, u32>, pointer: &str) {
        match self {
            Level::Map(entries) => {
                for (key, node) in entries {
                    keep(found, format!("{pointer}/{}", escape(&key.value)), key.referenced, node);
                }
            }
            Level::Seq(items) => {
                for (index, node) in items.iter().enumerate() {
                    keep(found, format!("{pointer}/{index}"), node.referenced, &node.value);
                }
            }
            Level::Leaf => {}
        }
    }
}

fn keep<T: Keep>(found: &mut FxHashMap<String, u32>, pointer: String, place: serde_yaml::Location, node: &T) {
    node.below(found, &pointer);
    found.insert(pointer, place.line() as u32);
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Level<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LevelVisitor(PhantomData))
    }
}

struct LevelVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for LevelVisitor<T> {
    type Value = Level<T>;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("anything")
    }

    fn visit_unit<E>(self) -> Result<Level<T>, E> {
        Ok(Level::Leaf)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Level<T>, E> {
        Ok(Level::Leaf)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Level<T>, E> {
        Ok(Level::Leaf)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Level<T>, E> {
        Ok(Level::Leaf)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Level<T>, E> {
        Ok(Level::Leaf)
    }

    fn visit_str<E>(self, _: &str) -> Result<Level<T>, E> {
        Ok(Level::Leaf)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Level<T>, A::Error> {
        let mut out = Vec::new();
        while let Some(item) = items.next_element()? {
            out.push(item);
        }
        Ok(Level::Seq(out))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Level<T>, A::Error> {
        let mut out = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            out.push(entry);
        }
        Ok(Level::Map(out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_nodes_are_found_on_their_lines() {
        let lines = Lines::json("{\n \"a/b\": [\n  {\"x\": \"}\\\"\"},\n\n  {\"y\": [[[[1,\n2]]]]},\n 3]\n}");
        assert_eq!(lines.of(""), 1);
        assert_eq!(lines.of("/a~1b/0"), 3);
        assert_eq!(lines.of("/a~1b/1/y/0/0/0"), 5, "deeper nodes are placed with their ancestor");
        assert_eq!(lines.of("/a~1b/2"), 7);
    }

    #[test]
    fn yaml_nodes_are_found_on_their_lines() {
        let lines = Lines::yaml("# c\npaths:\n  /pets:\n    get:\n      x: 1\n    post: {y: [1]}\nlist:\n  - a: 1\n  - b: 2\n");
        assert_eq!(lines.of("/paths/~1pets/post"), 6);
        assert_eq!(lines.of("/paths/~1pets/get/x"), 5);
        assert_eq!(lines.of("/list/1"), 9);
        assert_eq!(lines.of("/list/1/b/c/d"), 9);
    }
}
