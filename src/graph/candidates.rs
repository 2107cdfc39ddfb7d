//! Which fields are worth scoring for a parameter, so that sixteen thousand tools need not be compared all with all.
//!
//! In a catalog of moderate size everything is. In a large one: fields that share a word of their name or an entity with the
//! parameter, fields of the tools that the description names, and fields of the nearest tools.

use super::ToolIx;
use super::feeds::{Scorer, Signals};
use super::index::{Place, Term};
use rustc_hash::FxHashMap;

/// Up to this many kinds of fields, all are scored.
const SMALL: usize = 3000;
/// Up to this many fields, all kinds go on from the comparison of leaves to the comparison of tools: a catalog that has the same tools
/// many times over has few kinds and many fields.
const FEW_FIELDS: usize = 20_000;
/// Kinds that go on in larger catalogs.
const KINDS: usize = 48;
/// Fields of one kind that are looked at; beyond it those of the same domain and of near tools go first.
const SAME_KIND: usize = 96;
/// A word that more kinds than this share does not single out candidates.
const COMMON: usize = 1500;

pub(super) struct Candidates {
    by_word: FxHashMap<Term, Vec<usize>>,
    fields_of_kind: Vec<Vec<usize>>,
}

impl Candidates {
    pub(super) fn new(scorer: &Scorer) -> Self {
        let index = &scorer.index;
        let mut by_word: FxHashMap<Term, Vec<usize>> = FxHashMap::default();
        for (ix, kind) in index.field_kinds.iter().enumerate() {
            let mut words: Vec<Term> = kind.name.iter().map(|(term, _)| *term).chain(kind.entity.iter().copied()).collect();
            words.sort_unstable();
            words.dedup();
            for word in words {
                by_word.entry(word).or_default().push(ix);
            }
        }
        let mut fields_of_kind = vec![Vec::new(); index.field_kinds.len()];
        for (at, place) in index.fields.iter().enumerate() {
            fields_of_kind[place.kind].push(at);
        }
        Candidates { by_word, fields_of_kind }
    }

    /// Fields for one parameter, with what the leaves say about each other; `near` are the consumer's nearest tools.
    pub(super) fn of(&self, scorer: &Scorer, parameter: usize, near: &[ToolIx]) -> Vec<(usize, Signals)> {
        let index = &scorer.index;
        let place = index.parameters[parameter];
        let mut kinds: Vec<(usize, Signals, f32)> = self
            .kinds(scorer, parameter, near)
            .into_iter()
            .map(|kind| {
                let signals = scorer.leaf_signals(place.kind, kind);
                (kind, signals, signals.score(&scorer.weights))
            })
            .filter(|(_, signals, _)| signals.sem > 0.0)
            .collect();
        kinds.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        let named: Vec<ToolIx> = scorer.evidence.named(parameter).iter().map(|(tool, _)| *tool).collect();
        let all = index.field_kinds.len() <= SMALL && index.fields.len() <= FEW_FIELDS;
        let mut out = Vec::new();
        for (rank, (kind, signals, _)) in kinds.into_iter().enumerate() {
            if rank >= KINDS && !all && named.is_empty() {
                break;
            }
            for field in self.fields(&index.fields, kind, near, &named, |tool| index.tools[tool].domain == index.tools[place.tool].domain) {
                let tool = index.fields[field].tool;
                if tool != place.tool && (rank < KINDS || all || named.binary_search(&tool).is_ok()) {
                    out.push((field, signals));
                }
            }
        }
        out
    }

    fn kinds(&self, scorer: &Scorer, parameter: usize, near: &[ToolIx]) -> Vec<usize> {
        let index = &scorer.index;
        if index.field_kinds.len() <= SMALL {
            return (0..index.field_kinds.len()).collect();
        }
        let p = &index.parameter_kinds[index.parameters[parameter].kind];
        let words = p.name.iter().map(|(term, _)| term).chain(&p.entity);
        let mut out: Vec<usize> =
            words.filter_map(|word| self.by_word.get(word)).filter(|kinds| kinds.len() <= COMMON).flatten().copied().collect();
        let named = scorer.evidence.named(parameter).iter().map(|(tool, _)| *tool);
        for tool in named.chain(near.iter().copied()) {
            out.extend(index.fields[index.tools[tool].fields.clone()].iter().map(|place| place.kind));
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    fn fields(&self, places: &[Place], kind: usize, near: &[ToolIx], named: &[ToolIx], same_domain: impl Fn(ToolIx) -> bool) -> Vec<usize> {
        let fields = &self.fields_of_kind[kind];
        if fields.len() <= SAME_KIND {
            return fields.clone();
        }
        let preferred = |&&field: &&usize| {
            let tool = places[field].tool;
            named.binary_search(&tool).is_ok() || near.contains(&tool) || same_domain(tool)
        };
        let mut out: Vec<usize> = fields.iter().filter(preferred).take(SAME_KIND).copied().collect();
        let rest: Vec<usize> = fields.iter().filter(|field| !preferred(field)).take(SAME_KIND - out.len()).copied().collect();
        out.extend(rest);
        out
    }
}
