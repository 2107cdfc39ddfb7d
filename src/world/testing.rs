//! Catalogs and worlds for the tests of this module.

use super::{Demand, Schemas, World};
use crate::catalog::Tool;
use crate::catalog::build::build_all;
use crate::catalog::load::read_paths;
use crate::dialogue::Context;
use crate::seed::{Stage, stream};
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

/// The tools of our own catalogs.
pub(super) static OURS: LazyLock<Vec<Tool>> = LazyLock::new(|| tools(&["tool-catalogs"]));

pub(super) static SCHEMAS: LazyLock<Arc<Schemas>> = LazyLock::new(|| Arc::new(Schemas::of(&OURS)));

pub(super) fn tools(paths: &[&str]) -> Vec<Tool> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let paths: Vec<PathBuf> = paths.iter().map(|path| root.join(path)).collect();
    build_all(read_paths(&paths).expect("catalogs that can be read").tools).0
}

pub(super) fn tool(name: &str) -> &'static Tool {
    OURS.iter().find(|tool| tool.name == name).expect("a tool of our catalogs")
}

/// One tool from its parts.
pub(super) fn one(name: &str, parameters: Value, returns: Value) -> Tool {
    let raw = crate::catalog::RawTool {
        name: name.into(),
        description: format!("{name}."),
        domain: "test".into(),
        parameters,
        returns: Some(returns),
        ..Default::default()
    };
    crate::catalog::build::build(raw).expect("a usable tool")
}

pub(super) fn world(index: u64) -> World {
    let context = Context { today: "2026-11-17".into(), user: Default::default(), policies: Vec::new() };
    World::with_schemas(&context, stream(11, index, Stage::World, 0), SCHEMAS.clone())
}

/// Arguments for a call: all required leaves, and the optional ones that `also` picks.
pub(super) fn arguments(world: &mut World, tool: &Tool, also: impl Fn(usize) -> bool) -> Result<Value, String> {
    let mut value = json!({});
    for (at, leaf) in tool.parameters.iter().enumerate() {
        if leaf.required || also(at) {
            let drawn = world.draw(tool, leaf, &value).ok_or_else(|| leaf.pointer.clone())?;
            put(&mut value, &leaf.pointer, drawn);
        }
    }
    Ok(value)
}

/// Sets the value at a pattern pointer, one item a list.
pub(super) fn put(value: &mut Value, pointer: &str, leaf: Value) {
    let mut at = value;
    for part in pointer.split('/').skip(1) {
        at = match part {
            "*" => {
                if !at.is_array() {
                    *at = json!([]);
                }
                let items = at.as_array_mut().expect("a list");
                if items.is_empty() {
                    items.push(Value::Null);
                }
                &mut items[0]
            }
            key => {
                if !at.is_object() {
                    *at = Value::Object(Map::new());
                }
                at.as_object_mut().expect("an object").entry(key.replace("~1", "/").replace("~0", "~")).or_insert(Value::Null)
            }
        };
    }
    *at = leaf;
}

pub(super) fn call(world: &mut World, name: &str, arguments: Value) -> Value {
    world.call(tool(name), &arguments, &Demand::default()).expect("an answer")
}
