//! Files in, findings out: read, look, place, rank.

use super::dialogues::{self, Takes};
use super::finding::{Diagnostic, Severity};
use super::fix::Edit;
use super::index::Index;
use super::keywords::{Asked, Keywords};
use super::levels::{Level, Settings, beside};
use super::memo::Memo;
use super::place::locate;
use super::rule::{Doc, Draft, Out, Place, Rule, Target};
use super::rules;
use super::view::{FileView, GraphView, ToolView, World, each_node, each_text};
use crate::catalog::load::{self, merged, roomy};
use crate::catalog::{Catalog, Note, Seen, SurveyedFile, SurveyedTool};
use crate::error::Fault;
use crate::graph::walk::Walker;
use crate::graph::{GraphOptions, ToolGraph};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// What a run of the linter gives.
#[derive(Debug, Default)]
pub struct Checked {
    /// The files, with their texts.
    pub files: Vec<SurveyedFile>,
    /// The most important first.
    pub findings: Vec<Diagnostic>,
    /// Findings that the author accepted beside the tool or in the configuration.
    pub suppressed: usize,
    /// Findings that a baseline has.
    pub known: usize,
    /// Files in folders that are no catalogs.
    pub passed_over: Vec<Note>,
    /// Tools and files with a finding of each rule, by name, whether it was accepted or not.
    pub touched: BTreeMap<&'static str, usize>,
    /// Tools that each target would refuse, for the targets asked for, or for all.
    pub refused: BTreeMap<Target, usize>,
    /// What dialogues each tool can take part in, when that was asked for.
    pub dialogues: Vec<Takes>,
}

impl Checked {
    pub fn tools(&self) -> usize {
        self.files.iter().map(|file| file.tools.len()).sum()
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|one| one.severity == severity).count()
    }

    /// The text of the file that a finding is in.
    pub fn text(&self, finding: &Diagnostic) -> Option<&str> {
        self.files.iter().find(|file| file.source.path == finding.file).map(|file| file.text.as_str())
    }
}

/// Reads files, folders and standard input (`-`) and looks at them. What cannot be read is a finding.
pub fn check(paths: &[PathBuf], settings: &Settings) -> Checked {
    check_seen(read(paths, settings), settings)
}

/// What stands in files, folders and standard input; `settings` are those that it will be looked at with.
pub fn read(paths: &[PathBuf], settings: &Settings) -> Vec<Seen> {
    roomy(|| rayon::join(|| load::survey(paths), || compile_patterns(settings)).0)
}

/// Rules compile their patterns when they first look, and the other threads wait for them: a first look beforehand, while files are read.
fn compile_patterns(settings: &Settings) {
    const TOOL: &str = r#"[{"name": "tool", "description": "Does it.", "parameters": {"type": "object", "properties": {
        "text": {"type": "string", "description": "A text."}, "count": {"type": "integer", "description": "The number of texts."}}}}]"#;
    if let Seen::Catalog(file) = load::survey_bytes(Path::new("tool.json"), TOOL.into(), true) {
        look_at(&On::new(settings), &ToolView::new(0, 0, &file, settings.aliases));
    }
}

/// Looks at what was read.
pub fn check_seen(seen: Vec<Seen>, settings: &Settings) -> Checked {
    let mut checked = Checked::default();
    let mut faults = Vec::new();
    for one in seen {
        match one {
            Seen::Catalog(file) => checked.files.push(*file),
            Seen::Other(note) => checked.passed_over.push(note),
            Seen::Fault(fault) => faults.push(fault),
        }
    }
    let (drafts, dialogues) = roomy(|| look(&checked.files, settings));
    checked.dialogues = dialogues;
    checked.touched = touched(&drafts);
    checked.refused = refused(&drafts, settings);
    let mut findings: Vec<Diagnostic> = faults.into_iter().filter_map(|fault| unreadable(fault, settings)).collect();
    let placed = roomy(|| placed(&checked.files, drafts, settings));
    checked.suppressed = placed.1;
    findings.extend(placed.0);
    rank(&mut findings);
    checked.findings = findings;
    checked
}

fn unreadable(fault: Fault, settings: &Settings) -> Option<Diagnostic> {
    let doc = rules::UNREADABLE.doc();
    let severity = settings.severity(doc)?;
    Some(Diagnostic {
        rule: doc.name,
        code: doc.code,
        severity,
        file: fault.file,
        line: fault.line,
        column: fault.column,
        pointer: fault.pointer,
        message: fault.message,
        help: fault.cure,
        tool: String::new(),
        span: None,
        fix: Vec::new(),
    })
}

/// Runs every rule that is on.
fn look(files: &[SurveyedFile], settings: &Settings) -> (Vec<Draft>, Vec<Takes>) {
    let on = On::new(settings);
    let views: Vec<FileView> = files.iter().enumerate().map(|(index, file)| FileView { index, file }).collect();
    let places: Vec<(usize, usize)> =
        files.iter().enumerate().flat_map(|(file, one)| (0..one.tools.len()).map(move |tool| (file, tool))).collect();
    let (mut tools, mut drafts): (Vec<ToolView>, Vec<Vec<Draft>>) = Default::default();
    let looked = places.par_iter().map(|(file, tool)| {
        let view = ToolView::new(*file, *tool, &files[*file], settings.aliases);
        let drafts = look_at(&on, &view);
        (view, drafts)
    });
    looked.unzip_into_vecs(&mut tools, &mut drafts);
    let mut all: Vec<Draft> = Vec::with_capacity(drafts.iter().map(Vec::len).sum());
    all.extend(drafts.into_iter().flatten());
    all.par_extend(views.par_iter().flat_map_iter(|view| {
        let mut drafts = Vec::new();
        for rule in &on.all {
            rule.file(view, &mut Out { doc: rule.doc(), file: view.index, tool: None, drafts: &mut drafts });
        }
        drafts
    }));
    let world = World::new(&views, &tools, settings);
    on.all.iter().for_each(|rule| rule.prepare(&world));
    all.par_extend(on.all.par_iter().flat_map_iter(|rule| {
        let mut drafts = Vec::new();
        rule.catalog(&world, &mut Out { doc: rule.doc(), file: 0, tool: None, drafts: &mut drafts });
        drafts
    }));
    let mut dialogues = Vec::new();
    if (settings.dialogues || on.all.iter().any(|rule| rule.doc().graph)) && !tools.is_empty() {
        with_graph(files, &world, |view| {
            all.extend(look_at_graph(&on.all, view));
            dialogues = if settings.dialogues { dialogues::of(view) } else { Vec::new() };
        });
    }
    (all, dialogues)
}

/// Rules whose findings are counted for a target run even when they are not shown.
fn needed(doc: &Doc, settings: &Settings) -> bool {
    settings.severity(doc).is_some()
}

/// The rules that are on, and those of them that look at every schema and at every text.
struct On {
    all: Vec<&'static dyn Rule>,
    nodes: Vec<(&'static dyn Rule, &'static Doc, Asked)>,
    texts: Vec<(&'static dyn Rule, &'static Doc)>,
    keywords: Keywords,
    memo: Memo,
}

impl On {
    fn new(settings: &Settings) -> Self {
        let all: Vec<&'static dyn Rule> = rules::all().iter().copied().filter(|rule| needed(rule.doc(), settings)).collect();
        let those = |is: fn(&Doc) -> bool| all.iter().map(|rule| (*rule, rule.doc())).filter(move |(_, doc)| is(doc));
        let mut keywords = Keywords::default();
        let nodes = those(|doc| doc.nodes).map(|(rule, doc)| (rule, doc, keywords.asked(doc.keywords))).collect();
        On { nodes, texts: those(|doc| doc.texts).collect(), keywords, memo: Memo::new(), all }
    }
}

fn look_at(on: &On, view: &ToolView) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for rule in &on.all {
        rule.tool(view, &mut Out { doc: rule.doc(), file: view.file, tool: Some(view.index), drafts: &mut drafts });
    }
    let mut visit = |node: &super::view::Node| {
        let has = on.keywords.of(node.map);
        for (rule, doc, _) in on.nodes.iter().filter(|(_, _, asked)| asked.is_met(&has)) {
            rule.node(view, node, &mut Out { doc, file: view.file, tool: Some(view.index), drafts: &mut drafts });
        }
    };
    each_node(&view.schema, false, &mut visit);
    if let Some(returns) = &view.returns {
        each_node(returns, true, &mut visit);
    }
    each_text(view, &mut |text| {
        if on.memo.is_silent(text) {
            return;
        }
        let before = drafts.len();
        for (rule, doc) in &on.texts {
            rule.text(text, &mut Out { doc, file: view.file, tool: Some(view.index), drafts: &mut drafts });
        }
        if drafts.len() == before {
            on.memo.silent(text);
        }
    });
    drafts
}

/// Completes the tools as for dialogues, and shows what they are together.
fn with_graph(files: &[SurveyedFile], world: &World, show: impl FnOnce(&GraphView)) {
    let catalog = Catalog::from_raw(merged(files));
    let graph = ToolGraph::build(&catalog, &GraphOptions::default());
    let walker = Walker::new(&graph, &catalog);
    let known: HashMap<(&std::path::Path, &str, &str), usize> = world
        .tools
        .iter()
        .enumerate()
        .rev()
        .map(|(index, tool)| ((files[tool.file].source.path.as_path(), tool.source.pointer.as_str(), tool.name.trim()), index))
        .collect();
    let origin =
        catalog.tools.iter().map(|tool| known.get(&(tool.at.file.as_path(), tool.at.pointer.as_str(), tool.name.as_str())).copied());
    show(&GraphView { world, catalog: &catalog, graph: &graph, walker: &walker, origin: origin.collect() });
}

fn look_at_graph(on: &[&'static dyn Rule], view: &GraphView) -> Vec<Draft> {
    let looked = on.par_iter().filter(|rule| rule.doc().graph).flat_map_iter(|rule| {
        let mut drafts = Vec::new();
        rule.graph(view, &mut Out { doc: rule.doc(), file: 0, tool: None, drafts: &mut drafts });
        drafts
    });
    looked.collect()
}

fn touched(drafts: &[Draft]) -> BTreeMap<&'static str, usize> {
    let mut places: Vec<(&'static str, usize, Option<usize>)> =
        drafts.iter().map(|draft| (draft.doc.name, draft.file, draft.tool)).collect();
    places.sort_unstable();
    places.dedup();
    let mut out = BTreeMap::new();
    places.into_iter().for_each(|(rule, _, _)| *out.entry(rule).or_insert(0) += 1);
    out
}

/// Tools with a finding that a target refuses.
fn refused(drafts: &[Draft], settings: &Settings) -> BTreeMap<Target, usize> {
    let targets: Vec<Target> = if settings.targets.is_empty() { Target::ALL.to_vec() } else { settings.targets.clone() };
    let count = |target: Target| {
        let refusing = |doc: &Doc| {
            doc.refused_by.contains(&target) || (doc.targets.contains(&target) && doc.asked.unwrap_or(doc.severity) == Severity::Error)
        };
        let mut tools: Vec<(usize, usize)> =
            drafts.iter().filter(|draft| refusing(draft.doc)).filter_map(|draft| Some((draft.file, draft.tool?))).collect();
        tools.sort_unstable();
        tools.dedup();
        tools.len()
    };
    targets.into_iter().map(|target| (target, count(target))).collect()
}

/// Findings with their places and severities, and how many were suppressed.
fn placed(files: &[SurveyedFile], drafts: Vec<Draft>, settings: &Settings) -> (Vec<Diagnostic>, usize) {
    let mut concerned: Vec<usize> = drafts.iter().map(|draft| draft.file).collect();
    concerned.sort_unstable();
    concerned.dedup();
    let indices: BTreeMap<usize, Placer> = concerned.into_par_iter().map(|file| (file, Placer::new(&files[file], settings))).collect();
    let all = drafts.len();
    let found: Vec<Option<Diagnostic>> = drafts.into_par_iter().map(|draft| indices.get(&draft.file)?.place(draft)).collect();
    let findings: Vec<Diagnostic> = found.into_iter().flatten().collect();
    let suppressed = all - findings.len();
    (findings, suppressed)
}

/// Finds the places of one file.
struct Placer<'a> {
    file: &'a SurveyedFile,
    settings: &'a Settings,
    index: Index<'a>,
    /// What `x-lint` at the head of the file says.
    for_all: Vec<(&'static str, Level)>,
    /// Whether it stands anywhere else: most files have none, and need not be looked through.
    beside: bool,
}

impl<'a> Placer<'a> {
    fn new(file: &'a SurveyedFile, settings: &'a Settings) -> Self {
        let for_all = accepted(&[file.value.get("x-lint")]);
        Placer { file, settings, index: Index::new(file), for_all, beside: file.text.contains("x-lint") }
    }

    /// `None` when the author or the configuration has accepted it.
    fn place(&self, draft: Draft) -> Option<Diagnostic> {
        let tool = draft.tool.map(|tool| &self.file.tools[tool]);
        let name = tool.and_then(|tool| tool.name.as_str()).unwrap_or_default();
        let severity = self.settings.severity(draft.doc)?;
        let severity = match self.beside.then(|| self.level(tool, &draft)).flatten() {
            Some(Level::Off) => return None,
            Some(Level::At(severity)) => severity,
            None => severity,
        };
        if self.settings.ignores(draft.doc.name, name, &self.file.source.path) {
            return None;
        }
        Some(diagnostic(self.file, &self.index, tool, name, severity, draft))
    }

    /// The nearest `x-lint` that names the rule.
    fn level(&self, tool: Option<&SurveyedTool>, draft: &Draft) -> Option<Level> {
        let of_tool = tool.map_or_else(Vec::new, |tool| beside_tool(self.file, tool));
        let named = of_tool.iter().rev().chain(self.for_all.iter().rev()).find(|(rule, _)| *rule == draft.doc.name);
        named.map(|(_, level)| *level).or_else(|| in_schema(self.file, tool, draft))
    }
}

fn diagnostic(file: &SurveyedFile, index: &Index, tool: Option<&SurveyedTool>, name: &str, severity: Severity, draft: Draft) -> Diagnostic {
    let (pointer, _) = locate(file, tool, &draft.place);
    let span = index.nearest(&pointer).map(|node| index.shown(node));
    let (line, column) = match (draft.at, span) {
        (Some(at), _) => at,
        (None, Some((start, _))) => index.place(start),
        (None, None) => (0, 0),
    };
    let fix: Option<Vec<Edit>> = draft.fix.iter().map(|edit| mapped(file, tool, &draft.place, edit)).collect();
    Diagnostic {
        rule: draft.doc.name,
        code: draft.doc.code,
        severity,
        file: file.source.path.clone(),
        line,
        column,
        pointer,
        message: draft.message,
        help: draft.help,
        tool: name.to_owned(),
        span,
        fix: fix.unwrap_or_default(),
    }
}

/// An edit with its pointer into the document; `None` when the place is not in the document as such.
fn mapped(file: &SurveyedFile, tool: Option<&SurveyedTool>, place: &Place, edit: &Edit) -> Option<Edit> {
    let at = match place {
        Place::Parameters(_) => Place::Parameters(edit.pointer.clone()),
        Place::Returns(_) => Place::Returns(edit.pointer.clone()),
        _ => Place::Document(edit.pointer.clone()),
    };
    let (pointer, found) = locate(file, tool, &at);
    found.then(|| Edit { pointer, change: edit.change.clone() })
}

fn accepted(values: &[Option<&Value>]) -> Vec<(&'static str, Level)> {
    values.iter().flatten().flat_map(|value| beside(value).0).collect()
}

/// `x-lint` at the tool, and around it where the tool is wrapped.
fn beside_tool(file: &SurveyedFile, tool: &SurveyedTool) -> Vec<(&'static str, Level)> {
    let outer = tool.pointer.strip_suffix("/function").and_then(|outer| file.value.pointer(outer));
    let own = file.value.pointer(&tool.pointer);
    accepted(&[outer.and_then(|node| node.get("x-lint")), own.and_then(|node| node.get("x-lint"))])
}

/// `x-lint` in the schema that the place is in, or in one around it; the innermost wins.
fn in_schema(file: &SurveyedFile, tool: Option<&SurveyedTool>, draft: &Draft) -> Option<Level> {
    let (root, pointer) = match &draft.place {
        Place::Parameters(pointer) => (tool?.parameters(file), pointer.as_str()),
        Place::Returns(pointer) => (tool?.returns(file)?, pointer.as_str()),
        _ => return None,
    };
    let mut pointer = pointer;
    loop {
        if let Some(value) = root.pointer(pointer).and_then(|node| node.get("x-lint"))
            && let Some((_, level)) = beside(value).0.into_iter().find(|(rule, _)| *rule == draft.doc.name)
        {
            return Some(level);
        }
        pointer = &pointer[..pointer.rfind('/')?];
    }
}

/// Errors before warnings before the rest; inside a severity the rules in the order of how much they matter, and each rule's
/// findings in the order of the files.
fn rank(findings: &mut Vec<Diagnostic>) {
    let order: HashMap<&str, usize> = rules::by_weight().into_iter().enumerate().map(|(place, doc)| (doc.name, place)).collect();
    // Paths are compared part by part: once for every file, and not for every finding.
    let mut files: Vec<&Path> = findings.iter().map(|one| one.file.as_path()).collect();
    files.dedup();
    files.sort_unstable();
    files.dedup();
    let files: HashMap<PathBuf, usize> = files.into_iter().enumerate().map(|(place, file)| (file.to_owned(), place)).collect();
    let weigh = |one: &Diagnostic| {
        let rule = order.get(one.rule).copied().unwrap_or(usize::MAX);
        (std::cmp::Reverse(one.severity), rule, files.get(&one.file).copied(), one.line, one.column)
    };
    let mut weighed: Vec<_> = std::mem::take(findings).into_par_iter().map(|one| (weigh(&one), one)).collect();
    weighed.par_sort_by(|(a_weight, a), (b_weight, b)| {
        a_weight.cmp(b_weight).then_with(|| (&a.pointer, &a.message).cmp(&(&b.pointer, &b.message)))
    });
    findings.extend(weighed.into_iter().map(|(_, one)| one));
    // Two tools may share a place in the document (parameters of a path, references): one finding is enough.
    findings.dedup_by(|a, b| (a.rule, &a.file, &a.pointer, &a.message) == (b.rule, &b.file, &b.pointer, &b.message));
}
