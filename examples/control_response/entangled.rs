//! Part D: what most pipelines do. Every row has one score, the product of a quality, a novelty and a complexity, and the best are kept; the
//! controls are the exponents. It chooses from the same rows that ours made, of all settings of diversity and complexity, true and false.

use super::ground::Row;
use super::measure::{self, Measures};
use std::collections::BTreeMap;
use walktalk::score::proof::factorial::cell;
use xxhash_rust::xxh3::xxh3_64;

/// What a judge of quality gives a row that does not pass.
const FAILED: f64 = 0.5;

/// The 27 cells, each the best `size` of a third of the pool or so.
pub fn cells(pool: &[Row], size: usize) -> Vec<Measures> {
    let kept = size.min(pool.len() / 3);
    let mut times: BTreeMap<u64, u64> = BTreeMap::new();
    pool.iter().for_each(|row| *times.entry(row.observed.skeleton).or_default() += 1);
    let parts: Vec<[f64; 3]> = pool
        .iter()
        .map(|row| {
            let quality = if row.observed.valid() { 1.0 } else { FAILED };
            [quality, 1.0 / times[&row.observed.skeleton] as f64, 1.0 + row.observed.vector.millibits as f64 / 1000.0]
        })
        .collect();
    let mut out = vec![Measures::new(); 27];
    for levels in (0..27).map(|number| [number / 9, number / 3 % 3, number % 3]) {
        let score = |row: usize| -> f64 { (0..3).map(|axis| levels[axis] as f64 * parts[row][axis].ln()).sum() };
        let mut order: Vec<usize> = (0..pool.len()).collect();
        order.sort_by(|a, b| score(*b).total_cmp(&score(*a)).then_with(|| hash(*a).cmp(&hash(*b))));
        let chosen: Vec<(u64, &Row)> = order[..kept].iter().map(|row| (*row as u64, &pool[*row])).collect();
        out[cell(levels)] = measure::of(&chosen, measure::looked_at(kept), &[]);
    }
    out
}

fn hash(row: usize) -> u64 {
    xxh3_64(&(row as u64 ^ 0xd1b5_4a32).to_le_bytes())
}
