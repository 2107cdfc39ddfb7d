//! How many texts a second does one core encode?

use walktalk::graph::encoder::{Encoder, cosine};

const TEXTS: [&str; 4] = [
    "check in date: Day of arrival, YYYY-MM-DD.",
    "search flights: Find flights between two airports on one day, with ids, times and prices.",
    "max results: The most results to return.",
    "Could you book me a table for four at an Italian place near the river at 7:30 tonight?",
];

fn main() {
    Encoder::embedded();
    divan::main();
}

/// Four texts of 10 to 20 word pieces.
#[divan::bench]
fn encode(bencher: divan::Bencher) {
    let encoder = Encoder::embedded();
    bencher.counter(divan::counter::ItemsCount::new(TEXTS.len())).bench(|| TEXTS.map(|text| encoder.encode(divan::black_box(text))));
}

/// The same texts, counted only.
#[divan::bench]
fn tokens(bencher: divan::Bencher) {
    let encoder = Encoder::embedded();
    bencher.counter(divan::counter::ItemsCount::new(TEXTS.len())).bench(|| TEXTS.map(|text| encoder.tokens(divan::black_box(text))));
}

#[divan::bench]
fn cosine_of_two(bencher: divan::Bencher) {
    let (a, b) = (Encoder::embedded().encode(TEXTS[0]), Encoder::embedded().encode(TEXTS[1]));
    bencher.bench(|| cosine(divan::black_box(&a), divan::black_box(&b)));
}
