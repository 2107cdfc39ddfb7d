//! A tool's schemas, compiled into what is needed to make values of them.

use super::arguments::attribute;
use super::maker::Maker;
use super::resolve::resolve;
use super::schemas::compile;
use super::settle;
use super::topic::Topic;
use crate::catalog::{Leaf, Tool, ToolClass};
use crate::value::SemType;
use crate::value::english::{singular, words_of_identifier};
use indexmap::IndexMap;
use jsonschema::Validator;
use serde_json::Value;

/// Schemas nested deeper than this are cut: what is below comes out empty.
const DEEPEST: usize = 12;

#[derive(Debug)]
pub(super) struct Recipe {
    /// By pattern pointer.
    pub(super) arguments: IndexMap<String, Grain>,
    /// Defaults of the parameters at the top, where they say something.
    pub(super) defaults: Vec<(String, Value)>,
    pub(super) result: Shape,
    /// Words of the tool's name.
    pub(super) name: Vec<String>,
    /// The tool changes the world: a result says that it was done.
    pub(super) acts: bool,
}

/// How one place of a result is filled.
#[derive(Debug)]
pub(super) enum Shape {
    Object(Vec<Field>),
    List(List),
    Leaf(Box<Grain>),
    Fixed(Value),
}

impl Shape {
    fn grains<'s>(&'s self, out: &mut Vec<&'s Grain>) {
        match self {
            Shape::Object(fields) => fields.iter().for_each(|field| field.shape.grains(out)),
            Shape::List(list) => list.item.grains(out),
            Shape::Leaf(grain) => out.push(grain),
            Shape::Fixed(_) => {}
        }
    }
}

#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) required: bool,
    /// It tells of trouble, or of a next page.
    pub(super) unusual: bool,
    /// It is there only when it was asked for.
    pub(super) on_request: bool,
    pub(super) shape: Shape,
}

#[derive(Debug)]
pub(super) struct List {
    /// Without the last `/*`.
    pub(super) pointer: String,
    /// Words of the list's name, each in the singular.
    pub(super) words: Vec<String>,
    pub(super) attribute: String,
    pub(super) description: String,
    pub(super) least: usize,
    pub(super) most: Option<usize>,
    pub(super) unique: bool,
    pub(super) item: Box<Shape>,
    /// Position of the field that identifies an item.
    pub(super) id: Option<usize>,
    /// Days or hours that follow one another.
    pub(super) series: bool,
}

/// How one scalar is made.
#[derive(Debug)]
pub(super) struct Grain {
    pub(super) pointer: String,
    pub(super) name: String,
    /// Words of the name, lower-case.
    pub(super) words: Vec<String>,
    /// The name without what does not belong to the thing: `new_`, `average_`.
    pub(super) attribute: String,
    /// It may follow from other numbers: a count, a sum, a price.
    pub(super) follows: bool,
    pub(super) sem: SemType,
    pub(super) entity: Option<String>,
    pub(super) headline: bool,
    pub(super) description: String,
    /// The kind of thing that it identifies (`hotel` of `hotel_id`), for identifiers.
    pub(super) stem: Option<String>,
    pub(super) maker: Maker,
    pub(super) nullable: bool,
    /// What the value must pass, where the maker alone does not see to it.
    check: Option<Validator>,
}

impl Recipe {
    pub(super) fn new(tool: &Tool) -> Self {
        let topic = Topic::of(tool);
        let arguments = tool.parameters.iter().map(|leaf| (leaf.pointer.clone(), Grain::new(leaf, &topic, ""))).collect();
        let fields = tool.returns.fields.iter().map(|leaf| (leaf.pointer.as_str(), leaf)).collect();
        let result = Walk { root: &tool.returns.schema, fields, topic: &topic, places: Default::default() }.shape(
            &tool.returns.schema,
            &mut String::new(),
            "",
            0,
        );
        let effects = &tool.effects;
        let changes = !(effects.creates.is_empty() && effects.updates.is_empty() && effects.deletes.is_empty());
        let acts = changes || matches!(tool.phrase.class, ToolClass::Do | ToolClass::Undo | ToolClass::Message | ToolClass::Control);
        Recipe { arguments, defaults: defaults(&tool.schema), result, name: words_of_identifier(&tool.name), acts }
    }

    /// The kinds of things that its arguments and its result identify.
    pub(super) fn stems(&self) -> impl Iterator<Item = &str> {
        let mut grains: Vec<&Grain> = self.arguments.values().collect();
        self.result.grains(&mut grains);
        grains.into_iter().filter_map(|grain| grain.stem.as_deref())
    }

    /// Whether the tool's name has one of these words.
    pub(super) fn is_called(&self, words: &[&str]) -> bool {
        self.name.iter().any(|word| words.contains(&word.as_str()))
    }
}

/// The defaults of optional parameters, those left out that only mean "whatever".
fn defaults(schema: &Value) -> Vec<(String, Value)> {
    let whatever = ["any", "all", "none", "relevance", "both", "everything", ""];
    let properties = schema.get("properties").and_then(Value::as_object);
    let given = properties.into_iter().flatten().filter_map(|(name, inner)| Some((name.clone(), inner.get("default")?.clone())));
    given
        .filter(|(_, value)| {
            !(value.is_null() || value.is_object() || value.is_array() || value.as_str().is_some_and(|text| whatever.contains(&text)))
        })
        .collect()
}

const UNUSUAL: &[&str] = &["error", "errors", "warning", "warnings", "cursor", "nextpage"];
const ON_REQUEST: &[&str] = &["if asked", "if requested", "when asked", "when requested", "if one was", "only if", "only when"];
/// Names of lists of days or hours.
const SERIES: &[&str] = &["forecast", "hour", "day", "daily", "hourly", "history", "timeline", "trend"];
/// Places that one schema may have; recursive ones would have without end.
const LARGEST: usize = 2000;

struct Walk<'a> {
    root: &'a Value,
    fields: IndexMap<&'a str, &'a Leaf>,
    topic: &'a Topic,
    places: std::cell::Cell<usize>,
}

impl Walk<'_> {
    fn shape(&self, schema: &Value, at: &mut String, around: &str, depth: usize) -> Shape {
        let schema = resolve(self.root, schema, 0);
        self.places.set(self.places.get() + 1);
        if depth > DEEPEST || self.places.get() > LARGEST {
            return Shape::Fixed(Value::Null);
        }
        if let Some(value) = schema.get("const") {
            return Shape::Fixed(value.clone());
        }
        let object = schema.get("properties").is_some() || type_is(&schema, "object");
        let list = schema.get("items").is_some() || type_is(&schema, "array");
        if object && schema.get("enum").is_none() {
            return Shape::Object(self.object(&schema, at, around, depth));
        }
        if list && schema.get("enum").is_none() {
            return self.list(&schema, at, around, depth);
        }
        if type_is(&schema, "null") {
            return Shape::Fixed(Value::Null);
        }
        Shape::Leaf(Box::new(match self.fields.get(at.as_str()) {
            Some(leaf) => Grain::new(leaf, self.topic, around),
            None => Grain::new(&bare_leaf(at, &schema), self.topic, around),
        }))
    }

    fn object(&self, schema: &Value, at: &mut String, around: &str, depth: usize) -> Vec<Field> {
        let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut fields = Vec::new();
        for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
            let here = at.len();
            at.push('/');
            at.push_str(&name.replace('~', "~0").replace('/', "~1"));
            let around = if type_is(inner, "object") { name.as_str() } else { around };
            let description = text(inner, "description").to_lowercase();
            fields.push(Field {
                required: required.contains(&name.as_str()),
                unusual: words_of_identifier(name).iter().any(|word| UNUSUAL.contains(&word.as_str())),
                on_request: ON_REQUEST.iter().any(|mark| description.contains(mark)),
                shape: self.shape(inner, at, around, depth + 1),
                name: name.clone(),
            });
            at.truncate(here);
        }
        apart(&mut fields);
        fields
    }

    fn list(&self, schema: &Value, at: &mut String, outer: &str, depth: usize) -> Shape {
        let name = at.rsplit('/').next().unwrap_or_default().to_owned();
        let words: Vec<String> = words_of_identifier(&name).iter().map(|word| singular(word)).collect();
        let pointer = at.clone();
        let any = Value::Bool(true);
        let items = schema.get("items").or_else(|| schema["prefixItems"].get(0)).unwrap_or(&any);
        at.push_str("/*");
        // `previous_names` of a channel are names of channels.
        let named = name == outer || words.last().is_some_and(|word| matches!(word.as_str(), "name" | "title"));
        let around = if named { outer.to_owned() } else { words.join("_") };
        let item = self.shape(items, at, &around, depth + 1);
        at.truncate(pointer.len());
        let id = match &item {
            Shape::Object(fields) => primary(fields, &words),
            _ => None,
        };
        let series = id.is_none() && words.iter().any(|word| SERIES.contains(&word.as_str()));
        Shape::List(List {
            series,
            pointer,
            attribute: words_of_identifier(&name).join(" "),
            description: text(schema, "description").to_lowercase(),
            words,
            least: size(schema, "minItems").unwrap_or(0),
            most: size(schema, "maxItems"),
            unique: schema["uniqueItems"] == true,
            item: Box::new(item),
            id,
        })
    }
}

/// Who has a name and a title is not called by the title.
fn apart(fields: &mut [Field]) {
    let has_name = fields.iter().any(|field| field.name.eq_ignore_ascii_case("name"));
    for field in fields.iter_mut().filter(|field| has_name && field.name.eq_ignore_ascii_case("title")) {
        if let Shape::Leaf(grain) = &mut field.shape {
            grain.attribute = "title".to_owned();
        }
    }
}

/// The field that identifies the items of a list called `words`: the one named like the list, else the first identifier.
fn primary(fields: &[Field], words: &[String]) -> Option<usize> {
    let stem = |field: &Field| match &field.shape {
        Shape::Leaf(grain) => grain.stem.clone(),
        _ => None,
    };
    let named =
        fields.iter().position(|field| stem(field).is_some_and(|stem| words.last().is_some_and(|last| stem.ends_with(last.as_str()))));
    named.or_else(|| fields.iter().position(|field| stem(field).is_some()))
}

impl Grain {
    fn new(leaf: &Leaf, topic: &Topic, around: &str) -> Self {
        let words = words_of_identifier(&leaf.name);
        let stem = stem(leaf, &words, around, topic);
        let maker = Maker::new(leaf, &words, stem.as_deref(), around, topic);
        let constrained = [
            "pattern",
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minLength",
            "maxLength",
            "multipleOf",
            "not",
            "allOf",
            "anyOf",
            "oneOf",
        ];
        let check = if constrained.iter().any(|key| leaf.schema.get(key).is_some()) { compile(&leaf.schema) } else { None };
        Grain {
            pointer: leaf.pointer.clone(),
            name: leaf.name.clone(),
            attribute: attribute(&words),
            follows: settle::may_follow(&words),
            words,
            sem: leaf.sem,
            entity: leaf.entity.clone(),
            headline: leaf.phrase.headline,
            description: leaf.description.to_lowercase(),
            stem,
            maker,
            nullable: type_is(&leaf.schema, "null"),
            check,
        }
    }

    /// The same place, for a value that must also pass `schema`.
    pub(super) fn for_schema(&self, schema: &Value) -> Option<Grain> {
        let leaf = Leaf {
            pointer: self.pointer.clone(),
            name: self.name.clone(),
            schema: schema.clone(),
            description: self.description.clone(),
            required: true,
            sem: self.sem,
            entity: self.entity.clone(),
            phrase: Default::default(),
        };
        let topic = Topic { words: Vec::new(), head: Vec::new(), object: String::new(), kinds: Vec::new(), past: false };
        (schema.is_object()).then(|| Grain { headline: self.headline, stem: self.stem.clone(), ..Grain::new(&leaf, &topic, "") })
    }

    pub(super) fn fits(&self, value: &Value) -> bool {
        self.check.as_ref().is_none_or(|check| check.is_valid(value))
    }

    /// Whether a value from elsewhere may stand here.
    pub(super) fn admits(&self, value: &Value) -> bool {
        let of_kind = match &self.maker {
            Maker::Fixed(only) => value == only,
            Maker::Choice(values) => values.contains(value),
            Maker::Bool => value.is_boolean(),
            Maker::Number(numbers) => numbers.admits(value),
            Maker::Serial { .. } => value.is_i64() || value.is_u64(),
            Maker::Coordinate { .. } => value.is_number(),
            Maker::Moment(moment) if moment.is_number() => value.is_i64() || value.is_u64(),
            _ => value.is_string(),
        };
        (of_kind || (self.nullable && value.is_null())) && self.fits(value)
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.words.iter().any(|have| have == word)
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self.maker, Maker::Pool { .. } | Maker::Examples { .. } | Maker::Id { .. } | Maker::Pattern(_))
    }
}

/// `hotel` of `hotel_id`, `from_hotel_id`; of a bare `id` the thing around it.
fn stem(leaf: &Leaf, words: &[String], around: &str, topic: &Topic) -> Option<String> {
    let ends_so = words.last().is_some_and(|word| matches!(word.as_str(), "id" | "ids" | "uuid" | "guid"));
    if !ends_so && leaf.sem != SemType::Id {
        return None;
    }
    let roles = ["from", "to", "source", "target", "destination", "origin", "new", "old", "parent", "current"];
    let own: Vec<String> = words.iter().filter(|word| !roles.contains(&word.as_str())).map(|word| singular(word)).collect();
    let own = if ends_so { &own[..own.len().saturating_sub(1)] } else { &own[..] };
    let generic = own.is_empty() || own.iter().all(|word| matches!(word.as_str(), "number" | "code" | "key" | "reference"));
    if !generic {
        let own = own.join(" ");
        // A `reply_email_id` is that of an email, where emails are what the tool deals with.
        let is_kind = |kind: &&String| own.strip_suffix(kind.as_str()).is_some_and(|rest| rest.ends_with(' '));
        let kind = topic.kinds.iter().find(is_kind).filter(|_| !topic.kinds.contains(&own));
        return Some(kind.cloned().unwrap_or(own));
    }
    let kind = leaf.entity.clone().filter(|entity| !entity.is_empty());
    let around = words_of_identifier(around).iter().map(|word| singular(word)).collect::<Vec<_>>().join(" ");
    kind.map(|kind| words_of_identifier(&kind).join(" "))
        .or(Some(around).filter(|around| !around.is_empty()))
        .or(Some(topic.object.clone()))
}

fn bare_leaf(pointer: &str, schema: &Value) -> Leaf {
    let name = pointer.rsplit('/').find(|part| *part != "*").unwrap_or_default().replace("~1", "/").replace("~0", "~");
    Leaf {
        pointer: pointer.to_owned(),
        sem: bare_sem(&name, schema),
        name,
        schema: schema.clone(),
        description: text(schema, "description").to_owned(),
        required: true,
        entity: None,
        phrase: Default::default(),
    }
}

/// What can be said of a place that the flat view does not have.
fn bare_sem(name: &str, schema: &Value) -> SemType {
    let last = words_of_identifier(name).pop().unwrap_or_default();
    match (text(schema, "format"), schema.get("enum").is_some()) {
        (_, true) => SemType::Enum,
        ("date", _) => SemType::Date,
        ("date-time", _) => SemType::Datetime,
        ("time", _) => SemType::Time,
        ("email", _) => SemType::Email,
        ("uri" | "url", _) => SemType::Url,
        _ if type_is(schema, "boolean") => SemType::Bool,
        _ if last == "id" => SemType::Id,
        _ if type_is(schema, "integer") || type_is(schema, "number") => SemType::Number,
        _ => SemType::Title,
    }
}

pub(super) fn text<'a>(schema: &'a Value, key: &str) -> &'a str {
    schema.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn size(schema: &Value, key: &str) -> Option<usize> {
    schema.get(key).and_then(Value::as_u64).map(|size| size.min(1000) as usize)
}

/// Whether `type` is or contains `name`.
pub(super) fn type_is(schema: &Value, name: &str) -> bool {
    match schema.get("type") {
        Some(Value::String(kind)) => kind == name,
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == name),
        _ => false,
    }
}
