//! A dialogue as the checks see it: every turn cut into words, every call with its tool, its result and its place.

use super::known::Known;
use super::told::noun_places;
use super::words::Text;
use crate::catalog::Leaf;
use crate::dialogue::{Call, CallResult, Dialogue, Mistake, Provenance, Role, Span, leaves};
use crate::value::{self, Hints, SayContext, SemType};
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;

/// Everything that a check may look at.
pub(crate) struct Scene<'s> {
    pub dialogue: &'s Dialogue,
    /// The offered tools, in the order shown.
    pub tools: Vec<&'s Known<'s>>,
    /// One per turn.
    pub texts: Vec<Text<'s>>,
    /// In the order made.
    pub calls: Vec<Made<'s>>,
    pub say: SayContext,
    /// What [`Scene::find`] found, by turn, kind of leaf and value.
    finds: RefCell<FxHashMap<(usize, usize, u64), Rc<[Range<usize>]>>>,
    /// The calls that each turn answers from, by their place: see [`Scene::fresh`].
    fresh: Vec<OnceCell<Box<[usize]>>>,
    /// Arguments that the user said: see [`super::sources::said`].
    pub(super) said: OnceCell<Vec<super::sources::SaidAt>>,
}

/// A call where it was made.
pub(crate) struct Made<'s> {
    pub call: &'s Call,
    pub turn: usize,
    /// None when the tool is not offered.
    pub known: Option<&'s Known<'s>>,
    pub result: Option<&'s CallResult>,
    /// The user's turn that it answers.
    pub user: usize,
    pub args: Vec<Arg<'s>>,
    /// Leaves of the result.
    pub facts: Vec<Fact<'s>>,
}

pub(crate) struct Arg<'s> {
    pub pointer: String,
    pub value: &'s Value,
    /// Index into the tool's parameters.
    pub leaf: Option<usize>,
    pub source: Option<&'s Provenance>,
}

/// One leaf of a result.
pub(crate) struct Fact<'s> {
    pub pointer: String,
    pub value: &'s Value,
    /// Index into the tool's result fields.
    pub field: Option<usize>,
}

impl<'s> Scene<'s> {
    pub(super) fn new(dialogue: &'s Dialogue, tools: Vec<&'s Known<'s>>) -> Self {
        let texts: Vec<Text> = dialogue.turns.iter().map(|turn| Text::new(&turn.text)).collect();
        let mut calls = Vec::new();
        let mut user = 0;
        for (turn, said) in dialogue.turns.iter().enumerate() {
            if said.role == Role::User {
                user = turn;
            }
            for call in &said.calls {
                let known = tools.iter().copied().find(|known| known.name() == call.tool);
                let result = dialogue.turns.get(turn + 1).and_then(|next| next.results.iter().find(|result| result.call == call.id));
                calls.push(Made::new(call, turn, user, known, result));
            }
        }
        let today = dialogue.context.today.parse().unwrap_or(jiff::civil::Date::ZERO);
        let fresh = vec![OnceCell::new(); texts.len() + 1];
        Scene { dialogue, tools, texts, calls, say: SayContext { today }, finds: RefCell::default(), fresh, said: OnceCell::new() }
    }

    pub(super) fn role(&self, turn: usize) -> Option<Role> {
        self.dialogue.turns.get(turn).map(|turn| turn.role)
    }

    pub(super) fn made(&self, call: usize) -> Option<&Made<'s>> {
        self.calls.iter().find(|made| made.call.id == call)
    }

    /// The tools that are offered in a turn.
    pub(super) fn offered(&self, turn: usize) -> impl Iterator<Item = &'s Known<'s>> {
        self.tools.iter().copied().filter(move |known| self.dialogue.offers(known.name(), turn))
    }

    /// User turns before `turn`, latest first.
    pub(super) fn users_before(&self, turn: usize) -> impl Iterator<Item = usize> {
        (0..turn.min(self.dialogue.turns.len())).rev().filter(|at| self.dialogue.turns[*at].role == Role::User)
    }

    pub(super) fn user_turns(&self) -> impl Iterator<Item = usize> {
        (0..self.dialogue.turns.len()).filter(|at| self.dialogue.turns[*at].role == Role::User)
    }

    /// Assistant turns that speak.
    pub(super) fn spoken(&self) -> impl Iterator<Item = usize> {
        (0..self.dialogue.turns.len())
            .filter(|at| self.dialogue.turns[*at].role == Role::Assistant && self.dialogue.turns[*at].calls.is_empty())
    }

    /// The last user turn before `turn`; 0 when there is none.
    pub(super) fn user_of(&self, turn: usize) -> usize {
        self.users_before(turn).next().unwrap_or(0)
    }

    /// The user turn in which what a call does was asked for; it may lie before a question and its answer.
    pub(super) fn opening(&self, made: &Made) -> usize {
        let goal = self.dialogue.goals.iter().filter(|goal| goal.calls.contains(&made.call.id)).map(|goal| goal.turn).min();
        let before = || {
            let last = self.calls.iter().rfind(|other| other.user < made.user).map_or(0, |other| other.turn);
            self.users_before(made.turn).take_while(|turn| *turn > last).last()
        };
        goal.or_else(before).unwrap_or(made.user).min(made.user)
    }

    /// The calls that this turn answers from: those between the last user turn and this one, without those made by mistake (nothing is told of
    /// them); when there are none, the one whose result the user asks about.
    pub(super) fn fresh(&self, turn: usize) -> impl Iterator<Item = &Made<'s>> {
        // Behind the last turn it is all the same.
        let turn = turn.min(self.texts.len());
        self.fresh[turn].get_or_init(|| self.answered_from(turn)).iter().map(|call| &self.calls[*call])
    }

    fn answered_from(&self, turn: usize) -> Box<[usize]> {
        let user = self.user_of(turn);
        let made_now = |made: &Made| made.turn > user && made.turn < turn && made.call.mistake.is_none();
        let known = if self.calls.iter().any(made_now) { None } else { self.asked_about(user, turn) };
        let is_fresh = |made: &Made| made_now(made) || known == Some(made.call.id);
        (0..self.calls.len()).filter(|call| is_fresh(&self.calls[*call])).collect()
    }

    /// The latest call whose result holds what a question asks for and its answer says: a field by its name, or more of a list.
    fn asked_about(&self, user: usize, answer: usize) -> Option<usize> {
        let (asked, said) = (self.texts.get(user)?, self.texts.get(answer)?);
        if self.role(user) != Some(Role::User) || said.raw.contains('?') {
            return None;
        }
        let more = asked.has_any(&MORE);
        let about = |made: &&Made<'s>| {
            made.facts.iter().any(|fact| {
                let Some(field) = made.field(fact) else { return false };
                let names = item_of(&fact.pointer).is_some() && fact.value.is_string();
                let named = || !noun_places(asked, &field.phrase.noun).is_empty() || counted(asked, &field.phrase.noun);
                ((more && names) || named())
                    && !self.find(answer, fact.value, Some(field)).is_empty()
                    && self.find(user, fact.value, Some(field)).is_empty()
            })
        };
        self.calls.iter().rev().filter(|made| made.turn < user && !made.failed()).find(about).map(|made| made.call.id)
    }

    /// The assistant's words that the user turn `turn` replies to.
    pub(super) fn question_before(&self, turn: usize) -> Option<&Text<'s>> {
        let before = turn.checked_sub(1)?;
        (self.role(before)? == Role::Assistant && self.texts[before].raw.contains('?')).then(|| &self.texts[before])
    }

    /// Places in a turn where a value is said. Each question is answered once.
    pub(super) fn find(&self, turn: usize, value: &Value, leaf: Option<&Leaf>) -> Rc<[Range<usize>]> {
        let Some(text) = self.texts.get(turn).filter(|text| may_hold(text, value, leaf)) else { return Rc::default() };
        let key = (turn, kind_of(leaf), hash(value));
        if let Some(found) = self.finds.borrow().get(&key) {
            return found.clone();
        }
        let found: Rc<[Range<usize>]> = search(text, value, leaf, &self.say).into();
        self.finds.borrow_mut().insert(key, found.clone());
        found
    }

    /// Whether the words at a span say the value.
    pub(super) fn says(&self, turn: usize, span: Span, value: &Value, leaf: Option<&Leaf>) -> bool {
        self.find(turn, value, leaf).iter().any(|range| covers(range, span))
    }
}

/// Words by which somebody asks for more of a list.
const MORE: [&str; 9] = ["else", "other", "others", "rest", "more", "remaining", "besides", "keep going", "all the"];

/// "How many passengers" asks for the number of passengers.
fn counted(text: &Text, noun: &str) -> bool {
    noun.strip_prefix("number of ").is_some_and(|counted| text.has("how many") && !noun_places(text, counted).is_empty())
}

/// A find and a recorded span are the same place, give or take quotes, a unit or a preposition.
fn covers(range: &Range<usize>, span: Span) -> bool {
    let inside = range.start >= span.start && range.end <= span.end;
    let around = range.start <= span.start && range.end >= span.end;
    (inside && (span.end - span.start) <= (range.end - range.start) + 24)
        || (around && (range.end - range.start) <= (span.end - span.start) + 12)
}

fn search(text: &Text, value: &Value, leaf: Option<&Leaf>, say: &SayContext) -> Vec<Range<usize>> {
    match value {
        Value::Bool(truth) => super::truth::find(text, *truth, leaf),
        Value::Null | Value::Array(_) | Value::Object(_) => Vec::new(),
        _ => {
            let sem = leaf.map_or_else(|| value::shape(value), |leaf| leaf.sem);
            let mut found = value::find(text.raw, value, sem, hints(leaf), say);
            // The gate "A" is not the article.
            if let Some(short) = value.as_str().filter(|said| said.len() <= 2 && said.bytes().any(|b| b.is_ascii_uppercase())) {
                found.retain(|range| text.raw[range.clone()].contains(short) || range.len() > 2);
            }
            found
        }
    }
}

/// Leaves for which a value is said in the same ways have the same number.
fn kind_of(leaf: Option<&Leaf>) -> usize {
    let Some(leaf) = leaf else { return 0 };
    let plain = leaf.sem != SemType::Bool && leaf.phrase.unit.is_none() && leaf.phrase.counted.is_none() && leaf.phrase.enum_say.is_empty();
    // No leaf stands at so low an address.
    if plain { 1 + leaf.sem as usize } else { std::ptr::from_ref(leaf) as usize }
}

fn hash(value: &Value) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    match value {
        Value::String(said) => (0, xxhash_rust::xxh3::xxh3_64(said.as_bytes())).hash(&mut hasher),
        Value::Number(number) => (1, number).hash(&mut hasher),
        other => (2, other).hash(&mut hasher),
    }
    hasher.finish()
}

/// A cheap look before the grammar is asked: what is said as it is written must begin somewhere in the text.
fn may_hold(text: &Text, value: &Value, leaf: Option<&Leaf>) -> bool {
    if text.words.is_empty() {
        return false;
    }
    match value {
        Value::String(said) => match leaf.map(|leaf| leaf.sem) {
            Some(sem) if verbatim(sem) => text.may_begin(said),
            Some(SemType::Enum | SemType::Category) => may_choose(text, said, leaf),
            _ => !said.trim().is_empty(),
        },
        Value::Number(_) => {
            text.counts
                || leaf.is_some_and(|leaf| leaf.sem == SemType::Duration || leaf.phrase.unit.is_some() || leaf.phrase.counted.is_some())
        }
        Value::Bool(_) => true,
        _ => false,
    }
}

/// A word of the text has the first two letters of a choice, or of how the catalog says it; short forms may be said by any word.
fn may_choose(text: &Text, choice: &str, leaf: Option<&Leaf>) -> bool {
    let said = leaf.and_then(|leaf| leaf.phrase.enum_say.get(choice)).map(String::as_str);
    [Some(choice), said].into_iter().flatten().any(|form| {
        let letters = form.as_bytes();
        let plain = form.len() > 4 && letters[..2].iter().all(u8::is_ascii_alphabetic);
        let starts = |word: &super::words::Word| text.low.as_bytes()[word.start..word.end].starts_with(&letters[..2].to_ascii_lowercase());
        !plain || text.words.iter().any(starts)
    })
}

/// Types whose texts have one spelling.
fn verbatim(sem: SemType) -> bool {
    use SemType::*;
    matches!(sem, Person | Org | Title | Place | Address | Id | Email | Url | Path | Query | Text | Code | Airport)
}

/// What the catalog knows about saying the values of this leaf.
pub(super) fn hints(leaf: Option<&Leaf>) -> Hints<'_> {
    leaf.map_or_else(Hints::default, |leaf| Hints {
        unit: leaf.phrase.unit.as_deref(),
        counted: leaf.phrase.counted.as_deref(),
        enum_say: Some(&leaf.phrase.enum_say).filter(|map| !map.is_empty()),
    })
}

impl<'s> Made<'s> {
    fn new(call: &'s Call, turn: usize, user: usize, known: Option<&'s Known<'s>>, result: Option<&'s CallResult>) -> Self {
        let args = leaves(&call.arguments)
            .into_iter()
            .map(|(pointer, value)| Arg {
                leaf: known.and_then(|known| known.parameter(&pointer)),
                source: call.provenance.get(&pointer),
                value,
                pointer,
            })
            .collect();
        let facts = result
            .into_iter()
            .flat_map(|result| leaves(&result.value))
            .map(|(pointer, value)| Fact { field: known.and_then(|known| known.field(&pointer)), value, pointer })
            .collect();
        Made { call, turn, known, result, user, args, facts }
    }

    pub(super) fn failed(&self) -> bool {
        self.result.is_none_or(|result| result.is_error)
    }

    /// The wrong tool was called, and what it was given was said for another.
    pub(super) fn misdirected(&self) -> bool {
        matches!(self.call.mistake, Some(Mistake::WrongTool { .. }))
    }

    /// The argument that is wrong by mistake.
    pub(super) fn at_fault(&self, pointer: &str) -> bool {
        matches!(&self.call.mistake, Some(Mistake::WrongArgument { pointer: at, .. }) if at == pointer)
    }

    pub(super) fn leaf(&self, arg: &Arg) -> Option<&'s Leaf> {
        self.known?.tool.parameters.get(arg.leaf?)
    }

    pub(super) fn field(&self, fact: &Fact) -> Option<&'s Leaf> {
        self.known?.tool.returns.fields.get(fact.field?)
    }

    pub(super) fn sem(&self, arg: &Arg) -> SemType {
        self.leaf(arg).map_or_else(|| value::shape(arg.value), |leaf| leaf.sem)
    }

    /// The fact at a pointer of the result.
    pub(super) fn fact(&self, pointer: &str) -> Option<&Fact<'s>> {
        self.facts.iter().find(|fact| fact.pointer == pointer)
    }
}

/// List and item that a concrete pointer leads through: `/hotels/1/name` is item 1 of `/hotels`.
pub(super) fn item_of(pointer: &str) -> Option<(&str, usize)> {
    let mut at = 0;
    for part in pointer.split('/').skip(1) {
        let start = at + 1;
        if !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) {
            return part.parse().ok().map(|item| (&pointer[..at], item));
        }
        at = start + part.len();
    }
    None
}

/// How many items the list at a pointer has.
pub(super) fn length(result: Option<&CallResult>, list: &str) -> usize {
    result.and_then(|result| result.value.pointer(list)).and_then(Value::as_array).map_or(0, Vec::len)
}
