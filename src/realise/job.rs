//! One dialogue that is being written, turn by turn: candidates, the reading back, and where each value came to stand.

use super::acts::{assistant_act_names, slot_count, user_act_names};
use super::pen::{self, Pen, Speaker, Style};
use super::refer::Threads;
use super::select::Used;
use super::words::voice;
use super::{Realiser, aggregate, assistant, line, lint, select, surface, system, user, voiced};
use crate::dialogue::{Call, CallResult, Provenance, Role, Span, Turn};
use crate::graph::ToolIx;
use crate::script::{AssistantAct, CallId, Script, ScriptCall, ScriptTurn, Slot, Source, Way};
use crate::seed::Rng;
use crate::value::{self, SayContext};
use rand::{Rng as _, RngExt, SeedableRng};
use serde_json::Value;
use std::ops::Range;

/// Candidates that are tried before the plainest words are taken.
const TRIES: usize = 12;
/// Good lines of which one is drawn.
const CANDIDATES: usize = 4;

/// Where a slot was said.
struct Said<'s> {
    turn: usize,
    slot: &'s Slot,
    span: Range<usize>,
}

/// Where an item of a call's list was picked.
struct PickedAt {
    turn: usize,
    call: CallId,
    span: Range<usize>,
}

/// One dialogue that is being written.
pub(super) struct Job<'j> {
    realiser: &'j Realiser<'j>,
    script: &'j Script,
    threads: &'j Threads<'j>,
    say: &'j SayContext,
    style: Style,
    speaker: Speaker,
    used: Used,
    said: Vec<Said<'j>>,
    picked: Vec<PickedAt>,
    turns: Vec<Turn>,
    /// Turns for which no candidate was clean.
    last_resorts: usize,
}

impl<'j> Job<'j> {
    pub(super) fn new(
        realiser: &'j Realiser<'j>,
        script: &'j Script,
        threads: &'j Threads<'j>,
        say: &'j SayContext,
        style: Style,
        speaker: Speaker,
    ) -> Job<'j> {
        Job {
            realiser,
            script,
            threads,
            say,
            style,
            speaker,
            used: Used::default(),
            said: Vec::new(),
            picked: Vec::new(),
            turns: Vec::new(),
            last_resorts: 0,
        }
    }

    /// All turns, and the number of those for which no candidate was clean.
    pub(super) fn write(mut self, rng: &mut Rng) -> (Vec<Turn>, usize) {
        self.system(rng);
        for at in 0..self.script.turns.len() {
            self.turn(at, rng);
        }
        (self.turns, self.last_resorts)
    }

    /// A pen for one candidate, with a random stream of its own.
    fn pen(&self, rng: &mut Rng, plain: bool) -> Pen<'j> {
        let layers = &self.realiser.layers;
        // Fewer wordings: fewer entries of each table, and fewer sentences by the carriers.
        let carriers = !plain && layers.carriers && (layers.wordings >= 100 || rng.random_range(0..100) < layers.wordings);
        Pen {
            catalog: self.realiser.catalog,
            tables: self.realiser.tables,
            script: self.script,
            threads: self.threads,
            say: self.say,
            style: self.style,
            context: self.speaker.context,
            topic: self.speaker.topic,
            subtopic: self.speaker.subtopic,
            wordings: layers.wordings,
            rng: Rng::seed_from_u64(rng.next_u64()),
            held: Vec::new(),
            slots: Vec::new(),
            carriers,
            plain,
            at: 0,
            user: false,
            turn: self.turns.len(),
        }
    }

    fn system(&mut self, rng: &mut Rng) {
        let mut pen = self.pen(rng, false);
        let line = system::text(&mut pen, &self.script.context);
        let text = line::expand(&surface::tidy(&line), &pen.held).0;
        self.turns.push(Turn {
            role: Role::System,
            text,
            calls: Vec::new(),
            results: Vec::new(),
            acts: Vec::new(),
            loss: true,
            adds: Vec::new(),
        });
    }

    /// The system tells which tools are there from now on.
    fn update(&mut self, tools: &[ToolIx], rng: &mut Rng) {
        let mut pen = self.pen(rng, false);
        let adds: Vec<String> = tools.iter().filter_map(|tool| Some(self.realiser.catalog.tools.get(*tool)?.name.clone())).collect();
        let names: Vec<String> = adds.iter().map(|name| pen.hold(name.clone(), None, false)).collect();
        let line = pen::fill(pen.phrase("tools_update"), &[("names", &aggregate::list(&names))]);
        let text = line::expand(&surface::tidy(&line), &pen.held).0;
        self.turns.push(Turn { role: Role::System, text, calls: Vec::new(), results: Vec::new(), acts: Vec::new(), loss: true, adds });
    }

    fn turn(&mut self, at: usize, rng: &mut Rng) {
        match &self.script.turns[at] {
            ScriptTurn::User(acts) => {
                let names = acts.iter().flat_map(user_act_names).map(|name| name.to_string()).collect();
                self.speak(at, Role::User, names, rng);
            }
            ScriptTurn::Assistant(acts) => {
                let names = acts.iter().flat_map(assistant_act_names).map(|name| name.to_string()).collect();
                self.speak(at, Role::Assistant, names, rng);
            }
            ScriptTurn::Calls(calls) => self.calls(calls),
            ScriptTurn::Update(tools) => self.update(tools, rng),
        }
    }

    fn speak(&mut self, at: usize, role: Role, acts: Vec<String>, rng: &mut Rng) {
        let user = role == Role::User;
        let wanted = if user && self.realiser.layers.choice { CANDIDATES } else { 1 };
        let mut good: Vec<Line<'j>> = Vec::new();
        let mut best: Option<Line<'j>> = None;
        for attempt in 0..=TRIES {
            let faulty = best.as_ref().is_none_or(|best| best.fault.is_some());
            if !good.is_empty() && (good.len() == wanted || attempt >= TRIES / 2) || (attempt == TRIES && !faulty) {
                break;
            }
            let line = self.candidate(at, rng, attempt == TRIES);
            let stale = self.used.stale(user, &line.text);
            if line.fault.is_none() && !stale {
                good.push(line);
                continue;
            }
            // A repeated opening is better than a fault.
            if best.as_ref().is_none_or(|best| line.badness(stale) < best.rank) {
                let rank = line.badness(stale);
                best = Some(Line { rank, ..line });
            }
        }
        let clean = !good.is_empty();
        if clean {
            best = Some(self.chosen(at, good, rng));
        }
        self.last_resorts += usize::from(!clean);
        let Some(line) = best else { return };
        self.used.add(user, &line.text);
        let turn = self.turns.len();
        self.said.extend(line.said.into_iter().map(|(slot, span)| Said { turn, slot, span }));
        self.picked.extend(line.picked.into_iter().map(|(call, span)| PickedAt { turn, call, span }));
        self.turns.push(Turn { role, text: line.text, calls: Vec::new(), results: Vec::new(), acts, loss: true, adds: Vec::new() });
    }

    /// One of several good lines, drawn by how people speak.
    fn chosen(&self, at: usize, mut good: Vec<Line<'j>>, rng: &mut Rng) -> Line<'j> {
        let ScriptTurn::User(acts) = &self.script.turns[at] else { return good.swap_remove(0) };
        if good.len() < 2 {
            return good.swap_remove(0);
        }
        let before = at.checked_sub(1).map(|before| &self.script.turns[before]);
        let profile = voiced::profile(acts, before);
        let scores: Vec<f32> =
            good.iter().map(|line| voice::looks(&line.text, &line.spans, &profile) + self.speaker.leaning.suits(&line.text)).collect();
        good.swap_remove(select::draw(&scores, rng))
    }

    /// One way of saying a turn, checked.
    fn candidate(&self, at: usize, rng: &mut Rng, plain: bool) -> Line<'j> {
        let careless = self.style.lower && rng.random_bool(0.8);
        let script: &'j Script = self.script;
        let before = at.checked_sub(1).map(|before| &script.turns[before]);
        let (text, spans, slots, held, wanted) = {
            let mut pen = self.pen(rng, plain);
            pen.at = at;
            pen.user = matches!(&script.turns[at], ScriptTurn::User(_));
            let (line, wanted) = match &script.turns[at] {
                ScriptTurn::User(acts) => {
                    let line = surface::capitals(&surface::tidy(&user::turn(&mut pen, acts, before, at == 0)));
                    (if careless { surface::careless(&line) } else { line }, acts.iter().map(slot_count).sum::<usize>())
                }
                ScriptTurn::Assistant(acts) => {
                    let wanted = acts.iter().map(|act| if let AssistantAct::Propose { slots, .. } = act { slots.len() } else { 0 }).sum();
                    (surface::capitals(&surface::tidy(&assistant::turn(&mut pen, acts, before))), wanted)
                }
                ScriptTurn::Calls(_) | ScriptTurn::Update(_) => (String::new(), 0),
            };
            let (text, spans) = line::expand(&line, &pen.held);
            (text, spans, pen.slots, pen.held, wanted)
        };
        let said: Vec<(&'j Slot, Range<usize>)> = spans
            .iter()
            .filter_map(|(index, span)| {
                held.get(*index).and_then(|held| held.slot).and_then(|slot| slots.get(slot)).map(|slot| (*slot, span.clone()))
            })
            .collect();
        let picked: Vec<(CallId, Range<usize>)> =
            spans.iter().filter_map(|(index, span)| held.get(*index).and_then(|held| held.pick).map(|call| (call, span.clone()))).collect();
        let ranges: Vec<Range<usize>> = spans.iter().map(|(_, span)| span.clone()).collect();
        let fault =
            lint::fault(&text, &ranges).or_else(|| self.unread(&text, &said, wanted, matches!(&script.turns[at], ScriptTurn::User(_))));
        let extra = if fault.is_none() {
            0
        } else if fault == Some("not said") {
            2
        } else {
            1
        };
        Line { text, said, picked, spans: ranges, fault, rank: extra }
    }

    /// Reads every value back; what cannot be read, or is missing, is a fault.
    fn unread(&self, text: &str, said: &[(&Slot, Range<usize>)], wanted: usize, user: bool) -> Option<&'static str> {
        if said.len() < wanted {
            return Some("not said");
        }
        for (slot, span) in said {
            let leaf = self.realiser.catalog.tools.get(slot.tool).and_then(|tool| {
                let pattern = crate::dialogue::pattern(&slot.pointer);
                tool.parameters.iter().find(|leaf| leaf.pointer == slot.pointer || leaf.pointer == pattern)
            });
            if slot.value.is_boolean() {
                continue;
            }
            if let Some(Way::Days(days)) = &slot.way {
                if !value::find_shifts(text).iter().any(|(range, found)| found == days && range.start == span.start) {
                    return Some("not read");
                }
                continue;
            }
            if let Some(way) = slot.way.as_ref().filter(|_| user) {
                let words = text.get(span.clone()).unwrap_or_default();
                if !value::reckon::is_one_of(words, &pen::ways(way, self.say)) {
                    return Some("not read");
                }
                continue;
            }
            let found = value::find(text, &slot.value, slot.sem, pen::hints(leaf), self.say);
            if !found.iter().any(|range| range.start < span.end && span.start < range.end) {
                return Some("not read");
            }
        }
        None
    }

    fn calls(&mut self, calls: &[ScriptCall]) {
        let made = calls.iter().filter_map(|call| self.call(call)).collect();
        let results =
            calls.iter().map(|call| CallResult { call: call.id, value: call.result.clone(), is_error: call.is_error }).collect::<Vec<_>>();
        let loss = calls.iter().all(|call| call.mistake.is_none());
        let acts = vec!["call".into()];
        self.turns.push(Turn {
            role: Role::Assistant,
            text: String::new(),
            calls: made,
            results: Vec::new(),
            acts,
            loss,
            adds: Vec::new(),
        });
        self.turns.push(Turn {
            role: Role::Tool,
            text: String::new(),
            calls: Vec::new(),
            results,
            acts: Vec::new(),
            loss: true,
            adds: Vec::new(),
        });
    }

    fn call(&self, call: &ScriptCall) -> Option<Call> {
        let tool = self.realiser.catalog.tools.get(call.tool)?;
        let provenance = call.sources.iter().map(|(pointer, source)| (pointer.clone(), self.provenance(call, pointer, source))).collect();
        let (arguments, demand, mistake) = (call.arguments.clone(), call.demand.plain(), call.mistake.clone());
        Some(Call { id: call.id, tool: tool.name.clone(), arguments, provenance, demand, mistake })
    }

    fn provenance(&self, call: &ScriptCall, pointer: &str, source: &Source) -> Provenance {
        match source {
            Source::User { turn } => Provenance::UserTurn { turn: *turn, span: self.span(*turn, call, pointer) },
            Source::Offer { turn } => Provenance::AssistantOffer { turn: *turn, span: self.span(*turn, call, pointer) },
            Source::Result { call, pointer } => Provenance::ToolResult { call: *call, pointer: pointer.clone() },
            Source::Said { turn, call, pointer } => Provenance::UserTurn { turn: *turn, span: self.span_of(*turn, *call, pointer) },
            Source::Picked { turn, call } => {
                let at = self.picked.iter().find(|picked| picked.turn == *turn && picked.call == *call);
                Provenance::UserTurn {
                    turn: *turn,
                    span: at.map_or(Span { start: 0, end: 0 }, |at| Span { start: at.span.start, end: at.span.end }),
                }
            }
            Source::Derived { function, inputs } => Provenance::Derived {
                function: *function,
                inputs: inputs.iter().map(|input| self.provenance(call, pointer, input)).collect(),
            },
            Source::Context { pointer } => Provenance::Context { pointer: pointer.clone() },
            Source::Default { pointer } => Provenance::Default { pointer: pointer.clone() },
        }
    }

    /// Where an argument of another call was said.
    fn span_of(&self, turn: usize, call: CallId, pointer: &str) -> Span {
        let found = self.said.iter().find(|said| said.turn == turn && said.slot.call == call && said.slot.pointer == pointer);
        match (found, self.threads.call(call)) {
            (Some(said), _) => Span { start: said.span.start, end: said.span.end },
            // A request that was put aside was said for a call that had another number then.
            (None, Some(call)) => self.span(turn, call, pointer),
            (None, None) => Span { start: 0, end: 0 },
        }
    }

    /// Where an argument was said: for this very call, else for the call that it repeats, else the same value for the same tool.
    fn span(&self, turn: usize, call: &ScriptCall, pointer: &str) -> Span {
        let value = call.arguments.pointer(pointer).unwrap_or(&Value::Null);
        let here = || self.said.iter().filter(|said| said.turn == turn);
        let exact = |id: CallId| here().find(move |said| said.slot.call == id && said.slot.pointer == pointer);
        let found = exact(call.id)
            .filter(|said| value::same(&said.slot.value, value, said.slot.sem))
            .or_else(|| {
                here().find(|said| {
                    said.slot.tool == call.tool && said.slot.pointer == pointer && value::same(&said.slot.value, value, said.slot.sem)
                })
            })
            .or_else(|| here().find(|said| value::same(&said.slot.value, value, said.slot.sem)))
            .or_else(|| exact(call.id));
        found.map_or(Span { start: 0, end: 0 }, |said| Span { start: said.span.start, end: said.span.end })
    }
}

/// One way of saying a turn.
struct Line<'s> {
    text: String,
    said: Vec<(&'s Slot, Range<usize>)>,
    picked: Vec<(CallId, Range<usize>)>,
    /// Where values stand.
    spans: Vec<Range<usize>>,
    fault: Option<&'static str>,
    rank: u32,
}

impl Line<'_> {
    fn badness(&self, stale: bool) -> u32 {
        let fault = match self.fault {
            None => 0,
            Some("not said" | "not read") => 4,
            Some(_) => 2,
        };
        fault + u32::from(stale)
    }
}
