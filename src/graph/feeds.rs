//! `Feeds`: which result fields can fill a parameter, and how well each does.
//!
//! Containment and semantic type are the gate. The order comes from a weighted sum of independent signals, each in [0, 1]; the
//! weights say how much a signal alone proves, and were set by that reasoning (`benches/graph_gold.rs` reports what was tried).

use super::encoder::cosine;
use super::evidence::Evidence;
use super::gate::sem_fit;
use super::index::{Bag, Encode, Index, Kind, Place, Term, dice, dot_bags, shared_weight};
use super::{Relevance, ToolIx};
use crate::catalog::{Catalog, ToolClass};
use crate::value::SemType;

/// How much each signal counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// Similarity of names and descriptions: encoder and weighted words, half each.
    pub text: f32,
    /// Words that the two names share.
    pub name: f32,
    /// Both stand for the same thing.
    pub entity: f32,
    /// The description names the producer.
    pub evidence: f32,
    /// The producer's name says what the parameter's name says.
    pub purpose: f32,
    /// The producer's verb gives things.
    pub verb: f32,
    /// The two tools belong to one topic.
    pub affinity: f32,
    /// Semantic types fit.
    pub sem: f32,
    /// The field only repeats what the producer was told.
    pub echo: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Weights { text: 0.2, name: 0.25, entity: 0.2, evidence: 0.4, purpose: 0.1, verb: 0.1, affinity: 0.15, sem: 0.1, echo: 0.3 }
    }
}

/// Why a field is believed to fill a parameter; every signal in [0, 1].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Signals {
    pub text: f32,
    pub name: f32,
    pub entity: f32,
    pub evidence: f32,
    pub purpose: f32,
    pub verb: f32,
    pub affinity: f32,
    pub sem: f32,
    pub echo: f32,
}

impl Signals {
    pub fn score(&self, w: &Weights) -> f32 {
        let sum = w.text * self.text
            + w.name * self.name
            + w.entity * self.entity
            + w.evidence * self.evidence
            + w.purpose * self.purpose
            + w.verb * self.verb
            + w.affinity * self.affinity
            + w.sem * self.sem
            - w.echo * self.echo;
        sum.max(0.0)
    }
}

/// Everything that scoring looks at.
pub(super) struct Scorer {
    pub(super) index: Index,
    pub(super) evidence: Evidence,
    pub(super) weights: Weights,
}

impl Scorer {
    pub(super) fn new(catalog: &Catalog, encode: Encode, relevance: Relevance) -> Scorer {
        let index = Index::new(catalog, encode, relevance);
        let evidence = Evidence::new(catalog, &index);
        Scorer { index, evidence, weights: Weights::default() }
    }

    /// The gate: containment of schemas is proven, the semantic types are compatible, and what is told of the two does not say that
    /// they identify different things.
    pub(super) fn fits(&self, parameter: usize, field: usize) -> bool {
        let p = &self.index.parameter_kinds[self.index.parameters[parameter].kind];
        let f = &self.index.field_kinds[self.index.fields[field].kind];
        sem_fit(p.sem, f.sem) > 0.0 && self.index.gate.contains(p.schema, f.schema) && !self.of_another_thing(parameter, field)
    }

    /// Both are called `booking_id`, but the effects of the tools keep one of flights and one of tables. Inferred effects tell apart
    /// what is of different services only; a description that names the producer is stronger than either.
    fn of_another_thing(&self, parameter: usize, field: usize) -> bool {
        let (place, source) = (self.index.parameters[parameter], self.index.fields[field]);
        self.things_differ(&self.index.parameter_kinds[place.kind], place.tool, &self.index.field_kinds[source.kind], source.tool)
            && self.evidence.strength(parameter, source.tool) == 0.0
    }

    pub(super) fn things_differ(&self, a: &Kind, of_a: ToolIx, b: &Kind, of_b: ToolIx) -> bool {
        let (x, y) = (&self.index.tools[of_a], &self.index.tools[of_b]);
        let told = !a.kept.is_empty() && !b.kept.is_empty() && !a.kept.ends_with(&b.kept) && !b.kept.ends_with(&a.kept);
        told && (x.domain != y.domain || x.declares_effects && y.declares_effects)
    }

    /// What a ranking makes of the gate: a value that is only spelled otherwise (a number for a text) is nearly right, anything else
    /// is most likely wrong.
    pub(super) fn gate_factor(&self, parameter: usize, field: usize) -> f32 {
        let p = &self.index.parameter_kinds[self.index.parameters[parameter].kind];
        let f = &self.index.field_kinds[self.index.fields[field].kind];
        if self.fits(parameter, field) {
            1.0
        } else if sem_fit(p.sem, f.sem) > 0.0 && self.index.gate.differ_in_type(p.schema, f.schema) {
            0.9
        } else {
            0.4
        }
    }

    /// What the two leaves say about each other, whoever has them.
    pub(super) fn leaf_signals(&self, parameter_kind: usize, field_kind: usize) -> Signals {
        let (p, f) = (&self.index.parameter_kinds[parameter_kind], &self.index.field_kinds[field_kind]);
        Signals {
            text: 0.5 * cosine(&p.vector, &f.vector).max(0.0) + 0.5 * dot_bags(&p.text, &f.text),
            name: p.choices.iter().map(|choice| dice(choice, &f.name)).fold(dice(&p.name, &f.name), f32::max).max(if goes_to(p, f) {
                SOMEWHERE
            } else {
                0.0
            }),
            entity: entity_agreement(p, f),
            sem: sem_fit(p.sem, f.sem),
            ..Signals::default()
        }
    }

    /// Adds what the two tools say.
    pub(super) fn signals(&self, parameter: usize, field: usize, leaves: Signals) -> Signals {
        let (place, source) = (self.index.parameters[parameter], self.index.fields[field]);
        let p = &self.index.parameter_kinds[place.kind];
        let f = &self.index.field_kinds[source.kind];
        Signals {
            entity: leaves.entity.max(self.subject_agreement(p, source)),
            evidence: self.evidence.strength(parameter, source.tool),
            purpose: self.purpose(p, source.tool),
            verb: self.gives(source.tool, f),
            affinity: self.affinity(place.tool, source.tool),
            echo: self.echoes(source.tool, f),
            ..leaves
        }
    }

    /// How near two tools are by name, description and origin.
    pub(super) fn affinity(&self, a: ToolIx, b: ToolIx) -> f32 {
        let (x, y) = (&self.index.tools[a], &self.index.tools[b]);
        self.affinity_of(a, b, dot_bags(&x.text, &y.text), shared_weight(&x.name, &y.name))
    }

    /// The same where the products of the words of the texts and the shared weight of the names are known.
    pub(super) fn affinity_of(&self, a: ToolIx, b: ToolIx, text: f32, shared_name: f32) -> f32 {
        let (a, b) = (&self.index.tools[a], &self.index.tools[b]);
        let names = a.name_weight + b.name_weight;
        let name = if names > 0.0 { 2.0 * shared_name / names } else { 0.0 };
        let same_domain = if a.domain == b.domain { 1.0 } else { 0.0 };
        0.4 * cosine(&a.vector, &b.vector).max(0.0) + 0.2 * text + 0.2 * name + 0.2 * same_domain
    }

    /// The producer is about the thing that an identifier or name stands for.
    fn subject_agreement(&self, p: &Kind, source: Place) -> f32 {
        if self.is_about(source.tool, p) { 0.3 } else { 0.0 }
    }

    /// The tool is about the thing that a leaf stands for.
    pub(super) fn is_about(&self, tool: ToolIx, kind: &Kind) -> bool {
        kind.entity.last().is_some_and(|head| self.index.tools[tool].subject.contains(head))
    }

    /// The producer's name says what the parameter's name says, or the thing that it stands for.
    fn purpose(&self, p: &Kind, tool: ToolIx) -> f32 {
        let name = &self.index.tools[tool].name;
        let thing = p.entity.last().is_some_and(|head| name.binary_search_by_key(head, |(known, _)| *known).is_ok());
        covered(&p.name, name).max(if thing { 0.7 } else { 0.0 })
    }

    /// Search, list and get give things; create gives what it made; delete gives nothing that lives on. Content is as good from
    /// whoever made it.
    fn gives(&self, tool: ToolIx, f: &Kind) -> f32 {
        let tool = &self.index.tools[tool];
        if is_content(f.sem) && tool.class != ToolClass::Undo {
            return 0.8;
        }
        if f.entity.last().is_some_and(|head| tool.deletes.contains(head)) {
            return 0.0;
        }
        match tool.class {
            ToolClass::Find => 1.0,
            ToolClass::Lookup => 0.8,
            ToolClass::Do => 0.7,
            ToolClass::Compute => 0.7,
            ToolClass::Control | ToolClass::Message => 0.4,
            ToolClass::Undo => 0.1,
        }
    }

    /// The consumer gives an identifier that the producer needs: the producer comes after it, not before.
    pub(super) fn backward(&self, producer: ToolIx, consumer: ToolIx) -> bool {
        let (index, a, b) = (&self.index, &self.index.tools[producer], &self.index.tools[consumer]);
        let needs =
            index.parameters[a.parameters.clone()].iter().filter(|place| place.required).map(|place| &index.parameter_kinds[place.kind]);
        let mut needs = needs.filter(|p| p.sem == SemType::Id);
        needs.any(|p| {
            let gives = index.fields[b.fields.clone()].iter().map(|place| &index.field_kinds[place.kind]);
            let mut same =
                gives.filter(|f| f.sem == SemType::Id && (dice(&p.name, &f.name) > 0.99 || !p.entity.is_empty() && p.entity == f.entity));
            same.any(|f| self.echoes(consumer, f) == 0.0)
        })
    }

    /// The producer must (or can, for half) be told what the field gives: it repeats and does not discover. Content (texts, files, pictures) is
    /// exempt, since a tool that takes and gives content has changed it.
    fn echoes(&self, tool: ToolIx, f: &Kind) -> f32 {
        if is_content(f.sem) || f.sem == SemType::Title {
            return 0.0;
        }
        let range = self.index.tools[tool].parameters.clone();
        // A search that is told one of them gives others.
        let gives_one = self.index.tools[tool].class != ToolClass::Find;
        let told = |place: &Place| {
            let p = &self.index.parameter_kinds[place.kind];
            let same_sem =
                p.sem == f.sem && (dice(&p.name, &f.name) > 0.99 || (f.sem == SemType::Id && !f.entity.is_empty() && p.entity == f.entity));
            let same = same_sem || gives_one && p.choices.iter().any(|choice| dice(choice, &f.name) > 0.99);
            match (same, place.required) {
                (true, true) => 1.0,
                (true, false) => 0.5,
                (false, _) => 0.0,
            }
        };
        self.index.parameters[range].iter().map(told).fold(0.0, f32::max)
    }
}

/// What the names of a place to go to and of where something is have in common, though they share no word.
const SOMEWHERE: f32 = 0.6;

/// The parameter is any place to go to (`destination`), and the field is where something is.
pub(super) fn goes_to(p: &Kind, f: &Kind) -> bool {
    let same = |concept: &Term| f.name.binary_search_by_key(concept, |(term, _)| *term).is_ok();
    is_place(p) && is_place(f) && p.concept.as_ref().is_some_and(same)
}

fn is_place(kind: &Kind) -> bool {
    matches!(kind.sem, SemType::Place | SemType::Address)
}

/// Texts, pictures, files: values that are made and changed, not looked up.
fn is_content(sem: SemType) -> bool {
    matches!(sem, SemType::Text | SemType::Query | SemType::Path | SemType::Url)
}

/// 1 for the same thing, less for the same head (`origin airport`, `airport`) or when one description speaks of the other's thing,
/// 0 when they differ or the field's is unknown.
fn entity_agreement(p: &Kind, f: &Kind) -> f32 {
    let Some(other) = f.entity.last() else { return 0.0 };
    let Some(head) = p.entity.last() else {
        let named = matches!(f.sem, SemType::Title | SemType::Place | SemType::Person | SemType::Org | SemType::City);
        return if named { 0.5 * mentioned(&f.entity, p) } else { 0.0 };
    };
    if p.entity == f.entity {
        1.0
    } else if head == other || p.anywhere && is_place(f) {
        0.7
    } else if p.entity.contains(other) || f.entity.contains(head) {
        0.4
    } else {
        0.5 * mentioned(&p.entity, f).max(mentioned(&f.entity, p))
    }
}

/// The share of a leaf's name, by weight, that is in the name of a tool.
fn covered(name: &Bag, tool: &Bag) -> f32 {
    let has = |term: &Term| tool.binary_search_by_key(term, |(known, _)| *known).is_ok();
    let total: f32 = name.iter().map(|(_, weight)| weight).sum();
    let shared: f32 = name.iter().filter(|(term, _)| has(term)).map(|(_, weight)| weight).sum();
    if total > 0.0 { shared / total } else { 0.0 }
}

/// How much of a leaf's name and description is about the head of an entity: 1 for a short text that names it, little for one
/// word among many.
fn mentioned(entity: &[Term], leaf: &Kind) -> f32 {
    let weight = |head: &Term| leaf.text.binary_search_by_key(head, |(term, _)| *term).map_or(0.0, |at| leaf.text[at].1);
    entity.last().map_or(0.0, |head| (2.0 * weight(head)).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{hashed, text, travel};
    use super::*;

    fn scorer() -> Scorer {
        Scorer::new(&travel(), &hashed, Relevance::Typed)
    }

    fn place(places: &[Place], tool: usize, leaf: usize) -> usize {
        places.iter().position(|place| place.tool == tool && place.leaf == leaf).unwrap()
    }

    fn signals(scorer: &Scorer, parameter: (usize, usize), field: (usize, usize)) -> Signals {
        let p = place(&scorer.index.parameters, parameter.0, parameter.1);
        let f = place(&scorer.index.fields, field.0, field.1);
        scorer.signals(p, f, scorer.leaf_signals(scorer.index.parameters[p].kind, scorer.index.fields[f].kind))
    }

    #[test]
    fn the_id_of_the_same_thing_agrees() {
        let scorer = scorer();
        assert_eq!(signals(&scorer, (1, 0), (0, 0)).entity, 1.0, "hotel_id of search_hotels");
        assert!(signals(&scorer, (1, 0), (3, 0)).entity < 0.5, "flight_id is another thing");
    }

    #[test]
    fn a_named_producer_is_evidence() {
        assert_eq!(signals(&scorer(), (1, 0), (0, 0)).evidence, 1.0);
        assert_eq!(signals(&scorer(), (1, 0), (3, 0)).evidence, 0.0);
    }

    #[test]
    fn deletion_gives_nothing_that_lives_on() {
        let scorer = scorer();
        assert_eq!(signals(&scorer, (2, 0), (2, 0)).verb, 0.0);
        assert!(signals(&scorer, (2, 0), (1, 0)).verb > 0.5);
    }

    #[test]
    fn repeating_an_id_is_an_echo() {
        let scorer = scorer();
        assert_eq!(signals(&scorer, (1, 0), (1, 1)).echo, 1.0);
        assert_eq!(signals(&scorer, (1, 0), (0, 0)).echo, 0.0);
    }

    #[test]
    fn a_booking_of_flights_is_none_of_tables_unless_the_author_says_so() {
        use crate::catalog::{Leaf, Origin};
        let fits = |consumer_deletes: &str, origin: Origin, description: &str| {
            let mut catalog = travel();
            catalog.tools[1].effects.creates = vec!["hotel_booking".into()];
            catalog.tools[2].effects.deletes = vec![consumer_deletes.into()];
            catalog.tools[2].parameters[0] = Leaf { description: description.into(), ..catalog.tools[2].parameters[0].clone() };
            catalog.tools.iter_mut().for_each(|tool| tool.effects.origin = origin);
            let scorer = Scorer::new(&catalog, &hashed, Relevance::Typed);
            scorer.fits(place(&scorer.index.parameters, 2, 0), place(&scorer.index.fields, 1, 0))
        };
        assert!(fits("hotel_booking", Origin::Declared, ""));
        assert!(fits("booking", Origin::Declared, ""), "a booking may be one of hotels");
        assert!(!fits("table_booking", Origin::Declared, ""));
        assert!(!fits("table_reservation", Origin::Declared, ""), "another word for the same");
        assert!(fits("table_booking", Origin::Declared, "The id from book_hotel."));
        assert!(fits("table_booking", Origin::Inferred, ""), "what is inferred tells apart only what is of different services");
    }

    #[test]
    fn a_place_that_is_none_of_something_can_be_any() {
        let mut catalog = travel();
        catalog.tools[0].returns.fields.push(text("/hotels/*/street_address", SemType::Address, "Where it is."));
        catalog.tools[4].parameters.push(text("/destination", SemType::Place, "Where to go."));
        let scorer = Scorer::new(&catalog, &hashed, Relevance::Typed);
        let p = place(&scorer.index.parameters, 4, 1);
        let f = place(&scorer.index.fields, 0, 2);
        let found = scorer.leaf_signals(scorer.index.parameters[p].kind, scorer.index.fields[f].kind);
        assert_eq!((found.entity, found.name), (1.0, SOMEWHERE));
    }

    #[test]
    fn a_date_never_fits_an_id() {
        let scorer = scorer();
        let date = place(&scorer.index.parameters, 1, 1);
        let hotel = place(&scorer.index.fields, 0, 0);
        assert!(!scorer.fits(date, hotel));
        assert!(scorer.fits(place(&scorer.index.parameters, 1, 0), hotel));
    }
}
