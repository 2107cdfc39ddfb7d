//! From [`RawTool`] to [`Tool`]: the flat views, and everything that the author left out.
//!
//! What was declared is never changed: the schemas of [`Tool`] and of its results go out as they came in, whatever their root. A
//! result schema whose root is a list or a scalar is kept; its leaves have pointers like `/*/id` and `""`. A declared result
//! without a shape (`{}`, `{"type": "object"}`) counts as absent. `x-nl` wins over inference, field by field.

use super::infer::entity::entity_of;
use super::infer::intent::{Intent, intent_of};
use super::infer::leaves::{self, BlindReason, View};
use super::infer::returns::{self, Known};
use super::infer::sem::sem_of;
use super::infer::vocabulary::Vocabulary;
use super::infer::{effects, phrase_leaf, phrase_tool, prepositions};
use super::{Leaf, LeafNl, Origin, RawTool, Returns, Skipped, Tool};
use crate::value::SemType;
use indexmap::IndexMap;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// Completes one tool on its own. Where all tools of a run are at hand, [`build_all`] infers more.
///
/// # Errors
/// A tool that no call can be made for is skipped with its reason: no name, parameters that are no object, a required parameter
/// without any value that could be said.
pub fn build(raw: RawTool) -> Result<Tool, Box<Skipped>> {
    let draft = Draft::new(raw)?;
    let mut vocabulary = Vocabulary::default();
    vocabulary.learn(&draft.intent, &draft.parameters);
    Ok(draft.finish(&vocabulary))
}

/// Completes all tools of a run, in their order, and names those that cannot be used. Tools of one domain share a vocabulary:
/// inferred results call and type identifiers as the other tools' parameters do.
pub fn build_all(raws: Vec<RawTool>) -> (Vec<Tool>, Vec<Skipped>) {
    let drafts: Vec<Result<Draft, Box<Skipped>>> = raws.into_par_iter().map(Draft::new).collect();
    let mut vocabularies: BTreeMap<String, Vocabulary> = BTreeMap::new();
    for draft in drafts.iter().flatten() {
        vocabularies.entry(draft.raw.domain.clone()).or_default().learn(&draft.intent, &draft.parameters);
    }
    let none = Vocabulary::default();
    let built: Vec<Result<Tool, Box<Skipped>>> = drafts
        .into_par_iter()
        .map(|draft| {
            let draft = draft?;
            let vocabulary = vocabularies.get(&draft.raw.domain).unwrap_or(&none);
            Ok(draft.finish(vocabulary))
        })
        .collect();
    let (mut tools, mut skipped) = (Vec::new(), Vec::new());
    for result in built {
        match result {
            Ok(tool) => tools.push(tool),
            Err(reason) => skipped.push(*reason),
        }
    }
    (tools, skipped)
}

/// A tool with its parameters seen and its intent read, before results are inferred.
struct Draft {
    raw: RawTool,
    parameters: Vec<Leaf>,
    intent: Intent,
}

impl Draft {
    fn new(raw: RawTool) -> Result<Draft, Box<Skipped>> {
        let parameters = parameters(&raw)?;
        let intent = intent_of(&raw.name, &raw.description, &raw.domain);
        let mut parameters = fill(parameters, intent.entity.as_deref(), raw.nl.as_ref().map(|nl| &nl.params), false);
        for leaf in parameters.iter_mut().filter(|leaf| leaf.phrase.origin == Origin::Inferred) {
            prepositions::suit(leaf, &intent);
        }
        Ok(Draft { raw, parameters, intent })
    }

    fn finish(self, vocabulary: &Vocabulary) -> Tool {
        let Draft { raw, parameters, intent } = self;
        let returns = returns_of(&raw, &intent, &parameters, vocabulary);
        let effects = match raw.effects {
            Some(mut declared) => {
                declared.origin = Origin::Declared;
                if declared.errors.is_empty() {
                    declared.errors = effects::effects(&intent, &parameters).errors;
                }
                declared
            }
            None => effects::effects(&intent, &parameters),
        };
        Tool {
            phrase: phrase_tool::phrase(&intent, raw.nl.as_ref()),
            name: raw.name,
            description: raw.description,
            domain: raw.domain,
            schema: raw.parameters,
            parameters,
            returns,
            effects,
            nl: raw.nl,
            at: raw.at,
        }
    }
}

fn parameters(raw: &RawTool) -> Result<Vec<Leaf>, Box<Skipped>> {
    let skip = |reason: String, cure: &str| Box::new(Skipped { tool: raw.name.clone(), at: raw.at.clone(), reason, cure: cure.to_owned() });
    if raw.name.trim().is_empty() {
        return Err(skip("the tool has no name".to_owned(), "give it a `name`"));
    }
    let View { leaves, blind } = leaves::view(&raw.parameters);
    let is_object = leaves.iter().all(|leaf| leaf.pointer.starts_with('/') && !leaf.pointer.starts_with("/*"));
    if !is_object || !raw.parameters.is_object() {
        return Err(skip(
            "its parameters are not an object".to_owned(),
            "write `parameters` as a JSON Schema with `type: object` at the root",
        ));
    }
    match blind.first() {
        None => Ok(leaves),
        Some(blind) => {
            let (what, cure) = match blind.reason {
                BlindReason::FreeForm => ("is an object of which no property is known", "name its `properties`, or make it optional"),
                BlindReason::Undefined => ("is required but not defined", "define it under `properties`, or take it out of `required`"),
                BlindReason::Impossible => ("allows no value", "give it a type"),
                BlindReason::Reference => {
                    ("leads into a reference that is missing or contains itself", "write its schema out, or make the inner part optional")
                }
                BlindReason::TooLarge => ("is nested too deep or has too many parts", "make the deep part optional, or split the tool"),
            };
            Err(skip(format!("the required parameter {} {what}", blind.pointer), cure))
        }
    }
}

/// Fills in what each leaf means and how it is called.
fn fill(leaves: Vec<Leaf>, subject: Option<&str>, nl: Option<&IndexMap<String, LeafNl>>, in_result: bool) -> Vec<Leaf> {
    leaves
        .into_iter()
        .map(|mut leaf| {
            let nl = nl.and_then(|nl| {
                nl.get(&leaf.pointer).or_else(|| nl.get(leaf.pointer.trim_start_matches('/'))).or_else(|| nl.get(&leaf.name))
            });
            leaf.sem = nl.and_then(|nl| nl.sem).unwrap_or_else(|| sem_of(&leaf.name, &leaf.description, &leaf.schema));
            leaf.entity = entity_of(&leaf, subject);
            leaf.phrase = phrase_leaf::phrase(&leaf, nl, in_result);
            leaf
        })
        .collect()
}

fn returns_of(raw: &RawTool, intent: &Intent, parameters: &[Leaf], vocabulary: &Vocabulary) -> Returns {
    let declared = raw.returns.as_ref().filter(|schema| !leaves::is_shapeless(schema));
    let (schema, origin) = match declared {
        Some(schema) => (schema.clone(), Origin::Declared),
        None => returns::infer(&Known {
            name: &raw.name,
            description: &raw.description,
            prose: raw.returns_prose.as_deref(),
            intent,
            parameters,
            vocabulary,
        }),
    };
    let nl = raw.nl.as_ref().map(|nl| &nl.results);
    let mut fields = fill(result_leaves(&schema), intent.entity.as_deref(), nl, true);
    mark_headlines(&mut fields);
    Returns { schema, origin, fields }
}

fn result_leaves(schema: &Value) -> Vec<Leaf> {
    leaves::view(schema).leaves
}

/// In every object of a result that has none yet, the field that names it is the headline.
fn mark_headlines(fields: &mut [Leaf]) {
    let parent = |leaf: &Leaf| leaf.pointer.rsplit_once('/').map_or("", |(parent, _)| parent).to_owned();
    let mut best: IndexMap<String, (usize, u8)> = IndexMap::new();
    for (at, leaf) in fields.iter().enumerate() {
        if let Some(rank) = headline_rank(leaf) {
            let entry = best.entry(parent(leaf)).or_insert((at, rank));
            if rank < entry.1 {
                *entry = (at, rank);
            }
        }
    }
    for (at, _) in best.into_values() {
        fields[at].phrase.headline = true;
    }
}

/// How well a field names its object, 0 best; `None` for fields that do not.
fn headline_rank(leaf: &Leaf) -> Option<u8> {
    if leaf.phrase.headline {
        return Some(0);
    }
    // The items of a list of strings name nothing but themselves.
    if leaf.pointer.ends_with("/*") {
        return None;
    }
    let name = leaf.name.to_lowercase();
    match name.as_str() {
        "name" | "title" => Some(1),
        "full_name" | "fullname" | "display_name" | "displayname" | "subject" | "headline" => Some(2),
        _ if name.ends_with("name") && !name.contains("user") && !name.contains("file") => Some(3),
        _ if name.ends_with("title") => Some(3),
        "username" | "filename" | "file_name" | "flight_number" | "label" | "symbol" => Some(4),
        _ if matches!(leaf.sem, SemType::Title) => Some(5),
        _ => None,
    }
}

#[cfg(test)]
#[path = "build_tests.rs"]
mod tests;
