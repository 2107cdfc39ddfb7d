//! What a tool's parameter schema needs: which arguments, how many items, what it gives by itself.

use super::draft::{Run, concrete};
use crate::catalog::{Leaf, Tool};
use crate::value::SemType;
use serde_json::Value;

/// A top-level parameter with all its leaves.
pub(super) struct Unit {
    pub(super) required: bool,
    pub(super) leaves: Vec<usize>,
}

impl Unit {
    /// Somebody could say it: not a page number, not an identifier out of nowhere.
    pub(super) fn sayable(&self, tool: &Tool) -> bool {
        self.leaves.iter().all(|leaf| {
            let leaf = &tool.parameters[*leaf];
            !leaf.phrase.silent && !matches!(leaf.sem, SemType::Id | SemType::Url | SemType::Path | SemType::Latitude | SemType::Longitude)
        }) && self.leaves.len() <= 2
    }

    /// The leaves without which the unit is not valid; one, when all of them are optional.
    pub(super) fn needed(&self, tool: &Tool) -> Vec<usize> {
        let needed: Vec<usize> = self.leaves.iter().copied().filter(|leaf| needed_inside(tool, &tool.parameters[*leaf].pointer)).collect();
        if needed.is_empty() { self.leaves.first().copied().into_iter().collect() } else { needed }
    }
}

pub(super) fn units(tool: &Tool) -> Vec<Unit> {
    let mut all: Vec<(String, Unit)> = Vec::new();
    for (index, leaf) in tool.parameters.iter().enumerate() {
        let top = leaf.pointer.split('/').nth(1).unwrap_or_default().to_string();
        match all.iter_mut().find(|(name, _)| *name == top) {
            Some((_, unit)) => unit.leaves.push(index),
            None => {
                let required = requires(&tool.schema, &tool.schema, &top);
                all.push((top, Unit { required, leaves: vec![index] }));
            }
        }
    }
    all.into_iter().map(|(_, unit)| unit).collect()
}

/// A required top-level parameter that has no leaf to fill.
pub(super) fn unit_without_leaves(tool: &Tool, run: &Run) -> Option<String> {
    let required = tool.schema.get("required")?.as_array()?;
    required
        .iter()
        .filter_map(Value::as_str)
        .find(|name| !run.args.iter().any(|arg| arg.pointer.split('/').nth(1) == Some(&escape(name))))
        .map(str::to_string)
}

pub(super) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Below its top-level parameter, a leaf and all its ancestors are required.
pub(super) fn needed_inside(tool: &Tool, pointer: &str) -> bool {
    let mut at = &tool.schema;
    for (depth, part) in pointer.split('/').skip(1).enumerate() {
        if depth > 0 && part != "*" && !requires(&tool.schema, at, part) {
            return false;
        }
        match child(&tool.schema, at, part) {
            Some(next) => at = next,
            None => return true,
        }
    }
    true
}

pub(super) fn requires(root: &Value, schema: &Value, name: &str) -> bool {
    let plain = name.replace("~1", "/").replace("~0", "~");
    parts(root, schema).iter().any(|part| {
        part.get("required").and_then(Value::as_array).is_some_and(|names| names.iter().any(|one| one.as_str() == Some(&plain)))
    })
}

pub(super) fn child<'a>(root: &'a Value, schema: &'a Value, part: &str) -> Option<&'a Value> {
    let plain = part.replace("~1", "/").replace("~0", "~");
    parts(root, schema).into_iter().find_map(|one| if part == "*" { one.get("items") } else { one.get("properties")?.get(&plain) })
}

/// A schema with its local reference followed and its `allOf`, `oneOf` and `anyOf` branches beside it, a few levels deep.
pub(super) fn parts<'a>(root: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    let mut all = vec![schema];
    let mut next = 0;
    while next < all.len() && all.len() < 32 {
        let one = all[next];
        next += 1;
        if let Some(target) = one.get("$ref").and_then(Value::as_str).and_then(|name| root.pointer(name.strip_prefix('#')?)) {
            all.push(target);
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            all.extend(one.get(key).and_then(Value::as_array).into_iter().flatten());
        }
    }
    all
}

/// `minItems` and `maxItems` of the list at a pattern that ends in `/*`.
pub(super) fn bounds_of(schema: &Value, list: &str) -> (usize, usize) {
    let mut at = schema;
    for part in list.trim_end_matches("/*").split('/').skip(1) {
        match child(schema, at, part) {
            Some(next) => at = next,
            None => return (0, 8),
        }
    }
    let number = |key: &str| parts(schema, at).iter().find_map(|part| part.get(key)).and_then(Value::as_u64).map(|n| n.min(64) as usize);
    (number("minItems").unwrap_or(0), number("maxItems").unwrap_or(8))
}

/// How many items a list argument gets: what the schema asks for, otherwise one, sometimes two.
pub(super) fn item_count(tool: &Tool, leaf: &Leaf, two: bool) -> usize {
    let (least, most) = bounds_of(&tool.schema, &leaf.pointer);
    if leaf.pointer.matches('*').count() > 1 {
        return 1;
    }
    least.max(if two { 2 } else { 1 }).min(most.max(1))
}

/// A pattern that ends in `*` with that one set to `item`.
pub(super) fn concrete_last(pattern: &str, item: usize) -> String {
    format!("{}/{item}", concrete(pattern.strip_suffix("/*").unwrap_or(pattern), 0))
}

/// The value that the schema itself gives: `const`, or the default of a required parameter that nobody says.
pub(super) fn fixed(tool: &Tool, leaf: &Leaf) -> Option<(String, Value)> {
    let at: String = leaf
        .pointer
        .split('/')
        .skip(1)
        .map(|part| if part == "*" { "/items".to_string() } else { format!("/properties/{part}") })
        .collect();
    for key in ["const", "default"] {
        if key == "default" && !leaf.phrase.silent {
            continue;
        }
        let pointer = format!("{at}/{key}");
        if let Some(value) = tool.schema.pointer(&pointer).filter(|value| !value.is_null() && !value.is_object() && !value.is_array()) {
            return Some((pointer, value.clone()));
        }
    }
    None
}

/// Facts about the signed-in user that a system knows: who they are, and the keys that a program holds for them.
pub(super) fn is_about_user(leaf: &Leaf) -> bool {
    let user = matches!(leaf.entity.as_deref(), Some("user" | "customer" | "member" | "client" | "employee")) && leaf.sem == SemType::Id;
    (user || leaf.phrase.silent)
        && !leaf.pointer.contains('*')
        && matches!(leaf.sem, SemType::Id | SemType::Code | SemType::Text | SemType::Query | SemType::Title | SemType::Person)
}
