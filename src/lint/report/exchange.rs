//! JSON, SARIF 2.1.0, GitHub's workflow commands and JUnit XML.

use crate::lint::finding::{Diagnostic, Severity};
use crate::lint::manual::page;
use crate::lint::rules;
use crate::lint::run::Checked;
use serde_json::{Value, json as value};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// `{"findings": [...]}`, the most important first, as it is made: there may be hundreds of thousands.
pub fn json(checked: &Checked, out: impl std::io::Write) -> std::io::Result<()> {
    use std::io::Write;
    let mut out = std::io::BufWriter::with_capacity(1 << 16, out);
    serde_json::to_writer_pretty(&mut out, &BTreeMap::from([("findings", &checked.findings)]))?;
    out.write_all(b"\n")?;
    out.flush()
}

/// The Static Analysis Results Interchange Format, version 2.1.0.
pub fn sarif(checked: &Checked) -> String {
    let level = |severity: Severity| match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    let mut used: Vec<&str> = checked.findings.iter().map(|one| one.rule).collect();
    used.sort_unstable();
    used.dedup();
    let described: Vec<Value> = rules::all()
        .iter()
        .map(|rule| rule.doc())
        .filter(|doc| used.contains(&doc.name))
        .map(|doc| {
            // The page of the manual itself: what shows the findings has no link to follow.
            let help = value!({"text": format!("{} {}", doc.what, doc.why), "markdown": page(doc)});
            value!({"id": doc.code, "name": doc.name, "shortDescription": {"text": doc.what}, "fullDescription": {"text": doc.why},
                "defaultConfiguration": {"level": level(doc.severity)}, "help": help})
        })
        .collect();
    let results: Vec<Value> = checked
        .findings
        .iter()
        .map(|one| {
            let mut location = value!({"artifactLocation": {"uri": uri(&one.file)}});
            if one.line > 0 {
                location["region"] = value!({"startLine": one.line, "startColumn": one.column.max(1)});
            }
            let place = value!({"physicalLocation": location, "logicalLocations": [{"fullyQualifiedName": one.pointer}]});
            value!({"ruleId": one.code, "level": level(one.severity), "message": {"text": told(one)}, "locations": [place],
                "partialFingerprints": {"walktalk/v1": one.fingerprint()}})
        })
        .collect();
    let driver = value!({"name": "walktalk check", "version": env!("CARGO_PKG_VERSION"), "rules": described});
    let whole = value!({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results, "columnKind": "unicodeCodePoints"}]});
    format!("{}\n", serde_json::to_string_pretty(&whole).unwrap_or_default())
}

/// A path as a relative or absolute reference of RFC 3986.
fn uri(path: &Path) -> String {
    let mut out = if path.is_absolute() { "file://".to_owned() } else { String::new() };
    for byte in path.to_string_lossy().replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte as char),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// Workflow commands that GitHub shows beside the line.
pub fn github(checked: &Checked) -> String {
    let mut out = String::new();
    for one in &checked.findings {
        let command = match one.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let property =
            |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A").replace(':', "%3A").replace(',', "%2C");
        let data = told(one).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
        let file = property(&one.file.display().to_string());
        let title = property(&format!("{} {}", one.code, one.rule));
        let place = if one.line > 0 { format!(",line={},col={}", one.line, one.column.max(1)) } else { String::new() };
        let _ = writeln!(out, "::{command} file={file}{place},title={title}::{data}");
    }
    out
}

/// A test suite a file, a failure a finding; a file without findings is a test that passed.
pub fn junit(checked: &Checked) -> String {
    let mut files: Vec<String> = checked.files.iter().map(|file| file.source.path.display().to_string()).collect();
    files.extend(checked.findings.iter().map(|one| one.file.display().to_string()));
    files.sort();
    files.dedup();
    let mut by_file: BTreeMap<String, Vec<&Diagnostic>> = BTreeMap::new();
    checked.findings.iter().for_each(|one| by_file.entry(one.file.display().to_string()).or_default().push(one));
    let mut suites = String::new();
    for file in &files {
        let own = by_file.remove(file).unwrap_or_default();
        let failed = own.iter().filter(|one| one.severity > Severity::Info).count();
        let _ = writeln!(suites, "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failed}\" errors=\"0\">", xml(file), own.len().max(1));
        if own.is_empty() {
            let _ = writeln!(suites, "    <testcase name=\"no findings\" classname=\"{}\"/>", xml(file));
        }
        for one in own {
            let name = format!("{} {} at {}", one.code, one.rule, if one.pointer.is_empty() { "the file" } else { &one.pointer });
            let _ = write!(suites, "    <testcase name=\"{}\" classname=\"{}\"", xml(&name), xml(file));
            let text = format!("{}:{}:{} {}", one.file.display(), one.line, one.column, told(one));
            let _ = match one.severity {
                Severity::Info => writeln!(suites, "><system-out>{}</system-out></testcase>", xml(&text)),
                severity => writeln!(
                    suites,
                    "><failure type=\"{}\" message=\"{}\">{}</failure></testcase>",
                    severity.name(),
                    xml(&one.message),
                    xml(&text)
                ),
            };
        }
        suites.push_str("  </testsuite>\n");
    }
    let failures = checked.findings.iter().filter(|one| one.severity > Severity::Info).count();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"walktalk check\" failures=\"{failures}\">\n{suites}</testsuites>\n"
    )
}

fn told(one: &Diagnostic) -> String {
    if one.help.is_empty() { one.message.clone() } else { format!("{}; {}", one.message, one.help) }
}

/// Text in XML 1.0, which knows no control characters.
fn xml(text: &str) -> String {
    let plain = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).filter(|c| !matches!(*c as u32, 0xFFFE | 0xFFFF));
    plain.fold(String::new(), |mut out, c| {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
        out
    })
}
