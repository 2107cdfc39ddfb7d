//! A uniform sample of delexicalised messages, from which everything about wording is measured at fixed sizes.

use super::sample::BottomK;
use super::wording::{self, Wording};
use super::{counts, rke};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// Messages that are kept.
const KEPT: usize = 10_000;
/// Measures of text are taken on so many tokens, because every one of them drifts with size.
pub const TOKEN_BUDGET: usize = 10_000;
/// RKE is taken on so many messages.
pub const MESSAGES: usize = 1_000;
/// So many samples of the budget, which share no message, give the mean and its interval.
const SAMPLES: usize = 8;

/// One message of the sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Message {
    act: String,
    text: String,
    /// How often it was met; more than once only where rows with the same id say the same.
    times: u64,
}

/// The messages with the smallest hashes: the same in any order and over any shards.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Texts {
    pub messages: u64,
    kept: BottomK<Message, KEPT>,
}

impl Texts {
    /// `id` and `number` tell messages of the same words apart.
    pub fn push(&mut self, id: &str, number: usize, act: &str, text: &str) {
        self.messages += 1;
        let hash = xxh3_64(format!("{id}\u{1f}{number}\u{1f}{text}").as_bytes());
        self.kept.update(hash, || Message { act: act.into(), text: text.into(), times: 1 }, |known| known.times += 1);
    }

    pub fn merge(&mut self, other: &Texts) {
        self.messages += other.messages;
        for (hash, message) in other.kept.entries() {
            self.kept.update(hash, || message.clone(), |known| known.times += message.times);
        }
    }

    /// The kept messages in hash order, those that came more than once as often.
    fn all(&self) -> Vec<(&str, Vec<&str>)> {
        let mut out = Vec::new();
        for message in self.kept.values() {
            let words: Vec<&str> = message.text.split(' ').filter(|word| !word.is_empty()).collect();
            out.extend((0..message.times.min(KEPT as u64)).map(|_| (message.act.as_str(), words.clone())));
        }
        out
    }

    /// The first sample alone: what a manifest tells.
    pub fn first(&self) -> Wording {
        let all = self.all();
        let messages: Vec<&[&str]> = all.iter().map(|(_, words)| words.as_slice()).collect();
        samples(&messages).first().map_or_else(Wording::default, |sample| wording::of(sample))
    }

    /// Everything about wording, as means over samples that share no message.
    pub fn report(&self) -> Report {
        let all = self.all();
        let messages: Vec<&[&str]> = all.iter().map(|(_, words)| words.as_slice()).collect();
        let measured: Vec<Wording> = samples(&messages).into_par_iter().map(wording::of).collect();
        let figure = |of: fn(&Wording) -> f64| mean(measured.iter().map(of).collect());
        let effective: Vec<f64> = messages.par_chunks_exact(MESSAGES).take(SAMPLES).filter_map(rke::of).collect();
        let few = || rke::of(&messages).into_iter().collect();
        Report {
            messages: self.messages,
            samples: measured.len(),
            tokens: measured.first().map_or(0, |one| one.tokens),
            distinct_4: figure(|one| one.distinct_4),
            self_repetition: figure(|one| one.self_repetition),
            compression_ratio: figure(|one| one.compression_ratio),
            ead: figure(|one| one.ead),
            duplicates: figure(|one| one.duplicates),
            effective_openings: figure(|one| one.effective_openings),
            top_opening: figure(|one| one.top_opening),
            rke_messages: messages.len().min(MESSAGES),
            rke: Some(if messages.len() < MESSAGES { few() } else { effective }).filter(|all: &Vec<f64>| !all.is_empty()).map(mean),
            openings_by_act: openings(&all),
        }
    }
}

/// What is measured of the words of one side.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    pub messages: u64,
    /// Samples that share no message, over which the figures are means; intervals need two.
    pub samples: usize,
    /// Of each sample. Under [`TOKEN_BUDGET`] the set is too small to be compared with others.
    pub tokens: u64,
    pub distinct_4: counts::Figure,
    pub self_repetition: counts::Figure,
    pub compression_ratio: counts::Figure,
    pub ead: counts::Figure,
    pub duplicates: counts::Figure,
    pub effective_openings: counts::Figure,
    pub top_opening: counts::Figure,
    pub rke_messages: usize,
    /// None where it is not resolved: no two messages have anything in common.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rke: Option<counts::Figure>,
    pub openings_by_act: BTreeMap<String, Openings>,
}

/// How messages that do the same begin.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Openings {
    /// Messages of the sample.
    pub messages: u64,
    /// Share of the commonest first three words.
    pub top_share: f64,
    /// Shannon entropy of the first three words, in bits.
    pub entropy_bits: f64,
    /// Exp of the entropy over the number of messages.
    pub effective_share: f64,
    pub commonest: String,
}

/// Acts of which fewer messages were sampled are not told.
const FEWEST: u64 = 20;
/// Openings are compared on at most so many messages of an act, so that they do not grow with the set.
const OPENED: usize = 500;

fn openings(all: &[(&str, Vec<&str>)]) -> BTreeMap<String, Openings> {
    let mut by_act: BTreeMap<&str, (u64, BTreeMap<String, u64>)> = BTreeMap::new();
    for (act, words) in all {
        let (messages, openings) = by_act.entry(act).or_default();
        if *messages < OPENED as u64 {
            *messages += 1;
            *openings.entry(words[..words.len().min(3)].join(" ")).or_default() += 1;
        }
    }
    let enough = by_act.into_iter().filter(|(_, (messages, _))| *messages >= FEWEST);
    enough
        .map(|(act, (messages, openings))| {
            let entropy = wording::entropy(openings.values().copied());
            let top = openings.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
            let told = Openings {
                messages,
                top_share: top.map_or(0.0, |(_, count)| *count as f64 / messages as f64),
                entropy_bits: entropy / std::f64::consts::LN_2,
                effective_share: entropy.exp() / messages as f64,
                commonest: top.map(|(words, _)| words.clone()).unwrap_or_default(),
            };
            (act.to_string(), told)
        })
        .collect()
}

/// Parts of the budget, one after another; a set smaller than the budget is one part.
fn samples<'m, 'w>(messages: &'m [&'w [&'w str]]) -> Vec<&'m [&'w [&'w str]]> {
    let mut out = Vec::new();
    let (mut start, mut tokens) = (0, 0);
    for (at, words) in messages.iter().enumerate() {
        tokens += words.len();
        if tokens >= TOKEN_BUDGET {
            out.push(&messages[start..=at]);
            (start, tokens) = (at + 1, 0);
            if out.len() == SAMPLES {
                return out;
            }
        }
    }
    if out.is_empty() && !messages.is_empty() {
        out.push(messages);
    }
    out
}

/// Mean with the interval at 95% of Student's t over the samples.
fn mean(values: Vec<f64>) -> counts::Figure {
    /// Quantile .975 by degrees of freedom.
    const T: [f64; SAMPLES - 1] = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365];
    let n = values.len() as f64;
    if values.is_empty() {
        return counts::Figure::default();
    }
    let mean = values.iter().sum::<f64>() / n;
    let Some(t) = values.len().checked_sub(2).and_then(|at| T.get(at)) else { return counts::Figure::plain(mean) };
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let half = t * (variance / n).sqrt();
    counts::Figure::between(mean, mean - half, mean + half)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(range: std::ops::Range<usize>) -> Texts {
        let mut texts = Texts::default();
        for n in range {
            texts.push(&format!("d{n}"), 0, "inform", &format!("i want {} of them for the {} of <v> please", n % 97, n % 31));
        }
        texts
    }

    #[test]
    fn shards_give_what_the_whole_gives() {
        let (whole, mut parts) = (texts(0..14_000), texts(9_000..14_000));
        parts.merge(&texts(0..9_000));
        assert_eq!(whole, parts);
        let back: Texts = serde_json::from_str(&serde_json::to_string(&whole).unwrap()).unwrap();
        assert_eq!(back, whole);
    }

    #[test]
    fn more_of_the_same_changes_nothing_but_the_intervals() {
        let (few, many) = (texts(0..1_000).report(), texts(0..2_000).report());
        assert_eq!((few.samples, many.samples), (1, 2));
        for (a, b) in
            [(few.distinct_4, many.distinct_4), (few.compression_ratio, many.compression_ratio), (few.rke.unwrap(), many.rke.unwrap())]
        {
            assert!((a.value / b.value - 1.0).abs() < 0.05, "{a:?} {b:?}");
        }
        assert!(many.openings_by_act["inform"].effective_share < 0.3);
    }

    #[test]
    fn nothing_has_no_wording() {
        let report = Texts::default().report();
        assert_eq!((report.samples, report.tokens, report.rke), (0, 0, None));
    }
}
