//! What descriptions and examples suggest: the form of a city, lists of values, the shape of an identifier.

use super::maker::{CityForm, Maker};
use super::sample::Sampler;
use serde_json::Value;

/// How a description writes cities: `San Francisco, CA`, `Paris, France`.
pub(super) fn city_form(description: &str) -> CityForm {
    static STATE: std::sync::LazyLock<Option<regex::Regex>> =
        std::sync::LazyLock::new(|| regex::Regex::new(r"[a-z], [A-Z]{2}\b|(?i)city and state|city, state").ok());
    static COUNTRY: std::sync::LazyLock<Option<regex::Regex>> = std::sync::LazyLock::new(|| {
        regex::Regex::new(r"[a-z], (France|Germany|England|Japan|UK|Italy|Spain|Canada|China|India|Australia)|(?i)city,? (and )?country")
            .ok()
    });
    let found = |regex: &Option<regex::Regex>| regex.as_ref().is_some_and(|regex| regex.is_match(description));
    match () {
        () if found(&STATE) => CityForm::State,
        () if found(&COUNTRY) => CityForm::Country,
        () => CityForm::Name,
    }
}

/// The `examples` of the schema, when there are enough of them to choose from; or a list of allowed values in the description.
pub(super) fn examples(schema: &Value, description: &str, id: bool) -> Option<Vec<String>> {
    let given = schema.get("examples").and_then(Value::as_array).into_iter().flatten();
    let given: Vec<String> = given.filter_map(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned).collect();
    if given.len() >= 3 && !id {
        return Some(given);
    }
    described(description).filter(|values| values.len() >= 2 && !id)
}

/// The few examples of a place for which there is no pool.
pub(super) fn example(schema: &Value, description: &str) -> Option<Vec<String>> {
    static LOOSE: std::sync::LazyLock<Option<regex::Regex>> = std::sync::LazyLock::new(|| {
        regex::Regex::new(r#"(?i)(?:\be\.g\.,?|\beg\.|\bfor example,?|\bsuch as|\bexamples?:|\blike)\s+["'`]?([^()."'`;]{2,80})"#).ok()
    });
    let texts = ["examples", "example", "default"].iter().filter_map(|key| schema.get(key));
    let texts = texts.flat_map(|value| value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]));
    let given: Vec<String> = texts.filter_map(|value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)).collect();
    if !given.is_empty() {
        return Some(given);
    }
    let list = LOOSE.as_ref()?.captures(description)?.get(1)?.as_str();
    let parts = list.split(',').flat_map(|part| part.split(" or ")).flat_map(|part| part.split(" and "));
    let parts = parts.map(|part| part.trim().trim_start_matches("or ").trim_start_matches("and ").trim());
    let few = |part: &&str| {
        !part.is_empty() && part.split(' ').count() <= 4 && !matches!(*part, "etc" | "others" | "more" | "or" | "and" | "the")
    };
    let values: Vec<String> = parts.filter(few).map(str::to_owned).collect();
    (!values.is_empty()).then_some(values)
}

/// Values that a description lists: `one of: a, b, c`, `options: 'x', 'y'`, `(e.g. 'celsius', 'fahrenheit')`.
fn described(description: &str) -> Option<Vec<String>> {
    static LIST: std::sync::LazyLock<Option<regex::Regex>> = std::sync::LazyLock::new(|| {
        regex::Regex::new(r#"(?i)\b(?:one of|options(?: are| include)?|possible values(?: are| include)?|allowed values(?: are)?|valid values(?: are)?|choices(?: are)?|supported values(?: are)?|can be|either|e\.g\.,?|such as|for example,?|like)[:\s]+((?:["'`][^"'`,]{1,40}["'`](?:\s*,\s*(?:or |and )?|\s+(?:or|and)\s+)?){2,})"#).ok()
    });
    let list = LIST.as_ref()?.captures(description)?.get(1)?.as_str().to_owned();
    let values: Vec<String> = list
        .split(['"', '\'', '`'])
        .map(str::trim)
        .filter(|part| !part.is_empty() && !matches!(part.trim_matches([',', ' ']), "" | "or" | "and"))
        .map(|part| part.trim_matches(',').to_owned())
        .collect();
    (values.len() >= 2).then_some(values)
}

pub(super) fn id_like(stem: &str, schema: &Value, description: &str) -> Maker {
    let first = schema.get("examples").and_then(|examples| examples.get(0)).or(schema.get("example")).and_then(Value::as_str);
    if let Some(sampler) = first.or(quoted(description)).and_then(shape_of) {
        return Maker::Pattern(Box::new(sampler));
    }
    let letters: String = stem.split(' ').next_back().unwrap_or("id").chars().filter(char::is_ascii_alphabetic).collect();
    let consonants: String = letters.chars().enumerate().filter(|(at, c)| *at == 0 || !"aeiou".contains(*c)).map(|(_, c)| c).collect();
    let prefix: String = if consonants.len() >= 3 { consonants.chars().take(3).collect() } else { letters.chars().take(3).collect() };
    Maker::Id { prefix: if prefix.is_empty() { "ID".into() } else { prefix.to_uppercase() }, digits: 5 }
}

/// The first quoted word with a digit in a description: an example of an identifier.
fn quoted(description: &str) -> Option<&str> {
    description
        .split(['"', '\'', '`'])
        .skip(1)
        .step_by(2)
        .find(|part| part.len() >= 3 && part.len() <= 40 && part.bytes().any(|b| b.is_ascii_digit()) && !part.contains(' '))
}

/// Strings of the same shape as an example: digits and letters vary, a leading word of letters stays.
fn shape_of(example: &str) -> Option<Sampler> {
    let first_digit = example.find(|c: char| c.is_ascii_digit())?;
    let mut pattern = format!("^{}", regex::escape(&example[..first_digit]));
    for c in example[first_digit..].chars() {
        match c {
            '0'..='9' => pattern.push_str("[0-9]"),
            'a'..='z' => pattern.push_str("[a-z]"),
            'A'..='Z' => pattern.push_str("[A-Z]"),
            other => pattern.push_str(&regex::escape(other.encode_utf8(&mut [0; 4]))),
        }
    }
    // Two digits or fewer cannot tell many things apart.
    (example.bytes().filter(u8::is_ascii_alphanumeric).count() >= 4).then(|| Sampler::new(&format!("{pattern}$")))?
}
