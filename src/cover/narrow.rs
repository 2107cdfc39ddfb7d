//! Fewer effective levels: what diversity is turned down by.

use super::space::Space;

/// Shares are whole numbers out of this.
const WHOLE: f64 = 10_000.0;
/// Halvings of the interval in which a share is sought.
const STEPS: usize = 40;

/// A space in which the factors from place `from` on have a share `x`, from 0 to 1, of their effective levels: with H the entropy of the
/// shares of a factor, exp(H) goes from 1 to what it is along a straight line. The commonest levels stay, the rarest are left out by a
/// rule that says so, and what is left is drawn towards the commonest.
pub fn narrowed(space: &Space, from: usize, x: f64) -> Space {
    let mut out = space.clone();
    if x >= 1.0 {
        return out;
    }
    for (at, factor) in space.factors.iter().enumerate().skip(from) {
        let weights: Vec<f64> = factor.levels.iter().map(|level| f64::from(level.weight)).collect();
        let mut order: Vec<usize> = (0..weights.len()).collect();
        order.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]));
        let kept = 1 + (x * (weights.len() - 1) as f64).round() as usize;
        let mut few: Vec<f64> = vec![0.0; weights.len()];
        order[..kept].iter().for_each(|level| few[*level] = weights[*level]);
        let wanted = 1.0 + x * (effective(&weights) - 1.0);
        let shares = drawn(&few, order[0], wanted);
        for (level, share) in out.factors[at].levels.iter_mut().zip(shares) {
            level.weight = (share * WHOLE).round() as u32;
        }
        let left_out = order[kept..].iter().fold(0u64, |set, level| set | 1 << level);
        if left_out != 0 {
            out.forbid_masks(vec![(at, left_out)], format!("diversity {x} leaves out the rarest levels of `{}`", factor.name));
        }
    }
    out
}

/// Exp of the entropy of shares: as many equal levels would be as uncertain.
fn effective(weights: &[f64]) -> f64 {
    let total: f64 = weights.iter().sum();
    let part = |weight: &f64| if *weight > 0.0 { -(weight / total) * (weight / total).ln() } else { 0.0 };
    weights.iter().map(part).sum::<f64>().exp()
}

/// Shares moved towards one level until no more than so many are effective.
fn drawn(weights: &[f64], towards: usize, wanted: f64) -> Vec<f64> {
    let total: f64 = weights.iter().sum::<f64>().max(1.0);
    let mixed = |keep: f64| -> Vec<f64> {
        let own = |(level, weight): (usize, &f64)| keep * weight / total + if level == towards { 1.0 - keep } else { 0.0 };
        weights.iter().enumerate().map(own).collect()
    };
    let (mut low, mut high) = (0.0, 1.0);
    if effective(&mixed(1.0)) <= wanted {
        return mixed(1.0);
    }
    for _ in 0..STEPS {
        let middle = (low + high) / 2.0;
        if effective(&mixed(middle)) > wanted { high = middle } else { low = middle }
    }
    mixed(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cover::{Factor, Space};

    #[test]
    fn effective_levels_fall_along_a_line_and_what_is_left_out_is_said() {
        let space = Space::new(vec![
            Factor::new("kept", [("a", 1), ("b", 1)]),
            Factor::new("mood", [("plain", 60), ("glad", 20), ("sad", 15), ("cross", 5)]),
            Factor::new("even", [("x", 1), ("y", 1), ("z", 1)]),
        ])
        .unwrap();
        let of = |space: &Space, factor: usize| {
            effective(&space.factors[factor].levels.iter().map(|level| f64::from(level.weight)).collect::<Vec<_>>())
        };
        for x in [0.0, 0.25, 0.5, 0.75] {
            let narrow = narrowed(&space, 1, x);
            assert_eq!(narrow.factors[0], space.factors[0]);
            for factor in 1..3 {
                let wanted = 1.0 + x * (of(&space, factor) - 1.0);
                let got = of(&narrow, factor);
                assert!(got <= wanted + 0.01 && got > 0.8 * wanted, "{x} {factor}: {got} of {wanted}");
            }
            assert!(narrow.why_not(&[(1, 3)]).is_some_and(|reasons| reasons[0].contains("leaves out")));
            assert!(narrow.why_not(&[(1, 0)]).is_none());
        }
        assert_eq!(narrowed(&space, 1, 1.0), space);
    }
}
