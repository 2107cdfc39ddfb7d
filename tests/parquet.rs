//! The target `parquet`: the rows of `chat` in a file that others read; or a word on how to get it, where it was not built in.

mod support;

use support::*;

#[cfg(not(feature = "parquet"))]
#[test]
fn a_program_without_parquet_says_how_to_build_one_with_it() {
    let home = folder();
    write(
        home.path(),
        "in.jsonl",
        "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}, {\"role\": \"assistant\", \"content\": \"Hi!\"}]}\n",
    );
    let done = walktalk(home.path()).args(["convert", "--to", "chat,parquet", "in.jsonl", "--out", "out"]).assert().code(3);
    let told = String::from_utf8_lossy(&done.get_output().stderr).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("--features parquet"), "{told}");
    assert!(!home.path().join("out").exists(), "nothing is left of a run that failed");
    write(home.path(), "data.parquet", b"PAR1\x15\x04");
    let done = walktalk(home.path()).args(["convert", "--to", "chat", "data.parquet", "--out", "-"]).assert().code(3);
    let told = String::from_utf8_lossy(&done.get_output().stderr).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("it is Parquet") && told.contains("--features parquet"), "{told}");
}

#[cfg(feature = "parquet")]
#[test]
fn a_run_writes_the_rows_of_chat_to_parquet_as_well() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    use serde_json::Value;

    let home = folder();
    let catalog = small_catalog();
    let arguments = ["generate", "--catalog", catalog.to_str().unwrap(), "--size", "12", "--export", "chat,parquet", "--out", "out"];
    walktalk(home.path()).args(arguments).assert().success();
    let out = home.path().join("out");
    let reader = SerializedFileReader::new(std::fs::File::open(out.join("parquet/data.parquet")).unwrap()).unwrap();
    let keys = reader.metadata().file_metadata().key_value_metadata().unwrap();
    assert!(keys.iter().any(|pair| pair.key == "huggingface" && pair.value.as_ref().is_some_and(|value| value.contains("\"Json\""))));
    let json = |field: &Field| -> Value {
        match field {
            Field::Str(text) => serde_json::from_str(text).unwrap(),
            other => panic!("{other}"),
        }
    };
    let read: Vec<Value> = reader
        .get_row_iter(None)
        .unwrap()
        .map(|row| {
            let row = row.unwrap();
            let columns: Vec<&Field> = row.get_column_iter().map(|(_, field)| field).collect();
            let (Field::Str(id), Field::ListInternal(messages)) = (columns[0], columns[1]) else { panic!("{columns:?}") };
            let messages: Vec<Value> = messages.elements().iter().map(json).collect();
            serde_json::json!({"id": id, "messages": messages, "tools": json(columns[2])})
        })
        .collect();
    assert_eq!(read, rows(out.join("chat/data.jsonl")));
    let manifest = read_json(out.join("manifest.json"));
    assert_eq!(manifest["targets"]["parquet"], manifest["targets"]["chat"]);
    assert!(manifest["command"].as_str().unwrap().ends_with("--export chat,parquet"));
    let card = text(out.join("README.md"));
    assert!(card.contains("load_dataset(\"parquet\", data_files=\"parquet/data.parquet\")"), "{card}");
    assert!(!card.contains("config_name: parquet"), "a folder with other files has no configuration of Parquet: {card}");
    assert!(text(out.join("parquet/train.py")).contains("load_dataset(\"parquet\", data_files=\"data.parquet\""));
    // And back: the same rows, by the same reader as all others.
    let back =
        walktalk(home.path()).args(["convert", "--to", "chat", "out/parquet/data.parquet", "--out", "-", "--strict"]).assert().success();
    assert_eq!(String::from_utf8_lossy(&back.get_output().stdout), text(out.join("chat/data.jsonl")));
    let whole = std::fs::read(out.join("parquet/data.parquet")).unwrap();
    write(home.path(), "cut.parquet", &whole[..whole.len() - 9]);
    let cut = walktalk(home.path()).args(["convert", "--to", "chat", "cut.parquet", "--out", "-"]).assert().code(3);
    cut.stderr(predicates::prelude::predicate::str::contains("cannot be read as Parquet"));
    let refused = walktalk(home.path()).args(["convert", "--to", "parquet", "out/chat/data.jsonl", "--out", "-"]).assert().code(3);
    refused.stderr(predicates::prelude::predicate::str::contains("no lines"));
}
