//! Every rule speaks on its own bad example and is silent on its good one.

use super::rule::Doc;
use super::view::ToolView;
use super::{Checked, Settings, check_seen, pins, rules};
use crate::catalog::Seen;
use crate::catalog::load::survey_bytes;
use std::path::Path;

/// A fixture: one file, or several behind lines like `=== name`.
fn seen(text: &str) -> Vec<Seen> {
    if !text.starts_with("=== ") {
        return vec![survey_bytes(Path::new("example.yaml"), text.as_bytes().to_vec(), true)];
    }
    let files = text.split("=== ").filter(|part| !part.is_empty()).map(|part| part.split_once('\n').unwrap());
    files.map(|(name, text)| survey_bytes(Path::new(name), text.as_bytes().to_vec(), true)).collect()
}

/// The findings of one rule alone.
fn findings(doc: &Doc, text: &str) -> Checked {
    let mut settings = Settings::default();
    settings.only(doc.name).unwrap();
    if doc.name == "changed-since" {
        // What was pinned is the good example.
        let Some(Seen::Catalog(file)) = seen(doc.good).pop() else { panic!("the good example is no catalog") };
        for tool in 0..file.tools.len() {
            let view = ToolView::new(0, tool, &file, true);
            settings.pins.insert(view.name.to_owned(), pins::hash(&view));
        }
    }
    let mut files = seen(text);
    // What it is compared with stands in a file of its own.
    let old = files.iter().position(|one| matches!(one, Seen::Catalog(file) if file.source.path == Path::new("old.yaml")));
    if let Some(Seen::Catalog(old)) = old.map(|index| files.remove(index)) {
        settings.against = Some(std::sync::Arc::new(crate::catalog::load::merged(&[*old])));
    }
    check_seen(files, &settings)
}

#[test]
fn every_rule_speaks_on_its_bad_example_and_is_silent_on_its_good_one() {
    let mut wrong = Vec::new();
    for doc in rules::all().iter().map(|rule| rule.doc()) {
        let bad = findings(doc, doc.bad);
        if !bad.findings.iter().any(|one| one.rule == doc.name) {
            wrong.push(format!("{} {} is silent on its bad example: {:?}", doc.code, doc.name, bad.findings));
        }
        let good = findings(doc, doc.good);
        if !good.findings.is_empty() || good.files.is_empty() {
            wrong.push(format!("{} {} speaks on its good example: {:?}", doc.code, doc.name, good.findings));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_every_rule_says_of_its_bad_example() {
    for doc in rules::all().iter().map(|rule| rule.doc()) {
        let checked = findings(doc, doc.bad);
        let told: Vec<String> = checked
            .findings
            .iter()
            .map(|one| {
                format!(
                    "{}:{}:{} {} {}\n  {}\n  help: {}",
                    one.file.display(),
                    one.line,
                    one.column,
                    one.severity.name(),
                    one.pointer,
                    one.message,
                    one.help
                )
            })
            .collect();
        insta::with_settings!({snapshot_path => "snapshots", prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!(doc.name, told.join("\n"));
        });
    }
}

#[test]
fn names_and_codes_are_unique_and_documents_complete() {
    let docs: Vec<&Doc> = rules::all().iter().map(|rule| rule.doc()).collect();
    assert!(docs.len() >= 70, "{}", docs.len());
    for (index, doc) in docs.iter().enumerate() {
        assert!(docs[..index].iter().all(|other| other.name != doc.name && other.code != doc.code), "{}", doc.name);
        assert!(doc.what.ends_with('.') && doc.why.ends_with('.'), "{}", doc.name);
        assert!(!doc.name.is_empty() && doc.code.len() == 3, "{}", doc.name);
    }
}

/// Only rules that say so are asked about every schema and every text.
#[test]
fn rules_that_look_at_schemas_and_texts_say_so() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lint/rules");
    for doc in rules::all().iter().map(|rule| rule.doc()) {
        let name = doc.name.replace('-', "_").to_lowercase();
        let source = std::fs::read_to_string(folder.join(doc.group.name()).join(format!("{name}.rs"))).unwrap();
        assert_eq!(doc.nodes, source.contains("\n    fn node(&self"), "{name}");
        assert_eq!(doc.texts, source.contains("\n    fn text(&self"), "{name}");
    }
}
