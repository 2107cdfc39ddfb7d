//! What does a model see of a row? Rows rendered by the chat template of a model, byte for byte as transformers renders them, with the
//! characters and tokens that carry loss, and the proof that the calls are in there.
//!
//! A row is rendered as the target `chat` has it: `messages`, `tools` and the special tokens of the model are what a template knows, as
//! in `apply_chat_template`. The date of `strftime_now` is that of the row, not of the machine.

mod config;
mod engine;
mod measure;
mod methods;
mod python;
mod read_back;
mod spans;
#[cfg(test)]
mod tests;
mod tokens;
mod value;

pub use measure::{Entry, Lengths, Limit, Measure, Over, RenderedRow};
pub use tokens::Tokens;

use super::conversation::{Conversation, Message};
use super::messages::{Messages, Tools};
use super::{Refusal, chat};
use crate::error::{Fault, Result};
use config::Config;
use jiff::civil::Date;
use minijinja::{Environment, Value};
use regex::Regex;
use std::path::Path;
use std::sync::LazyLock;

/// Why a row has no rendering that could be learned from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    #[error("{0}")]
    Refused(#[from] Refusal),
    #[error("the template refuses it: {0}")]
    Raised(String),
    #[error("the template fails at line {line}: {words}")]
    Fails { line: usize, words: String },
    #[error("the template takes more steps than a row may cost")]
    Endless,
    #[error("the template asks for the date, and the row has none: give --today")]
    NoDate,
    #[error("a call that the template does not show")]
    Lost,
    #[error("calls that are others when they are read back from the text")]
    Changed,
}

/// A chat template, compiled.
#[derive(Debug)]
pub struct Template {
    env: Environment<'static>,
    special: Vec<(String, String)>,
    /// Whether there is one of its own for rows with tools.
    for_tools: bool,
    /// Whether each template says itself what the assistant generates: the one for rows with tools, and the other.
    marked: [bool; 2],
}

/// A row as text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rendered {
    pub text: String,
    /// What carries loss, in bytes, where it can be told.
    pub learned: Option<Vec<std::ops::Range<usize>>>,
}

impl Template {
    /// Reads a Jinja file, or a `tokenizer_config.json` with `chat_template`. Fails with the line of a template that cannot be compiled.
    pub fn open(path: &Path) -> Result<Template> {
        let config = Config::open(path)?;
        let mut env = engine::environment();
        for (name, source) in &config.templates {
            env.add_template_owned(name.clone(), engine::translated(source)).map_err(|error| {
                let words = error.detail().map_or_else(|| error.kind().to_string(), |detail| format!("{}: {detail}", error.kind()));
                let which = if config.templates.len() > 1 { format!("the template `{name}`") } else { "the template".into() };
                let message = format!("{which} cannot be compiled: {words}");
                Fault::new(path, message, "mend the template").at(error.line().unwrap_or(0) as u32, 0)
            })?;
        }
        let named = |wanted: &str| config.templates.iter().find(|(name, _)| name == wanted).map(|(_, source)| source.as_str());
        let default = named("default").or_else(|| config.templates.first().map(|(_, source)| source.as_str())).unwrap_or_default();
        if named("default").is_none()
            && let Some((_, source)) = config.templates.first()
        {
            // Compiled above under its own name.
            let _ = env.add_template_owned("default", engine::translated(source));
        }
        let tool_use = named("tool_use");
        let marked = [engine::has_generation(tool_use.unwrap_or(default)), engine::has_generation(default)];
        Ok(Template { env, special: config.special, for_tools: tool_use.is_some(), marked })
    }

    /// A template that is given as text.
    pub fn of_text(source: &str) -> Result<Template, minijinja::Error> {
        let mut env = engine::environment();
        env.add_template_owned("default", engine::translated(source))?;
        let marked = engine::has_generation(source);
        Ok(Template { env, special: Vec::new(), for_tools: false, marked: [marked; 2] })
    }

    /// The row as the template writes it, with what carries loss in it. `today` is told to templates that ask for the date; without it,
    /// the first ISO date of the system message is.
    pub fn render(&self, row: &Conversation, today: Option<Date>) -> Result<Rendered, Why> {
        row.without_late_tools()?;
        let scene = Scene::of(self, row, today)?;
        let whole = scene.text(row.messages.len(), false)?;
        let marked = self.marked[usize::from(!scene.with_tools)];
        match marked {
            true => Ok(spans::marked(&whole, row)),
            false => {
                let learned = spans::by_prefixes(&scene, &whole, row);
                Ok(Rendered { text: whole, learned })
            }
        }
    }
}

/// A row and all that its template knows, ready to be rendered up to any message.
struct Scene<'t> {
    template: &'t Template,
    messages: Vec<Value>,
    variables: Vec<(String, Value)>,
    with_tools: bool,
}

impl<'t> Scene<'t> {
    fn of(template: &'t Template, row: &Conversation, today: Option<Date>) -> Result<Scene<'t>, Why> {
        let json = |text: Result<String, serde_json::Error>| -> Result<(String, Value), Why> {
            let text = text.map_err(|_| Refusal::Json)?;
            let value = value::parse(&text).ok_or(Refusal::Json)?;
            Ok((text, value))
        };
        let (messages_text, messages) = json(serde_json::to_string(&Messages::of(row, chat::STYLE)))?;
        let (tools_text, tools) = json(serde_json::to_string(&Tools::wrapped(row)))?;
        if messages_text.contains(engine::MARKS) || tools_text.contains(engine::MARKS) {
            return Err(Refusal::Markup.into());
        }
        let mut variables: Vec<(String, Value)> =
            template.special.iter().map(|(name, text)| (name.clone(), Value::from(text.as_str()))).collect();
        if let Some(today) = today.or_else(|| date_of(row)) {
            variables.push((engine::TODAY.into(), Value::from(today.to_string())));
        }
        variables.extend([("tools".into(), tools), ("documents".into(), Value::from(()))]);
        let messages = messages.try_iter().map_err(|_| Refusal::Json)?.collect();
        Ok(Scene { template, messages, variables, with_tools: !row.tools.is_empty() })
    }

    /// The first messages as text; `prompt` asks for what comes before the assistant's next one.
    fn text(&self, messages: usize, prompt: bool) -> Result<String, Why> {
        let name = if self.template.for_tools && self.with_tools { "tool_use" } else { "default" };
        let template = self.template.env.get_template(name).map_err(|error| engine::why(&error))?;
        let given = [("messages", Value::from(self.messages[..messages].to_vec())), ("add_generation_prompt", Value::from(prompt))];
        let all = self.variables.iter().map(|(name, value)| (name.as_str(), value.clone())).chain(given);
        template.render(Value::from_pairs(all)).map_err(|error| engine::why(&error))
    }
}

static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b\d{4}-\d{2}-\d{2}\b").ok());

/// The first date in ISO form that the system says.
fn date_of(row: &Conversation) -> Option<Date> {
    let Some(Message::System { text, .. }) = row.messages.first() else { return None };
    DATE.as_ref()?.find_iter(text).find_map(|found| found.as_str().parse().ok())
}
