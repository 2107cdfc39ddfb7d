//! Rows of Parquet files as lines of JSON, so that they are read as any others.
//!
//! A struct in Parquet has the keys of all rows, and null where a row has none: nulls of structs are left out. A text in a list that is a JSON
//! object is taken for one, as `datasets` does with its feature `Json`. One row group is in memory at a time, column by column as its pages are needed.

use parquet::errors::ParquetError;
use parquet::file::reader::SerializedFileReader;
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use serde_json::value::RawValue;
use std::fs::File;
use std::io::{self, Read};

/// Gives the rows of a file as bytes, each with the end of a line.
pub(super) struct Lines {
    rows: RowIter<'static>,
    line: Vec<u8>,
    given: usize,
}

/// Fails when the file has no end that tells what is in it, as one that was cut.
pub(super) fn lines(file: File) -> io::Result<Lines> {
    let reader = SerializedFileReader::new(file).map_err(unread)?;
    Ok(Lines { rows: RowIter::from_file_into(Box::new(reader)), line: Vec::new(), given: 0 })
}

fn unread(error: ParquetError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

impl Read for Lines {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.line.len() {
            let Some(row) = self.rows.next() else { return Ok(0) };
            let mut line = String::new();
            object(&row.map_err(unread)?, &mut line);
            line.push('\n');
            (self.line, self.given) = (line.into_bytes(), 0);
        }
        let count = into.len().min(self.line.len() - self.given);
        into[..count].copy_from_slice(&self.line[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

fn object(row: &Row, out: &mut String) {
    let there = row.get_column_iter().filter(|(_, value)| !matches!(value, Field::Null));
    joined('{', '}', there, out, |(name, value), out| {
        text(name, out);
        out.push(':');
        write(value, false, out);
    });
}

/// `listed`: the value is an entry of a list.
fn write(value: &Field, listed: bool, out: &mut String) {
    match value {
        Field::Null => out.push_str("null"),
        Field::Str(words) if listed && is_object(words) => out.push_str(words),
        Field::Str(words) => text(words, out),
        Field::Bool(_) | Field::Byte(_) | Field::Short(_) | Field::Int(_) | Field::Long(_) => out.push_str(&value.to_string()),
        Field::UByte(_) | Field::UShort(_) | Field::UInt(_) | Field::ULong(_) => out.push_str(&value.to_string()),
        Field::Float(number) => float(f64::from(*number), &number.to_string(), out),
        Field::Double(number) => float(*number, &number.to_string(), out),
        Field::Group(row) => object(row, out),
        Field::ListInternal(list) => joined('[', ']', list.elements().iter(), out, |one, out| write(one, true, out)),
        Field::MapInternal(map) => joined('{', '}', map.entries().iter(), out, |(key, one), out| {
            match key {
                Field::Str(key) => text(key, out),
                other => text(&other.to_string(), out),
            }
            out.push(':');
            write(one, false, out);
        }),
        // Dates, times, decimals and bytes have no kind in JSON.
        other => text(&other.to_string(), out),
    }
}

fn joined<T>(open: char, close: char, items: impl Iterator<Item = T>, out: &mut String, mut one: impl FnMut(T, &mut String)) {
    out.push(open);
    for (at, item) in items.enumerate() {
        if at > 0 {
            out.push(',');
        }
        one(item, out);
    }
    out.push(close);
}

/// What is no number in JSON is null.
fn float(value: f64, shown: &str, out: &mut String) {
    out.push_str(if value.is_finite() { shown } else { "null" });
}

fn text(words: &str, out: &mut String) {
    // A text is always JSON.
    out.push_str(&serde_json::to_string(words).unwrap_or_default());
}

/// One object and nothing else; no line ends between its keys, since a row is a line.
fn is_object(words: &str) -> bool {
    words.starts_with('{') && !words.contains('\n') && serde_json::from_str::<&RawValue>(words).is_ok()
}
