//! The kind of thing that an identifier or a name stands for: `hotel` for `hotel_id`, for `id` in a list of hotels, for
//! `hotel: "Ritz"`. Entities are words in the singular joined by `_`.

use super::lexicon;
use super::subject::is_quality;
use super::words::{head_phrase, words};
use crate::catalog::Leaf;
use crate::value::{SemType, english};

/// Last words that only say "this identifies it".
const MARKERS: &[&str] = &[
    "id",
    "ids",
    "uuid",
    "uuids",
    "guid",
    "identifier",
    "identifiers",
    "key",
    "keys",
    "number",
    "numbers",
    "no",
    "code",
    "codes",
    "ref",
    "reference",
    "slug",
    "sku",
    "name",
    "names",
    "title",
    "titles",
    "hash",
    "sha",
    "handle",
    "uid",
    "token",
    "locator",
    "unique",
];
/// First words that say which one it is, not what it is.
const QUALIFIERS: &[&str] = &[
    "parent",
    "new",
    "old",
    "from",
    "to",
    "source",
    "target",
    "destination",
    "origin",
    "current",
    "other",
    "first",
    "second",
    "main",
    "primary",
    "my",
    "root",
    "base",
    "original",
    "default",
    "related",
    "selected",
    "existing",
    "previous",
    "next",
    "last",
    "unique",
    "full",
    "specific",
    "external",
    "internal",
    "given",
    "initial",
    "final",
    "created",
    "updated",
    "deleted",
    "assigned",
    "preferred",
    "all",
    "the",
    "optional",
    "departure",
    "arrival",
    "pickup",
    "dropoff",
    "start",
    "end",
    "number",
    "of",
    "list",
    "numeric",
    "short",
    "long",
    "common",
    "official",
    "display",
    "native",
    "valid",
    "global",
    "local",
];
/// Nouns of machines that are no kind of thing.
const NO_ENTITY: &[&str] = &[
    "",
    "after",
    "before",
    "cursor",
    "next_page",
    "page",
    "starting_after",
    "ending_before",
    "item",
    "items",
    "result",
    "results",
    "data",
    "object",
    "value",
    "entry",
    "record",
    "response",
    "element",
    "request",
];

/// The entity of a leaf, for identifiers and for names; `subject` is what the tool is about.
pub fn entity_of(leaf: &Leaf, subject: Option<&str>) -> Option<String> {
    match leaf.sem {
        SemType::Id => identified(leaf, subject),
        SemType::Title | SemType::Person | SemType::Org | SemType::Place => named(leaf, subject),
        SemType::Code if is_user_name(&leaf.name) => Some("user".to_owned()),
        _ => None,
    }
}

fn identified(leaf: &Leaf, subject: Option<&str>) -> Option<String> {
    // `order_no`, `hotelId`; then "The ID of the hotel"; then the list or object around it; then what the tool is about.
    stripped(&words(&leaf.name))
        .or_else(|| stripped(&head_phrase(&leaf.description)))
        .or_else(|| holder(&leaf.pointer))
        .or_else(|| subject.map(str::to_owned))
}

fn named(leaf: &Leaf, subject: Option<&str>) -> Option<String> {
    let own = words(&leaf.name);
    let is_bare = matches!(own.last().map(String::as_str), Some("name" | "title" | "names" | "titles" | "subject" | "headline"));
    match leaf.sem {
        SemType::Title if !is_bare => stripped(&own),
        SemType::Person | SemType::Org | SemType::Place if !is_bare => stripped(&own),
        _ => stripped(&own).filter(|entity| !matches!(entity.as_str(), "middle" | "sur" | "maiden" | "display" | "user_full")).or_else(
            || {
                // A bare name in the tool's own parameters names what the tool is about; in a result, what it stands in.
                holder(&leaf.pointer).or_else(|| subject.map(str::to_owned))
            },
        ),
    }
}

fn is_user_name(name: &str) -> bool {
    matches!(words(name).last().map(String::as_str), Some("username" | "login"))
}

/// What is left of a name when markers and qualifiers are taken off.
fn stripped(words: &[String]) -> Option<String> {
    let end = words.iter().rposition(|word| !MARKERS.contains(&word.as_str())).map_or(0, |last| last + 1);
    let start = words[..end].iter().position(|word| !QUALIFIERS.contains(&word.as_str())).unwrap_or(end);
    entity(&words[start..end])
}

/// The nearest property around a leaf: `hotel` for `/hotels/*/id`.
fn holder(pointer: &str) -> Option<String> {
    pointer.split('/').rev().skip(1).find(|part| !part.is_empty() && *part != "*").and_then(|part| entity(&words(part)))
}

/// Words as an entity: the last one singular, without words that only narrow a thing of the lexicon (`direct_flight` is a `flight`),
/// nothing that is no thing.
pub(super) fn entity<S: AsRef<str>>(words: &[S]) -> Option<String> {
    let mut words: Vec<String> =
        words.iter().map(|word| word.as_ref().to_owned()).filter(|word| word.chars().all(char::is_alphanumeric)).collect();
    while words.len() > 1 && words.last().is_some_and(|last| NO_ENTITY.contains(&last.as_str())) {
        words.pop();
    }
    let last = words.pop()?;
    words.push(english::singular(&last));
    let entity = lexicon::short(&words.join("_")).to_owned();
    (!NO_ENTITY.contains(&entity.as_str()) && !is_quality(&entity) && words.len() <= 4).then_some(entity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::LeafPhrase;
    use serde_json::json;

    fn leaf(pointer: &str, description: &str, sem: SemType) -> Leaf {
        let name = pointer.rsplit('/').find(|part| *part != "*").unwrap_or("").to_owned();
        Leaf {
            pointer: pointer.to_owned(),
            name,
            schema: json!({"type": "string"}),
            description: description.to_owned(),
            required: true,
            sem,
            entity: None,
            phrase: LeafPhrase::default(),
        }
    }

    #[test]
    fn identifiers_stand_for_their_thing() {
        for (pointer, description, entity) in [
            ("/hotel_id", "", "hotel"),
            ("/userId", "", "user"),
            ("/order_ids/*", "", "order"),
            ("/parent_folder_id", "", "folder"),
            ("/hotels/*/id", "", "hotel"),
            ("/result/id", "", "ticket"),
            ("/id", "", "ticket"),
            ("/target", "The ID of the post to like", "post"),
            ("/issue_number", "", "issue"),
        ] {
            assert_eq!(entity_of(&leaf(pointer, description, SemType::Id), Some("ticket")).as_deref(), Some(entity), "{pointer}");
        }
    }

    #[test]
    fn names_stand_for_their_thing_too() {
        assert_eq!(entity_of(&leaf("/hotels/*/name", "", SemType::Title), None).as_deref(), Some("hotel"));
        assert_eq!(entity_of(&leaf("/movie_title", "", SemType::Title), Some("ticket")).as_deref(), Some("movie"));
        assert_eq!(entity_of(&leaf("/restaurant", "", SemType::Place), Some("table")).as_deref(), Some("restaurant"));
        assert_eq!(entity_of(&leaf("/username", "", SemType::Code), None).as_deref(), Some("user"));
        assert_eq!(entity_of(&leaf("/city", "", SemType::City), Some("hotel")), None);
    }
}
