//! One candidate: the grammar walked at random, with the places filled by the turn.

use super::flags;
use super::frame::Frame;
use super::grammar::{Alt, Choice, Hole, Many, Node};
use super::kind::KINDS;
use super::lexicon::Sym;
use super::service::{Deed, Thing};
use super::{Engine, Weights};
use crate::seed::Rng;
use rand::RngExt;

/// A candidate that is being written.
pub(super) struct Writer<'w> {
    pub engine: &'w Engine,
    pub frame: &'w Frame<'w>,
    pub weights: &'w Weights,
    pub profile: usize,
    pub rng: &'w mut Rng,
    pub out: Vec<Sym>,
    /// The choices that were made, for the fitting of weights.
    pub trace: Vec<u32>,
    pub pending: u32,
    pub asks: u32,
    focus: Option<usize>,
    /// How the tool and the thing are called in this candidate.
    deed: Option<&'w Deed>,
    thing: Option<&'w Thing>,
    order: Vec<usize>,
    depth: u32,
}

fn one_of<'t, T>(all: &'t [T], rng: &mut Rng) -> Option<&'t T> {
    if all.len() < 2 { all.first() } else { all.get(rng.random_range(0..all.len())) }
}

const DEEPEST: u32 = 24;

/// Where a kind likes to stand among several things; the smaller the sooner.
fn rank(kind: &str) -> f32 {
    match kind {
        "name" => 0.0,
        "by" | "with" => 0.6,
        "adj" | "rating" | "is" => 0.8,
        "count" => 0.9,
        "origin" => 1.2,
        "dest" => 1.4,
        "city" | "place" => 1.6,
        "people" | "length" => 2.0,
        "date" | "datestart" | "timestart" => 2.2,
        "time" => 2.4,
        "dateend" | "timeend" => 2.7,
        _ => 1.9,
    }
}

impl<'w> Writer<'w> {
    pub(super) fn new(engine: &'w Engine, frame: &'w Frame<'w>, weights: &'w Weights, profile: usize, rng: &'w mut Rng) -> Self {
        let mut ranked: Vec<(f32, usize)> =
            frame.items.iter().enumerate().map(|(at, item)| (rank(KINDS[item.kind as usize]) + rng.random::<f32>() * 1.6, at)).collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
        let order = ranked.into_iter().map(|(_, at)| at).collect();
        let deed = frame.tool.and_then(|tool| one_of(&tool.deeds, rng));
        let found = frame.tool.map(|tool| tool.things.as_slice()).filter(|things| !things.is_empty());
        let thing = found.or(frame.service.map(|service| service.things.as_slice())).and_then(|things| one_of(things, rng));
        Writer {
            engine,
            frame,
            weights,
            profile,
            rng,
            out: Vec::with_capacity(32),
            trace: Vec::with_capacity(16),
            pending: frame.pending,
            asks: frame.asks,
            focus: None,
            deed,
            thing,
            order,
            depth: 0,
        }
    }

    /// Writes by a rule; false when the rule cannot be followed to its end.
    pub(super) fn rule(&mut self, name: &str) -> bool {
        let Some(id) = self.engine.grammar.names.get(name) else { return false };
        let engine = self.engine;
        self.choice(&engine.grammar.rules[*id as usize])
    }

    /// A rule for each act of a profile that has no rule of its own, one sentence each.
    pub(super) fn acts(&mut self) -> bool {
        let side = if self.frame.assistant { "a." } else { "u." };
        let acts = self.frame.plain_profile.get(2..).unwrap_or_default().to_owned();
        acts.split('+').all(|act| self.rule(&format!("{side}{act}")))
    }

    /// What is still unsaid or unasked, in sentences of its own.
    pub(super) fn rest(&mut self) -> bool {
        let mut rounds = 0;
        while (self.pending != 0 || self.asks != 0) && rounds < 8 {
            let side = if self.frame.assistant { "a" } else { "u" };
            let what = if self.pending != 0 { "rest" } else { "asks" };
            if !self.rule(&format!("{what}_{side}")) {
                return false;
            }
            rounds += 1;
        }
        self.pending == 0 && self.asks == 0
    }

    fn flags(&self) -> u64 {
        const LEFT: [u64; 4] = [flags::of("none"), flags::of("one"), flags::of("two"), flags::of("three")];
        let left = self.pending.count_ones() as usize;
        let mut flags = self.frame.flags | LEFT[left.min(3)] | self.deed.map_or(0, |deed| deed.flags);
        if left > 1 {
            flags |= flags::of("more");
        }
        if self.asks != 0 {
            flags |= flags::of("asks");
        }
        if let Some(focus) = self.focus {
            flags |= self.frame.items[focus].flags;
        }
        flags
    }

    fn choice(&mut self, choice: &Choice) -> bool {
        if self.depth > DEEPEST {
            return false;
        }
        self.depth += 1;
        let done = self.drawn(choice);
        self.depth -= 1;
        done
    }

    fn drawn(&mut self, choice: &Choice) -> bool {
        let flags = self.flags();
        let mut tried = 0u128;
        let fits = |alt: &Alt| flags & alt.mask == alt.mask && flags & alt.no == 0;
        let count = choice.alts.len().min(128);
        loop {
            let mut total = 0.0;
            for (at, alt) in choice.alts.iter().enumerate().take(count) {
                if tried & (1 << at) == 0 && fits(alt) {
                    total += alt.weight * self.weights.of(self.profile, choice.first as usize + at);
                }
            }
            if total <= 0.0 {
                return false;
            }
            let mut left = self.rng.random::<f32>() * total;
            let mut picked = None;
            for (at, alt) in choice.alts.iter().enumerate().take(count) {
                if tried & (1 << at) == 0 && fits(alt) {
                    picked = Some(at);
                    left -= alt.weight * self.weights.of(self.profile, choice.first as usize + at);
                    if left < 0.0 {
                        break;
                    }
                }
            }
            let Some(at) = picked else { return false };
            tried |= 1 << at;
            let (out, trace, pending, asks) = (self.out.len(), self.trace.len(), self.pending, self.asks);
            self.trace.push(choice.first + at as u32);
            if self.sequence(&choice.alts[at].nodes) {
                return true;
            }
            self.out.truncate(out);
            self.trace.truncate(trace);
            (self.pending, self.asks) = (pending, asks);
        }
    }

    fn sequence(&mut self, nodes: &[Node]) -> bool {
        let engine = self.engine;
        nodes.iter().all(|node| match node {
            Node::Word(sym) => {
                self.out.push(*sym);
                true
            }
            Node::Rule(id) => self.choice(&engine.grammar.rules[*id as usize]),
            Node::Choice(choice) => self.choice(choice),
            Node::Guard { mask, no } => {
                let flags = self.flags();
                flags & mask == *mask && flags & no == 0
            }
            Node::Hole(hole) => self.hole(*hole),
            Node::Things { prefix, many } => self.things(*prefix, *many),
        })
    }

    /// The rule that words this item behind this prefix.
    fn worded(&self, prefix: u16, item: usize) -> Option<u32> {
        self.engine.by_kind[prefix as usize][self.frame.items[item].kind as usize]
    }

    fn things(&mut self, prefix: u16, many: Many) -> bool {
        let asking = self.engine.grammar.prefixes[prefix as usize].starts_with('q');
        let mut said = 0;
        let order = std::mem::take(&mut self.order);
        let last = order.iter().rfind(|at| self.is_left(**at, asking) && self.worded(prefix, **at).is_some()).copied();
        for &at in &order {
            if !self.is_left(at, asking) || (many == Many::One && said == 1) {
                continue;
            }
            let Some(rule) = self.worded(prefix, at) else { continue };
            if many == Many::Some && self.rng.random::<f32>() < 0.45 {
                continue;
            }
            let (out, trace) = (self.out.len(), self.trace.len());
            if many == Many::List && said > 0 {
                let joint = if Some(at) == last { self.engine.marks.and } else { self.engine.marks.comma };
                self.out.push(joint);
            }
            if self.item(at, rule, asking) {
                said += 1;
            } else {
                self.out.truncate(out);
                self.trace.truncate(trace);
            }
        }
        self.order = order;
        said > 0 || matches!(many, Many::All | Many::Some)
    }

    fn is_left(&self, at: usize, asking: bool) -> bool {
        (if asking { self.asks } else { self.pending }) & (1 << at) != 0
    }

    fn item(&mut self, at: usize, rule: u32, asking: bool) -> bool {
        let before = self.focus.replace(at);
        let kept = (self.pending, self.asks);
        // While it is worded, it is no longer left.
        if asking {
            self.asks &= !(1 << at);
        } else {
            self.pending &= !(1 << at);
        }
        let engine = self.engine;
        let start = self.out.len();
        let done = self.choice(&engine.grammar.rules[rule as usize]) && (asking || self.is_said(at, start));
        if !done {
            (self.pending, self.asks) = kept;
        }
        self.focus = before;
        done
    }

    /// Whether the values of an item stand behind this place.
    fn is_said(&self, at: usize, start: usize) -> bool {
        self.frame.items[at].values.iter().all(|value| self.out[start..].contains(value))
    }

    fn put(&mut self, phrase: &[Sym]) -> bool {
        self.out.extend_from_slice(phrase);
        !phrase.is_empty()
    }

    fn hole(&mut self, hole: Hole) -> bool {
        let frame = self.frame;
        match hole {
            Hole::Verb | Hole::Past | Hole::Gerund | Hole::Object | Hole::Objects | Hole::Part => {
                let Some(tool) = self.deed else { return false };
                match hole {
                    Hole::Verb => {
                        let at = if self.rng.random::<f32>() < 0.55 { 0 } else { self.rng.random_range(0..tool.verbs.len()) };
                        self.put(&tool.verbs[at])
                    }
                    Hole::Past => self.put(&tool.past),
                    Hole::Gerund => self.put(&tool.gerund),
                    Hole::Objects => self.put(&tool.objects),
                    Hole::Part => self.put(&tool.part),
                    _ => self.put(&tool.object),
                }
            }
            Hole::Thing => self.thing.is_some_and(|thing| self.put(&thing.one)),
            Hole::Things => self.thing.is_some_and(|thing| self.put(&thing.many)),
            Hole::Count => frame.count.is_some_and(|count| self.put(&[count])),
            Hole::Offered => self.offered(),
            Hole::Value
            | Hole::Noun
            | Hole::Nouns
            | Hole::Prep
            | Hole::Counted
            | Hole::Feature
            | Hole::Verb3
            | Hole::Unit
            | Hole::Go
            | Hole::Going
            | Hole::HeadWord => {
                let Some(focus) = self.focus else { return false };
                self.of_item(hole, focus)
            }
        }
    }

    fn of_item(&mut self, hole: Hole, at: usize) -> bool {
        let frame = self.frame;
        let item = &frame.items[at];
        match hole {
            Hole::Value => self.values(at),
            // "Delta Airlines" needs no "airlines" behind it.
            Hole::Noun if item.flags & flags::of("own") != 0 && self.out.last().is_some_and(|last| item.values.contains(last)) => true,
            Hole::Noun => self.put(&item.slot.noun),
            Hole::Nouns => self.put(&item.slot.nouns),
            Hole::Prep => self.put(&item.slot.prep),
            Hole::Unit => self.put(&item.slot.unit),
            Hole::HeadWord => self.put(&item.slot.head_word),
            Hole::Go => self.put(&item.slot.go),
            Hole::Going => self.put(&item.slot.going),
            Hole::Feature => self.put(&item.slot.feature),
            Hole::Verb3 => self.put(&item.slot.feature3),
            Hole::Counted => {
                let Some(counted) = &item.slot.counted else { return false };
                let one = item.flags & flags::of("single") != 0;
                self.put(if one { &counted.one } else { &counted.many })
            }
            _ => false,
        }
    }

    /// The values of an item, as a list when there are several.
    fn values(&mut self, at: usize) -> bool {
        let frame = self.frame;
        let values = &frame.items[at].values;
        // "On the 5th of March".
        if frame.items[at].flags & flags::of("ordinal") != 0
            && self.out.last() != Some(&self.engine.marks.the)
            && self.rng.random::<f32>() < 0.8
        {
            self.out.push(self.engine.marks.the);
        }
        let joint = if self.rng.random::<f32>() < 0.5 { self.engine.marks.and } else { self.engine.marks.or };
        let comma = values.len() > 2 && self.rng.random::<f32>() < 0.5;
        for (n, value) in values.iter().enumerate() {
            if n > 0 && n + 1 == values.len() {
                if comma {
                    self.out.push(self.engine.marks.comma);
                }
                self.out.push(joint);
            } else if n > 0 {
                self.out.push(self.engine.marks.comma);
            }
            self.out.push(*value);
        }
        !values.is_empty()
    }

    /// The name of what is offered or chosen.
    fn offered(&mut self) -> bool {
        let name = KINDS.iter().position(|kind| *kind == "name").unwrap_or(0) as u8;
        let left = |at: usize| self.pending & (1 << at) != 0 && !self.frame.items[at].values.is_empty();
        let named = (0..self.frame.items.len()).find(|at| left(*at) && self.frame.items[*at].kind == name);
        let Some(at) = named else { return false };
        self.pending &= !(1 << at);
        self.values(at)
    }
}
