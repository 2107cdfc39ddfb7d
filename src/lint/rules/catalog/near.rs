//! Pairs of tools of one list whose descriptions share most of their words.

use crate::lint::rules::names::lists;
use crate::lint::view::{ToolView, World};
use crate::lint::words::{jaccard, stems};
use rayon::prelude::*;
use std::collections::HashMap;

/// Words that a description needs before it can be like another.
const LEAST: usize = 4;

/// The pairs with at least this likeness, each tool as the second of one pair at most, with its most alike predecessor.
///
/// Two texts that share a share `t` of their words share one of their rarest: only texts that do are compared, so the time
/// grows with the number of tools and not with its square.
pub(in crate::lint::rules) fn pairs<'a>(world: &World<'a>, least: f64) -> Vec<(&'a ToolView<'a>, &'a ToolView<'a>, f64)> {
    let lists = lists::of(world);
    lists.into_par_iter().flat_map_iter(|tools| in_list(&tools, least)).collect()
}

fn in_list<'a>(tools: &[&'a ToolView<'a>], least: f64) -> Vec<(&'a ToolView<'a>, &'a ToolView<'a>, f64)> {
    let texts: Vec<Vec<String>> = tools.iter().map(|tool| stems(tool.description)).collect();
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
            (a.min(b) >= least * a.max(b) && tools[*other].name != tools[index].name).then(|| jaccard(&texts[*other], text))
        };
        let best = others.iter().filter_map(|other| Some((alike(other)?, *other))).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((likeness, other)) = best.filter(|(likeness, _)| *likeness >= least) {
            out.push((tools[other], tools[index], likeness));
        }
        for word in rare {
            holders.entry(word).or_default().push(index);
        }
    }
    out
}
