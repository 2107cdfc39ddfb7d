//! Which of several ways of writing calls a row has: a factor of its own, that knows nothing of tools, plans or difficulty.
//!
//! A model that sees one format in training converges on it (arXiv 2504.07912); a mix helps only where the format does not go with the
//! content. So the labels are dealt like cards: each stretch of as many rows as the weights sum up to gets every format as often as it
//! weighs, in an order drawn anew for each stretch and axis.

mod independence;
mod recognise;
mod syntax;
mod system;
#[cfg(test)]
mod text_tests;
mod tools;

pub use independence::{Association, Independence, chi_square_95, effective};
pub use recognise::{Seen, recognise};
pub use syntax::Syntax;
pub(super) use system::{hear, say};
pub use tools::Listing;

use crate::dialogue::Dialogue;
use crate::error::{Error, Result};
use crate::score::complexity::{self, octave};
use crate::seed::{Stage, stream};
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a row is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Label {
    pub syntax: Syntax,
    /// How the tools are listed.
    pub tools: Listing,
    /// In which order they are listed.
    pub order: Order,
    /// The wording of the system message, from 0, and whether the row's own words come after the tools.
    pub system: u8,
}

/// The order of the tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// As they are offered.
    Given,
    ByName,
    Reversed,
}

impl Order {
    const ALL: [Order; 3] = [Order::Given, Order::ByName, Order::Reversed];
}

/// What is asked for: syntaxes with whole-number weights; the other axes are dealt evenly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mix {
    /// Each syntax as often as it weighs.
    cards: Vec<Syntax>,
    seed: u64,
}

/// The largest sum of weights: a stretch of rows in which the mix holds exactly.
const LARGEST: u32 = 1000;

impl Mix {
    /// Every syntax alike.
    pub fn even(seed: u64) -> Mix {
        Mix { cards: Syntax::ALL.to_vec(), seed }
    }

    /// From `hermes=2,json,react=1`: names with weights, 1 where none is given.
    pub fn parse(text: &str, seed: u64) -> Result<Mix> {
        let mut cards = Vec::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, weight) = part.split_once('=').map_or((part, "1"), |(name, weight)| (name.trim(), weight.trim()));
            let Some(syntax) = Syntax::named(name) else {
                let known: Vec<&str> = Syntax::ALL.into_iter().map(Syntax::name).collect();
                return Err(wrong(format!("there is no format `{name}`"), format!("use some of {}", known.join(", "))));
            };
            if cards.contains(&syntax) {
                return Err(wrong(format!("the format `{name}` is given twice"), "give each once".into()));
            }
            let weight: u32 = weight.parse().map_err(|_| {
                wrong(
                    format!("the weight `{weight}` of the format `{name}` is not a whole number"),
                    "write for instance hermes=2,json=1".into(),
                )
            })?;
            cards.extend(std::iter::repeat_n(syntax, weight.min(LARGEST + 1) as usize));
        }
        match cards.len() {
            0 => Err(wrong("the mix of formats is empty".into(), "name at least one with a weight above 0".into())),
            count if count > LARGEST as usize => {
                Err(wrong(format!("the weights of the formats sum up to more than {LARGEST}"), "divide them".into()))
            }
            _ => Ok(Mix { cards, seed }),
        }
    }

    /// The syntaxes with their shares.
    pub fn shares(&self) -> Vec<(Syntax, f64)> {
        let share = |syntax: Syntax| self.cards.iter().filter(|card| **card == syntax).count() as f64 / self.cards.len() as f64;
        Syntax::ALL.into_iter().map(|syntax| (syntax, share(syntax))).filter(|(_, share)| *share > 0.0).collect()
    }

    /// The label of row `index`.
    pub fn label(&self, index: u64) -> Label {
        Label {
            syntax: dealt(self.seed, index, 0, &self.cards),
            tools: dealt(self.seed, index, 1, &Listing::ALL),
            order: dealt(self.seed, index, 2, &Order::ALL),
            system: dealt(self.seed, index, 3, &(0..system::STYLES).collect::<Vec<u8>>()),
        }
    }

    /// The label of a dialogue: its syntax is that of its scenario, where that has one.
    pub fn of(&self, dialogue: &Dialogue) -> Label {
        let dealt = self.label(dialogue.index);
        let asked = dialogue.scenario.get("format").and_then(|name| Syntax::named(name));
        Label { syntax: asked.unwrap_or(dealt.syntax), ..dealt }
    }

    /// The label of a row that has no index: that of the number its id hashes to.
    pub fn of_id(&self, id: &str) -> Label {
        self.label(xxhash_rust::xxh3::xxh3_64(id.as_bytes()) >> 16)
    }
}

/// What came of a mix: in the manifest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Shares that were asked for, and rows that were written, by syntax.
    pub asked: BTreeMap<String, f64>,
    pub rows: BTreeMap<String, u64>,
    /// Exp of the entropy of the rows, and as a share of that of the mix that was asked for.
    pub effective: f64,
    pub effective_share: f64,
    /// Of the syntax with plan, domain, tool and complexity.
    pub association: BTreeMap<String, Association>,
}

impl Mix {
    pub fn entry(&self, written: &Independence) -> Entry {
        let asked: BTreeMap<String, f64> = self.shares().into_iter().map(|(syntax, share)| (syntax.name().into(), share)).collect();
        let effective_rows = effective(written.formats.values().map(|count| *count as f64));
        Entry {
            effective: effective_rows,
            effective_share: effective_rows / effective(asked.values().copied()).max(1.0),
            rows: written.formats.clone(),
            association: written.association(),
            asked,
        }
    }
}

/// Counts a dialogue that was written with this label.
pub fn count(into: &mut Independence, label: Label, dialogue: &Dialogue) {
    let hardness = octave(complexity::of(dialogue).millibits);
    let tool = dialogue.calls().next().map_or("none", |call| call.tool.as_str());
    let domain = dialogue.domains.first().map_or("none", String::as_str);
    let levels = [("plan", dialogue.plan.as_str()), ("tool", tool), ("domain", domain), ("complexity", hardness.as_str())];
    into.push(label.syntax.name(), levels);
}

/// The card of place `index` on one axis. O(cards).
fn dealt<T: Copy>(seed: u64, index: u64, axis: u32, cards: &[T]) -> T {
    let size = cards.len() as u64;
    let mut order: Vec<T> = cards.to_vec();
    order.shuffle(&mut stream(seed, index / size, Stage::Formats, axis));
    order[(index % size) as usize]
}

fn wrong(message: String, cure: String) -> Error {
    Error::Unsatisfiable { message, cure }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mix_is_read_from_names_and_weights() {
        let mix = Mix::parse("hermes=2, json", 0).unwrap();
        assert_eq!(mix.shares(), [(Syntax::Hermes, 2.0 / 3.0), (Syntax::Json, 1.0 / 3.0)]);
        for (bad, words) in [
            ("papyrus", "no format `papyrus`"),
            ("json=x", "whole number"),
            ("json,json=2", "twice"),
            ("", "empty"),
            ("json=0", "empty"),
            ("json=5000", "divide"),
        ] {
            let message = Mix::parse(bad, 0).unwrap_err().to_string();
            assert!(message.contains(words), "{bad}: {message}");
        }
    }

    #[test]
    fn every_stretch_has_the_mix_and_no_axis_goes_with_another_or_with_the_index() {
        let mix = Mix::parse("hermes=2,json,react,glm=2", 7).unwrap();
        for stretch in 0..50 {
            let labels: Vec<Label> = (stretch * 6..stretch * 6 + 6).map(|index| mix.label(index)).collect();
            assert_eq!(labels.iter().filter(|label| label.syntax == Syntax::Hermes).count(), 2);
            assert_eq!(labels.iter().filter(|label| label.syntax == Syntax::Json).count(), 1);
        }
        let mut table: BTreeMap<(Syntax, String), u64> = BTreeMap::new();
        for index in 0..6_000 {
            let label = mix.label(index);
            for other in
                [format!("{:?}", label.tools), format!("{:?}", label.order), format!("s{}", label.system), format!("i{}", index % 12)]
            {
                *table.entry((label.syntax, other)).or_default() += 1;
            }
        }
        for kind in ["Json", "Given", "s0", "i0", "i5"] {
            let of = |syntax| table.get(&(syntax, kind.to_string())).copied().unwrap_or(0) as f64;
            let ratio = of(Syntax::Hermes) / of(Syntax::Json);
            assert!((ratio / 2.0 - 1.0).abs() < 0.25, "{kind}: {ratio}");
        }
    }

    #[test]
    fn the_scenario_decides_where_it_has_a_format() {
        let path = format!("{}/fixtures/dialogues/parallel.json", env!("CARGO_MANIFEST_DIR"));
        let mut dialogue: Dialogue = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mix = Mix::even(3);
        for syntax in Syntax::ALL {
            dialogue.scenario.insert("format".into(), syntax.name().into());
            assert_eq!(mix.of(&dialogue).syntax, syntax);
        }
    }
}
