//! What a manifest and a card say of trust.

use super::{Attributes, Diagnosis, Estimate};
use crate::balance::resample::kish;
use crate::error::{Error, Fault, Result};
use crate::formats::Conversation;
use crate::formats::card::number;
use crate::formats::read::observe;
use crate::formats::read::stream::{self, Options};
use serde::Serialize;
use std::fmt::Write;
use std::path::Path;

/// Who said it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum Origin {
    #[default]
    #[serde(rename = "not declared")]
    NotDeclared,
    #[serde(rename = "declared")]
    Declared,
    #[serde(rename = "estimated")]
    Estimated,
}

/// The trust in the rows of a set, and what came of it. Everything that depends on λ is unknown where λ is.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Entry {
    pub origin: Origin,
    pub lambda: Option<f64>,
    /// Synthetic rows, and real ones that were mixed in.
    pub n_s: u64,
    pub n_r: u64,
    /// λ·n_s: real rows that the synthetic ones are worth.
    pub n_eff: Option<f64>,
    /// `(Σw)² / Σw²` over real rows of weight 1 and synthetic ones of weight λ.
    pub kish: Option<f64>,
    /// Synthetic rows in the files of targets that read no weights.
    pub rows: u64,
    /// How these were chosen.
    pub applied: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Estimate>,
}

/// What somebody asked for, before the rows are counted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trust {
    pub origin: Origin,
    pub lambda: Option<f64>,
    pub estimate: Option<Estimate>,
}

impl Trust {
    pub fn declared(lambda: f64) -> Result<Trust> {
        Ok(Trust { origin: Origin::Declared, lambda: Some(super::declared(lambda)?), estimate: None })
    }

    /// For `dialogues` synthetic rows. Fails where all of them together are not worth one real row: there would be nothing to write.
    pub fn estimated(estimate: Estimate, dialogues: u64) -> Result<Trust> {
        let lambda = estimate.peak.lambda;
        if lambda * dialogues as f64 >= 1.0 {
            return Ok(Trust { origin: Origin::Estimated, lambda: Some(lambda), estimate: Some(estimate) });
        }
        let mut worst: Vec<&Diagnosis> = estimate.attributes.iter().collect();
        worst.sort_by(|a, b| a.overlap.total_cmp(&b.overlap));
        let told: Vec<String> = worst.iter().take(3).map(|one| format!("{} {:.2}", one.attribute.name(), one.overlap)).collect();
        Err(Error::Unsatisfiable {
            message: format!(
                "the real dialogues are so unlike these that λ is {lambda:.1e}, and {dialogues} rows are not worth one (shares in common: {})",
                told.join(", ")
            ),
            cure: "see that both sets are of one kind, or declare the trust with --trust".into(),
        })
    }

    /// How many of `n` rows in an order of which any prefix is good stand for all of them: the whole part of λ·n + u, where the one draw *u*
    /// of the seed makes the expectation exact. All of them when nothing is declared.
    pub fn prefix(&self, n: u64, seed: u64) -> u64 {
        let Some(lambda) = self.lambda else { return n };
        let mut draw = crate::balance::resample::Systematic::new(seed);
        draw.copies(lambda * n as f64).min(n)
    }

    pub fn entry(&self, n_s: u64, n_r: u64, rows: u64, applied: &'static str) -> Entry {
        let weights = |lambda: f64| std::iter::repeat_n(1.0, n_r as usize).chain(std::iter::repeat_n(lambda, n_s as usize));
        Entry {
            origin: self.origin,
            lambda: self.lambda,
            n_s,
            n_r,
            n_eff: self.lambda.map(|lambda| lambda * n_s as f64),
            kish: self.lambda.map(|lambda| kish(weights(lambda))),
            rows,
            applied: if self.lambda.is_some() { applied } else { "all rows are written" },
            estimate: self.estimate.clone(),
        }
    }
}

/// Counts the real dialogues of a file or a folder: rows of any format that is known, or turns of users, one a line, where its name ends in `.txt`.
pub fn read_real(path: &Path) -> Result<Attributes> {
    let mut counts = Attributes::default();
    if path.extension().is_some_and(|kind| kind == "txt") {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Fault::new(path, format!("cannot be read: {error}"), "name a file of real dialogues, or of turns of users, one a line")
        })?;
        text.lines().filter(|line| !line.trim().is_empty()).for_each(|line| counts.push_turn(line));
        return Ok(counts);
    }
    // What people said counts, whether the calls around it fit together or not.
    let options = Options { judged: true, ..Options::default() };
    let count = |row: Conversation, ()| {
        match &row.own {
            Some(dialogue) => counts.push(&Conversation::of(dialogue)),
            None if row.messages.is_empty() => {}
            None => counts.push(&row),
        }
        Ok(())
    };
    stream::read(&observe::files(path)?, options, |_| (), count)?;
    Ok(counts)
}

/// The section of a data set card.
pub fn section(entry: &Entry) -> String {
    let mut text = String::from("\n## Trust\n\n");
    let Some(lambda) = entry.lambda else {
        text.push_str(
            "Not declared: how many real rows these are worth is unknown. Declare it with `--trust`, or have it estimated from real dialogues with `--trust-from`.\n",
        );
        return text;
    };
    let who = if entry.origin == Origin::Declared { "declared" } else { "estimated from real dialogues" };
    let _ = writeln!(
        text,
        "λ = {}, {who}: {} synthetic rows are worth {} real ones{}; Kish's effective size is {}. {}: {} rows in targets that read no weights.",
        number(lambda),
        entry.n_s,
        number(entry.n_eff.unwrap_or(0.0)),
        if entry.n_r > 0 { format!(", beside {} real ones", entry.n_r) } else { String::new() },
        number(entry.kish.unwrap_or(0.0)),
        entry.applied,
        entry.rows
    );
    if let Some(estimate) = &entry.estimate {
        let _ = write!(text, "\n{}", table(estimate));
    }
    text
}

/// The estimate of each attribute with its interval and what disagrees most.
pub fn table(estimate: &Estimate) -> String {
    let mut text = String::from("| attribute | λ | 95% interval | overlap | differs most: real, synthetic |\n|---|---:|---|---:|---|\n");
    let mut row = |name: &str, peak: &super::Peak, overlap: String, words: String| {
        let cap = if peak.capped { " (capped)" } else { "" };
        let _ = writeln!(text, "| {name} | {:.4}{cap} | {:.4} to {:.4} | {overlap} | {words} |", peak.lambda, peak.low, peak.high);
    };
    row("all together", &estimate.peak, String::new(), format!("log Bayes factor of 1 against 0: {:.1}", estimate.log_bayes_factor));
    for one in &estimate.attributes {
        let percent = |share: f64| format!("{:.1}%", 100.0 * share);
        let named =
            one.disagree.iter().take(3).map(|cell| format!("`{}` {}, {}", cell.category, percent(cell.real), percent(cell.synthetic)));
        row(one.attribute.name(), &one.peak, format!("{:.2}", one.overlap), named.collect::<Vec<_>>().join("; "));
    }
    text
}
