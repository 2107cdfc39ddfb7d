//! How far has a set moved from another? Formats, and each of the three axes for itself.
//!
//! A model that learns from what it wrote converges on a format before it gets better (arXiv 2504.07912), and loses diversity as it does. So
//! two sets, or a set and what a model wrote after training on it, are put side by side: [`drift`] for shares of formats, [`figures`] for the
//! panels of quality, diversity and complexity with the intervals of their differences, [`forecast`] for where the shares will go.

pub mod drift;
pub mod figures;
pub mod forecast;
mod rollouts;

use crate::error::{Fault, Result};
use crate::formats::conversation::{Conversation, Message};
use crate::formats::mix::{Association, Independence, Seen, recognise};
use crate::formats::read::observe::Judge;
use crate::formats::read::stream::{self, Bad, Options};
use crate::score::{Observed, Sketch};
use drift::{Drift, Formats, drifts};
use figures::{Difference, differences};
use forecast::Forecast;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Everything that is counted of one set. Sides of shards merge.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Side {
    pub rows: u64,
    pub formats: Formats,
    pub independence: Independence,
    /// None of rollouts, which are no conversations.
    pub sketch: Option<Sketch>,
}

/// Two sets side by side.
#[derive(Debug, Clone, Serialize)]
pub struct Comparison {
    pub a: Set,
    pub b: Set,
    /// What keeps figures from being alike.
    pub notes: Vec<String>,
    pub formats: Vec<Drift>,
    /// Differences of the figures of each axis; none where one side is rollouts.
    pub quality: Vec<Difference>,
    pub diversity: Vec<Difference>,
    pub complexity: Vec<Difference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forecast: Option<Forecast>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Set {
    pub files: Vec<PathBuf>,
    /// `conversations` or `rollouts`.
    pub kind: &'static str,
    pub rows: u64,
    /// Rows that are records with goals and sources of their own, on which every check is made.
    pub own: u64,
    /// Of the syntax of calls with what the rows are.
    pub association: BTreeMap<String, Association>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bad: Vec<Bad>,
}

impl Side {
    pub fn merge(&mut self, other: &Side) {
        self.rows += other.rows;
        self.formats.merge(&other.formats);
        self.independence.merge(&other.independence);
        match (&mut self.sketch, &other.sketch) {
            (Some(into), Some(from)) => into.merge(from),
            (None, Some(from)) if self.rows == other.rows => self.sketch = Some(from.clone()),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let seen = recognise(text);
        self.rows += 1;
        self.formats.push([("source", "rollouts"), ("syntax", written(&seen)), ("fence", seen.fence.unwrap_or("none"))]);
    }

    fn row(&mut self, row: &Conversation, observed: &Observed) {
        let levels = levels(row);
        self.rows += 1;
        let syntax = levels.iter().find(|(axis, _)| *axis == "syntax").map_or("none", |(_, level)| level.as_str());
        self.formats.push(levels.iter().map(|(axis, level)| (*axis, level.as_str())));
        let tool = observed.calls.first().map_or("none", |call| call.tool.as_str());
        let known =
            ["plan", "domain", "complexity"].into_iter().filter_map(|factor| Some((factor, observed.factors.get(factor)?.as_str())));
        self.independence.push(syntax, known.chain([("tool", tool)]));
        self.sketch.get_or_insert_default().push(observed);
    }
}

/// The syntax of a text's calls; one whose call cannot be read counts as such.
fn written(seen: &Seen) -> &'static str {
    match seen.syntax {
        Some(_) if !seen.whole => "broken call",
        Some(syntax) => syntax,
        None => NO_CALL,
    }
}

const NO_CALL: &str = "no call";

/// Reads files of conversations, or of rollouts where the first row says so.
pub fn read(files: &[PathBuf], options: Options, tick: impl Fn() + Sync) -> Result<(Side, Set)> {
    let mut side = Side::default();
    let mut bad = Vec::new();
    let text = !files.is_empty() && files.iter().all(|file| file.as_os_str() != "-" && rollouts::is_file(file));
    if text {
        for file in files {
            rollouts::read(file, |text| {
                side.text(text);
                tick();
            })?;
        }
    } else {
        let judge = Judge::default();
        // Sides wait here for whoever has a row; it does not matter which one gets it.
        let idle = Mutex::new(Vec::<Side>::new());
        let make = |row: &Conversation| {
            let observed = judge.judge(row).observed();
            let mut side = idle.lock().ok().and_then(|mut idle| idle.pop()).unwrap_or_default();
            side.row(row, &observed);
            if let Ok(mut idle) = idle.lock() {
                idle.push(side);
            }
        };
        let tally = stream::read(files, Options { judged: true, ..options }, make, |_, ()| {
            tick();
            Ok(())
        })?;
        idle.into_inner().unwrap_or_default().iter().for_each(|part| side.merge(part));
        bad = tally.bad;
    }
    if side.rows == 0 {
        let file = files.first().map_or(Path::new("-"), PathBuf::as_path);
        return Err(Fault::new(file, "there are no rows in it", "name a file that has some").into());
    }
    let kind = if text { "rollouts" } else { "conversations" };
    let own = side.sketch.as_ref().map_or(0, |sketch| sketch.quality.own);
    let set = Set { files: files.to_vec(), kind, rows: side.rows, own, association: side.independence.association(), bad };
    Ok((side, set))
}

/// What pass rates make of the syntaxes of a set. Rows that call nothing are in no syntax, and count where they have a rate.
pub fn forecast_of(side: &Side, rates: &BTreeMap<String, f64>, beta: Option<f64>, rounds: u32) -> Result<Forecast> {
    let mut counts = side.formats.axis("syntax");
    counts.retain(|syntax, _| syntax != NO_CALL || rates.contains_key(syntax));
    forecast::forecast("syntax", &counts, rates, beta, rounds)
}

/// Puts two sets side by side.
pub fn compare(a: (Side, Set), b: (Side, Set), forecast: Option<Forecast>) -> Comparison {
    let panels = |side: &Side| side.sketch.as_ref().map(|sketch| serde_json::to_value(sketch.report(None, &[])).unwrap_or_default());
    let (ours, theirs) = (panels(&a.0), panels(&b.0));
    let axis = |name: &str| match (&ours, &theirs) {
        (Some(ours), Some(theirs)) => differences(&ours[name], &theirs[name]),
        _ => Vec::new(),
    };
    Comparison {
        notes: notes(&a.1, &b.1),
        formats: drifts(&a.0.formats, &b.0.formats),
        quality: axis("quality"),
        diversity: axis("diversity"),
        complexity: axis("complexity"),
        forecast,
        a: a.1,
        b: b.1,
    }
}

/// What a reader of the figures has to know.
fn notes(a: &Set, b: &Set) -> Vec<String> {
    let mut notes = Vec::new();
    if a.kind != b.kind {
        notes.push("rollouts are judged by their format alone".to_string());
        return notes;
    }
    if (a.own == a.rows) != (b.own == b.rows) {
        notes.push("one set has goals and sources, on which more checks are made: figures of quality are not alike".to_string());
    }
    if a.rows.max(b.rows) as f64 > 1.2 * a.rows.min(b.rows) as f64 {
        notes.push(
            "the sets differ in size: counts of kinds (q1, q2, unseen) are not alike; `walktalk balance --size` makes them equal"
                .to_string(),
        );
    }
    notes
}

/// The level of each axis of format of one row.
fn levels(row: &Conversation) -> Vec<(&'static str, String)> {
    let own = row.own.as_ref().map(|dialogue| Conversation::of(dialogue));
    let talk = own.as_ref().unwrap_or(row);
    let spoken =
        || talk.messages.iter().filter_map(|message| if let Message::Assistant { text, .. } = message { Some(text) } else { None });
    let seen: Vec<Seen> = spoken().map(|text| recognise(text)).collect();
    let calling = seen.iter().find(|seen| seen.syntax.is_some());
    let syntax = match (row.written, calling) {
        (Some(written), _) => written.syntax.name(),
        (None, Some(seen)) => self::written(seen),
        (None, None) if talk.calls().next().is_some() => "in columns",
        (None, None) if row.flaw.is_some() => "broken call",
        (None, None) => NO_CALL,
    };
    let fence = match row.written.map(|written| written.syntax.name()) {
        Some("json") => "json",
        _ => seen.iter().find_map(|seen| seen.fence).unwrap_or("none"),
    };
    let tools = match row.written.and_then(|written| written.listing) {
        Some(listing) => listing.name(),
        None if talk.tools.is_empty() => "none",
        None => "in columns",
    };
    let system = match (row.written.and_then(|written| written.system), talk.messages.first()) {
        (Some(style), _) => format!("walktalk {style}"),
        (None, Some(Message::System { .. })) => "own words".into(),
        (None, _) => "none".into(),
    };
    let source = row.format.map_or("unknown", |format| format.name());
    vec![("source", source.into()), ("syntax", syntax.into()), ("fence", fence.into()), ("tools", tools.into()), ("system", system)]
}
