//! The last polish of a line: spaces, stops, capitals, and the way that one user types.

use super::line::{self, ARTICLE};

/// Puts stops and spaces right. Works on a line with marks.
pub(super) fn tidy(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    for (wrong, right) in [
        (" ,", ","),
        (" .", "."),
        (" ?", "?"),
        (" !", "!"),
        (",,", ","),
        (",.", "."),
        (",?", "?"),
        ("?.", "?"),
        ("!.", "!"),
        ("( ", "("),
        (" )", ")"),
    ] {
        while out.contains(wrong) {
            out = out.replace(wrong, right);
        }
    }
    // An ellipsis is never meant.
    while out.contains("..") {
        out = out.replace("..", ".");
    }
    if out.starts_with([',', ';', ':']) {
        out = out.trim_start_matches([',', ';', ':', ' ']).to_owned();
    }
    out
}

/// A capital at the beginning of every sentence, and for "I".
pub(super) fn capitals(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut begins = true;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_alphabetic() && begins && line::marked(c).is_none() && c != ARTICLE {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        if matches!(c, '.' | '?' | '!') && chars.peek().is_none_or(|next| next.is_whitespace()) {
            begins = true;
        } else if !c.is_whitespace() && !matches!(c, '"' | '“' | '(' | '\'') {
            begins = false;
        }
    }
    out
}

/// Ends a sentence with `stop` unless it has an end already.
pub(super) fn end(sentence: &str, stop: char) -> String {
    let trimmed = sentence.trim_end();
    if trimmed.is_empty() || trimmed.ends_with(['.', '?', '!']) { trimmed.to_owned() } else { format!("{trimmed}{stop}") }
}

/// The first letter small, unless the word is "I", an acronym or a mark.
pub(super) fn lower_first(text: &str) -> String {
    let word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let keep = word == "I" || word.chars().filter(|c| c.is_uppercase()).count() > 1;
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !keep => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

/// As somebody types who does not care: no capital at the beginning, no stop at the end.
pub(super) fn careless(line: &str) -> String {
    lower_first(line.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_and_spaces() {
        assert_eq!(tidy("find  a hotel , please ."), "find a hotel, please.");
        assert_eq!(tidy("Which city?."), "Which city?");
        assert_eq!(capitals("yes. book it, please. \"ok\""), "Yes. Book it, please. \"Ok\"");
    }

    #[test]
    fn i_stays_tall() {
        assert_eq!(lower_first("I'd like that"), "I'd like that");
        assert_eq!(lower_first("Which city?"), "which city?");
        assert_eq!(lower_first("PDF or text?"), "PDF or text?");
    }
}
