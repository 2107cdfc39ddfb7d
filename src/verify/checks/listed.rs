//! ## What it does
//! Where items of a list are told, they must stand in the order of the list, and what is told of each must be its own: some choice of
//! items in this order must fit all names and all that stands behind them. Where the results of several calls are told one by one
//! ("the first: ...; the second: ..."), each must be told from its own call.
//! ## Why it is bad
//! The user picks by place ("the second one") and by what was told of an item: both would lead to another one.
//! ## Example
//! "The first is a storm with 45 hours left" where the storm with 45 hours stands second.

use super::Check;
use crate::value::{SemType, english};
use crate::verify::Findings;
use crate::verify::scene::{Arg, Made, Scene, item_of};
use crate::verify::told::{Mention, Told, noun_places};
use std::collections::BTreeSet;
use std::ops::Range;

pub(super) struct Listed;

const NUMBERS: [&str; 12] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];

/// Words with which a thing is named.
const OPENERS: [&str; 4] = ["it's", "that's", "here's", "this is"];

impl Check for Listed {
    fn name(&self) -> &'static str {
        "listed"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for turn in scene.spoken() {
            let fresh: Vec<&Made> = scene.fresh(turn).filter(|made| !made.failed()).collect();
            let told = Told::of(scene, turn, &fresh);
            let mut lists: Vec<(usize, &str)> = told.names.iter().map(|name| (name.call, name.list)).collect();
            lists.sort_unstable();
            lists.dedup();
            for (call, list) in lists {
                if let Err((span, why)) = in_order(scene, turn, &told, call, list) {
                    out.add(turn, format!("\"{}\" {why}", &scene.texts[turn].raw[span]));
                }
            }
            for span in empty_parts(scene, turn, &told, &fresh) {
                out.add(turn, format!("\"{}\" is told, but no result says so", scene.texts[turn].raw[span].trim()));
            }
            for (span, why) in by_place(scene, turn, &told, &fresh) {
                out.add(turn, format!("\"{}\" {why}", &scene.texts[turn].raw[span]));
            }
        }
    }
}

/// Some items of the list, in its order, fit the names told and what stands behind each.
fn in_order(scene: &Scene, turn: usize, told: &Told, call: usize, list: &str) -> Result<(), (Range<usize>, &'static str)> {
    let mine = |call_of: usize, list_of: &str| call_of == call && list_of == list;
    // A place that may name something else as well decides nothing.
    let mut places: Vec<&Range<usize>> = told.names.iter().filter(|name| mine(name.call, name.list)).map(|name| &name.span).collect();
    places.retain(|place| told.names.iter().filter(|name| name.span == **place).all(|name| mine(name.call, name.list)));
    places.dedup();
    let mut last: Option<usize> = None;
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    for place in &places {
        let named: BTreeSet<usize> =
            told.names.iter().filter(|name| name.span == **place && mine(name.call, name.list)).map(|name| name.item).collect();
        // What stands behind the next name, of whatever list, belongs to that.
        let end = told.names.iter().map(|name| name.span.start).filter(|start| *start >= place.end).min().unwrap_or(usize::MAX);
        let mut fitting = named.clone();
        for mention in told
            .mentions
            .iter()
            .filter(|mention| mention.span.start >= place.end && mention.span.end <= end && !told.in_noun(&mention.span))
        {
            let name = told.names.iter().find(|name| name.span == **place);
            if name.is_some_and(|name| told.together(scene, turn, name, &mention.span))
                && let Some(items) = items_of(told, mention, call, list)
            {
                fitting.retain(|item| items.contains(item));
            }
        }
        if fitting.is_empty() {
            return Err(((*place).clone(), "is told with what belongs to another item"));
        }
        match fitting.iter().find(|item| last.is_none_or(|last| **item > last)) {
            Some(next) => last = Some(*next),
            // Named once more after the list.
            None if fitting.iter().all(|item| seen.contains(item)) && named.len() == 1 => {}
            None => return Err(((*place).clone(), "does not stand where the list has it")),
        }
        seen.extend(last);
    }
    Ok(())
}

/// The items of the list to which what is told can belong; none when it can belong to something else.
fn items_of(told: &Told, mention: &Mention, call: usize, list: &str) -> Option<BTreeSet<usize>> {
    mention
        .facts
        .iter()
        .map(|index| {
            let (made, fact) = told.facts[*index];
            item_of(&fact.pointer).filter(|(of, _)| made.call.id == call && *of == list).map(|(_, item)| item)
        })
        .collect()
}

/// Where names of items are told with what belongs to them, parts that hold no value of a fresh result or call.
fn empty_parts(scene: &Scene, turn: usize, told: &Told, fresh: &[&Made]) -> Vec<Range<usize>> {
    let text = &scene.texts[turn];
    let arguments: Vec<Range<usize>> = fresh
        .iter()
        .flat_map(|made| {
            let named = |arg: &&Arg| arg.value.is_boolean() || matches!(made.sem(arg), SemType::Query | SemType::Text | SemType::Title);
            made.args.iter().filter(move |arg| !named(arg)).flat_map(|arg| scene.find(turn, arg.value, made.leaf(arg)).to_vec())
        })
        .collect();
    let truths: Vec<Range<usize>> = fresh
        .iter()
        .filter_map(|made| made.known)
        .flat_map(|known| known.tool.returns.fields.iter().filter(|field| field.sem == SemType::Bool))
        .flat_map(|field| noun_places(text, &field.phrase.noun))
        .map(|(span, _)| span)
        .collect();
    // "There are no overlapping events": none is said without a number.
    let facts = fresh.iter().flat_map(|made| made.facts.iter().map(move |fact| (fact.value, made.field(fact))));
    let nouns = facts.filter(|(value, _)| value.as_f64() == Some(0.0)).filter_map(|(_, field)| field).flat_map(|field| {
        let counted = field.phrase.counted.as_ref().map(|noun| english::plural(noun));
        [Some(field.phrase.noun.clone()), counted].into_iter().flatten()
    });
    let none: Vec<Range<usize>> = nouns.flat_map(|noun| noun_places(text, &noun)).map(|(span, _)| span).collect();
    let within = |part: &Range<usize>, span: &Range<usize>| part.start <= span.start && span.end <= part.end;
    let mut out = Vec::new();
    for sentence in told.sentences(scene, turn) {
        let opening = text.low[sentence.clone()].trim_start();
        let numbered = NUMBERS.iter().any(|number| {
            let rest = opening.strip_prefix("the ").or_else(|| opening.strip_prefix("for the ")).and_then(|rest| rest.strip_prefix(number));
            rest.is_some_and(|rest| [" is ", " one is ", ":", " one:", " ones are "].iter().any(|link| rest.starts_with(link)))
        });
        // "Here's Lotus, with a rating of 4.5".
        let named = OPENERS.iter().any(|start| opening.strip_prefix(start).is_some_and(|rest| rest.starts_with(' ')));
        let told_here = |span: &Range<usize>| within(&sentence, span);
        // The question mark of "Your thoughts?" is part of a name.
        let end = sentence.end - (text.raw[sentence.clone()].len() - text.raw[sentence.clone()].trim_end().len());
        let own = told.spans.iter().any(|span| span.end >= end && span.start < end && text.raw[span.clone()].ends_with('?'));
        let asks = text.raw[sentence.end..].starts_with('?') || text.raw[sentence.clone()].trim_end().ends_with('?');
        if (asks && !own)
            || !(numbered || told.names.iter().any(|name| told_here(&name.span)) || (named && told.spans.iter().any(told_here)))
        {
            continue;
        }
        let (parts, lead) = told.parts(scene, turn, &sentence, &arguments);
        let skipped = if lead == 0 && !numbered && !(named && parts.len() > 1) { 1 } else { lead };
        // Each item of a list begins with its name.
        let list = told.names.iter().any(|name| told_here(&name.span));
        let begins = |at: usize| {
            let before = if at == 0 { sentence.start } else { parts[at - 1].end };
            text.raw[before..parts[at].start].contains([';', ':'])
        };
        let nameless = |at: &usize| !told.names.iter().any(|name| within(&parts[*at], &name.span));
        let starts = (skipped..parts.len()).filter(|at| list && !numbered && lead > 0 && begins(*at));
        out.extend(starts.filter(nameless).map(|at| parts[at].clone()));
        // "The second is Lotus" where other items have names, too.
        let item = numbered && !opening.contains(':') && !told.names.is_empty();
        out.extend(parts.first().filter(|_| item && nameless(&0)).cloned());
        out.extend(parts.into_iter().skip(skipped).filter(|part| {
            let value = told.mentions.iter().any(|mention| within(part, &mention.span) && !told.in_noun(&mention.span));
            let opener = OPENERS.contains(&text.low[part.clone()].trim());
            !value && !opener && !arguments.iter().chain(&truths).chain(&none).any(|span| within(part, span))
        }));
    }
    out
}

/// "The first: ... The second: ..." over the calls of one tool: what is told under a place that its call did not give.
fn by_place(scene: &Scene, turn: usize, told: &Told, fresh: &[&Made]) -> Vec<(Range<usize>, &'static str)> {
    let mut out = Vec::new();
    let places = places(scene, turn);
    let Some(tool) = repeated(fresh) else {
        let missing = places.iter().filter(|(number, _)| *number > 0 && *number >= fresh.len());
        out.extend(missing.map(|(_, head)| (head.clone(), "has no call")));
        return out;
    };
    let calls: Vec<&Made> = fresh.iter().copied().filter(|made| made.call.tool == tool).collect();
    let sentences = told.sentences(scene, turn);
    for (at, (number, head)) in places.iter().enumerate() {
        let Some(own) = calls.get(*number) else {
            out.push((head.clone(), "has no call"));
            continue;
        };
        let end = places.get(at + 1).map_or(usize::MAX, |(_, next)| next.start);
        for mention in told.mentions.iter().filter(|mention| mention.span.start >= head.end && mention.span.end <= end) {
            let of = |index: &usize| told.facts[*index].0.call;
            let others = mention.facts.iter().all(|index| of(index).tool == tool && of(index).id != own.call.id);
            let together = sentences.iter().any(|sentence| sentence.start <= head.start && mention.span.end <= sentence.end);
            if others && !told.in_noun(&mention.span) && together {
                out.push((mention.span.clone(), "is told of another call"));
            }
        }
    }
    out
}

/// The one tool that was called several times.
fn repeated<'m>(fresh: &[&'m Made]) -> Option<&'m str> {
    let mut tools: Vec<&str> = fresh
        .iter()
        .map(|made| made.call.tool.as_str())
        .filter(|tool| fresh.iter().filter(|made| made.call.tool == *tool).count() > 1)
        .collect();
    tools.sort_unstable();
    tools.dedup();
    match tools[..] {
        [tool] => Some(tool),
        _ => None,
    }
}

/// Places like "The first:" and "For the second one:", counted from 0.
fn places(scene: &Scene, turn: usize) -> Vec<(usize, Range<usize>)> {
    let text = &scene.texts[turn];
    let mut out = Vec::new();
    for (index, word) in text.words.iter().enumerate() {
        let Some(number) = NUMBERS.iter().position(|one| *one == text.low(word)) else { continue };
        let last = text.words.get(index + 1).filter(|next| text.low(next) == "one").unwrap_or(word);
        let opens = index
            .checked_sub(1)
            .and_then(|before| text.words.get(before))
            .is_some_and(|the| text.low(the) == "the" && (the.opens_sentence || text.low[..the.start].trim_end().ends_with("for")));
        if opens && text.raw[last.end..].starts_with(':') {
            out.push((number, word.start..last.end));
        }
    }
    out
}
