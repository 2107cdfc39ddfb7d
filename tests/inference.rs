//! Inference measured on public catalogs: every tool has words that a person would say, every result a shape.
//!
//! Reads `../shared/real-data` where it is there, and says so where it is not. `cargo test --test inference -- --nocapture` prints
//! the shares; `WALKTALK_INFERENCE_DUMP=FILE` also writes one line a tool, for reading by eye.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use walktalk::catalog::build::build_all;
use walktalk::catalog::{Leaf, Origin, Tool, load};

fn tools() -> Option<(Vec<Tool>, usize)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real-data");
    if !root.is_dir() {
        println!("skipped: no public catalogs at {}", root.display());
        return None;
    }
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(root).ok()?.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect();
    folders.sort();
    let mut raws = Vec::new();
    let start = std::time::Instant::now();
    for folder in folders {
        match load::read_paths(std::slice::from_ref(&folder)) {
            Ok(raw) => raws.extend(raw.tools),
            Err(error) => println!("not read: {error}"),
        }
    }
    let read = start.elapsed();
    let (tools, skipped) = build_all(raws);
    println!("read in {read:.1?}, built in {:.1?}", start.elapsed() - read);
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for skipped in &skipped {
        let reason = skipped
            .reason
            .split_once("parameter ")
            .and_then(|(_, rest)| rest.split_once(' '))
            .map_or(skipped.reason.as_str(), |(_, reason)| reason);
        *reasons.entry(reason).or_default() += 1;
    }
    println!("{} tools, {} skipped {reasons:?}", tools.len(), skipped.len());
    Some((tools, skipped.len()))
}

fn shares<K: Ord + std::fmt::Debug>(what: &str, keys: impl Iterator<Item = K>) {
    let mut counts: BTreeMap<K, usize> = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
    let total: usize = counts.values().sum();
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let shown: Vec<String> =
        sorted.iter().map(|(key, count)| format!("{key:?} {:.1}%", 100.0 * *count as f64 / total.max(1) as f64)).collect();
    println!("{what} ({total}): {}", shown.join(", "));
}

/// Words that no person says of a tool.
const MACHINE_VERBS: &[&str] =
    &["retrieve", "fetch", "query", "execute", "invoke", "perform", "obtain", "this", "the", "api", "function", "allow"];
const DETERMINERS: &[&str] = &["a", "an", "the", "this", "your", "their", "its", "specified", "given"];

fn faults_of_phrase(tool: &Tool) -> Vec<String> {
    let phrase = &tool.phrase;
    let mut faults = Vec::new();
    if MACHINE_VERBS.contains(&phrase.verb.as_str()) || phrase.verb.is_empty() {
        faults.push(format!("verb {:?}", phrase.verb));
    }
    for text in [&phrase.verb, &phrase.past, &phrase.object, &phrase.object_plural] {
        let is_raw = text.contains(['_', '.', '{', '}', '(', ')', '"']) || text.contains("  ") || text.trim() != text;
        if is_raw || text.split(' ').next().is_some_and(|first| DETERMINERS.contains(&first)) {
            faults.push(format!("{text:?}"));
        }
    }
    faults
}

fn faults_of_leaf(leaf: &Leaf) -> Option<String> {
    let noun = &leaf.phrase.noun;
    let is_raw = noun.is_empty() || noun.contains(['_', '{', '}', '(', ')', '"', '.']) || noun.contains("  ") || noun.trim() != noun;
    let has_hump = noun
        .split(' ')
        .any(|word| word.len() > 3 && word.chars().next().is_some_and(char::is_lowercase) && word.chars().any(char::is_uppercase));
    (is_raw || has_hump || noun.split(' ').next().is_some_and(|first| DETERMINERS.contains(&first)))
        .then(|| format!("{}: {noun:?}", leaf.pointer))
}

#[test]
fn public_tools_get_words_types_and_results() {
    let Some((tools, skipped)) = tools() else { return };
    shares("semantic types of parameters", tools.iter().flat_map(|tool| &tool.parameters).map(|leaf| leaf.sem));
    shares("classes", tools.iter().map(|tool| format!("{:?}", tool.phrase.class)));
    shares("results", tools.iter().map(|tool| format!("{:?}", tool.returns.origin)));
    let lists = |tool: &&Tool| tool.returns.fields.iter().any(|leaf| leaf.pointer.contains("/*/"));
    let inferred: Vec<&Tool> = tools.iter().filter(|tool| tool.returns.origin != Origin::Declared).collect();
    println!("inferred results: {}, with a list of objects {}", inferred.len(), inferred.iter().filter(|tool| lists(tool)).count());

    let phrases: Vec<String> =
        tools.iter().flat_map(|tool| faults_of_phrase(tool).into_iter().map(|fault| format!("{}: {fault}", tool.name))).collect();
    let nouns: Vec<String> = tools.iter().flat_map(|tool| tool.parameters.iter().filter_map(faults_of_leaf)).collect();
    println!("phrase faults {} {:?}", phrases.len(), phrases.iter().take(30).collect::<Vec<_>>());
    println!("noun faults {} {:?}", nouns.len(), nouns.iter().take(30).collect::<Vec<_>>());
    dump(&tools);

    assert!(tools.len() > 5_000 && skipped * 50 < tools.len(), "{} tools, {skipped} skipped", tools.len());
    assert!(inferred.iter().all(|tool| !tool.returns.fields.is_empty()), "an inferred result always has a field");
    assert_eq!(phrases, Vec::<String>::new());
    assert_eq!(nouns, Vec::<String>::new());
}

fn dump(tools: &[Tool]) {
    let Ok(path) = std::env::var("WALKTALK_INFERENCE_DUMP") else { return };
    let mut text = String::new();
    for tool in tools {
        let phrase = &tool.phrase;
        let description: String = tool.description.chars().take(110).collect::<String>().replace(['\n', '\t'], " ");
        let fields: Vec<String> = tool.returns.fields.iter().map(|leaf| format!("{}:{:?}", leaf.pointer, leaf.sem)).collect();
        let parameters: Vec<String> = tool
            .parameters
            .iter()
            .map(|leaf| {
                format!(
                    "{}:{:?}={}{}",
                    leaf.pointer,
                    leaf.sem,
                    leaf.phrase.noun,
                    leaf.entity.as_ref().map_or(String::new(), |entity| format!("@{entity}"))
                )
            })
            .collect();
        text += &format!(
            "{}\t{}\t{description}\t[{} {}] {}/{} {:?}\tR={:?} C={:?} U={:?} D={:?}\t{:?} {}\tP: {}\n",
            tool.domain,
            tool.name,
            phrase.verb,
            phrase.particle.as_deref().unwrap_or(""),
            phrase.object,
            phrase.object_plural,
            phrase.class,
            tool.effects.reads,
            tool.effects.creates,
            tool.effects.updates,
            tool.effects.deletes,
            tool.returns.origin,
            fields.join(" "),
            parameters.join(" "),
        );
    }
    if let Err(error) = std::fs::write(&path, text) {
        println!("not written: {path}: {error}");
    }
}
