//! The system message of a row in the target `mixed`: the row's own words, the tools, and how they are called.

use super::{Label, Listing, Order, Syntax};
use crate::formats::conversation::ToolDoc;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    intros: Vec<String>,
    /// By the name of the syntax.
    calls: BTreeMap<String, Vec<String>>,
}

static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    // Compiled in and read by a test.
    serde_yaml::from_str(include_str!("../../../assets/formats.yaml")).unwrap_or(Texts { intros: Vec::new(), calls: BTreeMap::new() })
});

/// How many system messages there are: wordings times the two places of the row's own words.
pub(super) const STYLES: u8 = 8;
const WORDINGS: u8 = 4;

/// A system message with the tools in it. A row without tools has its own words only.
pub(in crate::formats) fn say(words: &str, tools: &[Arc<ToolDoc>], label: Label) -> String {
    if tools.is_empty() {
        return words.to_string();
    }
    let mut tools = tools.to_vec();
    match label.order {
        Order::Given => {}
        Order::ByName => tools.sort_by(|a, b| a.name.cmp(&b.name)),
        Order::Reversed => tools.reverse(),
    }
    let wording = usize::from(label.system % WORDINGS);
    let intro = &TEXTS.intros[wording % TEXTS.intros.len()];
    let manners = &TEXTS.calls[label.syntax.name()];
    let block = format!("{intro}\n{}\n\n{}", label.tools.write(&tools), manners[wording % manners.len()]);
    match (words.is_empty(), label.system / WORDINGS) {
        (true, _) => block,
        (false, 0) => format!("{words}\n\n{block}"),
        (false, _) => format!("{block}\n\n{words}"),
    }
}

/// What such a message says.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::formats) struct Heard {
    pub words: String,
    pub tools: Vec<Arc<ToolDoc>>,
    pub syntax: Syntax,
    pub listing: Listing,
    /// The wording and the place of the row's own words, as in [`Label`]; the place is 0 where there are none.
    pub system: u8,
}

/// Reads a message that [`say`] made; none for any other.
pub(in crate::formats) fn hear(text: &str) -> Option<Heard> {
    let found = TEXTS.intros.iter().enumerate().find_map(|(at, intro)| text.find(&format!("{intro}\n")).map(|start| (at, start, intro)));
    let (wording, start, intro) = found?;
    let before = text[..start].strip_suffix("\n\n").unwrap_or(&text[..start]);
    let rest = &text[start + intro.len() + 1..];
    for syntax in Syntax::ALL {
        for manners in &TEXTS.calls[syntax.name()] {
            let Some((listed, after)) = rest.split_once(&format!("\n\n{manners}")) else { continue };
            let after = after.strip_prefix("\n\n").unwrap_or(after);
            let (listing, tools) = Listing::read(listed)?;
            let (words, place) = if before.is_empty() { (after, u8::from(!after.is_empty())) } else { (before, 0) };
            return Some(Heard { words: words.to_string(), tools, syntax, listing, system: wording as u8 + WORDINGS * place });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_are_there_and_no_two_are_alike() {
        assert_eq!(TEXTS.intros.len(), usize::from(WORDINGS));
        assert_eq!(STYLES, 2 * WORDINGS);
        let mut all: Vec<&String> = TEXTS.calls.values().flatten().chain(&TEXTS.intros).collect();
        assert!(Syntax::ALL.iter().all(|syntax| TEXTS.calls[syntax.name()].len() == 2));
        for (at, text) in all.iter().enumerate() {
            assert!(all.iter().skip(at + 1).all(|other| !other.contains(text.as_str()) && !text.contains(other.as_str())), "{text}");
        }
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 16);
    }

    #[test]
    fn every_system_message_is_understood() {
        let tools = ["b", "a", "c"].map(|name| Arc::new(ToolDoc::new(name.into(), "Does it.".into(), None)));
        for syntax in Syntax::ALL {
            for listing in Listing::ALL {
                for system in 0..STYLES {
                    let label = Label { syntax, tools: listing, order: Order::ByName, system };
                    let heard = hear(&say("Today is Friday.\n\nBe kind.", &tools, label)).unwrap();
                    assert_eq!(
                        (heard.words.as_str(), heard.syntax, heard.listing, heard.system),
                        ("Today is Friday.\n\nBe kind.", syntax, listing, system)
                    );
                    assert_eq!(heard.tools.iter().map(|tool| tool.name.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
                    assert_eq!(hear(&say("", &tools, label)).unwrap().words, "");
                }
            }
        }
        assert_eq!(hear("Today is Friday."), None);
    }
}
