//! What an assistant's turn tells: the places where facts of fresh results stand, and the names of items among them.

use super::known::Known;
use super::scene::{Fact, Made, Scene, item_of};
use super::words::Text;
use crate::catalog::Leaf;
use crate::value::SemType;
use serde_json::Value;
use std::ops::Range;

/// One place of the text and the facts that it may state.
pub(super) struct Mention {
    pub span: Range<usize>,
    /// Indexes into [`Told::facts`].
    pub facts: Vec<usize>,
}

/// One place where an item of a list is named.
pub(super) struct Name<'m> {
    pub span: Range<usize>,
    /// Index into [`Told::facts`].
    pub fact: usize,
    pub call: usize,
    pub list: &'m str,
    pub item: usize,
}

pub(super) struct Told<'m, 's> {
    pub facts: Vec<(&'m Made<'s>, &'m Fact<'s>)>,
    pub mentions: Vec<Mention>,
    pub spans: Vec<Range<usize>>,
    /// In the order of the text; a place that may name several items has several.
    pub names: Vec<Name<'m>>,
    /// Where fields are named, by nouns of more than one word.
    pub nouns: Vec<Range<usize>>,
}

impl<'m, 's> Told<'m, 's> {
    pub(super) fn of(scene: &Scene<'s>, turn: usize, fresh: &[&'m Made<'s>]) -> Self {
        let facts: Vec<(&Made, &Fact)> = fresh
            .iter()
            .flat_map(|made| made.facts.iter().map(move |fact| (*made, fact)))
            .filter(|(_, fact)| !matches!(fact.value, Value::Bool(_)))
            .collect();
        let mut mentions: Vec<Mention> = Vec::new();
        for (index, (made, fact)) in facts.iter().enumerate() {
            for span in scene.find(turn, fact.value, made.field(fact)).iter().cloned() {
                match mentions.iter_mut().find(|mention| mention.span == span) {
                    Some(mention) => mention.facts.push(index),
                    None => mentions.push(Mention { span, facts: vec![index] }),
                }
            }
        }
        // "Your tickets are booked" states no field.
        let text = &scene.texts[turn];
        let successes = fresh.iter().filter_map(|made| made.known).flat_map(|known| &known.tool.phrase.success);
        let claims: Vec<Range<usize>> =
            successes.flat_map(|line| text.find_phrases(line.to_lowercase().trim_end_matches(['.', '!'])).collect::<Vec<_>>()).collect();
        mentions.retain(|mention| !claims.iter().any(|claim| claim.start <= mention.span.start && mention.span.end <= claim.end));
        // Nor does "the text is typed" where that is what the tool does.
        mentions.retain(|mention| !fresh.iter().filter_map(|made| made.known).any(|known| says_done(text, &mention.span, known)));
        // "$62.75 a month" is a rate, and no length.
        let rate = |span: &Range<usize>| {
            let each = ["a ", "an ", "per "].iter().any(|each| text.low[span.clone()].starts_with(each));
            each && text.low[..span.start].trim_end().ends_with(|c: char| c.is_ascii_digit() || c == '%')
        };
        mentions.retain(|mention| !rate(&mention.span));
        // "The next page is 7" says no page, where that is what another field has.
        let mut nouns: Vec<&str> = facts.iter().filter_map(|(made, fact)| Some(made.field(fact)?.phrase.noun.as_str())).collect();
        nouns.retain(|noun| noun.contains(' ') && text.low.contains(&noun.to_lowercase()));
        nouns.sort_unstable();
        nouns.dedup();
        let labels: Vec<Range<usize>> = nouns.into_iter().flat_map(|noun| noun_places(text, noun)).map(|(span, _)| span).collect();
        let inside = |span: &Range<usize>| labels.iter().any(|label| label.start <= span.start && span.end <= label.end && label != span);
        mentions.retain(|mention| !inside(&mention.span));
        // Part of a longer value is no mention of its own.
        let all: Vec<Range<usize>> = mentions.iter().map(|mention| mention.span.clone()).collect();
        mentions.retain(|mention| {
            !all.iter().any(|other| *other != mention.span && other.start <= mention.span.start && mention.span.end <= other.end)
        });
        let spans: Vec<Range<usize>> = mentions.iter().map(|mention| mention.span.clone()).collect();
        let mut names = Vec::new();
        for mention in &mentions {
            for index in &mention.facts {
                let (made, fact) = facts[*index];
                if let Some((list, item)) = item_of(&fact.pointer)
                    && fact.value.is_string()
                    && names_items(made, fact, list)
                {
                    names.push(Name { span: mention.span.clone(), fact: *index, call: made.call.id, list, item });
                }
            }
        }
        names.sort_by_key(|name: &Name| name.span.start);
        let fields = fresh.iter().filter_map(|made| made.known).flat_map(|known| &known.tool.returns.fields);
        let nouns = fields.flat_map(|field| noun_places(text, &field.phrase.noun)).filter(|(_, words)| *words > 1);
        let truths = fresh.iter().filter_map(|made| made.known).flat_map(|known| &known.tool.returns.fields);
        let truths = truths.filter(|field| field.sem == SemType::Bool).flat_map(|field| noun_places(text, &field.phrase.noun));
        let nouns = nouns.chain(truths);
        let nouns = nouns.map(|(span, _)| span).collect();
        Told { facts, mentions, spans, names, nouns }
    }

    /// The sentences of the turn; a stop inside of a value ends none.
    pub(super) fn sentences(&self, scene: &Scene, turn: usize) -> Vec<Range<usize>> {
        let raw = scene.texts[turn].raw;
        let (mut out, mut start) = (Vec::new(), 0);
        for (at, c) in raw.char_indices() {
            let ends = raw[at + c.len_utf8()..].starts_with(|next: char| next.is_whitespace() || matches!(next, '"' | '”'));
            if matches!(c, '.' | '?' | '!') && ends && !self.spans.iter().any(|span| span.start <= at && at < span.end) {
                out.push(start..at);
                start = at + 1;
            }
        }
        out.push(start..raw.len());
        out
    }

    /// The parts of a sentence that commas, colons, brackets, "and" and "with" make, values and names of fields left whole; and how many
    /// of them stand before a colon.
    pub(super) fn parts(&self, scene: &Scene, turn: usize, sentence: &Range<usize>, values: &[Range<usize>]) -> (Vec<Range<usize>>, usize) {
        let text = &scene.texts[turn];
        let whole = |at: usize| values.iter().chain(&self.spans).chain(&self.nouns).any(|span| span.start <= at && at < span.end);
        let (mut out, mut lead, mut start) = (Vec::new(), 0, sentence.start);
        let mut cut = |from: usize, to: usize, colon: bool| {
            if text.words.iter().any(|word| start <= word.start && word.end <= from) {
                out.push(start..from);
            }
            if colon {
                lead = out.len();
            }
            start = to;
        };
        for (at, c) in text.raw[sentence.clone()].char_indices().map(|(at, c)| (at + sentence.start, c)) {
            let spaced = text.raw[at + c.len_utf8()..].starts_with(char::is_whitespace);
            if !whole(at) && (matches!(c, '(' | ')' | ';') || (matches!(c, ',' | ':') && spaced)) {
                cut(at, at + c.len_utf8(), c == ':');
            } else if c == ' ' && !whole(at) {
                let joint = ["and ", "with "].iter().find(|joint| text.low[at + 1..].starts_with(**joint));
                if let Some(joint) = joint.filter(|_| !whole(at + 1)) {
                    cut(at, at + 1 + joint.len(), false);
                }
            }
        }
        cut(sentence.end, sentence.end, false);
        (out, lead)
    }

    /// The place is a part of the name of a field ("bags" of "checked bags").
    pub(super) fn in_noun(&self, span: &Range<usize>) -> bool {
        self.nouns.iter().any(|noun| noun.start <= span.start && span.end <= noun.end)
    }

    /// Whether a name and another place belong to one sentence; a stop that belongs to a value ends none.
    pub(super) fn together(&self, scene: &Scene, turn: usize, name: &Name, place: &Range<usize>) -> bool {
        let raw = scene.texts[turn].raw;
        let (from, to) = if name.span.end <= place.start { (name.span.end, place.start) } else { (place.end, name.span.start) };
        let Some(between) = raw.get(from..to) else { return true };
        let own_stop = self.facts[name.fact].1.value.as_str().is_some_and(|said| said.ends_with(['.', '?', '!'])) && from == name.span.end;
        let between = if own_stop { between.trim_start_matches(['.', '?', '!']) } else { between };
        !between.char_indices().any(|(at, c)| {
            let here = from + (to - from - between.len()) + at;
            matches!(c, '.' | '?' | '!')
                && raw[here + 1..].starts_with(|next: char| next.is_whitespace() || matches!(next, '"' | '”'))
                && !self.spans.iter().any(|span| span.start <= here && here < span.end)
        })
    }
}

/// Whether a word is what a tool does to its object: "the text is typed", "I've typed", but not "the status is typed".
pub(super) fn says_done(text: &Text, span: &Range<usize>, known: &Known) -> bool {
    if !text.low[span.clone()].eq_ignore_ascii_case(&known.tool.phrase.past) {
        return false;
    }
    let before = text.low[..span.start].trim_end();
    if ["been", "i've", "i’ve", "i have"].iter().any(|word| before.ends_with(word)) {
        return true;
    }
    let subject = ["is now", "are now", "is", "are", "was", "were"].iter().find_map(|word| before.strip_suffix(word));
    let Some(subject) = subject.map(str::trim_end).filter(|subject| !subject.is_empty()) else { return false };
    text.words.get(text.word_at(subject.len() - 1)).is_some_and(|word| text.stem(word) == known.sense.head)
}

/// Where a noun stands and how many words it has, its determiner left out; also without the unit at its end.
pub(super) fn noun_places(text: &Text, noun: &str) -> Vec<(Range<usize>, usize)> {
    let low = noun.to_lowercase();
    let own = Text::new(&low);
    let mut words: Vec<&str> = own.words.iter().map(|word| own.low(word)).collect();
    if words.len() > 1 && matches!(words[0], "the" | "a" | "an" | "my" | "your") {
        words.remove(0);
    }
    let mut out = run(text, &words);
    let bare = crate::value::without_unit(&low);
    if bare.len() < low.len() {
        let left = words.len() - (low[bare.len()..].split_whitespace().count());
        out.extend(run(text, &words[..left]));
    }
    out
}

fn run(text: &Text, words: &[&str]) -> Vec<(Range<usize>, usize)> {
    if words.is_empty() || text.words.len() < words.len() {
        return Vec::new();
    }
    let at = |start: usize| (0..words.len()).all(|index| text.low(&text.words[start + index]) == words[index]);
    (0..=text.words.len() - words.len())
        .filter(|start| at(*start))
        .map(|start| (text.words[start].start..text.words[start + words.len() - 1].end, words.len()))
        .collect()
}

/// Whether a field names the items of its list: the headline, or where there is none the field that sounds most like a name.
fn names_items(made: &Made, fact: &Fact, list: &str) -> bool {
    let Some(field) = made.field(fact) else { return true };
    let rank = |field: &Leaf| rank(field, list);
    let best = made.facts.iter().filter(|other| within(&other.pointer, list)).filter_map(|other| made.field(other)).map(rank).min();
    rank(field) < LAST && best == Some(rank(field))
}

fn within(pointer: &str, list: &str) -> bool {
    pointer.strip_prefix(list).is_some_and(|rest| rest.starts_with('/'))
}

const LAST: u8 = 9;

/// How little a field of a list's item sounds like the name of the item.
fn rank(field: &Leaf, list: &str) -> u8 {
    // What lies in a list inside of the item names no item.
    if field.pointer[list.len().min(field.pointer.len())..].matches('*').count() != 1 {
        return LAST;
    }
    use SemType::*;
    match field.sem {
        _ if field.phrase.headline => 0,
        _ if matches!(field.name.as_str(), "name" | "title" | "subject" | "label" | "full_name") => 1,
        Title | Person | Place | Org => 2,
        City | Country | Airport => 3,
        Date | Time | Datetime | Address | Email | Code => 4,
        Id => 5,
        _ => LAST,
    }
}
