//! What the description of a parameter says that its schema should: values, defaults, formats, types; and its language.

use regex::{Regex, RegexSet};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

#[expect(clippy::expect_used, reason = "the patterns are part of the program, and a test runs each")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern")
}

static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i)(?:options?|values?|one of|either|must be|can be|could be|may be|allowed|supported|choose from|choices|accepts|valid|possible|e\.g\. only)[^.'"`“]{0,40}['"`“]"#,
    )
});
static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"^['"`“]([^'"`“”\n]{1,40})['"`”](?:\s*\([^)]{0,60}\))?(\s*,\s*(?:or|and)\s+|\s*,\s*|\s+or\s+|\s+and\s+|\s*/\s*|\s*\|\s*|\s*;\s*)?"#,
    )
});

/// The values of a closed list in quotes: at least two. Examples (\"such as\", \"e.g.\") are no closed list.
pub(super) fn listed(description: &str) -> Option<Vec<String>> {
    let lead = LEAD.find(description)?;
    let before = description[..lead.end()].to_lowercase();
    let window = &before[before.floor_char_boundary(before.len().saturating_sub(60))..];
    if ["e.g", "for example", "such as", "example", "like", "is required"].iter().any(|word| window.contains(word)) {
        return None;
    }
    let mut rest = &description[lead.end() - last_char(lead.as_str())..];
    let mut values = Vec::new();
    while let Some(found) = QUOTED.captures(rest) {
        values.push(found[1].to_owned());
        let more = found.get(2).is_some();
        rest = &rest[found[0].len()..];
        if !more {
            break;
        }
    }
    // "Either `a` or `b` is required" speaks of parameters.
    let behind: String = rest.chars().take(40).collect::<String>().to_lowercase();
    let of_parameters = ["required", "must be", "parameter", "field", "is set", "are set"].iter().any(|word| behind.contains(word));
    // "'a', 'b', etc." leaves the list open.
    let open = ["etc", "...", "…", "and so on", "and more", "and others", "among others", "and other "];
    let is_open =
        open.iter().any(|word| rest.trim_start_matches([',', ' ', ')', '.']).to_lowercase().starts_with(word)) || rest.starts_with("...");
    (values.len() >= 2 && !of_parameters && !is_open).then_some(values)
}

fn last_char(text: &str) -> usize {
    text.chars().last().map_or(0, char::len_utf8)
}

static DEFAULT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i)\bdefaults?\s*(?:value\s*)?(?:is\s+set\s+to|is|are|to|:|=|of|being)\s*(?:['"`“]([^'"`”\n]{1,60})['"`”]|['"`“]?([^\s'"`”,;)]{1,60}))"#,
    )
});
static BEHIND: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?i)\b(\d[\w.]*|true|false) by default\b"#));

/// The value of a match of either pattern: all that stands in quotes, or one word.
fn value<'a>(found: &regex::Captures<'a>) -> regex::Match<'a> {
    [1, 2].iter().find_map(|group| found.get(*group)).unwrap_or_else(|| found.get_match())
}

/// The default that a description names.
pub(super) fn default(description: &str) -> Option<String> {
    /// Words behind \"default is\" that name no value.
    const NO_VALUE: [&str; 29] = [
        "latest",
        "newest",
        "same",
        "whatever",
        "the",
        "a",
        "an",
        "all",
        "used",
        "set",
        "to",
        "not",
        "no",
        "none",
        "null",
        "current",
        "determined",
        "based",
        "your",
        "in",
        "it",
        "use",
        "what",
        "as",
        "if",
        "that",
        "today",
        "now",
        "tomorrow",
    ];
    let found = DEFAULT.captures(description).or_else(|| BEHIND.captures(description))?;
    let word = value(&found).as_str();
    // Several defaults depend on something else: "`day`: default: 7, `hour`: default: 24".
    if DEFAULT.captures_iter(description).any(|other| value(&other).as_str().trim_end_matches('.') != word.trim_end_matches('.')) {
        return None;
    }
    // "Defaults to 7 days after the start" and "to the repo default" have to be worked out.
    static WORKED_OUT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^\s+(?:\w+\s+)?(?:after|before|from|ago|for|of the|than)\b|^\s+default\b|^'s\b"));
    let behind = &description[value(&found).end()..];
    if WORKED_OUT.is_match(behind) {
        return None;
    }
    let value = word.trim_end_matches(['.', '`', '"', ')']).trim().to_owned();
    (!value.is_empty() && !NO_VALUE.contains(&value.to_lowercase().as_str())).then_some(value)
}

/// Patterns of formats, with what they are in words and as keywords.
const FORMATS: [(&str, &str, &str); 8] = [
    (
        r"(?i)\b(?:YYYY-MM-DD)\s?[T ]\s?HH|\bISO[ -]?8601\b[^.]{0,20}(?:date-?time|timestamp)|\bRFC ?3339\b|\b(?:date-?time|timestamp)[^.]{0,20}\bISO[ -]?8601\b",
        "a date and time",
        "`format: date-time`",
    ),
    (r"(?i)\bYYYY-MM-DD\b|\b%Y-%m-%d\b", "YYYY-MM-DD", "`format: date`"),
    (r"(?i)\b(?:MM[/-]DD[/-]YYYY|DD[/-]MM[/-]YYYY|YYYY/MM/DD|YYYYMMDD)\b", "a date in another form than ISO's", "a `pattern`"),
    (r"(?i)\bHH:MM(?::SS)?\b", "HH:MM", "`format: time` or a `pattern`"),
    (r"(?i)\bISO[ -]?8601\b", "ISO 8601", "`format: date` or `format: date-time`"),
    (r"(?i)\bUUID\b", "a UUID", "`format: uuid`"),
    (r"(?i)^(?:the |an? |your |[\w']+'s )?(?:valid )?(?:[\w']+ )?e-?mail address\b", "an e-mail address", "`format: email`"),
    (r"(?i)^(?:the |an? )?(?:full |valid |absolute )?(?:URL|URI)\b", "a URL", "`format: uri`"),
];

/// All of them at once: most descriptions name none.
#[expect(clippy::expect_used, reason = "the patterns are part of the program, and a test runs each")]
static ANY_FORMAT: LazyLock<RegexSet> = LazyLock::new(|| RegexSet::new(FORMATS.iter().map(|(pattern, _, _)| pattern)).expect("patterns"));

/// The format that a description names: in words, and as the keyword that says it.
pub(super) fn format_named(description: &str) -> Option<(&'static str, &'static str)> {
    let first = ANY_FORMAT.matches(description).iter().next()?;
    FORMATS.get(first).map(|(_, words, format)| (*words, *format))
}

static LIST: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\W*(?:the |a |an )?(?:optional )?(?:list|array)s? of\b"));
static TRUTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\W*(?:whether |a boolean\b|boolean\b|true (?:if|to|when)\b|if true\b)"));
static COUNT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\W*(?:the |a )?(?:maximum |minimum |total )?number of \w+"));

/// The type that a description says: a list, a truth value, a number.
pub(super) fn type_said(description: &str) -> Option<&'static str> {
    let lower = description.to_lowercase();
    let joined = ["comma", "separated", "delimited", "json", "encoded", "stringified", "csv", "semicolon", "serialized", "joined", "or a "];
    if LIST.is_match(description) && !joined.iter().any(|word| lower.contains(word)) {
        return Some("list");
    }
    // "Whether to list local ('local') or all branches ('all')" names words and not truth values.
    static WORDS: LazyLock<Regex> = LazyLock::new(|| pattern(r#"["“`]|'\w+'"#));
    if TRUTH.is_match(description) && !WORDS.is_match(description) && !lower.contains(" or not,") {
        return Some("truth value");
    }
    (COUNT.is_match(description) && !lower.contains("range") && !lower.contains("number of the ")).then_some("number")
}

/// Words that are common in one language and are none in English.
const COMMON: [(&str, &[&str]); 6] = [
    (
        "Spanish",
        &[
            "el", "los", "las", "una", "para", "por", "que", "del", "con", "como", "según", "año", "obtiene", "nombre", "ciudad", "lista",
            "desde", "cuando", "sobre", "este", "esta",
        ],
    ),
    ("Portuguese", &["uma", "para", "não", "com", "dos", "das", "nome", "lista", "quando", "este", "esta", "pelo", "pela", "você"]),
    ("French", &["les", "des", "une", "pour", "avec", "dans", "qui", "est", "sur", "nom", "liste", "selon", "ville", "cette", "aux"]),
    (
        "German",
        &[
            "der", "die", "das", "und", "für", "mit", "eine", "einen", "eines", "nach", "von", "zum", "zur", "ist", "wird", "gibt",
            "liste", "oder",
        ],
    ),
    ("Italian", &["il", "gli", "una", "per", "con", "che", "della", "dei", "nel", "nome", "lista", "quando", "questo", "questa", "città"]),
    ("Dutch", &["het", "een", "van", "voor", "met", "naar", "wordt", "zijn", "deze", "naam", "lijst"]),
];

/// The language of a text that is not in English, as far as that can be told for certain.
pub(super) fn foreign(text: &str) -> Option<&'static str> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let other = text.chars().filter(|c| c.is_alphabetic() && script(*c).is_some()).count();
    if other >= 2 && other * 4 > letters {
        return text.chars().find_map(script);
    }
    let (mut words, mut accented, mut lower) = (0, 0, String::new());
    let mut counts = [0; COMMON.len()];
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()) {
        words += 1;
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        accented += usize::from(!lower.is_ascii() && lower.chars().any(|c| "áéíóúñãõçàèìòùâêîôûäöüß".contains(c)));
        SMALL.get(lower.as_str()).into_iter().flatten().for_each(|language| counts[*language] += 1);
    }
    let (language, count) = COMMON.iter().map(|(language, _)| *language).zip(counts).max_by_key(|(_, count)| *count)?;
    let enough = (count >= 3 && count * 4 >= words) || (count >= 2 && accented >= 1 && count * 4 >= words);
    if enough {
        return Some(language);
    }
    // A name like `año_vehiculo` has no small words.
    (words <= 4 && accented >= 1 && letters >= 4 && text.contains('_')).then_some("another language than English")
}

/// For every small word the places of its languages in [`COMMON`].
static SMALL: LazyLock<FxHashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut out: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (language, (_, words)) in COMMON.iter().enumerate() {
        words.iter().for_each(|word| out.entry(word).or_default().push(language));
    }
    out
});

fn script(c: char) -> Option<&'static str> {
    Some(match c as u32 {
        0x0400..=0x052F => "Cyrillic letters",
        0x0370..=0x03FF if !"μπΩΔλσθαβΣ".contains(c) => "Greek letters",
        0x0590..=0x05FF => "Hebrew",
        0x0600..=0x06FF => "Arabic letters",
        0x0900..=0x097F => "Devanagari letters",
        0x0E00..=0x0E7F => "Thai",
        0x3040..=0x30FF => "Japanese",
        0x4E00..=0x9FFF => "Chinese characters",
        0xAC00..=0xD7AF => "Korean",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_in_quotes_are_a_list_only_when_it_is_closed() {
        assert_eq!(listed("Options include 'easy', 'medium', or 'hard'."), Some(vec!["easy".into(), "medium".into(), "hard".into()]));
        assert_eq!(listed("Must be \"asc\" or \"desc\""), Some(vec!["asc".into(), "desc".into()]));
        assert_eq!(listed("The unit, e.g. one of 'km', 'mi'"), None);
        assert_eq!(listed("The kind. Options include: 'single', 'double', etc."), None);
        assert_eq!(listed("Possible values are 'a', 'b', ..."), None);
        assert_eq!(listed("The title, for example 'Dune'"), None);
    }

    #[test]
    fn defaults_are_values() {
        assert_eq!(default("How many. Default is 20."), Some("20".into()));
        assert_eq!(default("Defaults to `en-US`."), Some("en-US".into()));
        assert_eq!(default("The species, default is 'Homo sapiens' (Humans)."), Some("Homo sapiens".into()));
        assert_eq!(default("If not specified, default to search for all types."), None);
        assert_eq!(default("The default is the current user."), None);
        assert_eq!(default("Source branch (defaults to repo default)"), None);
        assert_eq!(default("How many. By day: default: 7; by hour: default: 24."), None);
        assert_eq!(default("Default is 5. The default of 5 is enough."), Some("5".into()));
        assert_eq!(default("Overrides defaults of the account"), None);
    }

    #[test]
    fn formats_types_and_languages_are_told_from_prose() {
        assert_eq!(format_named("Day in YYYY-MM-DD form").map(|found| found.1), Some("`format: date`"));
        assert_eq!(format_named("The page"), None);
        assert_eq!(type_said("A list of ids"), Some("list"));
        assert_eq!(type_said("A comma-separated list of ids"), None);
        assert_eq!(type_said("Whether to send mail"), Some("truth value"));
        assert_eq!(type_said("Whether to list local branches ('local') or all of them ('all')."), None);
        assert_eq!(foreign("Obtiene la lista de los usuarios para el año"), Some("Spanish"));
        assert_eq!(foreign("Get the menu of a café for a person"), None);
        assert_eq!(foreign("查询天气"), Some("Chinese characters"));
    }
}
