//! Mutations of what is reckoned.

use super::edit::{Place, pick, places};
use super::values::tool;
use crate::dialogue::{Dialogue, Function, Provenance};
use crate::seed::Rng;
use crate::value::reckon;
use rand::RngExt;
use serde_json::{Value, json};

/// A value that was reckoned wrongly: one too few or too many are counted, an amount is left out, a measure keeps its number or is turned the
/// wrong way round, money is not exchanged, a multiple is another one.
pub(super) fn reckoned_wrong(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let rules = [Function::Count, Function::Sum, Function::Convert, Function::Exchange, Function::Times];
    let all = places(dialogue, |_, _, value, source| {
        matches!(source, Provenance::Derived { function, .. } if rules.contains(function)) && value.is_number()
    });
    let place = pick(&all, rng)?;
    let Some(Provenance::Derived { function, inputs }) = place.of(dialogue).provenance.get(&place.pointer).cloned() else { return None };
    let old = place.value(dialogue).clone();
    let mut out = dialogue.clone();
    let new = match function {
        Function::Count => json!(old.as_i64()? + if rng.random_bool(0.5) { 1 } else { -1 }),
        Function::Sum => {
            let values: Option<Vec<&Value>> = inputs[1..].iter().map(|one| held(dialogue, one)).collect();
            let mut values = values?;
            let left_out = rng.random_range(0..values.len());
            values.remove(left_out);
            let mut inputs = inputs.clone();
            inputs.remove(left_out + 1);
            place.set_source(&mut out, Provenance::Derived { function, inputs });
            reckon::total(values)?
        }
        // The amount as it was, or another multiple of it.
        Function::Times => {
            let words = said(dialogue, inputs.last()?)?;
            let (percent, _) = reckon::MULTIPLES.iter().find(|(_, forms)| forms.iter().any(|form| words.starts_with(form)))?;
            let others: Vec<i64> = [50, 100, 200, 300].into_iter().filter(|other| other != percent).collect();
            let before = old.as_f64()? * 100.0 / *percent as f64;
            let new = before * others[rng.random_range(0..others.len())] as f64 / 100.0;
            if new.fract() == 0.0 { json!(new as i64) } else { json!(new) }
        }
        Function::Convert => match inputs.get(1).and_then(|amount| held(dialogue, amount)) {
            Some(amount) => amount.clone(),
            None => said(dialogue, &inputs[0]).and_then(|words| reckon::measures(words).into_iter().next()).map(|(_, amount, _)| amount)?,
        },
        _ => {
            let rate = held(dialogue, &inputs[1])?.as_f64()?;
            let amount = (old.as_f64()? / rate).round();
            if rng.random_bool(0.5) { json!(amount) } else { json!((amount / rate * 100.0).round() / 100.0) }
        }
    };
    change(&mut out, place, &old, new)
}

/// Puts the wrong value into the call and, where its result repeats it, into the result.
fn change(out: &mut Dialogue, place: &Place, old: &Value, new: Value) -> Option<Dialogue> {
    let spec = out.tool(&place.of(out).tool)?;
    let leaf = tool(spec)?.parameters.into_iter().find(|leaf| leaf.pointer == place.pointer)?;
    let fits = jsonschema::options().build(&leaf.schema).ok()?.is_valid(&new);
    if new.as_f64() == old.as_f64() || !fits {
        return None;
    }
    let id = place.of(out).id;
    place.set(out, new.clone());
    for result in out.turns.iter_mut().flat_map(|turn| &mut turn.results).filter(|result| result.call == id) {
        if let Some(echo) = result.value.pointer_mut(&place.pointer).filter(|echo| **echo == *old) {
            *echo = new.clone();
        }
    }
    Some(out.clone())
}

fn held<'d>(dialogue: &'d Dialogue, source: &Provenance) -> Option<&'d Value> {
    let (call, pointer) = source.result()?;
    dialogue.result(call)?.value.pointer(pointer)
}

fn said<'d>(dialogue: &'d Dialogue, source: &Provenance) -> Option<&'d str> {
    let Provenance::UserTurn { turn, span } = source else { return None };
    dialogue.turns.get(*turn)?.text.get(span.start..span.end)
}
