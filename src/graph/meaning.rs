//! What a leaf stands for, and what a tool is about, in words.

use super::words::{concept, is_bare, without_bare, words};
use crate::catalog::{Leaf, Tool};
use crate::value::SemType;

/// Words for what a tool is about: the entities of its effects and the object of its verb.
pub(super) fn subject(tool: &Tool) -> Vec<String> {
    let object = words(&tool.phrase.object);
    effected(tool).flat_map(|entity| words(entity)).chain(object.last().cloned()).collect()
}

/// The thing that a leaf stands for or belongs to, in words: declared, or told by its own name, its parent or its tool.
pub(super) fn entity(tool: &Tool, leaf: &Leaf, name: &[String], sem: SemType) -> Vec<String> {
    if let Some(entity) = &leaf.entity {
        return words(entity);
    }
    let own = without_bare(name);
    if own.is_empty() {
        thing(sem).map_or_else(|| belongs_to(tool, leaf), |thing| vec![thing.to_owned()])
    } else if leaf.sem == SemType::Id || own.len() < name.len() {
        own
    } else {
        thing(sem).map(str::to_owned).into_iter().collect()
    }
}

/// The thing of the tool's effects that an identifier stands for, where it says more than the identifier's own name does: a
/// `booking_id` of what creates a `flight_booking`. Nothing where the effects do not tell, or not which.
pub(super) fn kept_as(tool: &Tool, entity: &[String]) -> Vec<String> {
    let Some(head) = entity.last() else { return Vec::new() };
    let same = |word: &String| word == head || concept(word).is_some() && concept(word) == concept(head);
    let mut known: Vec<Vec<String>> = effected(tool).map(|entity| words(entity)).filter(|words| words.last().is_some_and(same)).collect();
    known.sort_unstable();
    known.dedup();
    match &known[..] {
        [one] if one.len() > entity.len() => one.clone(),
        _ => Vec::new(),
    }
}

fn effected(tool: &Tool) -> impl Iterator<Item = &String> {
    let effects = &tool.effects;
    effects.creates.iter().chain(&effects.reads).chain(&effects.updates).chain(&effects.deletes)
}

/// What a place stands for that is not said to be one of something.
pub(super) const ANYWHERE: &str = "place";

/// Semantic types that are things of their own, of which there is one list in the world; and places, wherever they are from.
fn thing(sem: SemType) -> Option<&'static str> {
    match sem {
        SemType::City => Some("city"),
        SemType::Country => Some("country"),
        SemType::Region => Some("region"),
        SemType::Airport => Some("airport"),
        SemType::Language => Some("language"),
        SemType::Currency => Some("currency"),
        SemType::Place | SemType::Address => Some(ANYWHERE),
        _ => None,
    }
}

/// What the name of such a thing is: the name of a country is a country.
fn named(entity: &str) -> Option<SemType> {
    match entity {
        "country" => Some(SemType::Country),
        "city" => Some(SemType::City),
        "region" | "state" | "province" => Some(SemType::Region),
        "airport" => Some(SemType::Airport),
        "language" => Some(SemType::Language),
        "currency" => Some(SemType::Currency),
        "place" | "location" | "venue" | "address" => Some(SemType::Place),
        _ => None,
    }
}

/// The semantic type of a leaf for comparison. A name that offers a choice takes several kinds of values; a description that names
/// the standard of a code says more than a vague type does; a city that nothing calls one may be any place.
pub(super) fn sem_of(leaf: &Leaf, offered: bool) -> SemType {
    const STANDARDS: &[(&str, SemType)] = &[
        ("iso 3166", SemType::Country),
        ("iso-3166", SemType::Country),
        ("iso 639", SemType::Language),
        ("iso-639", SemType::Language),
        ("iso 4217", SemType::Currency),
        ("iso-4217", SemType::Currency),
        ("iata", SemType::Airport),
    ];
    if offered {
        return SemType::Query;
    }
    if let (SemType::Title, Some(entity)) = (leaf.sem, &leaf.entity) {
        return named(entity).unwrap_or(leaf.sem);
    }
    let vague = matches!(leaf.sem, SemType::Category | SemType::Code | SemType::City | SemType::Region | SemType::Place);
    if !vague {
        return leaf.sem;
    }
    let description = leaf.description.to_lowercase();
    let standard = STANDARDS.iter().find(|(standard, _)| description.contains(standard));
    let says_city = || words(&leaf.name).iter().chain(&words(&description)).any(|word| word == "city" || word == "town");
    match standard {
        Some((_, sem)) => *sem,
        None if leaf.sem == SemType::City && !says_city() => SemType::Place,
        None => leaf.sem,
    }
}

/// The parent object of a leaf, or else the object of the tool's verb.
fn belongs_to(tool: &Tool, leaf: &Leaf) -> Vec<String> {
    let parent = leaf.pointer.rsplit('/').skip(1).find(|part| *part != "*" && !part.is_empty());
    let found = parent.map(words).filter(|found| !is_bare(found) && found.iter().all(|word| word != "data" && word != "response"));
    found.unwrap_or_else(|| words(&tool.phrase.object).pop().into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{text, tool};
    use super::*;
    use crate::catalog::ToolClass;

    fn entity_of(leaf: Leaf) -> Vec<String> {
        let tool = tool("get_country", "Facts about a country.", ToolClass::Lookup, vec![], vec![leaf.clone()]);
        let name = words(&leaf.name);
        entity(&tool, &leaf, &name, sem_of(&leaf, false))
    }

    #[test]
    fn a_bare_name_belongs_to_its_parent_or_its_tool() {
        assert_eq!(entity_of(text("/artists/*/name", SemType::Title, "")), ["artist"]);
        assert_eq!(entity_of(text("/short_name", SemType::Title, "")), ["country"]);
    }

    #[test]
    fn the_name_of_a_country_is_a_country() {
        let named = |entity: &str| sem_of(&Leaf { entity: Some(entity.into()), ..text("/name", SemType::Title, "") }, false);
        assert_eq!((named("country"), named("venue"), named("song")), (SemType::Country, SemType::Place, SemType::Title));
    }

    #[test]
    fn effects_say_which_booking_it_is() {
        let kept = |creates: &[&str], entity: &[&str]| {
            let mut tool = tool("book", "", ToolClass::Do, vec![], vec![]);
            tool.effects.creates = creates.iter().map(|entity| (*entity).to_owned()).collect();
            kept_as(&tool, &entity.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()).join(" ")
        };
        assert_eq!(kept(&["flight_booking"], &["booking"]), "flight booking");
        assert_eq!(kept(&["car_rental"], &["booking"]), "car rental", "another word for the same");
        assert_eq!(kept(&["flight_booking", "hotel_booking"], &["booking"]), "", "not told which");
        assert_eq!(kept(&["flight_booking"], &["flight"]), "");
    }

    #[test]
    fn standards_say_what_a_vague_code_is() {
        let leaf = text("/location", SemType::Category, "ISO 3166-2 location code.");
        assert_eq!(sem_of(&leaf, false), SemType::Country);
        assert_eq!(entity_of(leaf), ["country"]);
        assert_eq!(sem_of(&text("/day", SemType::Date, "ISO 3166 is not meant."), false), SemType::Date);
    }

    #[test]
    fn a_city_is_called_one() {
        assert_eq!(sem_of(&text("/destination", SemType::City, "Where the ride goes."), false), SemType::Place);
        assert_eq!(sem_of(&text("/destination", SemType::City, "City to fly to."), false), SemType::City);
    }
}
