//! Which tools stand beside the gold ones in a row? Near ones that no reader can take for them.

use crate::catalog::{Catalog, Tool, ToolClass};
use crate::graph::{RelationKind, ToolGraph, ToolIx};
use crate::seed::Rng;
use crate::value::english::{singular, words_of_identifier};
use petgraph::visit::EdgeRef;
use rand::RngExt;
use rand::seq::SliceRandom;
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::collections::BTreeSet;

/// How many distractors a row has, when nothing else is asked for.
const DISTRACTORS: std::ops::RangeInclusive<usize> = 3..=7;

pub(super) struct Offers {
    near: Vec<Vec<ToolIx>>,
    by_domain: Vec<Vec<ToolIx>>,
    domain: Vec<usize>,
    /// What a tool does to what: tools that share it are confusable.
    sense: Vec<Sense>,
    /// How many distractors a row has.
    distractors: std::ops::RangeInclusive<usize>,
}

/// How a distractor is to the tools that are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Of the same topic.
    Near,
    /// Of another one.
    Far,
    /// It looks like one of them.
    Confusable,
}

struct Sense {
    name: String,
    description: String,
    verb: String,
    object: String,
    /// Words of name and object, in the singular.
    name_words: Vec<String>,
    asks: String,
    /// Every word of the object.
    objects: BTreeSet<String>,
    /// Names of the parameters that it cannot do without.
    required: BTreeSet<String>,
    /// It does something, where others only look.
    acts: bool,
}

impl Sense {
    fn of(tool: &Tool) -> Sense {
        let object = tool.phrase.object.to_lowercase();
        let words = tool.name.split(|c: char| !c.is_alphanumeric()).chain(object.split(' '));
        let mut name_words: Vec<String> =
            words.map(|word| word.trim_end_matches('s').to_lowercase()).filter(|word| word.len() > 2).collect();
        let required = tool.schema.get("required").and_then(Value::as_array).into_iter().flatten();
        name_words.sort_unstable();
        name_words.dedup();
        Sense {
            name_words,
            asks: tool.phrase.ask.join(" ").to_lowercase(),
            objects: words_of_identifier(&object).iter().filter(|word| word.len() > 2).map(|word| singular(word)).collect(),
            required: required.filter_map(Value::as_str).map(str::to_owned).collect(),
            acts: matches!(tool.phrase.class, ToolClass::Do | ToolClass::Undo | ToolClass::Message | ToolClass::Control),
            name: tool.name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase(),
            description: tool.description.trim().to_lowercase(),
            verb: tool.phrase.verb.to_lowercase(),
            object: object.rsplit(' ').next().unwrap_or_default().trim_end_matches('s').to_string(),
        }
    }

    /// A request for one could be heard as one for the other.
    fn alike(&self, other: &Sense) -> bool {
        let has = |one: &Sense, object: &String| !object.is_empty() && one.name_words.contains(object);
        // "Where can I order food" asks for restaurants, and speaks of the order.
        let asked = |one: &Sense, object: &str| {
            object.len() > 2 && one.asks.split(|c: char| !c.is_alphanumeric()).any(|word| word.trim_end_matches('s') == object)
        };
        has(self, &other.object)
            || asked(self, &other.object)
            || asked(other, &self.object)
            || has(other, &self.object)
            || self.name_words.iter().filter(|word| has(other, word)).count() > 1
    }

    /// Nobody could say why the one was called and not the other: what can be asked of one can be asked of the other, and each takes what
    /// the other needs.
    fn equivalent(&self, other: &Sense) -> bool {
        let told = !self.description.is_empty() && self.description == other.description;
        let verbs = self.verb == other.verb || same_verbs(&self.verb, &other.verb) || near_verbs(&self.verb, &other.verb);
        // "Cancel my flight booking" asks for no hotel booking: the whole phrase counts, not its head alone.
        let object = !self.objects.is_empty() && self.objects == other.objects;
        self.required == other.required && (told || (self.acts == other.acts && object && verbs))
    }

    fn confusable(&self, other: &Sense) -> bool {
        self.name == other.name
            || (!self.description.is_empty() && self.description == other.description)
            || (self.object == other.object && (self.verb == other.verb || same_verbs(&self.verb, &other.verb)))
    }
}

/// Verbs that people use for the same request.
fn same_verbs(a: &str, b: &str) -> bool {
    const GROUPS: [&[&str]; 6] = [
        &["get", "find", "look", "check", "show", "search", "list", "see", "view", "read", "give", "tell", "query", "retrieve", "fetch"],
        &["cancel", "delete", "remove", "clear", "drop"],
        &["create", "add", "make", "new", "set", "schedule", "register"],
        &["update", "change", "modify", "edit", "set"],
        &["send", "post", "share", "message"],
        &["calculate", "compute", "work", "estimate", "convert", "determine"],
    ];
    GROUPS.iter().any(|group| group.contains(&a) && group.contains(&b))
}

/// Verbs that are not always, but often, used for the same request.
fn near_verbs(a: &str, b: &str) -> bool {
    #[rustfmt::skip]
    const GROUPS: [&[&str]; 16] = [
        &["get", "find", "look", "check", "show", "search", "list", "see", "view", "read", "give", "tell", "query", "fetch", "know", "hear", "pull", "browse", "identify", "track"],
        &["cancel", "delete", "remove", "discard", "undo", "scrap", "call", "take", "rid", "drop", "clear"],
        &["create", "add", "make", "set", "schedule", "register", "put", "open", "start", "plan", "arrange", "generate"],
        &["update", "change", "modify", "edit", "set", "move", "switch", "adjust", "reschedule"],
        &["send", "post", "share", "message", "email", "write", "text", "drop", "forward"],
        &["calculate", "compute", "work", "estimate", "convert", "determine", "figure", "tell", "know", "see", "find"],
        &["book", "reserve", "get", "order", "buy", "schedule", "make", "arrange"],
        &["rent", "hire", "book", "get"],
        &["track", "follow", "see"],
        &["start", "begin", "launch", "run"],
        &["stop", "end", "finish", "halt"],
        &["verify", "validate", "check", "confirm"],
        &["analyze", "analyse", "examine", "look", "review", "go", "inspect"],
        &["pick", "choose", "select"],
        &["buy", "order", "purchase", "get", "pay"],
        &["pay", "transfer", "send", "settle", "move"],
    ];
    GROUPS.iter().any(|group| group.contains(&a) && group.contains(&b))
}

impl Offers {
    pub fn new(catalog: &Catalog, graph: &ToolGraph) -> Offers {
        let mut names: FxHashMap<&str, usize> = FxHashMap::default();
        let mut by_domain: Vec<Vec<ToolIx>> = Vec::new();
        let mut domain = Vec::with_capacity(catalog.tools.len());
        for (ix, tool) in catalog.tools.iter().enumerate() {
            let group = *names.entry(&tool.domain).or_insert_with(|| {
                by_domain.push(Vec::new());
                by_domain.len() - 1
            });
            by_domain[group].push(ix);
            domain.push(group);
        }
        let near = graph
            .graph
            .node_indices()
            .map(|node| {
                let mut all: Vec<ToolIx> = graph
                    .graph
                    .edges(node)
                    .filter(|edge| edge.weight().kind == RelationKind::Near)
                    .map(|edge| edge.target().index())
                    .collect();
                all.sort_unstable();
                all.dedup();
                all
            })
            .collect();
        Offers { near, by_domain, domain, sense: catalog.tools.iter().map(Sense::of).collect(), distractors: DISTRACTORS }
    }

    /// Asks for so many distractors in the mean; half of them at least and as many again at most.
    pub fn ask_for(&mut self, mean: f64) {
        let least = (mean / 2.0).floor().max(0.0) as usize;
        self.distractors = least..=((2.0 * mean).round() as usize).saturating_sub(least).max(least);
    }

    /// Gold tools and distractors in a drawn order; `about`: what the others have to do with where there is no gold tool. No distractor does the same as a gold tool or as one that is missing on purpose.
    pub fn around(&self, gold: &[ToolIx], about: Option<ToolIx>, missing: &[ToolIx], rng: &mut Rng) -> Vec<ToolIx> {
        let mut offered: Vec<ToolIx> = Vec::new();
        for tool in gold {
            if !offered.contains(tool) {
                offered.push(*tool);
            }
        }
        let wanted = offered.len() + rng.random_range(self.distractors.clone());
        let centre: &[ToolIx] = if gold.is_empty() { about.as_slice() } else { gold };
        let mut near: Vec<ToolIx> = centre.iter().flat_map(|tool| self.near.get(*tool).into_iter().flatten().copied()).collect();
        let mut domain: Vec<ToolIx> = centre.iter().filter_map(|tool| self.by_domain.get(self.domain[*tool])).flatten().copied().collect();
        near.shuffle(rng);
        domain.shuffle(rng);
        // Half of the distractors at most are near ones, a quarter from the same catalog, the rest from anywhere.
        let room = wanted - offered.len();
        self.take(&mut offered, near, room.div_ceil(2), missing);
        self.take(&mut offered, domain, room.div_ceil(4), missing);
        let anywhere: Vec<ToolIx> = (0..room * 4).map(|_| rng.random_range(0..self.sense.len().max(1))).collect();
        let left = wanted.saturating_sub(offered.len());
        self.take(&mut offered, anywhere, left, missing);
        offered.shuffle(rng);
        offered
    }

    /// Tools of one kind beside those that are offered.
    pub fn more(&self, offered: &[ToolIx], gold: &[ToolIx], missing: &[ToolIx], kind: Kind, most: usize, rng: &mut Rng) -> Vec<ToolIx> {
        let mut candidates: Vec<ToolIx> = match kind {
            Kind::Near => gold.iter().flat_map(|tool| self.near.get(*tool).into_iter().flatten().copied()).collect(),
            Kind::Far => {
                let near = |tool: &ToolIx| gold.iter().any(|own| self.domain[*own] == self.domain[*tool] || self.near[*own].contains(tool));
                (0..most * 8)
                    .map(|_| rng.random_range(0..self.sense.len().max(1)))
                    .filter(|tool| *tool < self.sense.len() && !near(tool))
                    .collect()
            }
            Kind::Confusable => (0..self.sense.len()).filter(|tool| gold.iter().any(|own| self.like(*own, *tool))).collect(),
        };
        candidates.shuffle(rng);
        let mut all = offered.to_vec();
        self.take(&mut all, candidates, most, missing);
        all.split_off(offered.len())
    }

    /// One looks like the other, by verb or object or by what it needs, and yet does something else.
    fn like(&self, own: ToolIx, other: ToolIx) -> bool {
        let (own, other) = (&self.sense[own], &self.sense[other]);
        let verb = own.verb == other.verb || same_verbs(&own.verb, &other.verb);
        let object = !own.object.is_empty() && own.object == other.object;
        object || (verb && own.alike(other)) || (verb && !own.required.is_empty() && own.required == other.required)
    }

    fn take(&self, offered: &mut Vec<ToolIx>, candidates: Vec<ToolIx>, most: usize, missing: &[ToolIx]) {
        let enough = offered.len() + most;
        for tool in candidates {
            if offered.len() >= enough {
                break;
            }
            let clashes = |other: &ToolIx| *other == tool || self.clash(*other, tool);
            // What is refused must not look as if another tool could do it in its place.
            let could = |other: &ToolIx| self.sense[*other].alike(&self.sense[tool]);
            if !offered.iter().any(clashes) && !missing.iter().any(|other| clashes(other) || could(other)) {
                offered.push(tool);
            }
        }
    }

    /// A request for one could be heard as one for the other.
    fn could_be(&self, a: ToolIx, b: ToolIx) -> bool {
        self.sense[a].confusable(&self.sense[b]) || self.sense[a].alike(&self.sense[b])
    }

    /// They must not stand beside one another.
    fn clash(&self, a: ToolIx, b: ToolIx) -> bool {
        self.sense[a].confusable(&self.sense[b]) || self.sense[a].equivalent(&self.sense[b])
    }

    /// Whether one of these tools would do as well as another of them.
    pub fn has_twins(&self, tools: &[ToolIx]) -> bool {
        let twins = |a: ToolIx, b: ToolIx| a != b && self.sense[a].equivalent(&self.sense[b]);
        tools.iter().enumerate().any(|(at, a)| tools[at + 1..].iter().any(|b| twins(*a, *b)))
    }

    /// Tools that have to do with one and that no reader can take for it, in a fixed order.
    pub fn beside(&self, tool: ToolIx) -> Vec<ToolIx> {
        let domain = self.by_domain.get(self.domain[tool]).into_iter().flatten();
        let mut all: Vec<ToolIx> = Vec::new();
        for other in self.near[tool].iter().chain(domain) {
            if *other != tool && !all.contains(other) && !self.clash(*other, tool) {
                all.push(*other);
            }
        }
        all
    }

    /// A tool that does something like another one, to another kind of thing; no gold tool can stand in for it.
    pub fn near_miss(&self, tool: ToolIx, gold: &[ToolIx], rng: &mut Rng) -> Option<ToolIx> {
        let mut all = self.beside(tool);
        all.shuffle(rng);
        let own = &self.sense[tool];
        all.into_iter().find(|other| {
            let sense = &self.sense[*other];
            !gold.iter().any(|gold| gold == other || self.sense[*gold].alike(sense))
                && !sense.object.is_empty()
                && (sense.verb == own.verb || same_verbs(&sense.verb, &own.verb))
        })
    }

    /// A tool to ask for that will not be offered and that no gold tool can stand in for.
    pub fn missing(&self, gold: &[ToolIx], rng: &mut Rng) -> Option<ToolIx> {
        let count = self.sense.len();
        (0..32)
            .map(|_| rng.random_range(0..count.max(1)))
            .find(|tool| *tool < count && !gold.iter().any(|other| other == tool || self.could_be(*other, *tool)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::GraphOptions;
    use rand::SeedableRng;

    fn sense(name: &str, description: &str, required: &[&str]) -> Sense {
        let properties: serde_json::Map<String, Value> =
            required.iter().map(|name| (name.to_string(), serde_json::json!({"type": "string"}))).collect();
        let raw = crate::catalog::RawTool {
            name: name.into(),
            description: description.into(),
            parameters: serde_json::json!({"type": "object", "properties": properties, "required": required}),
            ..Default::default()
        };
        Sense::of(&crate::catalog::build::build(raw).unwrap())
    }

    #[test]
    fn tools_do_the_same_when_a_request_and_its_values_fit_both() {
        let hotels = sense("find_hotels", "Find hotels in a city.", &["city"]);
        assert!(hotels.equivalent(&sense("search_hotels", "Search hotels in a city.", &["city"])));
        assert!(hotels.equivalent(&sense("lodging", "Find hotels in a city.", &["city"])));
        assert!(!hotels.equivalent(&sense("search_hotels", "Search hotels in a city.", &["city", "stars"])));
        assert!(!hotels.equivalent(&sense("cancel_hotels", "Cancel hotels in a city.", &["city"])));
        let cancel = |kind: &str| sense(&format!("cancel_{kind}_booking"), &format!("Cancel a {kind} booking."), &["booking_id"]);
        assert!(!cancel("flight").equivalent(&cancel("hotel")), "a booking of another kind");
    }

    #[test]
    fn no_offer_has_two_tools_that_do_the_same() {
        let catalog = Catalog::open(&[]).unwrap();
        let twin = |tool: &Tool| Tool { name: format!("{}_again", tool.name), ..tool.clone() };
        let tools: Vec<Tool> = catalog.tools.iter().take(30).flat_map(|tool| [tool.clone(), twin(tool)]).collect();
        let catalog = Catalog { tools, ..Catalog::default() };
        let offers = Offers::new(&catalog, &ToolGraph::build(&catalog, &GraphOptions::default()));
        let mut rng = Rng::seed_from_u64(1);
        for tool in (0..60).step_by(2) {
            assert!(offers.has_twins(&[tool, tool + 1]) && !offers.has_twins(&[tool]));
            let offered = offers.around(&[tool], None, &[], &mut rng);
            assert!(offered.len() > 3 && !offers.has_twins(&offered), "{offered:?}");
        }
    }
}
