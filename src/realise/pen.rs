//! What every writer of a turn holds: the script, the tables, the style of the speaker, the random stream and the values said so far.

use super::context::{self, Context};
use super::leaning::Leaning;
use super::line::{self, Held};
use super::persona;
use super::refer::Threads;
use super::tables::{Table, Tables};
use crate::catalog::{Catalog, Leaf, Tool};
use crate::dialogue::pattern;
use crate::graph::ToolIx;
use crate::script::{About, CallId, Fact, Script, ScriptTurn, Slot, UserAct, Way};
use crate::seed::Rng;
use crate::value::{self, Form, Hints, Register, SayContext, SemType, reckon};
use rand::{Rng as _, RngExt, SeedableRng};
use serde_json::Value;

/// How a user of one dialogue tends to speak; drawn once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub please: f64,
    /// Says why before asking.
    pub tells_why: f64,
    /// Values in words rather than digits.
    pub casual: f64,
    /// Writes without capitals and final stops.
    pub lower: bool,
    /// The assistant says dates and numbers in their second form, all through the dialogue.
    pub second: bool,
}

impl Style {
    pub(super) fn draw(rng: &mut Rng) -> Style {
        let some = |rng: &mut Rng, values: &[f64]| values[rng.random_range(0..values.len())];
        Style {
            please: some(rng, &[0.0, 0.02, 0.05, 0.1, 0.25]),
            tells_why: some(rng, &[0.1, 0.25, 0.4, 0.5]),
            casual: some(rng, &[0.2, 0.4, 0.6]),
            lower: rng.random_bool(0.06),
            second: rng.random_bool(0.2),
        }
    }
}

/// Who speaks in one dialogue, and why.
#[derive(Debug, Clone, Default)]
pub(super) struct Speaker {
    pub leaning: Leaning,
    pub context: Context,
    /// Picks the subtopic of each domain; none when situations are switched off.
    pub topic: Option<u64>,
    /// The subtopic of the scenario.
    pub subtopic: Option<&'static str>,
}

impl Speaker {
    /// Every layer draws from a stream of its own, so that switching one off does not move the others.
    /// What the scenario says is so.
    pub(super) fn draw(layers: &super::Layers, scenario: &super::Scenario, rng: &mut Rng) -> Speaker {
        let mut streams = [(); 3].map(|()| Rng::seed_from_u64(rng.next_u64()));
        let mut speaker = Speaker::default();
        if layers.persona {
            persona::draw(&mut speaker.leaning, scenario, &mut streams[0]);
        }
        if layers.context {
            speaker.context = context::draw(&mut speaker.leaning, scenario, &mut streams[1]);
        }
        speaker.subtopic = scenario.get("subtopic").and_then(|name| super::subtopic::known(name));
        speaker.topic = layers.subtopics.then(|| streams[2].next_u64());
        speaker
    }
}

pub(super) struct Pen<'p> {
    pub catalog: &'p Catalog,
    pub tables: &'p Tables,
    pub script: &'p Script,
    pub threads: &'p Threads<'p>,
    pub say: &'p SayContext,
    pub style: Style,
    pub context: Context,
    pub topic: Option<u64>,
    /// The subtopic of the scenario.
    pub subtopic: Option<&'static str>,
    /// How many percent of the entries of a table may be said.
    pub wordings: u32,
    pub rng: Rng,
    /// Values said in this candidate, by mark.
    pub held: Vec<Held>,
    /// The slots of this turn that were said.
    pub slots: Vec<&'p Slot>,
    /// The carriers of `words` may be used.
    pub carriers: bool,
    /// Only the first entry of every table and the plainest form of every value.
    pub plain: bool,
    /// The script's turn that is being written.
    pub at: usize,
    /// The user speaks.
    pub user: bool,
    /// Number of this turn in the finished dialogue.
    pub turn: usize,
}

impl<'p> Pen<'p> {
    pub(super) fn tool(&self, ix: ToolIx) -> Option<&'p Tool> {
        self.catalog.tools.get(ix)
    }

    /// Several results are told at once, so that a value without the name of its field could belong to any of them.
    pub(super) fn several_results(&self) -> bool {
        let since = self.script.turns.iter().take(self.at).rev().take_while(|turn| !matches!(turn, ScriptTurn::User(_)));
        since.map(|turn| if let ScriptTurn::Calls(calls) = turn { calls.len() } else { 0 }).sum::<usize>() > 1
    }

    /// The tool that last did something, when its last call did not fail.
    pub(super) fn last_done(&self) -> Option<ToolIx> {
        let done = |turn: &ScriptTurn| match turn {
            ScriptTurn::Calls(calls) => Some(calls.last().filter(|call| !call.is_error).map(|call| call.tool)),
            _ => None,
        };
        self.script.turns.iter().take(self.at).rev().find_map(done).flatten()
    }

    /// Nothing came of what the user asked for: it was dropped or refused, and nothing else was done.
    pub(super) fn in_vain(&self) -> bool {
        let before = || self.script.turns.iter().take(self.at);
        let dropped = |act: &UserAct| {
            use UserAct::{Cancel, Negate, RequestIrrelevant, RequestMissing};
            matches!(act, Negate { .. } | Cancel { .. } | RequestMissing { .. } | RequestIrrelevant { .. })
        };
        before().any(|turn| matches!(turn, ScriptTurn::User(acts) if acts.iter().any(dropped)))
            && !before().any(|turn| matches!(turn, ScriptTurn::Calls(calls) if calls.iter().any(|call| !call.is_error)))
    }

    /// Whether the user's next turn takes up what is said now.
    pub(super) fn taken_up(&self) -> bool {
        match self.script.turns.get(self.at + 1) {
            Some(ScriptTurn::User(acts)) => acts.iter().any(|act| {
                let takes_up = |about: &About| matches!(about, About::That { .. } | About::Named(_));
                matches!(act, UserAct::Select { .. })
                    || matches!(act, UserAct::Request { about, .. } if about.first().is_some_and(takes_up))
            }),
            _ => false,
        }
    }

    /// The parameter that a concrete pointer leads to.
    pub(super) fn parameter(&self, tool: ToolIx, pointer: &str) -> Option<&'p Leaf> {
        leaf(&self.tool(tool)?.parameters, pointer)
    }

    /// The result field that a concrete pointer leads to.
    pub(super) fn field(&self, tool: ToolIx, pointer: &str) -> Option<&'p Leaf> {
        leaf(&self.tool(tool)?.returns.fields, pointer)
    }

    /// True with this probability; false while writing plainly.
    pub(super) fn chance(&mut self, p: f64) -> bool {
        !self.plain && self.rng.random_bool(p.clamp(0.0, 1.0))
    }

    /// One entry of a phrase table.
    pub(super) fn phrase(&mut self, key: &str) -> &'p str {
        self.entry(self.tables.get(key))
    }

    pub(super) fn entry<'t>(&mut self, table: &'t Table) -> &'t str {
        if self.plain { table.first() } else { table.draw_of(self.wordings, &mut self.rng) }
    }

    pub(super) fn one_of<'t, T: ?Sized>(&mut self, items: &'t [&'t T]) -> &'t T {
        if self.plain { items[0] } else { items[self.rng.random_range(0..items.len())] }
    }

    /// One of a catalog's phrases, free of marks; none from an empty list.
    pub(super) fn any(&mut self, items: &[String]) -> Option<String> {
        if items.is_empty() {
            return None;
        }
        let at = if self.plain { 0 } else { self.rng.random_range(0..items.len()) };
        Some(line::plain(&items[at])).filter(|text| !text.is_empty())
    }

    /// Puts the value of a slot into words; the mark stands for them.
    pub(super) fn hold_slot(&mut self, slot: &'p Slot) -> String {
        let leaf = self.parameter(slot.tool, &slot.pointer);
        // The assistant says what comes out; the user, what it follows from.
        let forms = slot.way.as_ref().filter(|_| self.user).map(|way| ways(way, self.say)).unwrap_or_default();
        let text = match forms.is_empty() {
            true => self.form(&slot.value, slot.sem, leaf),
            false => forms[if self.plain { 0 } else { self.rng.random_range(0..forms.len()) }].clone(),
        };
        let index = self.slots.len();
        self.slots.push(slot);
        self.hold(text, Some(index), is_word(slot.sem))
    }

    /// Puts a value into words that prove nothing, such as an old value or a told fact.
    pub(super) fn hold_value(&mut self, value: &Value, sem: SemType, leaf: Option<&Leaf>) -> String {
        let text = self.form(value, sem, leaf);
        self.hold(text, None, is_word(sem))
    }

    /// A number without the noun that it counts, where there is such a form.
    pub(super) fn hold_bare(&mut self, value: &Value, sem: SemType, leaf: Option<&Leaf>) -> String {
        let forms = value::say(value, sem, hints(leaf), self.say);
        let fits = |form: &&Form| form.bare && form.register != Register::Formal;
        // "631,022 listeners" is read more easily than "631022".
        let long = |form: &Form| form.text.len() > 4 && form.text.bytes().all(|b| b.is_ascii_digit());
        let bare = forms.iter().filter(fits).find(|form| !long(form)).or(forms.iter().find(fits)).cloned();
        match bare {
            Some(form) => self.hold(form.text, None, true),
            None => self.hold_value(value, sem, leaf),
        }
    }

    pub(super) fn hold(&mut self, text: String, slot: Option<usize>, word: bool) -> String {
        self.hold_all(Held { text, slot, pick: None, word })
    }

    /// Words that pick an item of a list of this call's result.
    pub(super) fn hold_pick(&mut self, text: String, call: CallId, word: bool) -> String {
        self.hold_all(Held { text, slot: None, pick: Some(call), word })
    }

    /// The value of a fact, as the words that pick the item that has it.
    pub(super) fn hold_named(&mut self, fact: &Fact, call: CallId) -> String {
        if fact.value.is_string() && !matches!(fact.sem, SemType::Enum | SemType::Date | SemType::Time | SemType::Datetime) {
            return self.hold_pick(verbatim(&fact.value), call, false);
        }
        let leaf = self.field(fact.tool, &fact.pointer);
        let text = self.form(&fact.value, fact.sem, leaf);
        self.hold_pick(text, call, is_word(fact.sem))
    }

    fn hold_all(&mut self, held: Held) -> String {
        let mark = line::mark(self.held.len());
        self.held.push(held);
        mark.to_string()
    }

    /// The words behind a mark.
    pub(super) fn words<'a>(&'a self, marked: &'a str) -> &'a str {
        let mut chars = marked.chars();
        match (chars.next().and_then(line::marked), chars.next()) {
            (Some(index), None) => self.held.get(index).map_or("", |held| &held.text),
            _ => marked,
        }
    }

    /// One way to say a value: the user now and then says it casually, the assistant plainly.
    fn form(&mut self, value: &Value, sem: SemType, leaf: Option<&Leaf>) -> String {
        if let Some(said) = leaf.and_then(|leaf| leaf.phrase.enum_say.get(&verbatim(value))) {
            return match said.strip_prefix("my ").filter(|_| !self.user) {
                Some(rest) => format!("your {}", line::plain(rest)),
                None => line::plain(said),
            };
        }
        let all = value::say(value, sem, hints(leaf), self.say);
        let fits = |form: &&Form| !form.bare && form.register != Register::Formal && (self.user || form.register == Register::Plain);
        let mut forms: Vec<&Form> = all.iter().filter(fits).collect();
        if forms.is_empty() {
            forms = all.iter().take(1).collect();
        }
        if sem == SemType::Text {
            forms.truncate(1);
        }
        // A name has one form that reads well in a list; a quoted one is for what is written down.
        let quotable = matches!(sem, SemType::Title | SemType::Query | SemType::Enum | SemType::Category);
        let further = match (self.user, quotable) {
            (true, true) => 0.15,
            (true, false) => self.style.casual,
            (false, _) => 0.0,
        };
        // The assistant says all dates of a list alike.
        let mut at = usize::from(!self.plain && !self.user && !quotable && self.style.second && forms.len() > 1);
        while !self.plain && at + 1 < forms.len() && self.rng.random_bool(further) {
            at += 1;
        }
        forms.get(at).map_or_else(|| verbatim(value), |form| form.text.clone())
    }
}

/// The ways to say what a value follows from.
pub(super) fn ways(way: &Way, say: &SayContext) -> Vec<String> {
    let owned = |forms: &[&str]| forms.iter().map(|form| (*form).to_owned()).collect();
    match way {
        Way::Days(days) => value::shifts(*days),
        Way::Measure { amount, unit } => reckon::say_measure(amount, unit, say),
        Way::Exchange { amount, currency } => reckon::say_exchange(amount, currency, say),
        Way::Total => owned(&reckon::TOTALS),
        Way::Everyone => owned(&reckon::EVERYONE),
        Way::Same { noun } => reckon::sames(&line::plain(noun)).to_vec(),
        Way::Times { percent, noun } => reckon::multiples(*percent, &line::plain(noun)),
    }
}

pub(super) fn verbatim(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn leaf<'a>(leaves: &'a [Leaf], pointer: &str) -> Option<&'a Leaf> {
    let pattern = pattern(pointer);
    leaves.iter().find(|leaf| leaf.pointer == pointer || leaf.pointer == pattern)
}

/// What the catalog knows about saying the values of this leaf.
pub(super) fn hints(leaf: Option<&Leaf>) -> Hints<'_> {
    leaf.map_or_else(Hints::default, |leaf| Hints {
        unit: leaf.phrase.unit.as_deref(),
        counted: leaf.phrase.counted.as_deref(),
        enum_say: Some(&leaf.phrase.enum_say).filter(|map| !map.is_empty()),
    })
}

/// Whether values of this type are words of the language rather than names.
fn is_word(sem: SemType) -> bool {
    use SemType::*;
    matches!(
        sem,
        Date | Time
            | Datetime
            | Duration
            | Count
            | CountPeople
            | Money
            | Rating
            | Percent
            | Quantity
            | Category
            | Enum
            | Bool
            | Number
            | Unit
    )
}

/// Fills `{name}` places of a template.
pub(super) fn fill(template: &str, parts: &[(&str, &str)]) -> String {
    let mut out = template.to_owned();
    for (name, text) in parts {
        out = out.replace(&format!("{{{name}}}"), text);
    }
    out
}
