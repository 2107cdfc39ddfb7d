//! The words inside machine names.

/// Acronyms that are written in capitals in prose.
#[rustfmt::skip]
const ACRONYMS: &[&str] = &[
    "ai", "api", "apr", "arn", "asap", "asin", "atm", "aws", "bmi", "bpm", "ceo", "cli", "cpu", "crm", "css", "csv", "cv", "cvv",
    "diy", "dna", "dns", "dob", "dvd", "ean", "eta", "etf", "eu", "ev", "faq", "fbi", "fcc", "fda", "gdp", "gif", "gmt", "gps", "gpu",
    "gst", "gui", "hd", "hr", "html", "http", "https", "iata", "iban", "icao", "ice", "id", "imap", "imdb", "imei", "io", "ios", "ip",
    "ipo", "irs", "isbn", "iso", "isp", "it", "jpeg", "jpg", "json", "jwt", "kpi", "kyc", "lan", "lcd", "led", "mcp", "md5", "mls",
    "mp3", "mp4", "mri", "nba", "nfc", "nfl", "nft", "nhl", "nhs", "nlp", "npm", "oauth", "ocr", "otp", "pdf", "pin", "pms", "png",
    "pnr", "po", "pr", "qa", "qr", "ram", "rfc", "rgb", "roi", "rom", "rss", "rsvp", "saml", "sdk", "seo", "sim", "sku", "sms", "smtp",
    "sos", "sql", "ssd", "ssh", "ssl", "ssn", "sso", "suv", "svg", "swift", "tba", "tcp", "tls", "ttl", "tv", "ufc", "ui", "uk", "upc",
    "upi", "uri", "url", "us", "usa", "usb", "utc", "uuid", "uv", "vat", "vin", "vip", "vm", "vpc", "vpn", "wifi", "xml", "yaml",
    "zip",
];
/// Acronyms of the list that are everyday words in lower case, so that only a capital spelling means the acronym.
const ALSO_WORDS: &[&str] = &["ice", "it", "us", "zip", "pin", "swift", "sim", "po", "pr", "led", "apr", "io"];
/// Words whose digits belong to them.
#[rustfmt::skip]
const WITH_DIGITS: &[&str] = &[
    "base64", "base32", "co2", "ec2", "h264", "h265", "http2", "ipv4", "ipv6", "md5", "mp3", "mp4", "oauth2", "s3", "sha1", "sha256",
    "sha512", "utf8", "utf16",
];

/// Whether `word` is an acronym that prose writes in capitals (`url`, `PDF`, `ids` is not).
pub fn is_acronym(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let written_so = word.chars().all(|c| c.is_ascii_uppercase());
    ACRONYMS.binary_search(&lower.as_str()).is_ok() && (written_so || !ALSO_WORDS.contains(&lower.as_str()))
}

/// The words of a machine name, lower-cased: `check_in_date`, `checkInDate`, `hotel.find`, `getHTTPResponse`, `address1`.
///
/// A run of capitals is one word, digits split off unless they belong to the word (`mp3`, `ipv4`) or it has one letter
/// (`v2`). Everything that is not a letter or a digit separates.
pub fn words_of_identifier(identifier: &str) -> Vec<String> {
    let mut words = Vec::new();
    for part in identifier.split(|c: char| !c.is_alphanumeric()) {
        if !part.is_empty() {
            split_case(part, &mut words);
        }
    }
    words
}

fn split_case(part: &str, words: &mut Vec<String>) {
    if WITH_DIGITS.contains(&part.to_lowercase().as_str()) {
        words.push(part.to_lowercase());
        return;
    }
    let chars: Vec<char> = part.chars().collect();
    let mut start = 0;
    for at in 1..chars.len() {
        let (before, here, after) = (chars[at - 1], chars[at], chars.get(at + 1));
        let hump = before.is_lowercase() && here.is_uppercase();
        // `HTTPResponse`: the last capital of a run begins the next word; `IDs` stays whole.
        let run_ends =
            before.is_uppercase() && here.is_uppercase() && after.is_some_and(|c| c.is_lowercase()) && !is_plural_s(&chars, at + 1);
        let digit_edge = before.is_numeric() != here.is_numeric();
        if hump || run_ends || (digit_edge && !keeps_digit(&chars, start, at)) {
            words.push(lower(&chars[start..at]));
            start = at;
        }
    }
    words.push(lower(&chars[start..]));
}

/// The `s` of `IDs`: one small letter at the end of a run of capitals.
fn is_plural_s(chars: &[char], at: usize) -> bool {
    chars[at] == 's' && chars.get(at + 1).is_none_or(|c| c.is_uppercase() || c.is_numeric())
}

/// Whether the edge between letters and digits at `at` stays inside one word: `v2`, `mp3`, `3d`.
fn keeps_digit(chars: &[char], start: usize, at: usize) -> bool {
    let end = (at..chars.len()).find(|&i| chars[i].is_numeric() != chars[at].is_numeric()).unwrap_or(chars.len());
    if chars[at].is_numeric() {
        at - start == 1 || WITH_DIGITS.contains(&lower(&chars[start..end]).as_str())
    } else {
        end - at == 1 && end == chars.len()
    }
}

fn lower(chars: &[char]) -> String {
    chars.iter().flat_map(|c| c.to_lowercase()).collect()
}

/// A machine name as prose: `user_id` → `user ID`, `checkInDate` → `check-in date`, `IN_PROGRESS` → `in progress`.
pub fn phrase_of_identifier(identifier: &str) -> String {
    let mut phrase = String::new();
    let words = words_of_identifier(identifier);
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            let hyphen = HYPHENATED.contains(&(words[at - 1].as_str(), word.as_str())) && words.len() > at + 1;
            phrase.push(if hyphen { '-' } else { ' ' });
        }
        let shouted = identifier.contains(&word.to_uppercase()) && identifier.chars().any(char::is_lowercase);
        if is_acronym(word) || (shouted && is_acronym(&word.to_uppercase())) {
            phrase.push_str(&word.to_uppercase());
        } else if word.ends_with('s') && is_acronym(&word[..word.len() - 1]) && word.len() > 2 {
            phrase.push_str(&word[..word.len() - 1].to_uppercase());
            phrase.push('s');
        } else {
            phrase.push_str(word);
        }
    }
    phrase
}

/// Pairs that are written with a hyphen before a noun.
#[rustfmt::skip]
const HYPHENATED: &[(&str, &str)] = &[
    ("check", "in"), ("check", "out"), ("pick", "up"), ("drop", "off"), ("sign", "up"), ("follow", "up"), ("one", "way"),
    ("round", "trip"), ("two", "factor"), ("opt", "in"), ("opt", "out"), ("add", "on"), ("log", "in"), ("real", "time"),
    ("full", "time"), ("part", "time"), ("long", "term"), ("short", "term"), ("e", "mail"), ("pre", "order"), ("sub", "total"),
    ("buy", "in"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_acronym_table_is_sorted() {
        assert!(ACRONYMS.is_sorted());
    }

    #[test]
    fn every_style_of_name_splits_into_words() {
        for (name, words) in [
            ("check_in_date", "check in date"),
            ("checkInDate", "check in date"),
            ("CheckInDate", "check in date"),
            ("hotel.find", "hotel find"),
            ("hotel-find/v2", "hotel find v2"),
            ("getHTTPResponse", "get http response"),
            ("userIDs", "user ids"),
            ("user_id", "user id"),
            ("USER_ID", "user id"),
            ("address1", "address 1"),
            ("top10Results", "top 10 results"),
            ("mp3_url", "mp3 url"),
            ("ipv4Address", "ipv4 address"),
            ("naïveÉtat", "naïve état"),
            ("__x__", "x"),
            ("", ""),
        ] {
            assert_eq!(words_of_identifier(name).join(" "), words, "{name}");
        }
    }

    #[test]
    fn prose_keeps_acronyms_and_hyphens() {
        for (name, phrase) in [
            ("user_id", "user ID"),
            ("userIds", "user IDs"),
            ("checkInDate", "check-in date"),
            ("check_in", "check in"),
            ("IN_PROGRESS", "in progress"),
            ("image_url", "image URL"),
            ("zip_code", "zip code"),
            ("pdf", "PDF"),
        ] {
            assert_eq!(phrase_of_identifier(name), phrase, "{name}");
        }
    }
}
