//! The gate of `Feeds`: may a value of this result field stand in this parameter at all?
//!
//! A gate, never a rank: nearly half of all pairs of real parameters pass it.

use crate::catalog::Leaf;
use crate::value::SemType;
use jsonschema::canonical::{CanonicalSchema, Containment, options};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};
use std::sync::Mutex;

/// A distinct schema in a [`Gate`].
pub(super) type SchemaIx = u32;

const SHARDS: usize = 64;

/// Containment between distinct schemas, computed once a pair.
///
/// Annotations and `format` are stripped first: what a format means is the semantic type's concern. Schemas that cannot be
/// brought to canonical form contain nothing and are contained in nothing.
pub(super) struct Gate {
    /// The one JSON type of each schema that has one and nothing else.
    types: Vec<Option<String>>,
    schemas: Vec<Option<CanonicalSchema>>,
    proven: Vec<Mutex<FxHashMap<(SchemaIx, SchemaIx), bool>>>,
}

/// Collects distinct schemas for a [`Gate`].
#[derive(Default)]
pub(super) struct GateBuilder {
    known: FxHashMap<String, SchemaIx>,
    distinct: Vec<Value>,
}

impl GateBuilder {
    /// The schema of a parameter, as it is.
    pub(super) fn parameter(&mut self, leaf: &Leaf) -> SchemaIx {
        self.intern(bare(&leaf.schema))
    }

    /// The schema of a result field, narrowed to what flows: a null is never taken from a result, texts are not empty, and
    /// identifiers that are numbers are positive.
    pub(super) fn field(&mut self, leaf: &Leaf) -> SchemaIx {
        let mut schema = bare(&leaf.schema);
        if let Value::Object(map) = &mut schema {
            narrow(map, leaf.sem);
        }
        self.intern(schema)
    }

    fn intern(&mut self, schema: Value) -> SchemaIx {
        let next = self.distinct.len() as SchemaIx;
        *self.known.entry(schema.to_string()).or_insert_with(|| {
            self.distinct.push(schema);
            next
        })
    }

    pub(super) fn build(self) -> Gate {
        use rayon::prelude::*;
        let types = self.distinct.iter().map(only_type).collect();
        let schemas = self.distinct.into_par_iter().map(|schema| options().offline().canonicalize(&schema).ok()).collect();
        Gate { types, schemas, proven: (0..SHARDS).map(|_| Mutex::default()).collect() }
    }
}

impl Gate {
    /// True iff both are plain scalars of different JSON types, a number and a text: the same value, spelled otherwise.
    pub(super) fn differ_in_type(&self, parameter: SchemaIx, field: SchemaIx) -> bool {
        let is = |ix: SchemaIx, names: &[&str]| self.types[ix as usize].as_deref().is_some_and(|name| names.contains(&name));
        let (text, number): (&[&str], &[&str]) = (&["string"], &["integer", "number"]);
        is(parameter, text) && is(field, number)
            || is(parameter, number) && is(field, text)
            || is(parameter, &["integer"]) && is(field, number)
    }

    /// True iff every value of `field` is proven to be a value of `parameter`; unknown counts as no.
    pub(super) fn contains(&self, parameter: SchemaIx, field: SchemaIx) -> bool {
        let shard = &self.proven[(parameter as usize * 31 + field as usize) % SHARDS];
        let key = (parameter, field);
        let known = |map: std::sync::MutexGuard<FxHashMap<_, bool>>| map.get(&key).copied();
        if let Some(answer) = shard.lock().ok().and_then(known) {
            return answer;
        }
        let answer = match (&self.schemas[parameter as usize], &self.schemas[field as usize]) {
            (Some(parameter), Some(field)) => matches!(parameter.covers(field), Ok(Containment::Yes)),
            _ => false,
        };
        if let Ok(mut map) = shard.lock() {
            map.insert(key, answer);
        }
        answer
    }
}

/// The JSON type of a schema that says nothing else (bounds that [`narrow`] adds aside).
fn only_type(schema: &Value) -> Option<String> {
    let map = schema.as_object()?;
    let plain = map.keys().all(|key| matches!(key.as_str(), "type" | "minLength" | "minimum"));
    map.get("type")?.as_str().filter(|_| plain).map(str::to_owned)
}

/// A schema without its annotations and formats.
fn bare(schema: &Value) -> Value {
    const DROP: &[&str] = &[
        "description",
        "title",
        "examples",
        "example",
        "default",
        "format",
        "$comment",
        "deprecated",
        "readOnly",
        "writeOnly",
        "nullable",
        "contentMediaType",
        "contentEncoding",
        "discriminator",
        "xml",
        "externalDocs",
    ];
    let Value::Object(map) = schema else { return schema.clone() };
    let mut out = Map::new();
    for (key, value) in map {
        if DROP.contains(&key.as_str()) || key.starts_with("x-") {
            continue;
        }
        let value = match (key.as_str(), value) {
            ("anyOf" | "oneOf" | "allOf", Value::Array(items)) => Value::Array(items.iter().map(bare).collect()),
            ("items" | "not", inner) => bare(inner),
            _ => value.clone(),
        };
        out.insert(key.clone(), value);
    }
    Value::Object(out)
}

fn narrow(map: &mut Map<String, Value>, sem: SemType) {
    if let Some(Value::Array(types)) = map.get_mut("type") {
        types.retain(|name| name != "null");
        if let [one] = &types[..] {
            let one = one.clone();
            map.insert("type".into(), one);
        }
    }
    let named = |name: &str| map.get("type").is_some_and(|found| found == name);
    let open = |keys: &[&str]| keys.iter().all(|key| !map.contains_key(*key));
    if named("string") && open(&["enum", "const", "minLength"]) {
        map.insert("minLength".into(), json!(1));
    } else if named("integer") && sem == SemType::Id && open(&["enum", "const", "minimum", "exclusiveMinimum"]) {
        map.insert("minimum".into(), json!(1));
    }
}

/// How well a field of one semantic type fits a parameter of another: 1 the same, 0 never.
///
/// Types that are recognised by their form (dates, numbers, addresses of machines, identifiers) fit themselves and little else;
/// names and words of people fit each other loosely, because what a catalog calls them is often vague.
pub(super) fn sem_fit(parameter: SemType, field: SemType) -> f32 {
    use SemType::*;
    if parameter == field {
        return 1.0;
    }
    let (p, f) = (family(parameter), family(field));
    match (parameter, field) {
        (Date, Datetime) | (Time, Datetime) | (Datetime, Date) => 0.0,
        (Id, Code) | (Code, Id) => 0.7,
        (Id, Person | Email) => 0.3,
        (Id, Org | Title) => 0.2,
        (City | Region | Place | Address, Airport) | (Airport, City | Code | Place) => 0.5,
        (Query | Text, _) if matches!(f, Family::Place | Family::Name | Family::Words) => 0.6,
        (Text, Url | Path) | (Path, Url) | (Url, Path) => 0.4,
        (Number, _) if f == Family::Number => 0.6,
        (_, Number) if p == Family::Number => 0.6,
        (Count, CountPeople) | (CountPeople, Count) => 0.6,
        (Quantity, Money | Percent | Rating | Duration) | (Money, Quantity) => 0.3,
        (Enum, _) | (_, Enum) if p != Family::Number && f != Family::Number && p != Family::Form && f != Family::Form => 0.4,
        _ if p == f && matches!(p, Family::Place | Family::Name | Family::Words) => 0.7,
        (_, Text | Query) if matches!(p, Family::Place | Family::Name) => 0.4,
        _ if matches!((p, f), (Family::Name, Family::Place) | (Family::Place, Family::Name)) => 0.3,
        (Title | Category, Code) | (Code, Title | Category | Text | Country | Region | Language | Currency) => 0.5,
        (Country | Region | Language | Currency | Query, Code) => 0.5,
        (Query | Text, Id | Email | Phone) => 0.2,
        _ => 0.0,
    }
}

#[derive(PartialEq, Clone, Copy)]
enum Family {
    Place,
    Name,
    Words,
    Number,
    Form,
}

fn family(sem: SemType) -> Family {
    use SemType::*;
    match sem {
        City | Country | Region | Place | Address | Airport => Family::Place,
        Person | Org | Title | Category | Language | Unit | Currency => Family::Name,
        Query | Text => Family::Words,
        Count | CountPeople | Money | Rating | Percent | Quantity | Number | Latitude | Longitude => Family::Number,
        Date | Time | Datetime | Duration | Enum | Bool | Id | Email | Phone | Url | Path | Code => Family::Form,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::leaf;
    use super::*;

    fn passes(parameter: Value, field: Value, sem: SemType) -> bool {
        let mut builder = GateBuilder::default();
        let p = builder.parameter(&leaf("/p", parameter, sem));
        let f = builder.field(&leaf("/f", field, sem));
        builder.build().contains(p, f)
    }

    #[test]
    fn containment_is_the_gate() {
        assert!(passes(json!({"type": "string"}), json!({"type": "string", "pattern": "^HTL-[0-9]{5}$"}), SemType::Id));
        assert!(passes(json!({"type": "number"}), json!({"type": "integer", "minimum": 3}), SemType::Number));
        assert!(!passes(json!({"type": "string", "pattern": "^HTL-[0-9]{5}$"}), json!({"type": "string"}), SemType::Id));
        assert!(!passes(json!({"type": "integer"}), json!({"type": "number"}), SemType::Number));
        assert!(!passes(json!({"enum": ["a", "b"]}), json!({"enum": ["a", "c"]}), SemType::Enum));
    }

    #[test]
    fn annotations_and_formats_do_not_matter() {
        let p = json!({"type": "string", "format": "date", "description": "Day.", "x-nl": {"noun": "day"}});
        assert!(passes(p, json!({"type": "string", "title": "When"}), SemType::Date));
    }

    #[test]
    fn a_field_is_taken_as_it_flows() {
        assert!(passes(json!({"type": "string", "minLength": 1}), json!({"type": ["string", "null"]}), SemType::Title));
        assert!(passes(json!({"type": "integer", "minimum": 1}), json!({"type": "integer"}), SemType::Id));
        assert!(!passes(json!({"type": "integer", "minimum": 1}), json!({"type": "integer"}), SemType::Number));
    }

    #[test]
    fn unusable_schemas_are_no() {
        assert!(!passes(json!({"type": "string"}), json!({"$ref": "#/$defs/nowhere"}), SemType::Text));
    }

    #[test]
    fn a_date_never_fills_a_city() {
        assert_eq!(sem_fit(SemType::City, SemType::Date), 0.0);
        assert_eq!(sem_fit(SemType::Bool, SemType::Text), 0.0);
        assert!(sem_fit(SemType::Query, SemType::City) > 0.0);
    }
}
