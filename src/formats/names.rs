//! Tool names that the consumers of a target can take, and the way back.

use super::conversation::{Conversation, Message, ToolDoc};
use std::collections::HashMap;
use std::sync::Arc;

/// The longest name that OpenAI and Mistral take; the other rules keep to it as well.
const LONGEST: usize = 64;

/// What the consumers of a target take for a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// Anything: names stand in JSON and are read from there.
    Any,
    /// Letters, digits, `_` and `-`, 1 to 64 of them. OpenAI and Mistral refuse all others, and the syntaxes of chat templates end a name at
    /// a space (gpt-oss, GLM), a brace (Gemma), an angle (Qwen3-Coder), a line's end or a quote.
    Simple,
    /// Letters, digits and `_`, 1 to 64 of them: what LLaMA-Factory's `default` tool format finds after `Action:`.
    Word,
    /// Identifiers of Python with dots between them, since BFCL reads what a model answers as Python, and has dots in its own names.
    Python,
}

impl Rule {
    fn has(self, char: char) -> bool {
        match self {
            Rule::Any => true,
            Rule::Simple => char.is_ascii_alphanumeric() || char == '_' || char == '-',
            Rule::Word => char.is_ascii_alphanumeric() || char == '_',
            Rule::Python => char.is_ascii_alphanumeric() || char == '_' || char == '.',
        }
    }

    fn takes(self, name: &str) -> bool {
        match self {
            Rule::Any => true,
            Rule::Python => name.len() <= LONGEST && name.split('.').all(is_identifier),
            _ => (1..=LONGEST).contains(&name.len()) && name.chars().all(|char| self.has(char)),
        }
    }

    /// A name that is as near to this one as the rule lets it be; it may be one that the rule does not take yet.
    fn near(self, name: &str) -> String {
        let mut written: String = name.chars().map(|char| if self.has(char) { char } else { '_' }).collect();
        if !written.contains(|char: char| char.is_ascii_alphanumeric()) {
            return String::new();
        }
        if self == Rule::Python && !self.takes(&written) {
            written = written.replace('.', "_");
            if written.starts_with(|char: char| char.is_ascii_digit()) {
                written.insert(0, '_');
            }
        }
        written
    }
}

fn is_identifier(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|char: char| char.is_ascii_digit())
        && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
        && !super::bfcl::KEYWORDS.contains(&name)
}

/// Names that were changed for one row. A name that the target takes is never changed, and no two tools of a row get one name, so that
/// the map can be turned round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(Vec<(String, String)>);

impl Names {
    /// For the tools that a row offers.
    pub(super) fn of(conversation: &Conversation, rule: Rule) -> Names {
        Names::among(conversation.tools.iter().map(|tool| tool.name.as_str()), rule)
    }

    /// For these names; one may come several times.
    pub(super) fn among<'n>(given: impl Iterator<Item = &'n str> + Clone, rule: Rule) -> Names {
        let mut changed: Vec<(String, String)> = Vec::new();
        for name in given.clone().filter(|name| !rule.takes(name)) {
            if changed.iter().any(|(known, _)| known == name) {
                continue;
            }
            let taken = |written: &str| given.clone().any(|name| name == written) || changed.iter().any(|(_, other)| other == written);
            let mut written = rule.near(name);
            if !rule.takes(&written) || taken(&written) {
                // Told apart by what they were, so that a tool has the same name wherever there is this clash.
                let hash = format!("_{:08x}", xxhash_rust::xxh3::xxh3_64(name.as_bytes()) as u32);
                if written.is_empty() {
                    written.push_str("tool");
                }
                written.truncate(LONGEST - hash.len());
                written.push_str(&hash);
            }
            let mut place = 2;
            while taken(&written) {
                written.truncate(LONGEST - 4);
                written.push_str(&format!("_{place}"));
                place += 1;
            }
            changed.push((name.to_string(), written));
        }
        Names(changed)
    }

    /// What was changed: the name in the row and the tool's own.
    pub fn changed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(given, written)| (written.as_str(), given.as_str()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// From pairs of the name in the row and the tool's own.
    pub fn from_changed(pairs: impl IntoIterator<Item = (String, String)>) -> Names {
        Names(pairs.into_iter().map(|(written, given)| (given, written)).collect())
    }

    /// Gives the tools of a row the names that the target takes.
    pub(super) fn apply(&self, conversation: &mut Conversation) {
        self.apply_to(&mut conversation.messages);
        for tool in &mut conversation.tools {
            if let Some((_, written)) = self.0.iter().find(|(given, _)| *given == tool.name) {
                *tool = Arc::new(ToolDoc { name: written.clone(), ..ToolDoc::clone(tool) });
            }
        }
    }

    /// The same for the calls of some messages.
    pub(super) fn apply_to(&self, messages: &mut [Message]) {
        rename_calls(messages, &self.0.iter().map(|(given, written)| (given.as_str(), written.as_str())).collect());
    }

    /// The name that the target takes.
    pub(super) fn written<'n>(&'n self, name: &'n str) -> &'n str {
        self.0.iter().find(|(given, _)| given == name).map_or(name, |(_, written)| written)
    }

    /// Gives the tools of a row that was read their own names again.
    pub fn restore(&self, conversation: &mut Conversation) {
        let own: HashMap<&str, &str> = self.changed().collect();
        for tool in &mut conversation.tools {
            if let Some(name) = own.get(tool.name.as_str()) {
                *tool = Arc::new(ToolDoc { name: name.to_string(), ..ToolDoc::clone(tool) });
            }
        }
        rename_calls(&mut conversation.messages, &own);
    }
}

fn rename_calls(messages: &mut [Message], names: &HashMap<&str, &str>) {
    for message in messages {
        let Message::Assistant { calls, .. } = message else { continue };
        for call in calls {
            if let Some(name) = names.get(call.name.as_str()) {
                call.name = name.to_string();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(given: &[&str], rule: Rule) -> Names {
        Names::among(given.iter().copied(), rule)
    }

    #[test]
    fn what_is_not_taken_becomes_a_line_and_a_clash_is_told_apart() {
        let simple = names(&["math.sum", "find pet by", "get-user", "plain"], Rule::Simple);
        let written = ["math.sum", "find pet by", "get-user", "plain"].map(|name| simple.written(name));
        assert_eq!(written, ["math_sum", "find_pet_by", "get-user", "plain"]);
        let clash = names(&["a.b", "a_b", "a b"], Rule::Simple);
        assert_eq!(clash.written("a_b"), "a_b", "a name that can be taken is left alone");
        assert!(clash.written("a.b").starts_with("a_b_") && clash.written("a.b") != clash.written("a b"));
        assert_eq!(names(&["a b", "x"], Rule::Any), Names::default());
    }

    #[test]
    fn letters_of_other_scripts_and_long_names_are_told_by_a_hash() {
        let given = ["查询天气", "查询", "café"];
        let simple = names(&given, Rule::Simple);
        assert!(simple.written("查询天气").starts_with("tool_") && simple.written("查询天气") != simple.written("查询"));
        assert_eq!(simple.written("café"), "caf_");
        let long = ["x".repeat(65), format!("{}y", "x".repeat(64)), "x".repeat(64)];
        let simple = names(&long.each_ref().map(String::as_str), Rule::Simple);
        assert_eq!(simple.written(&long[2]), long[2], "64 are taken");
        assert_eq!(simple.written(&long[0]).len(), 64);
        assert_ne!(simple.written(&long[0]), simple.written(&long[1]));
    }

    #[test]
    fn each_rule_takes_what_its_consumers_read() {
        let word = names(&["get-user", "math.sum"], Rule::Word);
        assert_eq!((word.written("get-user"), word.written("math.sum")), ("get_user", "math_sum"));
        let given = ["math.sum", "get-user", "3d.render", "a..b"];
        let python = names(&given, Rule::Python);
        assert_eq!(given.map(|name| python.written(name)), ["math.sum", "get_user", "_3d_render", "a__b"]);
        assert!(names(&["import"], Rule::Python).written("import").starts_with("import_"), "a keyword of Python is no name");
    }

    fn rule() -> impl Strategy<Value = Rule> {
        prop_oneof![Just(Rule::Any), Just(Rule::Simple), Just(Rule::Word), Just(Rule::Python)]
    }

    proptest! {
        #[test]
        fn names_are_taken_told_apart_and_found_again(names in proptest::collection::btree_set(".{0,70}|[ab._ -]{1,3}|if|0.a", 1..8), rule in rule()) {
            let tool = |name: &String| Arc::new(ToolDoc::new(name.clone(), String::new(), None));
            let given = Conversation { tools: names.iter().map(tool).collect(), ..Conversation::default() };
            let map = Names::of(&given, rule);
            let mut renamed = given.clone();
            map.apply(&mut renamed);
            let written: std::collections::BTreeSet<&str> = renamed.tools.iter().map(|tool| tool.name.as_str()).collect();
            prop_assert_eq!(written.len(), names.len());
            prop_assert!(written.iter().all(|name| rule.takes(name)), "{:?}", written);
            prop_assert_eq!(Names::of(&renamed, rule), Names::default());
            let pairs = map.changed().map(|(written, own)| (written.to_string(), own.to_string()));
            Names::from_changed(pairs).restore(&mut renamed);
            prop_assert_eq!(renamed, given);
        }
    }
}
