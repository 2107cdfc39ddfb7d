//! How exporters make a name that providers take.

/// Allowed by all of OpenAI, Anthropic and Mistral.
pub(in crate::lint::rules) fn allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

/// Everything else becomes `_`.
pub(in crate::lint::rules) fn sanitised(name: &str) -> String {
    name.chars().map(|c| if allowed(c) { c } else { '_' }).collect()
}
