//! Part C: targets for all three axes at once, each tried once.

use super::Options;
use super::factorial::{CONTROLS, Made, OWN, SETTINGS};
use super::ground::{Controls, Ground, Row};
use super::measure;
use rand::RngExt;
use serde::Serialize;
use walktalk::error::Error;
use walktalk::score::proof::factorial::cell;
use walktalk::seed::{Stage, stream};

/// How near is a hit, in units of what the control does from one end to the other.
pub const TOLERANCE: f64 = 0.10;

/// One target, in shares of the way from the lowest to the highest response, and what came.
#[derive(Debug, Clone, Serialize)]
pub struct Shot {
    pub catalog: String,
    pub seed: u64,
    pub asked: [f64; 3],
    pub controls: [f64; 3],
    pub reached: [f64; 3],
    pub hit: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Reach {
    pub tolerance: f64,
    pub hits: usize,
    pub shots: Vec<Shot>,
}

/// Targets are drawn evenly in the box of the responses; the setting that should give one is read off the means of part B, with seeds that
/// part B has not seen.
pub fn run(grounds: &[Ground], made: &[Made], options: &Options) -> Result<Reach, Error> {
    let mut shots = Vec::new();
    for number in 0..options.targets {
        let ground = &grounds[number % grounds.len()];
        let curves = curves(made, &ground.name);
        let mut rng = stream(99, number as u64, Stage::Scenario, 0);
        let asked: [f64; 3] = std::array::from_fn(|_| rng.random_range(0.0..1.0));
        let settings: [f64; 3] = std::array::from_fn(|axis| setting(curves[axis], asked[axis]));
        let seed = 1000 + number as u64;
        let [quality, diversity, complexity] = settings;
        let pipeline = ground.pipeline(seed, Controls { quality, diversity, complexity })?;
        let rows = ground.rows(&pipeline, &(0..options.size).collect::<Vec<_>>());
        let rows: Vec<(u64, &Row)> = rows.iter().map(|(index, row)| (*index, row)).collect();
        let measured = measure::of(&rows, measure::looked_at(options.size as usize), &[]);
        let reached: [f64; 3] = std::array::from_fn(|axis| {
            let [low, _, high] = curves[axis];
            (measured[OWN[axis]] - low) / (high - low)
        });
        let hit = (0..3).all(|axis| (reached[axis] - asked[axis]).abs() <= TOLERANCE);
        eprintln!("C: {} of {}: {}", number + 1, options.targets, if hit { "hit" } else { "missed" });
        shots.push(Shot { catalog: ground.name.clone(), seed, asked, controls: settings, reached, hit });
    }
    Ok(Reach { tolerance: TOLERANCE, hits: shots.iter().filter(|shot| shot.hit).count(), shots })
}

/// For each axis, the mean own response at each setting of its control.
fn curves(made: &[Made], catalog: &str) -> [[f64; 3]; 3] {
    let of = |axis: usize, level: usize| {
        let (mut sum, mut count) = (0.0, 0.0);
        for block in made.iter().filter(|block| block.catalog == catalog) {
            for levels in (0..27).map(|number| [number / 9, number / 3 % 3, number % 3]).filter(|levels| levels[axis] == level) {
                sum += block.cells[cell(levels)][OWN[axis]];
                count += 1.0;
            }
        }
        sum / f64::max(count, 1.0)
    };
    std::array::from_fn(|axis| std::array::from_fn(|level| of(axis, level)))
}

/// The setting at which the parabola through the three points has gone this share of its way.
///
/// With the middle at the share m of the way, the parabola is s(x) = (4m − 1) x − (4m − 2) x²; for 1/4 ≤ m ≤ 3/4 it rises on the whole of
/// [0, 1] and has one inverse there. A curve that bends more is taken as two straight lines.
fn setting([low, middle, high]: [f64; 3], share: f64) -> f64 {
    let m = (middle - low) / (high - low);
    if !(0.25..=0.75).contains(&m) {
        let (from, start, end) = if share <= m { (SETTINGS[0], 0.0, m) } else { (SETTINGS[1], m, 1.0) };
        let part = if end == start { 0.0 } else { (share - start) / (end - start) };
        return (from + 0.5 * part).clamp(0.0, 1.0);
    }
    let (b, a) = (4.0 * m - 1.0, 4.0 * m - 2.0);
    // The smaller root of a x² − b x + share = 0, in the form that holds for a = 0 too.
    let below = b + (b * b - 4.0 * a * share).max(0.0).sqrt();
    if below > 0.0 { (2.0 * share / below).clamp(0.0, 1.0) } else { 0.0 }
}

/// For a table: how far each axis was off, in the mean.
pub fn misses(reach: &Reach) -> Vec<(&'static str, f64, f64)> {
    let off = |axis: usize| reach.shots.iter().map(move |shot| (shot.reached[axis] - shot.asked[axis]).abs());
    let mean = |axis: usize| off(axis).sum::<f64>() / reach.shots.len().max(1) as f64;
    (0..3).map(|axis| (CONTROLS[axis], mean(axis), off(axis).fold(0.0, f64::max))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_where_the_parabola_has_gone_its_way() {
        for m in [0.25, 0.4, 0.5, 0.6, 0.75] {
            for share in [0.0, 0.1, 0.5, m, 0.9, 1.0] {
                let x = setting([10.0, 10.0 + 5.0 * m, 15.0], share);
                let way = (4.0 * m - 1.0) * x - (4.0 * m - 2.0) * x * x;
                assert!((way - share).abs() < 1e-9, "{m} {share}: {x}");
            }
        }
        assert_eq!(setting([0.0, 0.9, 1.0], 0.45), 0.25);
    }
}
