//! What is measured of a set of rows, all of it at a fixed size: diversity and complexity on as many rows that pass as every set has.

use super::ground::Row;
use std::collections::BTreeMap;
use walktalk::score::counts::Counts;
use walktalk::score::wording::{self, Wording};
use xxhash_rust::xxh3::xxh3_64;

/// Of the rows of a set, so many are looked at: the control of quality takes up to .4 away.
const LOOKED_AT: f64 = 0.55;
/// Calls of which the tools are counted, for each row.
const CALLS_A_ROW: usize = 2;
/// Words of a part of the texts, for each row: few enough that the shortest dialogues have as many.
const WORDS_A_ROW: usize = 12;

/// The measures by name.
pub type Measures = BTreeMap<&'static str, f64>;

/// Quality by the checks, by readers that share nothing with them, and as others would judge; diversity of what is done and of how it is said;
/// complexity of the choices, and of what carries them.
pub const NAMES: [&str; 15] = [
    "pass",
    "read",
    "foreign",
    "skeletons",
    "tools",
    "personas",
    "values",
    "distinct_4",
    "compression",
    "openings",
    "bits",
    "calls",
    "depth",
    "distance",
    "turns",
];

/// Rows that are looked at of a set of this size.
pub fn looked_at(size: usize) -> usize {
    ((size as f64 * LOOKED_AT) as usize).max(1)
}

/// Measures a set. `sample` rows that pass are drawn by the hash of their number, which is the same in all sets; `factors` are those that say
/// who speaks, of which the effective levels are counted.
pub fn of(rows: &[(u64, &Row)], sample: usize, factors: &[String]) -> Measures {
    let count = rows.len().max(1) as f64;
    let share = |of: &dyn Fn(&Row) -> bool| rows.iter().filter(|(_, row)| of(row)).count() as f64 / count;
    let arguments = || rows.iter().flat_map(|(_, row)| &row.observed.calls).flat_map(|call| &call.arguments);
    let mut out = Measures::from([
        ("pass", share(&|row| row.observed.valid())),
        ("foreign", share(&|row| row.foreign)),
        ("read", arguments().filter(|argument| argument.read).count() as f64 / arguments().count().max(1) as f64),
    ]);
    let mut valid: Vec<(u64, u64, &Row)> =
        rows.iter().filter(|(_, row)| row.observed.valid()).map(|(number, row)| (xxh3_64(&number.to_le_bytes()), *number, *row)).collect();
    valid.sort_by_key(|(hash, number, _)| (*hash, *number));
    let rows: Vec<&Row> = valid.iter().map(|(_, _, row)| *row).collect();
    // Means do not depend on how many rows there are.
    complexity(&rows, &mut out);
    valid.truncate(sample);
    diversity(&rows[..valid.len()], factors, &mut out);
    wording(&valid, &mut out);
    out
}

fn diversity(rows: &[&Row], factors: &[String], out: &mut Measures) {
    let effective = |keys: &mut dyn Iterator<Item = u64>| {
        let mut counts = Counts::default();
        keys.for_each(|key| counts.push(key));
        counts.hill_1()
    };
    out.insert("skeletons", effective(&mut rows.iter().map(|row| row.observed.skeleton)));
    // As many calls in every set, so that more calls are not more tools.
    let mut calls: Vec<(u64, &str)> = Vec::new();
    for row in rows {
        let key = |place: usize| xxh3_64(format!("{} {place}", row.observed.id).as_bytes());
        calls.extend(row.observed.calls.iter().enumerate().map(|(place, call)| (key(place), call.tool.as_str())));
    }
    calls.sort_unstable();
    calls.truncate(rows.len() * CALLS_A_ROW);
    out.insert("tools", effective(&mut calls.iter().map(|(_, tool)| xxh3_64(tool.as_bytes()))));
    let values = rows.iter().flat_map(|row| &row.observed.values).map(|(name, value)| xxh3_64(format!("{name}\u{1f}{value}").as_bytes()));
    out.insert("values", effective(&mut values.into_iter()));
    let levels = |factor: &String| {
        let of = |row: &&Row| row.observed.factors.get(factor).map(|level| xxh3_64(level.as_bytes()));
        effective(&mut rows.iter().filter_map(of))
    };
    out.insert("personas", factors.iter().map(levels).sum::<f64>() / factors.len().max(1) as f64);
}

/// What users say, values masked, in parts of a fixed number of words that share no message.
///
/// Two messages of each row, the first and one later: a long dialogue says more things, and fewer long ones make up as many words, so that
/// words drawn from all messages alike would look more varied in a harder set that repeats itself as often. Rows that do the same are asked
/// for the same message.
fn wording(rows: &[(u64, u64, &Row)], out: &mut Measures) {
    let budget = rows.len() * WORDS_A_ROW;
    let mut messages: Vec<(u64, Vec<&str>)> = Vec::new();
    for (_, number, row) in rows {
        let said = &row.observed.user;
        let later = said.len().checked_sub(1).filter(|more| *more > 0).map(|more| 1 + row.observed.skeleton as usize % more);
        for place in [Some(0), later].into_iter().flatten().filter(|place| *place < said.len()) {
            let words = said[place].text.split(' ').filter(|word| !word.is_empty()).collect();
            messages.push((xxh3_64(format!("{number} {place}").as_bytes()), words));
        }
    }
    messages.sort_by_key(|(key, _)| *key);
    let (mut parts, mut part, mut words) = (Vec::new(), Vec::new(), 0);
    for (_, message) in &messages {
        words += message.len();
        part.push(message.as_slice());
        if words >= budget {
            parts.push(wording::of(&part));
            (part, words) = (Vec::new(), 0);
        }
    }
    if parts.is_empty() {
        parts.push(wording::of(&part));
    }
    let mean = |of: fn(&Wording) -> f64| parts.iter().map(of).sum::<f64>() / parts.len() as f64;
    out.insert("distinct_4", mean(|part| part.distinct_4));
    // As a share of the bytes, so that more is more varied.
    out.insert("compression", mean(|part| if part.compression_ratio > 0.0 { 1.0 / part.compression_ratio } else { 0.0 }));
    out.insert("openings", mean(|part| part.effective_openings));
}

fn complexity(rows: &[&Row], out: &mut Measures) {
    let mean = |of: &dyn Fn(&Row) -> u64| rows.iter().map(|row| of(row)).sum::<u64>() as f64 / rows.len().max(1) as f64;
    // The control is a factor: its logarithm is a line.
    out.insert("bits", (mean(&|row| row.observed.vector.millibits) / 1000.0).max(0.01).log2());
    out.insert("calls", mean(&|row| row.observed.vector.calls));
    out.insert("depth", mean(&|row| row.observed.vector.depth));
    out.insert("distance", mean(&|row| row.observed.vector.distance));
    out.insert("turns", mean(&|row| row.observed.vector.user_turns));
}
