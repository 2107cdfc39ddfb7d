//! Findings that are accepted as they are today, so that tomorrow's stand out.

use super::run::Checked;
use crate::error::{Fault, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// The file. A finding is known by what it says and where, without line numbers.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Baseline {
    version: u32,
    findings: BTreeMap<String, Known>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    rule: String,
    file: String,
    count: usize,
}

const VERSION: u32 = 1;

/// All findings of a run as a baseline.
pub fn write(checked: &Checked) -> String {
    let mut baseline = Baseline { version: VERSION, findings: BTreeMap::new() };
    for one in &checked.findings {
        let known = || Known { rule: one.rule.to_owned(), file: one.file.display().to_string(), count: 0 };
        baseline.findings.entry(one.fingerprint()).or_insert_with(known).count += 1;
    }
    format!("{}\n", serde_json::to_string_pretty(&baseline).unwrap_or_default())
}

/// Takes the findings out of a run that a baseline has, each as often as it is there.
pub fn apply(checked: &mut Checked, path: &Path) -> Result<()> {
    let cure = "name a file that `--write-baseline` wrote";
    let text = std::fs::read_to_string(path).map_err(|error| Fault::new(path, format!("cannot be read: {error}"), cure))?;
    let mut baseline: Baseline = serde_json::from_str(&text).map_err(|error| Fault::new(path, format!("no baseline: {error}"), cure))?;
    if baseline.version != VERSION {
        return Err(Fault::new(path, format!("a baseline of version {}", baseline.version), "write it anew with `--write-baseline`").into());
    }
    let before = checked.findings.len();
    checked.findings.retain(|one| match baseline.findings.get_mut(&one.fingerprint()) {
        Some(known) if known.count > 0 => {
            known.count -= 1;
            false
        }
        _ => true,
    });
    checked.known = before - checked.findings.len();
    Ok(())
}
