//! What a good set is spoilt with in part A: four kinds for each axis, each meant to touch its own axis alone.

use super::ground::{Controls, Ground, Row};
use super::surgery;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
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
    /// What the user says is one template for each act, the first that some row has: what is left when values are masked.
    Templates,
    /// The dialogue as a pipeline with these layers says it, of which every speaker is the commonest one.
    Merged(Layers),
    Copied,
    /// Another dialogue, as hard, about one of a few domains.
    Dropped,
    /// Another dialogue with the same tools of which this is true.
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
    Kind { axis: 1, name: "templates repeated", own: "distinct_4", how: How::Templates },
    Kind { axis: 1, name: "tools dropped", own: "tools", how: How::Dropped },
    Kind { axis: 1, name: "personas merged", own: "personas", how: How::Merged(Layers { persona: false, context: false, ..ALL }) },
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
    /// Names of the factors that say who speaks.
    pub factors: Vec<String>,
    seed: u64,
}

/// Rows of which the same share is spoilt, so that those that are spoilt are as hard as those that are not.
const STRATUM: usize = 20;
/// Rows that are copied, in each stratum.
const COPIED: usize = 3;
/// So many rows more than the set has are there to take from.
const RESERVE: usize = 4;
/// One in so many domains is left.
const FEW: usize = 7;
/// What is spoilt.
const GOOD: Controls = Controls { quality: 1.0, diversity: 1.0, complexity: 0.5 };
/// A row as hard as another has decision bits within this part of the other's.
const NEAR: u64 = 8;
/// Traits of a speaker.
const TRAITS: [&str; 5] = ["openness", "conscientiousness", "extraversion", "agreeableness", "neuroticism"];

impl<'g> Stock<'g> {
    pub fn make(ground: &'g Ground, seed: u64, size: usize) -> Result<Stock<'g>, Error> {
        let pipeline = ground.pipeline(seed, GOOD)?;
        let made = |index: u64| pipeline.dialogue(index).0.map(|dialogue| (index, dialogue));
        let base: Vec<(u64, Dialogue)> = (0..size as u64).into_par_iter().filter_map(made).collect();
        let rows = base.par_iter().map(|(_, dialogue)| ground.row(dialogue.clone())).collect();
        let rest: Vec<u64> = (size as u64..(size * RESERVE) as u64).collect();
        let reserve = ground.rows(&pipeline, &rest).into_iter().map(|(_, row)| row).collect();
        let factors = TRAITS.map(String::from).to_vec();
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
            How::Templates => self.templates(),
            How::Merged(layers) => {
                let commonest: Vec<(String, String)> =
                    self.factors.iter().filter_map(|factor| Some((factor.clone(), self.commonest(factor)?))).collect();
                let mut out = self.said(*layers);
                out.iter_mut().flatten().for_each(|row| row.observed.factors.extend(commonest.iter().cloned()));
                out
            }
            How::Dropped => self.about_few_domains(),
            How::Instead(suits) => self.taken(*suits),
            How::Copied => Vec::new(),
        }
    }

    fn said(&mut self, layers: Layers) -> Vec<Option<Row>> {
        let pipeline = self.ground.pipeline(self.seed, GOOD);
        let Ok(pipeline) = pipeline.map(|pipeline| pipeline.with_layers(layers)) else { return vec![None; self.base.len()] };
        self.base.par_iter().map(|(index, _)| pipeline.dialogue(*index).0.map(|dialogue| self.ground.row(dialogue))).collect()
    }

    fn templates(&self) -> Vec<Option<Row>> {
        let mut first: BTreeMap<String, String> = BTreeMap::new();
        for said in self.rows.iter().flat_map(|row| &row.observed.user) {
            first.entry(said.act.clone()).or_insert_with(|| said.text.clone());
        }
        let spoken = |row: &Row| {
            let mut row = row.clone();
            row.observed.user.iter_mut().for_each(|said| said.text = first[&said.act].clone());
            Some(row)
        };
        self.rows.iter().map(spoken).collect()
    }

    fn commonest(&self, factor: &str) -> Option<String> {
        let mut times: BTreeMap<&String, usize> = BTreeMap::new();
        self.rows.iter().filter_map(|row| row.observed.factors.get(factor)).for_each(|level| *times.entry(level).or_default() += 1);
        times.into_iter().max_by_key(|(_, times)| *times).map(|(level, _)| level.clone())
    }

    /// For each row one of the reserve that calls nothing but what it calls, no harder, of a kind that it is not, and unlike all others.
    fn taken(&self, suits: fn(&Observed) -> bool) -> Vec<Option<Row>> {
        let fits = |own: &Observed, other: &Observed| {
            let same = other.tools().all(|tool| own.tools().any(|known| known == tool));
            same && other.vector.millibits <= own.vector.millibits && !suits(own)
        };
        self.matched(&self.reserve, &|row| suits(row), &fits)
    }

    /// For each row one as hard that was made from a few domains alone: all other tools are dropped.
    fn about_few_domains(&self) -> Vec<Option<Row>> {
        let mut domains: Vec<&str> = self.ground.catalog.tools.iter().map(|tool| tool.domain.as_str()).collect();
        domains.sort_unstable();
        domains.dedup();
        domains.sort_by_key(|domain| xxh3_64(domain.as_bytes()) ^ xxh3_64(&self.seed.to_le_bytes()));
        domains.truncate(domains.len().div_ceil(FEW));
        let ground = self.ground.about(&domains);
        let Ok(pipeline) = ground.pipeline(self.seed, GOOD) else { return vec![None; self.rows.len()] };
        let made = ground.rows(&pipeline, &(0..2 * self.rows.len() as u64).collect::<Vec<_>>());
        let near =
            |own: &Observed, other: &Observed| other.vector.millibits.abs_diff(own.vector.millibits) <= own.vector.millibits / NEAR + 500;
        self.matched(&made.into_iter().map(|(_, row)| row).collect::<Vec<_>>(), &|_| true, &near)
    }

    /// For each row the first of the others that fits it; each is taken once, and none that does what another does.
    fn matched(&self, others: &[Row], suits: &dyn Fn(&Observed) -> bool, fits: &dyn Fn(&Observed, &Observed) -> bool) -> Vec<Option<Row>> {
        let mut met: BTreeSet<u64> = self.rows.iter().map(|row| row.observed.skeleton).collect();
        let mut free: Vec<&Row> = others.iter().filter(|row| suits(&row.observed) && met.insert(row.observed.skeleton)).collect();
        let mut out: Vec<Option<Row>> = vec![None; self.rows.len()];
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by_key(|at| xxh3_64(&(*at as u64).to_le_bytes()));
        for at in order {
            if let Some(place) = free.iter().position(|row| fits(&self.rows[at].observed, &row.observed)) {
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

    /// Whether the rows are there and pass: a set that is not good cannot be spoilt.
    pub fn is_good(&self) -> bool {
        !self.rows.is_empty() && self.pipeline.left_out.len() < self.rows.len()
    }
}
