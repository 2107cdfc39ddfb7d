//! Letters that look like Latin ones.

/// Pairs of a letter of another script and the Latin letter that it looks like.
const ALIKE: &str = include_str!("confusable.txt");

fn looks_like(c: char) -> Option<char> {
    if ('\u{FF21}'..='\u{FF3A}').contains(&c) || ('\u{FF41}'..='\u{FF5A}').contains(&c) {
        return char::from_u32(c as u32 - 0xFEE0);
    }
    // Mathematical letters come in alphabets of 52.
    if ('\u{1D400}'..='\u{1D6A3}').contains(&c) {
        let place = (c as u32 - 0x1D400) % 52;
        return char::from_u32(if place < 26 { 'A' as u32 + place } else { 'a' as u32 + place - 26 });
    }
    if c.is_ascii() {
        return None;
    }
    ALIKE.lines().find_map(|line| {
        let mut pair = line.split_whitespace();
        let (odd, like) = (pair.next()?.chars().next()?, pair.next()?.chars().next()?);
        (odd == c).then_some(like)
    })
}

/// The first letter that looks like a Latin one and is none, in a name that has Latin letters, or nothing but such letters.
pub(super) fn mixed(name: &str) -> Option<(char, char)> {
    let odd = name.chars().find_map(|c| Some((c, looks_like(c)?)))?;
    let latin = name.chars().any(|c| c.is_ascii_alphabetic());
    let only_alike = name.chars().all(|c| c.is_ascii() || looks_like(c).is_some());
    (latin || only_alike).then_some(odd)
}

/// What a name looks like: with I, l and 1, and O and 0, as one.
pub(super) fn skeleton(name: &str) -> String {
    let plain = name.chars().map(|c| looks_like(c).unwrap_or(c));
    plain
        .map(|c| match c {
            'I' | '1' | '|' => 'l',
            '0' => 'O',
            c => c,
        })
        .collect()
}

/// A text as it looks: Latin letters for those that look like them, no invisible characters, one space between words.
pub(in crate::lint::rules) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.split(['\n', '\r', '\t']).collect::<Vec<_>>().join(" ");
    }
    let visible =
        text.chars().filter(|c| crate::catalog::read::invisible(c.encode_utf8(&mut [0; 4])).is_none() || matches!(c, '\n' | '\r' | '\t'));
    let plain = visible.map(|c| match c {
        '\u{2018}' | '\u{2019}' => '\'',
        c if c.is_whitespace() => ' ',
        c => looks_like(c).unwrap_or(c),
    });
    plain.collect()
}
