//! Words of names and descriptions, made comparable: abbreviations spelt out, descriptions cut to their head noun phrase.

use crate::value::english;
use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Abbreviations of parameter names, spelt out. What people say as it is (`repo`, `app`, `info`) is not here.
#[rustfmt::skip]
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("acct", "account"), ("addr", "address"), ("alt", "altitude"), ("amt", "amount"), ("arr", "arrival"), ("attr", "attribute"),
    ("auth", "authorization"), ("avg", "average"), ("cat", "category"), ("cfg", "configuration"), ("cnt", "count"),
    ("config", "configuration"), ("conn", "connection"), ("curr", "currency"), ("db", "database"), ("dep", "departure"),
    ("dept", "department"), ("desc", "description"), ("dest", "destination"), ("dir", "directory"), ("dist", "distance"),
    ("doc", "document"), ("env", "environment"), ("expr", "expression"), ("freq", "frequency"), ("fwd", "forward"),
    ("idx", "index"), ("img", "image"), ("init", "initial"), ("lang", "language"), ("lat", "latitude"), ("len", "length"),
    ("lng", "longitude"), ("loc", "location"), ("lon", "longitude"), ("max", "maximum"), ("mgr", "manager"), ("min", "minimum"),
    ("misc", "miscellaneous"), ("msg", "message"), ("nb", "number"), ("num", "number"), ("org", "organization"), ("orig", "original"),
    ("pct", "percentage"), ("perc", "percentage"), ("pic", "picture"), ("pos", "position"), ("prev", "previous"), ("pwd", "password"),
    ("qty", "quantity"), ("ref", "reference"), ("repo", "repository"), ("repos", "repositories"), ("req", "request"), ("src", "source"), ("std", "standard"), ("tel", "phone"),
    ("temp", "temperature"), ("tgt", "target"), ("tz", "timezone"), ("usr", "user"), ("val", "value"), ("vol", "volume"),
    ("wt", "weight"), ("checkin", "check in"), ("checkout", "check out"), ("datetime", "date time"), ("dob", "birth date"),
    ("birthdate", "birth date"), ("filename", "file name"), ("filepath", "file path"), ("firstname", "first name"),
    ("lastname", "last name"), ("fullname", "full name"), ("zipcode", "zip code"), ("postcode", "postal code"), ("userid", "user id"),
    ("username", "username"), ("phonenumber", "phone number"), ("startdate", "start date"), ("enddate", "end date"),
    ("starttime", "start time"), ("endtime", "end time"), ("currencycode", "currency code"), ("countrycode", "country code"),
    ("cityname", "city name"), ("postalcode", "postal code"), ("maxprice", "maximum price"), ("minprice", "minimum price"),
    ("neighbourhood", "neighborhood"), ("travellers", "travelers"), ("colour", "color"), ("organisation", "organization"),
];

/// Words that may stand before a noun and add nothing to what it is.
#[rustfmt::skip]
pub(super) const DETERMINERS: &[&str] = &[
    "a", "an", "the", "this", "that", "these", "those", "any", "each", "every", "some", "all", "both", "its", "their", "your", "my", "his",
    "her", "our", "optional", "required", "specific", "specified", "given", "particular", "certain", "desired", "selected", "requested",
    "provided", "valid", "existing", "exact", "unique", "actual", "corresponding", "respective", "relevant", "associated", "one",
    "mandatory", "chosen", "preferred", "various", "multiple", "several", "indicated", "supplied", "possible",
];

/// Words after which a noun phrase is over.
#[rustfmt::skip]
pub(super) const TAILS: &[&str] = &[
    "for", "in", "at", "on", "by", "with", "to", "from", "based", "using", "given", "matching", "that", "which", "where", "when", "who",
    "whose", "via", "within", "into", "through", "between", "as", "such", "including", "containing", "like", "e.g", "eg", "i.e", "or", "and",
    "you", "is", "are", "was", "will", "should", "must", "can", "may", "has", "have", "being", "if", "whether", "under", "over", "near",
    "around", "about", "regarding", "during", "after", "before", "against", "per", "used", "associated", "belonging", "related",
    "according", "along", "without", "across", "related", "because", "while", "than", "but", "so", "not", "since", "until", "upon", "onto",
    "starting", "ending", "required", "needed", "returned", "provided", "specified", "out", "off", "we", "they", "he", "she", "it",
    "inside", "outside", "up", "down", "toward", "towards", "among", "amongst", "concerning", "currently", "represented", "expressed",
    "measured", "formatted", "staying", "using", "supports", "include", "includes", "contains", "identified", "owned", "created", "made", "sorted", "of", "returns", "how", "what", "why", "taken", "involving", "located", "held", "written", "posted", "published", "sold",
    "offered", "stored", "performing", "representing", "allowing", "flowing", "featuring", "covering", "surrounding", "tailored", "listed", "performed", "playing",
];

/// The words of a machine name, lower-cased and spelt out: `checkinDate` → `check in date`, `num_ppl` → `number ppl`.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in english::words_of_identifier(name) {
        match ABBREVIATIONS.iter().find(|(short, _)| *short == word) {
            Some((_, long)) => words.extend(long.split(' ').map(str::to_owned)),
            None => words.push(word),
        }
    }
    words
}

/// A word of a machine name spelt out, where it is short for one word: `repo` is a repository.
pub(crate) fn spelt_out(word: &str) -> &str {
    let long = ABBREVIATIONS.iter().find(|(short, _)| *short == word).map(|(_, long)| *long);
    long.filter(|long| !long.contains(' ')).unwrap_or(word)
}

/// The words of a machine name as they are written, for building new names in its style.
pub(super) fn written_words(name: &str) -> Vec<String> {
    english::words_of_identifier(name)
}

/// Whether a name is written `likeThis`.
pub(super) fn is_camel(name: &str) -> bool {
    let bytes = name.as_bytes();
    !name.contains(['_', '-', ' ']) && bytes.windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
}

/// Words written as one name: `hotel_id`, or `hotelId` where `camel` says so.
pub(super) fn name_of<S: AsRef<str>>(words: &[S], camel: bool) -> String {
    let mut name = String::new();
    for (at, word) in words.iter().map(AsRef::as_ref).enumerate() {
        match (at, camel) {
            (0, _) => name.push_str(word),
            (_, false) => {
                name.push('_');
                name.push_str(word);
            }
            (_, true) => {
                let mut chars = word.chars();
                name.extend(chars.next().into_iter().flat_map(char::to_uppercase));
                name.push_str(chars.as_str());
            }
        }
    }
    name
}

/// A text with `[words](address)` and `<tag>` as words alone.
fn without_markup(text: &str) -> Cow<'_, str> {
    static MARKUP: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\[([^\[\]]+)\]\([^()\s]*\)|</?(?:a|b|i|p|br|code|em|strong|ul|li|span)\b[^<>]*>").ok());
    match MARKUP.as_ref().filter(|_| text.contains("](") || text.contains('<')) {
        Some(markup) => markup.replace_all(text, "$1"),
        None => Cow::Borrowed(text),
    }
}

/// Words of a text up to its first full stop, lower-cased, with punctuation marks as words of their own.
pub(super) fn first_sentence(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for token in without_markup(text).split_whitespace().take(60) {
        let ends = token.ends_with(['.', '!', '?', ';']) && !matches!(token.to_lowercase().as_str(), "e.g." | "i.e." | "etc." | "vs.");
        if token.starts_with(['(', '[']) {
            out.push("(".to_owned());
        }
        let bare = token.trim_matches(|c: char| !c.is_alphanumeric() && c != '%' && c != '$');
        if !bare.is_empty() {
            // The department is no pronoun, and the mode is one noun.
            match bare {
                "IT" => out.push(bare.to_owned()),
                "Disturb" if out.ends_with(&["do".to_owned(), "not".to_owned()]) => {
                    out.truncate(out.len() - 2);
                    out.push("do-not-disturb".to_owned());
                }
                _ => out.push(bare.to_lowercase().replace('’', "'")),
            }
        }
        if ends {
            break;
        }
        if token.ends_with([',', ':', ')', ']']) || token == "-" || token == "–" {
            out.push(",".to_owned());
        }
    }
    out
}

/// What a parameter's description says that it is: `The name of the city to search in` → `city name`,
/// `Departure date, YYYY-MM-DD` → `departure date`. `of` turns around; everything after the first tail word is cut.
pub(super) fn head_phrase(description: &str) -> Vec<String> {
    let sentence = first_sentence(description);
    let mut rest = sentence.as_slice();
    rest = skip(rest, |word| {
        DETERMINERS.contains(&word) || matches!(word, "specify" | "specifies" | "indicates" | "enter" | "list" | "array")
    });
    if rest.first().is_some_and(|word| word == "of") {
        rest = skip(&rest[1..], |word| DETERMINERS.contains(&word));
    }
    let (mut head, rest) = take_noun(rest);
    if rest.first().is_some_and(|word| word == "of") {
        let (owner, _) = take_noun(skip(&rest[1..], |word| DETERMINERS.contains(&word)));
        match head.last().map(String::as_str) {
            Some("number" | "amount" | "count" | "quantity") => {
                head.push("of".to_owned());
                head.extend(owner);
            }
            _ => {
                let mut owned = owner;
                owned.extend(head);
                head = owned;
            }
        }
    }
    head
}

fn take_noun(words: &[String]) -> (Vec<String>, &[String]) {
    let end = words
        .iter()
        .position(|word| TAILS.contains(&word.as_str()) || word == "," || word == "(" || word.chars().any(|c| c.is_ascii_digit()))
        .unwrap_or(words.len());
    let noun = words[..end]
        .iter()
        .filter(|word| !DETERMINERS.contains(&word.as_str()))
        .map(|word| word.trim_end_matches("'s").to_owned())
        .take(6)
        .collect();
    (noun, &words[end..])
}

fn skip(words: &[String], skipped: impl Fn(&str) -> bool) -> &[String] {
    let start = words.iter().position(|word| !skipped(word)).unwrap_or(words.len());
    &words[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelt_out() {
        for (name, expected) in [("checkinDate", "check in date"), ("num_guests", "number guests"), ("destLat", "destination latitude")] {
            assert_eq!(words(name).join(" "), expected);
        }
    }

    #[test]
    fn names_are_built_in_either_style() {
        assert_eq!(name_of(&["hotel", "room", "id"], false), "hotel_room_id");
        assert_eq!(name_of(&["hotel", "room", "id"], true), "hotelRoomId");
        assert!(is_camel("hotelId") && !is_camel("hotel_id") && !is_camel("hotel"));
    }

    #[test]
    fn the_head_of_a_description_is_what_the_parameter_is() {
        for (description, head) in [
            ("The name of the city to search in.", "city name"),
            ("Departure date, YYYY-MM-DD", "departure date"),
            ("Number of guests staying at the hotel", "number of guests"),
            ("The ID of the user to book the reservation such as 'sara_doe_496'.", "user id"),
            ("A list of file paths", "file paths"),
            ("The user's email address", "user email address"),
            ("The [Spotify URL](https://example.com/ids) of <b>the album</b>.", "album spotify url"),
            ("", ""),
        ] {
            assert_eq!(head_phrase(description).join(" "), head, "{description}");
        }
    }
}
