//! `check --mcp`: servers that answer, and servers that hang, die, refuse or answer rubbish. Runs with `--features mcp`.
#![cfg(all(feature = "mcp", unix))]

mod support;

use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};
use support::*;

/// A server in shell: `on_initialize` and `on_list` are what it does when it is asked so. `$id` is the number of the request.
fn server(home: &Path, on_initialize: &str, on_list: &str) -> String {
    let script = format!(
        r#"echo started >> started
answer() {{ printf '{{"jsonrpc":"2.0","id":%s,"result":%s}}\n' "$id" "$1"; }}
hello() {{ answer '{{"protocolVersion":"2025-06-18","capabilities":{{"tools":{{}}}},"serverInfo":{{"name":"fake","version":"1"}}}}'; }}
while read -r line; do
  id=$(printf '%s' "$line" | sed -n 's/.*"id":\([0-9][0-9]*\).*/\1/p')
  case "$line" in
    *'"initialize"'*) {on_initialize} ;;
    *'"tools/list"'*) {on_list} ;;
  esac
done
"#
    );
    write(home, "server.sh", script);
    "sh server.sh".into()
}

fn one(name: &str) -> Value {
    json!({"name": name, "description": "Get the thing with this name from the shelf.", "inputSchema": {"type": "object",
        "properties": {"thing": {"type": "string", "description": "What to fetch, such as a book."}}, "required": ["thing"]}})
}

fn check(home: &Path, command: &str, arguments: &[&str]) -> (i32, String, String) {
    let output = walktalk(home).args(["check", "--mcp", command]).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn findings(out: &str) -> Vec<Value> {
    let value: Value = serde_json::from_str(out).unwrap_or_else(|error| panic!("{error}: {out}"));
    value["findings"].as_array().unwrap().clone()
}

#[test]
fn a_server_is_asked_for_all_its_pages() {
    let home = folder();
    let pages = [json!({"tools": [one("get.thing")], "nextCursor": "second"}), json!({"tools": [one("fetch thing"), one("bring_thing")]})];
    let list = format!("case \"$line\" in *second*) answer '{}' ;; *) answer '{}' ;; esac", pages[1], pages[0]);
    let command = server(home.path(), "hello", &list);
    let (code, out, err) = check(home.path(), &command, &["--json", "--only", "N01"]);
    assert_eq!((code, err.as_str()), (3, ""));
    let found = findings(&out);
    let pointers: Vec<&Value> = found.iter().map(|one| &one["pointer"]).collect();
    assert_eq!(pointers, [&json!("/tools/0/name"), &json!("/tools/1/name")]);
    assert_eq!(found[0]["file"], "mcp:sh server.sh");
    assert!(found[0]["line"].as_u64().unwrap() > 1, "the answer has lines: {found:?}");
}

#[test]
fn a_server_is_checked_beside_files_and_other_servers() {
    let home = folder();
    let command = server(home.path(), "hello", &format!("answer '{}'", json!({"tools": [one("get_thing")]})));
    write(home.path(), "tools.json", pretty(&json!([tool("get.weather", "Get the weather of a city.")])));
    let twice = format!("{command} again");
    let (code, out, err) = check(home.path(), &command, &["--mcp", &twice, "tools.json", "--json", "--only", "N01,X05"]);
    assert_eq!((code, err.as_str()), (3, ""));
    let mut rules: Vec<Value> = findings(&out).iter().map(|one| one["code"].clone()).collect();
    rules.dedup();
    assert_eq!(rules.len(), 2, "one name of two servers, and a bad name in the file: {out}");
    assert_eq!(text(home.path().join("started")).lines().count(), 2);
}

#[test]
fn a_tool_that_the_protocol_does_not_know_is_a_finding() {
    let home = folder();
    let mut strange = one("get_thing");
    strange["x-lint"] = json!(["no-such-rule"]);
    let command = server(home.path(), "hello", &format!("answer '{}'", json!({"tools": [strange, {"name": 7, "inputSchema": "none"}]})));
    let (code, out, err) = check(home.path(), &command, &["--json", "--only", "N14,F02"]);
    assert_eq!((code, err.as_str()), (3, ""), "{out}");
    let codes: Vec<Value> = findings(&out).iter().map(|one| one["code"].clone()).collect();
    assert!(codes.contains(&json!("N14")) && codes.contains(&json!("F02")), "what the client does not know is kept: {out}");
}

#[test]
fn servers_that_fail_are_told_with_exit_code_5() {
    let home = folder();
    let error = r#"printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"no tools here"}}\n' "$id""#;
    let forever = r#"answer '{"tools":[],"nextCursor":"again"}'"#;
    for (on_initialize, on_list, words) in [
        ("sleep 60", ":", "has not answered `initialize` within 1 s"),
        ("hello", "sleep 60", "has not answered `tools/list` within 1 s"),
        ("echo cannot open the shelf >&2; exit 3", ":", "cannot open the shelf"),
        ("hello", "exit 4", "ended before it had answered `tools/list`"),
        ("echo Welcome to the shelf; exit 0", ":", "it wrote `Welcome to the shelf`, which is no message"),
        ("echo Welcome to the shelf", ":", "it wrote `Welcome to the shelf`, which is no message"),
        ("hello", "answer 7", "gave no answer to `tools/list`"),
        ("hello", error, "no tools here"),
        ("hello", forever, "comes again and again"),
        ("answer '[]'", ":", "gave no answer to `initialize`"),
    ] {
        let command = server(home.path(), on_initialize, on_list);
        let start = Instant::now();
        let (code, out, err) = check(home.path(), &command, &["--mcp-timeout", "1"]);
        assert_eq!((code, out.as_str()), (5, ""), "{on_initialize} / {on_list}: {err}");
        assert!(err.contains(words) && !err.contains("panicked"), "{on_initialize} / {on_list}: {err}");
        assert!(start.elapsed() < Duration::from_secs(20), "{on_initialize} / {on_list}");
    }
    let (code, _, err) = check(home.path(), "no-such-program-anywhere", &[]);
    assert!(code == 5 && err.contains("no-such-program-anywhere") && err.contains("not found"), "{err}");
}

#[test]
fn what_a_server_started_ends_with_it() {
    let home = folder();
    // The server is the child of the child, and writes its number down.
    let command = server(home.path(), "sh -c 'echo $$ > number; exec sleep 120'", ":");
    let (code, _, err) = check(home.path(), &format!("{command}; true"), &["--mcp-timeout", "1"]);
    assert_eq!(code, 5, "{err}");
    let number = text(home.path().join("number")).trim().to_owned();
    // Ended processes may be seen until their parent has asked for them.
    let lives = || std::fs::read_to_string(format!("/proc/{number}/stat")).is_ok_and(|stat| !stat.contains(") Z "));
    let patience = Instant::now();
    while lives() && patience.elapsed() < Duration::from_secs(5) {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(!lives(), "process {number} is still there");
}

#[test]
fn what_a_server_says_cannot_be_mended_and_time_is_a_number() {
    let home = folder();
    for arguments in [&["--fix"][..], &["--mcp-timeout", "0"], &["--mcp-timeout", "soon"]] {
        let (code, out, err) = check(home.path(), "true", arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {err}");
    }
}
