//! Pairs of tools of one list whose descriptions share most of their words.

use super::verbs::Verb;
use crate::lint::rules::names::lists;
use crate::lint::view::{ToolView, World};
use crate::lint::words::stems;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Words that a description needs before it can be like another.
const LEAST: usize = 4;

/// The least likeness that any rule asks for.
const LOWEST: f64 = 0.65;

/// Finds the pairs of all lists, once.
pub(in crate::lint::rules) fn prepare(world: &World) {
    world.alike.get_or_init(|| lists::places(world).par_iter().flat_map_iter(|list| in_list(world, list)).collect());
}

/// The pairs with at least this likeness, each tool as the second of one pair at most, with its most alike predecessor.
///
/// Two texts that share a share `t` of their words share one of their rarest: only texts that do are compared, so the time
/// grows with the number of tools and not with its square.
pub(in crate::lint::rules) fn pairs<'a>(world: &World<'a>, least: f64) -> Vec<(&'a ToolView<'a>, &'a ToolView<'a>, f64)> {
    let alike = world.alike.get().into_iter().flatten().filter(|(_, _, likeness)| *likeness >= least);
    alike.map(|(first, second, likeness)| (&world.tools[*first], &world.tools[*second], *likeness)).collect()
}

fn in_list(world: &World, list: &[usize]) -> Vec<(usize, usize, f64)> {
    let tools: Vec<&ToolView> = list.iter().map(|place| &world.tools[*place]).collect();
    let said = own_words(&tools);
    let texts: Vec<Vec<String>> = said.par_iter().map(|text| stems(text)).collect();
    let names: Vec<Vec<String>> = tools.par_iter().map(|tool| stems(tool.name)).collect();
    let verbs: Vec<Option<Verb>> = tools.par_iter().map(|tool| Verb::of(tool.name)).collect();
    let numbers = numbered(&texts);
    let texts: Vec<Vec<u32>> = texts.iter().map(|text| numbers_of(text, &numbers)).collect();
    let names: Vec<Vec<u32>> = names.iter().map(|name| numbers_of(name, &numbers)).collect();
    // Rare words have low numbers, so the rarest of a text are its first; what a text shares with another, it shares one of these.
    let rare = |text: &[u32]| text.len() - (LOWEST * text.len() as f64).ceil() as usize + 1;
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); numbers.len()];
    for (index, text) in texts.iter().enumerate().filter(|(_, text)| text.len() >= LEAST) {
        text[..rare(text)].iter().for_each(|word| holders[*word as usize].push(index));
    }
    let marks: Vec<u128> = texts.iter().map(|text| marks(text)).collect();
    let best = |index: usize| {
        let text = &texts[index];
        if text.len() < LEAST {
            return None;
        }
        let before = |word: &u32| holders[*word as usize].iter().copied().take_while(move |other| *other < index);
        let mut others: Vec<usize> = text[..rare(text)].iter().flat_map(before).collect();
        others.sort_unstable();
        others.dedup();
        let mut found: Option<(f64, usize)> = None;
        for other in others {
            let known = found.map_or(0.0, |(likeness, _)| likeness);
            // The first of equals stays, and most texts are seen to be unlike without looking at their words.
            if at_most((&texts[other], marks[other]), (text, marks[index])) < LOWEST.max(known) || tools[other].name == tools[index].name {
                continue;
            }
            let likeness = likeness(&texts[other], text);
            let apart = || {
                Verb::differ(verbs[other].as_ref(), verbs[index].as_ref())
                    || told_apart((&texts[other], &names[other]), (text, &names[index]))
            };
            if likeness >= LOWEST && likeness > known && !apart() {
                found = Some((likeness, other));
            }
        }
        found.map(|(likeness, other)| (list[other], list[index], likeness))
    };
    (0..texts.len()).into_par_iter().filter_map(best).collect()
}

/// A number for every word, the rarest first.
fn numbered(texts: &[Vec<String>]) -> FxHashMap<&str, u32> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    texts.iter().flatten().for_each(|word| *counts.entry(word).or_default() += 1);
    let mut words: Vec<(usize, &str)> = counts.into_iter().map(|(word, count)| (count, word)).collect();
    words.sort_unstable();
    words.into_iter().enumerate().map(|(number, (_, word))| (word, number as u32)).collect()
}

/// In order; words that no description has are left out, as nothing can share them.
fn numbers_of(words: &[String], numbers: &FxHashMap<&str, u32>) -> Vec<u32> {
    let mut out: Vec<u32> = words.iter().filter_map(|word| numbers.get(word.as_str()).copied()).collect();
    out.sort_unstable();
    out
}

/// One of 128 bits for every word.
fn marks(text: &[u32]) -> u128 {
    text.iter().fold(0, |marks, word| marks | 1 << (word.wrapping_mul(0x9E37_79B1) >> 25))
}

/// More than this two texts cannot be alike: a bit that only one of them has is a word at least that only it has.
fn at_most((a, a_marks): (&[u32], u128), (b, b_marks): (&[u32], u128)) -> f64 {
    let own = |text: &[u32], marks: u128, other: u128| text.len() - (marks & !other).count_ones() as usize;
    let shared = own(a, a_marks, b_marks).min(own(b, b_marks, a_marks));
    shared as f64 / (a.len() + b.len() - shared).max(1) as f64
}

/// Shared words over all words of two ordered texts.
fn likeness(a: &[u32], b: &[u32]) -> f64 {
    let (mut at, mut shared) = (0, 0);
    for word in b {
        while a.get(at).is_some_and(|other| other < word) {
            at += 1;
        }
        shared += usize::from(a.get(at) == Some(word));
    }
    shared as f64 / (a.len() + b.len() - shared).max(1) as f64
}

/// The descriptions without the sentences that most tools of the list share.
fn own_words<'a>(tools: &[&ToolView<'a>]) -> Vec<Cow<'a, str>> {
    let sentences = |tool: &&ToolView<'a>| -> Vec<&'a str> {
        tool.description.split_inclusive(['.', '\n']).map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
    };
    let split: Vec<Vec<&str>> = tools.par_iter().map(sentences).collect();
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    split.iter().flatten().for_each(|sentence| *counts.entry(sentence).or_default() += 1);
    counts.retain(|_, count| *count >= 3 && *count * 2 > tools.len());
    let own = |(tool, sentences): (&&ToolView<'a>, &Vec<&'a str>)| -> Cow<'a, str> {
        match sentences.iter().any(|sentence| counts.contains_key(sentence)) {
            false => tool.description.into(),
            true => sentences.iter().filter(|sentence| !counts.contains_key(*sentence)).copied().collect::<Vec<_>>().join(" ").into(),
        }
    };
    tools.iter().zip(&split).map(own).collect()
}

/// Each says a word of its own name that the other does not: laws and rights are different things, however alike the rest is.
fn told_apart((a, a_name): (&[u32], &[u32]), (b, b_name): (&[u32], &[u32])) -> bool {
    let own = |text: &[u32], name: &[u32], other: &[u32]| name.iter().any(|word| text.contains(word) && other.binary_search(word).is_err());
    own(a, a_name, b) && own(b, b_name, a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_two_texts_are_more_alike_than_their_marks_say(a in prop::collection::btree_set(0u32..400, 0..60), b in prop::collection::btree_set(0u32..400, 0..60)) {
            let (a, b): (Vec<u32>, Vec<u32>) = (a.into_iter().collect(), b.into_iter().collect());
            prop_assert!(likeness(&a, &b) <= at_most((&a, marks(&a)), (&b, marks(&b))));
        }
    }
}
