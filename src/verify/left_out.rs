//! What the request for a call says, and the call leaves out.

use super::checks::{argued, serves};
use super::known::Known;
use super::scene::{Made, Scene, hints};
use super::sources::{Said, ordinals, overlaps, picking};
use super::told::noun_places;
use super::words::{Text, content};
use crate::catalog::Leaf;
use crate::dialogue::Provenance;
use crate::value::{self, SemType};
use serde_json::Value;
use std::ops::Range;

/// Turns after which what was told is not what is spoken of any more.
const RECENT: usize = 4;

/// A value that the request for a call says, that fits a parameter which the call leaves out, and that only a later request uses.
pub(super) fn used_elsewhere(scene: &Scene, made: &Made, all: &[Said]) -> Option<(usize, String)> {
    let known = made.known?;
    let first = scene.opening(made);
    // In one breath, the sentence tells for which of two requests a value is said.
    let own_sentence = |one: &Said| {
        let words = sentence_at(scene, one.turn, one.span.start);
        let other = one.made.known;
        one.made.user == made.user
            && one.made.call.tool != made.call.tool
            && !feed_one(scene, one.made, made)
            && serves(&words, known)
            && !other.is_some_and(|other| serves(&words, other))
    };
    let for_another = |one: &&Said| scene.opening(one.made) > made.user || own_sentence(one);
    all.iter().filter(|one| (first..=made.user).contains(&one.turn)).filter(for_another).find_map(|one| {
        let leaf = one.made.leaf(one.arg)?;
        let index = known.tool.parameters.iter().position(|own| own.name == leaf.name && own.sem == leaf.sem)?;
        let left_out = !made.args.iter().any(|arg| arg.leaf == Some(index));
        let used = all.iter().any(|other| {
            other.turn == one.turn
                && overlaps(&other.span, &one.span)
                && other.made.turn <= made.turn
                && other.made.call.id != one.made.call.id
        });
        (left_out && !used).then(|| (one.turn, scene.texts[one.turn].raw[one.span.clone()].to_string()))
    })
}

/// Both calls give something to a third, which is what their sentence asks for.
fn feed_one(scene: &Scene, one: &Made, other: &Made) -> bool {
    let takes = |from: &Made, by: &Made| {
        let of = |source: &Provenance| matches!(source, Provenance::ToolResult { call, .. } if *call == from.call.id);
        by.args.iter().filter_map(|arg| arg.source).any(|source| source.all().into_iter().any(of))
    };
    scene.calls.iter().any(|third| takes(one, third) && takes(other, third))
}

/// The sentence of a turn in which a byte lies.
pub(super) fn sentence_at<'t>(scene: &Scene<'t>, turn: usize, byte: usize) -> Text<'t> {
    let text = &scene.texts[turn];
    let number = text.words.get(text.word_at(byte)).map_or(0, |word| word.sentence);
    let mut words = text.words.iter().filter(|word| word.sentence == number);
    let start = words.next().map_or(0, |word| word.start);
    let end = words.next_back().map_or(text.raw.len(), |word| word.end);
    Text::new(&text.raw[start..end.max(start)])
}

/// A choice, a yes or no, or a number of a parameter without an argument that the user's turns say for nothing else.
pub(super) fn option_said(scene: &Scene, made: &Made, all: &[Said]) -> Option<(usize, String)> {
    let known = made.known?;
    let first = scene.opening(made);
    for (index, leaf) in known.tool.parameters.iter().enumerate() {
        if leaf.phrase.silent || made.args.iter().any(|arg| arg.leaf == Some(index)) {
            continue;
        }
        for turn in scene.users_before(made.turn).take_while(|turn| *turn >= first) {
            let chosen = choices_said(scene, turn, leaf).into_iter().find(|range| free(scene, turn, first, range, leaf, all));
            let label = |range: &Range<usize>| labels(scene, turn, first, leaf).iter().any(|label| overlaps(label, range));
            let unused = |range: &Range<usize>| unused(scene, turn, range, all) && !label(range);
            let found = chosen.or_else(|| {
                truth_said(scene, turn, leaf, known)
                    .or_else(|| number_said(scene, turn, leaf))
                    .or_else(|| known_said(scene, turn, made, leaf))
                    .filter(unused)
            });
            if let Some(range) = found {
                return Some((turn, scene.texts[turn].raw[range].to_string()));
            }
        }
    }
    None
}

/// Places where a turn says a choice of an enum, or that something is to be with or without what a truth value stands for.
fn choices_said(scene: &Scene, turn: usize, leaf: &Leaf) -> Vec<Range<usize>> {
    if leaf.sem == SemType::Bool {
        let text = &scene.texts[turn];
        let places = [true, false].into_iter().flat_map(|truth| scene.find(turn, &Value::Bool(truth), Some(leaf)).to_vec());
        let carried = |range: &Range<usize>| {
            let first = text.low[range.clone()].split(' ').next().unwrap_or_default().to_string();
            let before = text.low[..range.start].trim_end();
            range.len() > 6
                && (["with", "without", "no", "include", "including", "only"].contains(&first.as_str())
                    || leaf.phrase.prep.iter().any(|prep| before.ends_with(prep.as_str())))
        };
        return places.filter(carried).collect();
    }
    let choices = leaf.schema.get("enum").and_then(Value::as_array).into_iter().flatten().filter(|choice| choice.is_string());
    choices.flat_map(|choice| scene.find(turn, choice, Some(leaf)).to_vec()).collect()
}

/// The noun of a truth value stands in the turn, and is no part of how people speak of the tool anyway.
fn truth_said(scene: &Scene, turn: usize, leaf: &Leaf, known: &Known) -> Option<Range<usize>> {
    let text = &scene.texts[turn];
    let noun = leaf.phrase.noun.to_lowercase();
    let stems = content(&noun);
    let own = |stem: &String| known.sense.strong.contains(stem) || known.sense.verbs.contains(stem);
    let phrase = &known.tool.phrase;
    // A noun of several words is told apart from the tool's own by all of them.
    let usual = match noun.trim().contains(' ') {
        true => phrase.ask.iter().chain([&phrase.object, &phrase.object_plural]).any(|line| line.to_lowercase().contains(noun.trim())),
        false => stems.iter().all(own),
    };
    if leaf.sem == SemType::Bool && stems.is_empty() {
        // "With an all": function words need their carrier.
        let carried =
            ["with", "without"].iter().flat_map(|with| ["an ", "a ", "the ", ""].map(|article| format!("{with} {article}{noun}")));
        return carried.into_iter().find_map(|phrase| text.find_phrase(&phrase));
    }
    if leaf.sem != SemType::Bool || usual {
        return None;
    }
    let situations = situations(scene, turn);
    let carried = |span: &Range<usize>| {
        let before = text.low[..span.start].trim_end();
        let before = ["a", "an", "the", "any"].iter().find_map(|article| before.strip_suffix(article)?.strip_suffix(' ')).unwrap_or(before);
        noun.trim().contains(' ')
            || before.ends_with(',')
            || ["with", "without", "no", "not", "include", "including", "plus", "only"].iter().any(|word| before.ends_with(word))
            || leaf
                .phrase
                .prep
                .iter()
                .any(|prep| before.ends_with(prep.as_str()) || text.low[..span.start].trim_end().ends_with(prep.as_str()))
    };
    let places = noun_places(text, &leaf.phrase.noun).into_iter().map(|(span, _)| span).filter(carried);
    places.into_iter().find(|span| !situations.iter().any(|line| overlaps(line, span)))
}

/// Where a turn tells why something is wanted, in a tool's own words.
pub(super) fn situations(scene: &Scene, turn: usize) -> Vec<Range<usize>> {
    let text = &scene.texts[turn];
    let lines = scene.tools.iter().flat_map(|known| &known.tool.phrase.situations);
    lines.filter_map(|line| text.find_phrase(line.to_lowercase().trim_end_matches(['.', '!']))).collect()
}

/// A value that an earlier call had for a parameter of the same name, behind one of the parameter's prepositions.
fn known_said(scene: &Scene, turn: usize, made: &Made, leaf: &Leaf) -> Option<Range<usize>> {
    let text = &scene.texts[turn];
    let carried = |span: &Range<usize>| {
        let before = text.low[..span.start].trim_end();
        leaf.phrase.prep.iter().any(|prep| before.strip_suffix(prep.as_str()).is_some_and(|rest| rest.ends_with(' ')))
    };
    let earlier =
        scene.calls.iter().filter(|other| other.turn < made.turn).flat_map(|other| other.args.iter().map(move |arg| (other, arg)));
    let same = earlier.filter(|(other, arg)| other.leaf(arg).is_some_and(|one| one.name == leaf.name && one.sem == leaf.sem));
    let mut values = same.map(|(_, arg)| arg.value).filter(|value| value.is_string());
    values.find_map(|value| scene.find(turn, value, Some(leaf)).iter().find(|span| carried(span)).cloned())
}

/// A number with the noun that it counts or its unit ("one ticket").
fn number_said(scene: &Scene, turn: usize, leaf: &Leaf) -> Option<Range<usize>> {
    let text = &scene.texts[turn];
    if let Some(found) = labelled(scene, turn, leaf) {
        return Some(found);
    }
    let noun = leaf.phrase.counted.as_ref()?.to_lowercase();
    let mut counted = content(&noun);
    counted.extend(content(&value::english::plural(&noun)));
    let named = |range: &Range<usize>| {
        let words = text.words.iter().filter(|word| word.start >= range.start && word.end <= range.end);
        words.map(|word| text.stem(word)).any(|stem| counted.iter().any(|noun| noun == stem))
    };
    value::read(text.raw, leaf.sem, hints(Some(leaf)), &scene.say).into_iter().map(|reading| reading.span).find(named)
}

/// "The length in minutes should be one hour", "the email address ann@example.org": a value right behind the whole noun of the leaf.
fn labelled(scene: &Scene, turn: usize, leaf: &Leaf) -> Option<Range<usize>> {
    use SemType::*;
    if !matches!(leaf.sem, Duration | Money | Percent | Quantity | Email | Phone | Date | Datetime | Time) {
        return None;
    }
    let text = &scene.texts[turn];
    let labels = noun_places(text, &leaf.phrase.noun);
    if labels.is_empty() {
        return None;
    }
    let behind = |range: &Range<usize>| {
        labels.iter().any(|(label, _)| {
            let link = text.low.get(label.end..range.start).map(str::trim);
            link.is_some_and(|link| matches!(link, "" | "is" | "of" | "should be" | "will be" | ":" | "to"))
        })
    };
    value::read(text.raw, leaf.sem, hints(Some(leaf)), &scene.say).into_iter().map(|reading| reading.span).find(behind)
}

/// The words are no argument, and are not told before.
fn unused(scene: &Scene, turn: usize, range: &Range<usize>, all: &[Said]) -> bool {
    !all.iter().any(|one| one.turn == turn && overlaps(&one.span, range))
        && !picking(scene, turn).iter().any(|span| overlaps(span, range))
        && !scene.spoken().filter(|at| *at < turn).any(|at| scene.texts[at].has(&scene.texts[turn].low[range.clone()]))
}

/// Where a turn says the nouns of what the calls of a request take, other than of this leaf: "a yearly use of 7,500 kWh".
fn labels(scene: &Scene, turn: usize, first: usize, leaf: &Leaf) -> Vec<Range<usize>> {
    let calls = scene.calls.iter().filter(|other| scene.opening(other) == first || (scene.opening(other) <= turn && turn <= other.user));
    let taken = calls.flat_map(|other| other.args.iter().filter_map(|arg| other.leaf(arg)));
    let nouns = taken.filter(|other| other.name != leaf.name).map(|other| other.phrase.noun.as_str());
    nouns.flat_map(|noun| noun_places(&scene.texts[turn], noun)).map(|(span, _)| span).collect()
}

/// The words are no argument, no part of the request itself, and were not told before.
fn free(scene: &Scene, turn: usize, first: usize, range: &Range<usize>, leaf: &Leaf, all: &[Said]) -> bool {
    let text = &scene.texts[turn];
    let words = &text.low[range.clone()];
    let stems = content(words);
    let tools = || scene.calls.iter().filter(|other| scene.opening(other) == first).filter_map(|other| other.known);
    // "open" may be the verb; "checking accounts" is not.
    let of_request = |stem: &String| {
        tools().any(|known| {
            let bent = words.split(' ').any(|word| word.ends_with("ing") || word.ends_with("ed"));
            known.sense.strong.contains(stem) || (known.sense.verbs.contains(stem) && !bent)
        })
    };
    // "Switched on", "as a member": a function word or one of the request says a choice only behind the words that carry it.
    let before = text.low[..range.start].trim_end();
    let carried = leaf.phrase.prep.iter().any(|prep| prep.len() > 3 && before.ends_with(prep.as_str()));
    let plain = !carried && (stems.is_empty() || (stems.len() == 1 && !words.contains(' ') && of_request(&stems[0])));
    // "First class" is no place in a list.
    let numbered = ordinals(text).into_iter().map(|(span, _)| span).filter(|span| span.end >= range.end);
    // "The highest rating" asks for no order.
    let other = numbered.chain(situations(scene, turn)).chain(picking(scene, turn)).any(|span| overlaps(&span, range));
    // "Thank You Letter" is a name.
    let at = text.word_at(range.start);
    let capital =
        |index: Option<usize>| index.and_then(|index| text.words.get(index)).is_some_and(|word| word.capital && !word.opens_sentence);
    let end = text.word_at(range.end.saturating_sub(1));
    let part_of_name = capital(Some(at)) && (capital(at.checked_sub(1)) || capital(Some(end + 1)));
    !plain
        && !other
        && !part_of_name
        && !labels(scene, turn, first, leaf).iter().any(|label| overlaps(label, range))
        && !all.iter().any(|one| one.turn == turn && overlaps(&one.span, range))
        && !scene.spoken().filter(|at| (turn.saturating_sub(RECENT)..turn).contains(at)).any(|at| scene.texts[at].has(words))
        && !argued(scene, turn).iter().any(|other| overlaps(other, range))
}
