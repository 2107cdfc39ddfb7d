//! Words for outlines: a grammar of carriers that knows only the schema, weights per kind of turn, and a choice among candidates.
//!
//! `lexicon` interns words and their forms, `grammar` reads the carriers, `kind` and `service` say how slots and tools are spoken of,
//! `frame` is one turn, `write` walks the grammar, `polish` makes a line of it, `choose` draws one of several candidates.

mod choose;
mod flags;
mod frame;
mod grammar;
mod kind;
mod lexicon;
mod outline;
mod polish;
mod service;
#[cfg(test)]
mod tests;
pub(super) mod voice;
mod weights;
mod write;

pub use outline::{Act, OutlineTurn, Speaker, Worded};

use crate::catalog::Catalog;
use crate::seed::{Rng, Stage, stream};
use choose::{Theta, Used};
use frame::{Frame, Past};
use grammar::Grammar;
use indexmap::IndexMap;
use lexicon::{FormId, Lexicon, Sym};
use polish::Line;
use rayon::prelude::*;
use service::{Service, SlotSyms};
use weights::Weights;
use write::Writer;

/// Candidates for a turn of which one is drawn, unless told otherwise.
pub const CANDIDATES: usize = 8;

/// Dialogues that share the counts of what was said already.
const SHARD: usize = 256;

/// Tables that stand in for those that are built in, by file name.
#[derive(Debug, Default, Clone)]
pub struct Tables {
    pub files: std::collections::BTreeMap<String, String>,
}

impl Tables {
    fn text(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(String::as_str)
    }
}

/// Symbols that this program writes by itself.
struct Marks {
    a: Sym,
    an: Sym,
    and: Sym,
    or: Sym,
    the: Sym,
    ok: Sym,
    comma: Sym,
    stop: Sym,
    bang: Sym,
}

impl Marks {
    fn of(lexicon: &mut Lexicon) -> Marks {
        let [a, an, and, or, the, ok, comma, stop, bang] =
            ["a", "an", "and", "or", "the", "OK", ",", ".", "!"].map(|text| lexicon.sym(text));
        Marks { a, an, and, or, the, ok, comma, stop, bang }
    }
}

/// Puts words to outlines.
pub struct Engine {
    grammar: Grammar,
    lexicon: Lexicon,
    services: IndexMap<String, Service>,
    /// The rule for each prefix and kind.
    by_kind: Vec<Vec<Option<u32>>>,
    weights: Weights,
    theta: Theta,
    marks: Marks,
    val: FormId,
    num: FormId,
    /// The words of a slot of which nothing is known.
    unknown: SlotSyms,
    pub candidates: usize,
}

impl Engine {
    /// An engine for the services of a catalog, with the tables that are built in.
    pub fn new(catalog: &Catalog) -> Result<Engine, String> {
        Engine::with_tables(catalog, &Tables::default())
    }

    /// The same with tables of one's own: `*.yaml` for carriers, `words.weights` and `words.theta` for what was fitted to them. A file that
    /// is not given is taken from those that are built in. Fails when a table cannot be read.
    pub fn with_tables(catalog: &Catalog, tables: &Tables) -> Result<Engine, String> {
        let mut lexicon = Lexicon::default();
        let grammar = Grammar::read(tables, &mut lexicon)?;
        let services = service::services(catalog, &mut lexicon);
        let by_kind = grammar
            .prefixes
            .iter()
            .map(|prefix| {
                let rule = |kind: &str| grammar.names.get(&format!("{prefix}_{kind}")).copied();
                kind::KINDS.iter().map(|kind| rule(kind).or_else(|| rule("any").filter(|_| *kind != "dontcare"))).collect()
            })
            .collect();
        let marks = Marks::of(&mut lexicon);
        let (val, num) = (lexicon.forms.id("<val>"), lexicon.forms.id("<num>"));
        let unknown = service::unlisted("detail", &mut lexicon);
        let weights = Weights::read(tables.text("words.weights").unwrap_or(weights::FITTED), &grammar.keys);
        let theta = Theta::read(tables.text("words.theta").unwrap_or(choose::FITTED), &mut lexicon.forms);
        Ok(Engine { grammar, lexicon, services, by_kind, weights, theta, marks, val, num, unknown, candidates: CANDIDATES })
    }

    /// Takes note of slots that outlines use and no tool lists, so that they are spoken of by their names.
    pub fn learn(&mut self, turns: &[OutlineTurn]) {
        for act in turns.iter().flat_map(|turn| &turn.acts).filter(|act| !act.slot.is_empty() && act.slot != "intent") {
            let Some(service) = self.services.get_mut(&act.service) else { continue };
            if !service.slots.contains_key(&act.slot) {
                let slot = service::unlisted(&act.slot, &mut self.lexicon);
                service.slots.insert(act.slot.clone(), slot);
            }
        }
    }

    /// Words for every turn, in order. Turns of one dialogue stand together. The same seed gives the same words whatever the number of
    /// threads.
    pub fn realise(&self, turns: &[OutlineTurn], seed: u64) -> Vec<Worded> {
        let dialogues: Vec<&[OutlineTurn]> = turns.chunk_by(|a, b| a.dialogue == b.dialogue).collect();
        let shards: Vec<Vec<Worded>> = dialogues
            .par_chunks(SHARD)
            .enumerate()
            .map(|(shard, dialogues)| {
                let mut used = Used::default();
                let mut out = Vec::new();
                for (at, dialogue) in dialogues.iter().enumerate() {
                    let mut rng = stream(seed, (shard * SHARD + at) as u64, Stage::Words, 0);
                    self.dialogue(dialogue, &mut used, &mut rng, &mut out);
                }
                out
            })
            .collect();
        shards.into_iter().flatten().collect()
    }

    fn dialogue(&self, turns: &[OutlineTurn], used: &mut Used, rng: &mut Rng, out: &mut Vec<Worded>) {
        let mut past = Past::default();
        for turn in turns {
            let frame = frame::frame(self, turn, &past);
            let line = self.choose(&frame, &past, used, rng);
            past.take(turn, &line);
            out.push(self.worded(turn, &line));
        }
    }

    /// One of several candidates. A line with a fault is passed over for another.
    fn choose(&self, frame: &Frame, past: &Past, used: &mut Used, rng: &mut Rng) -> Line {
        let profile = self.weights.profile(&frame.profile);
        let mut lines: Vec<Line> = (0..self.candidates).filter_map(|_| self.candidate(frame, profile, rng)).collect();
        let mut weights = choose::weights(&lines, &self.theta, frame, past, used);
        while !lines.is_empty() {
            let at = choose::draw(&weights, rng);
            let mut line = lines.swap_remove(at);
            weights.swap_remove(at);
            if polish::render(self, frame, &mut line) {
                used.add(&line);
                return line;
            }
        }
        let line = self.plainest(frame, rng);
        used.add(&line);
        line
    }

    /// One way of saying a turn; none when the carriers left something unsaid or unasked.
    fn candidate(&self, frame: &Frame, profile: usize, rng: &mut Rng) -> Option<Line> {
        let mut writer = Writer::new(self, frame, &self.weights, profile, rng);
        let whole = writer.rule(&frame.profile) || writer.rule(&frame.plain_profile) || writer.acts();
        (whole && writer.rest()).then(|| polish::line(self, frame, writer))
    }

    /// What is said when no candidate stands: another try without fitted weights, or the values alone.
    fn plainest(&self, frame: &Frame, rng: &mut Rng) -> Line {
        let line = (0..64)
            .filter_map(|_| self.candidate(frame, 0, rng))
            .find_map(|mut line| polish::render(self, frame, &mut line).then_some(line));
        line.unwrap_or_else(|| polish::bare(self, frame))
    }

    fn worded(&self, turn: &OutlineTurn, line: &Line) -> Worded {
        let values = line.spans.iter().map(|span| line.text[span.clone()].to_owned()).collect();
        Worded { dialogue: turn.dialogue.clone(), turn: turn.turn, role: turn.role, text: line.text.clone(), values }
    }

    /// Unselected candidates of every turn with the choices behind them: what weights are fitted on.
    pub fn study(&self, turns: &[OutlineTurn], seed: u64, count: usize, mut each: impl FnMut(usize, &str, &Worded, &[u32])) {
        let mut past = Past::default();
        let mut rng = stream(seed, 0, Stage::Words, 0);
        for (at, turn) in turns.iter().enumerate() {
            if turn.turn == 0 {
                past = Past::default();
            }
            let frame = frame::frame(self, turn, &past);
            let profile = self.weights.profile(&frame.profile);
            let mut last = None;
            for _ in 0..count {
                if let Some(mut line) = self.candidate(&frame, profile, &mut rng).filter(|line| line.words > 0) {
                    if !polish::render(self, &frame, &mut line) {
                        continue;
                    }
                    each(at, &frame.profile, &self.worded(turn, &line), &line.trace);
                    last = Some(line);
                }
            }
            let line = last.unwrap_or_else(|| polish::bare(self, &frame));
            past.take(turn, &line);
        }
    }

    /// The keys of all choices, in the order of their numbers.
    pub fn choice_keys(&self) -> &[String] {
        &self.grammar.keys
    }
}
