//! Which tools belong together, and why?
//!
//! A [`ToolGraph`] has a node per tool and a directed, typed, weighted edge with a [`Witness`] for every reason why one tool
//! belongs beside another. `walk` samples [`Walk`]s from it.

mod alias;
mod build;
mod candidates;
pub mod encoder;
mod errand;
mod evidence;
mod export;
mod feeds;
mod gate;
mod index;
mod meaning;
mod near;
mod precedes;
mod random;
mod rank;
mod reckon;
mod shares;
mod summary;
#[cfg(test)]
mod testing;
mod toolflow;
pub mod turns;
mod visits;
pub mod walk;
mod words;

pub use build::GraphOptions;
pub use export::GraphFormat;
pub use feeds::{Signals, Weights};
pub use rank::{Producer, Ranker};
pub use reckon::Reckoning;
pub use summary::{Degrees, Isolated, Neighbour, Summary};
pub use visits::Visits;

use petgraph::graph::DiGraph;
use serde::{Deserialize, Serialize};

/// A tool, by its index in [`crate::catalog::Catalog::tools`].
pub type ToolIx = usize;

/// Why two tools belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// A result field of the first can fill a parameter of the second.
    Feeds,
    /// Both take a parameter that means the same.
    Shares,
    /// Life cycle on one entity: create before get, update, delete.
    Precedes,
    /// Same topic; for distractors, never to compose.
    Near,
}

/// A directed edge.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Relation {
    pub kind: RelationKind,
    /// Fused rank score in (0, 1], larger is better. Comparable inside one graph only.
    pub weight: f32,
    pub witness: Witness,
}

/// What proves a relation.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Witness {
    /// Result field (pointer with `*`) and parameter (pointer).
    Flow {
        field: String,
        parameter: String,
    },
    /// Parameter of the first and of the second.
    Shared {
        first: String,
        second: String,
    },
    LifeCycle {
        entity: String,
    },
    Topic {
        similarity: f32,
    },
    /// The parameter can be reckoned from the field. No edge of a graph: a walk has it.
    Reckoned {
        rule: Reckoning,
        field: String,
        parameter: String,
    },
}

/// Which rule draws the edges: ours, or a rival's for measurement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relevance {
    #[default]
    Typed,
    /// Undirected edge iff a parameter–parameter or return–parameter cosine is above 0.82 (arXiv 2410.18447).
    Toolflow,
    /// No graph: any tool may follow any other.
    Random,
}

/// The shape of a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Motif {
    /// One tool.
    Single,
    /// Each tool needs a result of the one before.
    Chain,
    /// Two tools need a result of the first.
    FanOut,
    /// The last tool needs a result of each of two others.
    FanIn,
    /// One feeds two, and both feed the last.
    Diamond,
    /// The first gives a list; the second runs once for each item.
    Loop,
    /// One tool twice, with different arguments.
    Repeat,
    /// Independent tools that share a topic or a parameter.
    Parallel,
    /// Finders that lead to one tool: each lists things, and the next takes the identifier of one.
    Seek,
    /// Several seeks, one a segment, that have to do with each other; its length counts segments.
    Errand,
    /// Two chains of two steps each, whose steps take turns.
    Interleave,
    /// Two seeks; a parameter of the second one's target is reckoned from what the first one's gives.
    Reckon,
    /// No tool at all.
    None,
}

impl Motif {
    /// As it is written in plan files and messages.
    pub fn name(self) -> &'static str {
        match self {
            Motif::Single => "single",
            Motif::Chain => "chain",
            Motif::FanOut => "fan_out",
            Motif::FanIn => "fan_in",
            Motif::Diamond => "diamond",
            Motif::Loop => "loop",
            Motif::Repeat => "repeat",
            Motif::Parallel => "parallel",
            Motif::Seek => "seek",
            Motif::Errand => "errand",
            Motif::Interleave => "interleave",
            Motif::Reckon => "reckon",
            Motif::None => "none",
        }
    }
}

/// Tools in order, with the relations that led to each.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Walk {
    pub motif: Motif,
    pub steps: Vec<Step>,
    /// How many steps each part has that a person would ask for in one request; they add up to the steps.
    pub segments: Vec<usize>,
}

/// One visit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    pub tool: ToolIx,
    /// Where this step is joined to earlier ones; empty for a start.
    pub links: Vec<Link>,
}

/// A relation between an earlier step of the walk and this one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    /// Index into [`Walk::steps`].
    pub from: usize,
    pub relation: Relation,
}

/// The relevance graph. Node index and tool index are the same number; there may be several edges between two tools, one for
/// each kind and witness that was kept.
#[derive(Debug, Clone)]
pub struct ToolGraph {
    pub graph: DiGraph<ToolIx, Relation>,
    pub relevance: Relevance,
}
