//! What is compiled once for each tool and shared by all dialogues: validators and recipes.

use super::arguments::attribute;
use super::needs::Givers;
use super::recipe::Recipe;
use crate::catalog::{Catalog, Tool};
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
    /// What was demanded, for tests that run calls again.
    #[cfg(test)]
    pub(super) demands: std::sync::Mutex<Vec<super::Demand>>,
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
        let mut pairs = FxHashSet::default();
        let mut takes = FxHashSet::default();
        for tool in tools {
            let mut kinds: Vec<String> = Vec::new();
            for leaf in &tool.parameters {
                let words = words_of_identifier(&leaf.name);
                if let Some((last, kind)) = words.split_last()
                    && last == "id"
                {
                    kinds.push(kind.join(" "));
                }
                takes.insert((tool.name.clone(), attribute(&words)));
            }
            let brings = !tool.effects.updates.is_empty();
            for (a, b) in kinds.iter().flat_map(|a| kinds.iter().map(move |b| (a, b))).filter(|(a, b)| brings && a != b) {
                pairs.insert((a.clone(), b.clone()));
            }
        }
        let tools_by_name = tools.iter().map(|tool| (tool.name.clone(), OnceLock::new())).collect();
        let shown = shown(tools);
        Schemas { shown, tools: tools_by_name, givers: Givers::of(tools), pairs, takes, ..Schemas::default() }
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

    #[cfg(test)]
    pub(super) fn tape(&self, demand: &super::Demand) {
        if let Ok(mut demands) = self.demands.lock() {
            demands.push(demand.clone());
        }
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
