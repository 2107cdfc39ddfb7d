//! What came about of the situations that a run was made for: counted on the dialogues that were accepted.

use super::Pipeline;
use crate::cover::taxonomy::{LEVELS, Taxonomy};
use crate::cover::{Cover, Infeasible, Row};
use crate::dialogue::Dialogue;
use std::collections::{BTreeMap, BTreeSet};

/// How much of what is feasible occurs, as the manifest has it.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct Coverage {
    /// Combinations of so many levels.
    pub strength: usize,
    pub feasible: usize,
    pub covered: usize,
    /// Dialogues that had a combination that none before them had.
    pub rows_of_floor: u64,
    /// Dialogues after which every feasible combination had occurred; none while some have not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complete_after: Option<u64>,
    /// The smallest combinations that cannot be, and why; every larger one that has one of them cannot be either.
    pub infeasible: Vec<Infeasible>,
    /// Pairs of a plan and a domain.
    pub plan_domain: Counts,
    /// Nodes of the taxonomy, level by level: a node is covered by a call of one of its tools, a subtopic by a dialogue that has it. The share
    /// is the level ratio coverage.
    pub taxonomy: BTreeMap<&'static str, Counts>,
    /// Shares of the levels of each factor, asked for and reached.
    pub marginals: BTreeMap<String, BTreeMap<String, Share>>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    pub feasible: usize,
    pub covered: usize,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
pub struct Share {
    pub asked: f64,
    pub reached: f64,
}

/// Counts the situations of accepted dialogues, in their order.
pub struct Counter {
    cover: Cover,
    feasible: BTreeSet<(String, String)>,
    met: BTreeSet<(String, String)>,
    rows: u64,
    taxonomy: Taxonomy,
    /// Whether each node of the taxonomy is covered.
    visited: Vec<bool>,
    /// Nodes above the subtopics by the name of a tool, and subtopics by theirs.
    of_tool: BTreeMap<String, Vec<usize>>,
    of_topic: BTreeMap<String, Vec<usize>>,
}

impl Counter {
    pub fn new(pipeline: &Pipeline, taxonomy: Taxonomy) -> Counter {
        let (mut of_tool, mut of_topic) = (BTreeMap::<String, Vec<usize>>::new(), BTreeMap::<String, Vec<usize>>::new());
        for (at, node) in taxonomy.nodes.iter().enumerate() {
            if node.path.len() == LEVELS.len() {
                of_topic.entry(node.name().to_string()).or_default().push(at);
            } else {
                node.tools.iter().for_each(|tool| of_tool.entry(pipeline.catalog.tools[*tool].name.clone()).or_default().push(at));
            }
        }
        let feasible = pipeline.pairs().map(|(plan, domain)| (plan.to_string(), domain.to_string())).collect();
        let visited = vec![false; taxonomy.nodes.len()];
        Counter { cover: pipeline.counter(), feasible, met: BTreeSet::new(), rows: 0, taxonomy, visited, of_tool, of_topic }
    }

    pub fn push(&mut self, dialogue: &Dialogue) {
        let scenario = &dialogue.scenario;
        let level = |factor: &crate::cover::Factor| scenario.get(&factor.name).and_then(|level| factor.level(level));
        let row: Option<Row> = self.cover.space().factors.iter().map(level).collect();
        if let Some(row) = row {
            self.cover.take(&row);
            self.rows += 1;
        }
        let tools = dialogue.calls().filter_map(|call| self.of_tool.get(&call.tool)).flatten();
        // A subtopic counts where the dialogue is about it, in its own domain.
        let topic = scenario.get("subtopic").and_then(|topic| self.of_topic.get(topic)).into_iter().flatten();
        let here = |at: &&usize| Some(&self.taxonomy.nodes[**at].path[1]) == scenario.get("domain");
        let visits: Vec<usize> = tools.chain(topic.filter(here)).copied().collect();
        visits.into_iter().for_each(|at| self.visited[at] = true);
        if let (Some(plan), Some(domain)) = (scenario.get("plan"), scenario.get("domain")) {
            let pair = (plan.clone(), domain.clone());
            if self.feasible.contains(&pair) {
                self.met.insert(pair);
            }
        }
    }

    pub fn coverage(&self) -> Coverage {
        let (feasible, covered) = self.cover.covered();
        Coverage {
            strength: self.cover.strength(),
            feasible,
            covered,
            rows_of_floor: self.cover.floor,
            complete_after: self.cover.complete_after,
            infeasible: self.cover.infeasible(),
            plan_domain: Counts { feasible: self.feasible.len(), covered: self.met.len() },
            taxonomy: self.levels(),
            marginals: self.marginals(),
        }
    }

    fn levels(&self) -> BTreeMap<&'static str, Counts> {
        let mut levels: BTreeMap<&'static str, Counts> = BTreeMap::new();
        for (node, visited) in self.taxonomy.nodes.iter().zip(&self.visited) {
            let counts = levels.entry(node.level()).or_default();
            counts.feasible += 1;
            counts.covered += usize::from(*visited);
        }
        levels
    }

    fn marginals(&self) -> BTreeMap<String, BTreeMap<String, Share>> {
        let of = |(at, factor): (usize, &crate::cover::Factor)| {
            let total = factor.levels.iter().map(|level| f64::from(level.weight)).sum::<f64>().max(1.0);
            let share = |(level, times): (&crate::cover::Level, &i64)| {
                let reached = *times as f64 / (self.rows.max(1)) as f64;
                (level.name.clone(), Share { asked: f64::from(level.weight) / total, reached })
            };
            (factor.name.clone(), factor.levels.iter().zip(self.cover.times(at)).map(share).collect())
        };
        self.cover.space().factors.iter().enumerate().map(of).collect()
    }
}
