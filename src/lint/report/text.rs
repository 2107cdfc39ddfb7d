//! What a person reads: groups of findings, the ones that matter first, with the line itself; then a line for each other rule.

use crate::graph::encoder::Encoder;
use crate::lint::finding::{Diagnostic, Severity};
use crate::lint::rule::{Doc, Group};
use crate::lint::run::Checked;
use crate::lint::tokens::Tokens;
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents,
};
use std::collections::BTreeMap;
use std::fmt::Write;

/// How the text is shown.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub colour: bool,
    /// Every finding, and not the ten groups that matter most.
    pub all: bool,
    pub width: usize,
}

/// Groups that are shown in full, and places that are shown of each.
const GROUPS: usize = 10;
const PLACES: usize = 2;
/// Bytes of a line that are shown.
const LINE: usize = 160;

/// The report of a run.
pub fn text(checked: &Checked, style: Style) -> String {
    let groups = groups(checked);
    let mut out = String::new();
    let loud: Vec<&(&str, Vec<&Diagnostic>)> = groups.iter().filter(|(_, group)| style.all || group[0].severity > Severity::Info).collect();
    let shown = if style.all { loud.len() } else { GROUPS.min(loud.len()) };
    for (rule, group) in loud.iter().take(shown) {
        let places = if style.all { group.len() } else { PLACES.min(group.len()) };
        for (index, one) in group.iter().enumerate().take(places) {
            // What the finding before it has said is not said again.
            let told = index.checked_sub(1).map(|before| group[before]);
            out.push_str(&one_finding(checked, one, told, style));
        }
        if group.len() > places {
            let files: std::collections::BTreeSet<_> = group[places..].iter().map(|one| &one.file).collect();
            let more = group.len() - places;
            let where_else = if files.len() > 1 { format!(" in {} files", files.len()) } else { String::new() };
            let _ = writeln!(out, "  … and {more} more like this{where_else} ({rule})\n");
        }
    }
    let rest: Vec<&(&str, Vec<&Diagnostic>)> =
        groups.iter().filter(|(rule, _)| !loud.iter().take(shown).any(|(known, _)| known == rule)).collect();
    if !rest.is_empty() {
        out.push_str("also found:\n");
        for (rule, group) in &rest {
            let one = group[0];
            let _ = writeln!(out, "  {:5} {} {:24} {:7}  {}", group.len(), one.code, rule, one.severity.name(), first_place(one));
        }
        out.push('\n');
    }
    out.push_str(&summary(checked));
    if !rest.is_empty() {
        out.push_str("`--all` shows every finding, `walktalk explain RULE` says more about a rule\n");
    } else if let Some((rule, _)) = groups.first() {
        let _ = writeln!(out, "`walktalk explain {rule}` says more about this rule");
    }
    out
}

fn first_place(one: &Diagnostic) -> String {
    if one.line > 0 { format!("first at {}:{}", one.file.display(), one.line) } else { format!("in {}", one.file.display()) }
}

/// Findings by rule, in the order of the first of each.
fn groups(checked: &Checked) -> Vec<(&'static str, Vec<&Diagnostic>)> {
    let mut order: Vec<(&'static str, Vec<&Diagnostic>)> = Vec::new();
    let mut known: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for one in &checked.findings {
        let place = *known.entry((one.rule, one.severity)).or_insert_with(|| {
            order.push((one.rule, Vec::new()));
            order.len() - 1
        });
        order[place].1.push(one);
    }
    order
}

fn summary(checked: &Checked) -> String {
    let count = |severity| checked.count(severity);
    let many = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let mut out = format!(
        "{} in {}: {}, {}, {} of information",
        many(checked.tools(), "tool"),
        many(checked.files.len(), "file"),
        many(count(Severity::Error), "error"),
        many(count(Severity::Warning), "warning"),
        many(count(Severity::Info), "piece")
    );
    if checked.suppressed > 0 {
        let _ = write!(out, "; {} accepted", checked.suppressed);
    }
    if checked.known > 0 {
        let _ = write!(out, "; {} in the baseline", checked.known);
    }
    let fixable = checked.findings.iter().filter(|one| !one.fix.is_empty()).count();
    if fixable > 0 {
        let _ = write!(out, "; {fixable} can be mended with --fix");
    }
    out.push('\n');
    if checked.tools() > 0 {
        let refused: Vec<String> = checked.refused.iter().map(|(target, count)| format!("{} {count}", target.name())).collect();
        let _ = writeln!(out, "tools that a target would refuse: {}", refused.join(" · "));
        out.push_str(&cost(checked));
    }
    out
}

/// Tools of a list that somebody might offer as a whole; what longer ones cost is of no use to know.
const OFFERED: usize = 2_000;

/// What the tools take of a model's context.
fn cost(checked: &Checked) -> String {
    if checked.tools() > OFFERED {
        return String::new();
    }
    let mut tokens = Tokens::default();
    let each = checked
        .files
        .iter()
        .flat_map(|file| file.tools.iter().map(move |tool| (file, tool)))
        .map(|(file, tool)| tokens.of_tool(tool, file));
    let (all, most) = each.fold((0, 0), |(all, most), cost| (all + cost, most.max(cost)));
    let most = if checked.tools() > 1 { format!(", the largest {most}") } else { String::new() };
    format!("tokens when offered as JSON: {all}{most} ({})\n", Encoder::embedded().name())
}

/// One line of a file, cut to what is shown, under its own number.
struct Excerpt {
    name: String,
    text: String,
    line: usize,
    column: usize,
}

impl SourceCode for Excerpt {
    fn read_span<'a>(&'a self, span: &SourceSpan, _: usize, _: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        if span.offset() + span.len() > self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let whole = SourceSpan::from((0, self.text.len()));
        Ok(Box::new(MietteSpanContents::new_named(self.name.clone(), self.text.as_bytes(), whole, self.line, self.column, 1)))
    }
}

fn one_finding(checked: &Checked, one: &Diagnostic, told: Option<&Diagnostic>, style: Style) -> String {
    let severity = match one.severity {
        Severity::Error => miette::Severity::Error,
        Severity::Warning => miette::Severity::Warning,
        Severity::Info => miette::Severity::Advice,
    };
    let mut diagnostic = MietteDiagnostic::new(one.message.clone()).with_severity(severity);
    if told.is_none() {
        diagnostic = diagnostic.with_code(format!("{} {}", one.code, one.rule));
    }
    if !one.help.is_empty() && told.is_none_or(|told| told.help != one.help) {
        diagnostic = diagnostic.with_help(one.help.clone());
    }
    let report = match excerpt(checked, one) {
        Some((excerpt, span)) => {
            diagnostic = diagnostic.with_label(LabeledSpan::new_with_span(None, span));
            miette::Report::new(diagnostic).with_source_code(excerpt)
        }
        None => {
            let place =
                if one.line > 0 { format!("{}:{}:{}", one.file.display(), one.line, one.column) } else { one.file.display().to_string() };
            diagnostic.message = format!("{place}: {}", diagnostic.message);
            miette::Report::new(diagnostic)
        }
    };
    let theme = if style.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let mut out = String::new();
    let handler = GraphicalReportHandler::new_themed(theme).with_width(style.width).with_links(false);
    let _ = handler.render_report(&mut out, report.as_ref());
    out.push('\n');
    out
}

/// The line of a finding and what is underlined in it.
fn excerpt(checked: &Checked, one: &Diagnostic) -> Option<(Excerpt, SourceSpan)> {
    let text = checked.text(one)?;
    // A finding about the whole file has no line of its own.
    let (start, end) = one.span.filter(|_| !one.pointer.is_empty())?;
    let line_start = text[..start.min(text.len())].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let line = text.get(line_start..line_end)?.trim_end_matches('\r');
    // Of minified JSON only the surroundings are shown.
    let at = start - line_start;
    let from = if line.len() <= LINE { 0 } else { line.floor_char_boundary(at.saturating_sub(LINE / 4)) };
    let to = line.floor_char_boundary((from + LINE).min(line.len()));
    let shown: String = line[from..to].chars().map(|c| if c.is_control() && c != '\t' { '·' } else { c }).collect();
    let lead = line[from..at.clamp(from, to)].chars().map(|c| if c.is_control() && c != '\t' { 2 } else { c.len_utf8() }).sum::<usize>();
    let length = end.saturating_sub(start).min(shown.len().saturating_sub(lead)).max(usize::from(lead < shown.len()));
    let (from_byte, to_byte) = (shown.floor_char_boundary(lead), shown.floor_char_boundary(lead + length));
    let excerpt =
        Excerpt { name: one.file.display().to_string(), text: shown, line: one.line as usize - 1, column: one.column.max(1) as usize - 1 };
    Some((excerpt, SourceSpan::from((from_byte, to_byte - from_byte))))
}

/// What `walktalk explain` says of a rule.
pub fn explain(doc: &Doc) -> String {
    let mut out = format!("{} {} ({}, {})\n\n", doc.code, doc.name, doc.group.name(), severity_of(doc));
    let _ = writeln!(out, "What it finds\n  {}\n\nWhy it is bad\n  {}\n", doc.what, doc.why);
    if !doc.targets.is_empty() {
        let names: Vec<&str> = doc.targets.iter().map(|target| target.name()).collect();
        let _ = writeln!(out, "Concerns\n  {}\n", names.join(", "));
    }
    if !doc.refused_by.is_empty() {
        let names: Vec<&str> = doc.refused_by.iter().map(|target| target.name()).collect();
        let _ = writeln!(out, "Refused by\n  {}\n", names.join(", "));
    }
    let indented = |text: &str| {
        let mut lines: Vec<String> =
            text.lines().take(24).map(|line| format!("  {}", line.chars().take(160).collect::<String>())).collect();
        if text.lines().count() > 24 {
            lines.push("  …".into());
        }
        lines.join("\n")
    };
    let _ = writeln!(out, "Example\n{}\n\nBetter\n{}\n", indented(doc.bad), indented(doc.good));
    if let Some(fix) = doc.fix {
        let _ = writeln!(out, "--fix\n  {fix}\n");
    }
    let _ = writeln!(
        out,
        "To turn it off\n  walktalk check --rule {}=off …\n  rules: {{{}: off}}   in {}\n  x-lint: [{}]   beside the tool",
        doc.name,
        doc.name,
        crate::lint::CONFIG,
        doc.name
    );
    out
}

/// The severity, and the one it has for targets that are asked for.
pub fn severity_of(doc: &Doc) -> String {
    match doc.asked {
        Some(asked) => format!("{}, {} when the target is asked for", doc.severity.name(), asked.name()),
        None => doc.severity.name().to_owned(),
    }
}

/// All rules as a table.
pub struct Table;

impl Table {
    pub fn text() -> String {
        let mut out = String::new();
        for group in Group::ALL {
            let _ = writeln!(out, "{}", group.title());
            for doc in crate::lint::rules::all().iter().map(|rule| rule.doc()).filter(|doc| doc.group == group) {
                let what = doc.what.split(". ").next().unwrap_or_default();
                let _ = writeln!(out, "  {} {:26} {:8} {}", doc.code, doc.name, doc.severity.name(), what.trim_end_matches('.'));
            }
        }
        out
    }
}

/// For every tool the shapes of dialogue that it can take part in, or why none.
pub fn motifs(checked: &Checked) -> String {
    let width = checked.dialogues.iter().map(|one| one.tool.chars().count()).max().unwrap_or(0).min(40);
    checked.dialogues.iter().fold(String::new(), |mut out, one| {
        let said = if one.why.is_empty() { one.motifs.join(", ") } else { format!("none: {}", one.why) };
        let _ = writeln!(out, "{:width$}  {said}", one.tool);
        out
    })
}
