//! Results inside other JSON, and JSON inside tags, so that they can be taken out again to the last byte.

use serde_json::value::RawValue;
use std::borrow::Cow;

/// A result as one value of a list: as it is where its text is JSON, and as a string otherwise. A text that is itself a JSON string is
/// put into a string again, so that [`taken_out`] always gives the same text back.
pub(super) fn result(text: &str) -> String {
    match is_json(text) {
        true => text.to_string(),
        false => quoted(text),
    }
}

/// The text of a result that [`result`] put in.
pub(super) fn taken_out(value: &RawValue) -> serde_json::Result<Cow<'_, str>> {
    match value.get().starts_with('"') {
        true => serde_json::from_str::<String>(value.get()).map(Cow::Owned),
        false => Ok(Cow::Borrowed(value.get())),
    }
}

/// A JSON value other than a string, with nothing around it and on one line: a row is a line.
fn is_json(text: &str) -> bool {
    !text.starts_with('"')
        && !text.contains(['\n', '\r'])
        && serde_json::from_str::<&RawValue>(text).is_ok_and(|raw| raw.get().len() == text.len())
}

/// As [`result`], with none of the characters that mean something in XML.
pub(super) fn result_in_tags(text: &str) -> String {
    // A text that has such an escape already could not be told from one that was escaped here.
    match is_json(text) && !ESCAPES.iter().any(|(_, escape)| text.contains(escape)) {
        true => in_tags(text),
        false => in_tags(&quoted(text)),
    }
}

/// The text of a result that [`result_in_tags`] put in.
pub(super) fn taken_from_tags(value: &RawValue) -> serde_json::Result<String> {
    let text = taken_out(value)?;
    match text {
        Cow::Owned(text) => Ok(text),
        Cow::Borrowed(text) => Ok(ESCAPES.iter().fold(text.to_string(), |text, (char, escape)| text.replace(escape, &char.to_string()))),
    }
}

/// JSON without the characters that mean something in XML: XML, regular expressions and JSON readers all take it.
pub(super) fn in_tags(json: &str) -> String {
    ESCAPES.iter().fold(json.to_string(), |text, (char, escape)| if text.contains(*char) { text.replace(*char, escape) } else { text })
}

const ESCAPES: [(char, &str); 3] = [('&', "\\u0026"), ('<', "\\u003c"), ('>', "\\u003e")];

fn quoted(text: &str) -> String {
    // A string always is JSON.
    serde_json::to_string(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn raw(text: &str) -> Box<RawValue> {
        RawValue::from_string(text.to_string()).unwrap()
    }

    #[test]
    fn json_goes_in_as_json_and_words_as_a_string() {
        assert_eq!(result(r#"{"a": 1}"#), r#"{"a": 1}"#);
        assert_eq!(result("no such city"), r#""no such city""#);
        assert_eq!(result("[1,\n2]"), r#""[1,\n2]""#, "a row is one line");
        assert_eq!(result(r#""quoted""#), r#""\"quoted\"""#);
        assert_eq!(result_in_tags(r#"{"a":"<b> & c"}"#), r#"{"a":"\u003cb\u003e \u0026 c"}"#);
    }

    proptest! {
        #[test]
        fn every_text_comes_out_as_it_went_in(text in "\\PC*|\\{\"[a&<\\\\]{0,4}u0026\": ?[0-9]\\}|[\\[\\]\"{}0-9a-z&<>:, \\\\]{0,12}") {
            let put = raw(&result(&text));
            prop_assert_eq!(taken_out(&put).unwrap(), text.as_str());
            let tagged = result_in_tags(&text);
            prop_assert!(!tagged.contains(['&', '<', '>']));
            prop_assert_eq!(taken_from_tags(&raw(&tagged)).unwrap(), text);
        }
    }
}
