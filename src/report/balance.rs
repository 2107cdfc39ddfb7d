//! The table at the end of a choice.

use super::{block, percent, targets};
use crate::balance::pool::Report;
use crate::balance::trust::{Entry, section};
use crate::formats::Counts;
use crate::formats::card::number;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What was chosen, what was left out and why, and what a row is worth.
pub fn summary(report: &Report, trust: &Entry, files: &BTreeMap<String, Counts>) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{} of {} rows", report.chosen, report.rows);
    let reasons: Vec<(&str, String)> = report.left_out.iter().map(|(reason, count)| (reason.as_str(), count.to_string())).collect();
    if !reasons.is_empty() {
        block(&mut text, "Left out", &reasons);
    }
    let coverage = &report.coverage;
    let mut covered = vec![
        ("cells", format!("{} of {} ({})", report.cells.chosen, report.cells.pool, percent(report.cells.chosen, report.cells.pool))),
        (
            "combinations",
            format!(
                "{} of {} ({}) of {} factors by {}, by the first {} rows",
                coverage.covered,
                coverage.combinations,
                percent(coverage.covered, coverage.combinations),
                coverage.factors.len(),
                coverage.strength,
                coverage.covering
            ),
        ),
    ];
    if !coverage.left_out.is_empty() {
        covered.push(("too many levels", coverage.left_out.join(", ")));
    }
    block(&mut text, "Coverage", &covered);
    for (factor, levels) in &report.factors {
        let rows: Vec<(&str, String)> =
            levels.iter().map(|(level, count)| (level.as_str(), format!("{count} ({})", percent(*count, report.chosen)))).collect();
        block(&mut text, factor, &rows);
    }
    let lambda = trust.lambda.map_or("not declared".to_string(), number);
    let known = |value: Option<f64>| value.map_or("unknown".to_string(), number);
    let mut rows = vec![("λ", lambda), ("n_eff", known(trust.n_eff)), ("Kish's size", known(trust.kish))];
    if trust.n_r > 0 {
        rows.push(("real rows", trust.n_r.to_string()));
    }
    rows.push(("rows without weights", trust.rows.to_string()));
    block(&mut text, "Trust", &rows);
    if trust.estimate.is_some() {
        text.push_str(section(trust).split_once("\n\n|").map(|(_, table)| format!("\n|{table}")).unwrap_or_default().as_str());
    }
    text.push('\n');
    text.push_str(&targets(files));
    text
}
