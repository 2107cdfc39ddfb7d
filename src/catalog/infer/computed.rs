//! Results of tools that compute or check: a value named by what was asked for, a yes or no.

use super::intent::Intent;
use super::leaves::{Kind, kind};
use super::lexicon;
use super::returns::{Known, get, identify};
use super::shape::{Shape, list};
use crate::catalog::Leaf;
use crate::value::SemType;
use serde_json::{Value, json};

/// Results of a computation that are no number: name endings and what they look like.
const WORDS_OUT: &[(&str, &str)] = &[
    ("translate", "translated_text"),
    ("answer", "answer"),
    ("summarize", "summary"),
    ("generate", "text"),
    ("transcribe", "text"),
    ("rewrite", "text"),
    ("paraphrase", "text"),
    ("encode", "encoded"),
    ("decode", "decoded"),
    ("encrypt", "encrypted"),
    ("decrypt", "decrypted"),
    ("hash", "hash"),
    ("parse", "result_text"),
    ("format", "formatted"),
    ("plot", "url"),
    ("draw", "url"),
    ("render", "url"),
    ("resize", "url"),
    ("crop", "url"),
    ("rotate", "url"),
    ("combine", "url"),
    ("colorize", "url"),
    ("compress", "path"),
    ("synthesize", "url"),
    ("proofread", "text"),
    ("classify", "category"),
    ("identify", "name"),
    ("recognize", "name"),
    ("diagnose", "diagnosis"),
    ("detect", "result_text"),
    ("analyze", "summary"),
    ("compare", "summary"),
    ("process", "result_text"),
    ("transform", "result_text"),
    ("sort", "sorted"),
    ("model", "summary"),
    ("simulate", "summary"),
];

pub(super) fn compute<'a>(known: &Known<'_>, mut shape: Shape<'a>) -> Shape<'a> {
    let intent = known.intent;
    let lemma = intent.verb.map_or("calculate", |verb| verb.lemma);
    let noun = result_noun(intent);
    let gives_thing = intent
        .entity
        .as_deref()
        .filter(|entity| lexicon::thing(entity).is_some() && matches!(lemma, "generate" | "predict" | "estimate" | "forecast"));
    if let Some(entity) = gives_thing {
        identify(known, &mut shape, 2);
        shape.thing(entity, 5);
        return shape;
    }
    let is_media = ["image", "photo", "picture", "video", "audio", "chart", "graph", "diagram", "figure", "map", "draw"]
        .iter()
        .any(|word| known.description.to_lowercase().contains(word));
    let words_out = WORDS_OUT
        .iter()
        .find(|(verb, _)| *verb == lemma)
        .map(|(verb, name)| if *name == "url" && !is_media { (*verb, "result_text") } else { (*verb, *name) });
    match words_out {
        Some((_, "sorted")) => shape.add("sorted", list(json!({"type": "string"}))),
        Some((_, name @ ("category" | "name"))) => shape.add(name, json!({"type": "string"})),
        Some((_, name)) => shape.add(name, lexicon::field(name)),
        None => match noun {
            Some(noun) if matches!(noun.as_str(), "currency" | "currencies" | "money") => {
                shape.add("converted_amount", json!({"type": "number", "minimum": 1, "maximum": 5000}));
            }
            Some(noun)
                if lemma == "convert"
                    && gives_number(known, lemma)
                    && matches!(noun.as_str(), "unit" | "units" | "value" | "measurement") =>
            {
                shape.add("converted_value", json!({"type": "number", "minimum": 1, "maximum": 5000}));
            }
            Some(noun) => {
                let schema = if gives_number(known, lemma) { number(&noun) } else { lexicon::field(&noun) };
                shape.add(&noun, schema);
            }
            None => shape.add("result", lexicon::field("result")),
        },
    }
    for leaf in known.parameters.iter().filter(|leaf| matches!(leaf.sem, SemType::Currency | SemType::Unit | SemType::Language)).take(2) {
        shape.echo(leaf);
    }
    shape
}

/// What a computation gives, as a field name: `tip` for "calculate the tip".
fn result_noun(intent: &Intent) -> Option<String> {
    let words: Vec<String> = intent.object.noun.to_lowercase().split([' ', '-']).map(str::to_owned).collect();
    let is_plain = words.iter().all(|word| word.chars().all(|c| c.is_ascii_alphabetic()));
    (is_plain && (1..=4).contains(&words.len()) && words[0].len() > 1).then(|| words.join("_"))
}

/// Whether a computation ends in a number: by its verb, or because it takes some.
fn gives_number(known: &Known<'_>, lemma: &str) -> bool {
    let is_number = |leaf: &Leaf| matches!(kind(&leaf.schema), Kind::Number | Kind::Integer);
    matches!(lemma, "calculate" | "compute" | "count" | "measure" | "sum" | "subtract" | "multiply" | "divide" | "estimate" | "quantify")
        || known.parameters.iter().any(is_number)
}

/// A number that means what its name says.
fn number(name: &str) -> Value {
    let usual = lexicon::field(name);
    if usual.get("type").is_some_and(|kind| kind == "string") && usual.get("format").is_none() {
        return json!({"type": "number", "minimum": 1, "maximum": 1000});
    }
    usual
}

pub(super) fn check<'a>(known: &Known<'_>, mut shape: Shape<'a>) -> Shape<'a> {
    let intent = known.intent;
    let lemma = intent.verb.map_or("check", |verb| verb.lemma);
    let asks = known.description.to_lowercase();
    let is_yes_no = matches!(lemma, "is" | "has" | "can" | "are" | "does") || asks.contains(" if ") || asks.contains("whether");
    match (lemma, intent.aspect.as_deref(), intent.entity.as_deref()) {
        ("verify" | "validate" | "authenticate", ..) => {
            identify(known, &mut shape, 2);
            shape.field("valid");
        }
        (_, Some("availability"), _) => return get(known, shape),
        _ if is_yes_no => {
            identify(known, &mut shape, 2);
            let name = super::words::written_words(known.name).join("_");
            let name = name
                .strip_prefix("check_")
                .map(|rest| if rest.starts_with("is_") { rest.to_owned() } else { format!("is_{rest}") })
                .unwrap_or(name);
            let is_plain = name.len() <= 24 && (name.starts_with("is_") || name.starts_with("has_") || name.starts_with("can_"));
            shape.add(if is_plain { &name } else { "result" }, json!({"type": "boolean"}));
        }
        (_, Some(_), _) | (_, None, Some(_)) => return get(known, shape),
        _ => shape.field("valid"),
    }
    shape
}
