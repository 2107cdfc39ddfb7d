//! Operators on results: an envelope, another style of keys, noise beside them.

use crate::dialogue::{Dialogue, Disguise, Dress, mapped, repoint, with_keys};
use crate::seed::Rng;
use crate::value::english::words_of_identifier;
use indexmap::IndexMap;
use rand::RngExt;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Keys under which services put what they answer, and what stands beside it.
const ENVELOPES: [(&str, &[(&str, &str)]); 6] = [
    ("data", &[("status", "ok")]),
    ("result", &[]),
    ("response", &[("status", "success")]),
    ("payload", &[("type", "result")]),
    ("output", &[]),
    ("body", &[("code", "OK")]),
];

/// Puts results into an envelope, or their keys into another style.
pub(super) fn reformat(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let keys = if rng.random_bool(0.5) { camel(dialogue) } else { None };
    let dress = match keys {
        Some(keys) => Dress { keys, ..Dress::default() },
        None => {
            let (envelope, beside) = ENVELOPES[rng.random_range(0..ENVELOPES.len())];
            return dressed(dialogue, Dress { envelope: Some(envelope.into()), ..Dress::default() }, |_| {
                beside.iter().map(|(key, value)| (key.to_string(), json!(value))).collect()
            });
        }
    };
    dressed(dialogue, dress, |_| Map::new())
}

/// Puts fields beside results that say nothing about what was asked.
pub(super) fn noise(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let sorts = rng.random_range(1..8u8);
    let salt: u64 = rng.random();
    dressed(dialogue, Dress::default(), |call| {
        let mut fields = Map::new();
        let number = salt.wrapping_add(call as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        if sorts & 1 > 0 {
            fields.insert("request_trace".into(), json!(format!("{:012x}", number >> 16)));
        }
        if sorts & 2 > 0 {
            fields.insert("cache_hit".into(), json!(number.is_multiple_of(3)));
        }
        if sorts & 4 > 0 {
            fields.insert("api_revision".into(), json!(format!("r{}", 2 + salt % 7)));
        }
        fields
    })
}

/// Snake case in camel case, when no two keys become one.
fn camel(dialogue: &Dialogue) -> Option<IndexMap<String, String>> {
    let mut all: BTreeSet<String> = BTreeSet::new();
    for result in plain(dialogue) {
        keys_of(&result.value, &mut all);
    }
    let mut keys = IndexMap::new();
    for key in all.iter().filter(|key| key.contains('_')) {
        let words = words_of_identifier(key);
        let tail: String = words.iter().skip(1).map(|word| word[..1].to_uppercase() + &word[1..]).collect();
        let new = words.first()?.clone() + &tail;
        let odd = !key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if odd || all.contains(&new) || keys.insert(new, key.clone()).is_some() {
            return None;
        }
    }
    (!keys.is_empty()).then_some(keys)
}

fn keys_of(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                out.insert(key.clone());
                keys_of(inner, out);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys_of(item, out)),
        _ => {}
    }
}

fn plain(dialogue: &Dialogue) -> impl Iterator<Item = &crate::dialogue::CallResult> {
    dialogue.turns.iter().flat_map(|turn| &turn.results).filter(|result| !result.is_error)
}

/// Puts a dress on all results that are none of failures, under what they wear already.
fn dressed(dialogue: &Dialogue, dress: Dress, beside: impl Fn(usize) -> Map<String, Value>) -> Option<Dialogue> {
    if plain(dialogue).next().is_none() || plain(dialogue).any(|result| !result.value.is_object()) {
        return None;
    }
    let mut out = dialogue.clone();
    let known = out.disguise.get_or_insert_with(Disguise::default);
    let mut whole = known.results.clone().unwrap_or_default();
    // Once there are keys in another style, an envelope or noise, there is no room for more of the same.
    let noisy = !beside(0).is_empty();
    let taken = (!dress.keys.is_empty() && (!whole.keys.is_empty() || whole.envelope.is_some() || !whole.noise.is_empty()))
        || (dress.envelope.is_some() && (whole.envelope.is_some() || !whole.noise.is_empty()))
        || (noisy && dress.envelope.is_none() && !whole.noise.is_empty());
    if taken {
        return None;
    }
    let new_of: IndexMap<String, String> = dress.keys.iter().map(|(new, old)| (old.clone(), new.clone())).collect();
    let mut noise: Option<Vec<String>> = None;
    for result in out.turns.iter_mut().flat_map(|turn| &mut turn.results).filter(|result| !result.is_error) {
        let mut value = with_keys(std::mem::take(&mut result.value), &new_of);
        if let Some(key) = &dress.envelope {
            value = json!({ key: value });
        }
        let map = value.as_object_mut()?;
        let fields = beside(result.call);
        if fields.keys().any(|key| map.contains_key(key)) {
            return None;
        }
        noise.get_or_insert_with(|| fields.keys().cloned().collect());
        // Some services put such things first, others last.
        if dress.envelope.is_some() {
            let inner = std::mem::take(map);
            *map = fields.into_iter().chain(inner).collect();
        } else {
            map.extend(fields);
        }
        result.value = value;
    }
    let into = |pointer: &str| {
        let inner = mapped(pointer, &new_of);
        Some(dress.envelope.as_ref().map_or(inner.clone(), |key| format!("/{key}{inner}")))
    };
    for source in out.turns.iter_mut().flat_map(|turn| &mut turn.calls).flat_map(|call| call.provenance.values_mut()) {
        repoint(source, &into).ok()?;
    }
    whole.keys.extend(dress.keys);
    whole.envelope = dress.envelope.or(whole.envelope);
    whole.noise.extend(noise.unwrap_or_default());
    if let Some(disguise) = &mut out.disguise {
        disguise.results = Some(whole);
    }
    Some(out)
}
