//! Names as words.

/// The words of an identifier, lower case, one space apart: `checkInDate`, `check_in.date` and `CHECK-IN date` all give `check in date`.
///
/// Everything that is neither letter nor digit parts words. Between letters, a word starts at a capital behind a small letter or
/// a digit (`v2Users`), and at the last capital of a row of capitals that goes on in small letters (`HTTPServer`), except for a
/// plural `s` (`userIDs`). Digits stay with the letters before them.
pub fn words_of_identifier(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    let mut part = false;
    let mut before = None;
    let mut rest = name.chars();
    while let Some(c) = rest.next() {
        if c.is_alphanumeric() {
            let mut ahead = rest.clone();
            part |= starts_word(before, c, ahead.next(), ahead.next());
            if part && !out.is_empty() {
                out.push(' ');
            }
            part = false;
            out.extend(c.to_lowercase());
        } else {
            part = true;
        }
        before = Some(c);
    }
    out
}

fn starts_word(before: Option<char>, c: char, after: Option<char>, beyond: Option<char>) -> bool {
    let Some(before) = before else { return false };
    if !c.is_uppercase() {
        return false;
    }
    let small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let plural = after == Some('s') && !small(beyond);
    before.is_lowercase() || before.is_numeric() || (before.is_uppercase() && small(after) && !plural)
}

/// The text that stands for a tool, a parameter or a result field: `check in date: Day of arrival.`, or the words of the name alone when
/// there is no description. The table was fitted on texts of this form.
pub fn named_text(name: &str, description: &str) -> String {
    let words = words_of_identifier(name);
    let description = description.split_whitespace().collect::<Vec<_>>().join(" ");
    match (words.is_empty(), description.is_empty()) {
        (false, false) => format!("{words}: {description}"),
        (false, true) => words,
        (true, _) => description,
    }
}
