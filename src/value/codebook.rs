//! Codes that people say by name: languages, countries, states, currencies, units; and cities with a second name.

use super::lex::Toks;
use super::{money, unit};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// One table of codes and names. Two spellings are equal when they are of one entry.
#[derive(Debug)]
pub(crate) struct Codebook {
    entries: Vec<Entry>,
    /// Lower-cased name or code to entry.
    index: FxHashMap<String, usize>,
}

#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) codes: Vec<&'static str>,
    /// The first is the one to say.
    pub(crate) names: Vec<&'static str>,
}

/// The longest name in the tables, in words.
const MAX_WORDS: usize = 6;

impl Codebook {
    /// Lines of `code,code|name|name`.
    fn parse(table: &'static str) -> Codebook {
        let entries = table.lines().filter(|line| !line.is_empty()).map(|line| {
            let mut parts = line.split('|');
            let codes = parts.next().unwrap_or("").split(',').filter(|code| !code.is_empty()).collect();
            Entry { codes, names: parts.collect() }
        });
        Codebook::of(entries.collect())
    }

    fn of(entries: Vec<Entry>) -> Codebook {
        let mut index = FxHashMap::default();
        for (at, entry) in entries.iter().enumerate() {
            for name in entry.names.iter().chain(&entry.codes) {
                index.entry(name.to_lowercase()).or_insert(at);
            }
        }
        Codebook { entries, index }
    }

    pub(crate) fn entry(&self, at: usize) -> &Entry {
        &self.entries[at]
    }

    /// The entry of a value: a code in any case, or a name.
    pub(crate) fn lookup(&self, value: &str) -> Option<usize> {
        self.index.get(&value.trim().to_lowercase()).copied()
    }

    /// The entry named at token `i`; a code counts in capitals only.
    pub(crate) fn at(&self, t: &Toks, i: usize) -> Option<(usize, usize)> {
        if !t.is_word(i) {
            return None;
        }
        (1..=MAX_WORDS).rev().filter(|n| i + n <= t.len()).find_map(|n| {
            let span = t.span(i, i + n);
            let entry = *self.index.get(&t.text[span.clone()].to_lowercase())?;
            let is_code =
                self.entries[entry].codes.iter().any(|code| code.len() == span.len() && code.eq_ignore_ascii_case(&t.text[span.clone()]));
            let shouted = t.text[span].chars().all(|c| !c.is_lowercase());
            ((!is_code || shouted) && t.closes(i + n)).then_some((entry, i + n))
        })
    }
}

pub(crate) static LANGUAGES: LazyLock<Codebook> = LazyLock::new(|| Codebook::parse(include_str!("tables/languages.txt")));
pub(crate) static COUNTRIES: LazyLock<Codebook> = LazyLock::new(|| Codebook::parse(include_str!("tables/countries.txt")));
pub(crate) static STATES: LazyLock<Codebook> = LazyLock::new(|| Codebook::parse(include_str!("tables/states.txt")));
/// Cities with a name that people use beside the official one.
pub(crate) static CITIES: LazyLock<Codebook> = LazyLock::new(|| Codebook::parse(include_str!("tables/cities.txt")));
pub(crate) static CURRENCIES: LazyLock<Codebook> = LazyLock::new(|| {
    let entry = |c: &'static money::Currency| Entry { codes: vec![c.code], names: vec![c.plural, c.singular] };
    Codebook::of(money::CURRENCIES.iter().map(entry).collect())
});
pub(crate) static UNITS: LazyLock<Codebook> = LazyLock::new(|| {
    let mut entries: Vec<Entry> = unit::all().map(|u| Entry { codes: vec![u.symbol], names: u.names() }).collect();
    for (name, also) in [("metric", "metric units"), ("imperial", "imperial units"), ("standard", "standard units")] {
        entries.push(Entry { codes: Vec::new(), names: vec![name, also] });
    }
    Codebook::of(entries)
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_meet_in_one_entry() {
        for (book, a, b) in [
            (&*LANGUAGES, "en", "English"),
            (&*LANGUAGES, "pt-BR", "Brazilian Portuguese"),
            (&*COUNTRIES, "us", "the United States"),
            (&*COUNTRIES, "DEU", "Germany"),
            (&*STATES, "CA", "California"),
            (&*CURRENCIES, "usd", "US dollars"),
            (&*UNITS, "km", "kilometres"),
            (&*UNITS, "celsius", "degrees Celsius"),
        ] {
            assert!(book.lookup(a).is_some(), "{a}");
            assert_eq!(book.lookup(a), book.lookup(b), "{a} {b}");
        }
        assert_eq!(LANGUAGES.lookup("qq"), None);
    }

    #[test]
    fn a_code_in_small_letters_is_a_word() {
        let read = |text: &str| (0..4).find_map(|i| COUNTRIES.at(&Toks::new(text), i)).map(|(at, _)| COUNTRIES.entry(at).names[0]);
        assert_eq!(read("it is in"), None);
        assert_eq!(read("from the UK"), Some("the United Kingdom"));
        assert_eq!(read("to South Korea."), Some("South Korea"));
        assert_eq!(read("to IT"), Some("Italy"));
    }

    #[test]
    fn no_name_is_longer_than_the_reader_looks() {
        for book in [&*LANGUAGES, &*COUNTRIES, &*STATES, &*CURRENCIES] {
            for name in book.entries.iter().flat_map(|entry| &entry.names) {
                assert!(Toks::new(name).len() <= MAX_WORDS, "{name}");
            }
        }
    }
}
