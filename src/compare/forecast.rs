//! Where will the mix go? What reinforcement with a binary reward makes of shares of formats, by the pass rates of each.

use crate::error::{Error, Fault, Result};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Shares of each format, round by round.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    pub axis: String,
    /// Strength of the anchor to the policy before; none for no anchor.
    pub beta: Option<f64>,
    pub formats: Vec<Course>,
    /// Exp of the entropy of the shares before the first round and after each.
    pub effective: Vec<f64>,
    /// Rounds that the best of two formats needs from 50:50 to 90:10 against the next best: ln 9 / ln of the ratio of their factors. None where
    /// they pass alike.
    pub rounds_50_to_90: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Course {
    pub format: String,
    pub pass_rate: f64,
    /// Before the first round, and after each.
    pub shares: Vec<f64>,
}

/// The optimum under a KL anchor of strength β and a binary reward is w_i' ∝ w_i·[1 + p_i·(e^{1/β} − 1)]; without an anchor it is w_i·p_i. Each
/// round starts from the shares that the one before it left: after T of them w_i·p_iᵀ. O(formats × rounds).
pub fn forecast(
    axis: &str,
    counts: &BTreeMap<String, u64>,
    rates: &BTreeMap<String, f64>,
    beta: Option<f64>,
    rounds: u32,
) -> Result<Forecast> {
    let total = counts.values().sum::<u64>();
    let wrong = |message: String, cure: &str| Err(Error::Unsatisfiable { message, cure: cure.into() });
    if let Some(beta) = beta.filter(|beta| beta.is_nan() || *beta <= 0.0) {
        return wrong(format!("beta = {beta} is out of range"), "give a number above 0, or none for no anchor");
    }
    if let Some(unknown) = rates.keys().find(|format| !counts.contains_key(*format)) {
        let known: Vec<&str> = counts.keys().map(String::as_str).collect();
        return wrong(
            format!("nothing is written in the format `{unknown}`"),
            &format!("the formats of the second set are {}", known.join(", ")),
        );
    }
    let without = |format: &&String| !rates.contains_key(*format);
    if let Some(format) = counts.keys().find(without) {
        return wrong(format!("there is no pass rate of the format `{format}`"), "add it to the file of pass rates");
    }
    let logs: Vec<f64> = counts.keys().map(|format| log_factor(rates[format], beta)).collect();
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return wrong("no format that is written ever passes".into(), "give pass rates above 0");
    }
    let mut shares: Vec<f64> = counts.values().map(|count| *count as f64 / total.max(1) as f64).collect();
    let mut formats: Vec<Course> = counts
        .keys()
        .zip(&shares)
        .map(|(format, share)| Course { format: format.clone(), pass_rate: rates[format], shares: vec![*share] })
        .collect();
    let mut effective = vec![crate::formats::mix::effective(shares.iter().copied())];
    for _ in 0..rounds {
        shares.iter_mut().zip(&logs).for_each(|(share, log)| *share *= (log - most).exp());
        let sum: f64 = shares.iter().sum();
        shares.iter_mut().for_each(|share| *share /= sum);
        formats.iter_mut().zip(&shares).for_each(|(course, share)| course.shares.push(*share));
        effective.push(crate::formats::mix::effective(shares.iter().copied()));
    }
    let mut sorted = logs;
    sorted.sort_by(|a, b| b.total_cmp(a));
    let apart = sorted.get(1).map(|second| sorted[0] - second);
    let rounds_50_to_90 = apart.filter(|apart| *apart > 0.0).map(|apart| 9f64.ln() / apart);
    Ok(Forecast { axis: axis.into(), beta, formats, effective, rounds_50_to_90 })
}

/// ln of the factor of one round, in a form that holds for any β: e^{1/β} may be beyond all numbers.
fn log_factor(rate: f64, beta: Option<f64>) -> f64 {
    match beta.map(|beta| 1.0 / beta) {
        None => rate.ln(),
        Some(_) if rate == 0.0 => 0.0,
        Some(power) if power > 500.0 => power + rate.ln(),
        Some(power) => (rate * power.exp_m1()).ln_1p(),
    }
}

/// Pass rates from a JSON object `{"hermes": 0.7}`, or from lines `hermes,0.7`.
pub fn pass_rates(path: &Path) -> Result<BTreeMap<String, f64>> {
    let cure = "write a JSON object of formats and rates from 0 to 1, or lines such as hermes,0.7";
    let text = std::fs::read_to_string(path).map_err(|error| Fault::new(path, format!("cannot be read: {error}"), cure))?;
    let rates: BTreeMap<String, f64> = if text.trim_start().starts_with('{') {
        serde_json::from_str(&text).map_err(|error| {
            Fault::new(path, format!("is no object of rates: {error}"), cure).at(error.line() as u32, error.column() as u32)
        })?
    } else {
        let mut rates = BTreeMap::new();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let wrong = || Fault::new(path, format!("`{line}` is no format with its rate"), cure).at(number as u32 + 1, 0);
            let (format, rate) = line.split_once(',').ok_or_else(wrong)?;
            match rate.trim().parse::<f64>() {
                Ok(rate) => rates.insert(format.trim().to_string(), rate),
                // A first line may name the columns.
                Err(_) if number == 0 => continue,
                Err(_) => return Err(wrong().into()),
            };
        }
        rates
    };
    match rates.iter().find(|(_, rate)| !(0.0..=1.0).contains(*rate)) {
        Some((format, rate)) => Err(Fault::new(path, format!("the rate {rate} of `{format}` is out of range"), cure).into()),
        None if rates.is_empty() => Err(Fault::new(path, "has no rates", cure).into()),
        None => Ok(rates),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(pairs: &[(&str, u64)]) -> BTreeMap<String, u64> {
        pairs.iter().map(|(format, count)| (format.to_string(), *count)).collect()
    }

    fn rates(pairs: &[(&str, f64)]) -> BTreeMap<String, f64> {
        pairs.iter().map(|(format, rate)| (format.to_string(), *rate)).collect()
    }

    #[test]
    fn without_an_anchor_shares_go_with_powers_of_the_rates() {
        let told = forecast("syntax", &counts(&[("a", 50), ("b", 50)]), &rates(&[("a", 0.8), ("b", 0.4)]), None, 4).unwrap();
        let wanted = 0.8f64.powi(4) / (0.8f64.powi(4) + 0.4f64.powi(4));
        assert!((told.formats[0].shares[4] - wanted).abs() < 1e-12);
        // ln 9 / ln 2 rounds.
        assert!((told.rounds_50_to_90.unwrap() - 3.169_925_001_442_312).abs() < 1e-12);
        assert!(told.effective[0] > 1.99 && told.effective[4] < 1.3);
    }

    #[test]
    fn an_anchor_slows_the_collapse_and_a_weak_one_is_none() {
        let of = |beta| {
            let told = forecast("syntax", &counts(&[("a", 1), ("b", 1)]), &rates(&[("a", 0.9), ("b", 0.6)]), beta, 1).unwrap();
            told.formats[0].shares[1]
        };
        let by_hand = |beta: f64| {
            let factor = |rate: f64| 1.0 + rate * ((1.0 / beta).exp() - 1.0);
            factor(0.9) / (factor(0.9) + factor(0.6))
        };
        assert!((of(Some(0.5)) - by_hand(0.5)).abs() < 1e-12);
        assert!(of(Some(10.0)) < of(Some(0.5)) && of(Some(0.5)) < of(None));
        assert!((of(Some(0.02)) - of(None)).abs() < 1e-9 && (of(Some(1e-6)) - of(None)).abs() < 1e-9, "β → 0 is no anchor");
    }

    #[test]
    fn rates_are_read_and_impossible_ones_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rates");
        let read = |text: &str| {
            std::fs::write(&path, text).unwrap();
            pass_rates(&path)
        };
        assert_eq!(read("{\"a\": 0.5}").unwrap(), rates(&[("a", 0.5)]));
        assert_eq!(read("format,rate\na, 0.5\nb,1\n").unwrap(), rates(&[("a", 0.5), ("b", 1.0)]));
        for (text, words) in [("a,0.5\nb\n", "rates:2"), ("{\"a\": 2}", "rate 2 of `a`"), ("", "no rates"), ("{", "no object")] {
            let message = read(text).unwrap_err().to_string();
            assert!(message.contains(words), "{text}: {message}");
        }
        let one = counts(&[("a", 1), ("b", 1)]);
        for (rates, beta, words) in [
            (rates(&[("a", 0.5)]), None, "no pass rate of the format `b`"),
            (rates(&[("a", 0.5), ("b", 0.1), ("c", 0.1)]), None, "format `c`"),
            (rates(&[("a", 0.5), ("b", 0.1)]), Some(0.0), "beta = 0"),
            (rates(&[("a", 0.0), ("b", 0.0)]), None, "ever passes"),
        ] {
            let message = forecast("syntax", &one, &rates, beta, 2).unwrap_err().to_string();
            assert!(message.contains(words), "{message}");
        }
    }
}
