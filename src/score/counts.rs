//! How often is what, in bounded memory: counts by hash, of which Hill numbers, the unseen mass and their intervals follow.

use super::sample::BottomK;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Keys that are counted exactly; beyond, they are a uniform sample of all keys.
const KEYS: usize = 8_192;
/// Replicates of the bootstrap.
const REPLICATES: u64 = 200;

/// Counts of keys. Exact for up to [`KEYS`] keys; of more, the keys with the smallest hashes are kept with their exact counts, and sums over
/// all keys are the kept sums over the share that is kept (Horvitz and Thompson 1952).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Counts {
    /// Of all keys together.
    pub total: u64,
    kept: BottomK<u64, KEYS>,
}

/// An estimate with its interval at 95%, where there is one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Figure {
    pub value: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
}

impl Figure {
    pub fn plain(value: f64) -> Figure {
        Figure { value, low: None, high: None }
    }

    pub fn between(value: f64, low: f64, high: f64) -> Figure {
        Figure { value, low: Some(low), high: Some(high) }
    }

    /// The share of hits with its exact interval (Clopper and Pearson 1934); 0 of nothing has none.
    pub fn share(hits: u64, tries: u64) -> Figure {
        if tries == 0 {
            return Figure::plain(0.0);
        }
        let (low, high) = crate::verify::mutate::clopper_pearson(hits, tries, 0.95);
        Figure::between(hits as f64 / tries as f64, low, high)
    }
}

/// What follows from a table of counts: total, number of keys, Σ c ln c, Σ c², keys seen once, and the greatest count.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    total: f64,
    keys: f64,
    logs: f64,
    squares: f64,
    once: f64,
    most: f64,
    /// What the sums have to be multiplied with to stand for all keys.
    scale: f64,
}

impl Counts {
    pub fn push(&mut self, hash: u64) {
        self.add(hash, 1);
    }

    pub fn add(&mut self, hash: u64, times: u64) {
        self.total += times;
        self.kept.update(hash, || times, |count| *count += times);
    }

    pub fn merge(&mut self, other: &Counts) {
        self.total += other.total;
        for (hash, count) in other.kept.entries() {
            self.kept.update(hash, || *count, |known| *known += count);
        }
    }

    /// Number of keys: exact, or the estimate of [`BottomK::distinct`].
    pub fn distinct(&self) -> f64 {
        self.kept.distinct()
    }

    /// Hill number of order 1, exp of Shannon entropy (Hill 1973); 0 of nothing.
    pub fn hill_1(&self) -> f64 {
        self.sums(self.kept.values().copied()).hill_1()
    }

    /// Good–Turing estimate of the mass of keys not seen yet: the share of observations whose key was seen once (Good 1953).
    pub fn unseen(&self) -> f64 {
        self.sums(self.kept.values().copied()).unseen()
    }

    /// Hill numbers of order 0, 1 and 2 and the unseen mass, with intervals for all but the first.
    pub fn diversity(&self, seed: u64) -> Hill {
        let own = self.sums(self.kept.values().copied());
        let replicates: Vec<Sums> = (0..REPLICATES).map(|replicate| self.replicate(seed, replicate)).collect();
        let figure = |of: fn(&Sums) -> f64| centred(of(&own), replicates.iter().map(of).collect());
        Hill {
            observations: self.total,
            q0: self.distinct(),
            q1: figure(Sums::hill_1),
            q2: figure(Sums::hill_2),
            unseen: figure(Sums::unseen),
            top: figure(Sums::top),
        }
    }

    /// One replicate of the Poisson bootstrap. Giving each of the `c` observations of a key a weight from Poisson(1) gives the key a weight
    /// from Poisson(c), so that a replicate can be drawn from the counts, which merge.
    fn replicate(&self, seed: u64, replicate: u64) -> Sums {
        self.sums(self.kept.entries().map(|(hash, count)| poisson(*count, hash ^ seed, replicate)))
    }

    /// Sums over the kept keys.
    fn sums(&self, counts: impl Iterator<Item = u64>) -> Sums {
        let mut sums = Sums { scale: (self.distinct() / self.kept.values().count().max(1) as f64).max(1.0), ..Sums::default() };
        for count in counts.filter(|count| *count > 0) {
            let c = count as f64;
            sums.total += c;
            sums.keys += 1.0;
            sums.logs += c * c.ln();
            sums.squares += c * c;
            sums.once += f64::from(u8::from(count == 1));
            sums.most = sums.most.max(c);
        }
        sums
    }
}

impl Sums {
    /// exp(ln N − Σ c ln c / N).
    fn hill_1(&self) -> f64 {
        if self.total == 0.0 { 0.0 } else { ((self.total * self.scale).ln() - self.logs / self.total).exp() }
    }

    /// 1/Σp².
    fn hill_2(&self) -> f64 {
        if self.squares == 0.0 { 0.0 } else { self.total * self.total * self.scale / self.squares }
    }

    fn unseen(&self) -> f64 {
        if self.total == 0.0 { 0.0 } else { self.once / self.total }
    }

    fn top(&self) -> f64 {
        if self.total == 0.0 { 0.0 } else { self.most / (self.total * self.scale) }
    }
}

/// Diversity of a table of counts.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Hill {
    pub observations: u64,
    /// Richness, which grows with the number of observations: read it beside `unseen`.
    pub q0: f64,
    pub q1: Figure,
    pub q2: Figure,
    pub unseen: Figure,
    /// Share of the commonest key.
    pub top: Figure,
}

/// The interval of the replicates, moved so that their mean is the estimate: a resample repeats observations, which biases every measure of
/// diversity by about as much as its mean is off.
pub(super) fn centred(value: f64, mut replicates: Vec<f64>) -> Figure {
    if replicates.is_empty() {
        return Figure::plain(value);
    }
    replicates.sort_by(f64::total_cmp);
    let mean = replicates.iter().sum::<f64>() / replicates.len() as f64;
    let at = |share: f64| replicates[((replicates.len() - 1) as f64 * share).round() as usize];
    Figure::between(value, (value + at(0.025) - mean).max(0.0), value + at(0.975) - mean)
}

/// A draw from Poisson(mean) that depends on the key and the replicate alone: by inversion up to 32, rounded normal beyond.
pub(super) fn poisson(mean: u64, key: u64, replicate: u64) -> u64 {
    let uniform = |which: u64| {
        let bits = xxh3_64_with_seed(&key.to_le_bytes(), replicate * 2 + which);
        (bits >> 11) as f64 / (1u64 << 53) as f64
    };
    if mean > 32 {
        let (a, b) = (uniform(0).max(1e-300), uniform(1));
        let normal = (-2.0 * a.ln()).sqrt() * (2.0 * std::f64::consts::PI * b).cos();
        return (mean as f64 + (mean as f64).sqrt() * normal).round().max(0.0) as u64;
    }
    let (wanted, mut chance, mut k) = (uniform(0), (-(mean as f64)).exp(), 0);
    let mut sum = chance;
    while sum < wanted && k < 400 {
        k += 1;
        chance *= mean as f64 / k as f64;
        sum += chance;
    }
    k
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(of: &[u64]) -> Counts {
        let mut counts = Counts::default();
        for (key, count) in of.iter().enumerate() {
            counts.add(xxhash_rust::xxh3::xxh3_64(&(key as u64).to_le_bytes()), *count);
        }
        counts
    }

    #[test]
    fn hill_numbers_of_an_even_table_are_its_size() {
        let hill = counts(&[5; 8]).diversity(1);
        assert_eq!(hill.q0, 8.0);
        assert!((hill.q1.value - 8.0).abs() < 1e-9 && (hill.q2.value - 8.0).abs() < 1e-9);
        assert_eq!(hill.unseen.value, 0.0);
        let hill = counts(&[1, 1, 2]).diversity(1);
        assert!((hill.q1.value - (1.5 * 2f64.ln()).exp()).abs() < 1e-9, "{hill:?}");
        assert!((hill.q2.value - 16.0 / 6.0).abs() < 1e-9);
        assert_eq!(hill.unseen.value, 0.5);
    }

    #[test]
    fn a_sample_of_the_keys_tells_of_all() {
        let many: Vec<u64> = (0..30_000u64).map(|key| 1 + key % 3).collect();
        let counts = counts(&many);
        assert!((counts.distinct() / 30_000.0 - 1.0).abs() < 0.03, "{}", counts.distinct());
        assert!((counts.unseen() - 1.0 / 6.0).abs() < 0.01, "{}", counts.unseen());
    }

    #[test]
    fn a_replicate_has_the_mean_and_the_spread_of_poisson() {
        for mean in [1u64, 7, 100] {
            let draws: Vec<f64> = (0..4_000).map(|key| poisson(mean, key * 7919, 3) as f64).collect();
            let average = draws.iter().sum::<f64>() / 4_000.0;
            let variance = draws.iter().map(|draw| (draw - average).powi(2)).sum::<f64>() / 4_000.0;
            assert!((average / mean as f64 - 1.0).abs() < 0.06, "{mean}: {average}");
            assert!((variance / mean as f64 - 1.0).abs() < 0.12, "{mean}: {variance}");
        }
    }

    #[test]
    fn the_interval_covers_what_it_should() {
        // 120 samples of 300 from twenty even kinds: the order-2 number of the source is 20.
        let mut inside = 0;
        for sample in 0..120u64 {
            let mut counts = Counts::default();
            for draw in 0..300u64 {
                let kind = xxh3_64_with_seed(&draw.to_le_bytes(), sample) % 20;
                counts.push(xxhash_rust::xxh3::xxh3_64(&kind.to_le_bytes()));
            }
            let figure = counts.diversity(sample).q1;
            let expected = 20.0 - 19.0 * 20.0 / (2.0 * 300.0);
            inside += u32::from(figure.low.unwrap() <= expected && expected <= figure.high.unwrap());
        }
        assert!((105..=120).contains(&inside), "{inside}");
    }
}
