//! Pairs of tools of one list whose descriptions share most of their words.

use super::verbs;
use crate::lint::rules::names::lists;
use crate::lint::view::{ToolView, World};
use crate::lint::words::{jaccard, stems};
use rayon::prelude::*;
use std::collections::HashMap;

/// Words that a description needs before it can be like another.
const LEAST: usize = 4;

/// The least likeness that any rule asks for.
const LOWEST: f64 = 0.65;

/// The pairs with at least this likeness, each tool as the second of one pair at most, with its most alike predecessor.
///
/// Two texts that share a share `t` of their words share one of their rarest: only texts that do are compared, so the time
/// grows with the number of tools and not with its square.
pub(in crate::lint::rules) fn pairs<'a>(world: &World<'a>, least: f64) -> Vec<(&'a ToolView<'a>, &'a ToolView<'a>, f64)> {
    let all = world.alike.get_or_init(|| lists::places(world).par_iter().flat_map_iter(|list| in_list(world, list)).collect());
    let alike = all.iter().filter(|(_, _, likeness)| *likeness >= least);
    alike.map(|(first, second, likeness)| (&world.tools[*first], &world.tools[*second], *likeness)).collect()
}

fn in_list(world: &World, list: &[usize]) -> Vec<(usize, usize, f64)> {
    let least = LOWEST;
    let tools: Vec<&ToolView> = list.iter().map(|place| &world.tools[*place]).collect();
    let said = own_words(&tools);
    let texts: Vec<Vec<String>> = said.par_iter().map(|text| stems(text)).collect();
    let names: Vec<Vec<String>> = tools.par_iter().map(|tool| stems(tool.name)).collect();
    let mut common: HashMap<&str, usize> = HashMap::new();
    texts.iter().flatten().for_each(|word| *common.entry(word).or_default() += 1);
    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut out = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        if text.len() < LEAST {
            continue;
        }
        let mut rare: Vec<&str> = text.iter().map(String::as_str).collect();
        rare.sort_by_key(|word| (common[word], *word));
        rare.truncate(text.len() - (least * text.len() as f64).ceil() as usize + 1);
        let mut others: Vec<usize> = rare.iter().filter_map(|word| holders.get(word)).flatten().copied().collect();
        others.sort_unstable();
        others.dedup();
        let alike = |other: &usize| {
            let (a, b) = (texts[*other].len() as f64, text.len() as f64);
            let other_name = tools[*other].name != tools[index].name && !verbs::differ(tools[*other].name, tools[index].name);
            (a.min(b) >= least * a.max(b) && other_name && !told_apart((&texts[*other], &names[*other]), (text, &names[index])))
                .then(|| jaccard(&texts[*other], text))
        };
        let best = others.iter().filter_map(|other| Some((alike(other)?, *other))).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((likeness, other)) = best.filter(|(likeness, _)| *likeness >= least) {
            out.push((list[other], list[index], likeness));
        }
        for word in rare {
            holders.entry(word).or_default().push(index);
        }
    }
    out
}

/// The descriptions without the sentences that most tools of the list share.
fn own_words(tools: &[&ToolView]) -> Vec<String> {
    let sentences = |text: &'_ str| -> Vec<String> {
        text.split_inclusive(['.', '\n']).map(|sentence| sentence.trim().to_owned()).filter(|sentence| !sentence.is_empty()).collect()
    };
    let split: Vec<Vec<String>> = tools.iter().map(|tool| sentences(tool.description)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    split.iter().flatten().for_each(|sentence| *counts.entry(sentence).or_default() += 1);
    let boiler = |sentence: &String| counts[sentence.as_str()] >= 3 && counts[sentence.as_str()] * 2 > tools.len();
    split.iter().map(|sentences| sentences.iter().filter(|sentence| !boiler(sentence)).cloned().collect::<Vec<_>>().join(" ")).collect()
}

/// Each says a word of its own name that the other does not: laws and rights are different things, however alike the rest is.
fn told_apart((a, a_name): (&[String], &[String]), (b, b_name): (&[String], &[String])) -> bool {
    let own = |text: &[String], name: &[String], other: &[String]| text.iter().any(|word| name.contains(word) && !other.contains(word));
    own(a, a_name, b) && own(b, b_name, a)
}
