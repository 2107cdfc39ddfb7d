//! How much is a synthetic row worth beside a real one?
//!
//! λ in [0, 1] is the power of the synthetic likelihood in a power prior, ρ(θ|D_s,λ) ∝ π₀(θ)·L(D_s|θ)^λ (Ibrahim & Chen 2000; for synthetic
//! data "Foundation Priors", arXiv 2512.01107): 0 leaves the synthetic rows out, 1 takes each for a real one, and `n_s` of them are worth
//! `n_eff = λ·n_s` real ones. λ is declared, or estimated as the λ under which real dialogues are most probable. It is never 1 by default:
//! where nobody says it, it is written down as not declared and n_eff as unknown.

mod attributes;
mod entry;
mod likelihood;
#[cfg(test)]
mod real_tests;

pub use attributes::{Attribute, Attributes};
pub use entry::{Entry, Origin, Trust, read_real, section, table};
pub use likelihood::{ALPHA, Column, DROP, Peak, peak};

use crate::error::{Error, Result};
use serde::Serialize;

/// λ as estimated from real dialogues.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Estimate {
    /// Over all attributes together.
    #[serde(flatten)]
    pub peak: Peak,
    /// log m(1) − log m(0): above 0, pooling everything is better than leaving everything out.
    pub log_bayes_factor: f64,
    pub real: Size,
    pub synthetic: Size,
    /// Each for itself: which of them disagree.
    pub attributes: Vec<Diagnosis>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Size {
    pub dialogues: u64,
    pub turns: u64,
}

/// One attribute for itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diagnosis {
    pub attribute: Attribute,
    #[serde(flatten)]
    pub peak: Peak,
    /// Σ min of the two shares: 1 for the same distribution, 0 for nothing in common.
    pub overlap: f64,
    /// The categories that differ most, the worst first.
    pub disagree: Vec<Disagreement>,
}

/// A category of which one side has more than the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Disagreement {
    pub category: String,
    pub real: f64,
    pub synthetic: f64,
    /// Its part in Jeffreys' divergence, (p − q)·ln(p/q), with half an observation added to each side.
    pub divergence: f64,
}

/// Categories that are named for each attribute.
const NAMED: usize = 4;

/// The estimate of λ for `n_s` synthetic dialogues of which `synthetic` counted some, all or a sample; `real` names the real set in errors.
///
/// The likelihood knows only λ·s, so that the counts of a sample are scaled up to the whole. Turns are taken as independent, which they are
/// not within a dialogue: the interval is narrower than it should be.
pub fn estimate(synthetic: &Attributes, dialogues: u64, real: &Attributes, name: &str) -> Result<Estimate> {
    if synthetic.turns == 0 {
        return Err(unsatisfiable("trust cannot be estimated: the synthetic set has no turn of a user".into(), "declare it with --trust"));
    }
    if real.turns == 0 {
        return Err(unsatisfiable(
            format!("trust cannot be estimated: {name} has no turn of a user"),
            "give real dialogues, or declare it with --trust",
        ));
    }
    let scale = if synthetic.dialogues == 0 { 1.0 } else { dialogues as f64 / synthetic.dialogues as f64 };
    let columns: Vec<(Attribute, Vec<&str>, Column)> = Attribute::ALL
        .into_iter()
        .map(|attribute| (attribute, synthetic.beside(real, attribute, scale)))
        .map(|(attribute, (names, column))| (attribute, names, column))
        .filter(|(_, _, column)| column.totals().0 > 0.0 && column.totals().1 > 0.0)
        .collect();
    let first = columns.iter().find(|(attribute, ..)| *attribute == Attribute::FirstWord);
    if first.is_none_or(|(_, _, column)| column.overlap() == 0.0) {
        return Err(unsatisfiable(
            format!("trust cannot be estimated: {name} shares nothing with the synthetic set, not one word that a turn begins with"),
            "see that both are of one language and of users, or declare it with --trust",
        ));
    }
    let together: Vec<&Column> = columns.iter().map(|(_, _, column)| column).collect();
    let at = |lambda: f64| together.iter().map(|column| column.log_marginal(lambda)).sum::<f64>();
    Ok(Estimate {
        peak: peak(&together),
        log_bayes_factor: at(1.0) - at(0.0),
        real: Size { dialogues: real.dialogues, turns: real.turns },
        synthetic: Size { dialogues: synthetic.dialogues, turns: synthetic.turns },
        attributes: columns.iter().map(|(attribute, names, column)| diagnosis(*attribute, names, column)).collect(),
    })
}

fn diagnosis(attribute: Attribute, names: &[&str], column: &Column) -> Diagnosis {
    let (ours, real) = column.totals();
    let smooth = |count: f64, total: f64| (count + 0.5) / (total + 0.5 * names.len() as f64);
    let one = |(name, (s, r)): (&&str, &(f64, f64))| {
        let (p, q) = (smooth(*r, real), smooth(*s, ours));
        Disagreement { category: name.to_string(), real: r / real, synthetic: s / ours, divergence: (p - q) * (p / q).ln() }
    };
    let mut disagree: Vec<Disagreement> = names.iter().zip(&column.cells).map(one).collect();
    disagree.sort_by(|a, b| b.divergence.total_cmp(&a.divergence).then_with(|| a.category.cmp(&b.category)));
    disagree.truncate(NAMED);
    Diagnosis { attribute, peak: peak(&[column]), overlap: column.overlap(), disagree }
}

/// A λ that somebody typed.
pub fn declared(lambda: f64) -> Result<f64> {
    match (0.0..=1.0).contains(&lambda) {
        true => Ok(lambda),
        false => Err(unsatisfiable(
            format!("trust = {lambda} is out of range"),
            "give a number from 0 (synthetic rows are left out) to 1 (each is worth a real one)",
        )),
    }
}

fn unsatisfiable(message: String, cure: &str) -> Error {
    Error::Unsatisfiable { message, cure: cure.into() }
}

#[cfg(test)]
mod tests {
    use super::likelihood::ln_gamma;
    use super::*;

    fn counts(turns: &[(&str, usize)]) -> Attributes {
        let mut counts = Attributes::default();
        for (turn, times) in turns {
            (0..*times).for_each(|_| counts.push_turn(turn));
        }
        counts
    }

    #[test]
    fn the_logarithm_of_gamma_is_that_of_the_c_library() {
        // `math.lgamma` of Python 3.11.
        for (x, wanted) in [
            (1e-3, 6.907_178_885_383_853),
            (0.5, 0.572_364_942_924_700_1),
            (1.0, 0.0),
            (3.7, 1.428_072_326_665_388_1),
            (9.999, 12.799_575_780_077_417),
            (10.0, 12.801_827_480_081_469),
            (1234.5, 7_550.550_901_077_896),
            (1e7, 151_180_949.369_473_9),
        ] {
            assert!((ln_gamma(x) - wanted).abs() <= 1e-12 * f64::max(1.0, f64::abs(wanted)), "{x}: {}", ln_gamma(x));
        }
    }

    #[test]
    fn the_marginal_likelihood_is_the_product_of_the_predictive_probabilities() {
        // Two categories, s = (3, 1), λ = .5: prior counts 2 and 1 after Jeffreys' halves. Real: a, a, b, in any order.
        let column = Column { cells: vec![(3.0, 2.0), (1.0, 1.0)] };
        let wanted = f64::ln((2.0 / 3.0) * (3.0 / 4.0) * (1.0 / 5.0));
        assert!((column.log_marginal(0.5) - wanted).abs() < 1e-12);
    }

    /// `scripts/trust/golden.py` has the same formula and another search.
    #[test]
    fn likelihoods_peaks_and_intervals_are_those_of_another_implementation() {
        #[derive(serde::Deserialize)]
        struct Case {
            columns: Vec<Vec<(f64, f64)>>,
            log_marginal: Vec<(f64, f64)>,
            lambda: f64,
            low: f64,
            high: f64,
        }
        let cases: Vec<Case> = serde_json::from_str(include_str!("../../../fixtures/trust/golden.json")).unwrap();
        assert_eq!(cases.len(), 6);
        for case in cases {
            let columns: Vec<Column> = case.columns.into_iter().map(|cells| Column { cells }).collect();
            for (lambda, wanted) in case.log_marginal {
                let sum: f64 = columns.iter().map(|column| column.log_marginal(lambda)).sum();
                assert!((sum - wanted).abs() < 1e-8 * wanted.abs(), "{lambda}: {sum} {wanted}");
            }
            let found = peak(&columns.iter().collect::<Vec<_>>());
            for (found, wanted) in [(found.lambda, case.lambda), (found.low, case.low), (found.high, case.high)] {
                assert!((found - wanted).abs() <= 1e-4 * wanted.max(1e-3), "{found} {wanted}");
            }
        }
    }

    #[test]
    fn the_same_text_is_trusted_and_another_is_not() {
        let real = counts(&[("I need a taxi to the airport.", 60), ("Yes.", 80), ("What is the price?", 60)]);
        let same = counts(&[("I need a taxi to the airport.", 310), ("Yes.", 390), ("What is the price?", 300)]);
        let other = counts(&[("Yes, do it now, please, and tell me when it is done!", 500), ("what", 500)]);
        let of = |synthetic| estimate(synthetic, 0, &real, "real.jsonl").unwrap();
        assert!(of(&same).peak.lambda > 0.3, "{:?}", of(&same).peak);
        assert!(of(&same).log_bayes_factor > 0.0);
        let far = of(&other);
        assert!(far.peak.lambda < 0.01 && far.log_bayes_factor < 0.0, "{:?}", far.peak);
        let first = far.attributes.iter().find(|one| one.attribute == Attribute::FirstWord).unwrap();
        assert!(["yes", "what", "i"].contains(&first.disagree[0].category.as_str()), "{first:?}");
        assert!(far.peak.low <= far.peak.lambda && far.peak.lambda <= far.peak.high);
    }

    #[test]
    fn a_sample_of_the_set_gives_the_effective_size_of_the_whole() {
        let real = counts(&[("I need a taxi.", 50), ("Yes.", 50), ("What is the price?", 100)]);
        let mut sample = counts(&[("I need a taxi.", 100), ("Yes.", 300), ("What is the price?", 100)]);
        sample.dialogues = 100;
        let one = estimate(&sample, 100, &real, "x").unwrap().peak.lambda;
        let ten = estimate(&sample, 1000, &real, "x").unwrap().peak.lambda;
        assert!((one / ten - 10.0).abs() < 0.01, "{one} {ten}");
    }

    #[test]
    fn sets_that_share_nothing_and_sets_without_turns_are_errors() {
        let ours = counts(&[("I need a taxi.", 10)]);
        for (real, words) in [(counts(&[("Ich brauche ein Taxi.", 10)]), "shares nothing"), (counts(&[]), "real.txt has no turn")] {
            let message = estimate(&ours, 10, &real, "real.txt").unwrap_err().to_string();
            assert!(message.contains(words) && message.contains("--trust"), "{message}");
        }
        assert!(estimate(&counts(&[]), 0, &ours, "x").is_err());
        for lambda in [-0.1, 1.5, f64::NAN] {
            assert!(declared(lambda).is_err());
        }
    }
}
