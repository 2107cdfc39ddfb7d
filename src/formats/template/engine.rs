//! The environment that transformers renders chat templates in (`utils/chat_template_utils.py`), made of minijinja: the same white space,
//! filters, functions and tags.

use super::Why;
use super::python::{self, Dumps};
use jiff::civil::{Date, DateTime, Time};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Rest, ValueKind, ValueOrKwargs};
use minijinja::{Environment, Error, ErrorKind, State, Value};
use regex::Regex;
use std::sync::LazyLock;

/// What stands before and after what the tag `generation` encloses; taken out of the finished text again.
pub(super) const MARKS: [char; 2] = ['\u{fdd0}', '\u{fdd1}'];

/// The variable that holds the date of the row, for `strftime_now`.
pub(super) const TODAY: &str = "__walktalk_today";

/// The work that one rendering may do; see [`Environment::set_fuel`]. At most 200 MB and a second or two; rows take
/// some ten thousand steps.
const FUEL: u64 = 3_000_000;

/// What [`Error::detail`] says when a template asks for the date of a row that has none.
const NO_DATE: &str = "walktalk: no date";

static GENERATION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\{%([-+]?)\s*(end)?generation\s*([-+]?)%\}").ok());

/// An environment without templates.
pub(super) fn environment() -> Environment<'static> {
    let mut env = Environment::new();
    env.set_fuel(Some(FUEL));
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        env.set_syntax(syntax);
    }
    env.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    env.set_unknown_method_callback(super::methods::call);
    env.set_formatter(|out, state, value| match is_float(value) {
        true => out.write_str(&python::number(value, false)).map_err(Error::from),
        false => minijinja::escape_formatter(out, state, value),
    });
    env.add_filter("tojson", tojson);
    env.add_filter("string", |value: &Value| if is_float(value) { python::number(value, false) } else { value.to_string() });
    env.add_test("sequence", |value: &Value| matches!(value.kind(), ValueKind::Seq | ValueKind::Map | ValueKind::String));
    env.add_test("iterable", |value: &Value| value.kind() == ValueKind::String || value.try_iter().is_ok());
    env.add_function("raise_exception", |message: &Value| -> Result<Value, Error> {
        Err(Error::new(ErrorKind::InvalidOperation, message.to_string()).with_source(Raised))
    });
    env.add_function("strftime_now", strftime_now);
    env.add_function("__walktalk_generation", generation);
    env
}

static FIELD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\{%[-+]?\s*set\s+([A-Za-z_][A-Za-z0-9_]*)\s*\.").ok());

/// The template as minijinja knows it: `generation` is a call block there, as it is one in transformers.
///
/// A call block sees the variables that it reads, and not those of which it sets a field alone: these are named as defaults of arguments.
pub(super) fn translated(source: &str) -> String {
    let mut set: Vec<&str> =
        FIELD.iter().flat_map(|field| field.captures_iter(source)).filter_map(|found| found.get(1)).map(|name| name.as_str()).collect();
    set.sort_unstable();
    set.dedup();
    let seen: Vec<String> = set.iter().enumerate().map(|(at, name)| format!("__walktalk_{at}={name}")).collect();
    let seen = seen.join(", ");
    let tag = |found: &regex::Captures| match found.get(2) {
        Some(_) => format!("{{%{} endcall {}%}}", &found[1], &found[3]),
        None => format!("{{%{} call({seen}) __walktalk_generation() {}%}}", &found[1], &found[3]),
    };
    GENERATION.as_ref().map_or_else(|| source.to_string(), |tags| tags.replace_all(source, tag).into_owned())
}

/// Whether the template says itself what the assistant generates.
pub(super) fn has_generation(source: &str) -> bool {
    GENERATION.as_ref().is_some_and(|tags| tags.is_match(source))
}

#[derive(Debug, thiserror::Error)]
#[error("raised by the template")]
struct Raised;

/// Why a rendering failed.
pub(super) fn why(error: &Error) -> Why {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    let mut line = None;
    while let Some(one) = cause {
        if let Some(one) = one.downcast_ref::<Error>() {
            line = one.line().or(line);
            match one.detail() {
                Some(NO_DATE) => return Why::NoDate,
                Some(words) if std::error::Error::source(one).is_some_and(|source| source.is::<Raised>()) => {
                    return Why::Raised(words.chars().take(120).collect());
                }
                _ if one.kind() == ErrorKind::OutOfFuel => return Why::Endless,
                _ => {}
            }
        }
        cause = std::error::Error::source(cause.unwrap_or(error));
    }
    let words = error.detail().map_or_else(|| error.kind().to_string(), |detail| format!("{}: {detail}", error.kind()));
    Why::Fails { line: line.unwrap_or(0), words: words.chars().take(160).collect() }
}

fn is_float(value: &Value) -> bool {
    value.kind() == ValueKind::Number && !value.is_integer()
}

/// `tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False)`
fn tojson(value: &Value, rest: Rest<ValueOrKwargs>) -> Result<String, Error> {
    let mut given = rest.into_values();
    let kwargs = match given.last().is_some_and(Value::is_kwargs) {
        true => Kwargs::try_from(given.pop().unwrap_or_default())?,
        false => Kwargs::from_iter(std::iter::empty::<(String, Value)>()),
    };
    let argument = |at: usize, name: &str| -> Result<Value, Error> {
        let named: Option<Value> = kwargs.get(name)?;
        Ok(named.or_else(|| given.get(at).cloned()).unwrap_or_default())
    };
    let mut how = Dumps { ascii: argument(0, "ensure_ascii")?.is_true(), ..Dumps::default() };
    let indent = argument(1, "indent")?;
    if let Some(text) = indent.as_str() {
        how.indent = Some(text.to_string());
    } else if let Some(width) = indent.as_i64() {
        // A deep row that is moved in far is no reason to run out of memory.
        how.indent = Some(" ".repeat(usize::try_from(width).unwrap_or(0).min(64)));
    }
    if how.indent.is_some() {
        how.item = ",".into();
    }
    let separators = argument(2, "separators")?;
    if separators.kind() == ValueKind::Seq {
        how.item = separators.get_item_by_index(0)?.to_string();
        how.key = separators.get_item_by_index(1)?.to_string();
    }
    how.sorted = argument(3, "sort_keys")?.is_true();
    kwargs.assert_all_used()?;
    python::dumps(value, &how)
}

/// The date of the row, at midnight, where Python has the date of the machine.
fn strftime_now(state: &State, format: &str) -> Result<String, Error> {
    let today = state.lookup(TODAY).and_then(|value| value.as_str().and_then(|text| text.parse::<Date>().ok()));
    let today = today.ok_or_else(|| Error::new(ErrorKind::InvalidOperation, NO_DATE))?;
    let now = DateTime::from_parts(today, Time::midnight());
    jiff::fmt::strtime::format(format, now).map_err(|error| Error::new(ErrorKind::InvalidOperation, error.to_string()))
}

/// What the call block encloses, between marks.
fn generation(state: &mut State, kwargs: Kwargs) -> Result<String, Error> {
    let caller: Value = kwargs.get("caller")?;
    let inner = caller.call(state, &[])?;
    Ok(format!("{}{inner}{}", MARKS[0], MARKS[1]))
}
