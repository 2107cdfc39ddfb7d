//! The rows of `chat` as Parquet: smaller, and loaded without reading all of it.
//!
//! Contract: `id`, `messages` and `tools`. Parquet has one type for a column, and a struct that holds the arguments of every tool gives each
//! call the keys of all others as nulls. A text has no such union, so that each message is a JSON value of its own, which `datasets` 4.8
//! takes for an object (its feature `Json`, declared in the file as `datasets` itself does when it writes one), and the tools of a row are
//! one JSON string, which TRL reads in that column. Compressed by Snappy. Rows are held until they are a row group, and no longer.
//!
//! Refused: what `chat` refuses.

use super::FileEntry;
use super::output::Atomic;
use crate::error::{Error, Result};
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

/// A row group has no more rows than this, as those of `datasets` have,
const GROUP_ROWS: usize = 1000;
/// and is closed when it has so many bytes, so that long rows do not fill the memory.
const GROUP_BYTES: usize = 32 << 20;

const SCHEMA: &str = "message schema {
    OPTIONAL BYTE_ARRAY id (STRING);
    OPTIONAL GROUP messages (LIST) { REPEATED GROUP list { OPTIONAL BYTE_ARRAY element (JSON); } }
    OPTIONAL BYTE_ARRAY tools (STRING);
}";

/// What `datasets` is told of the columns.
const FEATURES: &str = r#"{"info": {"features": {"id": {"dtype": "string", "_type": "Value"}, "messages": {"feature": {"_type": "Json"}, "_type": "List"}, "tools": {"dtype": "string", "_type": "Value"}}}}"#;

/// Levels of definition: the value is there, an element of a list is there, the list is there and empty.
const THERE: i16 = 1;
const ELEMENT: i16 = 3;
const EMPTY_LIST: i16 = 1;

/// A Parquet file on its way.
pub struct Rows {
    path: PathBuf,
    writer: SerializedFileWriter<Atomic>,
    group: Group,
}

/// The rows that are not yet written.
#[derive(Default)]
struct Group {
    ids: Vec<ByteArray>,
    tools: Vec<ByteArray>,
    messages: Vec<ByteArray>,
    /// Levels of definition and repetition of the column `messages`.
    definition: Vec<i16>,
    repetition: Vec<i16>,
    bytes: usize,
}

/// A line of `chat`, taken apart.
#[derive(Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    messages: Vec<&'a RawValue>,
    #[serde(borrow)]
    tools: &'a RawValue,
}

impl Rows {
    pub fn open(file: Atomic) -> Result<Rows> {
        let path = file.path().to_path_buf();
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            // Nobody looks for the least text.
            .set_statistics_enabled(EnabledStatistics::None)
            .set_created_by(format!("walktalk {}", env!("CARGO_PKG_VERSION")))
            .set_key_value_metadata(Some(vec![KeyValue::new("huggingface".to_string(), FEATURES.to_string())]))
            .build();
        let schema = parse_message_type(SCHEMA).map_err(|error| failed(&path, error))?;
        let writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties)).map_err(|error| failed(&path, error))?;
        Ok(Rows { path, writer, group: Group::default() })
    }

    /// Takes a line of `chat`.
    pub fn line(&mut self, line: &str) -> Result<()> {
        let row: Row = serde_json::from_str(line).map_err(|error| Error::output(&self.path)(error.into()))?;
        self.group.push(&row);
        match self.group.ids.len() >= GROUP_ROWS || self.group.bytes >= GROUP_BYTES {
            true => self.flush(),
            false => Ok(()),
        }
    }

    /// Writes what is held as one row group.
    fn flush(&mut self) -> Result<()> {
        if self.group.ids.is_empty() {
            return Ok(());
        }
        let group = std::mem::take(&mut self.group);
        let written = self.writer.next_row_group().and_then(|writer| group.write(writer));
        written.map_err(|error| failed(&self.path, error))
    }

    /// Writes the rest and the end, and gives the file its final name.
    pub fn finish(mut self) -> Result<FileEntry> {
        self.flush()?;
        self.writer.into_inner().map_err(|error| failed(&self.path, error))?.finish()
    }
}

impl Group {
    fn push(&mut self, row: &Row) {
        self.bytes += row.id.len() + row.tools.get().len();
        self.ids.push(bytes(&row.id));
        self.tools.push(bytes(row.tools.get()));
        if row.messages.is_empty() {
            self.definition.push(EMPTY_LIST);
            self.repetition.push(0);
        }
        for (at, message) in row.messages.iter().enumerate() {
            self.bytes += message.get().len();
            self.messages.push(bytes(message.get()));
            self.definition.push(ELEMENT);
            self.repetition.push(i16::from(at > 0));
        }
    }

    /// The columns in the order of the schema.
    fn write(self, mut group: SerializedRowGroupWriter<'_, Atomic>) -> Result<(), ParquetError> {
        let there = vec![THERE; self.ids.len()];
        let columns =
            [(&self.ids, &there, None), (&self.messages, &self.definition, Some(self.repetition.as_slice())), (&self.tools, &there, None)];
        for (values, definition, repetition) in columns {
            let Some(mut column) = group.next_column()? else { break };
            column.typed::<ByteArrayType>().write_batch(values, Some(definition), repetition)?;
            column.close()?;
        }
        group.close().map(|_| ())
    }
}

fn bytes(text: &str) -> ByteArray {
    text.as_bytes().to_vec().into()
}

/// What the disk said is told as it is.
fn failed(path: &std::path::Path, error: ParquetError) -> Error {
    let source = match error {
        ParquetError::External(error) => match error.downcast::<std::io::Error>() {
            Ok(error) => *error,
            Err(error) => std::io::Error::other(error),
        },
        other => std::io::Error::other(other),
    };
    Error::output(path)(source)
}

#[cfg(test)]
mod tests {
    use super::super::output::Folder;
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::{Field, Row as Record};

    /// Writes lines and gives the rows of the file, as they are read again, with the number of row groups.
    fn there_and_back(lines: &[String]) -> (Vec<Record>, usize) {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::open(home.path()).unwrap();
        let mut rows = Rows::open(folder.create("data.parquet").unwrap()).unwrap();
        lines.iter().for_each(|line| rows.line(line).unwrap());
        let entry = rows.finish().unwrap();
        let bytes = std::fs::read(home.path().join("data.parquet")).unwrap();
        assert_eq!(
            (entry.bytes, entry.hash),
            (bytes.len() as u64, blake3::hash(&bytes).to_hex().to_string()),
            "the manifest tells the truth"
        );
        let reader = SerializedFileReader::new(std::fs::File::open(home.path().join("data.parquet")).unwrap()).unwrap();
        let rows = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        (rows, reader.num_row_groups())
    }

    fn text(field: &Field) -> String {
        match field {
            Field::Str(text) => text.clone(),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn messages_and_tools_come_back_as_the_json_that_they_were() {
        let message = r#"{"role":"assistant","content":"","tool_calls":[{"function":{"arguments":{"a":null,"b":1.10,"c":"é\n<&>"}}}]}"#;
        let line = format!(r#"{{"id":"a\"1","messages":[{{"role":"user"}},{message}],"tools":[{{"type":"function"}}]}}"#);
        let (rows, _) = there_and_back(&[line, r#"{"id":"b","messages":[],"tools":[]}"#.into()]);
        let columns: Vec<(&String, &Field)> = rows[0].get_column_iter().collect();
        assert_eq!(columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["id", "messages", "tools"]);
        let Field::ListInternal(messages) = columns[1].1 else { panic!("{:?}", columns[1]) };
        assert_eq!(messages.elements().iter().map(text).collect::<Vec<_>>(), [r#"{"role":"user"}"#, message]);
        assert_eq!((text(columns[0].1), text(columns[2].1)), ("a\"1".to_string(), r#"[{"type":"function"}]"#.to_string()));
        let empty: Vec<Field> = rows[1].get_column_iter().map(|(_, field)| field.clone()).collect();
        assert!(matches!(&empty[1], Field::ListInternal(list) if list.elements().is_empty()), "{empty:?}");
    }

    #[test]
    fn rows_are_written_in_groups_of_bounded_size() {
        let row = |number: usize| format!(r#"{{"id":"{number}","messages":[{{"role":"user","content":"{number}"}}],"tools":[]}}"#);
        let (rows, groups) = there_and_back(&(0..2 * GROUP_ROWS + 1).map(row).collect::<Vec<_>>());
        assert_eq!((rows.len(), groups), (2 * GROUP_ROWS + 1, 3));
        let ids: Vec<String> = rows.iter().map(|row| text(row.get_column_iter().next().unwrap().1)).collect();
        assert!(ids.iter().enumerate().all(|(at, id)| *id == at.to_string()), "in order");
        let long = format!(r#"{{"id":"long","messages":["{}"],"tools":[]}}"#, "x".repeat(GROUP_BYTES));
        assert_eq!(there_and_back(&[long, row(1)]).1, 2, "a long row is a group of its own");
    }

    #[test]
    fn the_same_rows_give_the_same_bytes() {
        let lines: Vec<String> = (0..50).map(|n| format!(r#"{{"id":"{n}","messages":[{{"n":{n}}}],"tools":[{n}]}}"#)).collect();
        let make = || {
            let home = tempfile::tempdir().unwrap();
            let mut rows = Rows::open(Folder::open(home.path()).unwrap().create("data.parquet").unwrap()).unwrap();
            lines.iter().for_each(|line| rows.line(line).unwrap());
            rows.finish().unwrap().hash
        };
        assert_eq!(make(), make());
    }
}
