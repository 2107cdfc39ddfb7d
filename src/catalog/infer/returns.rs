//! The shape of a result that its author did not declare.

use super::intent::Intent;
use crate::catalog::{Leaf, Origin};
use crate::value::SemType;
use serde_json::{Map, Value, json};

/// A JSON Schema with an object at the root, and where it is from.
pub fn infer(_intent: &Intent, parameters: &[Leaf], _prose: Option<&str>) -> (Value, Origin) {
    let mut properties = Map::new();
    for leaf in parameters.iter().filter(|leaf| leaf.sem == SemType::Id && leaf.pointer.matches('/').count() == 1) {
        properties.insert(leaf.name.clone(), leaf.schema.clone());
    }
    let required: Vec<&String> = properties.keys().collect();
    (json!({"type": "object", "required": required, "properties": properties}), Origin::Inferred)
}
