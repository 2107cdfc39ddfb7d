//! A pool of rows, of any format and size: looked at once, chosen from, and read again to be written. Features are kept, never rows.

use super::aim::{Aim, STRENGTH};
use super::archive::{Archive, Cell, Place};
use super::quota::Quotas;
use super::select::{Candidate, Choice, choose, supply};
use crate::error::{Error, Result};
use crate::score::Observed;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// A factor with more levels than this is not covered unless it is named: its combinations would be as many as the rows.
const LEVELS: usize = 128;

/// What is told of one row, in parallel.
#[derive(Debug)]
pub struct Features {
    pub id: u64,
    words: u64,
    factors: BTreeMap<String, String>,
    cell: u64,
    place: Place,
    /// Why it may not be chosen.
    reason: Option<String>,
    has_tools: bool,
}

impl Features {
    /// `words` is a hash of all that is said and done.
    pub fn of(row: &Observed, words: u64, aim: &Aim, seed: u64) -> Features {
        let mut factors = row.factors.clone();
        factors.extend(row.formats.iter().map(|(axis, level)| (format!("format.{axis}"), level.clone())));
        let cell = Cell::of(row);
        let cell = xxh3_64(format!("{}\u{1f}{}\u{1f}{}", cell.family, cell.complexity, cell.domain).as_bytes());
        Features {
            id: xxh3_64(row.id.as_bytes()),
            words,
            factors,
            cell,
            place: aim.prefer.place(row, seed),
            reason: unfit(row, aim),
            has_tools: !row.visible.is_empty(),
        }
    }
}

/// Why quality keeps a row out.
fn unfit(row: &Observed, aim: &Aim) -> Option<String> {
    if let Some(check) = row.failed.iter().find(|check| !aim.allow.contains(check)) {
        return Some(format!("fails the check `{check}`"));
    }
    let arguments = row.calls.iter().flat_map(|call| &call.arguments);
    let (all, read) = arguments.fold((0u64, 0u64), |(all, read), one| (all + 1, read + u64::from(one.read)));
    (all > 0 && (read as f64) < aim.quality * all as f64).then(|| "too few arguments whose source is found".to_string())
}

/// Everything that is kept of a pool.
#[derive(Debug, Default)]
pub struct Pool {
    /// Of each row: its candidate, or the number of its reason.
    rows: Vec<Result<u32, u32>>,
    reasons: IndexSet<String>,
    ids: FxHashSet<u64>,
    seen: FxHashSet<u64>,
    kept: Vec<Kept>,
    /// Factor → level → number, in the order of first appearance.
    levels: IndexMap<String, IndexSet<String>>,
    has_tools: bool,
}

#[derive(Debug)]
struct Kept {
    id: u64,
    cell: u64,
    place: Place,
    /// Number of the factor, number of the level.
    levels: Vec<(u32, u32)>,
}

/// The set that was chosen.
#[derive(Debug, Clone, Serialize)]
pub struct Chosen {
    /// Place in the order of choice of each row of the pool.
    #[serde(skip)]
    pub order: Vec<Option<u64>>,
    #[serde(skip)]
    pub ids: FxHashSet<u64>,
    pub report: Report,
}

/// What was chosen, and what was left out and why.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    pub rows: u64,
    /// Rows that hold and are no repetition.
    pub candidates: u64,
    pub chosen: u64,
    /// Rows by reason.
    pub left_out: BTreeMap<String, u64>,
    pub cells: Cells,
    pub coverage: Coverage,
    /// Factor → level → rows of the chosen set, for factors with quotas and those that are covered.
    pub factors: BTreeMap<String, BTreeMap<String, u64>>,
}

/// Cells of the archive that the pool has, and that the set has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Cells {
    pub pool: u64,
    pub chosen: u64,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Coverage {
    pub strength: u8,
    pub factors: Vec<String>,
    /// Combinations of levels that candidates have, and that the set has.
    pub combinations: u64,
    pub covered: u64,
    /// Rows that it took.
    pub covering: u64,
    /// Factors with too many levels to be covered.
    pub left_out: Vec<String>,
}

impl Pool {
    /// Takes rows in the order of the input.
    pub fn push(&mut self, row: Features) {
        self.has_tools |= row.has_tools;
        let reason = match () {
            () if row.reason.is_some() => row.reason,
            () if self.ids.contains(&row.id) => Some("has the id of a row before it".into()),
            () if self.seen.contains(&row.words) => Some("says what a row before it says".into()),
            () => None,
        };
        if let Some(reason) = reason {
            let (number, _) = self.reasons.insert_full(reason);
            self.rows.push(Err(number as u32));
            return;
        }
        self.ids.insert(row.id);
        self.seen.insert(row.words);
        let mut levels = Vec::with_capacity(row.factors.len());
        for (factor, level) in row.factors {
            let entry = self.levels.entry(factor);
            let number = entry.index() as u32;
            levels.push((number, entry.or_default().insert_full(level).0 as u32));
        }
        self.rows.push(Ok(self.kept.len() as u32));
        self.kept.push(Kept { id: row.id, cell: row.cell, place: row.place, levels });
    }

    /// Chooses a set. Fails when a quota is out of reach, with how far it got and what binds.
    pub fn choose(self, aim: &Aim) -> Result<Chosen> {
        self.sound(aim)?;
        let ranks = self.elites(aim.per_cell);
        let among: Vec<usize> = (0..self.kept.len()).filter(|at| ranks[*at].is_some()).collect();
        let size = aim.size.unwrap_or(among.len() as u64);
        let mut quotas = Quotas::new(aim, size);
        let (covered, left_out) = self.covered(aim);
        let candidates: Vec<Candidate> = among.iter().map(|at| self.candidate(*at, ranks[*at].unwrap_or(0), &covered, &quotas)).collect();
        let strength = aim.strength.unwrap_or(STRENGTH).min(covered.len() as u8);
        let choice = choose(&candidates, &mut quotas, strength, size);
        if aim.size.is_some() && (choice.chosen.len() as u64) < size {
            return Err(self.out_of_reach(size, &candidates, &quotas, choice.chosen.len() as u64));
        }
        let names = covered.iter().filter_map(|factor| self.levels.get_index(*factor as usize)).map(|(name, _)| name.clone()).collect();
        let coverage = Coverage {
            strength,
            factors: names,
            combinations: choice.combinations,
            covered: choice.covered,
            covering: choice.covering,
            left_out,
        };
        Ok(self.chosen(aim, &choice, &among, &candidates, &quotas, coverage))
    }

    /// The number of each row among those of its cell, by the declared rule; none of those for which their cell has no place.
    fn elites(&self, per_cell: Option<u64>) -> Vec<Option<u32>> {
        let mut archive = Archive::new(per_cell.map_or(usize::MAX, |most| most as usize));
        for (at, row) in self.kept.iter().enumerate() {
            archive.push(row.cell, row.place, at);
        }
        let mut ranks = vec![None; self.kept.len()];
        for (_, elites) in archive.cells() {
            elites.enumerate().for_each(|(rank, at)| ranks[*at] = Some(rank as u32));
        }
        ranks
    }

    /// What makes a pool none that can be chosen from.
    fn sound(&self, aim: &Aim) -> Result<()> {
        let wrong = |message: String, cure: &str| Err(Error::Unsatisfiable { message, cure: cure.into() });
        match self.rows.len() {
            0 => return wrong("the pool is empty".into(), "name files that have rows"),
            1 => return wrong("the pool has one row: there is nothing to choose from".into(), "name a larger pool, or copy the row"),
            _ if !self.has_tools => {
                return wrong("no row of the pool has a tool".into(), "give the tools with --tools when the rows have no column for them");
            }
            _ => {}
        }
        if self.kept.is_empty() {
            let told: Vec<String> = self.counted().into_iter().map(|(reason, count)| format!("{count}: {reason}")).collect();
            return wrong(format!("no row of the pool holds ({})", told.join("; ")), "mend the rows, or allow a check with --allow");
        }
        for factor in aim.quotas.keys().chain(&aim.factors) {
            let Some(levels) = self.levels.get(factor) else {
                let known: Vec<&str> = self.levels.keys().map(String::as_str).collect();
                return wrong(format!("no row of the pool has the factor `{factor}`"), &format!("use some of {}", known.join(", ")));
            };
            let asked = aim.quotas.get(factor).into_iter().flatten();
            if let Some((level, share)) = asked.filter(|(_, share)| **share > 0.0).find(|(level, _)| !levels.contains(*level)) {
                let known: Vec<&str> = levels.iter().take(20).map(String::as_str).collect();
                let message = format!("the quota {factor}:{level} = {share} is out of reach: no row that holds has that level");
                return wrong(message, &format!("the levels of {factor} are {}", known.join(", ")));
            }
        }
        Ok(())
    }

    /// The numbers of the factors that are covered, and the names of those that have too many levels.
    fn covered(&self, aim: &Aim) -> (Vec<u32>, Vec<String>) {
        let numbered = self.levels.iter().enumerate().map(|(at, (name, levels))| (at as u32, name, levels.len()));
        if !aim.factors.is_empty() {
            return (numbered.filter(|(_, name, _)| aim.factors.contains(name)).map(|(at, ..)| at).collect(), Vec::new());
        }
        let (few, many): (Vec<_>, Vec<_>) = numbered.filter(|(.., levels)| *levels > 1).partition(|(.., levels)| *levels <= LEVELS);
        (few.into_iter().map(|(at, ..)| at).collect(), many.into_iter().map(|(_, name, _)| name.clone()).collect())
    }

    fn candidate(&self, at: usize, rank: u32, covered: &[u32], quotas: &Quotas) -> Candidate {
        let row = &self.kept[at];
        // A number for each level of each factor: the factors' levels one after another.
        let first = |factor: u32| self.levels.values().take(factor as usize).map(IndexSet::len).sum::<usize>() as u32;
        let of = |factor: &u32| row.levels.iter().find(|(own, _)| own == factor).map(|(_, level)| first(*factor) + level);
        let levels = covered.iter().filter_map(of).collect();
        Candidate { levels, signature: quotas.signature(&self.factors(row)), rank, place: row.place }
    }

    fn factors(&self, row: &Kept) -> BTreeMap<String, String> {
        let name = |(factor, level): &(u32, u32)| {
            let (name, levels) = self.levels.get_index(*factor as usize)?;
            Some((name.clone(), levels.get_index(*level as usize)?.clone()))
        };
        row.levels.iter().filter_map(name).collect()
    }

    fn counted(&self) -> BTreeMap<String, u64> {
        let mut counts: FxHashMap<u32, u64> = FxHashMap::default();
        for reason in self.rows.iter().filter_map(|row| row.as_ref().err()) {
            *counts.entry(*reason).or_default() += 1;
        }
        self.reasons.iter().enumerate().map(|(at, reason)| (reason.clone(), counts.get(&(at as u32)).copied().unwrap_or(0))).collect()
    }

    fn out_of_reach(&self, size: u64, candidates: &[Candidate], quotas: &Quotas, got: u64) -> Error {
        let short = quotas.short(&supply(candidates, quotas));
        let told: Vec<String> = short
            .iter()
            .map(|(name, asked, taken, supply)| format!("{name} asks for {asked}, the pool has {supply} that hold, {taken} were taken"))
            .collect();
        let binds = if told.is_empty() { format!("{} rows of the pool may be chosen", candidates.len()) } else { told.join("; ") };
        Error::Unsatisfiable {
            message: format!("{size} rows are out of reach: {got} can be chosen; {binds}"),
            cure: "ask for fewer rows or other shares, or give a larger pool".into(),
        }
    }

    fn chosen(self, aim: &Aim, choice: &Choice, among: &[usize], candidates: &[Candidate], quotas: &Quotas, coverage: Coverage) -> Chosen {
        let mut order_of_kept: Vec<Option<u64>> = vec![None; self.kept.len()];
        for (order, at) in choice.chosen.iter().enumerate() {
            order_of_kept[among[*at]] = Some(order as u64);
        }
        let mut left_out = self.counted();
        let mut leave = |reason: String| *left_out.entry(reason).or_default() += 1;
        let mut candidate_of: Vec<Option<usize>> = vec![None; self.kept.len()];
        among.iter().enumerate().for_each(|(at, kept)| candidate_of[*kept] = Some(at));
        for (kept, _) in order_of_kept.iter().enumerate().filter(|(_, order)| order.is_none()) {
            match candidate_of[kept].map(|at| quotas.full(&candidates[at].signature)) {
                None => leave("its cell has as many as it may have".into()),
                Some(Some(quota)) => leave(format!("the quota of {quota} is full")),
                Some(None) => leave("the set has its size".into()),
            }
        }
        let cells = |rows: &mut dyn Iterator<Item = &Kept>| rows.map(|row| row.cell).collect::<FxHashSet<_>>().len() as u64;
        let picked = || self.kept.iter().zip(&order_of_kept).filter(|(_, order)| order.is_some()).map(|(row, _)| row);
        let mut factors: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
        for row in picked() {
            for (factor, level) in self.factors(row) {
                if aim.quotas.contains_key(&factor) || coverage.factors.contains(&factor) {
                    *factors.entry(factor).or_default().entry(level).or_default() += 1;
                }
            }
        }
        let report = Report {
            rows: self.rows.len() as u64,
            candidates: self.kept.len() as u64,
            chosen: choice.chosen.len() as u64,
            left_out,
            cells: Cells { pool: cells(&mut self.kept.iter()), chosen: cells(&mut picked()) },
            coverage,
            factors,
        };
        let ids = picked().map(|row| row.id).collect();
        let order = self.rows.iter().map(|row| row.as_ref().ok().and_then(|at| order_of_kept[*at as usize])).collect();
        Chosen { order, ids, report }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observed(at: usize) -> Observed {
        let factor = |name: &str, level: String| (name.to_string(), level);
        Observed {
            id: format!("r{at}"),
            factors: [factor("complexity", ["2-4", "4-8", "8-16"][at % 3].into()), factor("plan", format!("p{}", at % 4))].into(),
            acts: vec![format!("user:{}", at % 5), "call:f".into()],
            values: vec![("n".into(), at.to_string())],
            visible: vec!["f".into()],
            ..Observed::default()
        }
    }

    fn pool(rows: impl IntoIterator<Item = Observed>, aim: &Aim) -> Pool {
        let mut pool = Pool::default();
        rows.into_iter().for_each(|row| pool.push(Features::of(&row, xxh3_64(format!("{:?}", row.values).as_bytes()), aim, 0)));
        pool
    }

    #[test]
    fn every_row_that_is_left_out_has_a_reason() {
        let aim = Aim { size: Some(6), ..Aim::default() };
        let mut rows: Vec<Observed> = (0..20).map(observed).collect();
        rows[3].failed = vec!["schema".into()];
        rows[4].id = "r1".into();
        rows.push(Observed { id: "again".into(), ..observed(7) });
        let chosen = pool(rows, &aim).choose(&aim).unwrap();
        let report = chosen.report;
        assert_eq!((report.rows, report.candidates, report.chosen), (21, 18, 6));
        assert_eq!(report.rows, report.chosen + report.left_out.values().sum::<u64>());
        for reason in ["fails the check `schema`", "has the id of a row before it", "says what a row before it says"] {
            assert_eq!(report.left_out[reason], 1, "{reason}");
        }
        assert_eq!(report.left_out["the set has its size"], 12);
        let mut order: Vec<u64> = chosen.order.iter().flatten().copied().collect();
        order.sort_unstable();
        assert_eq!(order, [0, 1, 2, 3, 4, 5]);
        assert_eq!(chosen.ids.len(), 6);
    }

    #[test]
    fn quotas_hold_to_the_row() {
        let mut aim = Aim { size: Some(12), ..Aim::default() };
        aim.quota("complexity:8-16=0.5").unwrap();
        aim.quota("complexity:2-4=0.25").unwrap();
        let report = pool((0..60).map(observed), &aim).choose(&aim).unwrap().report;
        assert_eq!(
            report.factors["complexity"],
            [("2-4", 3), ("4-8", 3), ("8-16", 6)].map(|(level, rows)| (level.to_string(), rows)).into()
        );
        // Of 3 × 4 pairs, two levels have three rows each for four plans.
        assert_eq!((report.coverage.covered, report.coverage.combinations), (10, 12));
    }

    #[test]
    fn what_cannot_be_is_told_with_what_binds() {
        let told = |rows: usize, size: u64, quota: &str, change: &dyn Fn(&mut Observed)| {
            let mut aim = Aim { size: Some(size), ..Aim::default() };
            if !quota.is_empty() {
                aim.quota(quota).unwrap();
            }
            let rows = (0..rows).map(observed).map(|mut row| {
                change(&mut row);
                row
            });
            pool(rows, &aim).choose(&aim).unwrap_err().to_string()
        };
        for (message, words) in [
            (told(0, 5, "", &|_| ()), "pool is empty"),
            (told(1, 5, "", &|_| ()), "one row"),
            (told(9, 5, "", &|row| row.visible.clear()), "no row of the pool has a tool"),
            (told(9, 5, "", &|row| row.failed.push("facts".into())), "9: fails the check `facts`"),
            (told(9, 5, "colour:red=1", &|_| ()), "the factor `colour`"),
            (told(9, 5, "plan:p9=1", &|_| ()), "the levels of plan are p0, p1, p2, p3"),
            (
                told(9, 8, "complexity:4-8=0.5", &|_| ()),
                "8 rows are out of reach: 7 can be chosen; complexity:4-8 asks for 4, the pool has 3",
            ),
            (told(9, 20, "", &|_| ()), "20 rows are out of reach: 9 can be chosen"),
        ] {
            assert!(message.contains(words), "{message}");
        }
    }

    #[test]
    fn a_cell_gives_at_most_so_many() {
        let aim = Aim { per_cell: Some(1), ..Aim::default() };
        let report = pool((0..60).map(observed), &aim).choose(&aim).unwrap().report;
        assert_eq!(report.chosen, report.cells.pool);
        assert_eq!(report.cells.chosen, report.cells.pool);
    }
}
