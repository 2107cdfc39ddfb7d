//! Two sets side by side, as text.

use super::{block, percent};
use crate::compare::drift::Drift;
use crate::compare::figures::Difference;
use crate::compare::forecast::Forecast;
use crate::compare::{Comparison, Set};
use crate::formats::card::number;
use std::fmt::Write;

pub fn text(comparison: &Comparison) -> String {
    let mut text = String::new();
    for (name, set) in [("A", &comparison.a), ("B", &comparison.b)] {
        let files: Vec<String> = set.files.iter().map(|file| file.display().to_string()).collect();
        let _ = writeln!(text, "{name}: {} {} of {}", set.rows, set.kind, files.join(", "));
    }
    for note in &comparison.notes {
        let _ = writeln!(text, "Note: {note}.");
    }
    comparison.formats.iter().for_each(|drift| format(&mut text, drift));
    association(&mut text, "A", &comparison.a);
    association(&mut text, "B", &comparison.b);
    axis(&mut text, "Quality", &comparison.quality);
    axis(&mut text, "Diversity", &comparison.diversity);
    axis(&mut text, "Complexity", &comparison.complexity);
    if let Some(told) = &comparison.forecast {
        forecast(&mut text, told);
    }
    text
}

fn format(text: &mut String, drift: &Drift) {
    let verdict = if drift.drifted { "DRIFTED" } else { "no more than chance" };
    let title = format!(
        "Format, {}: divergence {:.4} bits ({verdict}; chance gives up to {:.4}), effective {:.2} → {:.2}",
        drift.axis, drift.divergence, drift.chance, drift.a.effective, drift.b.effective
    );
    let share = |value: f64| percent((value * 1000.0).round() as u64, 1000);
    let rows: Vec<(&str, String)> =
        drift.levels.iter().map(|level| (level.level.as_str(), format!("{:>6} → {:>6}", share(level.a), share(level.b)))).collect();
    block(text, &title, &rows);
}

fn association(text: &mut String, name: &str, set: &Set) {
    let rows: Vec<(&str, String)> =
        set.association.iter().map(|(factor, v)| (factor.as_str(), format!("{:.3}, chance gives up to {:.3}", v.v, v.chance))).collect();
    if !rows.is_empty() {
        block(text, &format!("Syntax of {name} against (Cramér's V)"), &rows);
    }
}

fn axis(text: &mut String, name: &str, figures: &[Difference]) {
    let one = |figure: &Difference| {
        let limits = match (figure.low, figure.high) {
            (Some(low), Some(high)) => {
                format!("{:+.3} ({low:+.3} to {high:+.3}){}", figure.difference, if figure.moved { " *" } else { "" })
            }
            _ => format!("{:+.3}", figure.difference),
        };
        format!("{:>10} → {:>10}  {limits}", number(figure.a), number(figure.b))
    };
    let rows: Vec<(&str, String)> = figures.iter().map(|figure| (figure.figure.as_str(), one(figure))).collect();
    if !rows.is_empty() {
        block(text, &format!("{name}: A → B, difference with its 95% interval (* where 0 is outside)"), &rows);
    }
}

fn forecast(text: &mut String, told: &Forecast) {
    let anchor = told.beta.map_or("no anchor".to_string(), |beta| format!("β = {beta}"));
    let shares = |shares: &[f64]| shares.iter().map(|share| format!("{:>5.1}%", 100.0 * share)).collect::<Vec<_>>().join(" ");
    let mut rows: Vec<(&str, String)> = told
        .formats
        .iter()
        .map(|course| (course.format.as_str(), format!("passes {:.2}: {}", course.pass_rate, shares(&course.shares))))
        .collect();
    let effective: Vec<String> = told.effective.iter().map(|value| format!("{value:>6.2}")).collect();
    rows.push(("effective", format!("             {}", effective.join(" "))));
    if let Some(rounds) = told.rounds_50_to_90 {
        rows.push(("from 50:50 to 90:10", format!("{rounds:.1} rounds, the best two")));
    }
    block(text, &format!("Forecast of {}, {anchor}: now and after each round", told.axis), &rows);
}
