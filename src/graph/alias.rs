//! Weighted draws in constant time by the alias method (Walker 1977, Vose 1991), in integers, so that every machine draws the same.

use crate::seed::Rng;
use rand::Rng as _;

/// Out-neighbours of every node with integer weights, in one frozen table (compressed sparse rows).
#[derive(Debug, Clone, Default)]
pub(super) struct AliasRows {
    offsets: Vec<u32>,
    targets: Vec<u32>,
    /// Keep the drawn column when the low 32 random bits are at most this.
    threshold: Vec<u32>,
    alias: Vec<u32>,
}

impl AliasRows {
    /// `rows[v]` holds the neighbours of `v` with weights above 0.
    pub fn new(rows: &[Vec<(u32, u32)>]) -> AliasRows {
        let mut table = AliasRows { offsets: vec![0], ..AliasRows::default() };
        for row in rows {
            table.push_row(row);
            table.offsets.push(table.targets.len() as u32);
        }
        table
    }

    fn push_row(&mut self, row: &[(u32, u32)]) {
        let n = row.len() as u64;
        let total: u64 = row.iter().map(|(_, weight)| u64::from((*weight).max(1))).sum();
        // Each column holds `total` units; an entry has weight * n of them.
        let mut units: Vec<u64> = row.iter().map(|(_, weight)| u64::from((*weight).max(1)) * n).collect();
        let mut threshold = vec![u32::MAX; row.len()];
        let mut alias: Vec<u32> = (0..row.len() as u32).collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..row.len()).partition(|i| units[*i] < total);
        while let (Some(less), Some(&more)) = (small.pop(), large.last()) {
            threshold[less] = ((units[less] << 32) / total).min(u64::from(u32::MAX)) as u32;
            alias[less] = more as u32;
            units[more] -= total - units[less];
            if units[more] < total {
                large.pop();
                small.push(more);
            }
        }
        self.targets.extend(row.iter().map(|(target, _)| *target));
        self.threshold.extend(threshold);
        self.alias.extend(alias);
    }

    pub fn row(&self, node: usize) -> &[u32] {
        &self.targets[self.offsets[node] as usize..self.offsets[node + 1] as usize]
    }

    /// A neighbour by weight: one 64-bit draw, one look-up.
    #[inline]
    pub fn draw(&self, node: usize, rng: &mut Rng) -> Option<usize> {
        let start = self.offsets[node] as usize;
        let count = u64::from(self.offsets[node + 1]) - start as u64;
        if count == 0 {
            return None;
        }
        let bits = rng.next_u64();
        let column = start + (((bits >> 32) * count) >> 32) as usize;
        let kept = if bits as u32 <= self.threshold[column] { column } else { start + self.alias[column] as usize };
        Some(self.targets[kept] as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::{Stage, stream};

    #[test]
    fn draws_follow_the_weights() {
        let table = AliasRows::new(&[vec![(1, 10), (2, 30), (3, 60)], vec![], vec![(0, 5)]]);
        let mut rng = stream(1, 0, Stage::Walk, 0);
        let mut counts = [0u32; 4];
        for _ in 0..100_000 {
            counts[table.draw(0, &mut rng).unwrap()] += 1;
        }
        for (node, share) in [(1, 0.1), (2, 0.3), (3, 0.6)] {
            assert!((f64::from(counts[node]) / 1e5 - share).abs() < 0.01, "{counts:?}");
        }
        assert_eq!(table.draw(1, &mut rng), None);
        assert_eq!(table.draw(2, &mut rng), Some(0));
    }
}
