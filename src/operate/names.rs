//! Operators on names: other words, another style, names that say nothing.

use crate::dialogue::{Alias, Dialogue, Disguise, ToolSpec, rename};
use crate::seed::Rng;
use crate::value::english::words_of_identifier;
use indexmap::IndexMap;
use rand::RngExt;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Other words for the words of names.
fn other_words() -> &'static IndexMap<String, String> {
    static WORDS: LazyLock<IndexMap<String, String>> =
        LazyLock::new(|| serde_yaml::from_str(include_str!("../../plans/lexicon/renames.yaml")).unwrap_or_default());
    &WORDS
}

/// How names are written.
#[derive(Clone, Copy)]
enum Style {
    /// Other words, as before.
    Words,
    Camel,
    Kebab,
    /// With the service in front.
    Prefixed,
}

/// Longest name that providers take.
const LONGEST: usize = 64;

pub(super) fn rename_tools(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let style = [Style::Words, Style::Words, Style::Camel, Style::Kebab, Style::Prefixed][rng.random_range(0..5)];
    let fresh = |spec: &ToolSpec| written(&spec.name, style, Some(&spec.domain));
    let names: IndexMap<String, String> = dialogue.tools.iter().map(|spec| (spec.name.clone(), fresh(spec))).collect();
    disguised(dialogue, names, |_| IndexMap::new())
}

pub(super) fn rename_parameters(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let style = [Style::Words, Style::Words, Style::Camel][rng.random_range(0..3)];
    let parameters = |spec: &ToolSpec| {
        properties(spec)
            .map(|names| names.into_iter().map(|name| (name.clone(), written(&name, style, None))).collect())
            .unwrap_or_default()
    };
    disguised(dialogue, IndexMap::new(), parameters)
}

/// Names that say nothing, where descriptions say it all.
pub(super) fn mask(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let told = |text: Option<&Value>| text.and_then(Value::as_str).is_some_and(|text| text.split(' ').count() > 2);
    let all_told = |spec: &ToolSpec| {
        spec.description.split(' ').count() > 3
            && properties(spec)
                .is_some_and(|names| names.iter().all(|name| told(spec.parameters.pointer(&format!("/properties/{name}/description")))))
    };
    if !dialogue.tools.iter().all(all_told) {
        return None;
    }
    let (tool, parameter) = [("tool", "arg"), ("function", "param"), ("fn", "x"), ("action", "field")][rng.random_range(0..4)];
    let first = rng.random_range(1..40);
    let names = dialogue.tools.iter().enumerate().map(|(at, spec)| (spec.name.clone(), format!("{tool}_{}", first + at))).collect();
    let parameters = |spec: &ToolSpec| {
        let names = properties(spec).unwrap_or_default();
        names.into_iter().enumerate().map(|(at, name)| (name, format!("{parameter}_{}", at + 1))).collect()
    };
    disguised(dialogue, names, parameters)
}

/// The names of the parameters, when nothing but `properties` and `required` speaks of them.
fn properties(spec: &ToolSpec) -> Option<Vec<String>> {
    let schema = spec.parameters.as_object()?;
    let plain = ["type", "properties", "required", "additionalProperties", "description", "title", "$schema"];
    let names: Vec<String> = spec.parameters.get("properties")?.as_object()?.keys().cloned().collect();
    schema.keys().all(|key| plain.contains(&key.as_str())).then_some(names)
}

fn written(name: &str, style: Style, domain: Option<&str>) -> String {
    let words = words_of_identifier(name);
    let other = |word: &String| other_words().get(word).cloned().unwrap_or_else(|| word.clone());
    let upper =
        |word: &String| word.chars().next().map_or(String::new(), |first| first.to_uppercase().chain(word.chars().skip(1)).collect());
    let new = match style {
        Style::Words => words.iter().map(other).collect::<Vec<_>>().join("_"),
        Style::Camel => words.iter().enumerate().map(|(at, word)| if at == 0 { word.clone() } else { upper(word) }).collect(),
        Style::Kebab => words.join("-"),
        Style::Prefixed => {
            let domain: String = domain.unwrap_or_default().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            if domain.is_empty() { name.to_string() } else { format!("{}__{name}", domain.to_lowercase()) }
        }
    };
    if new.is_empty() || new.len() > LONGEST || !new.is_ascii() { name.to_string() } else { new }
}

/// Gives the new names, when they are one to one and none of them is spoken of already.
fn disguised(
    dialogue: &Dialogue,
    tools: IndexMap<String, String>,
    parameters: impl Fn(&ToolSpec) -> IndexMap<String, String>,
) -> Option<Dialogue> {
    let known = dialogue.disguise.clone().unwrap_or_default();
    // Tools that are spoken of by name keep it; and each kind of name changes once.
    let renamed_tools = known.tools.iter().any(|(shown, alias)| *shown != alias.name);
    let renamed_parameters = known.tools.values().any(|alias| !alias.parameters.is_empty());
    let mut changes: IndexMap<String, IndexMap<String, String>> = IndexMap::new();
    for spec in &dialogue.tools {
        let names: IndexMap<String, String> = parameters(spec).into_iter().filter(|(old, new)| old != new).collect();
        let all: BTreeSet<&String> =
            spec.parameters.get("properties").and_then(Value::as_object).into_iter().flat_map(|map| map.keys()).collect();
        let distinct: BTreeSet<&String> = names.values().collect();
        let clash = distinct.len() < names.len() || names.values().any(|new| all.contains(new));
        changes.insert(spec.name.clone(), if clash { IndexMap::new() } else { names });
    }
    let tools: IndexMap<String, String> = tools.into_iter().filter(|(old, new)| old != new).collect();
    let distinct: BTreeSet<&String> = tools.values().collect();
    let clash = distinct.len() < tools.len() || tools.values().any(|new| dialogue.tool(new).is_some());
    let nothing = tools.is_empty() && changes.values().all(IndexMap::is_empty);
    let again = (!tools.is_empty() && renamed_tools) || (changes.values().any(|names| !names.is_empty()) && renamed_parameters);
    if clash || nothing || again || dialogue.adds_tools() {
        return None;
    }
    let mut out = dialogue.clone();
    rename(&mut out, &tools, |name| changes.get(name).cloned().unwrap_or_default());
    let mut disguise = Disguise { results: known.results, ..Disguise::default() };
    for spec in &dialogue.tools {
        let shown = tools.get(&spec.name).unwrap_or(&spec.name).clone();
        let mut alias = known.tools.get(&spec.name).cloned().unwrap_or_else(|| Alias { name: spec.name.clone(), ..Alias::default() });
        let new = changes.get(&spec.name).into_iter().flatten().map(|(old, new)| (new.clone(), old.clone()));
        alias.parameters.extend(new);
        if shown != alias.name || !alias.parameters.is_empty() {
            disguise.tools.insert(shown, alias);
        }
    }
    out.disguise = Some(disguise);
    Some(out)
}
