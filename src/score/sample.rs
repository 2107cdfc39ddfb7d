//! A uniform sample of distinct keys that does not depend on order: the keys with the smallest hashes (bottom-k, KMV).

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Keeps the `K` keys with the smallest hashes, each with a value. A key that is kept in the end was kept from the first time it was
/// seen, so counts are exact; merging is union and trimming.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BottomK<V, const K: usize> {
    kept: BTreeMap<u64, V>,
}

impl<V, const K: usize> Default for BottomK<V, K> {
    fn default() -> Self {
        BottomK { kept: BTreeMap::new() }
    }
}

impl<V, const K: usize> BottomK<V, K> {
    /// Adds one observation of the key with this hash.
    pub fn update(&mut self, hash: u64, new: impl FnOnce() -> V, seen: impl FnOnce(&mut V)) {
        if let Some(value) = self.kept.get_mut(&hash) {
            seen(value);
        } else if self.kept.len() < K || self.kept.last_key_value().is_some_and(|(largest, _)| hash < *largest) {
            self.kept.insert(hash, new());
            if self.kept.len() > K {
                self.kept.pop_last();
            }
        }
    }

    /// In hash order.
    pub fn values(&self) -> impl Iterator<Item = &V> + Clone {
        self.kept.values()
    }

    pub fn entries(&self) -> impl Iterator<Item = (u64, &V)> {
        self.kept.iter().map(|(hash, value)| (*hash, value))
    }

    /// Number of distinct keys seen: exact below `K`, otherwise the unbiased estimate (K − 1) / largest normalised hash
    /// (Bar-Yossef et al. 2002).
    pub fn distinct(&self) -> f64 {
        match self.kept.last_key_value() {
            Some((largest, _)) if self.kept.len() >= K => (K as f64 - 1.0) / (*largest as f64 / u64::MAX as f64),
            _ => self.kept.len() as f64,
        }
    }
}
