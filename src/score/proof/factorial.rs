//! The 3 × 3 × 3 experiment: what three controls do to three responses, and the verdict on it.
//!
//! Each block (a catalog and a seed) is a whole factorial of 27 sets. The design is balanced, so that the least-squares effects of
//! y = μ + Σ gⱼuⱼ + Σ hⱼₖuⱼuₖ are sums: gⱼ = Σyuⱼ/18 and hⱼₖ = Σyuⱼuₖ/12, with the controls u at −1, 0 and 1. Responses are put in the unit of
//! what their own control does to them in that catalog, so that 1 is the own effect and .1 a tenth of it.

use super::interplay::{self, Matrix};
use super::{bootstrap, holm, mean, tost};
use serde::Serialize;

/// Levels of a control.
pub const LEVELS: [f64; 3] = [-1.0, 0.0, 1.0];
/// Pairs of controls that may interact.
pub const PAIRS: [(usize, usize); 3] = [(0, 1), (0, 2), (1, 2)];
/// What an effect on another axis may be, in relation to that axis' own.
pub const MARGIN: f64 = 0.10;
/// Of the relative gain array's diagonal.
pub const GAIN: (f64, f64) = (0.9, 1.1);
/// Of the condition number.
pub const CONDITION: f64 = 1.5;
const REPLICATES: usize = if cfg!(test) { 200 } else { 4_000 };

/// One block: the responses of the cell (i, j, k), which has the controls at `LEVELS[i]`, `LEVELS[j]`, `LEVELS[k]`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Block {
    /// Blocks of one stratum (a catalog) share the unit of each response.
    pub stratum: String,
    pub seed: u64,
    /// 27 cells, the last control fastest.
    pub cells: Vec<[f64; 3]>,
}

/// The number of a cell.
pub fn cell(levels: [usize; 3]) -> usize {
    levels[0] * 9 + levels[1] * 3 + levels[2]
}

impl Block {
    fn value(&self, levels: [usize; 3], response: usize) -> f64 {
        self.cells[cell(levels)][response]
    }

    fn sum(&self, response: usize, weight: impl Fn([usize; 3]) -> f64) -> f64 {
        all().map(|levels| weight(levels) * self.value(levels, response)).sum()
    }

    /// What one step of a control does to a response.
    fn effect(&self, response: usize, control: usize) -> f64 {
        self.sum(response, |levels| LEVELS[levels[control]]) / 18.0
    }

    fn interaction(&self, response: usize, (a, b): (usize, usize)) -> f64 {
        self.sum(response, |levels| LEVELS[levels[a]] * LEVELS[levels[b]]) / 12.0
    }

    /// Settings of the other two controls, of nine, in which each step of this one moves its own response up.
    fn monotone(&self, control: usize) -> u32 {
        let rises = |levels: &[usize; 3]| {
            let at = |level: usize| {
                let mut levels = *levels;
                levels[control] = level;
                self.value(levels, control)
            };
            at(0) < at(1) && at(1) < at(2)
        };
        all().filter(|levels| levels[control] == 0 && rises(levels)).count() as u32
    }
}

fn all() -> impl Iterator<Item = [usize; 3]> {
    (0..27).map(|number| [number / 9, number / 3 % 3, number % 3])
}

/// One effect over all blocks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Effect {
    pub value: f64,
    /// 95%, bootstrap over blocks.
    pub low: f64,
    pub high: f64,
    /// Probability of the two one-sided tests against the margin, adjusted by Holm for all cross-terms or all interactions; none on the diagonal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tost: Option<f64>,
}

impl Effect {
    /// Shown to be within the margin.
    pub fn negligible(&self) -> bool {
        self.tost.is_some_and(|probability| probability < 0.05)
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    pub blocks: usize,
    /// `effects[response][control]`.
    pub effects: [[Effect; 3]; 3],
    /// `interactions[response][pair]`, pairs as in [`PAIRS`].
    pub interactions: [[Effect; 3]; 3],
    /// Of each control: settings in which its own response rises at both steps, and how many there are.
    pub monotone: [(u32, u32); 3],
    pub relative_gain: Option<Matrix>,
    /// Infinite, and `null` in JSON, of a singular matrix.
    pub condition: f64,
    /// What does not hold, in words; empty: the controls are independent within the margin.
    pub failures: Vec<String>,
}

impl Verdict {
    pub fn holds(&self) -> bool {
        self.failures.is_empty()
    }
}

/// The verdict on some blocks; `names` are those of the controls, of which each has the response of the same place for its own.
pub fn judge(blocks: &[Block], names: [&str; 3], seed: u64) -> Verdict {
    let scales: Vec<[f64; 3]> = blocks.iter().map(|block| units(blocks, &block.stratum)).collect();
    let over = |of: &dyn Fn(&Block) -> f64, response: usize| -> Vec<f64> {
        blocks.iter().zip(&scales).map(|(block, scale)| of(block) / scale[response]).collect()
    };
    let effects_by_block: [[Vec<f64>; 3]; 3] =
        std::array::from_fn(|response| std::array::from_fn(|control| over(&|block| block.effect(response, control), response)));
    let interactions_by_block: [[Vec<f64>; 3]; 3] =
        std::array::from_fn(|response| std::array::from_fn(|pair| over(&|block| block.interaction(response, PAIRS[pair]), response)));
    let effects = tested(&effects_by_block, |response, control| response != control, seed);
    let interactions = tested(&interactions_by_block, |_, _| true, seed ^ 1);
    let monotone = std::array::from_fn(|control| (blocks.iter().map(|block| block.monotone(control)).sum(), 9 * blocks.len() as u32));
    let g: Matrix = std::array::from_fn(|response| std::array::from_fn(|control| effects[response][control].value));
    let mut verdict = Verdict {
        blocks: blocks.len(),
        effects,
        interactions,
        monotone,
        relative_gain: interplay::relative_gain(&g),
        condition: interplay::condition(&g),
        failures: Vec::new(),
    };
    verdict.failures = failures(&verdict, names);
    verdict
}

/// The mean own effect on each response in one stratum.
fn units(blocks: &[Block], stratum: &str) -> [f64; 3] {
    let own = |response: usize| {
        let all: Vec<f64> = blocks.iter().filter(|block| block.stratum == stratum).map(|block| block.effect(response, response)).collect();
        mean(&all).abs().max(1e-12)
    };
    std::array::from_fn(own)
}

fn tested(values: &[[Vec<f64>; 3]; 3], is_tested: impl Fn(usize, usize) -> bool, seed: u64) -> [[Effect; 3]; 3] {
    let places: Vec<(usize, usize)> = (0..9).map(|at| (at / 3, at % 3)).filter(|(row, column)| is_tested(*row, *column)).collect();
    let adjusted = holm(&places.iter().map(|(row, column)| tost(&values[*row][*column], MARGIN)).collect::<Vec<f64>>());
    std::array::from_fn(|row| {
        std::array::from_fn(|column| {
            let own = &values[row][column];
            let (low, high) = bootstrap(own, REPLICATES, seed ^ ((row * 3 + column) as u64) << 8);
            let test = places.iter().position(|place| *place == (row, column)).map(|at| adjusted[at]);
            Effect { value: mean(own), low, high, tost: test }
        })
    })
}

fn failures(verdict: &Verdict, names: [&str; 3]) -> Vec<String> {
    let mut out = Vec::new();
    for (control, (rising, of)) in verdict.monotone.iter().enumerate() {
        if rising < of {
            out.push(format!("{} does not rise with its control in {} of {of} settings", names[control], of - rising));
        }
    }
    for (response, row) in verdict.effects.iter().enumerate() {
        for (control, effect) in row.iter().enumerate().filter(|(control, effect)| *control != response && !effect.negligible()) {
            out.push(format!(
                "{} moves {} by {:.3} [{:.3}, {:.3}]",
                names[control], names[response], effect.value, effect.low, effect.high
            ));
        }
    }
    for (response, row) in verdict.interactions.iter().enumerate() {
        for (pair, effect) in row.iter().enumerate().filter(|(_, effect)| !effect.negligible()) {
            let (a, b) = PAIRS[pair];
            let of = format!("{} × {} moves {}", names[a], names[b], names[response]);
            out.push(format!("{of} by {:.3} [{:.3}, {:.3}]", effect.value, effect.low, effect.high));
        }
    }
    let gain = verdict.relative_gain.map(|gain| [gain[0][0], gain[1][1], gain[2][2]]);
    if !gain.is_some_and(|own| own.iter().all(|one| (GAIN.0..=GAIN.1).contains(one))) {
        out.push(format!("the relative gains are {}", gain.map_or("none".into(), |own| own.map(|one| format!("{one:.3}")).join(", "))));
    }
    if verdict.condition.is_nan() || verdict.condition > CONDITION {
        out.push(format!("the condition number is {:.2}", verdict.condition));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks of y = G·u + h·u₀u₁ on the first response, with a little noise that differs by block.
    fn blocks(g: Matrix, h: f64) -> Vec<Block> {
        let noise = |number: usize, response: usize| ((number * 7919 + response * 104_729) % 101) as f64 / 101.0 * 0.02 - 0.01;
        let value = |levels: [usize; 3], response: usize| -> f64 {
            let u = levels.map(|level| LEVELS[level]);
            (0..3).map(|control| g[response][control] * u[control]).sum::<f64>() + if response == 0 { h * u[0] * u[1] } else { 0.0 }
        };
        let made = |seed: usize| {
            let cells =
                all().map(|levels| std::array::from_fn(|response| value(levels, response) + noise(cell(levels) + 27 * seed, response)));
            Block { stratum: format!("s{}", seed % 2), seed: seed as u64, cells: cells.collect() }
        };
        (0..6).map(made).collect()
    }

    #[test]
    fn independent_controls_pass_and_their_matrix_comes_back() {
        let g = [[0.4, 0.004, 0.0], [0.0, 300.0, -9.0], [0.0, 0.05, 2.0]];
        let verdict = judge(&blocks(g, 0.0), ["quality", "diversity", "complexity"], 1);
        assert!(verdict.holds(), "{:?}", verdict.failures);
        assert_eq!(verdict.monotone, [(54, 54); 3]);
        assert!((verdict.effects[0][1].value - 0.01).abs() < 0.01 && (verdict.effects[1][2].value + 0.03).abs() < 0.01, "{verdict:?}");
        assert!(verdict.condition < 1.1);
    }

    #[test]
    fn what_bleeds_what_interacts_and_what_turns_back_is_named() {
        let names = ["quality", "diversity", "complexity"];
        let bleeding = judge(&blocks([[1.0, 0.0, 0.0], [0.0, 1.0, 0.3], [0.0, 0.0, 1.0]], 0.0), names, 1);
        assert_eq!(bleeding.failures.len(), 1);
        assert!(bleeding.failures[0].starts_with("complexity moves diversity by 0.30"), "{:?}", bleeding.failures);
        let interacting = judge(&blocks([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], 0.3), names, 1);
        assert!(interacting.failures[0].starts_with("quality × diversity moves quality by 0.30"), "{:?}", interacting.failures);
        let backwards = judge(&blocks([[1.0, 0.0, 0.0], [0.0, -1.0, 0.0], [0.0, 0.0, 1.0]], 0.0), names, 1);
        assert!(backwards.failures[0].starts_with("diversity does not rise with its control in 54 of 54"), "{:?}", backwards.failures);
        // One control for all: nothing can be turned alone.
        let one = judge(&blocks([[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]], 0.0), names, 1);
        assert!(one.failures.iter().any(|failure| failure.contains("condition number")), "{:?}", one.failures);
    }
}
