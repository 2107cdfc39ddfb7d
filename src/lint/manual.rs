//! The manual, made from what the rules say of themselves: a page a rule, and a list of all.

use super::report::severity_of;
use super::rule::{Doc, Group};
use super::rules;
use serde_json::{Value, json};
use std::fmt::Write;

/// A rule as data.
pub fn data(doc: &Doc) -> Value {
    let targets: Vec<&str> = doc.targets.iter().map(|target| target.name()).collect();
    json!({"code": doc.code, "name": doc.name, "group": doc.group.name(), "severity": doc.severity, "targets": targets, "graph": doc.graph,
        "what": doc.what, "why": doc.why, "fix": doc.fix, "bad": doc.bad, "good": doc.good})
}

/// Every page: its name under `docs/rules/`, and its text.
pub fn pages() -> Vec<(String, String)> {
    let mut out = vec![("README.md".to_owned(), index())];
    out.extend(rules::all().iter().map(|rule| (format!("{}.md", rule.doc().name), page(rule.doc()))));
    out
}

fn index() -> String {
    let mut out = String::from(
        "# The rules of `walktalk check`\n\nMade by `cargo run --example lint_manual`; a test sees to it that this is current.\n\n\
         Turn a rule off or change its level with `--rule NAME=LEVEL`, in `walktalk-check.yaml` (`rules: {NAME: off}`), or beside the tool \
         (`x-lint: [NAME]`); `x-lint` may also stand in the schema of one parameter, or at the head of the file.\n",
    );
    for group in Group::ALL {
        let _ = write!(out, "\n## {}\n\n| code | rule | severity | what it finds |\n|---|---|---|---|\n", group.title());
        for doc in rules::all().iter().map(|rule| rule.doc()).filter(|doc| doc.group == group) {
            let _ = writeln!(
                out,
                "| {} | [{}]({}.md) | {} | {} |",
                doc.code,
                doc.name,
                doc.name,
                severity_of(doc),
                doc.what.replace('|', "\\|")
            );
        }
    }
    out
}

/// The page of one rule.
pub fn page(doc: &Doc) -> String {
    let mut out = format!("# {} {}\n\n", doc.code, doc.name);
    let graph = if doc.graph { " · needs the tool graph" } else { "" };
    let _ = writeln!(out, "Group: {} · severity: {}{graph}\n", doc.group.name(), severity_of(doc));
    if !doc.targets.is_empty() {
        let names: Vec<&str> = doc.targets.iter().map(|target| target.name()).collect();
        let _ = writeln!(out, "Concerns: {}\n", names.join(", "));
    }
    if !doc.refused_by.is_empty() {
        let names: Vec<&str> = doc.refused_by.iter().map(|target| target.name()).collect();
        let _ = writeln!(out, "Refused by: {}\n", names.join(", "));
    }
    let _ = write!(out, "## What it finds\n\n{}\n\n## Why it is bad\n\n{}\n\n", doc.what, doc.why);
    let _ = write!(out, "## Example\n\n{}\n## Better\n\n{}", code(doc.bad), code(doc.good));
    if let Some(fix) = doc.fix {
        let _ = write!(out, "\n## `--fix`\n\n`--fix` {fix}.\n");
    }
    out
}

/// A block of code; invisible characters are shown as what they are, and long examples are cut.
fn code(text: &str) -> String {
    let mut out = String::from("````yaml\n");
    let lines: Vec<&str> = text.lines().collect();
    for line in lines.iter().take(30) {
        let shown: String = line
            .chars()
            .map(|c| if c.is_ascii() || c.is_alphanumeric() { c.to_string() } else { format!("\\u{:04X}", c as u32) })
            .take(400)
            .collect();
        out.push_str(&shown);
        if line.chars().count() > 400 {
            out.push('…');
        }
        out.push('\n');
    }
    if lines.len() > 30 {
        let _ = writeln!(out, "# … and {} more lines", lines.len() - 30);
    }
    out.push_str("````\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn the_manual_is_current() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
        let pages = pages();
        for (name, text) in &pages {
            let there = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
            assert!(there == *text, "docs/rules/{name} is not current: run `cargo run --example lint_manual`");
        }
        let known: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        for entry in std::fs::read_dir(&folder).unwrap() {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            assert!(known.contains(&name.as_str()), "docs/rules/{name} belongs to no rule");
        }
    }
}
