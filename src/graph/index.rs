//! Features of tools and leaves, taken once: words with their weights, vectors, entities, distinct schemas.
//!
//! Leaves that look the same (name, description, type, entity, surroundings) share one [`Kind`], so that nothing is encoded or
//! compared twice.

use super::encoder::named_text;
use super::gate::{Gate, GateBuilder, SchemaIx};
use super::meaning::{ANYWHERE, entity, kept_as, sem_of, subject};
use super::words::{concept, content_words, is_bare, is_kind_word, words};
use super::{Relevance, ToolIx};
use crate::catalog::{Catalog, Leaf, Origin, Tool, ToolClass};
use crate::value::SemType;
use indexmap::IndexMap;
use rayon::prelude::*;

/// Turns a text into a unit vector.
pub(super) type Encode<'a> = &'a (dyn Fn(&str) -> [f32; 128] + Sync);

pub(super) type Term = u32;
/// Terms in ascending order with their weights.
pub(super) type Bag = Vec<(Term, f32)>;

/// The weight of words that a bare name (`id`) borrows from what it belongs to.
const BORROWED: f32 = 0.9;
/// The weight of `id` in `hotel_id`: it says the kind of value, not the thing.
const KIND_WORD: f32 = 0.5;
/// The weight of the concept that a word stands for, beside the word itself.
const CONCEPT: f32 = 0.5;

/// Names of a place that do not say what it is for, as `destination` and `pickup_location` do.
const WHERE: &[&str] = &["location", "place", "area", "site", "where"];

/// A distinct leaf.
pub(super) struct Kind {
    /// Words of the name, and of what it belongs to where the name is bare.
    pub(super) name: Bag,
    /// For a name that offers a choice (`name_or_id`), the words of each; else empty.
    pub(super) choices: Vec<Bag>,
    /// The one concept that a name of one word stands for.
    pub(super) concept: Option<Term>,
    /// Words of name and description as a unit vector.
    pub(super) text: Bag,
    pub(super) vector: [f32; 128],
    pub(super) sem: SemType,
    /// The schema says by a pattern what its values look like.
    pub(super) patterned: bool,
    /// The thing that an identifier or a name stands for, in words; the last is the head.
    pub(super) entity: Vec<Term>,
    /// Any place will do: it stands for nothing but a place.
    pub(super) anywhere: bool,
    /// Nothing says what the place is for: it is where to look, and a person's to say.
    pub(super) where_to_look: bool,
    /// The thing that an identifier stands for by its tool's effects, where that says more than its name.
    pub(super) kept: Vec<Term>,
    pub(super) schema: SchemaIx,
}

/// A parameter or result field of a tool.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) tool: ToolIx,
    /// Index into the tool's parameters or fields.
    pub(super) leaf: usize,
    pub(super) kind: usize,
    pub(super) required: bool,
}

pub(super) struct ToolFeatures {
    /// Words of the name, weighted by rarity among tool names.
    pub(super) name: Bag,
    pub(super) name_weight: f32,
    pub(super) text: Bag,
    pub(super) vector: [f32; 128],
    /// Words for the things that the tool is about.
    pub(super) subject: Vec<Term>,
    pub(super) deletes: Vec<Term>,
    pub(super) class: ToolClass,
    pub(super) domain: usize,
    /// The author says what it does to which things.
    pub(super) declares_effects: bool,
    /// Ranges into [`Index::parameters`] and [`Index::fields`].
    pub(super) parameters: std::ops::Range<usize>,
    pub(super) fields: std::ops::Range<usize>,
}

pub(super) struct Index {
    pub(super) tools: Vec<ToolFeatures>,
    pub(super) parameters: Vec<Place>,
    pub(super) fields: Vec<Place>,
    pub(super) parameter_kinds: Vec<Kind>,
    pub(super) field_kinds: Vec<Kind>,
    pub(super) terms: IndexMap<String, Term>,
    pub(super) gate: Gate,
}

/// A leaf's words before weights are known.
#[derive(PartialEq, Eq, Hash, Clone)]
struct Draft {
    name: Vec<Term>,
    /// Those words of the name that only say the kind of value, where others say more.
    kind_words: Vec<Term>,
    concepts: Vec<Term>,
    choices: Vec<Vec<Term>>,
    borrowed: Vec<Term>,
    text: Vec<Term>,
    said: String,
    sem: SemType,
    entity: Vec<Term>,
    anywhere: bool,
    where_to_look: bool,
    kept: Vec<Term>,
    patterned: bool,
    schema: SchemaIx,
}

impl Index {
    pub(super) fn new(catalog: &Catalog, encode: Encode, relevance: Relevance) -> Index {
        let mut terms = Terms { plain: relevance == Relevance::Toolflow, ..Terms::default() };
        let mut gate = GateBuilder::default();
        let (mut parameters, mut fields) = (Vec::new(), Vec::new());
        let (mut parameter_drafts, mut field_drafts) = (IndexMap::new(), IndexMap::new());
        let mut ranges = Vec::with_capacity(catalog.tools.len());
        for (ix, tool) in catalog.tools.iter().enumerate() {
            let (p, f) = (parameters.len(), fields.len());
            for (leaf_ix, leaf) in tool.parameters.iter().enumerate() {
                let draft = terms.draft(tool, leaf, gate.parameter(leaf));
                parameters.push(Place { tool: ix, leaf: leaf_ix, kind: intern(&mut parameter_drafts, draft), required: leaf.required });
            }
            for (leaf_ix, leaf) in tool.returns.fields.iter().enumerate() {
                let draft = terms.draft(tool, leaf, gate.field(leaf));
                fields.push(Place { tool: ix, leaf: leaf_ix, kind: intern(&mut field_drafts, draft), required: leaf.required });
            }
            ranges.push((p..parameters.len(), f..fields.len()));
        }
        let drafts: Vec<&Draft> = parameter_drafts.keys().chain(field_drafts.keys()).collect();
        let names = Rarity::of(drafts.iter().map(|draft| [&draft.name[..], &draft.concepts].concat()), terms.known.len());
        let texts = Rarity::of(drafts.iter().map(|draft| draft.text.clone()), terms.known.len());
        let weigh = |drafts: &IndexMap<Draft, ()>| -> Vec<Kind> {
            let drafts: Vec<&Draft> = drafts.keys().collect();
            drafts.par_iter().map(|draft| draft.kind(&names, &texts, encode)).collect()
        };
        let (parameter_kinds, field_kinds) = (weigh(&parameter_drafts), weigh(&field_drafts));
        let tools = tool_features(catalog, &mut terms, ranges, encode);
        Index { tools, parameters, fields, parameter_kinds, field_kinds, terms: terms.known, gate: gate.build() }
    }
}

fn intern(drafts: &mut IndexMap<Draft, ()>, draft: Draft) -> usize {
    drafts.insert_full(draft, ()).0
}

fn tool_features(
    catalog: &Catalog,
    terms: &mut Terms,
    ranges: Vec<(std::ops::Range<usize>, std::ops::Range<usize>)>,
    encode: Encode,
) -> Vec<ToolFeatures> {
    let mut domains: IndexMap<&str, ()> = IndexMap::new();
    let mut worded = Vec::with_capacity(catalog.tools.len());
    for tool in &catalog.tools {
        let name = terms.bag(&words(&tool.name));
        let text = terms.bag(&content_words(&format!("{} {}", tool.name, tool.description)));
        let subject = terms.bag(&subject(tool));
        let deletes = terms.bag(&tool.effects.deletes.iter().flat_map(|entity| words(entity)).collect::<Vec<_>>());
        worded.push((name, text, subject, deletes, domains.insert_full(tool.domain.as_str(), ()).0));
    }
    let names = Rarity::of(worded.iter().map(|(name, ..)| name.clone()), terms.known.len());
    let texts = Rarity::of(worded.iter().map(|(_, text, ..)| text.clone()), terms.known.len());
    let vectors: Vec<[f32; 128]> =
        catalog.tools.par_iter().map(|tool| encode(&format!("{}: {}", words(&tool.name).join(" "), tool.description))).collect();
    worded
        .into_iter()
        .zip(vectors)
        .zip(ranges)
        .zip(&catalog.tools)
        .map(|((((name, text, subject, deletes, domain), vector), (parameters, fields)), tool)| ToolFeatures {
            name_weight: name.iter().map(|term| names.weight(*term)).sum(),
            name: names.bag(&name, 1.0),
            text: unit(texts.bag(&text, 1.0)),
            vector,
            subject,
            deletes,
            class: tool.phrase.class,
            domain,
            declares_effects: tool.effects.origin == Origin::Declared,
            parameters,
            fields,
        })
        .collect()
}

#[derive(Default)]
struct Terms {
    known: IndexMap<String, Term>,
    /// Names are encoded as they are, as the rival does, and not with what they belong to.
    plain: bool,
}

impl Terms {
    fn intern(&mut self, word: &str) -> Term {
        if let Some(&term) = self.known.get(word) {
            return term;
        }
        let term = self.known.len() as Term;
        self.known.insert(word.to_owned(), term);
        term
    }

    /// Distinct terms in ascending order.
    fn bag(&mut self, words: &[String]) -> Vec<Term> {
        let mut out = self.list(words);
        out.sort_unstable();
        out.dedup();
        out
    }

    fn list(&mut self, words: &[String]) -> Vec<Term> {
        words.iter().map(|word| self.intern(word)).collect()
    }

    fn draft(&mut self, tool: &Tool, leaf: &Leaf, schema: SchemaIx) -> Draft {
        let name = words(&leaf.name);
        let offered = name.iter().any(|word| word == "or");
        let sem = sem_of(leaf, offered);
        let entity = entity(tool, leaf, &name, sem);
        let bare = is_bare(&name);
        let borrowed = if bare { entity.clone() } else { Vec::new() };
        let shown: Vec<&str> = borrowed.iter().chain(&name).map(String::as_str).collect();
        let said = if leaf.description.is_empty() { shown.join(" ") } else { format!("{}: {}", shown.join(" "), leaf.description) };
        let text = content_words(&said);
        let said = if self.plain { named_text(&leaf.name, &leaf.description) } else { said };
        let choices = if offered { name.split(|word| word == "or").map(|choice| self.bag(choice)).collect() } else { Vec::new() };
        let concepts: Vec<String> =
            borrowed.iter().chain(&name).filter_map(|word| concept(word)).map(|concept| format!("~{concept}")).collect();
        let concepts = self.bag(&concepts);
        let kind_words: Vec<String> = name.iter().filter(|word| (!bare || !borrowed.is_empty()) && is_kind_word(word)).cloned().collect();
        let kind_words = self.bag(&kind_words);
        let said_where = name.iter().all(|word| WHERE.contains(&word.as_str()));
        let name = self.bag(&name);
        let mut borrowed = self.bag(&borrowed);
        borrowed.retain(|term| !name.contains(term));
        Draft {
            borrowed,
            kind_words,
            concepts,
            choices,
            text: self.bag(&text),
            kept: if sem == SemType::Id { self.list(&kept_as(tool, &entity)) } else { Vec::new() },
            anywhere: entity == [ANYWHERE],
            where_to_look: entity == [ANYWHERE] && said_where,
            entity: self.list(&entity),
            name,
            said,
            sem,
            patterned: leaf.schema.get("pattern").is_some(),
            schema,
        }
    }
}

impl Draft {
    fn kind(&self, names: &Rarity, texts: &Rarity, encode: Encode) -> Kind {
        let mut name = names.bag(&self.name, 1.0);
        name.iter_mut().filter(|(term, _)| self.kind_words.contains(term)).for_each(|(_, weight)| *weight *= KIND_WORD);
        name.extend(names.bag(&self.borrowed, BORROWED));
        name.extend(names.bag(&self.concepts, CONCEPT));
        name.sort_unstable_by_key(|(term, _)| *term);
        Kind {
            name,
            choices: self.choices.iter().map(|choice| names.bag(choice, 1.0)).collect(),
            concept: self.concepts.first().copied().filter(|_| self.name.len() == 1),
            text: unit(texts.bag(&self.text, 1.0)),
            vector: encode(&self.said),
            sem: self.sem,
            patterned: self.patterned,
            entity: self.entity.clone(),
            anywhere: self.anywhere,
            where_to_look: self.where_to_look,
            kept: self.kept.clone(),
            schema: self.schema,
        }
    }
}

/// How rare a term is among the texts of a catalog: 1 for a term of one text, near 0 for one of nearly all.
struct Rarity {
    seen: Vec<u32>,
    texts: f32,
}

impl Rarity {
    fn of(bags: impl Iterator<Item = Vec<Term>>, terms: usize) -> Rarity {
        let mut seen = vec![0u32; terms];
        let mut texts = 0;
        for bag in bags {
            texts += 1;
            for term in bag {
                seen[term as usize] += 1;
            }
        }
        Rarity { seen, texts: texts as f32 }
    }

    fn weight(&self, term: Term) -> f32 {
        let seen = self.seen.get(term as usize).copied().unwrap_or(0).max(1) as f32;
        let texts = self.texts.max(1.0);
        (1.0 + texts / seen).ln() / (1.0 + texts).ln()
    }

    fn bag(&self, terms: &[Term], scale: f32) -> Bag {
        terms.iter().map(|&term| (term, scale * self.weight(term))).collect()
    }
}

fn unit(mut bag: Bag) -> Bag {
    let norm = bag.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
    if norm > 0.0 {
        bag.iter_mut().for_each(|(_, w)| *w /= norm);
    }
    bag
}

/// Sum over the terms that both bags have.
fn merge(a: &[(Term, f32)], b: &[(Term, f32)], mut each: impl FnMut(f32, f32)) {
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                each(a[i].1, b[j].1);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
}

/// Cosine of two unit bags.
pub(super) fn dot_bags(a: &[(Term, f32)], b: &[(Term, f32)]) -> f32 {
    let mut sum = 0.0;
    merge(a, b, |x, y| sum += x * y);
    sum
}

/// Shared weight over mean weight: 1 for the same words, 0 for none in common.
pub(super) fn dice(a: &[(Term, f32)], b: &[(Term, f32)]) -> f32 {
    let total: f32 = a.iter().chain(b).map(|(_, w)| w).sum();
    if total > 0.0 { 2.0 * shared_weight(a, b) / total } else { 0.0 }
}

/// Sum of the smaller weight over the terms that both bags have.
pub(super) fn shared_weight(a: &[(Term, f32)], b: &[(Term, f32)]) -> f32 {
    let mut shared = 0.0;
    merge(a, b, |x, y| shared += x.min(y));
    shared
}

#[cfg(test)]
mod tests {
    use super::super::testing::{hashed, travel};
    use super::*;

    #[test]
    fn equal_leaves_share_a_kind() {
        let mut catalog = travel();
        let mut twin = catalog.tools[0].clone();
        twin.name = "search_hotels_again".into();
        catalog.tools.push(twin);
        let before = Index::new(&travel(), &hashed, Relevance::Typed);
        let after = Index::new(&catalog, &hashed, Relevance::Typed);
        assert_eq!(after.fields.len(), before.fields.len() + 2);
        assert_eq!(after.field_kinds.len(), before.field_kinds.len());
    }

    #[test]
    fn a_bare_name_borrows_from_its_parent() {
        let index = Index::new(&travel(), &hashed, Relevance::Typed);
        let name = index.fields.iter().find(|place| place.tool == 0 && place.leaf == 1).unwrap();
        let has = |word: &str| index.field_kinds[name.kind].name.iter().any(|(term, _)| index.terms.get(word) == Some(term));
        assert!(has("name") && has("hotel"));
    }

    #[test]
    fn rare_words_weigh_more() {
        let rarity = Rarity::of([vec![0, 1], vec![0, 2], vec![0]].into_iter(), 3);
        assert!(rarity.weight(1) > rarity.weight(0));
        assert!((rarity.weight(1) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn dice_is_one_only_for_the_same_words() {
        let (a, b): (Bag, Bag) = (vec![(1, 1.0), (2, 0.5)], vec![(2, 0.5)]);
        assert_eq!(dice(&a, &a), 1.0);
        assert_eq!(dice(&a, &b), 0.5);
        assert_eq!(dice(&[], &[]), 0.0);
    }
}
