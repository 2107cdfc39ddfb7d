//! Values as Python writes them, since a template that a trainer renders is rendered by Python: `json.dumps`, and `str` of a float.

use minijinja::value::ValueKind;
use minijinja::{Error, ErrorKind, Value};

/// How `json.dumps` is asked to write.
#[derive(Debug, Clone)]
pub(super) struct Dumps {
    pub ascii: bool,
    /// What one level is moved in by; none for one line.
    pub indent: Option<String>,
    pub item: String,
    pub key: String,
    pub sorted: bool,
}

impl Default for Dumps {
    /// As transformers has it: `ensure_ascii=False` and Python's own separators.
    fn default() -> Dumps {
        Dumps { ascii: false, indent: None, item: ", ".into(), key: ": ".into(), sorted: false }
    }
}

/// The text that `json.dumps` gives. Fails on what it fails on: values that JSON does not have, such as an undefined one.
pub(super) fn dumps(value: &Value, how: &Dumps) -> Result<String, Error> {
    let mut out = String::new();
    write(value, how, 0, &mut out)?;
    Ok(out)
}

fn write(value: &Value, how: &Dumps, depth: usize, out: &mut String) -> Result<(), Error> {
    match value.kind() {
        ValueKind::None => out.push_str("null"),
        ValueKind::Bool => out.push_str(if value.is_true() { "true" } else { "false" }),
        ValueKind::Number => out.push_str(&number(value, true)),
        ValueKind::String => string(value.as_str().unwrap_or_default(), how.ascii, out),
        ValueKind::Map => {
            let mut keys: Vec<Value> = value.try_iter()?.collect();
            if how.sorted {
                keys.sort();
            }
            around(out, how, depth, ('{', '}'), keys.len(), |out, at| {
                let key = &keys[at];
                match key.kind() {
                    ValueKind::String => string(key.as_str().unwrap_or_default(), how.ascii, out),
                    ValueKind::Number | ValueKind::Bool | ValueKind::None => {
                        out.push('"');
                        write(key, how, depth, out)?;
                        out.push('"');
                    }
                    _ => return Err(unfit(key)),
                }
                out.push_str(&how.key);
                write(&value.get_item(key)?, how, depth + 1, out)
            })?;
        }
        ValueKind::Seq => {
            let items: Vec<Value> = value.try_iter()?.collect();
            around(out, how, depth, ('[', ']'), items.len(), |out, at| write(&items[at], how, depth + 1, out))?;
        }
        _ => return Err(unfit(value)),
    }
    Ok(())
}

fn unfit(value: &Value) -> Error {
    Error::new(ErrorKind::BadSerialization, format!("an object of type {} cannot be written as JSON", value.kind()))
}

/// The parts of a list or of an object between their brackets.
fn around(
    out: &mut String,
    how: &Dumps,
    depth: usize,
    brackets: (char, char),
    count: usize,
    mut part: impl FnMut(&mut String, usize) -> Result<(), Error>,
) -> Result<(), Error> {
    out.push(brackets.0);
    for at in 0..count {
        if at > 0 {
            out.push_str(&how.item);
        }
        new_line(out, how, depth + 1);
        part(out, at)?;
    }
    if count > 0 {
        new_line(out, how, depth);
    }
    out.push(brackets.1);
    Ok(())
}

fn new_line(out: &mut String, how: &Dumps, depth: usize) {
    if let Some(indent) = &how.indent {
        out.push('\n');
        (0..depth).for_each(|_| out.push_str(indent));
    }
}

fn string(text: &str, ascii: bool, out: &mut String) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", control as u32)),
            other if ascii && !other.is_ascii() => {
                let mut units = [0; 2];
                other.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

/// A number as Python writes it; `json` names what is none as JSON does there.
pub(super) fn number(value: &Value, json: bool) -> String {
    if value.is_integer() {
        return value.to_string();
    }
    let Ok(float) = f64::try_from(value.clone()) else { return value.to_string() };
    match (float.is_nan(), float.is_infinite(), json) {
        (true, _, true) => "NaN".into(),
        (true, _, false) => "nan".into(),
        (_, true, true) => if float > 0.0 { "Infinity" } else { "-Infinity" }.into(),
        (_, true, false) => if float > 0.0 { "inf" } else { "-inf" }.into(),
        _ => float_repr(float),
    }
}

/// `repr(float)`: the shortest digits that give the number back, with an exponent below 1e-4 and from 1e16 on.
fn float_repr(float: f64) -> String {
    // Rust has the same shortest digits, in another notation.
    let scientific = format!("{float:e}");
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return scientific };
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..16).contains(&exponent) {
        let plain = format!("{float}");
        return if plain.contains('.') { plain } else { plain + ".0" };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Python 3.11 prints for the same numbers.
    #[test]
    fn floats_are_written_as_python_writes_them() {
        for (float, wanted) in [
            (1.0, "1.0"),
            (0.1, "0.1"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.5e-5, "1.5e-05"),
            (0.0001, "0.0001"),
            (-2.5e300, "-2.5e+300"),
            (123456789.125, "123456789.125"),
            (-0.0, "-0.0"),
        ] {
            assert_eq!(number(&Value::from(float), true), wanted);
        }
        assert_eq!(number(&Value::from(f64::INFINITY), true), "Infinity");
    }

    #[test]
    fn json_is_written_as_python_writes_it() {
        let value = super::super::value::parse(r#"{"b":[1,2.50,"é<&'\u0001\u2028"],"a":{},"n":null,"t":true}"#).unwrap();
        assert_eq!(
            dumps(&value, &Dumps::default()).unwrap(),
            "{\"b\": [1, 2.5, \"é<&'\\u0001\u{2028}\"], \"a\": {}, \"n\": null, \"t\": true}"
        );
        let indented = Dumps { indent: Some("  ".into()), item: ",".into(), sorted: true, ascii: true, ..Dumps::default() };
        assert_eq!(
            dumps(&value, &indented).unwrap(),
            "{\n  \"a\": {},\n  \"b\": [\n    1,\n    2.5,\n    \"\\u00e9<&'\\u0001\\u2028\"\n  ],\n  \"n\": null,\n  \"t\": true\n}"
        );
        assert!(dumps(&Value::UNDEFINED, &Dumps::default()).is_err());
    }
}
