//! Which way of writing calls a text has, whoever wrote it: what a model says is read by its marks and never has to be right.

use super::Syntax;
use crate::formats::read::text_calls::{of_text, python_calls};
use serde::Serialize;

/// What a text of the assistant's shows of its format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Seen {
    /// The syntax of its calls; none when it calls nothing.
    pub syntax: Option<&'static str>,
    /// Of its first code block: the language that it names, `plain` where it names none; none without a code block.
    pub fence: Option<&'static str>,
    /// The call, or one of several, can be read.
    pub whole: bool,
}

/// Marks that belong to one family, the most telling first.
const MARKS: [(&str, &str); 9] = [
    ("<function=", "qwen_coder"),
    ("<invoke name=", "xml_invoke"),
    ("<arg_key>", "glm"),
    ("[TOOL_CALLS]", "mistral"),
    ("<|python_tag|>", "llama"),
    ("<｜tool▁call", "deepseek"),
    ("<|channel|>commentary to=", "harmony"),
    ("<functioncall>", "glaive"),
    ("<tool_call>", "hermes"),
];

/// Languages of code blocks that are told apart.
const LANGUAGES: [&str; 6] = ["json", "python", "tool_call", "xml", "yaml", "output"];

/// Looks at one text of an assistant's.
pub fn recognise(text: &str) -> Seen {
    let fence = text.split_once("```").map(|(_, after)| {
        let word = after.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        LANGUAGES.into_iter().find(|language| *language == word).unwrap_or(if word.is_empty() { "plain" } else { "other" })
    });
    let Some(syntax) = syntax(text, fence) else { return Seen { syntax: None, fence, whole: false } };
    let ours = Syntax::named(syntax).and_then(|ours| ours.read_turn(text.trim_end(), &[]));
    let whole = match Syntax::named(syntax) {
        Some(_) => ours.is_some_and(|(_, calls)| !calls.is_empty()),
        None => syntax == "bare_json" || !text.trim_end().ends_with(['{', ',', ':']),
    };
    Seen { syntax: Some(syntax), fence, whole }
}

fn syntax(text: &str, fence: Option<&str>) -> Option<&'static str> {
    if let Some((_, family)) = MARKS.into_iter().find(|(mark, _)| text.contains(mark)) {
        // GLM without arguments has the tags of Hermes around a bare name.
        let bare = family == "hermes" && text.split_once("<tool_call>").is_some_and(|(_, inner)| names_a_tool(inner));
        return Some(if bare { "glm" } else { family });
    }
    let lines = || text.lines().map(str::trim_start);
    if lines().any(|line| line.starts_with("Action:")) && lines().any(|line| line.starts_with("Action Input:")) {
        return Some("react");
    }
    if fence.is_some() {
        let inner = text.split("```").nth(1).unwrap_or_default();
        let inner = inner.split_once('\n').map_or(inner, |(_, inner)| inner);
        return holds_calls(inner).then_some("json").or_else(|| python_calls(inner.trim()).map(|_| "python_block"));
    }
    let trimmed = text.trim();
    let last = trimmed.rfind("\n[").map_or(trimmed, |at| &trimmed[at + 1..]);
    match () {
        () if trimmed.starts_with(['{', '[']) && holds_calls(trimmed) => Some("bare_json"),
        () if python_calls(last).is_some() => Some("python"),
        () => None,
    }
}

fn names_a_tool(inner: &str) -> bool {
    inner.trim_start().starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// JSON with the keys of a call.
fn holds_calls(text: &str) -> bool {
    text.contains("\"name\"") && (text.contains("\"arguments\"") || text.contains("\"parameters\"")) && of_text(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn families_are_told_by_their_marks() {
        for (text, syntax, fence, whole) in [
            ("<tool_call>\n{\"name\": \"f\", \"arguments\": {}}\n</tool_call>", Some("hermes"), None, true),
            ("<tool_call>\n{\"name\": \"f\", \"argum", Some("hermes"), None, false),
            ("<tool_call>now\n</tool_call>", Some("glm"), None, true),
            ("<tool_call>f\n<arg_key>a</arg_key>\n<arg_value>1</arg_value>\n</tool_call>", Some("glm"), None, true),
            ("<tool_call>\n<function=f>\n</function>\n</tool_call>", Some("qwen_coder"), None, true),
            ("Sure.\n[TOOL_CALLS] [{\"name\": \"f\", \"arguments\": {}}]", Some("mistral"), None, true),
            ("I look.\nAction: f\nAction Input: {\"a\": 1}", Some("react"), None, true),
            ("[f(a=1)]", Some("python"), None, true),
            ("I will.\n[f(a=1), g()]", Some("python"), None, true),
            ("```json\n[{\"name\": \"f\", \"arguments\": {}}]\n```", Some("json"), Some("json"), true),
            ("```\n{\"name\": \"f\", \"arguments\": {}}\n```", Some("json"), Some("plain"), false),
            ("{\"name\": \"f\", \"parameters\": {\"a\": 1}}", Some("bare_json"), None, true),
            ("It costs [see the note (here)].", None, None, false),
            ("Your name and arguments are fine.", None, None, false),
            ("```python\nprint(1)\n```", None, Some("python"), false),
        ] {
            assert_eq!(recognise(text), Seen { syntax, fence, whole }, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_fail(text in "\\PC{0,60}|[`\\[\\](){}<>/=,:a-z\\n\" ]{0,60}|(<tool_call>|Action: |```json\\n|\\[TOOL_CALLS\\]|\\PC){0,8}") {
            let seen = recognise(&text);
            prop_assert!(!seen.whole || seen.syntax.is_some());
        }
    }
}
