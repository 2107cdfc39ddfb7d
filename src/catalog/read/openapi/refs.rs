//! `$ref` in an OpenAPI document: inlined where that ends and stays small, else kept under the schema's own `$defs`.

use crate::catalog::read::schema::{KeywordKind, Refusal, keyword_kind};
use indexmap::IndexMap;
use petgraph::graph::{DiGraph, NodeIndex};
use serde_json::{Map, Value, json};
use std::collections::{HashSet, VecDeque};

/// Schema nodes up to which everything is inlined; above, every reference stays one.
const INLINE_NODES: usize = 5_000;
/// Schema nodes above which a schema is refused.
const MAX_NODES: usize = 100_000;
/// Schema levels; each takes up to two levels of JSON.
const MAX_LEVELS: usize = 45;
/// References that lead to references.
const MAX_HOPS: usize = 32;

/// A document and what is known of its references.
pub(super) struct Refs<'a> {
    pub(super) root: &'a Value,
    /// Targets that lead back to themselves.
    cyclic: HashSet<String>,
}

impl<'a> Refs<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        Refs { root, cyclic: cyclic(root) }
    }

    /// What a parameter, body, response or path item is after its references.
    pub(super) fn follow(&self, value: &'a Value) -> Result<&'a Value, Refusal> {
        self.end(value).map(|(_, value)| value)
    }

    /// The same, with the pointer of the last reference.
    fn end(&self, value: &'a Value) -> Result<(Option<String>, &'a Value), Refusal> {
        let (mut pointer, mut value) = (None, value);
        for _ in 0..MAX_HOPS {
            match value.get("$ref").and_then(Value::as_str) {
                Some(to) => {
                    let (at, target) = self.target(to)?;
                    (pointer, value) = (Some(at), target);
                }
                None => return Ok((pointer, value)),
            }
        }
        Err(Refusal::new("ref-cycle: a `$ref` leads back to itself", "let it lead to a definition"))
    }

    /// The pointer that a reference names, and what stands there.
    fn target(&self, to: &str) -> Result<(String, &'a Value), Refusal> {
        let shown = if to.len() > 80 { &to[..to.floor_char_boundary(80)] } else { to };
        let Some(pointer) = to.strip_prefix('#') else {
            let (code, what) = if to.contains("://") && !to.starts_with("file:") {
                ("ref-remote", "nothing is fetched")
            } else {
                ("ref-file", "other files are not read")
            };
            let reason = format!("{code}: a `$ref` leads to {shown}, and {what}");
            return Err(Refusal::new(reason, "bundle the document into one file"));
        };
        let pointer = pointer.replace("%7B", "{").replace("%7D", "}").replace("%20", " ");
        match self.root.pointer(&pointer).filter(|_| !pointer.is_empty()) {
            Some(value) => Ok((pointer, value)),
            None => Err(Refusal::new(
                format!("ref-unresolved: a `$ref` leads to {shown}, which is not there"),
                "define it or correct the pointer",
            )),
        }
    }
}

/// Why a schema could not be put together.
pub(super) enum Stop {
    /// Too large to inline.
    Large,
    Refused(Refusal),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Stop::Refused(refusal)
    }
}

/// Runs `build` with references inlined and, if that grows too large, once more with references kept.
pub(super) fn resolved<'a>(refs: &'a Refs<'a>, build: impl Fn(&mut Resolver<'a>) -> Result<Value, Stop>) -> Result<Value, Refusal> {
    for inline in [true, false] {
        let mut resolver = Resolver { refs, inline, nodes: 0, names: IndexMap::new(), queue: VecDeque::new(), anchor: None };
        match build(&mut resolver).and_then(|schema| resolver.finish(schema)) {
            Ok(schema) => return Ok(schema),
            Err(Stop::Refused(refusal)) => return Err(refusal),
            Err(Stop::Large) => {}
        }
    }
    Err(Refusal::new(
        format!("too-large: the schema has more than {MAX_NODES} parts or is nested too deep"),
        "cut it down to what a caller needs",
    ))
}

/// Puts one self-contained schema together.
pub(super) struct Resolver<'a> {
    pub(super) refs: &'a Refs<'a>,
    inline: bool,
    nodes: usize,
    /// Pointer of a kept target → its name under `$defs`.
    names: IndexMap<String, String>,
    queue: VecDeque<String>,
    /// The target being put together, to which `$recursiveRef` leads.
    anchor: Option<String>,
}

impl<'a> Resolver<'a> {
    /// A schema whose own reference is followed even where it is kept elsewhere, so that its properties show.
    pub(super) fn top(&mut self, schema: &'a Value) -> Result<Value, Stop> {
        match schema.get("$ref") {
            Some(Value::String(_)) => {
                let (pointer, target) = self.refs.end(schema)?;
                self.anchor = pointer;
                let target = self.expand(target, 0)?;
                self.with_siblings(target, schema, 0)
            }
            _ => self.expand(schema, 0),
        }
    }

    pub(super) fn expand(&mut self, schema: &'a Value, level: usize) -> Result<Value, Stop> {
        self.nodes += 1;
        if level > MAX_LEVELS || self.nodes > if self.inline { INLINE_NODES } else { MAX_NODES } {
            return Err(Stop::Large);
        }
        let Value::Object(map) = schema else { return Ok(schema.clone()) };
        let Some(Value::String(to)) = map.get("$ref") else {
            // Draft 2019-09 lets a schema refer to the outermost one that it stands in.
            return match (map.get("$recursiveRef"), self.anchor.clone()) {
                (Some(_), Some(pointer)) => Ok(self.kept(pointer)),
                _ => self.keywords(map.iter(), level),
            };
        };
        let (pointer, target) = self.refs.target(to)?;
        let here = if self.inline && !self.refs.cyclic.contains(&pointer) { self.expand(target, level + 1)? } else { self.kept(pointer) };
        self.with_siblings(here, schema, level)
    }

    fn kept(&mut self, pointer: String) -> Value {
        json!({"$ref": format!("#/$defs/{}", crate::catalog::read::lines::escape(&self.name(pointer)))})
    }

    fn keywords(&mut self, entries: impl Iterator<Item = (&'a String, &'a Value)>, level: usize) -> Result<Value, Stop> {
        let mut out = Map::new();
        for (keyword, value) in entries.filter(|(keyword, _)| *keyword != "$recursiveAnchor") {
            let value = match (keyword_kind(keyword), value) {
                (Some(KeywordKind::One | KeywordKind::List), Value::Array(list)) => {
                    Value::Array(list.iter().map(|inner| self.expand(inner, level + 1)).collect::<Result<_, _>>()?)
                }
                (Some(KeywordKind::One), inner) => self.expand(inner, level + 1)?,
                (Some(KeywordKind::Map), Value::Object(inner)) => {
                    let entries = inner.iter().map(|(key, inner)| Ok((key.clone(), self.expand(inner, level + 1)?)));
                    Value::Object(entries.collect::<Result<_, Stop>>()?)
                }
                // Its `mapping` names places of the document that are not in the schema.
                (None, Value::Object(inner)) if keyword == "discriminator" => Value::Object(
                    inner.iter().filter(|(key, _)| *key != "mapping").map(|(key, value)| (key.clone(), value.clone())).collect(),
                ),
                _ => value.clone(),
            };
            out.insert(keyword.clone(), value);
        }
        Ok(out.into())
    }

    /// What stands beside a `$ref`: it joins the target where it says something else or annotates, and holds beside it where
    /// both have a say.
    fn with_siblings(&mut self, target: Value, schema: &'a Value, level: usize) -> Result<Value, Stop> {
        const ANNOTATIONS: [&str; 7] = ["title", "description", "default", "deprecated", "example", "examples", "summary"];
        let Value::Object(entries) = schema else { return Ok(target) };
        let Value::Object(beside) = self.keywords(entries.iter().filter(|(key, _)| *key != "$ref"), level)? else { return Ok(target) };
        let joins = |map: &Map<String, Value>, key: &str| ANNOTATIONS.contains(&key) || key.starts_with("x-") || !map.contains_key(key);
        match target {
            target if beside.is_empty() => Ok(target),
            Value::Object(mut map) if beside.keys().all(|key| joins(&map, key)) => {
                map.extend(beside);
                Ok(map.into())
            }
            target => Ok(json!({"allOf": [target, beside]})),
        }
    }

    /// The name of a target under `$defs`: the last part of its pointer, numbered where two share it.
    fn name(&mut self, pointer: String) -> String {
        if let Some(name) = self.names.get(&pointer) {
            return name.clone();
        }
        let last = pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
        let mut name = last.clone();
        let mut number = 2;
        while self.names.values().any(|known| *known == name) {
            name = format!("{last}_{number}");
            number += 1;
        }
        self.queue.push_back(pointer.clone());
        self.names.insert(pointer, name.clone());
        name
    }

    /// Adds `$defs` for every reference that was kept.
    fn finish(mut self, mut schema: Value) -> Result<Value, Stop> {
        let mut definitions = Map::new();
        while let Some(pointer) = self.queue.pop_front() {
            let Some(target) = self.refs.root.pointer(&pointer) else { continue };
            self.anchor = Some(pointer.clone());
            let body = self.expand(target, 0)?;
            let name = self.name(pointer);
            definitions.insert(name, body);
        }
        if let (false, Value::Object(map)) = (definitions.is_empty(), &mut schema) {
            match map.get_mut("$defs") {
                Some(Value::Object(own)) => own.extend(definitions),
                _ => drop(map.insert("$defs".into(), definitions.into())),
            }
        }
        Ok(schema)
    }
}

/// The targets of references that lie on a cycle.
fn cyclic(root: &Value) -> HashSet<String> {
    let mut graph: DiGraph<String, ()> = DiGraph::new();
    let mut known: IndexMap<String, NodeIndex> = IndexMap::new();
    let mut queue: VecDeque<String> = refs_in(root).into_iter().collect();
    while let Some(pointer) = queue.pop_front() {
        let from = *known.entry(pointer.clone()).or_insert_with(|| graph.add_node(pointer.clone()));
        for to in root.pointer(&pointer).map(refs_in).unwrap_or_default() {
            let new = !known.contains_key(&to);
            let node = *known.entry(to.clone()).or_insert_with(|| graph.add_node(to.clone()));
            if !graph.contains_edge(from, node) {
                graph.add_edge(from, node, ());
            }
            if new {
                queue.push_back(to);
            }
        }
    }
    // Not Tarjan's algorithm, which recurses as deep as the longest chain of references.
    let components = petgraph::algo::kosaraju_scc(&graph);
    let anchored = |node: NodeIndex| root.pointer(&graph[node]).is_some_and(|target| target.get("$recursiveAnchor").is_some());
    let on_a_cycle =
        components.into_iter().filter(|nodes| nodes.len() > 1 || graph.contains_edge(nodes[0], nodes[0]) || anchored(nodes[0]));
    on_a_cycle.flatten().map(|node| graph[node].clone()).collect()
}

/// The pointers of the local references below a value. The recursion is as deep as the document, which is bounded.
fn refs_in(value: &Value) -> Vec<String> {
    fn walk(value: &Value, out: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                if let Some(pointer) = map.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix('#')) {
                    out.push(pointer.to_owned());
                }
                map.values().for_each(|inner| walk(inner, out));
            }
            Value::Array(items) => items.iter().for_each(|inner| walk(inner, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    walk(value, &mut out);
    out.sort_unstable();
    out.dedup();
    out
}
