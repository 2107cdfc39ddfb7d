//! YAML text to a value: YAML 1.2 booleans, duplicate keys and bombs are errors with a place.

use super::MAX_DEPTH;
use crate::error::Fault;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::path::Path;

/// One YAML document as a value, keys in order.
pub(crate) fn parse(file: &Path, text: &str) -> Result<Value, Fault> {
    parse_as(file, text)
}

/// One YAML document as a type of our own.
pub(crate) fn parse_as<T: DeserializeOwned>(file: &Path, text: &str) -> Result<T, Fault> {
    serde_yaml::from_str_with_options(text, options()).map_err(|error| fault(file, &error))
}

/// The default budget stops at 250,000 nodes, about 16,600 tools. Ours leaves room for the largest file that is read at all
/// ([`super::text::MAX_BYTES`]); what it must stop is small text that grows: aliases and merge keys.
pub(crate) fn options() -> serde_yaml::Options {
    serde_yaml::options! {
        strict_booleans: true,
        with_snippet: false,
        emit_comments: false,
        alias_limits: alias_limits(),
        budget: serde_yaml::budget! {
            max_depth: MAX_DEPTH,
            flow_nesting_limit: MAX_DEPTH,
            max_events: usize::MAX,
            max_nodes: usize::MAX,
            max_total_scalar_bytes: usize::MAX,
            max_total_comment_bytes: usize::MAX,
            max_documents: 1,
            max_recorded_anchor_events: 250_000,
            simple_key_max_lookahead: 4096,
        },
    }
}

fn alias_limits() -> serde_yaml::options::AliasLimits {
    let mut limits = serde_yaml::options::AliasLimits::default();
    limits.max_total_replayed_events = 1_000_000;
    limits
}

fn fault(file: &Path, error: &serde_yaml::Error) -> Fault {
    let (line, column) = error.location().map_or((0, 0), |place| (place.line() as u32, place.column() as u32));
    let (message, cure) = words(error);
    Fault::new(file, message, cure).at(line, column)
}

fn words(error: &serde_yaml::Error) -> (String, &'static str) {
    use serde_yaml::Error as E;
    match error {
        E::WithSnippet { error, .. } | E::AliasError { error, .. } => words(error),
        E::DuplicateMappingKey { key, .. } => (format!("duplicate key `{}`", key.as_deref().unwrap_or_default()), "keep one of the two"),
        E::SerdeUnknownField { field, expected, .. } => {
            (format!("unknown field `{field}`, expected one of {}", expected.join(", ")), "remove the key or correct its spelling")
        }
        E::SerdeUnknownVariant { variant, expected, .. } => {
            (format!("unknown value `{variant}`, expected one of {}", expected.join(", ")), "use one of these")
        }
        E::SerdeMissingField { field, .. } => (format!("the key `{field}` is missing"), "write it"),
        E::Unexpected { expected, .. } => (format!("this is no {expected}, which is expected here"), "write one"),
        E::NonFiniteFloat { value, .. } => (format!("the number {value} is not finite"), "write a number, or leave the key out"),
        E::RecursiveReferencesRequireWeakTypes { .. } => ("an alias leads back into its own anchor".into(), "write the part out"),
        E::MultipleDocuments { .. } => several(),
        E::Budget { breach, .. } => {
            // The name of the limit and the number that broke it; the enum is not exhaustive.
            let breach = format!("{breach:?}");
            if breach.starts_with("Depth") {
                (format!("nested more than {MAX_DEPTH} levels deep"), "flatten the document")
            } else if breach.starts_with("Documents") {
                several()
            } else {
                ("aliases or merge keys make the document grow out of bounds".into(), GROWS)
            }
        }
        E::AliasReplayLimitExceeded { .. } | E::AliasReplayStackDepthExceeded { .. } | E::AliasExpansionLimitExceeded { .. } => {
            ("aliases make the document grow out of bounds".into(), GROWS)
        }
        other => {
            let message = other.render_with_options(serde_yaml::render_options! {
                formatter: &serde_yaml::DefaultMessageFormatter,
                snippets: serde_yaml::SnippetMode::Off,
            });
            if message.contains("recursion limit") || message.contains("nesting") {
                return (format!("nested more than {MAX_DEPTH} levels deep"), "flatten the document");
            }
            (format!("not valid YAML: {}", strip_place(&message)), "mend the YAML at this place")
        }
    }
}

const GROWS: &str = "write the repeated parts out, or use fewer of them";

fn several() -> (String, &'static str) {
    ("there are several documents in the file".into(), "put each into a file of its own")
}

/// The message without its own "at line 3, column 5", which the fault carries.
fn strip_place(message: &str) -> &str {
    let message = message.lines().next().unwrap_or_default();
    message.split(" at line ").next().unwrap_or_default().trim_end_matches(':')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(text: &str) -> Result<Value, String> {
        parse(Path::new("f.yaml"), text).map_err(|fault| fault.to_string())
    }

    #[test]
    fn booleans_are_those_of_yaml_1_2() {
        assert_eq!(read("[yes, NO, on, true]"), Ok(json!(["yes", "NO", "on", true])));
    }

    #[test]
    fn number_keys_become_strings_as_the_status_codes_of_openapi_need() {
        assert_eq!(read("responses:\n  200: ok\n  4XX: no"), Ok(json!({"responses": {"200": "ok", "4XX": "no"}})));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (text, place) in [
            ("a: 1\na: 2", "f.yaml:2:1: duplicate key `a`; "),
            ("a: [1, 2", "f.yaml:1:4: not valid YAML: unclosed bracket '['; "),
            ("a:\n\t- b: c\n\t- d", "f.yaml:2:2: not valid YAML: tabs disallowed"),
            ("a: 1\n---\nb: 2", "f.yaml:2:1: there are several documents in the file; "),
            ("a: *nobody", "f.yaml:1:4: not valid YAML: "),
        ] {
            let message = read(text).unwrap_err();
            assert!(message.starts_with(place), "{text:?} gave {message}");
            assert_eq!(message.matches(" line ").count(), 0, "the place stands once: {message}");
        }
    }

    #[test]
    fn a_bomb_of_aliases_and_deep_nesting_are_stopped() {
        // As deep a document needs more stack than a test has; loading gives it, and so does this.
        std::thread::Builder::new().stack_size(32 << 20).spawn(deep_nesting_is_stopped).unwrap().join().unwrap();
    }

    fn deep_nesting_is_stopped() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let below = format!("*a{}", level - 1);
            bomb.push_str(&format!("a{level}: &a{level} [{}]\n", vec![below; 9].join(", ")));
        }
        assert!(read(&bomb).unwrap_err().contains("grow out of bounds"));
        assert!(read(&"[".repeat(20_000)).unwrap_err().contains("nested more than 128 levels deep"));
        let block: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        assert!(read(&block).unwrap_err().contains("nested more than 128 levels deep"));
    }
}
