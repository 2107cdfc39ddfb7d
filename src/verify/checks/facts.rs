//! ## What it does
//! A value told from a result must be the value of the field that the words beside it name, and of the item that they name.
//! ## Why it is bad
//! Swapped facts pass every look-up: each of them does stand in the result.
//! ## Example
//! "Lotus is $40 and Garden is $30" where it is the other way round.

use super::Check;
use crate::value::SemType;
use crate::verify::Findings;
use crate::verify::cues::evidence;
use crate::verify::known::Known;
use crate::verify::scene::{Fact, Made, Scene, item_of};
use crate::verify::told::{Mention, Name, Told};
use crate::verify::words::content;
use serde_json::Value;
use std::ops::Range;

pub(super) struct Facts;

/// How much better another fact must fit.
const MARGIN: f32 = 0.8;
/// What it counts that a value stands beside its item's name.
const ITEM: f32 = 4.0;

impl Check for Facts {
    fn name(&self) -> &'static str {
        "facts"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for turn in scene.spoken() {
            let fresh: Vec<&Made> = scene.fresh(turn).filter(|made| !made.failed()).collect();
            let said = Told::of(scene, turn, &fresh);
            said.repeated(scene, turn, out);
            other_choice(scene, turn, &fresh, &said.spans, out);
            for mention in &said.mentions {
                if let Some(better) = said.better(scene, turn, mention).or_else(|| said.of_the_whole(scene, turn, mention)) {
                    out.add(turn, format!("\"{}\" is told as {better}, which it is not", &scene.texts[turn].raw[mention.span.clone()]));
                }
            }
        }
    }
}

impl Told<'_, '_> {
    /// Two names of one sentence that can only be the same item.
    fn repeated(&self, scene: &Scene, turn: usize, out: &mut Findings) {
        for (at, name) in self.names.iter().enumerate() {
            let alone = |one: &Name| self.names.iter().filter(|other| other.span == one.span).count() == 1;
            let again = self.names[..at]
                .iter()
                .any(|other| other.fact == name.fact && alone(other) && self.together(scene, turn, other, &name.span));
            if again && alone(name) {
                out.add(turn, format!("\"{}\" is told twice in one list", &scene.texts[turn].raw[name.span.clone()]));
            }
        }
    }

    /// The fact that the words speak of, when the value belongs to another one.
    fn better(&self, scene: &Scene, turn: usize, mention: &Mention) -> Option<String> {
        // The name of an item has no label; the list has its order. What the tool is about is no value.
        let stems = content(&scene.texts[turn].low[mention.span.clone()]);
        let mut tools = self.facts.iter().filter_map(|(made, _)| made.known);
        // "The message is shown": what was done.
        let done = |known: &Known| known.tool.phrase.past.to_lowercase() == scene.texts[turn].low[mention.span.clone()];
        let about = tools.any(|known| done(known) || (!stems.is_empty() && stems.iter().all(|stem| known.sense.strong.contains(stem))));
        if about || self.names.iter().any(|name| name.span == mention.span) {
            return None;
        }
        let others: Vec<Range<usize>> = self.spans.iter().filter(|span| **span != mention.span).cloned().collect();
        let points = |index: usize| self.points(scene, turn, mention, index, &others);
        let own = mention.facts.iter().map(|index| points(*index)).fold(f32::MIN, f32::max);
        let kinds: Vec<u8> = mention.facts.iter().map(|index| self.kind(*index)).collect();
        // "I found 3": how many there are, not what one of them has.
        if own < 1.0 && super::statement::is_count(scene, turn, &scene.texts[turn].low[mention.span.clone()]) {
            return None;
        }
        let (best, at) = (0..self.facts.len())
            .filter(|index| !mention.facts.contains(index) && kinds.contains(&self.kind(*index)))
            .map(|index| (points(index), index))
            .fold((f32::MIN, 0), |best, one| if one.0 > best.0 { one } else { best });
        let (made, fact) = *self.facts.get(at)?;
        (best > own + MARGIN).then(|| {
            let noun = made.field(fact).map_or("", |field| field.phrase.noun.as_str());
            format!("the {noun} at {}", fact.pointer)
        })
    }

    /// A field of a result as a whole by the same name, where the value is only told of some item that nobody names.
    fn of_the_whole(&self, scene: &Scene, turn: usize, mention: &Mention) -> Option<String> {
        let own: Vec<_> = mention.facts.iter().map(|index| self.facts[*index]).collect();
        let named = self.names.iter().any(|name| name.span.start < mention.span.end || self.together(scene, turn, name, &mention.span));
        if named || !own.iter().all(|(_, fact)| fact.value.is_number() && item_of(&fact.pointer).is_some()) {
            return None;
        }
        let noun = |(made, fact): &(&Made, &Fact)| made.field(fact).map(|field| field.phrase.noun.clone());
        let nouns: Vec<String> = own.iter().filter_map(noun).collect();
        let mut whole = self.facts.iter().filter(|(_, fact)| fact.value.is_number() && item_of(&fact.pointer).is_none());
        let (made, fact) = whole.find(|one| noun(one).is_some_and(|noun| nouns.contains(&noun)))?;
        Some(format!("the {} at {} of call {}", noun(&(*made, *fact))?, fact.pointer, made.call.id))
    }

    fn points(&self, scene: &Scene, turn: usize, mention: &Mention, index: usize, others: &[Range<usize>]) -> f32 {
        let (made, fact) = self.facts[index];
        let noun = match (made.known, fact.field) {
            (Some(known), Some(field)) => evidence(scene, turn, &mention.span, &known.field_cues[field], others),
            _ => 0.0,
        };
        // Between results, the item of one of them decides nothing.
        let place = item_of(&fact.pointer).map(|(list, _)| list);
        let same_list = mention.facts.iter().all(|own| {
            let (own_made, own_fact) = self.facts[*own];
            own_made.call.id == made.call.id && item_of(&own_fact.pointer).map(|(list, _)| list) == place
        });
        let own = mention.facts.contains(&index);
        if own || same_list { noun + self.item_points(scene, turn, mention, made, fact) } else { noun }
    }

    /// Whether the fact is of the item that governs the place: the name before it in the sentence, otherwise the one behind it.
    fn item_points(&self, scene: &Scene, turn: usize, mention: &Mention, made: &Made, fact: &Fact) -> f32 {
        let Some((list, item)) = item_of(&fact.pointer) else { return 0.0 };
        if self.names.iter().any(|name| name.span == mention.span) {
            return 0.0;
        }
        // Any name counts, so that a list told before another one does not govern its values.
        let near = |name: &&Name| self.together(scene, turn, name, &mention.span);
        let before = self.names.iter().rfind(|name| name.span.end <= mention.span.start && near(name));
        let after = self.names.iter().find(|name| name.span.start >= mention.span.end && near(name));
        let earlier = self.names.iter().rfind(|name| name.span.end <= mention.span.start);
        let Some(governing) = before.or(after).or(earlier) else { return 0.0 };
        let named = self
            .names
            .iter()
            .any(|name| name.span == governing.span && name.call == made.call.id && name.list == list && name.item == item);
        if named { ITEM } else { -ITEM }
    }

    fn kind(&self, index: usize) -> u8 {
        let (made, fact) = self.facts[index];
        made.field(fact).map_or(0, |field| look(field.sem))
    }
}

/// A choice of an enum field is told that the field does not have.
fn other_choice(scene: &Scene, turn: usize, fresh: &[&Made], said: &[Range<usize>], out: &mut Findings) {
    for made in fresh {
        let Some(known) = made.known else { continue };
        for (field, cues) in known.tool.returns.fields.iter().zip(&known.field_cues) {
            let Some(choices) = field.schema.get("enum").and_then(Value::as_array) else { continue };
            // What the tool is about is no choice there ("artist tracks").
            let own = |choice: &&Value| {
                choice.as_str().is_some_and(|said| !content(&said.to_lowercase()).iter().all(|stem| known.sense.strong.contains(stem)))
            };
            for choice in choices.iter().filter(own) {
                for span in scene.find(turn, choice, Some(field)).iter().cloned() {
                    // What was taken for another choice by mistake may be owned.
                    let owned = super::statement::mistaken(scene, turn);
                    let free = !said.iter().chain(&owned).any(|other| other.start < span.end && span.start < other.end);
                    if free && evidence(scene, turn, &span, cues, said) >= 2.2 {
                        out.add(
                            turn,
                            format!("\"{}\" is told as the {}, which it is not", &scene.texts[turn].raw[span], field.phrase.noun),
                        );
                    }
                }
            }
        }
    }
}

/// Types whose values a reader cannot tell apart.
pub(super) fn look(sem: SemType) -> u8 {
    use SemType::*;
    match sem {
        Date => 1,
        Time => 2,
        Datetime => 3,
        Count | CountPeople | Number | Quantity | Rating | Latitude | Longitude => 4,
        Percent => 14,
        Money => 5,
        Duration => 6,
        Email => 7,
        Phone => 8,
        Url | Path => 9,
        Bool => 10,
        Enum | Category | Unit | Currency | Language => 11,
        Id | Code => 12,
        _ => 13,
    }
}
