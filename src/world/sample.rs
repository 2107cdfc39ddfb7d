//! A string that a regular expression matches.

use crate::seed::Rng;
use rand::RngExt;
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Repetition};

/// An unbounded repetition is taken at most this many times beyond its minimum.
const EXTRA: u32 = 6;
/// Longer strings are given up.
const LONGEST: usize = 4096;

/// A pattern that strings can be drawn from.
#[derive(Debug, Clone)]
pub(super) struct Sampler {
    hir: Hir,
    /// What JSON Schema says of the string: the pattern need only be found in it.
    check: regex::Regex,
}

impl Sampler {
    /// `None` when the pattern is not one that Rust's regular expressions know (look-around, back references).
    pub(super) fn new(pattern: &str) -> Option<Self> {
        let hir = ParserBuilder::new().utf8(true).build().parse(pattern).ok()?;
        let check = regex::RegexBuilder::new(pattern).size_limit(1 << 20).build().ok()?;
        Some(Sampler { hir, check })
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        self.check.is_match(text)
    }

    /// A matching string of printable characters, or `None` after a few tries.
    pub(super) fn draw(&self, rng: &mut Rng) -> Option<String> {
        (0..8).find_map(|_| {
            let mut out = String::new();
            grow(&self.hir, rng, &mut out)?;
            self.matches(&out).then_some(out)
        })
    }
}

fn grow(hir: &Hir, rng: &mut Rng, out: &mut String) -> Option<()> {
    if out.len() > LONGEST {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(()),
        HirKind::Literal(literal) => {
            out.push_str(std::str::from_utf8(&literal.0).ok()?);
            Some(())
        }
        HirKind::Class(class) => {
            out.push(one_of(class, rng)?);
            Some(())
        }
        HirKind::Repetition(repetition) => {
            for _ in 0..times(repetition, rng) {
                grow(&repetition.sub, rng, out)?;
            }
            Some(())
        }
        HirKind::Capture(capture) => grow(&capture.sub, rng, out),
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| grow(part, rng, out)),
        HirKind::Alternation(parts) => grow(&parts[rng.random_range(0..parts.len())], rng, out),
    }
}

fn times(repetition: &Repetition, rng: &mut Rng) -> u32 {
    let least = repetition.min;
    let open_end = least.max(1).saturating_add(EXTRA);
    let most = repetition.max.map_or(open_end, |max| max.min(open_end)).max(least);
    if least == most { least } else { rng.random_range(least..=most) }
}

/// A character of the class: a letter or digit when it has some, else a printable ASCII one, else any of its own.
fn one_of(class: &Class, rng: &mut Rng) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => class.ranges().iter().map(|range| (char::from(range.start()), char::from(range.end()))).collect(),
    };
    let among = |allowed: &[(char, char)]| -> Vec<(char, char)> {
        let mut cut = Vec::new();
        for &(from, to) in &ranges {
            cut.extend(allowed.iter().map(|&(a, b)| (from.max(a), to.min(b))).filter(|(a, b)| a <= b));
        }
        cut
    };
    let choices = [among(&[('0', '9'), ('A', 'Z'), ('a', 'z')]), among(&[(' ', '~')]), ranges.clone()];
    let ranges = choices.iter().find(|ranges| !ranges.is_empty())?;
    let total: u32 = ranges.iter().map(|&(from, to)| u32::from(to) - u32::from(from) + 1).sum();
    let mut at = rng.random_range(0..total);
    for &(from, to) in ranges {
        let size = u32::from(to) - u32::from(from) + 1;
        if at < size {
            return char::from_u32(u32::from(from) + at).or(Some(from));
        }
        at -= size;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::{Stage, stream};

    #[test]
    fn strings_of_a_pattern_match_it() {
        for pattern in [
            "^HTL-[0-9]{5}$",
            r"^\+1 [2-9][0-9]{2} 555 [0-9]{4}$",
            "^([01][0-9]|2[0-3]):[0-5][0-9]$",
            "^[a-z]+(-[a-z]+)*$",
            r"^\d{4}-\d{2}$",
            r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$",
            "[A-Z]{3}",
            r"^#[0-9a-fA-F]{6}$",
            r"^.{3,10}$",
        ] {
            let sampler = Sampler::new(pattern).unwrap();
            let whole = regex::Regex::new(pattern).unwrap();
            for index in 0..50 {
                let text = sampler.draw(&mut stream(1, index, Stage::World, 0)).unwrap();
                assert!(whole.is_match(&text), "{pattern}: {text}");
                assert!(text.chars().all(|c| (' '..='~').contains(&c)), "{pattern}: {text:?}");
            }
        }
    }

    #[test]
    fn a_pattern_that_is_not_regular_is_refused() {
        assert!(Sampler::new("^(?=a)b").is_none());
        assert!(Sampler::new(r"(a)\1").is_none());
    }

    #[test]
    fn a_pattern_with_huge_repetition_ends() {
        let sampler = Sampler::new("^(a{200}){200}$");
        assert!(sampler.is_none_or(|sampler| sampler.draw(&mut stream(1, 1, Stage::World, 0)).is_none()));
    }
}
