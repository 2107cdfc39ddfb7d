//! What a rule is: a document, and the places where it looks.

use super::finding::Severity;
use super::fix::Edit;
use super::view::{FileView, GraphView, Node, Text, ToolView, World};

/// A group of rules, which is also the folder of its files and the letter of its codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    Names,
    Descriptions,
    Schema,
    Providers,
    Catalog,
    Security,
    File,
}

impl Group {
    pub const ALL: [Group; 7] =
        [Group::Names, Group::Descriptions, Group::Schema, Group::Providers, Group::Catalog, Group::Security, Group::File];

    pub fn name(self) -> &'static str {
        match self {
            Group::Names => "names",
            Group::Descriptions => "descriptions",
            Group::Schema => "schema",
            Group::Providers => "providers",
            Group::Catalog => "catalog",
            Group::Security => "security",
            Group::File => "file",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Group::Names => "Names",
            Group::Descriptions => "Descriptions",
            Group::Schema => "Schema",
            Group::Providers => "Provider profiles",
            Group::Catalog => "Catalog and graph",
            Group::Security => "Security",
            Group::File => "File",
        }
    }
}

/// Who the tools are sent to. A rule with targets concerns these alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    OpenAi,
    OpenAiStrict,
    Anthropic,
    Gemini,
    Mistral,
    Mcp,
}

impl Target {
    pub const ALL: [Target; 6] = [Target::OpenAi, Target::OpenAiStrict, Target::Anthropic, Target::Gemini, Target::Mistral, Target::Mcp];

    pub fn name(self) -> &'static str {
        match self {
            Target::OpenAi => "openai",
            Target::OpenAiStrict => "openai-strict",
            Target::Anthropic => "anthropic",
            Target::Gemini => "gemini",
            Target::Mistral => "mistral",
            Target::Mcp => "mcp",
        }
    }

    pub fn of(name: &str) -> Option<Target> {
        Target::ALL.into_iter().find(|target| target.name() == name)
    }
}

/// Everything that a person is told about a rule. `bad` and `good` are whole files: the tests run the rule on both, and the
/// manual shows them.
#[derive(Debug)]
pub struct Doc {
    pub name: &'static str,
    pub code: &'static str,
    pub group: Group,
    pub severity: Severity,
    /// The severity when one of its targets is asked for by name.
    pub asked: Option<Severity>,
    /// Empty for rules that concern everybody.
    pub targets: &'static [Target],
    /// Who refuses a tool on which a rule that concerns everybody speaks.
    pub refused_by: &'static [Target],
    pub what: &'static str,
    pub why: &'static str,
    /// What `--fix` does, where it does anything.
    pub fix: Option<&'static str>,
    pub bad: &'static str,
    pub good: &'static str,
    /// It needs the tool graph, which takes longer than reading.
    pub graph: bool,
    /// It looks at every schema ([`Rule::node`]), or at every text ([`Rule::text`]): there are many of both, and only these rules are asked.
    pub nodes: bool,
    pub texts: bool,
    /// Of the schemas only those that have a keyword of one of these lists are shown to it; all where it names none.
    pub keywords: &'static [&'static [&'static str]],
}

impl Doc {
    /// What most rules have; the rest is given by each.
    pub const BLANK: Doc = Doc {
        name: "",
        code: "",
        group: Group::Names,
        severity: Severity::Warning,
        asked: None,
        targets: &[],
        refused_by: &[],
        what: "",
        why: "",
        fix: None,
        bad: "",
        good: "",
        graph: false,
        nodes: false,
        texts: false,
        keywords: &[],
    };
}

/// One rule. Each implements the hooks of the places where it looks.
pub trait Rule: Sync {
    fn doc(&self) -> &'static Doc;

    /// Once a file.
    fn file(&self, _: &FileView, _: &mut Out) {}

    /// Once a tool.
    fn tool(&self, _: &ToolView, _: &mut Out) {}

    /// Every schema of a tool that has one of the rule's keywords: the parameters' root, what stands below it, and the same of the result.
    fn node(&self, _: &ToolView, _: &Node, _: &mut Out) {}

    /// Every text of a tool that a model reads, and every key. Whether it speaks depends on the text and its kind alone: a text on which
    /// all rules were silent is not shown again.
    fn text(&self, _: &Text, _: &mut Out) {}

    /// Before [`Rule::catalog`], one rule after the other: what the rule shares with others and works out on several threads. Inside
    /// `catalog`, which runs beside other rules, a thread that waits for such work might take up a rule that waits for it.
    fn prepare(&self, _: &World) {}

    /// Once, with all tools.
    fn catalog(&self, _: &World, _: &mut Out) {}

    /// Once, with the tools as they are completed for dialogues and with their graph.
    fn graph(&self, _: &GraphView, _: &mut Out) {}
}

/// Where something was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A pointer into the document.
    Document(String),
    Tool,
    Name,
    Description,
    /// A pointer into the parameters' schema.
    Parameters(String),
    /// A pointer into the result's schema.
    Returns(String),
}

/// A finding before its place in the file is looked up.
#[derive(Debug, Clone)]
pub struct Draft {
    pub doc: &'static Doc,
    pub file: usize,
    /// Index among the tools of the file.
    pub tool: Option<usize>,
    pub place: Place,
    pub message: String,
    pub help: String,
    /// With pointers into the schema that the place is in, mapped later.
    pub fix: Vec<Edit>,
    /// A fault that has its own line and column.
    pub at: Option<(u32, u32)>,
}

/// Takes what a rule finds.
pub struct Out<'a> {
    pub(super) doc: &'static Doc,
    pub(super) file: usize,
    pub(super) tool: Option<usize>,
    pub(super) drafts: &'a mut Vec<Draft>,
}

impl Out<'_> {
    /// At a place of the tool (or file) that the rule is looking at.
    pub fn report(&mut self, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.fixable(place, message, help, Vec::new());
    }

    /// The same with edits that mend it.
    pub fn fixable(&mut self, place: Place, message: impl Into<String>, help: impl Into<String>, fix: Vec<Edit>) {
        let (message, help) = (message.into(), help.into());
        self.drafts.push(Draft { doc: self.doc, file: self.file, tool: self.tool, place, message, help, fix, at: None });
    }

    /// At a place of another tool, for rules that see all of them.
    pub fn report_at(&mut self, tool: &ToolView, place: Place, message: impl Into<String>, help: impl Into<String>) {
        let (message, help) = (message.into(), help.into());
        self.drafts.push(Draft { doc: self.doc, file: tool.file, tool: Some(tool.index), place, message, help, fix: Vec::new(), at: None });
    }
}
