//! Descriptions that name where a value comes from: "the code can be taken from Search Airport".
//!
//! A mention is an identifier of a tool, or the words after a cue ("obtained from", "returned by", "from the … API"). A tool is
//! meant as far as its name and the mention are the same words, rare words counting more.

use super::ToolIx;
use super::index::{Bag, Index, Term, ToolFeatures, dice};
use super::words::{content_words, words};
use crate::catalog::{Catalog, Leaf, Tool};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Words that bring a source when followed by "from", "by", "via", ...
const CUES: &[&str] = &[
    "obtained",
    "retrieved",
    "returned",
    "extracted",
    "taken",
    "got",
    "gotten",
    "found",
    "fetched",
    "received",
    "provided",
    "come",
    "comes",
    "produced",
    "generated",
    "available",
    "acquired",
    "given",
    "get",
    "obtain",
    "retrieve",
    "find",
    "take",
    "taking",
    "call",
    "calling",
    "see",
    "output",
    "result",
    "response",
    "field",
];
const LINKS: &[&str] = &["from", "by", "via", "through", "using", "with", "in", "of"];
/// Words that end the name of a tool.
const ENDS: &[&str] =
    &["api", "apis", "endpoint", "endpoints", "tool", "function", "method", "operation", "call", "request", "action", "service"];
/// How many words after a cue are looked at.
const WINDOW: usize = 8;
/// Below this share of common words a tool is not meant.
const LEAST: f32 = 0.5;
/// When one tool is named, others whose names are only like it are not meant.
const CLEAR: f32 = 0.9;

/// For each parameter of an index, the tools that its description names, with strengths in (0, 1].
pub(super) struct Evidence {
    named: Vec<Vec<(ToolIx, f32)>>,
}

impl Evidence {
    pub(super) fn new(catalog: &Catalog, index: &Index) -> Evidence {
        let finder = Finder::new(catalog, index);
        let named = index
            .parameters
            .par_iter()
            .map(|place| {
                let tool = &catalog.tools[place.tool];
                finder.named(place.tool, &source_text(tool, &tool.parameters[place.leaf]))
            })
            .collect();
        Evidence { named }
    }

    /// Strength with which the description of a parameter (index into [`Index::parameters`]) names a tool.
    pub(super) fn strength(&self, parameter: usize, tool: ToolIx) -> f32 {
        let named = &self.named[parameter];
        named.binary_search_by_key(&tool, |(ix, _)| *ix).map_or(0.0, |at| named[at].1)
    }

    /// The tools that the description of a parameter names, in order.
    pub(super) fn named(&self, parameter: usize) -> &[(ToolIx, f32)] {
        &self.named[parameter]
    }
}

/// The description of a parameter, and the sentences of the tool's description that speak of it by name.
fn source_text(tool: &Tool, leaf: &Leaf) -> String {
    let mut out = leaf.description.clone();
    if leaf.name.len() > 3 && tool.description.contains(&leaf.name) {
        for sentence in tool.description.split_inclusive(['.', ';', '\n']).filter(|sentence| sentence.contains(&leaf.name)) {
            out.push_str(". ");
            out.push_str(sentence);
        }
    }
    out
}

struct Finder<'a> {
    tools: &'a [ToolFeatures],
    terms: &'a indexmap::IndexMap<String, Term>,
    by_identifier: FxHashMap<&'a str, Vec<ToolIx>>,
    by_term: FxHashMap<Term, Vec<ToolIx>>,
}

impl<'a> Finder<'a> {
    fn new(catalog: &'a Catalog, index: &'a Index) -> Self {
        let mut by_identifier: FxHashMap<&str, Vec<ToolIx>> = FxHashMap::default();
        let mut by_term: FxHashMap<Term, Vec<ToolIx>> = FxHashMap::default();
        for (ix, tool) in catalog.tools.iter().enumerate() {
            if words(&tool.name).len() > 1 {
                by_identifier.entry(&tool.name).or_default().push(ix);
            }
            for (term, _) in &index.tools[ix].name {
                by_term.entry(*term).or_default().push(ix);
            }
        }
        Finder { tools: &index.tools, terms: &index.terms, by_identifier, by_term }
    }

    fn named(&self, consumer: ToolIx, text: &str) -> Vec<(ToolIx, f32)> {
        let mut best: FxHashMap<ToolIx, f32> = FxHashMap::default();
        let mut note = |tool: ToolIx, strength: f32| {
            if tool != consumer && strength >= LEAST {
                let known = best.entry(tool).or_insert(0.0);
                *known = known.max(strength);
            }
        };
        for word in text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))) {
            for &tool in self.by_identifier.get(word.trim_matches(['.', '-'])).into_iter().flatten() {
                note(tool, 1.0);
            }
        }
        for mention in mentions(text) {
            self.match_names(&mention, &mut note);
        }
        let clearest = best.values().copied().fold(0.0, f32::max);
        let mut out: Vec<_> = best.into_iter().filter(|(_, strength)| *strength >= CLEAR * clearest).collect();
        out.sort_unstable_by_key(|(tool, _)| *tool);
        out
    }

    /// A mention, or every beginning of one whose end is not marked, against every tool that shares a word with it.
    fn match_names(&self, mention: &Mention, note: &mut impl FnMut(ToolIx, f32)) {
        let terms: Vec<Term> = mention.words.iter().filter_map(|word| self.terms.get(word).copied()).collect();
        let shortest = if mention.ended { terms.len() } else { 1 };
        let mut tools: Vec<ToolIx> = terms.iter().filter_map(|term| self.by_term.get(term)).flatten().copied().collect();
        tools.sort_unstable();
        tools.dedup();
        for tool in tools {
            let name = &self.tools[tool].name;
            let strength = (shortest..=terms.len()).map(|n| dice(&weighed(&terms[..n], name), name)).fold(0.0, f32::max);
            note(tool, strength);
        }
    }
}

/// The terms of a mention with the weights they have in a name; words that the name lacks weigh as its mean word does.
fn weighed(terms: &[Term], name: &Bag) -> Bag {
    let mean = name.iter().map(|(_, w)| w).sum::<f32>() / name.len().max(1) as f32;
    let mut bag: Bag =
        terms.iter().map(|term| (*term, name.binary_search_by_key(term, |(t, _)| *t).map_or(mean, |at| name[at].1))).collect();
    bag.sort_unstable_by_key(|(term, _)| *term);
    bag.dedup_by_key(|(term, _)| *term);
    bag
}

/// What may be the name of a tool.
struct Mention {
    words: Vec<String>,
    /// A word like "API" marked its end.
    ended: bool,
}

/// The words after a cue and a link, up to "API", "tool" or the end of the clause.
fn mentions(text: &str) -> Vec<Mention> {
    let mut out = Vec::new();
    for clause in text.split(['.', ';', '\n', '(', ')', ':', '!', '?']) {
        let raw: Vec<String> = clause
            .split(|c: char| c.is_whitespace() || c == ',' || c == '"' || c == '`')
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect();
        let lower: Vec<String> = raw.iter().map(|word| word.to_lowercase()).collect();
        for (i, word) in lower.iter().enumerate() {
            if !LINKS.contains(&word.as_str()) {
                continue;
            }
            let after = &raw[i + 1..raw.len().min(i + 1 + WINDOW)];
            let end = after.iter().position(|word| ENDS.contains(&word.to_lowercase().as_str()));
            let cued = lower[i.saturating_sub(4)..i].iter().any(|word| CUES.contains(&word.as_str()));
            if !cued && end.is_none() {
                continue;
            }
            let words = content_words(&after[..end.unwrap_or(after.len())].join(" ").replace("'s", ""));
            if !words.is_empty() {
                out.push(Mention { words, ended: end.is_some() });
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Relevance;
    use super::super::testing::{hashed, text, tool};
    use super::*;
    use crate::catalog::ToolClass;
    use crate::value::SemType;

    fn named(description: &str, tools: &[&str]) -> Vec<(usize, f32)> {
        let mut all: Vec<_> = tools.iter().map(|name| tool(name, "", ToolClass::Find, vec![], vec![])).collect();
        all.push(tool("consumer", "", ToolClass::Do, vec![text("/code", SemType::Id, description)], vec![]));
        let catalog = Catalog { tools: all, ..Catalog::default() };
        let index = Index::new(&catalog, &hashed, Relevance::Typed);
        Evidence::new(&catalog, &index).named(0).to_vec()
    }

    fn best(description: &str, tools: &[&str]) -> Option<usize> {
        named(description, tools).into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(ix, _)| ix)
    }

    #[test]
    fn a_name_in_prose_is_found() {
        let tools = ["SkySearchAirport", "SkyFlightSearch", "list_currencies"];
        assert_eq!(best("The code can be extracted from the Search Airport API in the Flights collection.", &tools), Some(0));
        assert_eq!(best("Obtained through List Currencies.", &tools), Some(2));
    }

    #[test]
    fn the_longer_name_wins_when_it_is_said() {
        let tools = ["Guide_Search_Restaurant_Location", "Guide_Search_Restaurants"];
        assert_eq!(best("Location ID obtained from Guide's Search Restaurant Location API.", &tools), Some(0));
        assert_eq!(best("restaurantsId obtained from Guide's Search Restaurants API.", &tools), Some(1));
    }

    #[test]
    fn an_identifier_is_proof() {
        assert_eq!(named("The hotel (search_hotels gives it).", &["search_hotels", "search_flights"]), [(0, 1.0)]);
    }

    #[test]
    fn prose_without_a_source_names_nobody() {
        assert!(named("Name of the location where the airport is situated.", &["search_airport", "get_location"]).is_empty());
        assert!(named("Can be obtained through other endpoints.", &["search_airport"]).is_empty());
    }
}
