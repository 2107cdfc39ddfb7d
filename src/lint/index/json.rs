//! Places in JSON that is known to be valid.
//!
//! Only the members of long lists and objects are written down; in short ones they are looked for when somebody asks. So a document of a
//! million values takes the memory of some thousand, and a question a few microseconds.

use super::{Node, Span, unescaped};
use crate::catalog::read::string_end;
use rustc_hash::FxHashMap;

/// Bytes of the longest list or object that is looked through when it is asked for.
const SHORT: usize = 4 << 10;

pub(super) struct Places {
    root: Span,
    /// Members of long lists and objects, by where these begin.
    long: FxHashMap<usize, Vec<Member>>,
    /// The root is a list whose items are the rows of JSON lines.
    in_rows: bool,
}

#[derive(Clone, Copy)]
struct Member {
    key: Option<Span>,
    value: Span,
}

impl Places {
    pub(super) fn new(text: &str) -> Places {
        let mut scan = Scan { bytes: text.as_bytes(), at: 0, members: Vec::new(), long: FxHashMap::default() };
        scan.space();
        let start = scan.at;
        scan.value();
        Places { root: (start, scan.at), long: scan.long, in_rows: false }
    }

    /// Every row is an item of one list.
    pub(super) fn of_lines(text: &str) -> Places {
        let mut scan = Scan { bytes: text.as_bytes(), at: 0, members: Vec::new(), long: FxHashMap::default() };
        let mut rows = Vec::new();
        loop {
            scan.space();
            let start = scan.at;
            if start >= text.len() {
                break;
            }
            scan.value();
            rows.push(Member { key: None, value: (start, scan.at) });
        }
        // No value begins where the text ends, so the rows are known by that place.
        scan.long.insert(text.len(), rows);
        Places { root: (0, text.len()), long: scan.long, in_rows: true }
    }

    /// As far as a pointer leads, and whether that is its end.
    pub(super) fn follow(&self, text: &str, pointer: &str) -> Option<(Node, bool)> {
        let node = |member: Member, is_rows: bool| {
            let opens = is_rows || matches!(text.as_bytes().get(member.value.0), Some(b'{' | b'['));
            Node { key: member.key, value: member.value, is_leaf: !opens }
        };
        let mut at = Member { key: None, value: self.root };
        let mut is_rows = self.in_rows;
        for token in pointer.split('/').skip(1) {
            let Some(next) = self.member(text, at.value, token, is_rows) else { return Some((node(at, is_rows), false)) };
            (at, is_rows) = (next, false);
        }
        Some((node(at, is_rows), true))
    }

    /// The text by which an object is called, if it has one.
    pub(super) fn name(&self, text: &str, object: Span) -> Option<Span> {
        if text.as_bytes().get(object.0) != Some(&b'{') {
            return None;
        }
        let named = ["name", "Name", "operationId", "api_name", "id"].iter().find_map(|key| self.member(text, object, key, false));
        named.map(|member| member.value).filter(|(start, end)| text[*start..*end].starts_with('"') && !text[*start..*end].contains('\n'))
    }

    fn member(&self, text: &str, (start, _): Span, token: &str, is_rows: bool) -> Option<Member> {
        let bytes = text.as_bytes();
        let known = self.long.get(&if is_rows { bytes.len() } else { start });
        if is_rows || bytes.get(start) == Some(&b'[') {
            let index = token.parse::<usize>().ok()?;
            return match known {
                Some(members) => members.get(index).copied(),
                None => Members::of(bytes, start).nth(index),
            };
        }
        let name = unescaped(token);
        let is = |member: &Member| member.key.is_some_and(|key| is_key(text, key, &name));
        match known {
            Some(members) => members.iter().copied().find(is),
            None => Members::of(bytes, start).find(is),
        }
    }
}

/// Whether a key in quotes is this name.
fn is_key(text: &str, (start, end): Span, name: &str) -> bool {
    let Some(raw) = text.get(start..end) else { return false };
    if raw.contains('\\') {
        return serde_json::from_str::<String>(raw).is_ok_and(|key| key == name);
    }
    raw.len() == name.len() + 2 && &raw[1..raw.len() - 1] == name
}

/// The members of the list or object that begins at a byte; none where neither does.
struct Members<'a> {
    scan: Scan<'a>,
    is_map: bool,
}

impl<'a> Members<'a> {
    fn of(bytes: &'a [u8], start: usize) -> Self {
        let is_map = bytes.get(start) == Some(&b'{');
        let opens = is_map || bytes.get(start) == Some(&b'[');
        let at = if opens { start + 1 } else { bytes.len() };
        Members { scan: Scan { bytes, at, members: Vec::new(), long: FxHashMap::default() }, is_map }
    }
}

impl Iterator for Members<'_> {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        let key = self.scan.key(self.is_map)?;
        let start = self.scan.at;
        self.scan.skip();
        Some(Member { key, value: (start, self.scan.at) })
    }
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Members of the lists and objects that are not at their end yet.
    members: Vec<Member>,
    long: FxHashMap<usize, Vec<Member>>,
}

impl Scan<'_> {
    fn space(&mut self) {
        while self.bytes.get(self.at).is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b':')) {
            self.at += 1;
        }
    }

    /// To the value of the next member, with its key in an object; `None` at the end of the list or object.
    fn key(&mut self, is_map: bool) -> Option<Option<Span>> {
        self.space();
        if matches!(self.bytes.get(self.at), None | Some(b'}' | b']')) {
            return None;
        }
        let key = is_map.then(|| {
            let start = self.at;
            self.string();
            (start, self.at)
        });
        self.space();
        Some(key)
    }

    /// Over a value, whose long lists and objects are written down. Documents are at most 128 levels deep.
    fn value(&mut self) {
        let start = self.at;
        let Some(open @ (b'{' | b'[')) = self.bytes.get(start).copied() else { return self.skip() };
        let before = self.members.len();
        self.at += 1;
        while let Some(key) = self.key(open == b'{') {
            let from = self.at;
            self.value();
            self.members.push(Member { key, value: (from, self.at) });
        }
        self.at = (self.at + 1).min(self.bytes.len());
        if self.at - start > SHORT {
            self.long.insert(start, self.members[before..].to_vec());
        }
        self.members.truncate(before);
    }

    /// Over a value.
    fn skip(&mut self) {
        match self.bytes.get(self.at) {
            Some(b'"') => self.string(),
            Some(b'{' | b'[') => self.container(),
            _ => {
                let start = self.at;
                while self.bytes.get(self.at).is_some_and(|byte| !matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n')) {
                    self.at += 1;
                }
                // Progress, whatever stands there.
                self.at = self.at.max(start + 1).min(self.bytes.len());
            }
        }
    }

    fn container(&mut self) {
        let mut level = 0;
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'"' => {
                    self.string();
                    continue;
                }
                b'{' | b'[' => level += 1,
                b'}' | b']' => level -= 1,
                _ => {}
            }
            self.at += 1;
            if level == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        self.at = string_end(self.bytes, self.at).unwrap_or(self.bytes.len());
    }
}
