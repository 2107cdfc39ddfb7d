//! ## What it does
//! Where the assistant names a field of a fresh result and goes on to say its value ("the check-in time is ...", "with a rating of ..."),
//! a value of that field must stand there, and a yes or no must be the field's.
//! ## Why it is bad
//! The value of another field, or a word that is no value at all, would be told as that field's.
//! ## Example
//! "The check-in time is noon and the check-out time is 4 pm" where it is the other way round.

use super::Check;
use crate::catalog::Leaf;
use crate::verify::Findings;
use crate::verify::scene::{Made, Scene};
use crate::verify::told::{Mention, Told, noun_places, says_done};
use crate::verify::words::Text;
use serde_json::Value;
use std::ops::Range;

pub(super) struct Labelled;

/// What can stand between the name of a field and its value.
const LINKS: [&str; 14] = ["", "is", "are", "of", ":", "says", "reads", "comes to", "will be", "was", "were", "is now", "is at", "is on"];
/// Of these, those behind which a value must stand.
const STRICT: [&str; 7] = ["is", "are", ":", "comes to", "will be", "says", "reads"];

impl Check for Labelled {
    fn name(&self) -> &'static str {
        "labelled"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for turn in scene.spoken() {
            let fresh: Vec<&Made> = scene.fresh(turn).filter(|made| !made.failed()).collect();
            if fresh.is_empty() {
                continue;
            }
            let told = Told::of(scene, turn, &fresh);
            for mention in &told.mentions {
                if told.facts[mention.facts[0]].1.value.is_number() && out_of_nothing(scene, turn, &told, mention) {
                    out.add(turn, format!("\"{}\" is told out of something else", &scene.texts[turn].raw[mention.span.clone()]));
                }
            }
            for label in labels(scene, turn, &told, &fresh) {
                if let Err(why) = label.holds(scene, turn, &told) {
                    out.add(turn, why);
                }
            }
        }
    }
}

/// "3.2 out of 4" where ratings go to five: the whole must be the largest value that the field can have, or a usual one.
fn out_of_nothing(scene: &Scene, turn: usize, told: &Told, mention: &Mention) -> bool {
    let rest = &scene.texts[turn].low[mention.span.start..];
    let Some(at) = rest.find(" out of ").filter(|at| *at <= mention.span.len()) else { return false };
    let digits: String = rest[at + 8..].chars().take_while(char::is_ascii_digit).collect();
    let Ok(whole) = digits.parse::<f64>() else { return false };
    mention.facts.iter().all(|index| {
        let (made, fact) = told.facts[*index];
        let largest = made.field(fact).and_then(|field| field.schema.get("maximum")).and_then(Value::as_f64);
        let usual = matches!(whole as i64, 5 | 10 | 20 | 100);
        largest.map_or(!usual, |largest| whole < largest || (whole > largest && !usual))
    })
}

/// One place where fields are named.
struct Label<'m> {
    span: Range<usize>,
    /// Calls and the patterns of their fields.
    fields: Vec<(usize, &'m Leaf)>,
    /// Arguments with the same noun.
    arguments: Vec<(&'m Value, &'m Leaf)>,
}

fn labels<'m>(scene: &'m Scene, turn: usize, told: &Told, fresh: &[&'m Made]) -> Vec<Label<'m>> {
    let text = &scene.texts[turn];
    let mut out: Vec<Label> = Vec::new();
    for made in fresh {
        let Some(known) = made.known else { continue };
        for field in known.tool.returns.fields.iter().filter(|field| !field.phrase.silent) {
            for (span, _) in noun_places(text, &field.phrase.noun) {
                let own = (made.call.id, field);
                match out.iter_mut().find(|label| label.span == span) {
                    Some(label) => label.fields.push(own),
                    None => out.push(Label { span, fields: vec![own], arguments: Vec::new() }),
                }
            }
        }
    }
    for made in fresh {
        for arg in &made.args {
            let Some(leaf) = made.leaf(arg) else { continue };
            for (span, _) in noun_places(text, &leaf.phrase.noun) {
                match out.iter_mut().find(|label| label.span == span) {
                    Some(label) => label.arguments.push((arg.value, leaf)),
                    // It hides the shorter names inside of it.
                    None => out.push(Label { span, fields: Vec::new(), arguments: vec![(arg.value, leaf)] }),
                }
            }
        }
    }
    let spans: Vec<Range<usize>> = out.iter().map(|label| label.span.clone()).collect();
    // "The dish is ordered" names no field.
    let successes = || fresh.iter().filter_map(|made| made.known).flat_map(|known| &known.tool.phrase.success);
    let claims: Vec<Range<usize>> = successes()
        .flat_map(|success| text.find_phrases(success.to_lowercase().trim_end_matches(['.', '!'])).collect::<Vec<_>>())
        .collect();
    // "The model response is created" says nothing of a model.
    let objects = || fresh.iter().filter_map(|made| made.known).map(|known| known.tool.phrase.object.to_lowercase());
    let named: Vec<Range<usize>> = objects().flat_map(|object| text.find_phrases(&object).collect::<Vec<_>>()).collect();
    let inside = |one: &Range<usize>, other: &Range<usize>| other.start <= one.start && one.end <= other.end && one.len() < other.len();
    out.retain(|label| {
        !label.fields.is_empty()
            && !spans.iter().chain(&named).any(|other| inside(&label.span, other))
            && !claims.iter().chain(&told.spans).any(|value| value.start < label.span.end && label.span.start < value.end)
    });
    out
}

impl Label<'_> {
    fn holds(&self, scene: &Scene, turn: usize, told: &Told) -> Result<(), String> {
        let text = &scene.texts[turn];
        let noun = &text.raw[self.span.clone()];
        let rest = &text.low[self.span.end..];
        let behind = |at: usize| rest.get(..at - self.span.end).map(str::trim);
        let own = |leaf: &Leaf, call: usize| self.fields.iter().any(|(of, field)| *of == call && field.pointer == leaf.pointer);
        // The value that stands next to the name.
        let next = told.mentions.iter().filter(|mention| mention.span.start >= self.span.end).min_by_key(|mention| mention.span.start);
        if let Some(next) = next
            && let Some(link) = behind(next.span.start).map(|link| link.trim_end_matches(['"', '“', '(', '$', '€', '£']).trim())
            && LINKS.contains(&link)
        {
            let fits = next.facts.iter().any(|index| {
                let (made, fact) = told.facts[*index];
                made.field(fact).is_none_or(|field| own(field, made.call.id))
            });
            return if fits || self.argument_at(scene, turn, next.span.start) {
                Ok(())
            } else {
                Err(format!("\"{}\" is told as the {noun}, which it is not", &text.raw[next.span.clone()]))
            };
        }
        self.truth_holds(scene, turn)?;
        let strict = STRICT.iter().filter_map(|link| {
            let tail = rest.trim_start().strip_prefix(link)?;
            (*link == ":" || tail.starts_with(' ')).then(|| text.low.len() - tail.trim_start().len())
        });
        // "A discount of 15%".
        let amount = rest.strip_prefix(" of ").filter(|tail| tail.starts_with(|c: char| c.is_ascii_digit() || c == '$'));
        let strict = strict.chain(amount.map(|tail| text.low.len() - tail.len()));
        let Some(start) = strict.max() else { return Ok(()) };
        // "The text is typed": what the tool does.
        let done = |known: &crate::verify::known::Known| {
            says_done(text, &(start..text.low.len().min(start + known.tool.phrase.past.len())), known)
        };
        if scene.fresh(turn).filter_map(|made| made.known).any(done) {
            return Ok(());
        }
        let scalar = self.fields.iter().all(|(_, field)| field.sem != crate::value::SemType::Bool);
        let introduced = self.introduced(text);
        if scalar
            && introduced
            && !self.argument_at(scene, turn, start)
            && !told.spans.iter().any(|span| span.start <= start + 2 && start < span.end)
        {
            return Err(format!("the {noun} is told without a value of it"));
        }
        Ok(())
    }

    /// The name opens a clause: "the price is", "price: ...".
    fn introduced(&self, text: &Text) -> bool {
        let before = text.low[..self.span.start].trim_end();
        before.is_empty()
            || before.ends_with("the")
            || [" a", " an", "with a", "with an"].iter().any(|article| before.ends_with(article))
            || matches!(before, "a" | "an")
            || before.ends_with(['.', '!', '?', ','])
    }

    fn argument_at(&self, scene: &Scene, turn: usize, at: usize) -> bool {
        self.arguments.iter().any(|(value, leaf)| scene.find(turn, value, Some(leaf)).iter().any(|span| span.start.abs_diff(at) <= 2))
    }

    /// "parking: yes", "no parking": told of a field with one truth, it must be that.
    fn truth_holds(&self, scene: &Scene, turn: usize) -> Result<(), String> {
        let text = &scene.texts[turn];
        let [(call, field)] = self.fields[..] else { return Ok(()) };
        let Some(made) = scene.made(call).filter(|_| field.sem == crate::value::SemType::Bool) else { return Ok(()) };
        let mut truths =
            made.facts.iter().filter(|fact| made.field(fact).is_some_and(|one| one.pointer == field.pointer)).map(|fact| fact.value);
        let (Some(Value::Bool(truth)), None) = (truths.next(), truths.next()) else { return Ok(()) };
        let behind = text.low[self.span.end..].trim_start_matches([':', ' ']);
        let before = text.low[..self.span.start].trim_end();
        let said = if text.raw[self.span.end..].starts_with(':') && (behind.starts_with("yes") || behind.starts_with("no")) {
            Some(behind.starts_with("yes"))
        } else if ["no", "not", "isn't", "without", "aren't"]
            .iter()
            .any(|word| before.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
        {
            Some(false)
        } else if ["it's", "it is", "with", "and", ","].iter().any(|word| before.ends_with(word)) {
            Some(true)
        } else {
            None
        };
        match said {
            Some(said) if said != *truth => Err(format!("\"{}\" is told, which is not so", &text.raw[self.span.clone()])),
            _ => Ok(()),
        }
    }
}
