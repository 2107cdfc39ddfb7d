//! What is compiled once for each tool and shared by all dialogues: validators and recipes.

use super::arguments::attribute;
use super::needs::Givers;
use super::recipe::Recipe;
use crate::catalog::{Catalog, Leaf, Tool};
use crate::dialogue::WorldOrigin;
use crate::value::english::words_of_identifier;
use jsonschema::Validator;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;
use std::sync::{Arc, OnceLock, RwLock};

/// The compiled schemas of a catalog, each compiled when it is first needed. Share one by `Arc` among all threads of a run.
///
/// The verifier does not use this: it compiles its own.
#[derive(Debug, Default)]
pub struct Schemas {
    tools: FxHashMap<String, OnceLock<Arc<Compiled>>>,
    /// Schemas of parameters that results are to feed, by their text.
    feeds: RwLock<FxHashMap<String, Option<Arc<Validator>>>>,
    pub(super) givers: Givers,
    /// Pairs of kinds of things that some tool brings together: persons and groups.
    pairs: FxHashSet<(String, String)>,
    /// Tools with the parameters that they take, as attributes.
    takes: FxHashSet<(String, String)>,
    /// The values that results can show of an attribute, by catalog and name, where they list them.
    shown: FxHashMap<(String, String), Vec<Value>>,
}

/// One tool, compiled.
#[derive(Debug)]
pub(super) struct Compiled {
    /// `None` when the schema itself is broken: then nothing can be said against a value.
    pub(super) parameters: Option<Validator>,
    pub(super) returns: Option<Validator>,
    pub(super) recipe: Recipe,
}

impl Schemas {
    pub fn new(catalog: &Catalog) -> Self {
        Schemas::of(&catalog.tools)
    }

    pub fn of(tools: &[Tool]) -> Self {
        let tools_by_name = tools.iter().map(|tool| (tool.name.clone(), OnceLock::new())).collect();
        let (pairs, takes) = (tools.iter().flat_map(pairs).collect(), tools.iter().flat_map(takes).collect());
        Schemas { shown: shown(tools), tools: tools_by_name, givers: Givers::of(tools), pairs, takes, ..Schemas::default() }
    }

    /// What it takes to run the calls of a record again: the tools that are called, and what the record says of the others.
    pub fn of_record<'t>(tools: impl IntoIterator<Item = (&'t Tool, &'t Prepared)>, origin: &WorldOrigin) -> Self {
        let mut schemas = Schemas { pairs: origin.pairs.iter().cloned().collect(), ..Schemas::default() };
        for (tool, prepared) in tools {
            schemas.pairs.extend(pairs(tool));
            schemas.takes.extend(takes(tool));
            schemas.tools.insert(tool.name.clone(), OnceLock::from(prepared.0.clone()));
        }
        schemas
    }

    /// What a record has to say of the tools that are not called: kinds of things that only those put together, where they could matter.
    pub fn pairs_beside(&self, called: &[&Tool]) -> Vec<(String, String)> {
        // What is in what is asked of things that a call made.
        if called.iter().all(|tool| tool.effects.creates.is_empty()) {
            return Vec::new();
        }
        let compiled: Vec<Arc<Compiled>> = called.iter().map(|tool| self.compiled(tool)).collect();
        let stems: FxHashSet<&str> = compiled.iter().flat_map(|one| one.recipe.stems()).collect();
        let own: FxHashSet<(String, String)> = called.iter().flat_map(|tool| pairs(tool)).collect();
        let matters = |pair: &&(String, String)| stems.contains(&*pair.0) && stems.contains(&*pair.1) && !own.contains(*pair);
        let mut beside: Vec<(String, String)> = self.pairs.iter().filter(matters).cloned().collect();
        beside.sort_unstable();
        beside
    }

    /// The values of an attribute that all results of the tool's catalog can show, where these list values.
    pub(super) fn can_show(&self, tool: &Tool, name: &str) -> &[Value] {
        self.shown.get(&(tool.domain.clone(), name.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// Whether some tool puts the one kind of thing into the other.
    pub(super) fn pairs(&self, container: &str, thing: &str) -> bool {
        self.pairs.contains(&(container.to_owned(), thing.to_owned()))
    }

    /// Whether a tool has a parameter for an attribute.
    pub(super) fn takes(&self, tool: &str, attribute: &str) -> bool {
        self.takes.contains(&(tool.to_owned(), attribute.to_owned()))
    }

    /// Whether `arguments` is a valid argument object of `tool`; true when the tool's schema cannot be compiled.
    pub fn accepts(&self, tool: &Tool, arguments: &Value) -> bool {
        self.compiled(tool).parameters.as_ref().is_none_or(|validator| validator.is_valid(arguments))
    }

    /// Whether `result` is valid against the return schema of `tool`; true when that cannot be compiled.
    pub fn returns(&self, tool: &Tool, result: &Value) -> bool {
        self.compiled(tool).returns.as_ref().is_none_or(|validator| validator.is_valid(result))
    }

    /// A tool that the catalog does not have is compiled anew each time.
    pub(super) fn compiled(&self, tool: &Tool) -> Arc<Compiled> {
        match self.tools.get(&tool.name) {
            Some(cell) => cell.get_or_init(|| Arc::new(Compiled::new(tool))).clone(),
            None => Arc::new(Compiled::new(tool)),
        }
    }

    pub(super) fn knows(&self, tool: &Tool) -> bool {
        self.tools.contains_key(&tool.name)
    }

    /// The validator of a schema that stands alone; `None` when it is broken.
    pub(super) fn feed(&self, schema: &Value) -> Option<Arc<Validator>> {
        let key = schema.to_string();
        if let Ok(feeds) = self.feeds.read()
            && let Some(validator) = feeds.get(&key)
        {
            return validator.clone();
        }
        let validator = compile(schema).map(Arc::new);
        if let Ok(mut feeds) = self.feeds.write() {
            feeds.insert(key, validator.clone());
        }
        validator
    }
}

/// What the world has compiled of one tool, for those who keep tools one by one.
#[derive(Debug, Clone)]
pub struct Prepared(Arc<Compiled>);

impl Prepared {
    pub fn new(tool: &Tool) -> Self {
        Prepared(Arc::new(Compiled::new(tool)))
    }
}

/// Kinds of things that a tool brings together.
fn pairs(tool: &Tool) -> Vec<(String, String)> {
    if tool.effects.updates.is_empty() {
        return Vec::new();
    }
    let kind = |leaf: &Leaf| words_of_identifier(&leaf.name).split_last().filter(|(last, _)| *last == "id").map(|(_, kind)| kind.join(" "));
    let kinds: Vec<String> = tool.parameters.iter().filter_map(kind).collect();
    let all = kinds.iter().flat_map(|a| kinds.iter().map(move |b| (a.clone(), b.clone())));
    all.filter(|(a, b)| a != b).collect()
}

/// The tool with each parameter that it takes, as an attribute.
fn takes(tool: &Tool) -> impl Iterator<Item = (String, String)> {
    tool.parameters.iter().map(|leaf| (tool.name.clone(), attribute(&words_of_identifier(&leaf.name))))
}

impl Compiled {
    fn new(tool: &Tool) -> Self {
        Compiled { parameters: compile(&tool.schema), returns: compile(&tool.returns.schema), recipe: Recipe::new(tool) }
    }
}

/// For each field of a reading tool with an enum: what all fields of that name in the catalog allow.
fn shown(tools: &[Tool]) -> FxHashMap<(String, String), Vec<Value>> {
    let mut shown: FxHashMap<(String, String), Vec<Value>> = FxHashMap::default();
    let reads = |tool: &&Tool| tool.effects.creates.is_empty() && tool.effects.updates.is_empty() && tool.effects.deletes.is_empty();
    for tool in tools.iter().filter(reads) {
        for leaf in &tool.returns.fields {
            let Some(values) = leaf.schema.get("enum").and_then(Value::as_array) else { continue };
            let key = (tool.domain.clone(), leaf.name.clone());
            match shown.get_mut(&key) {
                Some(common) => common.retain(|value| values.contains(value)),
                None => drop(shown.insert(key, values.clone())),
            }
        }
    }
    shown
}

/// A validator that asserts formats and fetches nothing.
pub(super) fn compile(schema: &Value) -> Option<Validator> {
    jsonschema::options().should_validate_formats(true).offline().build(schema).ok()
}
