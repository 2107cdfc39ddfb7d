//! The order of a list: what an argument asks for, else by time.

use super::answer::Answer;
use super::recipe::{Field, Grain, List, Shape};
use crate::value::SemType;
use crate::value::english::words_of_identifier;
use serde_json::Value;

/// Words that say which end comes first, and nothing of the field.
const FALLING: &[&str] =
    &["desc", "descending", "highest", "high", "newest", "latest", "top", "most", "best", "longest", "largest", "last", "recent"];
const RISING: &[&str] = &[
    "asc",
    "ascending",
    "lowest",
    "low",
    "oldest",
    "earliest",
    "least",
    "cheapest",
    "fastest",
    "quickest",
    "nearest",
    "closest",
    "shortest",
    "soonest",
    "smallest",
    "first",
];
/// Words for a field that stand for others: what is cheapest is so by its price.
const BY: &[(&str, &[&str])] = &[
    ("cheapest", &["price", "cost", "fare", "fee", "amount"]),
    ("expensive", &["price", "cost", "fare"]),
    ("fastest", &["minutes", "duration", "hours", "time", "seconds"]),
    ("quickest", &["minutes", "duration", "hours", "time", "seconds"]),
    ("shortest", &["minutes", "duration", "length", "distance"]),
    ("longest", &["minutes", "duration", "length", "seconds", "distance"]),
    ("nearest", &["distance", "km", "miles", "meters"]),
    ("closest", &["distance", "km", "miles", "meters"]),
    ("newest", &["date", "year", "created", "on", "at", "posted", "published"]),
    ("latest", &["date", "year", "created", "on", "at", "posted", "published"]),
    ("recent", &["date", "year", "created", "on", "at", "posted", "published"]),
    ("oldest", &["date", "year", "created", "on", "at", "posted", "published"]),
    ("soonest", &["date", "time", "start"]),
    ("earliest", &["date", "time", "start"]),
    ("popularity", &["popularity", "followers", "views", "plays", "downloads", "likes", "count"]),
    ("popular", &["popularity", "followers", "views", "plays", "downloads", "likes", "count"]),
    ("used", &["count", "used", "uses"]),
    ("played", &["plays", "played"]),
    ("rated", &["rating", "stars", "score"]),
    ("price", &["price", "cost", "fare", "fee"]),
];

/// By which field, and whether the largest comes first.
pub(super) struct Order<'a> {
    field: &'a Field,
    falling: bool,
}

impl Answer<'_> {
    /// The order that is asked for, else the one that people expect.
    pub(super) fn order<'l>(&self, list: &'l List) -> Option<Order<'l>> {
        let Shape::Object(fields) = list.item.as_ref() else { return None };
        let asked = || self.arguments.meant().filter(|argument| argument.is_layout() && argument.key.is_none());
        let wanted: Vec<String> = asked()
            .filter(|argument| sorts(&argument.words))
            .filter_map(|argument| argument.value.as_str())
            .flat_map(words_of_identifier)
            .collect();
        let mentioned = |list: &[&str]| wanted.iter().any(|word| list.contains(&word.as_str()));
        if let Some(field) = named_field(fields, &wanted) {
            let good = ["rating", "popularity", "score", "stars"].iter().any(|word| field.name.contains(word));
            let falling = mentioned(FALLING) || (good && !mentioned(RISING));
            return Some(Order { field, falling });
        }
        let newest = list.description.contains("newest first")
            || self.arguments.all.iter().any(|argument| argument.description.contains("newest first"));
        let year = |field: &&Field| field.name.contains("year") || leaf(field).is_some_and(|grain| grain.sem == SemType::Date);
        let dated = || fields.iter().find(year).filter(|_| newest);
        let timed = || {
            fields.iter().find(|field| {
                let moment = leaf(field).is_some_and(|grain| matches!(grain.sem, SemType::Date | SemType::Datetime | SemType::Time));
                let when = ["date", "start", "departure", "time", "hour"];
                moment && words_of_identifier(&field.name).iter().any(|word| when.contains(&word.as_str()))
            })
        };
        let field = dated().or_else(timed)?;
        Some(Order { field, falling: newest })
    }
}

impl Order<'_> {
    pub(super) fn sort(&self, items: &mut [Value]) {
        items.sort_by(|a, b| compare(&a[&self.field.name], &b[&self.field.name]));
        if self.falling {
            items.reverse();
        }
    }
}

fn sorts(words: &[String]) -> bool {
    words.iter().any(|word| matches!(word.as_str(), "sort" | "sorted" | "sorting" | "order" | "ordering" | "direction"))
}

/// The field that the words of an order name: all words that are not about the direction are its own, or stand for one of them.
fn named_field<'f>(fields: &'f [Field], wanted: &[String]) -> Option<&'f Field> {
    let plain: Vec<&String> =
        wanted.iter().filter(|word| !FALLING.contains(&word.as_str()) && !RISING.contains(&word.as_str()) && *word != "by").collect();
    let words = |field: &Field| words_of_identifier(&field.name);
    let usable = |field: &&Field| leaf(field).is_some_and(|grain| grain.stem.is_none());
    let counts = |field: &Field| leaf(field).is_some_and(|grain| !matches!(grain.sem, SemType::Date | SemType::Datetime | SemType::Time));
    let most = wanted.iter().any(|word| word == "most");
    let own = |field: &&Field| {
        let have = words(field);
        !plain.is_empty() && plain.iter().all(|word| have.contains(word)) && (!most || counts(field))
    };
    let named = fields.iter().filter(usable).find(own);
    let name = || {
        let by_name = plain.iter().any(|word| matches!(word.as_str(), "name" | "title" | "alphabetical" | "alphabetically"));
        fields.iter().filter(usable).find(|field| by_name && leaf(field).is_some_and(|grain| grain.headline))
    };
    let stands = || {
        let meant: Vec<&&str> =
            wanted.iter().flat_map(|word| BY.iter().filter(move |(name, _)| name == word)).flat_map(|(_, words)| words.iter()).collect();
        meant.iter().find_map(|meant| fields.iter().filter(usable).find(|field| words(field).iter().any(|word| word == **meant)))
    };
    named.or_else(name).or_else(stands)
}

fn leaf(field: &Field) -> Option<&Grain> {
    match &field.shape {
        Shape::Leaf(grain) => Some(grain),
        _ => None,
    }
}

fn compare(a: &Value, b: &Value) -> std::cmp::Ordering {
    match (a.as_f64(), b.as_f64(), a.as_str(), b.as_str()) {
        (Some(a), Some(b), ..) => a.total_cmp(&b),
        (.., Some(a), Some(b)) => a.to_lowercase().cmp(&b.to_lowercase()),
        _ => std::cmp::Ordering::Equal,
    }
}
