//! Published formulas against reference implementations: `scripts/score/golden.py` says which, and makes the numbers.

use super::counts::{Counts, Figure};
use super::histogram::wasserstein;
use super::{rke, wording};
use serde_json::Value;
use std::collections::BTreeMap;

fn golden() -> Value {
    serde_json::from_str(include_str!("../../fixtures/score/golden.json")).unwrap()
}

fn lines() -> Vec<Vec<&'static str>> {
    include_str!("../../fixtures/score/lines.txt").lines().map(|line| line.split(' ').collect()).collect()
}

fn close(found: f64, wanted: &Value, slack: f64) {
    let wanted = wanted.as_f64().unwrap();
    assert!((found / wanted - 1.0).abs() <= slack, "{found} for {wanted}");
}

#[test]
fn words_are_measured_as_nltk_numpy_and_gzip_do() {
    let (lines, golden) = (lines(), golden());
    let messages: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
    let found = wording::of(&messages);
    close(found.distinct_4, &golden["distinct_4"], 1e-12);
    close(found.self_repetition, &golden["self_repetition"], 1e-12);
    close(found.ead, &golden["ead"], 1e-9);
    // Where zlib ends its blocks and breaks ties is its own affair.
    close(found.compression_ratio, &golden["gzip_ratio"], 0.01);
}

#[test]
fn rke_is_the_vendi_score_of_order_two() {
    let (lines, golden) = (lines(), golden());
    let messages: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
    close(rke::published(&messages), &golden["vendi_2"], 1e-9);
    // Without the diagonal, the number of kinds is no longer held down by the size of the sample.
    assert!(rke::of(&messages).unwrap() > rke::published(&messages));
}

#[test]
fn counts_intervals_and_distances_are_those_of_numpy_and_scipy() {
    let golden = golden();
    let hill = &golden["hill"];
    let mut counts = Counts::default();
    for (key, count) in hill["counts"].as_array().unwrap().iter().enumerate() {
        counts.add(xxhash_rust::xxh3::xxh3_64(&key.to_le_bytes()), count.as_u64().unwrap());
    }
    let found = counts.diversity(0);
    for (found, wanted) in [(found.q1, "q1"), (found.q2, "q2"), (found.unseen, "unseen")] {
        close(found.value, &hill[wanted], 1e-12);
    }
    for row in golden["clopper_pearson"].as_array().unwrap() {
        let figure = Figure::share(row[0].as_u64().unwrap(), row[1].as_u64().unwrap());
        close(figure.low.unwrap(), &row[2], 1e-9);
        close(figure.high.unwrap(), &row[3], 1e-9);
    }
    let histogram = |name: &str| -> BTreeMap<u64, u64> { serde_json::from_value(golden["wasserstein"][name].clone()).unwrap() };
    close(wasserstein(&histogram("a"), &histogram("b")), &golden["wasserstein"]["distance"], 1e-12);
}
