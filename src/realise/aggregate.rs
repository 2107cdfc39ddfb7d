//! Putting pieces together: phrases behind a noun, lists, several sentences in one turn.

use super::pen::Pen;

/// Phrases behind a noun; a second "with" becomes "and".
pub(super) fn tail(phrases: &[String]) -> String {
    let mut out = String::new();
    let mut with = false;
    for phrase in phrases.iter().filter(|phrase| !phrase.is_empty()) {
        if let Some(rest) = phrase.strip_prefix(", ") {
            out.push_str(", ");
            out.push_str(rest);
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        match phrase.strip_prefix("with ") {
            Some(rest) if with => {
                out.push_str("and ");
                out.push_str(rest);
            }
            _ => out.push_str(phrase),
        }
        with = phrase.starts_with("with ");
    }
    out
}

/// "A", "A and B", "A, B and C".
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

/// "A or B".
pub(super) fn either(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} or {last}", init.join(", ")),
    }
}

/// Sentences of several acts as one turn.
pub(super) fn turn(_pen: &mut Pen, sentences: &[String]) -> String {
    sentences
        .iter()
        .filter(|sentence| !sentence.is_empty())
        .map(|sentence| super::surface::end(sentence, '.'))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_english() {
        let items: Vec<String> = ["A", "B", "C"].map(String::from).into();
        assert_eq!(list(&items), "A, B and C");
        assert_eq!(either(&items[..2]), "A or B");
    }

    #[test]
    fn a_second_with_becomes_and() {
        let phrases: Vec<String> = ["in Lisbon", "with a pool", "with parking"].map(String::from).into();
        assert_eq!(tail(&phrases), "in Lisbon with a pool and parking");
    }
}
