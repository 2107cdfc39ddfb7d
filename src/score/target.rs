//! Distributions of decision bits that go by a name: what `generate --complexity` asks for over the built-in catalogs.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Bits → dialogues of a default run of 2,000 (`generate --size 2000 --seed 3`).
static DEFAULT: LazyLock<BTreeMap<u64, u64>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../assets/decision-bits.json")).unwrap_or_default());

/// The default distribution with every value scaled by 4^(x − ½): half as many bits at 0, as they are at ½, twice as many at 1.
pub fn preset(x: f64) -> BTreeMap<u64, u64> {
    let scale = 4f64.powf(x - 0.5);
    let mut out = BTreeMap::new();
    for (bits, weight) in DEFAULT.iter() {
        *out.entry((*bits as f64 * scale).round() as u64).or_default() += weight;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(of: &BTreeMap<u64, u64>) -> f64 {
        let (sum, count) = of.iter().fold((0, 0), |(sum, count), (bits, weight)| (sum + bits * weight, count + weight));
        sum as f64 / count as f64
    }

    #[test]
    fn presets_are_the_default_scaled() {
        assert_eq!(preset(0.5), *DEFAULT);
        let middle = mean(&preset(0.5));
        assert!((40.0..60.0).contains(&middle), "{middle}");
        assert!((mean(&preset(0.0)) / middle - 0.5).abs() < 0.01 && (mean(&preset(1.0)) / middle - 2.0).abs() < 1e-9);
    }
}
