//! Methods of Python's strings, lists and dictionaries that templates call and minijinja's own set lacks.

use minijinja::value::{ValueKind, from_args};
use minijinja::{Error, State, Value};
use minijinja_contrib::pycompat::unknown_method_callback;

/// The result of `value.method(args)`.
pub(super) fn call(state: &mut State, value: &Value, method: &str, args: &[Value]) -> Result<Value, Error> {
    match (value.as_str(), method) {
        (Some(text), "removeprefix") => {
            let (prefix,): (&str,) = from_args(args)?;
            Ok(Value::from(text.strip_prefix(prefix).unwrap_or(text)))
        }
        (Some(text), "removesuffix") => {
            let (suffix,): (&str,) = from_args(args)?;
            Ok(Value::from(text.strip_suffix(suffix).unwrap_or(text)))
        }
        (Some(text), "rsplit") => {
            let (mark, most): (Option<&str>, Option<i64>) = from_args(args)?;
            Ok(rsplit(text, mark, most.and_then(|most| usize::try_from(most).ok())))
        }
        (Some(text), "partition") => {
            let (mark,): (&str,) = from_args(args)?;
            let (before, found, after) = text.split_once(mark).map_or((text, "", ""), |(before, after)| (before, mark, after));
            Ok([before, found, after].into_iter().map(Value::from).collect())
        }
        (Some(text), "strip" | "lstrip" | "rstrip") if args.is_empty() => Ok(Value::from(match method {
            "strip" => text.trim_matches(is_space),
            "lstrip" => text.trim_start_matches(is_space),
            _ => text.trim_end_matches(is_space),
        })),
        (None, "copy") if matches!(value.kind(), ValueKind::Map | ValueKind::Seq) => Ok(value.clone()),
        _ => unknown_method_callback(state, value, method, args),
    }
}

/// What Python takes for white space: what Rust does, and four separators.
pub(super) fn is_space(char: char) -> bool {
    char.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&char)
}

/// `str.rsplit`: at most so many cuts, from the right.
fn rsplit(text: &str, mark: Option<&str>, most: Option<usize>) -> Value {
    let cuts = most.unwrap_or(usize::MAX).saturating_add(1);
    let mut parts: Vec<&str> = match mark {
        Some(mark) => text.rsplitn(cuts, mark).collect(),
        None => {
            let mut rest = text.trim_end_matches(is_space);
            let mut parts = Vec::new();
            while parts.len() + 1 < cuts
                && let Some((at, space)) = rest.char_indices().rev().find(|(_, char)| is_space(*char))
            {
                parts.push(&rest[at + space.len_utf8()..]);
                rest = rest[..at].trim_end_matches(is_space);
            }
            if !rest.is_empty() {
                parts.push(rest);
            }
            parts
        }
    };
    parts.reverse();
    parts.into_iter().map(Value::from).collect()
}

#[cfg(test)]
mod tests {
    use super::super::engine::environment;

    /// What Python gives for the same expressions.
    #[test]
    fn methods_give_what_python_gives() {
        for (expression, wanted) in [
            ("'a</t>b</t>c'.rsplit('</t>', 1)", "['a</t>b', 'c']"),
            ("' a  b c '.rsplit(none, 1)", "[' a  b', 'c']"),
            ("'a=b=c'.partition('=')", "['a', '=', 'b=c']"),
            ("'prefix'.removeprefix('pre') ~ 'x'.removesuffix('y')", "fixx"),
            ("'\u{1f} a\n'.strip()", "a"),
            ("{'b': 1}.get('a', 2)", "2"),
            ("('a' in 'bab') ~ [1, none, 2.0]", "True[1, None, 2.0]"),
        ] {
            let shown = environment().render_str(&format!("{{{{ {expression} }}}}"), ()).unwrap();
            assert_eq!(shown, wanted, "{expression}");
        }
    }
}
