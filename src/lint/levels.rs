//! Which rules speak, and how loudly: the defaults, a configuration file, the command line, and `x-lint` beside a tool.

use super::finding::Severity;
use super::rule::{Doc, Target};
use super::rules;
use crate::error::{Error, Fault, Result};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// The file that is read from the current folder when none is named.
pub const CONFIG: &str = "walktalk-check.yaml";

/// What a rule is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Off,
    At(Severity),
}

impl Level {
    pub fn of(word: &str) -> Option<Level> {
        Some(match word {
            "off" | "allow" | "ignore" => Level::Off,
            "info" => Level::At(Severity::Info),
            "warning" | "warn" => Level::At(Severity::Warning),
            "error" | "deny" => Level::At(Severity::Error),
            _ => return None,
        })
    }
}

/// Everything that decides what is reported.
#[derive(Debug, Clone)]
pub struct Settings {
    /// By rule name.
    levels: BTreeMap<&'static str, Level>,
    /// When not empty, all other rules are off.
    only: Vec<&'static str>,
    /// Providers that the tools are meant for; empty for "nobody in particular".
    pub targets: Vec<Target>,
    /// Findings that are accepted for some tools or files.
    ignore: Vec<Ignore>,
    /// Whether rules that need the tool graph run.
    pub graph: bool,
    /// Whether the dialogues that each tool can take part in are worked out.
    pub dialogues: bool,
    /// Whether foreign type names are understood before other rules look. Off only to measure what they hide.
    pub aliases: bool,
    /// Tokens that the whole list of tools may take.
    pub token_budget: usize,
    /// The prefix that a client puts before names (`mcp__server__`), for the length of names.
    pub prefix: String,
    /// Hash of each tool when it was pinned, by name; empty when nothing was.
    pub pins: BTreeMap<String, String>,
    /// What the catalog was before, to find what breaks.
    pub against: Option<std::sync::Arc<crate::catalog::load::RawCatalog>>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            levels: BTreeMap::new(),
            only: Vec::new(),
            targets: Vec::new(),
            ignore: Vec::new(),
            graph: true,
            dialogues: false,
            aliases: true,
            token_budget: 20_000,
            prefix: String::new(),
            pins: BTreeMap::new(),
            against: None,
        }
    }
}

#[derive(Debug, Clone)]
struct Ignore {
    rules: Vec<&'static str>,
    tool: Option<String>,
    file: Option<String>,
}

/// The configuration file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    #[serde(default)]
    rules: BTreeMap<String, String>,
    #[serde(default)]
    targets: Vec<String>,
    #[serde(default)]
    ignore: Vec<IgnoreEntry>,
    #[serde(rename = "token-budget")]
    token_budget: Option<usize>,
    prefix: Option<String>,
    graph: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IgnoreEntry {
    rules: Vec<String>,
    /// A name in which `*` stands for anything.
    tool: Option<String>,
    file: Option<String>,
}

impl Settings {
    /// The settings for measuring what aliases hide: foreign type names are not understood.
    pub fn as_written(mut self) -> Settings {
        self.aliases = false;
        self
    }

    /// Leaves out the rules that need the tool graph.
    pub fn without_graph(mut self) -> Settings {
        self.graph = false;
        self
    }

    /// Adds what a configuration file says.
    pub fn read(&mut self, path: &Path) -> Result<()> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Fault::new(path, format!("cannot be read: {error}"), "name a configuration file of `walktalk check`"))?;
        let config: Config = crate::catalog::read::parse_yaml(path, &text)?;
        let at = |fault: Error| Error::from(Fault::new(path, fault.to_string(), "see `walktalk explain` for the rules"));
        for (rule, level) in &config.rules {
            self.set(rule, level).map_err(at)?;
        }
        for name in &config.targets {
            self.target(name).map_err(at)?;
        }
        for entry in config.ignore {
            let mut chosen = Vec::new();
            for rule in &entry.rules {
                chosen.extend(select(rule).map_err(at)?.into_iter().map(|doc| doc.name));
            }
            self.ignore.push(Ignore { rules: chosen, tool: entry.tool, file: entry.file });
        }
        self.token_budget = config.token_budget.unwrap_or(self.token_budget);
        self.prefix = config.prefix.unwrap_or_else(|| std::mem::take(&mut self.prefix));
        self.graph = config.graph.unwrap_or(self.graph);
        Ok(())
    }

    /// Sets a rule, a code or a group to `off`, `info`, `warning` or `error`.
    pub fn set(&mut self, rule: &str, level: &str) -> Result<()> {
        let Some(level) = Level::of(level) else {
            let message = format!("`{level}` is no level of a rule");
            return Err(Error::Unsatisfiable { message, cure: "use off, info, warning or error".into() });
        };
        for doc in select(rule)? {
            self.levels.insert(doc.name, level);
        }
        Ok(())
    }

    /// From now on only rules that were named so speak.
    pub fn only(&mut self, rule: &str) -> Result<()> {
        self.only.extend(select(rule)?.into_iter().map(|doc| doc.name));
        Ok(())
    }

    pub fn target(&mut self, name: &str) -> Result<()> {
        match Target::of(name) {
            Some(target) if !self.targets.contains(&target) => self.targets.push(target),
            Some(_) => {}
            None => {
                let known: Vec<&str> = Target::ALL.iter().map(|target| target.name()).collect();
                let cure = format!("use one of {}", known.join(", "));
                return Err(Error::Unsatisfiable { message: format!("`{name}` is no target of the linter"), cure });
            }
        }
        Ok(())
    }

    /// The severity of a rule in this run; `None` when it is off.
    pub fn severity(&self, doc: &Doc) -> Option<Severity> {
        if !self.only.is_empty() && !self.only.contains(&doc.name) {
            return None;
        }
        if !self.graph && doc.graph {
            return None;
        }
        match self.levels.get(doc.name) {
            Some(Level::Off) => return None,
            Some(Level::At(severity)) => return Some(*severity),
            None => {}
        }
        let concerned = doc.targets.is_empty() || self.targets.is_empty() || doc.targets.iter().any(|target| self.targets.contains(target));
        let asked = doc.targets.iter().any(|target| self.targets.contains(target));
        if self.only.contains(&doc.name) && !asked {
            return Some(doc.severity);
        }
        concerned.then(|| doc.asked.filter(|_| asked).unwrap_or(doc.severity))
    }

    /// Accepted for this tool or file by the configuration.
    pub fn ignores(&self, rule: &str, tool: &str, file: &Path) -> bool {
        self.ignore.iter().any(|ignore| {
            let of_tool = ignore.tool.as_ref().is_none_or(|pattern| matches(pattern, tool));
            let of_file = ignore.file.as_ref().is_none_or(|pattern| matches(pattern, &file.display().to_string()));
            of_tool && of_file && ignore.rules.contains(&rule)
        })
    }
}

/// The rules that a name, a code, a group or the letter of a group stands for.
pub fn select(word: &str) -> Result<Vec<&'static Doc>> {
    let all = rules::all().iter().map(|rule| rule.doc());
    let is = |doc: &&Doc| {
        doc.name == word
            || doc.code.eq_ignore_ascii_case(word)
            || doc.group.name() == word
            || (word.len() == 1 && doc.code.starts_with(word))
            || word == "all"
    };
    let found: Vec<&'static Doc> = all.filter(is).collect();
    if found.is_empty() {
        let near = super::words::nearest(word, rules::all().iter().map(|rule| rule.doc().name));
        let cure = near.map_or_else(|| "see `walktalk explain` for the rules".to_owned(), |name| format!("did you mean `{name}`?"));
        return Err(Error::Unsatisfiable { message: format!("no rule is called `{word}`"), cure });
    }
    Ok(found)
}

/// `*` stands for any text.
pub fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut last: Option<&str> = None;
    for part in parts {
        if let Some(before) = last {
            let Some(at) = rest.find(before) else { return false };
            rest = &rest[at + before.len()..];
        }
        last = Some(part);
    }
    last.map_or(rest.is_empty(), |last| rest.ends_with(last))
}

/// What `x-lint` says: `{rule: level}`, or a list of rules that are off. Words that are no rule are given back.
pub fn beside(value: &Value) -> (Vec<(&'static str, Level)>, Vec<String>) {
    let (mut levels, mut unknown) = (Vec::new(), Vec::new());
    let mut take = |rule: &str, level: &str| match (select(rule), Level::of(level)) {
        (Ok(docs), Some(level)) => levels.extend(docs.into_iter().map(|doc| (doc.name, level))),
        (Err(_), _) => unknown.push(rule.to_owned()),
        (_, None) => unknown.push(level.to_owned()),
    };
    match value {
        Value::String(rule) => take(rule, "off"),
        Value::Array(list) => list.iter().for_each(|rule| take(rule.as_str().unwrap_or_default(), "off")),
        Value::Object(map) => map.iter().for_each(|(rule, level)| match level {
            Value::Bool(false) => take(rule, "off"),
            level => take(rule, level.as_str().unwrap_or_default()),
        }),
        other => unknown.push(other.to_string()),
    }
    (levels, unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything() {
        for (pattern, text, is) in [
            ("a*", "abc", true),
            ("*c", "abc", true),
            ("a*c", "abc", true),
            ("b*", "abc", false),
            ("abc", "abc", true),
            ("ab", "abc", false),
            ("*", "", true),
            ("a*b*c", "a1b2c", true),
            ("a*a", "a", false),
        ] {
            assert_eq!(matches(pattern, text), is, "{pattern} {text}");
        }
    }
}
