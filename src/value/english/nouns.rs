//! Nouns: number, mass, articles. The head of a phrase is the last word before its first preposition.

/// Irregular plurals, singular first.
#[rustfmt::skip]
const IRREGULAR: &[(&str, &str)] = &[
    ("person", "people"), ("child", "children"), ("grandchild", "grandchildren"), ("man", "men"), ("woman", "women"), ("foot", "feet"),
    ("tooth", "teeth"), ("goose", "geese"), ("mouse", "mice"), ("ox", "oxen"), ("leaf", "leaves"), ("shelf", "shelves"),
    ("knife", "knives"), ("life", "lives"), ("wife", "wives"), ("half", "halves"), ("loaf", "loaves"), ("self", "selves"),
    ("thief", "thieves"), ("wolf", "wolves"), ("calf", "calves"), ("scarf", "scarves"), ("criterion", "criteria"),
    ("phenomenon", "phenomena"), ("datum", "data"), ("matrix", "matrices"), ("vertex", "vertices"), ("index", "indexes"),
    ("appendix", "appendices"), ("quiz", "quizzes"), ("hero", "heroes"), ("potato", "potatoes"), ("tomato", "tomatoes"),
    ("echo", "echoes"), ("veto", "vetoes"), ("cargo", "cargoes"), ("alumnus", "alumni"), ("stimulus", "stimuli"), ("cactus", "cacti"),
    ("nucleus", "nuclei"), ("fungus", "fungi"), ("bus", "buses"), ("gas", "gases"), ("lens", "lenses"), ("die", "dice"),
    ("curriculum", "curricula"), ("bacterium", "bacteria"), ("passerby", "passersby"), ("movie", "movies"), ("cookie", "cookies"),
    ("calorie", "calories"), ("zombie", "zombies"), ("selfie", "selfies"), ("pie", "pies"), ("tie", "ties"), ("hoodie", "hoodies"),
    ("newbie", "newbies"), ("genie", "genies"), ("rookie", "rookies"), ("smoothie", "smoothies"), ("brownie", "brownies"),
    ("cache", "caches"), ("niche", "niches"), ("ache", "aches"), ("headache", "headaches"), ("shoe", "shoes"), ("canoe", "canoes"),
    ("toe", "toes"), ("horse", "horses"), ("house", "houses"), ("course", "courses"), ("case", "cases"), ("purchase", "purchases"),
    ("database", "databases"), ("lease", "leases"), ("release", "releases"), ("license", "licenses"), ("expense", "expenses"),
    ("response", "responses"), ("nurse", "nurses"), ("phase", "phases"), ("phrase", "phrases"), ("vase", "vases"), ("base", "bases"),
    ("exercise", "exercises"), ("franchise", "franchises"), ("promise", "promises"), ("cruise", "cruises"), ("disease", "diseases"),
    ("clause", "clauses"), ("cause", "causes"), ("pause", "pauses"), ("verse", "verses"), ("universe", "universes"),
    ("warehouse", "warehouses"), ("use", "uses"), ("house rule", "house rules"), ("size", "sizes"), ("prize", "prizes"),
    ("breeze", "breezes"), ("maze", "mazes"), ("purse", "purses"), ("nose", "noses"), ("rose", "roses"), ("hose", "hoses"),
    ("dose", "doses"), ("close", "closes"), ("tense", "tenses"), ("sense", "senses"), ("lapse", "lapses"), ("glimpse", "glimpses"),
    ("corpse", "corpses"), ("eclipse", "eclipses"), ("spouse", "spouses"), ("blouse", "blouses"), ("cheese", "cheeses"),
    ("showcase", "showcases"), ("suitcase", "suitcases"), ("analysis", "analyses"), ("synthesis", "syntheses"),
    ("diagnosis", "diagnoses"), ("hypothesis", "hypotheses"), ("thesis", "theses"), ("crisis", "crises"), ("prognosis", "prognoses"),
    ("synopsis", "synopses"), ("axis", "axes"),
];
/// Words with one form for both numbers, or only used in the plural.
const INVARIABLE: &[&str] =
    &["aircraft", "deer", "fish", "headquarters", "moose", "offspring", "salmon", "series", "sheep", "shrimp", "species", "trout"];
/// Used in the plural only: "some scissors".
#[rustfmt::skip]
const PLURAL_ONLY: &[&str] = &[
    "belongings", "clothes", "credentials", "directions", "earnings", "glasses", "goods", "groceries", "headphones", "jeans",
    "outskirts", "pants", "pajamas", "police", "proceeds", "savings", "scissors", "shorts", "stairs", "surroundings", "thanks",
    "tights", "trousers", "valuables", "cattle", "analytics", "logistics", "statistics", "specs", "specifications", "people", "staff",
];
/// Words that take no article and no plural.
#[rustfmt::skip]
const MASS: &[&str] = &[
    "access", "accommodation", "advice", "air", "alcohol", "art", "artwork", "audio", "availability", "baggage", "bandwidth", "beauty",
    "beef", "blood", "bread", "butter", "cash", "cement", "clothing", "compliance", "congestion", "content", "copper", "cotton",
    "data", "decor", "diabetes", "education", "electricity", "employment", "energy", "engineering", "entertainment", "equipment", "evidence",
    "feedback", "flour", "food", "footage", "fuel", "fun", "furniture", "gasoline", "gear", "gold", "guidance", "hail", "happiness",
    "hardware", "health", "healthcare", "help", "homework", "housing", "humidity", "ice", "info", "information", "infrastructure",
    "insurance", "jewelry", "knowledge", "labor", "laundry", "leave", "legislation", "lighting", "liquidity", "literature", "logging",
    "lore", "luck", "luggage", "machinery", "mail", "maintenance", "makeup", "mathematics", "meat", "media", "merchandise", "metadata",
    "milk", "moisture", "money", "mud", "music", "nature", "news", "noise", "nutrition", "oil", "oxygen", "parking", "patience", "payroll",
    "pepper", "physics", "playback", "poetry", "pollen", "pollution", "pork", "progress", "publicity", "rain", "rainfall", "research", "revenue",
    "rice", "safety", "salt", "sand", "scenery", "seafood", "seating", "security", "shipping", "silver", "sleep", "snow", "snowfall",
    "software", "spam", "staffing", "storage", "stuff", "sugar", "support", "tea", "thunder", "torque", "tourism", "traffic",
    "training", "transit", "transport", "transportation", "travel", "trivia", "uptime", "usage", "visibility", "water", "wealth",
    "weather", "wheat", "wi-fi", "wifi", "wildlife", "wood", "wool", "work", "yoga",
];
/// Singular words that end in `s`.
#[rustfmt::skip]
const SINGULAR_S: &[&str] = &[
    "access", "alias", "always", "atlas", "bias", "canvas", "chaos", "christmas", "cosmos", "dais", "dns", "economics", "electronics",
    "gas", "gps", "lens", "mathematics", "news", "pancreas", "pass", "physics", "pos", "politics", "rss", "saas", "sms", "sos",
    "texas", "this", "tennis", "yes", "aws", "css", "https", "js", "ios", "os", "kubernetes", "sales", "less", "plus", "its", "as",
    "was", "has", "is", "us", "focus", "gymnastics", "athletics", "robotics", "lotus", "walrus",
];
/// Plural words in `-us` or `-is`, which are otherwise singular.
#[rustfmt::skip]
const PLURAL_US_IS: &[&str] = &[
    "menus", "gurus", "emus", "taxis", "emojis", "apis", "kpis", "skis", "gpus", "cpus", "skus", "tofus", "uis", "pois", "alibis",
    "bikinis",
];
/// Prepositions and participles that end the head of a noun phrase.
#[rustfmt::skip]
const AFTER_HEAD: &[&str] = &[
    "of", "for", "in", "on", "at", "to", "from", "with", "by", "about", "between", "near", "per", "under", "over", "within", "without",
    "that", "which", "around", "as", "after", "before", "against", "into", "through",
];

/// Byte range of the head word: the last word before the first preposition.
fn head(np: &str) -> std::ops::Range<usize> {
    let mut found = 0..0;
    let mut at = 0;
    for word in np.split(' ') {
        if !found.is_empty() && AFTER_HEAD.contains(&word) {
            break;
        }
        if !word.is_empty() {
            found = at..at + word.len();
        }
        at += word.len() + 1;
    }
    // In `check-in date/time` only the last piece inflects.
    let word = &np[found.clone()];
    let cut = word.rfind(['-', '/']).map_or(0, |i| i + 1);
    if cut < word.len() && !matches!(&word[cut..], "in" | "out" | "up" | "off" | "on" | "fi") {
        found.start + cut..found.end
    } else {
        found
    }
}

fn with_head(np: &str, change: impl FnOnce(&str) -> String) -> String {
    let head = head(np);
    format!("{}{}{}", &np[..head.start], change(&np[head.clone()]), &np[head.end..])
}

/// The plural: `city` → `cities`, `point of interest` → `points of interest`. What is plural or mass already stays.
pub fn plural(noun: &str) -> String {
    if is_plural(noun) || is_mass(noun) {
        return noun.to_owned();
    }
    with_head(noun, plural_word)
}

fn plural_word(word: &str) -> String {
    let lower = word.to_lowercase();
    if INVARIABLE.contains(&lower.as_str()) || word.is_empty() {
        return word.to_owned();
    }
    if let Some((singular, plural)) = IRREGULAR.iter().find(|(singular, _)| *singular == lower) {
        // Keep the writer's capital: `Person` → `People`.
        let first = if word.starts_with(char::is_uppercase) { plural[..1].to_uppercase() } else { plural[..1].to_owned() };
        debug_assert!(singular.is_ascii());
        return format!("{first}{}", &plural[1..]);
    }
    let acronym = word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase());
    if acronym {
        return format!("{word}s");
    }
    for tail in ["woman", "man", "child", "foot"] {
        let blocked = ["human", "german", "talisman", "roman", "shaman"].contains(&lower.as_str());
        if lower.len() > tail.len() + 1 && lower.ends_with(tail) && !blocked {
            return format!("{}{}", &word[..word.len() - tail.len()], plural_word(tail));
        }
    }
    if lower.ends_with("sis") || lower == "axis" {
        return format!("{}es", &word[..word.len() - 2]);
    }
    if ["s", "x", "z", "ch", "sh"].iter().any(|end| lower.ends_with(end)) && !lower.ends_with("stomach") {
        return format!("{word}es");
    }
    let before_last = lower.chars().rev().nth(1);
    if lower.ends_with('y') && before_last.is_some_and(|c| !"aeiou".contains(c)) {
        return format!("{}ies", &word[..word.len() - 1]);
    }
    format!("{word}s")
}

/// The singular of a plural noun or phrase: `cities` → `city`, `people` → `person`; anything else stays.
pub fn singular(noun: &str) -> String {
    if !is_plural(noun) {
        return noun.to_owned();
    }
    with_head(noun, singular_word)
}

fn singular_word(word: &str) -> String {
    let lower = word.to_lowercase();
    if lower != "people" && (INVARIABLE.contains(&lower.as_str()) || (PLURAL_ONLY.contains(&lower.as_str()) && !lower.ends_with("tics"))) {
        return word.to_owned();
    }
    if let Some((singular, _)) = IRREGULAR.iter().find(|(_, plural)| *plural == lower) {
        let first = if word.starts_with(char::is_uppercase) { singular[..1].to_uppercase() } else { singular[..1].to_owned() };
        return format!("{first}{}", &singular[1..]);
    }
    for (many, one) in [("women", "woman"), ("men", "man"), ("children", "child")] {
        if lower.ends_with(many) {
            return format!("{}{one}", &word[..word.len() - many.len()]);
        }
    }
    if lower.ends_with("ies") && lower.len() > 4 {
        return format!("{}y", &word[..word.len() - 3]);
    }
    if ["sses", "shes", "ches", "xes", "zzes", "uses"].iter().any(|end| lower.ends_with(end)) && !lower.ends_with("auses") {
        return word[..word.len() - 2].to_owned();
    }
    if lower.ends_with('s') { word[..word.len() - 1].to_owned() } else { word.to_owned() }
}

/// Whether the head takes no article and no number: `weather`, `travel advice`. Words with both uses (`email`, `code`)
/// count as countable.
pub fn is_mass(noun: &str) -> bool {
    MASS.contains(&noun[head(noun)].to_lowercase().as_str())
}

/// Whether the head is plural: `flights`, `people`, `points of interest`.
pub fn is_plural(noun: &str) -> bool {
    let original = &noun[head(noun)];
    let word = original.to_lowercase();
    if PLURAL_ONLY.contains(&word.as_str()) || IRREGULAR.iter().any(|(_, plural)| *plural == word && word != "data") {
        return true;
    }
    if word.ends_with("women")
        || word.ends_with("children")
        || (word.ends_with("men") && !word.ends_with("imen") && !["abdomen", "omen", "acumen", "amen"].contains(&word.as_str()))
    {
        return true;
    }
    if SINGULAR_S.contains(&word.as_str()) || MASS.contains(&word.as_str()) || INVARIABLE.contains(&word.as_str()) || word.len() < 3 {
        return false;
    }
    if word.ends_with("us") || word.ends_with("is") {
        return PLURAL_US_IS.contains(&word.as_str());
    }
    let shouted = original.len() > 1 && original.chars().all(|c| c.is_ascii_uppercase());
    word.ends_with('s') && !word.ends_with("ss") && !shouted
}

/// The article that the sound of the first word asks for: `an hour`, `a user`, `an SMS`, `an 8`.
pub fn article(np: &str) -> &'static str {
    let word: &str = np.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = word.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    if starts_with_vowel_sound(word) { "an" } else { "a" }
}

fn starts_with_vowel_sound(word: &str) -> bool {
    const AS_YOU: &[&str] =
        &["eu", "ewe", "ubiq", "ufo", "uk", "unanim", "uni", "ura", "ure", "uri", "url", "us", "uten", "uti", "utop", "uu"];
    const AS_UH: &[&str] = &["unid", "unim", "unin", "usher", "upd", "unim"];
    let lower = word.to_lowercase();
    let Some(first) = lower.chars().next() else { return false };
    if first.is_ascii_digit() {
        let digits = lower.bytes().take_while(u8::is_ascii_digit).count();
        return first == '8' || ((lower.starts_with("11") || lower.starts_with("18")) && digits % 3 == 2);
    }
    let spelled = word.len() == 1 || (word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase()) && !said_as_word(&lower));
    if spelled {
        return "aefhilmnorsx".contains(first);
    }
    match first {
        'h' => ["hour", "honest", "honor", "honour", "heir", "html", "http"].iter().any(|silent| lower.starts_with(silent)),
        'o' => !(lower == "one" || lower.starts_with("once") || lower == "ouija"),
        'u' | 'e' if AS_UH.iter().any(|start| lower.starts_with(start)) => true,
        'u' | 'e' => !AS_YOU.iter().any(|start| lower.starts_with(start)) || lower == "us",
        'a' | 'i' => true,
        // Lower-case acronyms that are spelled out.
        _ => ["sms", "mri", "mp3", "mp4", "rss", "rsvp", "sql", "ssh", "ssl", "sso", "ssn", "xml", "svg", "sdk", "nft", "fbi", "npm"]
            .contains(&lower.as_str()),
    }
}

/// Capitals that are read as a word.
fn said_as_word(lower: &str) -> bool {
    ["nasa", "nato", "lan", "ram", "rom", "sim", "sku", "fifa", "swift", "led", "saml", "laser", "radar", "fema", "pin", "zip"]
        .contains(&lower)
        || (lower.len() > 4 && lower.bytes().filter(|b| b"aeiou".contains(b)).count() >= 2)
}

/// The phrase without the article or the possessive that it begins with: `hotel` for "the hotel" and "my hotel".
pub fn without_determiner(np: &str) -> &str {
    ["the ", "a ", "an ", "my ", "your "].iter().find_map(|start| np.strip_prefix(start)).unwrap_or(np)
}

/// The phrase with its indefinite article, whatever its number: `a hotel`, `an hour`. See [`indefinite`] for mass and plural.
pub fn a_an(np: &str) -> String {
    format!("{} {np}", article(np))
}

/// The phrase as something not yet known: `a hotel`, `some advice`, `some flights`.
pub fn indefinite(np: &str) -> String {
    if is_mass(np) || is_plural(np) { format!("some {np}") } else { a_an(np) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plural_and_singular_are_inverse() {
        for (one, many) in [
            ("city", "cities"),
            ("day", "days"),
            ("person", "people"),
            ("bus", "buses"),
            ("address", "addresses"),
            ("movie", "movies"),
            ("match", "matches"),
            ("box", "boxes"),
            ("point of interest", "points of interest"),
            ("credit card", "credit cards"),
            ("analysis", "analyses"),
            ("status", "statuses"),
            ("house", "houses"),
            ("woman", "women"),
            ("salesman", "salesmen"),
            ("human", "humans"),
            ("shelf", "shelves"),
            ("quiz", "quizzes"),
            ("API", "APIs"),
            ("photo", "photos"),
            ("response", "responses"),
            ("bill for water", "bills for water"),
            ("round-trip flight", "round-trip flights"),
            ("check-in", "check-ins"),
            ("expense", "expenses"),
            ("diagnosis", "diagnoses"),
            ("query", "queries"),
            ("cookie", "cookies"),
            ("virus", "viruses"),
            ("Person", "People"),
            ("email", "emails"),
            ("code", "codes"),
            ("invoice", "invoices"),
            ("page", "pages"),
            ("pause", "pauses"),
            ("bonus", "bonuses"),
        ] {
            assert_eq!(plural(one), many);
            assert_eq!(singular(many), one);
            assert_eq!(plural(many), many, "already plural");
            assert!(is_plural(many), "{many} is plural");
            assert!(!is_plural(one), "{one} is singular");
        }
    }

    #[test]
    fn mass_words_have_no_plural() {
        for word in ["weather", "travel advice", "money", "luggage", "information", "news", "public transport"] {
            assert!(is_mass(word), "{word}");
            assert_eq!(plural(word), word);
            assert_eq!(indefinite(word), format!("some {word}"));
        }
        assert!(!is_mass("email") && !is_mass("weather report") && !is_mass("code"));
    }

    #[test]
    fn the_article_goes_by_sound() {
        for np in [
            "hour",
            "apple",
            "SMS",
            "8-seat van",
            "11 am slot",
            "ID",
            "umbrella",
            "honest review",
            "MRI",
            "unidentified bug",
            "X-ray",
            "FAQ",
            "update",
        ] {
            assert_eq!(a_an(np), format!("an {np}"));
        }
        for np in [
            "hotel",
            "user",
            "one-way ticket",
            "euro",
            "university",
            "URL",
            "USB stick",
            "110 V plug",
            "SKU",
            "\"quoted\" text",
            "UK visa",
            "unit",
            "NASA page",
        ] {
            assert_eq!(a_an(np), format!("a {np}"));
        }
        assert_eq!(indefinite("flights"), "some flights");
        assert_eq!(indefinite("itinerary"), "an itinerary");
    }
}
