//! `--fix` mends what it names and leaves every other byte as it was, whatever the file looks like.

use super::{Settings, check_seen, fix};
use crate::catalog::load::survey_bytes;
use proptest::prelude::*;
use std::path::Path;

/// A way of writing a document.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Style {
    Minified,
    Spaced,
    Indented,
    Block,
    Flow,
}

const STYLES: [Style; 5] = [Style::Minified, Style::Spaced, Style::Indented, Style::Block, Style::Flow];

/// A fault and what stands there when it is mended, or the good text twice.
#[derive(Debug, Clone)]
struct Case {
    style: Style,
    windows: bool,
    /// Foreign type name, or none.
    dict: bool,
    quoted_default: bool,
    no_items: bool,
    /// How often the last name stands in `required`.
    repeats: usize,
    tools: usize,
    words: String,
    indent: usize,
}

fn cases() -> impl Strategy<Value = Case> {
    // Signs that a careless edit would trip over; quotes are written with their escapes.
    let words = "[a-z ]{4,12}(\\\\u00e9| é|: x| #y| - |, |\\{\\}|\\[1\\]|\\\\\\\\|\\\\\"q\\\\\"|🙂){0,3}";
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (prop::sample::select(STYLES.to_vec()), flags, 1..4usize, 1..4usize, words, 1..5usize).prop_map(
        |(style, (windows, dict, quoted_default, no_items), repeats, tools, words, indent)| Case {
            style,
            windows,
            dict,
            quoted_default,
            no_items,
            repeats,
            tools,
            words,
            indent,
        },
    )
}

impl Case {
    /// The document with its faults, or with each as it has to be mended.
    fn text(&self, mended: bool) -> String {
        let tools: Vec<String> = (0..self.tools).map(|number| self.tool(number, mended)).collect();
        let text = match self.style {
            Style::Minified => format!("[{}]", tools.join(",")),
            Style::Spaced | Style::Indented => format!("[\n{}\n]\n", tools.join(",\n")),
            Style::Block | Style::Flow => format!("# the tools\n{}# the end\n", tools.concat()),
        };
        if self.windows { text.replace('\n', "\r\n") } else { text }
    }

    fn kind(&self, mended: bool) -> &'static str {
        if self.dict && !mended { "dict" } else { "object" }
    }

    fn default(&self, mended: bool) -> &'static str {
        if self.quoted_default && !mended { "\"20\"" } else { "20" }
    }

    fn names(&self, mended: bool) -> Vec<&'static str> {
        std::iter::once("count").chain(std::iter::repeat_n("list", if mended { 1 } else { self.repeats })).collect()
    }

    fn tool(&self, number: usize, mended: bool) -> String {
        let (kind, default, words) = (self.kind(mended), self.default(mended), &self.words);
        let items = !self.no_items || mended;
        let names = self.names(mended);
        let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        match self.style {
            Style::Minified => {
                let items = if items { ",\"items\":{}" } else { "" };
                format!(
                    r#"{{"name":"find_{number}","description":"{words}","parameters":{{"type":"{kind}","properties":{{"count":{{"type":"integer","default":{default}}},"list":{{"type":"array"{items},"description":"{words}"}}}},"required":[{}]}}}}"#,
                    quoted.join(",")
                )
            }
            Style::Spaced => {
                let items = if items { ", \"items\": {}" } else { "" };
                format!(
                    r#"  {{"name": "find_{number}",   "description": "{words}", "parameters": {{"type": "{kind}", "properties": {{"count": {{"type": "integer", "default": {default}}}, "list": {{"type": "array"{items}, "description": "{words}"}}}}, "required": [ {} ]}}}}"#,
                    quoted.join(" , ")
                )
            }
            Style::Indented => {
                let pad = " ".repeat(self.indent);
                let items = if items { format!(",\n{pad}{pad}\"items\": {{}}") } else { String::new() };
                format!(
                    "{{\n\"name\": \"find_{number}\", \"description\": \"{words}\",\n\"parameters\": {{\"type\": \"{kind}\",\n{pad}\"properties\": {{\"count\": {{\n{pad}{pad}\"type\": \"integer\",\n{pad}{pad}\"default\": {default}}},\n{pad}\"list\": {{\n{pad}{pad}\"type\": \"array\"{items},\n\t\"description\": \"{words}\"\n}}}}, \"required\": [{}]}}}}",
                    quoted.join(",\n")
                )
            }
            Style::Block => {
                let pad = " ".repeat(self.indent);
                let items = if items { format!("        {pad}items: {{}}\n") } else { String::new() };
                let names: String = names.iter().map(|name| format!("    - {name}\n")).collect();
                format!(
                    "- name: find_{number}  # \"its\" name\n  description: \"{words}\"\n  parameters:\n    type: {kind}\n    properties:\n      count:   # how many\n        type: integer\n        default: {default}\n      list:\n        {pad}type: array\n{items}        {pad}description: \"{words}\"\n    required:\n{names}"
                )
            }
            Style::Flow => {
                let items = if items { ", items: {}" } else { "" };
                format!(
                    "- {{name: find_{number}, description: \"{words}\", parameters: {{type: {kind}, properties: {{count: {{type: integer, default: {default}}}, list: {{type: array{items}, description: \"{words}\"}}}}, required: [{}]}}}}   # one line\n",
                    names.join(",  ")
                )
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn only_what_is_mended_changes(case in cases()) {
        let (faulty, good) = (case.text(false), case.text(true));
        let name = if matches!(case.style, Style::Block | Style::Flow) { "tools.yaml" } else { "tools.json" };
        let mut settings = Settings::default().without_graph();
        for code in ["S01", "S03", "S06", "S12"] {
            settings.only(code).unwrap();
        }
        let checked = check_seen(vec![survey_bytes(Path::new(name), faulty.clone().into_bytes(), true)], &settings);
        prop_assert_eq!(checked.files.len(), 1, "{}: {:?}", &faulty, &checked.findings);
        let mended = fix::mend(&checked);
        let text = mended.first().map_or(faulty.as_str(), |mended| mended.text.as_str());
        prop_assert_eq!(text, good.as_str(), "of {}", &faulty);
        prop_assert_eq!(fix::diff(name, &faulty, text).is_empty(), faulty == good);
    }
}
