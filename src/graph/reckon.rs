//! What can be reckoned from a result: how many people a list has, what its amounts come to, a measure in another unit, an amount of money in
//! another currency. Pairs of tools that no edge joins, since the value itself does not flow.

use super::errand::DEEPEST;
use super::walk::Walker;
use super::{Link, Motif, Relation, RelationKind, ToolIx, Walk, Witness};
use crate::catalog::{Catalog, Leaf, Tool, ToolClass};
use crate::seed::Rng;
use crate::value::english::{singular, words_of_identifier};
use crate::value::{SemType, reckon};
use rand::RngExt;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::VecDeque;

/// By what rule a parameter follows from a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reckoning {
    /// The parameter is the number of items of the list.
    Count,
    /// The parameter is the sum of the field over the list.
    Sum,
    /// The parameter is the field in another unit.
    Convert,
    /// The parameter is an amount at the rate that the field gives.
    Exchange,
}

/// Tries for one walk.
const TRIES: usize = 24;

/// Lists of people who do things together, by the last word of the list's name.
const PEOPLE: [&str; 16] = [
    "member",
    "contact",
    "attendee",
    "guest",
    "participant",
    "person",
    "friend",
    "colleague",
    "employee",
    "passenger",
    "player",
    "student",
    "invitee",
    "teammate",
    "traveler",
    "birthday",
];

/// Lists of amounts that add up to something: what was paid or is due, not what one may choose from.
const DUE: [&str; 14] = [
    "payment",
    "charge",
    "expense",
    "order",
    "bill",
    "invoice",
    "transaction",
    "fee",
    "fine",
    "purchase",
    "debt",
    "cost",
    "receipt",
    "withdrawal",
];

/// Words of parameters that bound something.
const LIMITS: [&str; 8] = ["min", "max", "minimum", "maximum", "limit", "budget", "cap", "threshold"];

/// A field from which something can be reckoned, or a parameter that can be.
#[derive(Debug, Clone)]
struct End {
    tool: ToolIx,
    rule: Reckoning,
    /// Pattern of the field, or of the list that is counted; pointer of the parameter.
    pointer: String,
    unit: Option<String>,
    /// The last word of its noun.
    noun: String,
}

/// The ends of all tools.
pub(super) struct Reckons {
    gives: Vec<End>,
    takes: Vec<End>,
}

impl Reckons {
    pub(super) fn new(catalog: &Catalog) -> Reckons {
        let all =
            |ends: fn(ToolIx, &Tool) -> Vec<End>| catalog.tools.iter().enumerate().flat_map(move |(ix, tool)| ends(ix, tool)).collect();
        Reckons { gives: all(gives), takes: all(takes) }
    }

    /// Whether the tool is one of a pair.
    pub(super) fn takes_part(&self, tool: ToolIx) -> bool {
        let given = self.gives.iter().filter(|end| end.tool == tool).any(|give| self.takes.iter().any(|take| joins(give, take)));
        given || self.takes.iter().filter(|end| end.tool == tool).any(|take| self.gives.iter().any(|give| joins(give, take)))
    }

    /// A pair with the tool at one of its ends.
    fn pair(&self, tool: ToolIx, rng: &mut Rng) -> Option<(&End, &End)> {
        let mut all: Vec<(&End, &End)> = Vec::new();
        for give in &self.gives {
            let own = give.tool == tool;
            all.extend(self.takes.iter().filter(|take| (own || take.tool == tool) && joins(give, take)).map(|take| (give, take)));
        }
        // Each rule has its share, however many pairs it has.
        let mut rules: Vec<Reckoning> = all.iter().map(|(give, _)| give.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        let rule = *rules.get(rng.random_range(0..rules.len().max(1)))?;
        all.retain(|(give, _)| give.rule == rule);
        Some(all[rng.random_range(0..all.len())])
    }
}

fn joins(give: &End, take: &End) -> bool {
    let currency = || match (&give.unit, &take.unit) {
        (Some(one), Some(other)) => reckon::same_currency(one, other),
        _ => true,
    };
    give.rule == take.rule
        && give.tool != take.tool
        && match give.rule {
            Reckoning::Count => true,
            Reckoning::Sum => currency(),
            Reckoning::Exchange => give.unit.is_some() && take.unit.is_some() && currency(),
            Reckoning::Convert => match (&give.unit, &take.unit) {
                (Some(one), Some(other)) if give.noun == take.noun => reckon::converted(&json!(1), one, other, false).is_some(),
                _ => false,
            },
        }
}

fn gives(ix: ToolIx, tool: &Tool) -> Vec<End> {
    if !matches!(tool.phrase.class, ToolClass::Find | ToolClass::Lookup | ToolClass::Compute) {
        return Vec::new();
    }
    let fields = &tool.returns.fields;
    let end = |rule, pointer: &str, unit: Option<String>| {
        let noun = fields.iter().find(|leaf| leaf.pointer == pointer).map(head).unwrap_or_default();
        End { tool: ix, rule, pointer: pointer.to_string(), unit, noun }
    };
    let mut out = Vec::new();
    let mut lists: Vec<&str> = fields.iter().filter_map(|leaf| top_list(&leaf.pointer)).collect();
    lists.dedup();
    for list in lists.iter().filter(|_| lists.len() == 1) {
        let inside = || fields.iter().filter(|leaf| top_list(&leaf.pointer) == Some(list) && leaf.pointer.matches('*').count() == 1);
        let is_of = |words: &[&str]| {
            let name = words_of_identifier(list.trim_end_matches("/*").rsplit('/').next().unwrap_or_default());
            name.last().is_some_and(|last| words.contains(&singular(last).as_str()))
        };
        if is_of(&PEOPLE) && inside().any(|leaf| leaf.sem == SemType::Person) {
            out.push(end(Reckoning::Count, list, None));
        }
        let amounts: Vec<&Leaf> = inside().filter(|leaf| leaf.sem == SemType::Money && leaf.required).collect();
        let elsewhere = fields.iter().any(|leaf| leaf.sem == SemType::Money && top_list(&leaf.pointer).is_none());
        if let [amount] = amounts[..]
            && is_of(&DUE)
            && !elsewhere
        {
            out.push(end(Reckoning::Sum, &amount.pointer, amount.phrase.unit.clone()));
        }
    }
    let plain = |leaf: &&Leaf| !leaf.pointer.contains('*') && leaf.required && !leaf.phrase.silent;
    // The distance of a driver who comes is none that somebody covers.
    let own = |leaf: &&Leaf| leaf.sem == SemType::Quantity && leaf.pointer.matches('/').count() == 1;
    for leaf in fields.iter().filter(plain).filter(own) {
        out.extend(unit_of(leaf).map(|unit| end(Reckoning::Convert, &leaf.pointer, Some(unit))));
    }
    let currencies = tool.parameters.iter().filter(|leaf| leaf.sem == SemType::Currency && leaf.required).count();
    let is_rate = |leaf: &&Leaf| leaf.sem == SemType::Money && words_of_identifier(&leaf.name).iter().any(|word| word == "rate");
    if let Some(rate) = fields.iter().filter(plain).find(is_rate).filter(|_| currencies == 1) {
        out.push(end(Reckoning::Exchange, &rate.pointer, rate.phrase.unit.clone()));
    }
    out
}

fn takes(ix: ToolIx, tool: &Tool) -> Vec<End> {
    let acts = matches!(tool.phrase.class, ToolClass::Do | ToolClass::Message | ToolClass::Control);
    let mut out = Vec::new();
    for leaf in &tool.parameters {
        let limit = words_of_identifier(&leaf.name).iter().any(|word| LIMITS.contains(&word.as_str()));
        if leaf.pointer.contains('*') || leaf.phrase.silent || leaf.schema.get("enum").is_some() || limit {
            continue;
        }
        let mut end = |rule, unit| out.push(End { tool: ix, rule, pointer: leaf.pointer.clone(), unit, noun: head(leaf) });
        match leaf.sem {
            SemType::CountPeople if leaf.schema.get("maximum").and_then(Value::as_f64).is_none_or(|most| most >= 3.0) => {
                end(Reckoning::Count, None);
            }
            SemType::Money if acts && leaf.required => {
                end(Reckoning::Sum, leaf.phrase.unit.clone());
                end(Reckoning::Exchange, leaf.phrase.unit.clone());
            }
            SemType::Quantity => {
                if let Some(unit) = unit_of(leaf) {
                    end(Reckoning::Convert, Some(unit));
                }
            }
            _ => {}
        }
    }
    out
}

/// What is measured: the last word of the noun.
fn head(leaf: &Leaf) -> String {
    leaf.phrase.noun.rsplit(' ').next().unwrap_or_default().to_lowercase()
}

fn unit_of(leaf: &Leaf) -> Option<String> {
    leaf.phrase.unit.clone().or_else(|| leaf.phrase.counted.clone()).filter(|unit| reckon::counterpart(unit).is_some())
}

/// `/members/*` of `/members/*/name`, for a list that is no part of another.
fn top_list(pointer: &str) -> Option<&str> {
    pointer.find("/*").map(|at| &pointer[..at + 2])
}

impl Walker {
    /// Two seeks, with the anchor at the end of one of them.
    pub(super) fn reckoned(&self, anchor: ToolIx, rng: &mut Rng) -> Option<Walk> {
        (0..TRIES).find_map(|_| {
            let (give, take) = self.reckons().pair(anchor, rng)?;
            let segment = |target: ToolIx, rng: &mut Rng| {
                let mut tools = VecDeque::from([target]);
                self.back_up(&mut tools, DEEPEST, rng);
                self.find_others(&mut tools, rng);
                Vec::from(tools)
            };
            let segments = vec![segment(give.tool, rng), segment(take.tool, rng)];
            if segments[0].iter().any(|tool| segments[1].contains(tool)) || !self.seeks().askable(segments[0][0]) {
                return None;
            }
            let from = segments[0].len() - 1;
            let mut walk = self.joined_segments(Motif::Reckon, segments)?;
            let target = walk.steps.last_mut()?;
            let witness = Witness::Reckoned { rule: give.rule, field: give.pointer.clone(), parameter: take.pointer.clone() };
            target.links.insert(0, Link { from, relation: Relation { kind: RelationKind::Feeds, weight: 1.0, witness } });
            Some(walk)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{GraphOptions, ToolGraph};
    use crate::seed::{Stage, stream};
    use std::collections::BTreeMap;

    #[test]
    fn every_rule_has_walks_whose_last_step_takes_what_the_first_seek_gives() {
        let catalog = Catalog::open(&[]).unwrap();
        let walker = Walker::new(&ToolGraph::build(&catalog, &GraphOptions::default()), &catalog);
        let mut seen: BTreeMap<Reckoning, usize> = BTreeMap::new();
        for tool in walker.starts(Motif::Reckon, 2..=2).iter() {
            for occurrence in 0..8 {
                let Some(walk) = walker.reckoned(*tool, &mut stream(1, occurrence, Stage::Walk, 0)) else { continue };
                let last = walk.steps.last().unwrap();
                let Witness::Reckoned { rule, field, parameter } = &last.links[0].relation.witness else { panic!("{last:?}") };
                let from = walk.segments[0] - 1;
                assert_eq!((walk.segments.len(), last.links[0].from), (2, from));
                let giver = &catalog.tools[walk.steps[from].tool];
                assert!(giver.returns.fields.iter().any(|leaf| leaf.pointer.starts_with(field.as_str())), "{field}");
                assert!(catalog.tools[last.tool].parameters.iter().any(|leaf| leaf.pointer == *parameter));
                *seen.entry(*rule).or_default() += 1;
            }
        }
        assert!(seen.len() == 4 && seen.values().all(|count| *count >= 8), "{seen:?}");
    }

    #[test]
    fn what_one_may_choose_from_is_not_added_up() {
        let catalog = Catalog::open(&[]).unwrap();
        let given = |name: &str| {
            let tool = catalog.tools.iter().find(|tool| tool.name == name).unwrap();
            gives(0, tool).into_iter().map(|end| end.rule).collect::<Vec<_>>()
        };
        assert_eq!(given("list_account_payments"), [Reckoning::Sum]);
        assert_eq!(given("list_group_members"), [Reckoning::Count]);
        assert_eq!(given("search_hotels"), [], "nobody books all hotels");
        assert_eq!(given("search_flights"), []);
    }
}
