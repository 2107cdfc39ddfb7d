//! Values that are said as they are: names, titles, texts, codes. How one is found again in a text.

use std::ops::Range;

/// How strictly a value must stand in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Match {
    /// Letter case counts, and `AB-1` is not in `AB-1-2`.
    Exact,
    /// Letter case, kinds of quotes and dashes, and widths of white space do not count.
    Folded,
}

/// Every place where `needle` stands as whole words, left to right, not overlapping.
pub(crate) fn find(text: &str, needle: &str, how: Match) -> Vec<Range<usize>> {
    let needle = needle.trim();
    let mut found = Vec::new();
    let Some(first) = needle.chars().next() else { return found };
    let (mut at, mut before) = (0, None::<char>);
    let begins = beginnings(first, how);
    while let Some(c) = text[at..].chars().next() {
        // Most places are passed over by a look at one byte.
        if let Some(begins) = begins
            && c.is_ascii()
            && !begins.contains(&(c as u8))
        {
            (before, at) = (Some(c), at + 1);
            continue;
        }
        let candidate = same_char(c, first, how) && opens(&text[..at], before, c, how);
        match if candidate { match_len(&text[at..], needle, how) } else { None } {
            Some(length) if closes(&text[at + length..], needle, how) => {
                found.push(at..at + length);
                before = text[..at + length].chars().next_back();
                at += length;
            }
            _ => {
                before = Some(c);
                at += c.len_utf8();
            }
        }
    }
    found
}

/// The ASCII characters that a text beginning with this letter or digit may begin with; none where it is no such letter or digit.
fn beginnings(first: char, how: Match) -> Option<[u8; 2]> {
    let first = u8::try_from(first).ok().filter(u8::is_ascii_alphanumeric)?;
    Some(match how {
        Match::Exact => [first; 2],
        Match::Folded => [first.to_ascii_lowercase(), first.to_ascii_uppercase()],
    })
}

/// Whether two strings are the same under this strictness.
pub(crate) fn equal(a: &str, b: &str, how: Match) -> bool {
    match_len(a.trim(), b.trim(), how) == Some(a.trim().len())
}

fn fold(c: char) -> char {
    if c.is_ascii_alphanumeric() {
        return c.to_ascii_lowercase();
    }
    match c {
        '’' | 'ʼ' | '‘' | '`' => '\'',
        '“' | '”' => '"',
        '–' | '—' | '\u{2010}' | '\u{2011}' => '-',
        c if c.is_whitespace() => ' ',
        c => {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) => one,
                _ => c,
            }
        }
    }
}

fn same_char(a: char, b: char, how: Match) -> bool {
    a == b || (how == Match::Folded && fold(a) == fold(b))
}

/// Bytes of `text` that spell `needle` from its start.
fn match_len(text: &str, needle: &str, how: Match) -> Option<usize> {
    let mut rest = text.char_indices().peekable();
    let mut wanted = needle.chars().peekable();
    while let Some(want) = wanted.next() {
        let (_, c) = rest.next()?;
        if how == Match::Folded && want.is_whitespace() && c.is_whitespace() {
            while rest.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            while wanted.next_if(|c| c.is_whitespace()).is_some() {}
        } else if !same_char(c, want, how) {
            return None;
        }
    }
    Some(rest.peek().map_or(text.len(), |(at, _)| *at))
}

fn opens(head: &str, before: Option<char>, first: char, how: Match) -> bool {
    let Some(before) = before else { return true };
    if !first.is_alphanumeric() {
        return first != '/' && first != '+' || !before.is_alphanumeric();
    }
    if before.is_alphanumeric() || matches!(before, '_' | '@' | '\\') {
        return false;
    }
    let earlier = head[..head.len() - before.len_utf8()].chars().next_back();
    let glued = earlier.is_some_and(|c| c.is_alphanumeric() || c == '/');
    // "Yes.Paris is fine": a space was forgotten.
    if before == '.' && how == Match::Folded && first.is_uppercase() && earlier.is_some_and(char::is_lowercase) {
        return true;
    }
    // `O'Brien` does not hold a Brien, `non-Paris` no Paris, `x.com/Paris` no Paris.
    !(matches!(before, '-' | '.' | '/' | '\'' | '’' | ':') && glued)
}

fn closes(tail: &str, needle: &str, how: Match) -> bool {
    let mut rest = tail.chars();
    let Some(after) = rest.next() else { return true };
    let word_end = needle.chars().next_back().is_some_and(char::is_alphanumeric);
    if !word_end {
        return true;
    }
    if after.is_alphanumeric() || matches!(after, '_' | '@') {
        return false;
    }
    let next = rest.next();
    let glued = next.is_some_and(|c| c.is_alphanumeric() || c == '/');
    match after {
        '\'' | '’' => !(glued && how == Match::Exact) || next == Some('s'),
        '.' if how == Match::Folded && next.is_some_and(char::is_uppercase) => true,
        '.' | '/' | ':' | '-' => !glued,
        _ => true,
    }
}

/// What stands between double quotes, without them; a comma before the closing quote belongs to the sentence.
pub(crate) fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (open, c) {
            (None, '"' | '“' | '«') => {
                open = Some((
                    at + c.len_utf8(),
                    if c == '"' {
                        '"'
                    } else if c == '“' {
                        '”'
                    } else {
                        '»'
                    },
                ))
            }
            (Some((start, close)), _) if c == close => {
                let inner = &text[start..at];
                let kept = inner.strip_suffix(',').unwrap_or(inner).trim();
                if !kept.is_empty() {
                    let from = start + (inner.len() - inner.trim_start().len());
                    found.push(from..from + kept.len());
                }
                open = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_whole_words() {
        for text in ["Paris", "in paris.", "(Paris)", "Paris's best", "\"Paris\"", "PARIS, France", "to Paris.Is it?", "Yes.Paris."] {
            assert_eq!(find(text, "Paris", Match::Folded).len(), 1, "{text}");
        }
        for text in ["Parisian", "non-Paris", "x.com/Paris", "Paris-2", "paris_id", "Paris.txt"] {
            assert!(find(text, "Paris", Match::Folded).is_empty(), "{text}");
        }
        assert_eq!(find("see O’Hare  Airport", "O'Hare Airport", Match::Folded), vec![4..21]);
        assert_eq!(find("ÉTÉ été", "été", Match::Folded).len(), 2);
    }

    #[test]
    fn codes_are_found_exactly() {
        assert_eq!(find("AB-1, ab-1, AB-1-2, XAB-1", "AB-1", Match::Exact), vec![0..4]);
        assert_eq!(find("+1 555", "+1 555", Match::Exact), vec![0..6]);
        assert!(find("anything", "  ", Match::Folded).is_empty());
    }

    #[test]
    fn quotations_are_read_without_their_quotes() {
        let text = "Play \"Red Joan,\" then “Up” and \"\" or \"open";
        assert_eq!(quoted(text).into_iter().map(|span| &text[span]).collect::<Vec<_>>(), ["Red Joan", "Up"]);
    }
}
