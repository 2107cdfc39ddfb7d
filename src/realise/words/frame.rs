//! One turn of an outline as the carriers see it: things to be said, things to be asked, and flags.

use super::Engine;
use super::flags;
use super::kind::KINDS;
use super::lexicon::{LOCAL, Sym, Word};
use super::outline::{Act, OutlineTurn, Speaker};
use super::service::{Service, SlotSyms, ToolSyms};
use crate::value::english;

/// A slot of this turn.
#[derive(Debug, Clone)]
pub(super) struct Item<'e> {
    pub slot: &'e SlotSyms,
    pub kind: u8,
    pub flags: u64,
    /// What is said: places in the turn's own words.
    pub values: Vec<Sym>,
}

/// What the carriers fill.
#[derive(Debug, Default)]
pub(super) struct Frame<'e> {
    /// Who does what, and whether one or several things: what weights depend on.
    pub profile: String,
    /// The same without counting.
    pub plain_profile: String,
    pub flags: u64,
    pub items: Vec<Item<'e>>,
    /// Items to be told, and items to be asked, as bits.
    pub pending: u32,
    pub asks: u32,
    pub tool: Option<&'e ToolSyms>,
    pub service: Option<&'e Service>,
    pub count: Option<Sym>,
    pub locals: Vec<Word>,
    pub assistant: bool,
}

/// What was said before in a dialogue.
#[derive(Debug, Default, Clone)]
pub(super) struct Past {
    pub acts: Vec<&'static str>,
    pub service: String,
    pub intent: String,
    /// Something was offered by name already.
    pub known: bool,
    pub openings: Vec<u64>,
}

/// Act names that carriers know, in the order in which a profile names them.
pub(super) const ACTS: &[&str] = &[
    "AFFIRM",
    "AFFIRM_INTENT",
    "CONFIRM",
    "GOODBYE",
    "INFORM",
    "INFORM_COUNT",
    "INFORM_INTENT",
    "NEGATE",
    "NEGATE_INTENT",
    "NOTIFY_FAILURE",
    "NOTIFY_SUCCESS",
    "OFFER",
    "OFFER_INTENT",
    "REQUEST",
    "REQUEST_ALTS",
    "REQ_MORE",
    "SELECT",
    "THANK_YOU",
];

impl Past {
    /// What this turn leaves behind.
    pub(super) fn take(&mut self, turn: &OutlineTurn, line: &super::polish::Line) {
        self.acts = ACTS.iter().copied().filter(|name| turn.acts.iter().any(|act| act.act == *name)).collect();
        self.intent = intent_of(turn, self);
        if let Some(service) = service_of(turn).filter(|service| *service != self.service) {
            self.service = service.to_owned();
            self.known = false;
        }
        self.known |= self.acts.contains(&"OFFER");
        self.openings.push(line.opening);
    }
}

const DONTCARE: &str = "dontcare";

pub(super) fn frame<'e>(engine: &'e Engine, turn: &OutlineTurn, past: &Past) -> Frame<'e> {
    let assistant = turn.role == Speaker::Assistant;
    let mut acts: Vec<&'static str> = ACTS.iter().copied().filter(|name| turn.acts.iter().any(|act| act.act == *name)).collect();
    acts.dedup();
    let service_name = service_of(turn).unwrap_or(&past.service);
    let service = engine.services.get(service_name);
    let intent = intent_of(turn, past);
    let mut frame = Frame {
        profile: profile(turn, &acts, true),
        plain_profile: profile(turn, &acts, false),
        tool: service.and_then(|service| service.tools.get(intent.as_str()).or_else(|| service.tools.values().last())),
        service,
        assistant,
        ..Frame::default()
    };
    for act in &turn.acts {
        frame.take(engine, act);
    }
    frame.flags |= turn_flags(&frame, &acts, past, turn);
    frame
}

/// The service that a turn is about: where it wants to go, else what it speaks of.
fn service_of(turn: &OutlineTurn) -> Option<&str> {
    let named = || turn.acts.iter().filter(|act| !act.service.is_empty());
    let intent = named().find(|act| matches!(act.act.as_str(), "INFORM_INTENT" | "OFFER_INTENT"));
    let slot = || named().rfind(|act| !act.slot.is_empty());
    intent.or_else(slot).or_else(|| named().last()).map(|act| act.service.as_str())
}

/// The acts of a turn as a name: `u.INFORM2+INFORM_INTENT`.
fn profile(turn: &OutlineTurn, acts: &[&str], counted: bool) -> String {
    let side = if turn.role == Speaker::Assistant { "a." } else { "u." };
    let names: Vec<String> = acts
        .iter()
        .map(|name| {
            let several = turn.acts.iter().filter(|act| act.act == *name).count() > 1;
            if counted && several && matches!(*name, "INFORM" | "REQUEST") { format!("{name}2") } else { (*name).to_owned() }
        })
        .collect();
    format!("{side}{}", names.join("+"))
}

pub(super) fn intent_of(turn: &OutlineTurn, past: &Past) -> String {
    let named =
        turn.acts.iter().find(|act| matches!(act.act.as_str(), "INFORM_INTENT" | "OFFER_INTENT")).and_then(|act| act.values.first());
    named.or(turn.active_intents.last()).unwrap_or(&past.intent).clone()
}

fn turn_flags(frame: &Frame, acts: &[&str], past: &Past, turn: &OutlineTurn) -> u64 {
    let mut flags = 0;
    let mut set = |name: &'static str, on: bool| {
        if on {
            flags |= flags::bit(name).unwrap_or(0);
        }
    };
    let after = |name: &str| past.acts.contains(&name);
    set("first", turn.turn == 0);
    set("afterrequest", after("REQUEST"));
    set("afteroffer", after("OFFER"));
    set("afterconfirm", after("CONFIRM"));
    set("aftermore", after("REQ_MORE"));
    set("aftersuccess", after("NOTIFY_SUCCESS"));
    set("afterfailure", after("NOTIFY_FAILURE"));
    set("afterinform", after("INFORM"));
    set("afterintent", after("OFFER_INTENT"));
    set("aftercount", after("INFORM_COUNT"));
    set("afterthanks", after("THANK_YOU"));
    set("afternegate", after("NEGATE"));
    set("afteraffirm", after("AFFIRM"));
    set("afterselect", after("SELECT"));
    set("afteralts", after("REQUEST_ALTS"));
    set("aftergoodbye", after("GOODBYE"));
    let has = |name: &str| acts.contains(&name);
    set("count", frame.count.is_some());
    set("goal", has("INFORM_INTENT"));
    set("thanks", has("THANK_YOU"));
    set("bye", has("GOODBYE"));
    set("affirm", has("AFFIRM") || has("AFFIRM_INTENT"));
    set("negate", has("NEGATE") || has("NEGATE_INTENT"));
    set("request", has("REQUEST"));
    set("inform", has("INFORM"));
    set("known", past.known);
    set("person", frame.service.is_some_and(|service| service.person));
    let name = KINDS.iter().position(|kind| *kind == "name").unwrap_or(0) as u8;
    set("massthing", frame.service.is_some_and(|service| service.mass));
    set("named", frame.items.iter().any(|item| item.kind == name && !item.values.is_empty()));
    flags
}

impl<'e> Frame<'e> {
    fn take(&mut self, engine: &'e Engine, act: &Act) {
        match act.act.as_str() {
            "INFORM_INTENT" | "OFFER_INTENT" => return,
            "INFORM_COUNT" => {
                let text = act.values.first().or(act.canonical.first()).cloned().unwrap_or_default();
                if text == "1" {
                    self.flags |= flags::of("countone");
                }
                self.count = Some(self.local(&text, engine));
                return;
            }
            _ if act.slot.is_empty() => return,
            _ => {}
        }
        let slot = self.slot(engine, act);
        let mut item = Item { kind: slot.kind, flags: slot.flags, slot, values: Vec::new() };
        let canonical = act.canonical.first().or(act.values.first()).map(String::as_str).unwrap_or_default();
        match canonical.to_lowercase().as_str() {
            "" => {}
            DONTCARE => item.kind = KINDS.iter().position(|kind| *kind == DONTCARE).unwrap_or(0) as u8,
            "true" => item.flags |= flags::of("true") | flags::of("given"),
            "false" => item.flags |= flags::of("false") | flags::of("given"),
            "none" | "null" | "no" => item.flags |= flags::of("nil") | flags::of("given"),
            _ => {
                item.values = act.values.iter().map(|value| self.local(value, engine)).collect();
                item.flags |= flags::of("given");
                if act.values.len() > 1 {
                    item.flags |= flags::of("several");
                }
                item.flags |= value_flags(act.values.first().map_or("", String::as_str), canonical, item.slot);
            }
        }
        let bit = 1 << self.items.len();
        self.items.push(item);
        if act.act == "REQUEST" {
            self.asks |= bit;
        } else {
            self.pending |= bit;
        }
    }

    fn slot(&self, engine: &'e Engine, act: &Act) -> &'e SlotSyms {
        let own = engine.services.get(&act.service).and_then(|service| service.slots.get(&act.slot));
        own.unwrap_or(&engine.unknown)
    }

    fn local(&mut self, text: &str, engine: &Engine) -> Sym {
        let form = if text.chars().nth(1).is_some() { engine.val } else { engine.num };
        self.locals.push(Word {
            text: text.to_owned(),
            forms: vec![form],
            vowel: english::article(text) == "an",
            glued: false,
            stop: false,
        });
        LOCAL + self.locals.len() as Sym - 1
    }
}

/// What a value's own words ask of the carrier.
pub(super) fn value_flags(text: &str, canonical: &str, slot: &SlotSyms) -> u64 {
    let mut flags = 0;
    let lower = text.to_lowercase();
    let first = lower.split(' ').next().unwrap_or_default();
    let relative =
        first == "the" && lower.contains("day after") || ["today", "tomorrow", "tonight", "next", "this", "later", "day"].contains(&first);
    if relative {
        flags |= flags::of("relative");
    }
    let ordinal = first.len() > 2
        && first.starts_with(|c: char| c.is_ascii_digit())
        && ["st", "nd", "rd", "th"].iter().any(|end| first.ends_with(end));
    if ordinal {
        flags |= flags::of("ordinal");
    }
    if canonical == "1" || ["one", "1", "a"].contains(&first) {
        flags |= flags::of("single");
    }
    let words: Vec<&str> = lower.split(' ').collect();
    // The value says itself what it counts: "a couple of tickets".
    if slot.counted.is_some() && words.len() > 1 {
        flags |= flags::of("counted");
    }
    let noun = slot.head.as_str();
    if !noun.is_empty() && words.last().is_some_and(|last| last.trim_end_matches('s') == noun.trim_end_matches('s')) {
        flags |= flags::of("own");
    }
    // A category that is a kind of person or place is a noun already: "psychologist".
    let last = words.last().copied().unwrap_or_default();
    if ["ist", "or", "ian", "lor", "um", "ark", "nue", "mark", "tion", "serve", "ship", "rve"].iter().any(|end| last.ends_with(end)) {
        flags |= flags::of("noun");
    }
    flags
}
