//! Do the weights only fit these sources? Each weight halved, doubled and left out; then leave-one-source-out: weights chosen on
//! the other sources, measured on the one that was left out.

use crate::measure::ranks;
use crate::sources::Source;
use walktalk::graph::{Ranker, Relevance, Weights};

type Get = fn(&mut Weights) -> &mut f32;

const SIGNALS: [(&str, Get); 9] = [
    ("text", |w| &mut w.text),
    ("name", |w| &mut w.name),
    ("entity", |w| &mut w.entity),
    ("evidence", |w| &mut w.evidence),
    ("purpose", |w| &mut w.purpose),
    ("verb", |w| &mut w.verb),
    ("affinity", |w| &mut w.affinity),
    ("sem", |w| &mut w.sem),
    ("echo", |w| &mut w.echo),
];
const FACTORS: [f32; 4] = [0.0, 0.5, 1.0, 2.0];

pub fn sweep(sources: &[Source]) {
    let mut rankers: Vec<Ranker> = sources.iter().map(|source| Ranker::new(&source.catalog, Relevance::Typed, 0)).collect();
    let base = scores(sources, &mut rankers, Weights::default());
    println!("\nmean reciprocal rank of the tool, other true producers not counted, when one weight is changed");
    println!("{:<12}{:>8}  {}", "", "factor", sources.iter().map(|source| format!("{:>22}", source.name)).collect::<String>());
    println!("{:<12}{:>8}  {}", "as it is", "", row(&base));
    for (name, get) in SIGNALS {
        for factor in FACTORS.into_iter().filter(|factor| *factor != 1.0) {
            println!("{name:<12}{factor:>8}  {}", row(&scores(sources, &mut rankers, scaled(Weights::default(), get, factor))));
        }
    }
    println!("\nweights chosen on the other sources, one after the other, measured on the one left out");
    for (out, source) in sources.iter().enumerate() {
        let chosen = choose(sources, &mut rankers, out);
        let held = scores(sources, &mut rankers, chosen)[out];
        println!("{:<22} chosen elsewhere {held:.3}, as it is {:.3}", source.name, base[out]);
    }
}

/// One pass over the signals, keeping for each the factor that is best on the mean of the sources but one.
fn choose(sources: &[Source], rankers: &mut [Ranker], out: usize) -> Weights {
    let mut weights = Weights::default();
    for (_, get) in SIGNALS {
        let mut value = |factor: f32| {
            let scores = scores(sources, rankers, scaled(weights, get, factor));
            scores.iter().enumerate().filter(|(at, _)| *at != out).map(|(_, score)| score).sum::<f64>()
        };
        let mut best = (value(1.0), 1.0);
        for factor in [0.5, 2.0] {
            let found = value(factor);
            if found > best.0 {
                best = (found, factor);
            }
        }
        weights = scaled(weights, get, best.1);
    }
    weights
}

fn scaled(mut weights: Weights, get: Get, factor: f32) -> Weights {
    *get(&mut weights) *= factor;
    weights
}

fn scores(sources: &[Source], rankers: &mut [Ranker], weights: Weights) -> Vec<f64> {
    let one = |(source, ranker): (&Source, &mut Ranker)| {
        ranker.set_weights(weights);
        let reciprocal = source.links.iter().map(|link| 1.0 / f64::from(ranks(ranker, link, &source.links).1));
        reciprocal.sum::<f64>() / source.links.len().max(1) as f64
    };
    sources.iter().zip(rankers).map(one).collect()
}

fn row(scores: &[f64]) -> String {
    scores.iter().map(|score| format!("{score:>22.3}")).collect()
}
