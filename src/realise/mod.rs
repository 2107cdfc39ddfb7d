//! How is it said? Words for a finished [`Script`].
//!
//! A turn goes through these steps: each value becomes a typed phrase (`phrase`), the phrases go into a carrier (`carrier`),
//! several of them are aggregated (`aggregate`), earlier things are referred to (`refer`), the line is polished (`surface`).
//! Values are marks in the line until the very end (`line`), so that their spans are exact. Then every value is read back, the
//! text is linted (`lint`), and a candidate that repeats an opening is passed over (`select`). When no candidate stands, the
//! plainest words are said.

mod acts;
mod aggregate;
mod agreement;
mod answer;
mod assistant;
mod carrier;
mod context;
mod fact;
mod follow;
mod job;
mod leaning;
mod line;
mod lint;
mod pen;
mod persona;
mod phrase;
mod question;
mod recover;
mod refer;
#[cfg(test)]
mod sample;
mod select;
mod small_talk;
mod state;
mod subtopic;
mod surface;
mod system;
mod tables;
mod tell;
#[cfg(test)]
mod tests;
mod user;
mod voiced;
pub mod words;

pub use leaning::{Never, circumstances, exclusions};
pub use subtopic::{sector, subtopics};
pub use tables::{chit_chat_topics, irrelevant_topics, verb_synonyms};

use crate::catalog::{Catalog, Effects, Origin};
use crate::dialogue::{Dialogue, RECORD_VERSION, Scores, ToolSpec};
use crate::graph::ToolIx;
use crate::script::Script;
use crate::seed::Rng;
use crate::value::SayContext;
use job::Job;
use pen::{Speaker, Style};
use refer::Threads;

/// What is known about tools in words: their parts of life, and why people come with a wish.
pub const TAXONOMY: crate::cover::taxonomy::Words = crate::cover::taxonomy::Words { sector, subtopics };

/// A level of each factor of a situation, by the factor's name; a factor that is not there is drawn.
pub type Scenario = std::collections::BTreeMap<String, String>;

/// What a person would not have written in this text, `values` left out; none when there is nothing.
pub fn fault(text: &str, values: &[std::ops::Range<usize>]) -> Option<&'static str> {
    lint::fault(text, values)
}

/// What stands between a script and its words. Everything is on unless somebody wants to know what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layers {
    /// Sentences of the user from the carriers that were fitted to people's words.
    pub carriers: bool,
    /// Several candidates, of which one is drawn by how people speak.
    pub choice: bool,
    /// Traits of the speaker, by which candidates are drawn.
    pub persona: bool,
    /// Circumstances, by which candidates are drawn and of which is spoken.
    pub context: bool,
    /// Situations by domain, which say why somebody wants something.
    pub subtopics: bool,
    /// How many percent of the wordings may be used: of the entries of each phrase table, and of the sentences by the carriers.
    pub wordings: u32,
}

impl Layers {
    /// Plain words.
    pub const PLAIN: Layers = Layers { carriers: false, choice: false, persona: false, context: false, subtopics: false, wordings: 100 };
}

impl Default for Layers {
    fn default() -> Self {
        Layers { carriers: true, choice: true, persona: true, context: true, subtopics: true, wordings: 100 }
    }
}

/// Puts words to scripts.
pub struct Realiser<'a> {
    layers: Layers,
    catalog: &'a Catalog,
    tables: &'static tables::Tables,
}

impl<'a> Realiser<'a> {
    pub fn new(catalog: &'a Catalog) -> Self {
        Realiser::with_layers(catalog, Layers::default())
    }

    /// The same with some layers switched off.
    pub fn with_layers(catalog: &'a Catalog, layers: Layers) -> Self {
        Realiser { layers, catalog, tables: tables::embedded() }
    }

    pub fn layers(&self) -> Layers {
        self.layers
    }

    /// The same writer with other layers.
    pub fn switched(self, layers: Layers) -> Self {
        Realiser { layers, ..self }
    }

    /// Words for every turn. Provenance spans are byte ranges of the value's words in the final text; a truth value's words are
    /// its whole phrase ("with breakfast") or the yes or no. Never fails: it falls back to plainer words.
    pub fn realise(&self, script: &Script, id: String, index: u64, rng: &mut Rng) -> Dialogue {
        self.realise_in(script, id, index, &Scenario::new(), rng)
    }

    /// The same in a given situation, which the record keeps.
    pub fn realise_in(&self, script: &Script, id: String, index: u64, scenario: &Scenario, rng: &mut Rng) -> Dialogue {
        self.realise_counting(script, id, index, scenario, rng).0
    }

    /// The same, and the number of turns for which no candidate was clean, so that the plainest or the least bad was taken.
    fn realise_counting(&self, script: &Script, id: String, index: u64, scenario: &Scenario, rng: &mut Rng) -> (Dialogue, usize) {
        let say = SayContext { today: script.context.today.parse().unwrap_or(jiff::civil::Date::constant(2026, 1, 1)) };
        let threads = Threads::of(script);
        let style = Style::draw(rng);
        let speaker = Speaker::draw(&self.layers, scenario, rng);
        let (turns, last_resorts) = Job::new(self, script, &threads, &say, style, speaker).write(rng);
        let dialogue = Dialogue {
            version: RECORD_VERSION,
            id,
            index,
            plan: script.plan.clone(),
            sequels: script.sequels.clone(),
            operators: Vec::new(),
            scenario: scenario.clone(),
            disguise: None,
            motif: script.motif,
            domains: self.domains(script),
            tools: script.offered.iter().filter_map(|ix| self.spec(script, *ix)).collect(),
            context: script.context.clone(),
            world: None,
            turns,
            goals: script.goals.clone(),
            relations: script.relations.clone(),
            scores: Scores::default(),
        };
        (dialogue, last_resorts)
    }

    fn spec(&self, script: &Script, ix: ToolIx) -> Option<ToolSpec> {
        self.shown(ix, script.calls().any(|call| call.tool == ix && call.demand.error.is_some()))
    }

    /// A tool as a record shows it; `fails`: a call of it does.
    pub fn shown(&self, ix: ToolIx, fails: bool) -> Option<ToolSpec> {
        let tool = self.catalog.tools.get(ix)?;
        let declared = Some(&tool.effects).filter(|effects| effects.origin == Origin::Declared);
        let effects = declared.map(|effects| Effects {
            errors: if fails { effects.errors.clone() } else { Vec::new() },
            origin: Origin::default(),
            ..effects.clone()
        });
        Some(ToolSpec {
            name: tool.name.clone(),
            description: tool.description.clone(),
            parameters: tool.schema.clone(),
            returns: tool.returns.schema.clone(),
            domain: tool.domain.clone(),
            effects,
            nl: tool.nl.clone(),
        })
    }

    /// Domains of the tools that are called or wanted, in order; of the offered ones when nothing is.
    fn domains(&self, script: &Script) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut called: Vec<ToolIx> = script.calls().map(|call| call.tool).collect();
        if called.is_empty() {
            called.clone_from(&script.offered);
        }
        for ix in called {
            if let Some(tool) = self.catalog.tools.get(ix)
                && !out.contains(&tool.domain)
            {
                out.push(tool.domain.clone());
            }
        }
        out
    }
}
