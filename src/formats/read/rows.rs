//! From bytes to rows: JSON Lines, JSON arrays and JSON values one after another, from a file or a pipe, in bounded memory.

use std::io::{self, BufRead, Read};
use std::ops::Range;

/// A row longer than this is told as bad and not read into memory.
pub const LONGEST_ROW: usize = 64 << 20;
/// Read at one time; the unit of work of the threads.
const BLOCK: usize = 2 << 20;

/// Some rows that follow one another.
#[derive(Debug, Default)]
pub struct Batch {
    bytes: Vec<u8>,
    rows: Vec<Place>,
}

/// Where a row stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// From 1, without empty lines.
    pub row: u64,
    /// From 1.
    pub line: u64,
    range: Range<usize>,
    /// Bytes of a row that is too long to be read.
    pub too_long: Option<u64>,
}

impl Batch {
    pub fn rows(&self) -> &[Place] {
        &self.rows
    }

    /// Bytes of all of it.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn bytes(&self, place: &Place) -> &[u8] {
        &self.bytes[place.range.clone()]
    }
}

/// What is wrong with a whole input.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
    #[error("the text is UTF-16")]
    Utf16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// One value on each line.
    Lines,
    /// Values that may go over lines, in an array or one after another.
    Values,
}

/// Cuts an input into rows.
pub struct Rows<R> {
    input: R,
    shape: Option<Shape>,
    /// What is read and not yet given out; the row that is being read begins at its beginning.
    held: Vec<u8>,
    /// How much of it was looked at.
    seen: usize,
    scan: Scan,
    line: u64,
    row: u64,
    /// Bytes of the row that is being passed over because it is too long.
    passed: u64,
    ended: bool,
    longest: usize,
}

/// What is known of the value that is being looked at.
#[derive(Debug, Default)]
struct Scan {
    /// Where it begins in what is held, and in which line.
    start: Option<(usize, u64)>,
    depth: usize,
    inside: bool,
    escaped: bool,
    array: bool,
}

impl<R: Read> Rows<R> {
    pub fn new(input: R) -> Rows<R> {
        Rows {
            input,
            shape: None,
            held: Vec::new(),
            seen: 0,
            scan: Scan::default(),
            line: 1,
            row: 0,
            passed: 0,
            ended: false,
            longest: LONGEST_ROW,
        }
    }

    /// The next rows, or none at the end.
    pub fn batch(&mut self) -> Result<Option<Batch>, Unreadable> {
        loop {
            if self.ended {
                return Ok(None);
            }
            let before = self.held.len();
            self.held.reserve(BLOCK);
            self.input.by_ref().take(BLOCK as u64).read_to_end(&mut self.held)?;
            self.ended = self.held.len() == before;
            let Some(shape) = self.shape()? else { continue };
            let mut rows = Vec::new();
            let used = match shape {
                Shape::Lines => self.lines(&mut rows),
                Shape::Values => self.values(&mut rows),
            };
            let rest = self.held.split_off(used);
            let bytes = std::mem::replace(&mut self.held, rest);
            self.seen -= used;
            if let Some((start, _)) = &mut self.scan.start {
                *start -= used;
            }
            self.pass_over();
            if !rows.is_empty() {
                return Ok(Some(Batch { bytes, rows }));
            }
        }
    }

    /// Gives up the bytes of a row that is too long.
    fn pass_over(&mut self) {
        if self.held.len() > self.longest {
            self.passed += self.held.len() as u64;
            self.held.clear();
            self.seen = 0;
            if let Some((start, _)) = &mut self.scan.start {
                *start = 0;
            }
        }
    }

    /// Known once enough was read.
    fn shape(&mut self) -> Result<Option<Shape>, Unreadable> {
        if self.shape.is_none() {
            if matches!(self.held.as_slice(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, b'{' | b'[', ..] | [b'{' | b'[', 0, ..]) {
                return Err(Unreadable::Utf16);
            }
            if self.held.starts_with(&[0xef, 0xbb, 0xbf]) {
                self.held.drain(..3);
            }
            self.shape = shape_of(&self.held, self.ended || self.held.len() > self.longest);
        }
        Ok(self.shape)
    }

    fn place(&mut self, range: Range<usize>, line: u64) -> Place {
        self.row += 1;
        let too_long = (self.passed > 0).then(|| std::mem::take(&mut self.passed) + range.len() as u64);
        let range = if too_long.is_some() { range.start..range.start } else { range };
        Place { row: self.row, line, range, too_long }
    }

    fn lines(&mut self, rows: &mut Vec<Place>) -> usize {
        let mut start = 0;
        loop {
            let end = match line_end(&self.held[self.seen..]) {
                Some(at) => self.seen + at,
                None if self.ended && start < self.held.len() => self.held.len(),
                None => {
                    self.seen = self.held.len();
                    return start;
                }
            };
            if self.passed > 0 || !self.held[start..end].trim_ascii().is_empty() {
                let place = self.place(start..end, self.line);
                rows.push(place);
            }
            self.line += 1;
            start = (end + 1).min(self.held.len());
            self.seen = start;
        }
    }

    fn values(&mut self, rows: &mut Vec<Place>) -> usize {
        let mut used = self.scan.start.map_or(self.seen, |(start, _)| start);
        while let Some(byte) = self.held.get(self.seen).copied() {
            self.seen += 1;
            let scan = &mut self.scan;
            if byte == b'\n' {
                self.line += 1;
            }
            let Some((start, line)) = scan.start else {
                match byte {
                    b' ' | b'\n' | b'\r' | b'\t' | b',' => {}
                    b'[' if !scan.array => scan.array = true,
                    b']' if scan.array => scan.array = false,
                    _ => {
                        *scan = Scan { start: Some((self.seen - 1, self.line)), array: scan.array, ..Scan::default() };
                        scan.inside = byte == b'"';
                        scan.depth = usize::from(matches!(byte, b'{' | b'['));
                    }
                }
                used = scan.start.map_or(self.seen, |(start, _)| start);
                continue;
            };
            let mut end = None;
            match byte {
                _ if scan.escaped => scan.escaped = false,
                b'\\' if scan.inside => scan.escaped = true,
                b'"' => scan.inside = !scan.inside,
                _ if scan.inside => {}
                b'{' | b'[' => scan.depth += 1,
                b'}' | b']' if scan.depth > 0 => {
                    scan.depth -= 1;
                    end = Some(self.seen).filter(|_| scan.depth == 0);
                }
                // A value that is no object ends before the next one.
                b',' | b']' | b'\n' if scan.depth == 0 => {
                    self.seen -= 1;
                    self.line -= u64::from(byte == b'\n');
                    end = Some(self.seen);
                }
                _ => {}
            }
            if let Some(end) = end {
                self.scan.start = None;
                let place = self.place(start..end, line);
                rows.push(place);
                used = self.seen;
            }
        }
        if let Some((start, line)) = self.scan.start.filter(|_| self.ended) {
            self.scan.start = None;
            let place = self.place(start..self.held.len(), line);
            rows.push(place);
            used = self.held.len();
        }
        used
    }
}

/// Where the line ends that begins here. What reads lines in the standard library looks at many bytes at a time.
fn line_end(mut bytes: &[u8]) -> Option<usize> {
    let all = bytes;
    let passed = bytes.skip_until(b'\n').unwrap_or(0);
    passed.checked_sub(1).filter(|last| all[*last] == b'\n')
}

/// What the beginning of an input says; none when that is not enough.
fn shape_of(held: &[u8], all: bool) -> Option<Shape> {
    let text = held.trim_ascii_start();
    if text.is_empty() {
        return all.then_some(Shape::Lines);
    }
    if text[0] == b'[' {
        return Some(Shape::Values);
    }
    let Some(end) = text.iter().position(|byte| *byte == b'\n') else { return all.then_some(Shape::Lines) };
    // A value that goes over lines goes on with a key or its end; the next line of JSON Lines begins with a row.
    let next = text[end..].trim_ascii_start();
    let Some(first) = next.first() else { return all.then_some(Shape::Lines) };
    let whole = serde_json::from_slice::<serde::de::IgnoredAny>(&text[..end]).is_ok();
    Some(if whole || *first == b'{' { Shape::Lines } else { Shape::Values })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &[u8]) -> Vec<(u64, String)> {
        read(text).unwrap()
    }

    fn read(input: impl Read) -> Result<Vec<(u64, String)>, Unreadable> {
        read_from(Rows::new(input))
    }

    fn read_from(mut rows: Rows<impl Read>) -> Result<Vec<(u64, String)>, Unreadable> {
        let mut out = Vec::new();
        while let Some(batch) = rows.batch()? {
            for place in batch.rows() {
                assert_eq!(place.row, out.len() as u64 + 1);
                let text = String::from_utf8_lossy(batch.bytes(place)).trim().to_string();
                out.push((place.line, place.too_long.map_or(text, |bytes| format!("{bytes} bytes"))));
            }
        }
        Ok(out)
    }

    fn texts(rows: &[(u64, &str)]) -> Vec<(u64, String)> {
        rows.iter().map(|(line, text)| (*line, text.to_string())).collect()
    }

    #[test]
    fn lines_arrays_and_values_are_cut_with_their_places() {
        assert_eq!(rows(b"{\"a\":1}\n\n {\"a\":2}\r\n{\"a\""), texts(&[(1, "{\"a\":1}"), (3, "{\"a\":2}"), (4, "{\"a\"")]));
        assert_eq!(rows(b"[{\"a\":\"]},\"},\n {\"a\":[2]}]\n"), texts(&[(1, "{\"a\":\"]},\"}"), (2, "{\"a\":[2]}")]));
        assert_eq!(rows(b"{\n \"a\": 1\n}\n{\n \"a\": 2\n}"), texts(&[(1, "{\n \"a\": 1\n}"), (4, "{\n \"a\": 2\n}")]));
        assert_eq!(rows(b"[1, {\"a\":1}, tru"), texts(&[(1, "1"), (1, "{\"a\":1}"), (1, "tru")]));
        assert_eq!(rows(b"\xef\xbb\xbf{\"a\":1}"), texts(&[(1, "{\"a\":1}")]), "a mark of the byte order is none of the row");
        assert_eq!(rows(b""), texts(&[]));
    }

    #[test]
    fn utf_16_is_told() {
        for text in [&b"\xff\xfe{\0"[..], b"\xfe\xff\0{", b"{\0\"\0", b"\0{\0\""] {
            assert!(matches!(read(text), Err(Unreadable::Utf16)));
        }
    }

    #[test]
    fn a_row_that_is_too_long_is_passed_over_and_the_next_one_is_read() {
        let long = io::repeat(b'x').take(3 << 20);
        let mut rows = Rows::new((&b"{\"a\":1}\n"[..]).chain(long).chain(&b"\n{\"a\":2}\n"[..]));
        rows.longest = 1 << 20;
        let found = read_from(rows).unwrap();
        assert_eq!((found.len(), &found[2]), (3, &(3, "{\"a\":2}".to_string())));
        assert_eq!(found[1], (2, format!("{} bytes", 3 << 20)));
    }

    /// Gives one byte, then three, and so on: a pipe.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            self.1 = self.1 % 3 + 1;
            let count = self.1.min(self.0.len()).min(into.len());
            let (now, later) = self.0.split_at(count);
            into[..count].copy_from_slice(now);
            self.0 = later;
            Ok(count)
        }
    }

    proptest! {
        #[test]
        fn the_same_values_are_found_however_they_are_laid_out(values in proptest::collection::vec("[a-z\\[\\]{}\",\\\\]{0,9}", 1..9)) {
            let values: Vec<serde_json::Value> = values.into_iter().map(|text| serde_json::json!({"text": text, "more": [{}, text]})).collect();
            let line = |value: &serde_json::Value| format!("{value}\n");
            let pretty = |value: &serde_json::Value| format!("{value:#}\n");
            let layouts = [
                values.iter().map(line).collect::<String>(),
                values.iter().map(pretty).collect(),
                serde_json::to_string(&values).unwrap(),
                serde_json::to_string_pretty(&values).unwrap(),
            ];
            for text in layouts {
                let found = read(Slow(text.as_bytes(), 0)).unwrap();
                let found: Vec<serde_json::Value> = found.iter().map(|(_, text)| serde_json::from_str(text).unwrap()).collect();
                prop_assert_eq!(&found, &values);
            }
        }

        #[test]
        fn no_bytes_make_it_fail(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = read(&bytes[..]);
        }
    }
}
