//! What a good set is spoilt with in part A: four kinds for each axis, each meant to touch its own axis alone.

use super::ground::{Controls, Ground, Row};
use super::surgery;
use rayon::prelude::*;
use walktalk::dialogue::Dialogue;
use walktalk::error::Error;
use walktalk::pipeline::Pipeline;
use walktalk::realise::Layers;
use walktalk::score::Observed;
use walktalk::seed::{Stage, stream};
use walktalk::verify::mutate::MUTATIONS;
use xxhash_rust::xxh3::xxh3_64;

/// One way to spoil a set.
pub struct Kind {
    /// 0 quality, 1 diversity, 2 complexity.
    pub axis: usize,
    pub name: &'static str,
    /// The measure of its axis that is to see it.
    pub own: &'static str,
    how: How,
}

enum How {
    /// A corruption of the library, by name.
    Mutation(&'static str),
    Cut(fn(&Dialogue) -> Option<Dialogue>),
    /// The dialogue as a pipeline with these layers says it.
    Said(Layers),
    /// The same, and the situation of the first row besides.
    Merged(Layers),
    Copied,
    /// Domains are dropped, and others are talked about instead.
    Dropped,
    /// Another dialogue of the same domain of which this is true.
    Instead(fn(&Observed) -> bool),
}

/// As few calls as there can be, none of which takes from another's result.
fn inline(row: &Observed) -> bool {
    row.vector.calls > 0 && row.vector.dependent == 0
}

fn short(row: &Observed) -> bool {
    row.vector.calls > 0 && row.vector.user_turns <= 2
}

const ALL: Layers = Layers { carriers: true, choice: true, persona: true, context: true, subtopics: true, wordings: 100 };

pub const KINDS: [Kind; 12] = [
    Kind { axis: 0, name: "wrong type", own: "pass", how: How::Mutation("wrong-type") },
    Kind { axis: 0, name: "unsupported value", own: "pass", how: How::Mutation("value-changed") },
    Kind { axis: 0, name: "wrong order", own: "pass", how: How::Cut(surgery::called_too_early) },
    Kind { axis: 0, name: "lost result", own: "pass", how: How::Cut(surgery::without_result) },
    Kind { axis: 1, name: "rows copied", own: "skeletons", how: How::Copied },
    Kind { axis: 1, name: "templates repeated", own: "distinct_4", how: How::Said(Layers { wordings: 1, ..Layers::PLAIN }) },
    Kind { axis: 1, name: "tools dropped", own: "tools", how: How::Dropped },
    Kind { axis: 1, name: "personas merged", own: "levels", how: How::Merged(Layers { persona: false, context: false, ..ALL }) },
    Kind { axis: 2, name: "chains cut", own: "bits", how: How::Cut(surgery::first_task) },
    Kind { axis: 2, name: "distractors removed", own: "bits", how: How::Cut(surgery::without_distractors) },
    Kind { axis: 2, name: "values inlined", own: "bits", how: How::Instead(inline) },
    Kind { axis: 2, name: "turns merged", own: "bits", how: How::Instead(short) },
];

/// A good set, more rows of the same run to take from, and the catalog that they come from.
pub struct Stock<'g> {
    ground: &'g Ground,
    pipeline: Pipeline<'g>,
    base: Vec<(u64, Dialogue)>,
    pub rows: Vec<Row>,
    reserve: Vec<Row>,
    /// Names of the factors that say who speaks and how.
    pub factors: Vec<String>,
    seed: u64,
}

/// Rows of which the same share is spoilt, so that those that are spoilt are as hard as those that are not.
const STRATUM: usize = 20;
/// Rows that are copied, in each stratum.
const COPIED: usize = 3;
/// So many rows more than the set has are there to take from.
const RESERVE: usize = 4;
/// Factors that go with complexity come first in the design.
const GIVEN: usize = 3;

impl<'g> Stock<'g> {
    pub fn make(ground: &'g Ground, seed: u64, size: usize) -> Result<Stock<'g>, Error> {
        let pipeline = ground.pipeline(seed, Controls { quality: 1.0, diversity: 1.0, complexity: 0.5 })?;
        let made = |index: u64| pipeline.dialogue(index).0.map(|dialogue| (index, dialogue));
        let base: Vec<(u64, Dialogue)> = (0..size as u64).into_par_iter().filter_map(made).collect();
        let rows = base.par_iter().map(|(_, dialogue)| ground.row(dialogue.clone())).collect();
        let rest: Vec<u64> = (size as u64..(size * RESERVE) as u64).collect();
        let reserve = ground.rows(&pipeline, &rest).into_iter().map(|(_, row)| row).collect();
        let factors = pipeline.counter().space().factors.iter().skip(GIVEN).map(|factor| factor.name.clone()).collect();
        Ok(Stock { ground, pipeline, base, rows, reserve, factors, seed })
    }

    /// What stands for each row where it is spoilt; none where this kind has no place in it.
    pub fn instead(&mut self, kind: &Kind) -> Vec<Option<Row>> {
        match &kind.how {
            How::Mutation(name) => {
                let Some(mutation) = MUTATIONS.iter().find(|mutation| mutation.name == *name) else { return Vec::new() };
                let apply =
                    |(index, dialogue): &(u64, Dialogue)| (mutation.apply)(dialogue, &mut stream(self.seed, *index, Stage::Fault, 9));
                self.base.par_iter().map(|one| apply(one).map(|changed| self.ground.row(changed))).collect()
            }
            How::Cut(cut) => {
                // A cut that is to leave the row true is made where it does.
                let fits = |row: &Row| kind.axis == 0 || row.observed.valid();
                self.base.par_iter().map(|(_, dialogue)| cut(dialogue).map(|changed| self.ground.row(changed)).filter(fits)).collect()
            }
            How::Said(layers) => self.said(*layers),
            How::Merged(layers) => {
                let first: Vec<(String, Option<String>)> =
                    self.factors.iter().map(|name| (name.clone(), self.rows[0].observed.factors.get(name).cloned())).collect();
                let mut out = self.said(*layers);
                for row in out.iter_mut().flatten() {
                    row.observed.factors.extend(first.iter().filter_map(|(name, level)| Some((name.clone(), level.clone()?))));
                }
                out
            }
            How::Instead(suits) => self.taken(*suits),
            How::Copied | How::Dropped => Vec::new(),
        }
    }

    fn said(&mut self, layers: Layers) -> Vec<Option<Row>> {
        let pipeline = self.ground.pipeline(self.seed, Controls { quality: 1.0, diversity: 1.0, complexity: 0.5 });
        let Ok(pipeline) = pipeline.map(|pipeline| pipeline.with_layers(layers)) else { return vec![None; self.base.len()] };
        self.base.par_iter().map(|(index, _)| pipeline.dialogue(*index).0.map(|dialogue| self.ground.row(dialogue))).collect()
    }

    /// For each row one of the reserve that suits, is about the same and is taken once.
    fn taken(&self, suits: fn(&Observed) -> bool) -> Vec<Option<Row>> {
        let mut free: Vec<&Row> = self.reserve.iter().filter(|row| suits(&row.observed)).collect();
        let mut out: Vec<Option<Row>> = vec![None; self.rows.len()];
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by_key(|at| xxh3_64(&(*at as u64).to_le_bytes()));
        for at in order {
            let own = &self.rows[at].observed;
            let same =
                |row: &&Row| row.observed.domains.first() == own.domains.first() && row.observed.vector.millibits <= own.vector.millibits;
            if let Some(place) = free.iter().position(|row| same(row)).filter(|_| !suits(own)) {
                out[at] = Some(free.remove(place).clone());
            }
        }
        out
    }

    /// The set with this share of it spoilt, and the share of rows that really are other ones.
    pub fn spoilt(&self, kind: &Kind, instead: &[Option<Row>], share: f64) -> (Vec<(u64, Row)>, f64) {
        let mut rows: Vec<Row> = self.rows.clone();
        let mut changed = 0;
        match kind.how {
            How::Copied => {
                for (strata, chosen) in self.strata(share, |_| true) {
                    let kept: Vec<usize> = strata.into_iter().filter(|at| !chosen.contains(at)).collect();
                    for (number, at) in chosen.iter().enumerate().filter(|_| !kept.is_empty()) {
                        rows[*at] = self.rows[kept[kept.len() - 1 - number % COPIED.min(kept.len())]].clone();
                        changed += 1;
                    }
                }
            }
            How::Dropped => changed = self.drop_domains(share, &mut rows),
            _ => {
                for at in self.strata(share, |at| instead[at].is_some()).into_iter().flat_map(|(_, chosen)| chosen) {
                    if let Some(other) = &instead[at] {
                        rows[at] = other.clone();
                        changed += 1;
                    }
                }
            }
        }
        let share = changed as f64 / rows.len().max(1) as f64;
        (self.base.iter().map(|(index, _)| *index).zip(rows).collect(), share)
    }

    /// Rows of like complexity, each with those of it that are chosen; a greater share has those of a smaller one.
    fn strata(&self, share: f64, may: impl Fn(usize) -> bool) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by_key(|at| (self.rows[*at].observed.vector.millibits, *at));
        let chunk = |stratum: &[usize]| {
            let mut all = stratum.to_vec();
            all.sort_by_key(|at| xxh3_64(&(*at as u64 ^ self.seed << 32).to_le_bytes()));
            let chosen = all.iter().copied().filter(|at| may(*at)).take((share * all.len() as f64).round() as usize).collect();
            (all, chosen)
        };
        order.chunks(STRATUM).map(chunk).collect()
    }

    /// A share of the domains is not talked about any more; what was is about another one, and as hard.
    fn drop_domains(&self, share: f64, rows: &mut [Row]) -> usize {
        let mut domains: Vec<&str> = self.ground.catalog.tools.iter().map(|tool| tool.domain.as_str()).collect();
        domains.sort_unstable();
        domains.dedup();
        domains.sort_by_key(|domain| xxh3_64(domain.as_bytes()) ^ xxh3_64(&self.seed.to_le_bytes()));
        let gone = &domains[..(share * domains.len() as f64).round() as usize];
        let about = |row: &Row| row.observed.domains.iter().any(|domain| gone.contains(&domain.as_str()));
        let mut free: Vec<&Row> = self.reserve.iter().filter(|row| !about(row)).collect();
        let mut changed = 0;
        for row in rows.iter_mut().filter(|row| about(row)) {
            let bits = row.observed.vector.millibits;
            let near = free.iter().enumerate().min_by_key(|(_, other)| other.observed.vector.millibits.abs_diff(bits)).map(|(at, _)| at);
            let Some(near) = near else { break };
            *row = free.remove(near).clone();
            changed += 1;
        }
        changed
    }

    /// Whether the rows are there and pass: a set that is not good cannot be spoilt.
    pub fn is_good(&self) -> bool {
        !self.rows.is_empty() && self.pipeline.left_out.len() < self.rows.len()
    }
}
