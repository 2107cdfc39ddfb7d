//! The producers of a parameter, best first: one ranking, for the builder and for measurement alike.

use super::encoder::cosine;
use super::feeds::{Scorer, Signals, Weights};
use super::index::Encode;
use super::{Relevance, ToolIx, Witness, random};
use crate::catalog::Catalog;
use rayon::prelude::*;

/// A result field that may fill a parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Producer {
    pub tool: ToolIx,
    /// Pointer into the result, with `*`.
    pub field: String,
    /// Larger is better; comparable inside one ranking only.
    pub score: f32,
    /// The gate: containment of the schemas is proven and the semantic types are compatible.
    pub fits: bool,
    /// Why; all zero for the rivals.
    pub signals: Signals,
}

/// Ranks the producers of parameters over one catalog.
pub struct Ranker<'a> {
    catalog: &'a Catalog,
    relevance: Relevance,
    seed: u64,
    pub(super) scorer: Scorer,
}

impl<'a> Ranker<'a> {
    /// Takes the features of all tools once: O(leaves) encodings of distinct texts.
    pub fn new(catalog: &'a Catalog, relevance: Relevance, seed: u64) -> Self {
        let encoder = super::encoder::Encoder::embedded();
        Self::with_encoder(catalog, relevance, seed, &|text| encoder.encode(text))
    }

    pub(super) fn with_encoder(catalog: &'a Catalog, relevance: Relevance, seed: u64, encode: Encode) -> Self {
        Ranker { catalog, relevance, seed, scorer: Scorer::new(catalog, encode, relevance) }
    }

    /// The same ranking with other weights, to measure what a signal is worth.
    pub fn set_weights(&mut self, weights: Weights) {
        self.scorer.weights = weights;
    }

    /// Every field of every other tool for one parameter, best first, equal ones in the order of the catalog. What does not pass
    /// the gate is ranked too, far lower. Empty when the tool has no such parameter.
    pub fn rank_producers(&self, tool: ToolIx, parameter: &str) -> Vec<Producer> {
        let Some(parameter) = self.parameter(tool, parameter) else { return Vec::new() };
        let mut out: Vec<Producer> = match self.relevance {
            Relevance::Typed => self.typed(parameter),
            Relevance::Toolflow => self.by_cosine(parameter),
            Relevance::Random => return random::rank(&self.scorer.index, self.catalog, self.seed, parameter),
        };
        out.par_sort_by(|a, b| b.score.total_cmp(&a.score));
        out
    }

    /// What speaks for a flow, in words; empty for other witnesses.
    pub fn because(&self, from: ToolIx, to: ToolIx, witness: &Witness) -> Vec<String> {
        let Witness::Flow { field, parameter } = witness else { return Vec::new() };
        let Some(signals) = self.flow_signals(from, field, to, parameter) else { return Vec::new() };
        let producer = &self.catalog.tools[from].name;
        let said = [
            (signals.evidence >= 0.5, format!("the description names {producer}")),
            (signals.entity >= 1.0, "both stand for the same thing".to_owned()),
            (signals.entity >= 0.4 && signals.entity < 1.0, "they stand for related things".to_owned()),
            (signals.name >= 0.99, "the names are the same".to_owned()),
            (signals.name >= 0.4 && signals.name < 0.99, "the names share words".to_owned()),
            (signals.text >= 0.5, "the descriptions are alike".to_owned()),
            (signals.verb >= 0.9, format!("{producer} finds things")),
            (signals.echo > 0.0, format!("{producer} must be told it first")),
        ];
        said.into_iter().filter(|(holds, _)| *holds).map(|(_, words)| words).collect()
    }

    fn flow_signals(&self, from: ToolIx, field: &str, to: ToolIx, parameter: &str) -> Option<Signals> {
        let index = &self.scorer.index;
        let parameter = self.parameter(to, parameter)?;
        let leaf = self.catalog.tools.get(from)?.returns.fields.iter().position(|leaf| leaf.pointer == field)?;
        let field = index.tools[from].fields.start + leaf;
        let leaves = self.scorer.leaf_signals(index.parameters[parameter].kind, index.fields[field].kind);
        Some(self.scorer.signals(parameter, field, leaves))
    }

    fn parameter(&self, tool: ToolIx, pointer: &str) -> Option<usize> {
        let range = self.scorer.index.tools.get(tool)?.parameters.clone();
        let leaf = self.catalog.tools[tool].parameters.iter().position(|leaf| leaf.pointer == pointer)?;
        Some(range.start + leaf)
    }

    fn typed(&self, parameter: usize) -> Vec<Producer> {
        let index = &self.scorer.index;
        let place = index.parameters[parameter];
        let by_kind: Vec<Signals> =
            (0..index.field_kinds.len()).into_par_iter().map(|kind| self.scorer.leaf_signals(place.kind, kind)).collect();
        self.others(parameter, |field| {
            let signals = self.scorer.signals(parameter, field, by_kind[index.fields[field].kind]);
            let score = signals.score(&self.scorer.weights) * self.scorer.gate_factor(parameter, field);
            (score, self.scorer.fits(parameter, field), signals)
        })
    }

    /// ToolFlow's measure: the cosine of `Name: Description` texts, with no gate.
    fn by_cosine(&self, parameter: usize) -> Vec<Producer> {
        let index = &self.scorer.index;
        let p = &index.parameter_kinds[index.parameters[parameter].kind];
        self.others(parameter, |field| (cosine(&p.vector, &index.field_kinds[index.fields[field].kind].vector), true, Signals::default()))
    }

    fn others(&self, parameter: usize, score: impl Fn(usize) -> (f32, bool, Signals) + Sync) -> Vec<Producer> {
        let index = &self.scorer.index;
        let consumer = index.parameters[parameter].tool;
        let fields: Vec<usize> = (0..index.fields.len()).filter(|&field| index.fields[field].tool != consumer).collect();
        fields
            .into_par_iter()
            .map(|field| {
                let place = index.fields[field];
                let (score, fits, signals) = score(field);
                let pointer = self.catalog.tools[place.tool].returns.fields[place.leaf].pointer.clone();
                Producer { tool: place.tool, field: pointer, score, fits, signals }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{hashed, travel};
    use super::*;

    #[test]
    fn the_search_that_gives_the_id_ranks_first() {
        let catalog = travel();
        let ranker = Ranker::with_encoder(&catalog, Relevance::Typed, 0, &hashed);
        let ranked = ranker.rank_producers(1, "/hotel_id");
        assert_eq!((ranked[0].tool, ranked[0].field.as_str()), (0, "/hotels/*/hotel_id"));
        assert!(ranked[0].fits && ranked.iter().all(|producer| producer.tool != 1));
        assert!(ranked.iter().take(2).all(|producer| producer.fits) && ranked.iter().any(|producer| !producer.fits));
    }

    #[test]
    fn the_maker_of_a_booking_comes_before_its_deleter() {
        let mut catalog = travel();
        let mut change = catalog.tools[2].clone();
        change.name = "change_booking".into();
        change.effects = Default::default();
        catalog.tools.push(change);
        let ranker = Ranker::with_encoder(&catalog, Relevance::Typed, 0, &hashed);
        assert_eq!(ranker.rank_producers(5, "/booking_id")[0].tool, 1);
    }

    #[test]
    fn every_ranking_is_complete_and_repeatable() {
        let catalog = travel();
        for relevance in [Relevance::Typed, Relevance::Toolflow, Relevance::Random] {
            let ranker = Ranker::with_encoder(&catalog, relevance, 7, &hashed);
            let ranked = ranker.rank_producers(4, "/flight_id");
            assert_eq!(ranked.len(), 7, "{relevance:?}: every field of the other tools");
            assert_eq!(ranked, ranker.rank_producers(4, "/flight_id"));
            assert!(ranker.rank_producers(4, "/nothing").is_empty() && ranker.rank_producers(99, "/city").is_empty());
        }
    }
}
