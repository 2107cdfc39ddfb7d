//! What came of it, as JSON and as Markdown.

use super::factorial::{CONTROLS, HELD_OUT, Made, OWN, Placebo, verdict};
use super::measure::{self, Measures};
use super::plot;
use super::reach::{self, Reach};
use super::sensitivity::{Line, SHARES};
use serde::Serialize;
use serde_json::Value;
use std::fmt::Write;
use std::path::Path;
use walktalk::error::{Error, Fault};
use walktalk::score::proof::factorial::{Effect, PAIRS, Verdict};

/// Response and control of every cross-term.
const CROSS: [(usize, usize); 6] = [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)];

#[derive(Default, Serialize)]
pub struct Results {
    pub size: u64,
    pub seeds: u64,
    /// Names, each with its number of tools.
    pub catalogs: Vec<(String, usize)>,
    pub sensitivity: Option<Vec<Line>>,
    /// The three responses, and the verdict on them.
    pub factorial: Option<Verdict>,
    pub held_out: Vec<([&'static str; 3], Verdict)>,
    pub entangled: Option<Verdict>,
    pub placebo: Option<Placebo>,
    pub reach: Option<Reach>,
    #[serde(rename = "blocks")]
    pub made: Vec<Made>,
}

impl Results {
    /// Judges the factorials.
    pub fn take(&mut self, made: &[Made]) {
        self.factorial = Some(verdict(made, |made| &made.cells, OWN));
        self.held_out = HELD_OUT.into_iter().map(|names| (names, verdict(made, |made| &made.cells, names))).collect();
        self.entangled = Some(verdict(made, |made| &made.entangled, OWN));
        self.made = made.to_vec();
    }
}

/// The factorials of an earlier run, from its `control.json`.
pub fn earlier(path: &Path) -> Result<Vec<Made>, Error> {
    let cure = "name a `control.json` that has blocks";
    let text = std::fs::read(path).map_err(|error| Fault::new(path, format!("cannot be read: {error}"), cure))?;
    let whole: Value = serde_json::from_slice(&text).map_err(|error| Fault::new(path, format!("it is no JSON: {error}"), cure))?;
    let cells = |block: &Value, of: &str| -> Vec<Measures> {
        let cell = |cell: &Value| measure::NAMES.into_iter().filter_map(|name| Some((name, cell[name].as_f64()?))).collect();
        block[of].as_array().into_iter().flatten().map(cell).collect()
    };
    let made = |block: &Value| Made {
        catalog: block["catalog"].as_str().unwrap_or_default().into(),
        seed: block["seed"].as_u64().unwrap_or_default(),
        cells: cells(block, "cells"),
        entangled: cells(block, "entangled"),
    };
    let blocks: Vec<Made> = whole["blocks"].as_array().into_iter().flatten().map(made).collect();
    match !blocks.is_empty() && blocks.iter().all(|block| block.cells.len() == 27 && block.entangled.len() == 27) {
        true => Ok(blocks),
        false => Err(Fault::new(path, "it has no whole factorials", cure).into()),
    }
}

/// `control.json`, `control.md` and, where there is something to plot, `control.svg`.
pub fn write(results: &Results, folder: &Path) -> Result<(), Error> {
    let mut files =
        vec![("control.json", serde_json::to_string_pretty(results).unwrap_or_default() + "\n"), ("control.md", markdown(results))];
    if !results.made.is_empty() {
        files.push(("control.svg", plot::svg(&results.made)));
    }
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(Error::output(&path))?;
    }
    Ok(())
}

pub fn markdown(results: &Results) -> String {
    let mut out = String::new();
    let catalogs: Vec<String> = results.catalogs.iter().map(|(name, tools)| format!("{name} ({tools} tools)")).collect();
    let _ = writeln!(out, "Catalogs: {}. Seeds: {}. Dialogues of a cell: {}.\n", catalogs.join(", "), results.seeds, results.size);
    results.sensitivity.iter().for_each(|lines| sensitivity(&mut out, lines));
    for (title, verdict, names) in [
        ("B. Effects of the controls", results.factorial.as_ref(), OWN),
        ("E. The same with measures that nothing reads (1)", results.held_out.first().map(|(_, verdict)| verdict), HELD_OUT[0]),
        ("E. The same with measures that nothing reads (2)", results.held_out.get(1).map(|(_, verdict)| verdict), HELD_OUT[1]),
        ("D. The entangled baseline", results.entangled.as_ref(), OWN),
    ] {
        if let Some(verdict) = verdict {
            effects(&mut out, title, verdict, names);
        }
    }
    if !results.made.is_empty() {
        by_block(&mut out, &results.made);
    }
    if let Some(placebo) = &results.placebo {
        let same = if placebo.put_together { "is" } else { "IS NOT" };
        let _ = writeln!(
            out,
            "Placebo: a control that is connected to nothing moves no response by more than {:.3}. {} of {} dialogues are the same with one thread and with two. A set put together of \
             true and false dialogues {same} what the pipeline makes.\n",
            placebo.effect, placebo.same, placebo.of
        );
    }
    results.reach.iter().for_each(|found| reached(&mut out, found));
    out
}

fn sensitivity(out: &mut String, lines: &[Line]) {
    let others: Vec<&str> = ["pass", "skeletons", "distinct_4", "tools", "personas", "bits"].to_vec();
    let _ = writeln!(
        out,
        "## A. What each measure sees\n\n| axis | spoilt by | own measure | at {} | ρ | {} | |",
        SHARES.map(|share| format!("{share}")).join(", "),
        others.join(" | ")
    );
    let _ = writeln!(out, "|---|---|---|---|---|{}---|", "---|".repeat(others.len()));
    for line in lines {
        let own: Vec<String> = line.measures[line.own].iter().map(|value| short(*value)).collect();
        let moved: Vec<String> =
            others.iter().map(|name| line.others.get(name).map_or("own".into(), |moved| format!("{moved:.2}"))).collect();
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {:.2} | {} | {} |",
            line.axis,
            line.kind,
            line.own,
            own.join(", "),
            line.spearman,
            moved.join(" | "),
            verdict_word(line.holds)
        );
    }
    out.push('\n');
}

fn short(value: f64) -> String {
    if value.abs() >= 10.0 { format!("{value:.1}") } else { format!("{value:.3}") }
}

fn verdict_word(holds: bool) -> &'static str {
    if holds { "holds" } else { "**fails**" }
}

fn interval(effect: &Effect) -> String {
    let mark = if effect.tost.is_some() && !effect.negligible() { " **!**" } else { "" };
    format!("{:.3} [{:.3}, {:.3}]{mark}", effect.value, effect.low, effect.high)
}

fn effects(out: &mut String, title: &str, verdict: &Verdict, names: [&str; 3]) {
    let _ = writeln!(
        out,
        "## {title}: {}\n\n| response | {} | {} |",
        verdict_word(verdict.holds()),
        CONTROLS.join(" | "),
        PAIRS.map(|(a, b)| format!("{} × {}", CONTROLS[a], CONTROLS[b])).join(" | ")
    );
    let _ = writeln!(out, "|---|---|---|---|---|---|---|");
    for (response, name) in names.iter().enumerate() {
        let row = verdict.effects[response].iter().chain(&verdict.interactions[response]).map(interval);
        let _ = writeln!(out, "| {name} | {} |", row.collect::<Vec<_>>().join(" | "));
    }
    let gain =
        verdict.relative_gain.map_or("none".into(), |gain| (0..3).map(|at| format!("{:.3}", gain[at][at])).collect::<Vec<_>>().join(", "));
    let monotone: Vec<String> = verdict.monotone.iter().map(|(rising, of)| format!("{rising} of {of}")).collect();
    let _ = writeln!(
        out,
        "\nOwn response rises at both steps in {} settings. Relative gains {gain}. Condition number {:.3}. {} blocks.",
        monotone.join(", "),
        verdict.condition,
        verdict.blocks
    );
    for failure in &verdict.failures {
        let _ = writeln!(out, "- {failure}");
    }
    out.push('\n');
}

/// The cross-terms of each block by itself: where one of them is great, this says in which catalog.
fn by_block(out: &mut String, made: &[Made]) {
    let titles: Vec<String> = (0..6).map(|at| format!("{} → {}", CONTROLS[CROSS[at].1], CONTROLS[CROSS[at].0])).collect();
    let _ = writeln!(out, "## B, block by block\n\n| catalog | seed | {} |\n|---|---|{}", titles.join(" | "), "---|".repeat(6));
    for block in made {
        let alone = verdict(std::slice::from_ref(block), |made| &made.cells, OWN);
        let effects = CROSS.map(|(response, control)| format!("{:.3}", alone.effects[response][control].value));
        let _ = writeln!(out, "| {} | {} | {} |", block.catalog, block.seed, effects.join(" | "));
    }
    out.push('\n');
}

fn reached(out: &mut String, found: &Reach) {
    let _ = writeln!(
        out,
        "## C. Targets\n\n{} of {} targets are hit in one shot, each axis within {} of its way.\n",
        found.hits,
        found.shots.len(),
        found.tolerance
    );
    for (control, mean, most) in reach::misses(found) {
        let _ = writeln!(out, "- {control}: off by {mean:.3} in the mean, {most:.3} at most");
    }
}
