//! What does a person look at? The table at the end of a run.

pub mod balance;
pub mod compare;
pub mod panels;

use crate::cover::taxonomy::LEVELS;
use crate::formats::Counts;
use crate::formats::card::number;
use crate::formats::manifest::Manifest;
use crate::pipeline::coverage::{Counts as Counted, Coverage};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The summary of a run as text: stages, then the three axes apart.
pub fn summary(manifest: &Manifest) -> String {
    let mut text = String::new();
    let stages = &manifest.stages;
    let _ = writeln!(text, "{} of {} dialogues, seed {}", stages.accepted, manifest.size, manifest.seed);
    let returns = &manifest.tools;
    block(
        &mut text,
        "Tools",
        &[
            ("loaded", format!("{} in {} domains", returns.loaded, returns.domains)),
            ("used", format!("{} ({})", returns.used, percent(returns.used as u64, returns.loaded as u64))),
            ("left out", returns.skipped.len().to_string()),
            (
                "result shapes",
                format!(
                    "{} declared, {} from prose, {} inferred",
                    returns.returns_declared, returns.returns_prose, returns.returns_inferred
                ),
            ),
        ],
    );
    let edges: Vec<String> = manifest.graph.edges.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    block(&mut text, "Graph", &[("relations", edges.join(", ")), ("relations used", manifest.graph.relations_used.to_string())]);
    let mut yields = vec![
        ("candidates", stages.candidates.to_string()),
        ("scripts written", format!("{} ({})", stages.scripts, percent(stages.scripts, stages.candidates))),
        ("scripts that hold", format!("{} ({})", stages.accepted, percent(stages.accepted, stages.scripts))),
        ("put into other words", stages.reworded.to_string()),
        ("held at first try", format!("{} ({})", stages.first_try, percent(stages.first_try, stages.accepted))),
    ];
    let rejected: Vec<String> = stages.rejected.iter().map(|(check, count)| format!("{check} {count}")).collect();
    if !rejected.is_empty() {
        yields.push(("rejected by", rejected.join(", ")));
    }
    if stages.refined + stages.unrefined > 0 {
        let whole = stages.refined + stages.unrefined;
        yields.push(("made harder", format!("{} of {whole}", stages.refined)));
        let operators: Vec<String> = stages.operators.iter().map(|(name, count)| format!("{name} {count}")).collect();
        yields.push(("operators", operators.join(", ")));
    }
    if !stages.unfilled.is_empty() {
        let unfilled: Vec<String> = stages.unfilled.iter().map(|(stratum, count)| format!("{count} × {stratum}")).collect();
        yields.push(("could not be filled", unfilled.join("; ")));
    }
    block(&mut text, "Yield", &yields);
    block(&mut text, "Coverage", &covered(&manifest.coverage));
    let dials: Vec<(&str, String)> = manifest
        .dials
        .iter()
        .map(|(name, dial)| (*name, dial.asked.map_or(number(dial.reached), |asked| format!("{} (asked {asked})", number(dial.reached)))))
        .collect();
    block(&mut text, "Dials", &dials);
    axis(&mut text, "Quality", &manifest.quality);
    axis(&mut text, "Diversity", &manifest.diversity);
    axis(&mut text, "Complexity", &manifest.complexity);
    if let Some(met) = &manifest.hardness {
        let off = format!("{} bits ({} of the mean)", number(met.w1), number(met.w1_share));
        block(
            &mut text,
            "Decision bits as asked for",
            &[("mean", format!("{} (asked {})", number(met.reached_mean), number(met.asked_mean))), ("distance of the histograms", off)],
        );
    }
    if let Some(twins) = &manifest.twins {
        let faults: Vec<(&str, String)> =
            twins.faults.iter().map(|(fault, count)| (fault.name(), format!("{count} ({})", percent(*count, twins.twins)))).collect();
        block(&mut text, &format!("Preference pairs: {} of {} dialogues", twins.twins, twins.dialogues), &faults);
    }
    text.push('\n');
    text.push_str(&targets(&manifest.targets));
    for plan in &manifest.plans_left_out {
        let _ = writeln!(text, "\nplan `{}` left out: {}", plan.plan, plan.reason);
    }
    text
}

/// What of the situations came about.
fn covered(coverage: &Coverage) -> Vec<(&'static str, String)> {
    let of = |counts: &Counted| format!("{} of {}", counts.covered, counts.feasible);
    let last = coverage.complete_after.map_or(String::new(), |rows| format!(", all of them after {rows} dialogues"));
    let size = ["levels", "pairs of levels", "triples of levels"][coverage.strength.clamp(1, 3) - 1];
    let levels: Vec<String> = LEVELS.iter().filter_map(|level| Some(format!("{level} {}", of(coverage.taxonomy.get(level)?)))).collect();
    vec![
        (size, format!("{} of {}{last}", coverage.covered, coverage.feasible)),
        ("cannot be", format!("{} combinations, and what has them", coverage.infeasible.len())),
        ("plans by domains", of(&coverage.plan_domain)),
        ("taxonomy", levels.join(", ")),
    ]
}

/// Rows in and out of each target, with what was left out and why.
pub fn targets(targets: &BTreeMap<String, Counts>) -> String {
    let rows: Vec<(&str, String)> = targets.iter().map(|(name, counts)| (name.as_str(), carried(counts))).collect();
    let mut text = String::new();
    block(&mut text, "Files", &rows);
    text.split_off(1)
}

fn carried(counts: &Counts) -> String {
    let mut text = format!("{} of {} rows", counts.rows_out, counts.rows_in);
    if let Some(lines) = counts.lines {
        let _ = write!(text, " as {lines} lines");
    }
    if counts.renamed > 0 {
        let _ = write!(text, ", {} with names changed (see the sidecar)", counts.renamed);
    }
    for (reason, count) in &counts.refused {
        let _ = write!(text, "; {count} left out: {reason}");
    }
    for (what, count) in &counts.reduced {
        let _ = write!(text, "; {count} without {what}");
    }
    text
}

fn axis(text: &mut String, name: &str, values: &BTreeMap<&'static str, f64>) {
    let rows: Vec<(&str, String)> = values.iter().map(|(metric, value)| (*metric, number(*value))).collect();
    block(text, name, &rows);
}

fn block(text: &mut String, title: &str, rows: &[(&str, String)]) {
    let _ = writeln!(text, "\n{title}");
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    for (name, value) in rows {
        let _ = writeln!(text, "  {name:width$}  {value}");
    }
}

fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "–".into() } else { format!("{:.1}%", 100.0 * part as f64 / whole as f64) }
}
