//! ## What it does
//! Where a question about something known is answered without a call, each value of the answer must be of the thing that the question
//! names, and of the field that it names.
//! ## Why it is bad
//! A value of another item, or of another field, would be told as what was asked for.
//! ## Example
//! "How many days is the sedan booked for?" – "3 days." – where the sedan is booked for 2 days, and the SUV for 3.

use super::Check;
use super::refused::refuses;
use crate::dialogue::Role;
use crate::verify::Findings;
use crate::verify::scene::{Fact, Made, Scene, item_of};
use crate::verify::sources::overlaps;
use crate::verify::told::{Told, noun_places};
use std::ops::Range;

pub(super) struct Recalled;

impl Check for Recalled {
    fn name(&self) -> &'static str {
        "recalled"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for turn in scene.spoken().filter(|turn| answers_at_once(scene, *turn)) {
            let known: Vec<&Made> = scene.calls.iter().filter(|made| made.turn < turn && !made.failed()).collect();
            let told = Told::of(scene, turn, &known);
            let asked = Asked::of(scene, turn - 1, &known);
            let about = |index: &usize| asked.is_about(told.facts[*index].0, told.facts[*index].1);
            let takes_up = |known: &Made| {
                let fields = known.known.into_iter().flat_map(|known| &known.tool.returns.fields);
                let mut named = fields.filter(|field| asked.fields.iter().any(|(call, at)| *call == known.call.id && *at == field.pointer));
                named.any(|field| !noun_places(&scene.texts[turn], &field.phrase.noun).is_empty())
            };
            let number = |index: &usize| told.facts[*index].1.value.is_number();
            let counts = || asked.names_fields() && told.mentions.iter().any(|mention| mention.facts.iter().any(number));
            if (known.iter().any(|known| takes_up(known)) || counts())
                && !told.mentions.iter().any(|mention| mention.facts.iter().any(about))
                && !asked.holds(scene, turn, &known)
            {
                out.add(turn, "what was asked for is not told");
            }
            if asked.items.is_empty() {
                continue;
            }
            for mention in &told.mentions {
                let facts = || mention.facts.iter().map(|index| told.facts[*index]);
                let number = facts().any(|(_, fact)| fact.value.is_number());
                if (number || asked.names_fields()) && !facts().any(|(made, fact)| asked.is_about(made, fact)) {
                    out.add(turn, format!("\"{}\" is not what was asked for", &scene.texts[turn].raw[mention.span.clone()]));
                }
            }
        }
    }
}

/// The turn answers a question of the user's from what is known: nothing was called, and it neither asks nor declines.
fn answers_at_once(scene: &Scene, turn: usize) -> bool {
    let after_question = turn > 0 && scene.role(turn - 1) == Some(Role::User) && scene.texts[turn - 1].raw.contains('?');
    after_question
        && !scene.texts[turn].raw.contains('?')
        && !refuses(&scene.texts[turn])
        && !scene.dialogue.goals.iter().any(|goal| goal.turn + 1 == turn)
}

/// What a question names.
struct Asked {
    /// Items of lists: call, list, place.
    items: Vec<(usize, String, usize)>,
    /// Fields: call and pattern.
    fields: Vec<(usize, String)>,
}

impl Asked {
    fn of(scene: &Scene, question: usize, known: &[&Made]) -> Asked {
        let text = &scene.texts[question];
        let (mut items, mut fields) = (Vec::new(), Vec::new());
        let mut names: Vec<Range<usize>> = Vec::new();
        for made in known {
            for fact in made.facts.iter().filter(|fact| fact.value.is_string()) {
                let Some((list, item)) = item_of(&fact.pointer) else { continue };
                let places = scene.find(question, fact.value, made.field(fact));
                if !places.is_empty() {
                    items.push((made.call.id, list.to_string(), item));
                    names.extend(places.iter().cloned());
                }
            }
        }
        // "Hotel Station" names no hotel's field, and "how many nights" the number of nights.
        let named = |noun: &str| {
            let counted = noun.strip_prefix("the ").unwrap_or(noun).strip_prefix("number of ").map(|rest| format!("many {rest}"));
            let mut places = noun_places(text, noun);
            places.extend(counted.map(|counted| noun_places(text, &counted)).unwrap_or_default());
            places.iter().any(|(span, _)| !names.iter().any(|name| overlaps(name, span)))
        };
        for made in known {
            let Some(tool) = made.known else { continue };
            for field in tool.tool.returns.fields.iter().filter(|field| named(&field.phrase.noun)) {
                fields.push((made.call.id, field.pointer.clone()));
            }
        }
        Asked { items, fields }
    }

    fn names_fields(&self) -> bool {
        !self.fields.is_empty()
    }

    /// A yes or no that the catalog has as a word ("True") is told as it is: "There's WIFI".
    fn holds(&self, scene: &Scene, turn: usize, known: &[&Made]) -> bool {
        let text = &scene.texts[turn];
        let denied = text.has_any(&["no", "not", "without", "isn't", "aren't", "doesn't", "there's no"]);
        let truth = |made: &Made, at: &str| {
            let facts = made.facts.iter().filter(|fact| crate::dialogue::pattern(&fact.pointer) == at);
            facts.filter_map(|fact| fact.value.as_str()?.to_lowercase().parse::<bool>().ok()).next()
        };
        let noun = |made: &Made, at: &str| {
            let fields = made.known.into_iter().flat_map(|known| &known.tool.returns.fields);
            fields.filter(|field| field.pointer == at).any(|field| !noun_places(text, &field.phrase.noun).is_empty())
        };
        let of = |call: usize| known.iter().filter(move |made| made.call.id == call);
        self.fields.iter().any(|(call, at)| of(*call).any(|made| truth(made, at) == Some(!denied) && noun(made, at)))
    }

    /// Of a named item, and where fields of its call are named, one of these.
    fn is_about(&self, made: &Made, fact: &Fact) -> bool {
        let item = self.items.is_empty()
            || item_of(&fact.pointer).is_some_and(|(list, item)| {
                self.items.iter().any(|(call, of, at)| (*call, of.as_str(), *at) == (made.call.id, list, item))
            });
        let mut fields = self.fields.iter().filter(|(call, _)| *call == made.call.id).peekable();
        let named = fields.peek().is_none() || made.field(fact).is_none_or(|field| fields.any(|(_, pointer)| *pointer == field.pointer));
        // The answer may name the thing once more.
        item && (named || fact.value.is_string())
    }
}
