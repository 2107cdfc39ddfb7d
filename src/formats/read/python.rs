//! Values and calls as Python writes them: `[get_weather(city='Oslo', days=[1, 2]), other()]`.
//!
//! A reader of data, not of Python: literals only, nothing is evaluated. Names may hold anything but brackets, since some sets have names
//! with spaces and dots.

use serde_json::{Map, Number, Value};

/// One literal and nothing after it: strings, numbers, lists, tuples, dictionaries, `True`, `False`, `None`, and their JSON names.
pub(super) fn literal(text: &str) -> Option<Value> {
    let mut reader = Reader { rest: text, depth: 0 };
    let value = reader.value()?;
    reader.space();
    reader.rest.is_empty().then_some(value)
}

/// A call: its name and its named arguments.
pub(super) type Call = (String, Map<String, Value>);

/// A list of calls in brackets.
pub(super) fn calls(text: &str) -> Option<Vec<Call>> {
    let mut reader = Reader { rest: text, depth: 0 };
    reader.token('[')?;
    let mut calls = Vec::new();
    if reader.token(']').is_none() {
        loop {
            calls.push(reader.call()?);
            match reader.token(',') {
                Some(()) => continue,
                None => break reader.token(']')?,
            }
        }
    }
    reader.space();
    (reader.rest.is_empty() && !calls.is_empty()).then_some(calls)
}

struct Reader<'t> {
    rest: &'t str,
    depth: usize,
}

/// Nesting beyond this is no data.
const DEEPEST: usize = 64;

impl<'t> Reader<'t> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn token(&mut self, char: char) -> Option<()> {
        self.space();
        self.rest = self.rest.strip_prefix(char)?;
        Some(())
    }

    fn call(&mut self) -> Option<Call> {
        self.space();
        let end = self.rest.find(['(', '[', ']', '{', '}'])?;
        let name = self.rest[..end].trim();
        self.rest = self.rest[end..].strip_prefix('(')?;
        let mut arguments = Map::new();
        if self.token(')').is_none() {
            loop {
                self.space();
                let end = self.rest.find('=')?;
                let key = self.rest[..end].trim();
                let is_name = |char: char| char.is_alphanumeric() || "_-.$ ".contains(char);
                if key.is_empty() || !key.chars().all(is_name) {
                    return None;
                }
                self.rest = &self.rest[end + 1..];
                let value = self.value()?;
                arguments.insert(key.to_string(), value);
                match self.token(',') {
                    Some(()) => continue,
                    None => break self.token(')')?,
                }
            }
        }
        (!name.is_empty()).then(|| (name.to_string(), arguments))
    }

    fn value(&mut self) -> Option<Value> {
        self.space();
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let value = match self.rest.chars().next()? {
            '"' | '\'' => self.string().map(Value::String),
            '[' => self.items('[', ']').map(Value::Array),
            '(' => self.items('(', ')').map(Value::Array),
            '{' => self.dictionary().map(Value::Object),
            _ => self.word(),
        };
        self.depth -= 1;
        value
    }

    fn items(&mut self, open: char, close: char) -> Option<Vec<Value>> {
        self.token(open)?;
        let mut items = Vec::new();
        while self.token(close).is_none() {
            items.push(self.value()?);
            if self.token(',').is_none() {
                self.token(close)?;
                break;
            }
        }
        Some(items)
    }

    fn dictionary(&mut self) -> Option<Map<String, Value>> {
        self.token('{')?;
        let mut map = Map::new();
        while self.token('}').is_none() {
            self.space();
            let key = self.string()?;
            self.token(':')?;
            map.insert(key, self.value()?);
            if self.token(',').is_none() {
                self.token('}')?;
                break;
            }
        }
        Some(map)
    }

    fn word(&mut self) -> Option<Value> {
        let end = self.rest.find(|char: char| ",)]}: \n\t".contains(char)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        match word {
            "True" | "true" => Some(true.into()),
            "False" | "false" => Some(false.into()),
            "None" | "null" => Some(Value::Null),
            number => number.parse::<Number>().ok().map(Value::Number),
        }
    }

    fn string(&mut self) -> Option<String> {
        let quote = self.rest.chars().next().filter(|char| matches!(char, '"' | '\''))?;
        let mut out = String::new();
        let mut chars = self.rest[1..].char_indices();
        while let Some((at, char)) = chars.next() {
            match char {
                _ if char == quote => {
                    self.rest = &self.rest[1 + at + 1..];
                    return Some(out);
                }
                '\\' => match chars.next()?.1 {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    'r' => out.push('\r'),
                    'u' => {
                        let hex: String = chars.by_ref().take(4).map(|(_, char)| char).collect();
                        out.push(char::from_u32(u32::from_str_radix(&hex, 16).ok()?)?);
                    }
                    other if matches!(other, '\\' | '\'' | '"' | '/') => out.push(other),
                    other => out.extend(['\\', other]),
                },
                other => out.push(other),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn calls_have_names_and_named_arguments() {
        let read = calls("[Get City Info(city='San José', days=[1, 2.5], deep={'a': None, \"b\": (True,)}), now()]").unwrap();
        assert_eq!(read[0].0, "Get City Info");
        assert_eq!(Value::Object(read[0].1.clone()), json!({"city": "San José", "days": [1, 2.5], "deep": {"a": null, "b": [true]}}));
        assert_eq!((read[1].0.as_str(), read[1].1.len()), ("now", 0));
        assert_eq!(calls(r#"[math.add(a=-1, b="it's, \"so\"")]"#).unwrap()[0].1["b"], "it's, \"so\"");
    }

    #[test]
    fn words_in_brackets_are_no_calls() {
        for text in ["[1] is a source", "[see the note]", "[]", "Sure.", "[f(x)]", "[f(x=g())]", "[f(x=1)] and more", "[f(x=1"] {
            assert_eq!(calls(text), None, "{text}");
        }
    }

    #[test]
    fn nesting_without_end_ends() {
        assert_eq!(literal(&"[".repeat(100_000)), None);
    }

    proptest! {
        #[test]
        fn json_is_read_as_it_is_meant(text in "[^\\\\\"\u{0}-\u{1f}]{0,9}", number in any::<i64>(), truth in any::<bool>()) {
            let value = json!({"a": [text, number, truth, null], "b": {}});
            prop_assert_eq!(literal(&value.to_string()), Some(value));
        }

        #[test]
        fn no_text_makes_it_fail(text in "\\PC{0,40}|[\\[\\](){}'\"=,:a-z\\\\ ]{0,40}") {
            let _ = (literal(&text), calls(&text));
        }
    }
}
