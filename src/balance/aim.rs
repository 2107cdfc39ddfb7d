//! What the set is to be like: size, quality, quotas and coverage. From options, from a file, or from both.

use super::archive::Prefer;
use crate::error::{Error, Fault, Result};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What is asked for. As a file it is YAML with these keys.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Aim {
    /// Rows to choose; all that hold when it is not given.
    pub size: Option<u64>,
    /// Least share of a row's arguments whose source an independent reader finds, from 0 to 1.
    pub quality: f64,
    /// Checks that a row may fail.
    pub allow: Vec<String>,
    /// Factor → level → share of the set. Levels that are not named share what is left.
    pub quotas: IndexMap<String, IndexMap<String, f64>>,
    /// Every combination of so many factors that some row has is to occur, from 1 to 3; 0 leaves coverage out.
    pub strength: Option<u8>,
    /// The factors that are covered; those of the rows when none is named.
    pub factors: Vec<String>,
    /// At most so many rows of a cell.
    pub per_cell: Option<u64>,
    pub prefer: Prefer,
}

/// The strength of coverage when nothing is said.
pub const STRENGTH: u8 = 2;

impl Aim {
    /// Fails with the line of what is wrong in it.
    pub fn open(path: &Path) -> Result<Aim> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Fault::new(path, format!("cannot be read: {error}"), "give --target a YAML file (docs/balance.md has the keys)")
        })?;
        Ok(crate::catalog::read::parse_yaml(path, &text)?)
    }

    /// Adds `factor:level=share`.
    pub fn quota(&mut self, text: &str) -> Result<()> {
        let wrong = || Error::Unsatisfiable {
            message: format!("`{text}` is no quota"),
            cure: "write factor:level=share, for instance complexity:4-8=0.3".into(),
        };
        let (cell, share) = text.rsplit_once('=').ok_or_else(wrong)?;
        let (factor, level) = cell.split_once(':').ok_or_else(wrong)?;
        let share: f64 = share.trim().parse().map_err(|_| wrong())?;
        if factor.trim().is_empty() || level.trim().is_empty() {
            return Err(wrong());
        }
        self.quotas.entry(factor.trim().into()).or_default().insert(level.trim().into(), share);
        Ok(())
    }

    /// What no pool could have.
    pub fn check(&self) -> Result<()> {
        let wrong = |message: String, cure: &str| Err(Error::Unsatisfiable { message, cure: cure.into() });
        if !(0.0..=1.0).contains(&self.quality) {
            return wrong(format!("quality = {} is out of range", self.quality), "give a number from 0 to 1");
        }
        if self.size == Some(0) {
            return wrong("a set of 0 rows is asked for".into(), "give --size a number above 0");
        }
        if self.per_cell == Some(0) {
            return wrong("0 rows of each cell are asked for".into(), "give --per-cell a number above 0");
        }
        if self.strength.is_some_and(|strength| strength > 3) {
            return wrong("coverage goes up to combinations of 3".into(), "give --strength 0, 1, 2 or 3");
        }
        for (factor, levels) in &self.quotas {
            let sum: f64 = levels.values().sum();
            if let Some((level, share)) = levels.iter().find(|(_, share)| !(0.0..=1.0).contains(*share)) {
                return wrong(format!("the quota {factor}:{level} = {share} is out of range"), "give a share from 0 to 1");
            }
            if sum > 1.0 + 1e-9 {
                return wrong(format!("the quotas of {factor} sum up to {sum}"), "make them sum up to 1 at most");
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotas_are_read_and_impossible_ones_are_told() {
        let mut aim = Aim::default();
        aim.quota("complexity:4-8=0.5").unwrap();
        aim.quota("plan: a:b = 0.5").unwrap();
        assert_eq!((aim.quotas["complexity"]["4-8"], aim.quotas["plan"]["a:b"]), (0.5, 0.5));
        assert!(aim.check().is_ok());
        for bad in ["x", "a:b", "a=1", "a:b=c", ":b=1"] {
            assert!(aim.quota(bad).is_err(), "{bad}");
        }
        aim.quota("complexity:8-16=0.7").unwrap();
        assert!(aim.check().unwrap_err().to_string().contains("complexity sum up to 1.2"));
        for (aim, words) in [
            (Aim { quality: 1.5, ..Aim::default() }, "quality = 1.5"),
            (Aim { size: Some(0), ..Aim::default() }, "0 rows"),
            (Aim { strength: Some(4), ..Aim::default() }, "combinations of 3"),
        ] {
            assert!(aim.check().unwrap_err().to_string().contains(words));
        }
    }

    #[test]
    fn a_file_has_these_keys_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("aim.yaml");
        std::fs::write(&path, "size: 10\nquotas:\n  complexity: {4-8: 0.5, 8-16: 0.5}\nprefer: short\n").unwrap();
        let aim = Aim::open(&path).unwrap();
        assert_eq!((aim.size, aim.quotas["complexity"].len(), aim.prefer), (Some(10), 2, Prefer::Short));
        std::fs::write(&path, "size: 10\nquotes: {}\n").unwrap();
        let message = Aim::open(&path).unwrap_err().to_string();
        assert!(message.contains("aim.yaml:2") && message.contains("quotes"), "{message}");
    }
}
