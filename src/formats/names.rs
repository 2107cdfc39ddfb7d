//! Tool names that a target can take, and the way back.

use super::conversation::{Conversation, Message, ToolDoc};
use std::sync::Arc;

/// Names that were changed for one row. A name that the target takes is never changed, and no two tools of a row get one name, so that
/// the map can be turned round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(Vec<(String, String)>);

/// The longest name that OpenAI and Mistral take.
const LONGEST: usize = 64;

impl Names {
    /// No name is changed.
    pub(super) const NONE: &'static Names = &Names(Vec::new());

    /// Names of letters, digits, `_` and `-`, at most 64 of them: what OpenAI and Mistral take.
    pub(super) fn simple(conversation: &Conversation) -> Names {
        let given: Vec<&str> = conversation.tools.iter().map(|tool| tool.name.as_str()).collect();
        if given.iter().all(|name| is_simple(name)) {
            return Names::default();
        }
        let mut changed: Vec<(String, String)> = Vec::new();
        for name in given.iter().filter(|name| !is_simple(name)) {
            let mut written: String = name.chars().map(|char| if is_plain(char) { char } else { '_' }).collect();
            let taken = |written: &str| given.contains(&written) || changed.iter().any(|(_, other)| other == written);
            if written.is_empty() || written.len() > LONGEST || taken(&written) {
                // Told apart by what they were, so that a tool has the same name wherever there is this clash.
                let hash = format!("_{:08x}", xxhash_rust::xxh3::xxh3_64(name.as_bytes()) as u32);
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

    /// As the target has it.
    pub(super) fn written<'n>(&'n self, name: &'n str) -> &'n str {
        self.0.iter().find(|(given, _)| given == name).map_or(name, |(_, written)| written)
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

    /// Gives the tools of a row that was read their own names again.
    pub fn restore(&self, conversation: &mut Conversation) {
        let own = |name: &str| self.0.iter().find(|(_, written)| written == name).map(|(given, _)| given.clone());
        for tool in &mut conversation.tools {
            if let Some(name) = own(&tool.name) {
                *tool = Arc::new(ToolDoc { name, ..ToolDoc::clone(tool) });
            }
        }
        for message in &mut conversation.messages {
            if let Message::Assistant { calls, .. } = message {
                for call in calls {
                    if let Some(name) = own(&call.name) {
                        call.name = name;
                    }
                }
            }
        }
    }
}

fn is_plain(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '_' || char == '-'
}

fn is_simple(name: &str) -> bool {
    (1..=LONGEST).contains(&name.len()) && name.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(names: &[&str]) -> Conversation {
        let tool = |name: &&str| Arc::new(ToolDoc::new(name.to_string(), String::new(), None));
        Conversation { tools: names.iter().map(tool).collect(), ..Conversation::default() }
    }

    #[test]
    fn a_dot_becomes_a_line_and_a_clash_is_told_apart() {
        let names = Names::simple(&row(&["math.sum", "plain"]));
        assert_eq!((names.written("math.sum"), names.written("plain")), ("math_sum", "plain"));
        let clash = Names::simple(&row(&["a.b", "a_b", "a b"]));
        assert_eq!(clash.written("a_b"), "a_b", "a name that can be taken is left alone");
        assert!(clash.written("a.b").starts_with("a_b_") && clash.written("a.b") != clash.written("a b"));
    }

    proptest! {
        #[test]
        fn names_are_taken_told_apart_and_found_again(names in proptest::collection::btree_set(".{0,70}|[ab._]{1,3}", 1..8)) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let given = row(&names);
            let map = Names::simple(&given);
            let written: std::collections::BTreeSet<&str> = names.iter().map(|name| map.written(name)).collect();
            prop_assert_eq!(written.len(), names.len());
            prop_assert!(written.iter().all(|name| is_simple(name)), "{:?}", written);
            let mut back = given.clone();
            for tool in &mut back.tools {
                *tool = Arc::new(ToolDoc { name: map.written(&tool.name).to_string(), ..ToolDoc::clone(tool) });
            }
            let pairs = map.changed().map(|(written, own)| (written.to_string(), own.to_string()));
            Names::from_changed(pairs).restore(&mut back);
            prop_assert_eq!(back, given);
        }
    }
}
