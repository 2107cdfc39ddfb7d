//! Gold links of four public collections: which result became which argument. Read here and nowhere else.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use walktalk::catalog::{Catalog, Tool};
use walktalk::graph::ToolIx;

/// A result field of one tool that became an argument of another.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone)]
pub struct Link {
    pub from: ToolIx,
    pub to: ToolIx,
    pub parameter: String,
    /// Pointers of the fields that the gold may mean.
    pub fields: Vec<String>,
}

pub struct Source {
    pub name: &'static str,
    pub catalog: Catalog,
    /// Distinct links between different tools.
    pub links: Vec<Link>,
    /// Links whose tool, parameter or field the catalog does not describe.
    pub lost: Vec<String>,
}

/// A link as the data has it: names only.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone)]
struct Named {
    from: String,
    field: String,
    to: String,
    parameter: String,
}

/// All sources that are on this machine.
pub fn all(shared: &Path) -> Vec<Source> {
    let data = shared.join("real-data");
    [nestful(&data), taskbench(&data), sgd(shared), sgd_same_service(&data), api_bank(&data), seal_tools(&data)]
        .into_iter()
        .flatten()
        .collect()
}

fn nestful(data: &Path) -> Option<Source> {
    let gold = json(&data.join("nestful/executable-data.json"))?;
    let mut links = Vec::new();
    for sample in gold.as_array()? {
        let mut label: BTreeMap<&str, &str> = BTreeMap::new();
        for call in sample["output"].as_array().into_iter().flatten() {
            let name = call["name"].as_str().unwrap_or_default();
            for (parameter, value) in call["arguments"].as_object().into_iter().flatten() {
                for (var, field) in references(&value.to_string()) {
                    if let Some(from) = label.get(var.as_str()).filter(|_| name != "var_result") {
                        links.push(Named { from: (*from).into(), field, to: name.into(), parameter: parameter.clone() });
                    }
                }
            }
            if let Some(var) = call["label"].as_str() {
                label.insert(var, name);
            }
        }
    }
    Some(resolve("NESTFUL", &[data.join("nestful/executable-spec.json")], links))
}

/// `$var1.skyId$` in a text as `("var1", "skyId")`; whole results (`$var1$`) are no field.
fn references(text: &str) -> Vec<(String, String)> {
    let parts = text.split('$').filter_map(|part| part.split_once('.'));
    let named = parts.filter(|(var, _)| var.starts_with("var") && var[3..].bytes().all(|b| b.is_ascii_digit()));
    named.map(|(var, field)| (var.to_owned(), field.to_owned())).collect()
}

fn taskbench(data: &Path) -> Option<Source> {
    let path = data.join("taskbench/data_multimedia/graph_desc.json");
    let gold = json(&path)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let link = |link: &Value| Named {
        from: text(&link["source"]),
        field: text(&link["type"]),
        to: text(&link["target"]),
        parameter: text(&link["type"]),
    };
    let links = gold["links"].as_array()?.iter().map(link).collect();
    Some(resolve("TaskBench multimedia", &[data.join("taskbench/data_multimedia/tool_desc.json")], links))
}

/// Dialogues over several services: a value that one service's result brought in becomes an argument of another service.
fn sgd(shared: &Path) -> Option<Source> {
    let folder = shared.join("realism/paired-dev");
    let mut dialogues: BTreeMap<String, Vec<(u64, SgdCall)>> = BTreeMap::new();
    for line in std::fs::read_to_string(folder.join("outlines.jsonl")).ok()?.lines() {
        let turn: Value = serde_json::from_str(line).ok()?;
        for call in turn["service_calls"].as_array().into_iter().flatten() {
            let call = SgdCall::read(&call["service"], call, &call["results"]);
            dialogues.entry(turn["dialogue"].as_str()?.to_owned()).or_default().push((turn["turn"].as_u64()?, call));
        }
    }
    let calls = dialogues.into_values().map(|mut calls| {
        calls.sort_by_key(|(turn, _)| *turn);
        calls.into_iter().map(|(_, call)| call).collect::<Vec<_>>()
    });
    let links = calls.flat_map(|calls| sgd_links(&calls, |a, b| a.service != b.service)).collect();
    Some(resolve_in("SGD other service", sgd_catalog(&folder.join("schema.json")), links))
}

/// The same inside one service, from search to act.
fn sgd_same_service(data: &Path) -> Option<Source> {
    let folder = data.join("sgd-CC-BY-SA/train");
    let mut links = Vec::new();
    for path in files(&folder, "dialogues_") {
        for dialogue in json(&path)?.as_array()? {
            let frames = dialogue["turns"].as_array()?.iter().flat_map(|turn| turn["frames"].as_array().into_iter().flatten());
            let calls = frames.filter(|frame| frame["service_call"].is_object());
            let calls: Vec<SgdCall> =
                calls.map(|frame| SgdCall::read(&frame["service"], &frame["service_call"], &frame["service_results"])).collect();
            links.extend(sgd_links(&calls, |a, b| a.service == b.service && a.method != b.method));
        }
    }
    Some(resolve_in("SGD same service", sgd_catalog(&folder.join("schema.json")), links))
}

struct SgdCall {
    service: String,
    method: String,
    arguments: Vec<(String, String)>,
    results: Vec<(String, String)>,
}

impl SgdCall {
    fn read(service: &Value, call: &Value, results: &Value) -> SgdCall {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let pairs = |value: &Value| -> Vec<(String, String)> {
            value.as_object().into_iter().flatten().map(|(k, v)| (k.clone(), text(v))).collect()
        };
        SgdCall {
            service: text(service),
            method: text(&call["method"]),
            arguments: pairs(&call["parameters"]),
            results: results.as_array().into_iter().flatten().flat_map(pairs).collect(),
        }
    }
}

/// A value of a result that was not an argument of that call, and is long enough not to meet another by chance.
fn sgd_links(calls: &[SgdCall], wanted: impl Fn(&SgdCall, &SgdCall) -> bool) -> Vec<Named> {
    let mut out = Vec::new();
    for (at, later) in calls.iter().enumerate() {
        for earlier in calls[..at].iter().filter(|earlier| wanted(earlier, later)) {
            for (parameter, value) in
                later.arguments.iter().filter(|(_, value)| value.len() > 2 && !["True", "False", "dontcare"].contains(&value.as_str()))
            {
                if earlier.arguments.iter().any(|(_, told)| told == value) {
                    continue;
                }
                for (field, _) in earlier.results.iter().filter(|(_, given)| given == value) {
                    out.push(Named {
                        from: format!("{}.{}", earlier.service, earlier.method),
                        field: field.clone(),
                        to: format!("{}.{}", later.service, later.method),
                        parameter: parameter.clone(),
                    });
                }
            }
        }
    }
    out
}

/// A value of a result that the user had not said, and that no earlier call had as an argument, becomes an argument.
fn api_bank(data: &Path) -> Option<Source> {
    let mut links = Vec::new();
    for path in files(&data.join("api-bank/level-1-given-desc"), "") {
        let mut said = String::new();
        let mut told: Vec<String> = Vec::new();
        let mut given: Vec<(String, String, String)> = Vec::new();
        for line in std::fs::read_to_string(path).ok()?.lines().filter(|line| !line.trim().is_empty()) {
            let turn: Value = serde_json::from_str(line).ok()?;
            match turn["role"].as_str() {
                Some("User") => said.push_str(&turn["text"].as_str().unwrap_or_default().to_lowercase()),
                Some("API") => {
                    let name = turn["api_name"].as_str().unwrap_or_default();
                    for (at, value) in scalars(&turn["param_dict"]) {
                        let known = value.len() < 2 || said.contains(&value.to_lowercase()) || told.contains(&value);
                        for (from, field, _) in given.iter().filter(|(from, _, found)| !known && from != name && *found == value) {
                            let parameter = at.trim_start_matches('/').to_owned();
                            links.push(Named { from: from.clone(), field: field.clone(), to: name.into(), parameter });
                        }
                    }
                    told.extend(scalars(&turn["param_dict"]).into_iter().map(|(_, value)| value));
                    given.extend(scalars(&turn["result"]["output"]).into_iter().map(|(at, value)| (name.to_owned(), at, value)));
                }
                _ => {}
            }
        }
    }
    Some(resolve("API-Bank", &[data.join("api-bank/DERIVED-tools.json")], links))
}

/// Nested calls: an argument is `API_call_3`, a name that an earlier call of the same request gave to one field of its result; the
/// names stand in the order of the fields. This source was looked at after the rules were made, and never link by link.
fn seal_tools(data: &Path) -> Option<Source> {
    let folder = data.join("seal-tools");
    let lines = |name: &str| -> Option<Vec<Value>> {
        std::fs::read_to_string(folder.join(name)).ok()?.lines().map(|line| serde_json::from_str(line).ok()).collect()
    };
    let tools = lines("tool.jsonl")?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let fields = |name: &str| -> Vec<String> {
        let tool = tools.iter().find(|tool| tool["api_name"] == name);
        tool.and_then(|tool| tool["responses"].as_object()).into_iter().flatten().map(|(field, _)| field.clone()).collect()
    };
    let mut links = Vec::new();
    for request in lines("dev.jsonl")? {
        let mut given: BTreeMap<String, (String, String)> = BTreeMap::new();
        for call in request["calling"].as_array().into_iter().flatten() {
            let name = text(&call["api"]);
            for (parameter, value) in call["parameters"].as_object().into_iter().flatten() {
                if let Some((from, field)) = value.as_str().and_then(|value| given.get(value)) {
                    links.push(Named { from: from.clone(), field: field.clone(), to: name.clone(), parameter: parameter.clone() });
                }
            }
            for (label, field) in call["responses"].as_array().into_iter().flatten().zip(fields(&name)) {
                given.insert(text(label), (name.clone(), field));
            }
        }
    }
    Some(resolve("Seal-Tools nested", &[folder.join("tool.jsonl")], links))
}

fn scalars(value: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    walktalk::dialogue::leaves(value).into_iter().map(|(at, value)| (walktalk::dialogue::pattern(&at), text(value))).collect()
}

/// Names to tools and pointers; what the catalog does not describe is counted, not guessed.
fn resolve(name: &'static str, paths: &[PathBuf], named: Vec<Named>) -> Source {
    resolve_in(name, crate::catalog(paths), named)
}

/// Services of SGD have intents of the same name (`FindMovies`); a name that was met before gets its service's in front.
fn sgd_catalog(path: &Path) -> Catalog {
    let mut schema = json(path).unwrap_or_default();
    let mut met: Vec<String> = Vec::new();
    for service in schema.as_array_mut().into_iter().flatten() {
        let of = service["service_name"].as_str().unwrap_or_default().to_owned();
        for intent in service["intents"].as_array_mut().into_iter().flatten() {
            let name = intent["name"].as_str().unwrap_or_default().to_owned();
            if met.contains(&name) {
                intent["name"] = format!("{of}_{name}").into();
            }
            met.push(name);
        }
    }
    crate::catalog_of(path, schema.to_string().as_bytes())
}

fn resolve_in(name: &'static str, catalog: Catalog, mut named: Vec<Named>) -> Source {
    named.sort();
    named.dedup();
    let (mut links, mut lost) = (Vec::new(), Vec::new());
    for link in named {
        let ends = (find(&catalog, &link.from), find(&catalog, &link.to));
        let (Some(from), Some(to)) = ends else {
            lost.push(format!("{}.{} -> {}.{}: no such tool", link.from, link.field, link.to, link.parameter));
            continue;
        };
        let fields = pointers(catalog.tools[from].returns.fields.iter().map(|leaf| &leaf.pointer), &link.field);
        let parameter = pointers(catalog.tools[to].parameters.iter().map(|leaf| &leaf.pointer), &link.parameter).into_iter().next();
        match parameter {
            Some(parameter) if from != to && !fields.is_empty() => links.push(Link { from, to, parameter, fields }),
            Some(_) if from == to => {}
            _ => lost.push(format!("{}.{} -> {}.{}: not described", link.from, link.field, link.to, link.parameter)),
        }
    }
    links.sort();
    links.dedup();
    Source { name, catalog, links, lost }
}

/// A tool by its name, or by `domain.name`.
fn find(catalog: &Catalog, name: &str) -> Option<ToolIx> {
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let is = |tool: &Tool| plain(&tool.name) == plain(name) || plain(&format!("{}{}", tool.domain, tool.name)) == plain(name);
    let bare = |tool: &Tool| name.split_once('.').is_some_and(|(domain, name)| plain(&tool.domain) == plain(domain) && tool.name == name);
    let first = |is: &dyn Fn(&Tool) -> bool| catalog.tools.iter().position(is);
    first(&|tool| tool.name == name).or_else(|| first(&bare)).or_else(|| first(&is))
}

/// The shortest pointers that end in the segments of a path such as `author[0].id` or `/location/name`.
fn pointers<'a>(known: impl Iterator<Item = &'a String>, path: &str) -> Vec<String> {
    let segments = |text: &str| -> Vec<String> {
        let parts = text.split(['/', '.', '[', ']', ' ', '_', '-']).filter(|part| !part.is_empty() && *part != "*");
        parts.filter(|part| !part.bytes().all(|b| b.is_ascii_digit())).map(str::to_lowercase).collect()
    };
    let wanted = segments(path);
    let mut found: Vec<(usize, String)> = known
        .map(|pointer| (segments(pointer), pointer))
        .filter(|(have, _)| have.ends_with(&wanted))
        .map(|(have, p)| (have.len(), p.clone()))
        .collect();
    let shortest = found.iter().map(|(n, _)| *n).min().unwrap_or(0);
    found.retain(|(n, _)| *n == shortest);
    found.into_iter().map(|(_, pointer)| pointer).collect()
}

fn files(folder: &Path, prefix: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut out: Vec<PathBuf> =
        entries.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix))).collect();
    out.sort();
    out
}

fn json(path: &Path) -> Option<Value> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}
