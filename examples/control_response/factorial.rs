//! Parts B, D and E: every setting of the three controls, in every catalog, with every seed.

use super::entangled;
use super::ground::{Controls, Ground, Row};
use super::measure::{self, Measures};
use serde::Serialize;
use walktalk::error::Error;
use walktalk::score::proof::factorial::{Block, Verdict, cell, judge};

/// Settings of each control.
pub const SETTINGS: [f64; 3] = [0.0, 0.5, 1.0];
pub const CONTROLS: [&str; 3] = ["quality", "diversity", "complexity"];
/// What each control is for, and, held out, what neither controls nor pipeline read.
pub const OWN: [&str; 3] = ["pass", "skeletons", "bits"];
pub const HELD_OUT: [[&str; 3]; 2] = [["foreign", "distinct_4", "distance"], ["foreign", "compression", "turns"]];

/// All measures of one factorial.
#[derive(Debug, Clone, Serialize)]
pub struct Made {
    pub catalog: String,
    pub seed: u64,
    /// By cell, as [`Block::cells`].
    pub cells: Vec<Measures>,
    /// The same of the baseline.
    pub entangled: Vec<Measures>,
}

/// Blocks of three of the measures.
pub fn blocks(made: &[Made], of: fn(&Made) -> &Vec<Measures>, names: [&str; 3]) -> Vec<Block> {
    let block = |made: &Made| Block {
        stratum: made.catalog.clone(),
        seed: made.seed,
        cells: of(made).iter().map(|measures| names.map(|name| measures.get(name).copied().unwrap_or(f64::NAN))).collect(),
    };
    made.iter().map(block).collect()
}

/// The verdict on three measures.
pub fn verdict(made: &[Made], of: fn(&Made) -> &Vec<Measures>, names: [&str; 3]) -> Verdict {
    judge(&blocks(made, of, names), CONTROLS, 17)
}

/// Which dialogues are false depends on the index and the setting alone, and a true one does not depend on the setting: the true ones are made
/// once and the false ones once, and each setting has its share of either. [`placebo`] compares that with what the pipeline itself makes.
pub struct Sets {
    truths: Vec<(u64, Row)>,
    faulty: Vec<(u64, Row)>,
    /// For each setting of quality, the indices that are false.
    wanted: [Vec<bool>; 3],
}

impl Sets {
    pub fn make(ground: &Ground, seed: u64, size: u64, [diversity, complexity]: [f64; 2]) -> Result<Sets, Error> {
        let mut pipeline = ground.pipeline(seed, Controls { quality: 1.0, diversity, complexity })?;
        let all: Vec<u64> = (0..size).collect();
        let truths = ground.rows(&pipeline, &all);
        let mut wanted: [Vec<bool>; 3] = Default::default();
        for (setting, wanted) in SETTINGS.iter().zip(&mut wanted) {
            pipeline = pipeline.with_quality(*setting);
            *wanted = all.iter().map(|index| pipeline.wants_fault(*index)).collect();
        }
        pipeline = pipeline.with_quality(SETTINGS[0]);
        let false_ones: Vec<u64> = all.iter().copied().filter(|index| wanted[0][*index as usize]).collect();
        Ok(Sets { truths, faulty: ground.rows(&pipeline, &false_ones), wanted })
    }

    pub fn rows(&self, quality: usize) -> Vec<(u64, &Row)> {
        let false_here = |index: u64| self.wanted[quality][index as usize];
        let mut rows: Vec<(u64, &Row)> =
            self.truths.iter().filter(|(index, _)| !false_here(*index)).map(|(index, row)| (*index, row)).collect();
        rows.extend(self.faulty.iter().filter(|(index, _)| false_here(*index)).map(|(index, row)| (*index, row)));
        rows.sort_by_key(|(index, _)| *index);
        rows
    }
}

/// One factorial.
pub fn run(ground: &Ground, seed: u64, size: u64) -> Result<Made, Error> {
    let sample = measure::looked_at(size as usize);
    let mut cells = vec![Measures::new(); 27];
    let mut pool: Vec<Row> = Vec::new();
    for (d, diversity) in SETTINGS.into_iter().enumerate() {
        for (c, complexity) in SETTINGS.into_iter().enumerate() {
            let sets = Sets::make(ground, seed, size, [diversity, complexity])?;
            for q in 0..3 {
                cells[cell([q, d, c])] = measure::of(&sets.rows(q), sample, &[]);
            }
            pool.extend(sets.rows(0).into_iter().take(size as usize * 2 / 5).map(|(_, row)| row.clone()));
        }
    }
    let entangled = entangled::cells(&pool, size as usize);
    Ok(Made { catalog: ground.name.clone(), seed, cells, entangled })
}

/// What has to do nothing.
#[derive(Debug, Clone, Serialize)]
pub struct Placebo {
    /// Greatest effect of a control that is none (cells are given its levels by their number), in units of the own effects.
    pub effect: f64,
    /// Dialogues that were made with one thread and with two, and are the same to the last byte.
    pub same: u64,
    pub of: u64,
    /// Rows of a set that is put together of truths and faults, as the pipeline makes it at that setting.
    pub put_together: bool,
}

pub fn placebo(ground: &Ground, made: &[Made], size: u64) -> Result<Placebo, Error> {
    let pipeline = ground.pipeline(1, Controls { quality: 0.5, diversity: 0.5, complexity: 0.5 })?;
    let indices: Vec<u64> = (0..size).collect();
    let with = |threads: usize| -> Vec<String> {
        let text = || {
            use rayon::prelude::*;
            indices.par_iter().map(|index| serde_json::to_string(&pipeline.dialogue(*index).0).unwrap_or_default()).collect()
        };
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_or_else(|_| text(), |pool| pool.install(text))
    };
    let same = with(1).iter().zip(with(2)).filter(|(one, two)| **one == *two).count() as u64;
    let sets = Sets::make(ground, 1, size, [0.5, 0.5])?;
    let straight = ground.rows(&pipeline, &indices);
    let composed = sets.rows(1);
    let put_together = composed.len() == straight.len()
        && composed.iter().zip(&straight).all(|((at, row), (index, own))| at == index && row.observed == own.observed);
    Ok(Placebo { effect: idle(made), same, of: size, put_together })
}

/// A fourth factor, which is turned from cell to cell and connected to nothing: its levels go with the sum of the others', so that it is
/// balanced against each of them.
fn idle(made: &[Made]) -> f64 {
    let blocks = blocks(made, |made| &made.cells, OWN);
    let level = |number: usize| ((number / 9 + number / 3 + number) % 3) as f64 - 1.0;
    let effect = |block: &Block, response: usize| -> f64 {
        block.cells.iter().enumerate().map(|(number, cell)| level(number) * cell[response]).sum::<f64>() / 18.0
    };
    let own = |block: &Block, response: usize| -> f64 {
        let level = |number: usize| [number / 9, number / 3 % 3, number % 3][response] as f64 - 1.0;
        block.cells.iter().enumerate().map(|(number, cell)| level(number) * cell[response]).sum::<f64>() / 18.0
    };
    let mean = |of: &dyn Fn(&Block) -> f64| blocks.iter().map(of).sum::<f64>() / blocks.len().max(1) as f64;
    (0..3).map(|response| (mean(&|block| effect(block, response)) / mean(&|block| own(block, response))).abs()).fold(0.0, f64::max)
}
