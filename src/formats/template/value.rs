//! From the text of a row to the values that a template sees, with every number as Python reads it.

use indexmap::IndexMap;
use minijinja::Value;
use serde_json::value::RawValue;

/// The value of a JSON text. None when it is not JSON, or has a whole number of more than 128 bits.
///
/// Each level reads the text of those inside it once more, so that the cost grows with the depth; rows are shallow.
pub(super) fn parse(text: &str) -> Option<Value> {
    of(serde_json::from_str(text).ok()?)
}

fn of(raw: &RawValue) -> Option<Value> {
    let text = raw.get();
    Some(match text.as_bytes().first()? {
        b'{' => {
            let fields: IndexMap<String, &RawValue> = serde_json::from_str(text).ok()?;
            let pairs: Option<Vec<(String, Value)>> = fields.into_iter().map(|(key, value)| Some((key, of(value)?))).collect();
            Value::from_pairs(pairs?)
        }
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            Value::from(items.into_iter().map(of).collect::<Option<Vec<Value>>>()?)
        }
        b'"' => Value::from(serde_json::from_str::<String>(text).ok()?),
        b't' => Value::from(true),
        b'f' => Value::from(false),
        b'n' => Value::from(()),
        _ if text.contains(['.', 'e', 'E']) => Value::from(text.parse::<f64>().ok()?),
        _ => match text.parse::<i64>() {
            Ok(number) => Value::from(number),
            Err(_) => text
                .parse()
                .map(|number: i128| Value::from(number))
                .or_else(|_| text.parse().map(|number: u128| Value::from(number)))
                .ok()?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_whole_or_not_and_as_large_as_they_are() {
        let value = parse(r#"{"a": [1, 1.0, 123456789012345678901234567890, -7], "b": null, "c": {"d": "x\n"}}"#).unwrap();
        assert_eq!(value.to_string(), "{'a': [1, 1.0, 123456789012345678901234567890, -7], 'b': None, 'c': {'d': 'x\\n'}}");
        assert!(parse("{\"a\": ").is_none());
        assert!(parse(&"9".repeat(60)).is_none());
    }
}
