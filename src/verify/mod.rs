//! Is it true? An independent reader recovers from the finished messages what each argument is and where it came from.
//!
//! [`Verifier::verify`] runs every check of [`CHECKS`] over a dialogue.
//!
//! The verifier shares nothing with the generator but the grammar of values, the record and the catalog's view of a tool; and the world,
//! which one check asks again.

pub mod checks;
mod cues;
pub mod foreign;
mod known;
mod left_out;
pub mod mutate;
mod scene;
mod sources;
mod told;
mod truth;
mod words;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_replay;
#[cfg(test)]
mod tests_rules;

pub use checks::{CHECKS, Check};

use crate::catalog::{Catalog, Tool, build};
use crate::dialogue::{Dialogue, ToolSpec};
use known::Known;
use rustc_hash::FxHashMap;
use scene::Scene;
use std::borrow::Cow;
use std::sync::{Arc, RwLock};

/// One thing that is not true.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Failure {
    /// Name of the check.
    pub check: &'static str,
    /// The turn in which it shows.
    pub turn: usize,
    pub message: String,
}

/// What the checks found.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    pub failures: Vec<Failure>,
}

impl Report {
    /// Nothing was found.
    pub fn ok(&self) -> bool {
        self.failures.is_empty()
    }
}

/// Collects what one check finds.
pub struct Findings<'r> {
    check: &'static str,
    report: &'r mut Report,
}

impl Findings<'_> {
    pub(crate) fn add(&mut self, turn: usize, message: impl Into<String>) {
        self.report.failures.push(Failure { check: self.check, turn, message: message.into() });
    }
}

/// Verifies dialogues. Compiles each tool once; share one among all threads.
pub struct Verifier<'a> {
    tools: FxHashMap<&'a str, (&'a Tool, std::sync::OnceLock<Arc<Known<'a>>>)>,
    /// Tools that only dialogues know, by a hash of what they say.
    met: RwLock<FxHashMap<u64, Arc<Known<'a>>>>,
}

impl<'a> Verifier<'a> {
    /// Knows the tools of a catalog; a tool that a dialogue shows otherwise is read from the dialogue.
    pub fn new(catalog: &'a Catalog) -> Self {
        let tools = catalog.tools.iter().map(|tool| (tool.name.as_str(), (tool, std::sync::OnceLock::new()))).collect();
        Verifier { tools, met: RwLock::default() }
    }

    /// Knows no tool but those that a dialogue brings itself.
    pub fn without_catalog() -> Verifier<'static> {
        Verifier { tools: FxHashMap::default(), met: RwLock::default() }
    }

    /// Runs all checks. Time is linear in the dialogue's length; tools are compiled when they are first met.
    pub fn verify(&self, dialogue: &Dialogue) -> Report {
        self.verify_watched(dialogue, |_| {})
    }

    /// As [`Verifier::verify`]; `done` is told the name of each part when it is over: `scene`, then the checks in their order. So a
    /// caller can time them.
    ///
    /// A record that wears a disguise is verified without it.
    pub fn verify_watched(&self, dialogue: &Dialogue, done: impl FnMut(&'static str)) -> Report {
        if dialogue.disguise.is_none() {
            return self.verify_plain(dialogue, done);
        }
        match dialogue.undisguised() {
            Ok(plain) => self.verify_plain(&plain, done),
            Err(message) => Report { failures: vec![Failure { check: "disguise", turn: 0, message }] },
        }
    }

    fn verify_plain(&self, dialogue: &Dialogue, mut done: impl FnMut(&'static str)) -> Report {
        let known = self.known(dialogue);
        let scene = Scene::new(dialogue, known.iter().map(Arc::as_ref).collect());
        done("scene");
        let mut report = Report::default();
        for check in CHECKS {
            check.run(&scene, &mut Findings { check: check.name(), report: &mut report });
            done(check.name());
        }
        report
    }

    /// The offered tools as the verifier knows them; one that cannot be used at all is left out.
    fn known(&self, dialogue: &Dialogue) -> Vec<Arc<Known<'a>>> {
        dialogue.tools.iter().filter_map(|spec| self.of_catalog(spec).or_else(|| self.of_dialogue(spec))).collect()
    }

    fn of_catalog(&self, spec: &ToolSpec) -> Option<Arc<Known<'a>>> {
        let (tool, cell) = self.tools.get(spec.name.as_str())?;
        let same = tool.description == spec.description
            && tool.schema == spec.parameters
            && tool.returns.schema == spec.returns
            && (tool.domain == spec.domain || spec.domain.is_empty())
            && spec.effects.as_ref().is_none_or(|told| told.does_as(&tool.effects));
        same.then(|| cell.get_or_init(|| Arc::new(Known::new(Cow::Borrowed(*tool)))).clone())
    }

    fn of_dialogue(&self, spec: &ToolSpec) -> Option<Arc<Known<'a>>> {
        let text = serde_json::to_string(spec).ok()?;
        let key = xxhash_rust::xxh3::xxh3_64(text.as_bytes());
        if let Ok(met) = self.met.read()
            && let Some(known) = met.get(&key)
        {
            return Some(known.clone());
        }
        let tool = build::build(spec.raw()).ok()?;
        let known = Arc::new(Known::new(Cow::Owned(tool)));
        if let Ok(mut met) = self.met.write() {
            met.insert(key, known.clone());
        }
        Some(known)
    }
}
