//! `walktalk convert`: what goes in comes out, from files and pipes, and what is bad is told with its place.

mod support;

use predicates::prelude::*;
use serde_json::{Value, json};
use std::path::Path;
use support::*;

fn convert(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    walktalk(folder).arg("convert").args(arguments).assert()
}

/// Rows as `chat` has them, made here and not by the program.
fn chat_row(id: &str) -> Value {
    let call =
        json!({"id": "c1", "type": "function", "function": {"name": "get_weather", "arguments": {"city": "Oslo & <Bergen>", "day": null}}});
    json!({"id": id, "messages": [
        {"role": "system", "content": "Today is Friday."},
        {"role": "user", "content": "How is the weather?"},
        {"role": "assistant", "content": "", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c1", "name": "get_weather", "content": "{\"degrees\": 3}"},
        {"role": "assistant", "content": "It is 3 degrees."},
    ], "tools": [{"type": "function", "function": {"name": "get_weather", "description": "Weather.", "parameters": {"type": "object",
        "properties": {"city": {"type": "string"}, "day": {"type": ["string", "null"]}}, "required": ["city"]}}}]})
}

fn lines(rows: &[Value]) -> String {
    rows.iter().map(|row| format!("{row}\n")).collect()
}

#[test]
fn one_row_in_every_format() {
    let home = folder();
    write(home.path(), "in.jsonl", lines(&[chat_row("a")]));
    convert(home.path(), &["--to", "all", "in.jsonl", "--out", "out"]).success();
    let mut shown = serde_json::Map::new();
    let mut names: Vec<String> =
        files(&home.path().join("out")).into_keys().filter(|name| name.ends_with(".jsonl") || name.contains("BFCL")).collect();
    names.sort();
    for name in names {
        shown.insert(name.clone(), rows(home.path().join("out").join(name)).into());
    }
    insta::assert_json_snapshot!(shown);
}

#[test]
fn every_format_comes_back_as_it_was_through_a_pipe_and_a_file() {
    let home = folder();
    let given = [chat_row("a"), chat_row("b")];
    write(home.path(), "in.jsonl", lines(&given));
    convert(home.path(), &["--to", "sharegpt,axolotl,openai,mistral,hermes,swift,jsonl", "in.jsonl", "--out", "out"]).success();
    let wanted = {
        // The ids of calls are each target's own.
        let text = lines(&given).replace("\"c1\"", "\"call_0\"");
        text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect::<Vec<_>>()
    };
    for data in [
        "llamafactory/data.jsonl",
        "axolotl/data.jsonl",
        "openai_ft/data.jsonl",
        "mistral/data.jsonl",
        "hermes/data.jsonl",
        "swift/data.jsonl",
        "dialogues.jsonl",
    ] {
        let path = home.path().join("out").join(data);
        let done = convert(home.path(), &["--to", "chat", path.to_str().unwrap(), "--out", "-", "--strict"]).success();
        let back: Vec<Value> =
            String::from_utf8_lossy(&done.get_output().stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(back, wanted, "{data}");
        if data != "openai_ft/data.jsonl" {
            let piped =
                walktalk(home.path()).args(["convert", "--to", "chat", "-", "--out", "-"]).write_stdin(text(&path)).assert().success();
            assert_eq!(piped.get_output().stdout, done.get_output().stdout, "{data}");
        }
    }
}

#[test]
fn the_same_rows_as_an_array_and_as_values_over_lines() {
    let home = folder();
    let given = [chat_row("a"), chat_row("b")];
    write(home.path(), "array.json", serde_json::to_string_pretty(&given).unwrap());
    write(home.path(), "values.json", given.iter().map(|row| format!("{row:#}\n")).collect::<String>());
    write(home.path(), "lines.jsonl", lines(&given));
    let out = |name: &str| convert(home.path(), &["--to", "swift", name, "--out", "-"]).success().get_output().stdout.clone();
    assert_eq!(out("array.json"), out("lines.jsonl"));
    assert_eq!(out("values.json"), out("lines.jsonl"));
}

#[test]
fn what_a_target_cannot_carry_is_counted_and_strict_makes_it_an_error() {
    let home = folder();
    let (mut masked, mut beside) = (chat_row("b"), chat_row("c"));
    masked["messages"][2]["weight"] = 0.into();
    beside["messages"][2]["content"] = "Let me look.".into();
    write(home.path(), "in.jsonl", lines(&[chat_row("a"), masked, beside]));
    let left_out = predicate::str::contains("2 of 3 rows; 1 left out: a message that must not be learned from");
    let counted = left_out.and(predicate::str::contains("1 without words beside calls"));
    convert(home.path(), &["--to", "sharegpt", "in.jsonl", "--out", "out"]).success().stdout(counted);
    let manifest = read_json(home.path().join("out/manifest.json"));
    assert_eq!((&manifest["targets"]["sharegpt"]["rows_in"], &manifest["targets"]["sharegpt"]["rows_out"]), (&json!(3), &json!(2)));
    let lost = rows(home.path().join("out/sidecar/losses.jsonl"));
    let named: Vec<(&str, bool)> = lost.iter().map(|row| (row["id"].as_str().unwrap(), row["left_out"].is_string())).collect();
    assert_eq!(named, [("b", true), ("c", false)], "{lost:?}");
    assert_eq!(lost[1]["without"], json!(["words beside calls, for which this trainer has no place"]));
    let named = predicate::str::contains("not every row came out whole: sharegpt");
    convert(home.path(), &["--to", "sharegpt,axolotl", "in.jsonl", "--out", "strict", "--strict"]).code(4).stderr(named);
    assert_eq!(rows(home.path().join("strict/axolotl/data.jsonl")).len(), 3, "what can be written is");
    convert(home.path(), &["--to", "axolotl", "in.jsonl", "--out", "whole", "--strict"]).success();
}

#[test]
fn names_and_ids_that_a_target_cannot_have_come_back_from_the_sidecar() {
    let home = folder();
    let row = lines(&[chat_row("a")]).replace("get_weather", "weather.get now");
    write(home.path(), "in.jsonl", &row);
    convert(home.path(), &["--to", "sharegpt,chat,axolotl,openai,mistral,swift", "in.jsonl", "--out", "out"]).success();
    let record = |from: &str| {
        let done = convert(home.path(), &["--to", "jsonl", from, "--out", "-"]).success();
        String::from_utf8_lossy(&done.get_output().stdout).into_owned()
    };
    let own = record("in.jsonl");
    for folder in ["llamafactory", "chat", "axolotl", "openai_ft", "mistral", "swift"] {
        let data = home.path().join("out").join(folder).join("data.jsonl");
        assert!(text(&data).contains("weather_get_now") && !text(&data).contains("weather.get"));
        assert_eq!(record(data.to_str().unwrap()), own, "{folder}");
    }
    // The checker would not check a null.
    write(home.path(), "day.jsonl", row.replace("\"day\":null", "\"day\":\"Friday\""));
    convert(home.path(), &["--to", "bfcl", "day.jsonl", "--out", "questions"]).success();
    let questions = home.path().join("questions/bfcl/BFCL_v4_simple_python.json");
    assert!(text(&questions).contains("weather.get_now") && !text(&questions).contains("get now"));
    assert!(record(questions.to_str().unwrap()).contains("weather.get now"));
}

#[test]
fn a_bad_row_is_told_with_its_place_and_can_be_left_out() {
    let home = folder();
    let bad = |change: &dyn Fn(&mut Value)| {
        let mut row = chat_row("bad");
        change(&mut row);
        row.to_string()
    };
    let sharegpt = json!({"id": "x", "conversations": [{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}]}).to_string();
    let cut = chat_row("bad").to_string()[..90].to_string();
    let cases: Vec<(String, &str)> = vec![
        (sharegpt, "a row of sharegpt in a file of messages"),
        (cut, "it is cut at column 90"),
        (chat_row("good").to_string(), "the id `good` is that of conversation 1 already"),
        (bad(&|row| row["messages"][1]["role"] = "narrator".into()), "nobody knows the role `narrator`"),
        (
            bad(&|row| row["messages"][2]["tool_calls"][0]["function"]["name"] = "get_wether".into()),
            "a call to `get_wether`, which is not offered",
        ),
        (bad(&|row| row["messages"][3]["tool_call_id"] = "c9".into()), "a result without a call (`c9`)"),
        (bad(&|row| drop(row["messages"].as_array_mut().unwrap().remove(3))), "a call to `get_weather` without a result"),
        (
            bad(&|row| row["messages"][2]["tool_calls"][0]["function"]["arguments"] = "city=Oslo".into()),
            "the arguments of a call to `get_weather` are not a JSON object",
        ),
        (bad(&|row| row["messages"][1]["content"] = 7.into()), "`messages/1/content` is not text"),
        (bad(&|row| row["tools"] = "get_weather(city)".into()), "`tools` is not a list of tools"),
        (bad(&|row| row["messages"] = json!([])), "no messages"),
        ("[1, 2]".to_string(), "expected an object"),
    ];
    for (line, words) in &cases {
        write(home.path(), "in.jsonl", format!("{}\n\n{line}\n{}", chat_row("good"), chat_row("last")));
        let told = predicate::function(|text: &str| {
            let flat: String = text.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
            flat.contains(words) && flat.contains("in.jsonl:3") && flat.contains("row 2")
        });
        convert(home.path(), &["--to", "chat", "in.jsonl", "--out", "out"]).code(3).stderr(told);
        assert!(!home.path().join("out").exists(), "{words}: nothing is left of a run that failed");
        let skipped = convert(home.path(), &["--to", "swift", "in.jsonl", "--out", "-", "--skip-bad", "1"]).success();
        assert_eq!(skipped.get_output().stdout.iter().filter(|byte| **byte == b'\n').count(), 2, "{words}");
    }
    // A file that was cut has no end of its last line.
    let (cut, words) = &cases[1];
    write(home.path(), "in.jsonl", format!("{}\n{cut}", chat_row("good")));
    let told = predicate::str::contains(*words).and(predicate::str::contains("in.jsonl:2"));
    convert(home.path(), &["--to", "chat", "in.jsonl", "--out", "-"]).code(3).stderr(told);
    let skipped = convert(home.path(), &["--to", "chat", "in.jsonl", "--out", "-", "--skip-bad", "1"]).success();
    assert_eq!(skipped.get_output().stdout.iter().filter(|byte| **byte == b'\n').count(), 1);
    let all: String = cases.iter().map(|(line, _)| format!("{line}\n")).collect();
    write(home.path(), "in.jsonl", format!("{}\n{all}", chat_row("good")));
    let count = cases.len().to_string();
    convert(home.path(), &["--to", "chat", "in.jsonl", "--out", "out", "--skip-bad", &count]).success();
    let manifest = read_json(home.path().join("out/manifest.json"));
    assert_eq!(manifest["bad"].as_array().unwrap().len(), cases.len());
    let fewer = (cases.len() - 1).to_string();
    convert(home.path(), &["--to", "chat", "in.jsonl", "--out", "-", "--skip-bad", &fewer])
        .code(3)
        .stderr(predicate::str::contains("after"));
}

#[test]
fn whole_inputs_that_cannot_be_read_are_told() {
    let home = folder();
    let utf16: Vec<u8> = chat_row("a").to_string().encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(home.path().join("utf16.jsonl"), utf16).unwrap();
    std::fs::write(home.path().join("latin.jsonl"), b"{\"id\": \"caf\xe9\"}\n").unwrap();
    write(home.path(), "other.jsonl", "{\"name\": \"a\", \"price\": 3}\n");
    for (name, words) in [
        ("utf16.jsonl", "UTF-16"),
        ("latin.jsonl", "not UTF-8 from column 12 on"),
        ("other.jsonl", "`price`"),
        ("none.jsonl", "cannot be read"),
        (".", "folder"),
    ] {
        let told = predicate::str::contains(words).and(predicate::str::contains("panicked").not());
        convert(home.path(), &["--to", "chat", name, "--out", "-"]).code(3).stderr(told);
    }
    write(home.path(), "empty.jsonl", "");
    convert(home.path(), &["--to", "chat", "empty.jsonl", "--out", "-"]).success().stdout("");
    convert(home.path(), &["--to", "chat,swift", "other.jsonl", "--out", "-"]).code(3).stderr(predicate::str::contains("one target"));
}

/// Samples of formats that others use, written here.
#[test]
fn rows_of_other_peoples_formats_are_understood() {
    let home = folder();
    let glaive = json!({
        "system": "SYSTEM: You are a helpful assistant with access to the following functions. Use them if required -\n{\n    \"name\": \"get_rate\",\n    \"description\": \"Rate of a currency\",\n    \"parameters\": {\"type\": \"object\", \"properties\": {\"code\": {\"type\": \"string\"}}}\n}\n",
        "chat": "USER: What is a dollar worth?\n\n\nASSISTANT: <functioncall> {\"name\": \"get_rate\", \"arguments\": '{\"code\": \"USD\"}'} <|endoftext|>\n\n\nFUNCTION RESPONSE: {\"rate\": 0.9}\n\n\nASSISTANT: It is 0.9. <|endoftext|>\n\n\n"
    });
    let toolace = json!({
        "system": "You may call functions. Here is a list of functions in JSON format that you can invoke:\n[{\"name\": \"Get Rate\", \"description\": \"Rate\", \"parameters\": {\"type\": \"dict\", \"properties\": {\"code\": {\"type\": \"string\"}}, \"required\": [\"code\"]}}]\nPut them in the format [func(name=value)].",
        "conversations": [
            {"from": "user", "value": "What is a dollar worth?"},
            {"from": "assistant", "value": "[Get Rate(code=\"USD\"), Get Rate(code='EUR')]"},
            {"from": "tool", "value": "[{\"name\": \"Get Rate\", \"results\": {\"rate\": 0.9}}, {\"name\": \"Get Rate\", \"results\": {\"rate\": 1}}]"},
            {"from": "assistant", "value": "0.9 and 1."}
        ]
    });
    let apigen = json!({
        "system": "Be kind.", "tools": "[{\"name\": \"get_rate\", \"description\": \"Rate\", \"parameters\": {\"type\": \"object\", \"properties\": {\"code\": {\"type\": \"string\"}}}}]",
        "conversations": [
            {"from": "human", "value": "What is a dollar worth?"},
            {"from": "function_call", "value": "{\"name\": \"get_rate\", \"arguments\": {\"code\": \"USD\"}}"},
            {"from": "observation", "value": "{\"rate\": 0.9}"},
            {"from": "gpt", "value": "It is 0.9."}
        ]
    });
    let tooltalk = json!({"name": "Rate-easy", "conversation_id": "t1", "conversation": [
        {"index": 0, "role": "user", "text": "What is a dollar worth?"},
        {"index": 1, "role": "assistant", "text": "It is 0.9.", "apis": [
            {"request": {"api_name": "get_rate", "parameters": {"code": "USD"}}, "response": {"rate": 0.9}, "exception": null}]}
    ]});
    let bank = "{\"role\": \"User\", \"text\": \"What is a dollar worth?\"}\n{\"role\": \"API\", \"api_name\": \"get_rate\", \"param_dict\": {\"code\": \"USD\"}, \"result\": {\"rate\": 0.9}}\n{\"role\": \"AI\", \"text\": \"It is 0.9.\"}\n";
    let xlam = json!({"id": 7, "query": "What is a dollar worth?", "tools": "[{\"name\": \"get_rate\", \"description\": \"Rate\", \"parameters\": {\"code\": {\"type\": \"str\", \"description\": \"c\"}}}]", "answers": "[{\"name\": \"get_rate\", \"arguments\": {\"code\": \"USD\"}}]"});
    write(home.path(), "tools.json", pretty(&json!([tool("get_rate", "Get the rate of a currency.")])));
    for (name, content, format) in [
        ("glaive.jsonl", format!("{glaive}\n"), "glaive"),
        ("toolace.json", pretty(&json!([toolace])), "toolace"),
        ("apigen.json", pretty(&json!([apigen])), "sharegpt"),
        ("tooltalk.json", pretty(&tooltalk), "tooltalk"),
        ("bank.jsonl", bank.to_string(), "apibank"),
        ("xlam.jsonl", format!("{xlam}\n"), "xlam"),
    ] {
        write(home.path(), name, content);
        let done =
            convert(home.path(), &["--tools", "tools.json", "--to", "chat", name, "--out", name.split('.').next().unwrap()]).success();
        let out = home.path().join(name.split('.').next().unwrap());
        assert_eq!(read_json(out.join("manifest.json"))["inputs"][0]["format"], format);
        let row = &rows(out.join("chat/data.jsonl"))[0];
        let made = row["messages"].as_array().unwrap().iter().find_map(|message| message["tool_calls"].as_array()).expect(name);
        assert_eq!(made[0]["function"]["arguments"], json!({"code": "USD"}), "{name}: {done:?}");
        assert_eq!(row["messages"].as_array().unwrap().iter().filter(|message| message["role"] == "user").count(), 1, "{name}");
    }
}

#[test]
fn a_closed_pipe_is_nobodys_fault() {
    let home = folder();
    let many: Vec<Value> = (0..3000).map(|number| chat_row(&number.to_string())).collect();
    write(home.path(), "in.jsonl", lines(&many));
    let bin = assert_cmd::cargo::cargo_bin!("walktalk");
    let line = "\"$WALKTALK\" convert --to chat in.jsonl --out - 2>err.txt | head -n 1 >/dev/null; test \"${PIPESTATUS[0]}\" = 0";
    let status = std::process::Command::new("bash").args(["-c", line]).current_dir(home.path()).env("WALKTALK", bin).status().unwrap();
    assert!(status.success(), "{}", text(home.path().join("err.txt")));
}

/// The examples of the manual, as they stand there.
#[test]
fn the_examples_of_the_manual_run() {
    let home = folder();
    std::fs::create_dir(home.path().join("tool-catalogs")).unwrap();
    std::fs::copy(small_catalog(), home.path().join("tool-catalogs/hotels.yaml")).unwrap();
    write(home.path(), "chat_template.jinja", TEMPLATE);
    write(home.path(), "tokenizer_config.json", json!({"chat_template": TEMPLATE, "eos_token": "<|im_end|>"}).to_string());
    write(home.path(), "tokenizer.json", words_tokenizer().to_string());
    let manual = text(repository("docs/formats.md"));
    let examples: Vec<&str> = manual.lines().filter(|line| line.starts_with("walktalk ")).collect();
    for line in &examples {
        walktalk(home.path()).args(line.split_whitespace().skip(1)).assert().success();
    }
    assert!(examples.len() >= 2 && !rows(home.path().join("converted/hermes/data.jsonl")).is_empty());
}

/// A template in the way of Qwen, with the tag that marks what carries loss.
const TEMPLATE: &str = "{%- for message in messages %}{{- '<|im_start|>' + message.role + '\\n' }}{%- if message.role == 'assistant' %}{%- generation %}{{- message.content }}{%- for call in message.tool_calls or [] %}{{- '<tool_call>' + call.function | tojson + '</tool_call>' }}{%- endfor %}{{- '<|im_end|>' }}{%- endgeneration %}{%- else %}{{- message.content + '<|im_end|>' }}{%- endif %}{%- endfor %}";

/// A tokenizer that has a token for each word.
fn words_tokenizer() -> Value {
    json!({"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"},
        "post_processor": null, "decoder": null, "model": {"type": "WordLevel", "vocab": {"[UNK]": 0}, "unk_token": "[UNK]"}})
}

#[test]
fn rows_are_rendered_and_measured_and_long_ones_left_out() {
    let home = folder();
    let mut long = chat_row("long");
    long["messages"][4]["content"] = "degrees ".repeat(100).trim_end().into();
    write(home.path(), "in.jsonl", lines(&[chat_row("short"), long]));
    write(home.path(), "chat_template.jinja", TEMPLATE);
    write(home.path(), "tokenizer.json", words_tokenizer().to_string());
    let rendered = ["--render", "chat_template.jinja", "--tokenizer", "tokenizer.json", "--max-tokens", "50", "in.jsonl"];
    let done = convert(home.path(), &[&rendered[..], &["--out", "-"]].concat())
        .success()
        .stderr(predicate::str::contains("1 rows over 50 tokens"));
    let shown: Vec<Value> =
        String::from_utf8_lossy(&done.get_output().stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let text = shown[0]["text"].as_str().unwrap();
    assert!(
        text.contains("<tool_call>{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Oslo & <Bergen>\", \"day\": null}}</tool_call>"),
        "{text}"
    );
    assert_eq!(shown[0]["tokens"], text.split_whitespace().count());
    assert_eq!((&shown[0]["over"], &shown[1]["over"]), (&Value::Null, &json!(true)));
    let chars: Vec<char> = text.chars().collect();
    let last = shown[0]["loss"][1].as_array().unwrap();
    let span = last[0].as_u64().unwrap() as usize..last[1].as_u64().unwrap() as usize;
    assert_eq!(chars[span].iter().collect::<String>(), "It is 3 degrees.<|im_end|>");
    convert(home.path(), &[&rendered[..], &["--over", "drop", "--to", "chat", "--out", "out"]].concat()).success();
    let manifest = read_json(home.path().join("out/manifest.json"));
    assert_eq!(manifest["targets"]["chat"]["refused"]["more tokens than --max-tokens allows"], 1);
    assert_eq!((&manifest["rendered"]["over"], &manifest["rendered"]["calls"]["equal"]), (&json!(1), &json!(2)));
    assert_eq!(rows(home.path().join("out/rendered/data.jsonl")).len(), 1);
    // With --strict a row over the limit is an error, whatever becomes of it, and all rows within it are none.
    for over in ["keep", "drop"] {
        let told = predicate::str::contains("not every row can be learned from whole: 1 rows over 50 tokens");
        convert(home.path(), &[&rendered[..], &["--over", over, "--out", "-", "--strict"]].concat()).code(4).stderr(told);
    }
    convert(home.path(), &["--render", "chat_template.jinja", "in.jsonl", "--out", "-", "--strict"]).success();
}

#[test]
fn templates_and_tokenizers_that_are_none_are_told() {
    let home = folder();
    write(home.path(), "in.jsonl", lines(&[chat_row("a")]));
    write(home.path(), "broken.jinja", "{{ messages }}\n{% for %}");
    write(home.path(), "unknown.jinja", "{{ magic(messages) }}");
    write(home.path(), "none.json", "{\"bos_token\": \"<s>\"}");
    write(home.path(), "good.jinja", TEMPLATE);
    for (arguments, words) in [
        (&["--render", "broken.jinja"][..], "broken.jinja:2"),
        (&["--render", "none.json"], "no `chat_template`"),
        (&["--render", "missing.jinja"], "cannot be read"),
        (&["--render", "good.jinja", "--tokenizer", "none.json"], "no tokenizer"),
        (&["--render", "good.jinja", "--today", "tomorrow"], "no date"),
    ] {
        let told = predicate::str::contains(words).and(predicate::str::contains("panicked").not());
        convert(home.path(), &[arguments, &["in.jsonl", "--out", "-"]].concat()).code(3).stderr(told);
    }
    write(home.path(), "loops.jinja", "{% for a in range(9999) %}{% for b in range(9999) %}{{ a * b }}{% endfor %}{% endfor %}");
    for (name, reason) in
        [("unknown.jinja", "the template fails at line 1"), ("loops.jinja", "the template takes more steps than a row may cost")]
    {
        let counted = predicate::str::contains(format!("rendered 0 of 1 rows; 1 not: {reason}"));
        convert(home.path(), &["--render", name, "in.jsonl", "--out", "-"]).success().stdout("").stderr(counted.clone());
        let lost = counted.and(predicate::str::contains("not every row can be learned from whole: 1 rows not rendered by the template"));
        convert(home.path(), &["--render", name, "in.jsonl", "--out", "-", "--strict"]).code(4).stdout("").stderr(lost);
    }
}

/// A row of 200 MB is told with its place and passed over, without being held; what follows it is read.
#[test]
fn a_row_longer_than_any_row_may_be_is_told_and_passed_over() {
    use std::io::Write;
    let home = folder();
    let mut file = std::fs::File::create(home.path().join("in.jsonl")).unwrap();
    let (before, after) = (chat_row("long").to_string(), lines(&[chat_row("b")]));
    let (head, tail) = before.split_once("How is the weather?").unwrap();
    write!(file, "{}{head}", lines(&[chat_row("a")])).unwrap();
    (0..200).for_each(|_| file.write_all(&[b'x'; 1 << 20]).unwrap());
    write!(file, "{tail}\n{after}").unwrap();
    let told = predicate::str::contains("where a row may have 64 MiB").and(predicate::str::contains("in.jsonl:2"));
    convert(home.path(), &["--to", "chat", "in.jsonl", "--out", "-"]).code(3).stderr(told);
    let rest = convert(home.path(), &["--to", "chat", "in.jsonl", "--out", "-", "--skip-bad", "1"]).success();
    assert_eq!(rest.get_output().stdout.iter().filter(|byte| **byte == b'\n').count(), 2);
}
