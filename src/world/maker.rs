//! Which way of making a value a place asks for: decided once for each tool, from schema, semantic type, name and description.

use super::hints::{city_form, example, examples, id_like};
use super::moment::Moment;
use super::number::Numbers;
use super::pools::{City, POOLS};
use super::recipe::{text, type_is};
use super::sample::Sampler;
use super::topic::Topic;
use crate::catalog::Leaf;
use crate::value::SemType;
use crate::value::english::{singular, words_of_identifier};
use serde_json::Value;

#[derive(Debug)]
pub(super) enum Maker {
    Fixed(Value),
    Choice(Vec<Value>),
    Bool,
    Number(Numbers),
    /// An identifier that is a number.
    Serial {
        low: i64,
        high: i64,
    },
    Moment(Moment),
    Pattern(Box<Sampler>),
    /// `PREFIX-12345`, or the shape of an example.
    Id {
        prefix: String,
        digits: usize,
    },
    Uuid,
    /// Values that the schema or the description itself suggests.
    Examples {
        pool: String,
        values: Vec<String>,
    },
    City(CityForm),
    /// Of a city that the object speaks of; within bounds.
    Coordinate {
        latitude: bool,
        low: f64,
        high: f64,
    },
    Email,
    Phone,
    Url,
    /// A name made of first name and surname.
    Person,
    /// Entries of one pool.
    Pool {
        pool: &'static str,
    },
}

/// How a city is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CityForm {
    Name,
    /// `San Francisco, CA`.
    State,
    /// `Paris, France`.
    Country,
    CountryName,
    CountryCode,
    Region,
    StateCode,
    Airport,
    AirportName,
    Timezone,
}

impl CityForm {
    pub(super) fn of(self, city: &City) -> String {
        match self {
            CityForm::Name => city.name.to_owned(),
            CityForm::State => format!("{}, {}", city.name, city.state),
            CityForm::Country => format!("{}, {}", city.name, city.country),
            CityForm::CountryName => city.country.to_owned(),
            CityForm::CountryCode => city.country_code.to_owned(),
            CityForm::Region => city.region.to_owned(),
            CityForm::StateCode => city.state.to_owned(),
            CityForm::Airport => city.airport.to_owned(),
            CityForm::AirportName => format!("{} Airport", city.name),
            CityForm::Timezone => city.timezone.to_owned(),
        }
    }
}

impl Maker {
    pub(super) fn new(leaf: &Leaf, words: &[String], stem: Option<&str>, around: &str, topic: &Topic) -> Maker {
        let schema = &leaf.schema;
        if let Some(value) = schema.get("const") {
            return Maker::Fixed(value.clone());
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            let usable: Vec<Value> = values.iter().filter(|value| !value.is_null() && **value != "").cloned().collect();
            return match usable.len() {
                0 => Maker::Fixed(Value::Null),
                1 => Maker::Fixed(usable[0].clone()),
                _ => Maker::Choice(usable),
            };
        }
        if type_is(schema, "boolean") {
            return Maker::Bool;
        }
        let string = type_is(schema, "string");
        if !string && (type_is(schema, "integer") || type_is(schema, "number")) {
            return Self::number(leaf, words, stem, topic);
        }
        Self::string(leaf, words, stem, around, topic)
    }

    fn number(leaf: &Leaf, words: &[String], stem: Option<&str>, topic: &Topic) -> Maker {
        let free = || super::number::bounds(&leaf.schema) == (None, None);
        let of = |values: &[i64]| Maker::Choice(values.iter().copied().map(Value::from).collect());
        if stem.is_none()
            && let Some(moment) = Moment::of_number(leaf, words, topic)
        {
            return Maker::Moment(moment);
        }
        match leaf.sem {
            SemType::Latitude | SemType::Longitude => Self::coordinate(leaf),
            _ if words.ends_with(&["status".to_owned(), "code".to_owned()]) && stem.is_none() && free() => of(&[200, 201, 202]),
            // How long a token lives.
            _ if (words.ends_with(&["expires".to_owned(), "in".to_owned()]) || words.last().is_some_and(|word| word == "ttl"))
                && free() =>
            {
                of(&[900, 1800, 3600, 7200, 14_400, 43_200, 86_400])
            }
            _ if words.last().is_some_and(|word| word == "rotation") && type_is(&leaf.schema, "integer") && free() => {
                of(&[0, 90, 180, 270])
            }
            _ if stem.is_some() => {
                let (low, high) = super::number::bounds(&leaf.schema);
                let low = low.map_or(1001, |low| (low.ceil() as i64).max(1));
                Maker::Serial { low, high: high.map_or(low.max(1001) + 98_000, |high| high.floor() as i64).max(low) }
            }
            _ => Maker::Number(Numbers::new(leaf, words, topic)),
        }
    }

    fn coordinate(leaf: &Leaf) -> Maker {
        let latitude = leaf.sem == SemType::Latitude;
        let edge = if latitude { 90.0 } else { 180.0 };
        let (low, high) = super::number::bounds(&leaf.schema);
        Maker::Coordinate { latitude, low: low.unwrap_or(-edge).max(-edge), high: high.unwrap_or(edge).min(edge) }
    }

    fn string(leaf: &Leaf, words: &[String], stem: Option<&str>, around: &str, topic: &Topic) -> Maker {
        let schema = &leaf.schema;
        let pattern = text(schema, "pattern");
        if let Some(moment) = Moment::new(leaf, words, topic) {
            return Maker::Moment(moment);
        }
        match text(schema, "format") {
            "email" | "idn-email" => return Maker::Email,
            "uri" | "url" | "iri" | "uri-reference" => return Maker::Url,
            "uuid" => return Maker::Uuid,
            "ipv4" => return Maker::Pool { pool: "ip address" },
            "ipv6" => return Maker::Pool { pool: "ipv6 address" },
            "hostname" | "idn-hostname" => return Maker::Pool { pool: "hostname" },
            "byte" | "base64" => return Maker::Pool { pool: "base64" },
            "duration" => return Maker::Pool { pool: "iso duration" },
            "binary" => return Maker::Pool { pool: "file name" },
            _ => {}
        }
        if !pattern.is_empty()
            && let Some(sampler) = Sampler::new(pattern)
        {
            let natural = if stem.is_some() { None } else { Self::by_sem(leaf, words, around, topic).filtered(&sampler) };
            return natural.unwrap_or_else(|| Maker::Pattern(Box::new(sampler)));
        }
        if let Some(values) = examples(schema, &leaf.description, stem.is_some()) {
            return Maker::Examples { pool: format!("{}{}{}", topic.object, leaf.pointer, values[0]), values };
        }
        if let Some(stem) = stem {
            return id_like(stem, schema, &leaf.description);
        }
        // An example in the description is better than a value of the right type from somewhere else.
        let plain = matches!(leaf.sem, SemType::Title | SemType::Category | SemType::Enum | SemType::Text | SemType::Query | SemType::Code);
        if plain
            && pool_for(leaf, leaf.sem, words, around, topic).is_none()
            && let Some(values) = example(schema, &leaf.description)
        {
            return Maker::Examples { pool: format!("{}{}{}", topic.object, leaf.pointer, values[0]), values };
        }
        Self::by_sem(leaf, words, around, topic)
    }

    /// The maker, when enough of what it makes matches a pattern: airport codes for `^[A-Z]{3}$`.
    fn filtered(self, sampler: &Sampler) -> Option<Maker> {
        match self {
            Maker::City(form) => {
                let fits = POOLS.cities.iter().filter(|city| sampler.matches(&form.of(city))).count();
                (fits * 4 > POOLS.cities.len()).then_some(Maker::City(form))
            }
            Maker::Pool { pool } => {
                let entries = POOLS.get(pool).iter().filter(|entry| !entry.contains('{') && sampler.matches(entry));
                let values: Vec<String> = entries.map(|entry| (*entry).to_owned()).collect();
                (values.len() >= 3).then(|| Maker::Examples { pool: pool.to_owned(), values })
            }
            _ => None,
        }
    }

    fn by_sem(leaf: &Leaf, words: &[String], around: &str, topic: &Topic) -> Maker {
        let has = |word: &str| words.iter().any(|have| have == word);
        let code = has("code") || has("iso") || leaf.description.contains("two-letter") || leaf.description.contains("2-letter");
        match leaf.sem {
            SemType::City => Maker::City(city_form(&leaf.description)),
            SemType::Country if code => Maker::City(CityForm::CountryCode),
            SemType::Country => Maker::City(CityForm::CountryName),
            SemType::Airport if has("name") => Maker::City(CityForm::AirportName),
            SemType::Airport => Maker::City(CityForm::Airport),
            SemType::Latitude | SemType::Longitude => Maker::Pool { pool: "coordinate" },
            SemType::Email => Maker::Email,
            SemType::Phone => Maker::Phone,
            SemType::Url => Maker::Url,
            // Who looks for people looks for a name.
            SemType::Query if words.iter().all(|word| VAGUE.contains(&word.as_str())) && topic.of_people() => Maker::Person,
            sem => match pool_for(leaf, sem, words, around, topic).unwrap_or_else(|| fallback(sem)) {
                "person" => Maker::Person,
                // The name of a user is that of a person; what they sign in with is called so.
                "username" if has("name") && !has("user") => Maker::Person,
                "city" => Maker::City(city_form(&leaf.description)),
                "country" => Maker::City(CityForm::CountryName),
                "country code" => Maker::City(CityForm::CountryCode),
                "region" => Maker::City(CityForm::Region),
                "state code" => Maker::City(CityForm::StateCode),
                "airport" => Maker::City(CityForm::Airport),
                "airport name" => Maker::City(CityForm::AirportName),
                "timezone" => Maker::City(CityForm::Timezone),
                "email" => Maker::Email,
                "phone" => Maker::Phone,
                "url" => Maker::Url,
                "uuid" => Maker::Uuid,
                pool => Maker::Pool { pool },
            },
        }
    }
}

/// The pool that the words around the value ask for most clearly.
fn pool_for(leaf: &Leaf, sem: SemType, words: &[String], around: &str, topic: &Topic) -> Option<&'static str> {
    let mut weighed: Vec<(String, u32)> = Vec::new();
    let mut add = |word: &str, weight: u32| {
        weighed.push((singular(word), weight));
        weighed.push((word.to_owned(), weight));
    };
    // What the tool is about decides only where the name itself says nothing.
    let vague = words.iter().all(|word| VAGUE.contains(&word.as_str()));
    // A name is that of the nearest thing: of the list or object that it stands in, else of what the tool is called after. What only the
    // catalog as a whole is about comes last: `list_countries` of a catalog of holidays gives countries.
    let inside = words_of_identifier(around).iter().any(|word| !UNTOLD.contains(&singular(word).as_str()));
    let names = ["name", "names", "title", "titles", "normalized"];
    let naming = vague && (sem == SemType::Query || words.last().is_some_and(|word| names.contains(&word.as_str())));
    for (at, word) in words.iter().enumerate() {
        let vague = VAGUE.contains(&word.as_str());
        // The last word is what it is, the ones before say which.
        let weight = if at + 1 == words.len() { 120 } else { 100 };
        add(word, if vague { 30 } else { weight });
    }
    let told = |word: &str| {
        let here = words_of_identifier(&leaf.pointer).into_iter().chain(words_of_identifier(&leaf.description));
        topic.head.iter().any(|have| have == word) || here.into_iter().any(|have| singular(&have) == word)
    };
    for word in leaf.entity.iter().flat_map(|entity| words_of_identifier(entity)) {
        add(&word, if !naming || topic.head.is_empty() || told(&singular(&word)) { 60 } else { 25 });
    }
    if let Some(head) = topic.head.last().filter(|_| naming && !inside) {
        add(head, 58);
    }
    for word in words_of_identifier(&leaf.phrase.noun) {
        add(&word, 55);
    }
    for word in words_of_identifier(around) {
        let weight = if !naming {
            50
        } else if UNTOLD.contains(&singular(&word).as_str()) {
            40
        } else {
            62
        };
        add(&word, weight);
    }
    for word in &topic.words {
        add(word, 22);
    }
    for word in words_of_identifier(leaf.description.split("for example").next().unwrap_or_default()).iter().take(12) {
        add(word, 20);
    }
    let heaviest = |sems: &[SemType], least: u32| {
        let fits = POOLS.rules.iter().filter_map(|rule| rule.fit(sems, &weighed).map(|(sum, most)| (sum, most, rule)));
        let fits = fits.filter(|(_, most, _)| *most >= least);
        let heavier = |best: Option<(u32, u32, _)>, fit: (u32, u32, _)| match best {
            Some(best) if best.0 >= fit.0 => Some(best),
            _ => Some(fit),
        };
        fits.fold(None, heavier).map(|(.., rule)| rule.pool)
    };
    // A type that was guessed for want of a better one does not keep a name from what it says: `ingredients` are ingredients.
    // What a text says is not settled by what the tool is about: the text of a video is no name of a video.
    let own = heaviest(
        &[sem],
        if !vague {
            56
        } else if sem == SemType::Text {
            30
        } else {
            0
        },
    );
    own.or_else(|| GUESSED.contains(&sem).then(|| heaviest(GUESSED, 100)).flatten())
}

/// Types that a name of no known type may have been given.
const GUESSED: &[SemType] = &[SemType::Category, SemType::Enum, SemType::Title, SemType::Text, SemType::Code];

/// Words of lists and objects that say nothing of what is in them.
#[rustfmt::skip]
const UNTOLD: &[&str] = &[
    "data", "result", "item", "list", "response", "record", "entry", "object", "value", "element", "output", "content", "hit", "match", "node",
    "edge", "row", "info", "detail", "metadata", "name", "title", "s",
];

/// Names that only say what type of value it is.
const VAGUE: &[&str] = &[
    "name",
    "names",
    "title",
    "titles",
    "real",
    "previous",
    "old",
    "former",
    "alternative",
    "short",
    "long",
    "normalized",
    "official",
    "query",
    "q",
    "keyword",
    "search",
    "term",
    "text",
    "value",
    "input",
    "data",
    "string",
    "label",
    "content",
    "note",
    "key",
    "new",
    "full",
    "display",
    "body",
    "message",
    "description",
    "s",
    "str",
];

fn fallback(sem: SemType) -> &'static str {
    match sem {
        SemType::Region => "region",
        SemType::Place => "place",
        SemType::Address => "address",
        SemType::Duration => "duration text",
        SemType::Money => "money text",
        SemType::Person => "person",
        SemType::Org => "company",
        SemType::Category | SemType::Enum => "neutral",
        SemType::Path => "path",
        SemType::Language => "language",
        SemType::Currency => "currency",
        SemType::Unit => "unit",
        SemType::Query => "query",
        SemType::Text => "text",
        SemType::Code => "code",
        SemType::Rating => "rating text",
        SemType::Percent => "percent text",
        SemType::Count | SemType::CountPeople | SemType::Number | SemType::Quantity => "digits",
        // A number of days, as text.
        SemType::Date | SemType::Time | SemType::Datetime => "digits",
        SemType::Bool => "yes or no",
        _ => "title",
    }
}
