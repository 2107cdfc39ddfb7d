//! Quotas: for every level of a factor, how many rows of the set may have it. Together the levels of a factor make up the whole set, so that
//! a set of the asked size has each level as often as asked (a partition matroid for each factor).

use super::aim::Aim;
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// The quotas of one factor.
#[derive(Debug, Clone, PartialEq)]
struct Factor {
    name: String,
    /// Named levels, and at the end the others together.
    levels: Vec<(String, u64)>,
    taken: Vec<u64>,
}

/// All quotas of a set of one size.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotas {
    factors: Vec<Factor>,
}

/// What the levels that are not named are called in messages.
const OTHERS: &str = "(any other)";

impl Quotas {
    /// Shares become whole rows by largest remainders, so that they sum up to `size`.
    pub fn new(aim: &Aim, size: u64) -> Quotas {
        let factor = |(name, shares): (&String, &IndexMap<String, f64>)| {
            let rest = (1.0 - shares.values().sum::<f64>()).max(0.0);
            let wanted: Vec<f64> = shares.values().copied().chain([rest]).map(|share| share * size as f64).collect();
            let names = shares.keys().cloned().chain([OTHERS.to_string()]);
            let levels: Vec<(String, u64)> = names.zip(whole(&wanted, size)).collect();
            Factor { name: name.clone(), taken: vec![0; levels.len()], levels }
        };
        Quotas { factors: aim.quotas.iter().map(factor).collect() }
    }

    /// Which level of each factor a row has.
    pub fn signature(&self, factors: &BTreeMap<String, String>) -> Vec<u16> {
        let level = |factor: &Factor| {
            let own = factors.get(&factor.name);
            factor.levels.iter().position(|(name, _)| Some(name) == own).unwrap_or(factor.levels.len() - 1) as u16
        };
        self.factors.iter().map(level).collect()
    }

    /// The first quota that a row of this signature would break.
    pub fn full(&self, signature: &[u16]) -> Option<String> {
        let full = |(factor, at): (&Factor, &u16)| {
            let at = usize::from(*at);
            (factor.taken[at] >= factor.levels[at].1).then(|| format!("{}:{}", factor.name, factor.levels[at].0))
        };
        self.factors.iter().zip(signature).find_map(full)
    }

    pub fn take(&mut self, signature: &[u16]) {
        for (factor, at) in self.factors.iter_mut().zip(signature) {
            factor.taken[usize::from(*at)] += 1;
        }
    }

    pub fn give_back(&mut self, signature: &[u16]) {
        for (factor, at) in self.factors.iter_mut().zip(signature) {
            factor.taken[usize::from(*at)] -= 1;
        }
    }

    /// How scarce rows of this signature are: over its levels, the most rows still wanted for each row still there. `left[factor][level]`
    /// counts the rows that are still there.
    pub fn need(&self, signature: &[u16], left: &[Vec<u64>]) -> f64 {
        let one = |(at, (factor, level)): (usize, (&Factor, &u16))| {
            let level = usize::from(*level);
            (factor.levels[level].1 - factor.taken[level]) as f64 / left[at][level].max(1) as f64
        };
        self.factors.iter().zip(signature).enumerate().map(one).fold(0.0, f64::max)
    }

    /// A counter for every level.
    pub fn counters(&self) -> Vec<Vec<u64>> {
        self.factors.iter().map(|factor| vec![0; factor.levels.len()]).collect()
    }

    /// Levels that did not get what they asked for: name, rows asked, rows taken, rows there were.
    pub fn short(&self, supply: &[Vec<u64>]) -> Vec<(String, u64, u64, u64)> {
        let of = |(factor, supply): (&Factor, &Vec<u64>)| {
            let level = |((name, asked), (taken, supply)): (&(String, u64), (&u64, &u64))| {
                (format!("{}:{name}", factor.name), *asked, *taken, *supply)
            };
            let levels: Vec<_> = factor.levels.iter().zip(factor.taken.iter().zip(supply)).map(level).collect();
            levels.into_iter().filter(|(_, asked, taken, _)| taken < asked)
        };
        self.factors.iter().zip(supply).flat_map(of).collect()
    }
}

/// Whole numbers that sum up to `size` and are as near as can be: the largest remainders are rounded up, the first ones first.
fn whole(wanted: &[f64], size: u64) -> Vec<u64> {
    // A share such as .3 is not a binary fraction: what is nearly whole is whole.
    let floor = |value: f64| (value + 1e-9).floor();
    let mut out: Vec<u64> = wanted.iter().map(|value| floor(*value) as u64).collect();
    let missing = size.saturating_sub(out.iter().sum()) as usize;
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    let rest = |at: usize| wanted[at] - floor(wanted[at]);
    order.sort_by(|a, b| rest(*b).total_cmp(&rest(*a)).then(a.cmp(b)));
    order.into_iter().cycle().take(missing.min(wanted.len())).for_each(|at| out[at] += 1);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quotas(size: u64) -> Quotas {
        let mut aim = Aim::default();
        for quota in ["complexity:4-8=0.3", "complexity:8-16=0.3", "plan:chain=0.5"] {
            aim.quota(quota).unwrap();
        }
        Quotas::new(&aim, size)
    }

    fn row(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(factor, level)| (factor.to_string(), level.to_string())).collect()
    }

    #[test]
    fn shares_become_rows_that_sum_up() {
        assert_eq!(whole(&[3.3, 3.3, 3.4], 10), [3, 3, 4]);
        assert_eq!(whole(&[0.5, 0.5, 0.0], 1), [1, 0, 0]);
        assert_eq!(quotas(10).factors[0].levels.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [3, 3, 4]);
    }

    #[test]
    fn a_full_level_is_named_and_a_scarce_one_is_needed() {
        let mut quotas = quotas(10);
        let chain = quotas.signature(&row(&[("complexity", "4-8"), ("plan", "chain")]));
        let other = quotas.signature(&row(&[("plan", "single")]));
        assert_eq!((chain.as_slice(), other.as_slice()), (&[0, 0][..], &[2, 1][..]));
        for _ in 0..3 {
            assert_eq!(quotas.full(&chain), None);
            quotas.take(&chain);
        }
        assert_eq!(quotas.full(&chain).unwrap(), "complexity:4-8");
        let supply = [vec![3, 3, 20], vec![9, 20]];
        assert!(quotas.need(&quotas.signature(&row(&[("complexity", "8-16")])), &supply) > quotas.need(&other, &supply));
        let short = quotas.short(&supply);
        assert!(short.contains(&("complexity:8-16".into(), 3, 0, 3)), "{short:?}");
        assert!(short.iter().all(|(name, ..)| name != "complexity:4-8"));
    }
}
