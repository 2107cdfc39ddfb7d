//! Long JSON documents, read on all threads: the text is cut at the members of its long lists and objects.
//!
//! A document is put together from pieces only when every piece is a whole JSON value, every key is one text, and nothing but commas,
//! colons and white space stands between them, which by the grammar of JSON makes the whole a document. Whatever is not so, or is
//! nested deeply, is left to the ordinary parser, and so are all faults with their places.

use super::json::Strict;
use rayon::prelude::*;
use serde_json::{Map, Value};

/// Bytes of the shortest text that is worth cutting.
const LONG: usize = 64 << 10;
/// Deeper documents are left to a parser that counts levels.
const DEEP: usize = 32;

/// The value of a long document; `None` says nothing about it.
pub(super) fn parse(text: &str) -> Option<Value> {
    if text.len() < LONG { None } else { long(text.trim_matches(SPACE), DEEP) }
}

const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

fn long(text: &str, depth: usize) -> Option<Value> {
    if text.len() < LONG || depth == 0 {
        return serde_json::from_str::<Strict>(text).ok().map(|strict| strict.0);
    }
    match text.as_bytes().first()? {
        b'[' => {
            let items = members(text, depth)?;
            items.into_par_iter().map(|item| long(item, depth - 1)).collect::<Option<Vec<Value>>>().map(Value::Array)
        }
        b'{' => {
            let entry = |entry: &str| {
                let (key, value) = entry.split_at(string_end(entry.as_bytes(), 0)?);
                let value = value.trim_start_matches(SPACE).strip_prefix(':')?.trim_matches(SPACE);
                Some((serde_json::from_str::<String>(key).ok()?, long(value, depth - 1)?))
            };
            let entries: Vec<(String, Value)> = members(text, depth)?.into_par_iter().map(entry).collect::<Option<_>>()?;
            let count = entries.len();
            let map: Map<String, Value> = entries.into_iter().collect();
            (map.len() == count).then_some(Value::Object(map))
        }
        _ => serde_json::from_str::<Strict>(text).ok().map(|strict| strict.0),
    }
}

/// What stands between the commas of a list or an object that is the whole text, without the white space around it. `None` when it
/// has no members, goes deeper than `depth` levels or is not closed at its end.
fn members(text: &str, depth: usize) -> Option<Vec<&str>> {
    let bytes = text.as_bytes();
    let (mut out, mut level, mut at, mut start) = (Vec::new(), 0, 0, 1);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                at = string_end(bytes, at)?;
                continue;
            }
            b'{' | b'[' => level += 1,
            b'}' | b']' => {
                level -= 1;
                if level == 0 {
                    out.push(text[start..at].trim_matches(SPACE));
                    let pair = matches!((bytes[0], bytes[at]), (b'[', b']') | (b'{', b'}'));
                    return (pair && at + 1 == bytes.len()).then_some(out);
                }
            }
            b',' if level == 1 => {
                out.push(text[start..at].trim_matches(SPACE));
                start = at + 1;
            }
            _ => {}
        }
        if level > depth {
            return None;
        }
        at += 1;
    }
    None
}

/// Behind the text in quotes that begins here; none when it is not closed.
pub(crate) fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    if bytes.get(start) != Some(&b'"') {
        return None;
    }
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn whole(text: &str) -> Option<Value> {
        serde_json::from_str::<Strict>(text).ok().map(|strict| strict.0)
    }

    /// Long enough to be cut, with `odd` somewhere in it.
    fn list(odd: &str) -> String {
        let item = r#"{"name": "a\"],[b", "n": [1, {"x": "}"}], "é": null}"#;
        let items = vec![item; 1 + LONG / item.len()].join(" ,\n");
        format!("[{items}{odd}]")
    }

    #[test]
    fn pieces_are_what_the_whole_is() {
        for text in [list(""), format!(" {{\"a\": {},\t\"b\\u0041\" :{}, \"c\": 1}} \n", list(", 2.50"), list(",\"\\\\\""))] {
            assert!(whole(&text).is_some());
            assert_eq!(parse(&text), whole(&text));
        }
        let keys = |value: Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(parse(&format!("{{\"z\": 1, \"a\": {}, \"m\": 2}}", list(""))).unwrap()), ["z", "a", "m"], "keys keep their order");
    }

    #[test]
    fn what_is_no_document_is_no_document_in_pieces() {
        let long = list("");
        for text in [
            list(","),
            list(",,1"),
            list("}"),
            list(" 1"),
            list(",{\"a\": 1, \"a\": 2}"),
            list(",\"a"),
            list(",'a'"),
            list(",[1}"),
            format!("{long} 1"),
            format!("{long},"),
            format!("[{long}"),
            format!("{{{long}}}"),
            format!("{{\"a\": {long}, \"a\": 1}}"),
            format!("{{\"a\" {long}}}"),
            format!("{{\"a\": {long}]"),
            format!("{{\"a\": : {long}}}"),
            long[..long.len() - 1].to_owned(),
            long.replacen('[', "[,", 1),
        ] {
            assert!(whole(&text).is_none(), "{}", &text[text.len() - 20..]);
            assert_eq!(parse(&text), None, "{}", &text[text.len() - 20..]);
        }
        assert_eq!(parse(&format!("{}{long}{}", "[".repeat(40), "]".repeat(40))), None, "deep documents are left to the other");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn a_byte_more_or_less_is_judged_as_the_parser_does(at in 0usize..200, sign in prop::sample::select("[]{},:\"\\ 1".chars().collect::<Vec<_>>()), put in any::<bool>()) {
            let mut text = list(", {\"k\": [true, \"x\"]}");
            let place = text.char_indices().map(|(place, _)| place).nth_back(at).unwrap_or(0);
            if put {
                text.insert(place, sign);
            } else {
                text.remove(place);
            }
            if let Some(value) = parse(&text) {
                prop_assert_eq!(Some(value), whole(&text));
            }
        }
    }
}
