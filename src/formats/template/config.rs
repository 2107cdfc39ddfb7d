//! Where a chat template is: a Jinja file, or the `tokenizer_config.json` of a model, with the names of its special tokens.

use crate::error::{Fault, Result};
use serde_json::Value;
use std::path::Path;

/// Templates by name, and what a model's special tokens are called.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Config {
    /// Text of each template; one that has no name is `default`.
    pub templates: Vec<(String, String)>,
    /// Variables such as `bos_token`.
    pub special: Vec<(String, String)>,
}

const CURE: &str = "give a chat template (.jinja) or the tokenizer_config.json of a model";

impl Config {
    /// A file that is JSON is a configuration; where it has no template, `chat_template.jinja` beside it is looked for. A template takes its
    /// special tokens from a `tokenizer_config.json` beside it, if there is one.
    pub(super) fn open(path: &Path) -> Result<Config> {
        let text = read(path)?;
        if path.extension().is_none_or(|extension| extension != "json") {
            let beside = path.with_file_name("tokenizer_config.json");
            let special = if beside.is_file() { special(&json(&beside, &read(&beside)?)?) } else { Vec::new() };
            return Ok(Config { templates: vec![("default".into(), text)], special });
        }
        let config = json(path, &text)?;
        let mut templates = templates(path, &config)?;
        let beside = path.with_file_name("chat_template.jinja");
        if templates.is_empty() && beside.is_file() {
            templates.push(("default".into(), read(&beside)?));
        }
        if templates.is_empty() {
            return Err(Fault::new(path, "it has no `chat_template`", CURE).into());
        }
        Ok(Config { templates, special: special(&config) })
    }
}

fn read(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).map_err(|error| Fault::new(path, format!("cannot be read: {error}"), CURE))?;
    String::from_utf8(bytes).map_err(|_| Fault::new(path, "it is not UTF-8 text", CURE).into())
}

fn json(path: &Path, text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|error| {
        let place = (error.line() as u32, error.column() as u32);
        Fault::new(path, format!("not JSON: {error}"), CURE).at(place.0, place.1).into()
    })
}

/// One text, or a list of `{"name", "template"}`.
fn templates(path: &Path, config: &Value) -> Result<Vec<(String, String)>> {
    let wrong = || Fault::new(path, "it is neither a text nor a list of named templates", CURE).pointing("/chat_template");
    match &config["chat_template"] {
        Value::Null => Ok(Vec::new()),
        Value::String(text) => Ok(vec![("default".into(), text.clone())]),
        Value::Array(items) => {
            let one = |item: &Value| Some((item["name"].as_str()?.to_string(), item["template"].as_str()?.to_string()));
            items.iter().map(one).collect::<Option<Vec<_>>>().ok_or_else(|| wrong().into())
        }
        _ => Err(wrong().into()),
    }
}

/// `bos_token` and the like: texts, or objects with the text as `content`.
fn special(config: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().or_else(|| value["content"].as_str()).map(str::to_string);
    let fields = config.as_object().into_iter().flatten().filter(|(key, _)| key.ends_with("_token"));
    fields.filter_map(|(key, value)| Some((key.clone(), text(value)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(name: &str, text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join(name);
        std::fs::write(&path, text).unwrap();
        (home, path)
    }

    #[test]
    fn a_template_is_found_in_a_file_of_its_own_and_in_a_configuration() {
        let text = r#"{"bos_token": {"content": "<s>"}, "eos_token": "</s>", "add_bos_token": true, "chat_template": [{"name": "default", "template": "a"}, {"name": "tool_use", "template": "b"}]}"#;
        let (home, path) = written("tokenizer_config.json", text);
        let config = Config::open(&path).unwrap();
        assert_eq!(config.templates, [("default".into(), "a".into()), ("tool_use".into(), "b".into())]);
        assert_eq!(config.special, [("bos_token".into(), "<s>".into()), ("eos_token".into(), "</s>".into())]);
        std::fs::write(home.path().join("chat_template.jinja"), "{{ bos_token }}").unwrap();
        let beside = Config::open(&home.path().join("chat_template.jinja")).unwrap();
        assert_eq!((beside.templates.len(), beside.special), (1, config.special));
    }

    #[test]
    fn what_is_no_template_is_told_with_its_place() {
        for (name, text, words) in [
            ("a.json", "{\"chat_template\": 3}", "/chat_template"),
            ("a.json", "{\"bos_token\": \"<s>\"}", "no `chat_template`"),
            ("a.json", "{\n\"chat_template\": ", "a.json:2"),
        ] {
            let (_home, path) = written(name, text);
            let message = Config::open(&path).unwrap_err().to_string();
            assert!(message.contains(words), "{message}");
        }
    }
}
