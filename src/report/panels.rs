//! The three panels of `walktalk score` as text.

use super::{block, percent};
use crate::formats::card::number;
use crate::score::counts::{Figure, Hill};
use crate::score::coverage::Tway;
use crate::score::sketch::Report;
use crate::score::texts;

/// One block for each panel, and one for the sizes.
pub fn text(report: &Report) -> String {
    let mut text = String::new();
    quality(&mut text, report);
    diversity(&mut text, report);
    complexity(&mut text, report);
    sizes(&mut text, report);
    text.split_off(1)
}

fn figure(figure: &Figure) -> String {
    match (figure.low, figure.high) {
        (Some(low), Some(high)) => format!("{} [{}, {}]", number(figure.value), number(low), number(high)),
        _ => number(figure.value),
    }
}

fn quality(text: &mut String, report: &Report) {
    let quality = &report.quality;
    let mut rows = vec![
        ("rows that pass".to_string(), format!("{} of {}, {}", quality.valid, quality.rows, figure(&quality.pass_rate))),
        ("with goals of their own".into(), quality.rows_with_goals.to_string()),
        ("that show no tools".into(), quality.rows_without_tools.to_string()),
    ];
    rows.extend(quality.checks.iter().map(|(name, check)| (format!("fail `{name}`"), format!("{}, {}", check.rows, figure(&check.share)))));
    let trip = &quality.round_trip;
    rows.push(("arguments read back".into(), format!("{} of {}", figure(&trip.read), trip.arguments)));
    let sources: Vec<String> = trip.sources.iter().map(|(name, share)| format!("{name} {}", number(*share))).collect();
    rows.push(("sources".into(), sources.join(", ")));
    rows.push(("faulty surface".into(), format!("{} of {} messages", figure(&quality.surface.faulty), quality.surface.messages)));
    let faults: Vec<String> = quality.surface.faults.iter().map(|(name, count)| format!("{name} {count}")).collect();
    rows.push(("faults".into(), if faults.is_empty() { "none".into() } else { faults.join(", ") }));
    if let Some(power) = &quality.power {
        rows.push(("planted faults caught".into(), format!("{} of {}", figure(&power.caught), power.planted)));
        let lift = format!("{} before the checks, {} behind them", number(power.correct_before), number(power.correct_after));
        rows.push(("correct rows, if none is rejected".into(), lift));
        rows.extend(
            power.by_fault.iter().map(|row| (format!("  {}", row.name), format!("{} ({})", percent(row.killed, row.tried), row.tried))),
        );
    }
    told(text, "Quality", &rows);
}

fn diversity(text: &mut String, report: &Report) {
    let diversity = &report.diversity;
    let mut rows =
        vec![("2-way coverage".to_string(), coverage(&diversity.two_way)), ("3-way coverage".into(), coverage(&diversity.three_way))];
    rows.extend(diversity.taxonomy.iter().map(|(name, level)| (format!("level `{name}`"), format!("{} of {}", level.seen, level.known))));
    rows.push((
        "tools called of offered".into(),
        format!("{}, evenness {}", number(diversity.tool_coverage), number(diversity.tool_evenness)),
    ));
    for (name, hill) in
        [("edges", &diversity.edges), ("3-paths", &diversity.paths), ("skeletons", &diversity.skeletons), ("values", &diversity.values)]
    {
        rows.push((name.into(), self::hill(hill)));
    }
    for (name, side) in [("user", &diversity.user), ("assistant", &diversity.assistant)] {
        wording(&mut rows, name, side);
    }
    let near = format!("{} of {} conversations", figure(&diversity.near_duplicates), diversity.near_duplicates_of);
    rows.push(("nearly the same".into(), near));
    told(text, &format!("Diversity (of {} rows that pass)", diversity.conversations), &rows);
}

fn coverage(tway: &Tway) -> String {
    format!("{} ({} of {})", number(tway.share), tway.seen, tway.possible)
}

fn hill(hill: &Hill) -> String {
    match hill.observations {
        0 => "none".into(),
        _ => format!("q0 {}, q1 {}, q2 {}, unseen {}", number(hill.q0), figure(&hill.q1), number(hill.q2.value), figure(&hill.unseen)),
    }
}

fn wording(rows: &mut Vec<(String, String)>, name: &str, side: &texts::Report) {
    if side.messages == 0 {
        return;
    }
    let small = if (side.tokens as usize) < texts::TOKEN_BUDGET { ": too few to compare" } else { "" };
    rows.push((format!("{name}: words"), format!("{} samples of {}{small}", side.samples, side.tokens)));
    let rke = side.rke.as_ref().map_or("not resolved".into(), figure);
    for (what, value) in [
        ("distinct-4", figure(&side.distinct_4)),
        ("self-repetition", figure(&side.self_repetition)),
        ("compression", figure(&side.compression_ratio)),
        ("EAD", figure(&side.ead)),
        ("RKE", rke),
        ("repeated messages", figure(&side.duplicates)),
        ("effective openings", figure(&side.effective_openings)),
    ] {
        rows.push((format!("{name}: {what}"), value));
    }
}

fn complexity(text: &mut String, report: &Report) {
    let complexity = &report.complexity;
    let mut rows: Vec<(String, String)> = complexity
        .fields
        .iter()
        .map(|(name, field)| {
            (
                name.clone(),
                format!("{}; 10% {}, 50% {}, 90% {}, most {}", figure(&field.mean), field.q10, field.median, field.q90, field.max),
            )
        })
        .collect();
    rows.push(("calls shown to be needed".into(), figure(&complexity.needed_calls)));
    if let Some(distance) = complexity.distance_to_target {
        rows.push(("distance to the asked bits".into(), number(distance)));
    }
    told(text, &format!("Complexity (of {} rows that pass)", complexity.conversations), &rows);
}

fn sizes(text: &mut String, report: &Report) {
    let sizes = &report.sizes;
    let formats: Vec<String> = sizes.formats.iter().map(|(name, rows)| format!("{name} {rows}")).collect();
    let rows = [
        ("rows", sizes.rows.to_string()),
        ("formats", formats.join(", ")),
        ("user turns", sizes.user_turns.to_string()),
        ("assistant turns", sizes.assistant_turns.to_string()),
        ("calls", sizes.calls.to_string()),
        ("words", sizes.words.to_string()),
    ];
    block(text, "Sizes", &rows);
}

fn told(text: &mut String, title: &str, rows: &[(String, String)]) {
    let rows: Vec<(&str, String)> = rows.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    block(text, title, &rows);
}
