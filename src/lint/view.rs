//! What rules look at: files, tools, schemas, texts, and the graph.

use super::rule::Place;
use super::understand;
use crate::catalog::read::{KeywordKind, escape, keyword_kind, push_escaped};
use crate::catalog::{Catalog, Note, RawTool, Skipped, SurveyedFile, SurveyedTool, Tool};
use crate::graph::ToolGraph;
use crate::graph::walk::Walker;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::rc::Rc;
use std::sync::OnceLock;

/// One file.
pub struct FileView<'a> {
    pub index: usize,
    pub file: &'a SurveyedFile,
}

/// One tool, before anything was mended.
pub struct ToolView<'a> {
    /// Index of its file, and its own in the file.
    pub file: usize,
    pub index: usize,
    /// Empty when it has none.
    pub name: &'a str,
    pub description: &'a str,
    pub format: &'a str,
    /// The parameters as written.
    pub raw: &'a Value,
    /// The result's schema as written.
    pub raw_returns: Option<&'a Value>,
    /// The parameters with foreign type names understood, and nothing else changed.
    pub schema: Cow<'a, Value>,
    pub returns: Option<Cow<'a, Value>>,
    pub source: &'a SurveyedTool,
    survey: &'a SurveyedFile,
    /// What stands at the tool's place in the document; null when the document holds it as text.
    pub document: &'a Value,
}

impl<'a> ToolView<'a> {
    /// `aliases`: whether foreign type names are understood.
    pub fn new(file: usize, index: usize, survey: &'a SurveyedFile, aliases: bool) -> Self {
        let source = &survey.tools[index];
        let (raw, raw_returns) = (source.parameters(survey), source.returns(survey));
        let understood = |schema: &'a Value| if aliases { understand::types(schema) } else { Cow::Borrowed(schema) };
        ToolView {
            file,
            index,
            name: source.name.as_str().unwrap_or_default(),
            description: &source.description,
            format: &survey.source.format,
            raw,
            raw_returns,
            schema: understood(raw),
            returns: raw_returns.map(understood),
            source,
            survey,
            document: survey.value.pointer(&source.pointer).unwrap_or(&Value::Null),
        }
    }

    /// What becomes of it in a run: worked out when it is first asked for, which takes longer than most rules.
    pub fn outcome(&self) -> &'a Result<RawTool, Skipped> {
        self.source.outcome(self.survey)
    }

    /// What is rewritten in it on the way in; worked out in the same way.
    pub fn notes(&self) -> &'a [Note] {
        self.source.notes(self.survey)
    }

    /// What the reader of the format told under this code, if the tool is not left out.
    pub fn told(&self, code: &str) -> Option<&'a str> {
        let told = self.source.told.iter().find(|message| crate::catalog::read::code(message) == code)?;
        self.outcome().is_ok().then_some(told)
    }

    pub fn is_openapi(&self) -> bool {
        self.format.starts_with("openapi") || self.format.starts_with("swagger")
    }

    pub fn is_mcp(&self) -> bool {
        self.format.starts_with("mcp")
    }

    /// The top-level parameters, through `allOf`: pointer, name, schema, and whether it is required.
    pub fn parameters(&self) -> Vec<Parameter<'_>> {
        let mut out = Vec::new();
        parameters(&self.schema, &self.schema, None, 0, &mut out);
        out
    }
}

/// A top-level parameter.
#[derive(Clone)]
pub struct Parameter<'a> {
    /// Of the schema whose property it is; none for the root.
    home: Option<Rc<str>>,
    pub name: &'a str,
    pub schema: &'a Value,
    pub required: bool,
}

impl Parameter<'_> {
    /// Where its schema stands in the tool's.
    pub fn pointer(&self) -> String {
        format!("{}/properties/{}", self.home.as_deref().unwrap_or_default(), escape(self.name))
    }

    pub fn text(&self, key: &str) -> &str {
        self.schema.get(key).and_then(Value::as_str).unwrap_or_default()
    }
}

fn parameters<'a>(schema: &'a Value, root: &'a Value, home: Option<Rc<str>>, depth: usize, out: &mut Vec<Parameter<'a>>) {
    let Value::Object(map) = schema else { return };
    let required = || map.get("required").and_then(Value::as_array).into_iter().flatten();
    for (name, schema) in map.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let flagged = schema.get("required") == Some(&Value::Bool(true));
        out.push(Parameter { home: home.clone(), name, schema, required: flagged || required().any(|needed| needed == name) });
    }
    if depth > 8 {
        return;
    }
    for (index, branch) in map.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let home = format!("{}/allOf/{index}", home.as_deref().unwrap_or_default());
        parameters(branch, root, Some(home.into()), depth + 1, out);
    }
    let target = map.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix('#'));
    if let Some((to, target)) = target.and_then(|to| Some((to, root.pointer(to)?))) {
        parameters(target, root, Some(to.into()), depth + 1, out);
    }
}

/// One schema of a tool.
pub struct Node<'a> {
    pub map: &'a Map<String, Value>,
    pub pointer: &'a str,
    /// Inside the result and not the parameters.
    pub in_result: bool,
    /// Name of the property whose schema this is.
    pub property: Option<&'a str>,
    /// Required by the object that it is a property of.
    pub required: bool,
    /// The root itself is 0.
    pub depth: usize,
    /// The keyword that it stands under directly; empty at the root.
    pub keyword: &'a str,
}

impl Node<'_> {
    pub fn place(&self) -> Place {
        self.below("")
    }

    /// A place below this schema.
    pub fn below(&self, rest: &str) -> Place {
        let pointer = format!("{}{rest}", self.pointer);
        if self.in_result { Place::Returns(pointer) } else { Place::Parameters(pointer) }
    }

    pub fn text(&self, key: &str) -> &str {
        self.map.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// How it is called in a message.
    pub fn called(&self) -> String {
        match (self.property, self.in_result) {
            (Some(name), false) => format!("`{name}`"),
            (Some(name), true) => format!("the result's `{name}`"),
            (None, false) if self.pointer.is_empty() => "the parameters".into(),
            (None, true) if self.pointer.is_empty() => "the result".into(),
            _ => self.called_by_parent(),
        }
    }

    /// After the property that it stands in: "an item of `ids`".
    fn called_by_parent(&self) -> String {
        let of = if self.in_result { "the result's " } else { "" };
        let Some((_, inner)) = self.pointer.rsplit_once("/properties/") else { return format!("the schema at {}", self.pointer) };
        let (name, below) = inner.split_once('/').unwrap_or((inner, ""));
        let what = match below.split('/').rfind(|token| token.parse::<usize>().is_err()) {
            Some("items" | "prefixItems") => "an item",
            Some("anyOf" | "oneOf" | "allOf") => "a branch",
            Some("additionalProperties" | "patternProperties") => "a value",
            _ => "a part",
        };
        format!("{what} of {of}`{}`", name.replace("~1", "/").replace("~0", "~"))
    }

    /// The types that it names; none when it has no `type`.
    pub fn types(&self) -> Vec<&str> {
        types(self.map)
    }

    pub fn is(&self, kind: &str) -> bool {
        match self.map.get("type") {
            Some(Value::String(one)) => one == kind,
            Some(Value::Array(kinds)) => kinds.iter().any(|one| one == kind),
            _ => false,
        }
    }
}

pub fn types(map: &Map<String, Value>) -> Vec<&str> {
    match map.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Calls `visit` for a schema and all below it.
pub fn each_node(schema: &Value, in_result: bool, visit: &mut dyn FnMut(&Node<'_>)) {
    let top = Above { property: None, required: false, depth: 0, keyword: "" };
    descend(schema, &mut String::new(), in_result, top, visit);
}

/// What a schema knows of where it stands.
#[derive(Clone, Copy)]
struct Above<'a> {
    property: Option<&'a str>,
    required: bool,
    depth: usize,
    keyword: &'a str,
}

fn descend(schema: &Value, pointer: &mut String, in_result: bool, above: Above, visit: &mut dyn FnMut(&Node<'_>)) {
    let Value::Object(map) = schema else { return };
    let Above { property, required, depth, keyword } = above;
    visit(&Node { map, pointer, in_result, property, required, depth, keyword });
    let keep = pointer.len();
    let needed = |name: &str| map.get("required").and_then(Value::as_array).is_some_and(|list| list.iter().any(|one| one == name));
    for (key, value) in map {
        let plain = Above { property: None, required: false, depth: depth + 1, keyword: key };
        match (keyword_kind(key), value) {
            (Some(KeywordKind::One | KeywordKind::List), Value::Array(list)) => {
                for (index, inner) in list.iter().enumerate() {
                    pointer.push_str(&format!("/{key}/{index}"));
                    descend(inner, pointer, in_result, plain, visit);
                    pointer.truncate(keep);
                }
            }
            (Some(KeywordKind::One), inner) => {
                pointer.push('/');
                pointer.push_str(key);
                descend(inner, pointer, in_result, plain, visit);
                pointer.truncate(keep);
            }
            (Some(KeywordKind::Map), Value::Object(entries)) => {
                for (name, inner) in entries {
                    pointer.push('/');
                    pointer.push_str(key);
                    pointer.push('/');
                    push_escaped(pointer, name);
                    let property = (key == "properties").then_some(name.as_str());
                    let required = property.is_some() && needed(name);
                    descend(inner, pointer, in_result, Above { property, required, ..plain }, visit);
                    pointer.truncate(keep);
                }
            }
            _ => {}
        }
    }
}

/// What a text is to the tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    Name,
    /// Of the tool itself.
    Description,
    /// A description, title or comment inside a schema or beside it.
    Prose,
    /// A key of an object: the name of a parameter, or a keyword.
    Key,
    /// A value: of an enum, a default, an example, anything else.
    Value,
}

/// A text of a tool.
pub struct Text<'a> {
    pub text: &'a str,
    pub kind: TextKind,
    root: Root,
    pointer: &'a str,
}

#[derive(Clone, Copy)]
enum Root {
    Name,
    Description,
    Parameters,
    Returns,
    Document,
}

impl Text<'_> {
    pub fn place(&self) -> Place {
        match self.root {
            Root::Name => Place::Name,
            Root::Description => Place::Description,
            Root::Parameters => Place::Parameters(self.pointer.to_owned()),
            Root::Returns => Place::Returns(self.pointer.to_owned()),
            Root::Document => Place::Document(self.pointer.to_owned()),
        }
    }

    pub fn called(&self) -> &'static str {
        match (self.kind, self.root) {
            (TextKind::Name, _) => "the name",
            (TextKind::Description, _) => "the description",
            (TextKind::Prose, Root::Returns) => "a description in the result",
            (TextKind::Prose, Root::Document) => "an annotation",
            (TextKind::Prose, _) => "a description of a parameter",
            (TextKind::Key, _) => "a key",
            (TextKind::Value, _) => "a value",
        }
    }
}

/// Calls `visit` for every text of a tool.
pub fn each_text(tool: &ToolView, visit: &mut dyn FnMut(&Text<'_>)) {
    visit(&Text { text: tool.name, kind: TextKind::Name, root: Root::Name, pointer: "" });
    visit(&Text { text: tool.description, kind: TextKind::Description, root: Root::Description, pointer: "" });
    texts(tool.raw, &mut String::new(), Root::Parameters, TextKind::Value, visit);
    if let Some(returns) = tool.raw_returns {
        texts(returns, &mut String::new(), Root::Returns, TextKind::Value, visit);
    }
    // What stands beside them in the document and reaches a model too.
    for key in ["annotations", "title", "_meta", "x-nl"] {
        if let Some(value) = tool.document.get(key) {
            let mut pointer = format!("{}/{key}", tool.source.pointer);
            texts(value, &mut pointer, Root::Document, TextKind::Prose, visit);
        }
    }
}

fn texts(value: &Value, pointer: &mut String, root: Root, kind: TextKind, visit: &mut dyn FnMut(&Text<'_>)) {
    let keep = pointer.len();
    match value {
        Value::String(text) => visit(&Text { text, kind, root, pointer }),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer.push_str(&format!("/{index}"));
                texts(item, pointer, root, kind, visit);
                pointer.truncate(keep);
            }
        }
        Value::Object(map) => {
            for (key, inner) in map {
                pointer.push('/');
                push_escaped(pointer, key);
                visit(&Text { text: key, kind: TextKind::Key, root, pointer });
                let prose = matches!(key.as_str(), "description" | "title" | "$comment" | "desc" | "summary") && inner.is_string();
                texts(inner, pointer, root, if prose { TextKind::Prose } else { TextKind::Value }, visit);
                pointer.truncate(keep);
            }
        }
        _ => {}
    }
}

/// All files and tools of a run.
pub struct World<'a> {
    pub files: &'a [FileView<'a>],
    pub tools: &'a [ToolView<'a>],
    pub settings: &'a super::Settings,
    /// What several rules need, worked out once, as places in `tools`: the lists, and the pairs that are described alike with
    /// how alike they are.
    pub(in crate::lint) lists: OnceLock<Vec<Vec<usize>>>,
    pub(in crate::lint) alike: OnceLock<Vec<(usize, usize, f64)>>,
}

impl<'a> World<'a> {
    pub fn new(files: &'a [FileView<'a>], tools: &'a [ToolView<'a>], settings: &'a super::Settings) -> Self {
        World { files, tools, settings, lists: OnceLock::new(), alike: OnceLock::new() }
    }
}

/// The tools as they are completed for dialogues, with their graph.
pub struct GraphView<'a> {
    pub world: &'a World<'a>,
    pub catalog: &'a Catalog,
    pub graph: &'a ToolGraph,
    pub walker: &'a Walker,
    /// Place in [`World::tools`] of every tool of the catalog.
    pub origin: Vec<Option<usize>>,
}

impl<'a> GraphView<'a> {
    /// What a tool of the catalog was before.
    pub fn view(&self, tool: usize) -> Option<&'a ToolView<'a>> {
        self.origin.get(tool).copied().flatten().map(|index| &self.world.tools[index])
    }

    /// All tools of the catalog with what they were before.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, &'a Tool, &'a ToolView<'a>)> + '_ {
        self.catalog.tools.iter().enumerate().filter_map(|(index, tool)| Some((index, tool, self.view(index)?)))
    }
}
