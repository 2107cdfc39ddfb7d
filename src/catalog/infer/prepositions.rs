//! The prepositions that carry a value into a sentence, by semantic type and by what the name says of direction.

use super::intent::Intent;
use super::verbs::Act;
use super::words::words;
use crate::catalog::Leaf;
use crate::value::{SemType, english};

/// Where a name points: `departure_city` is a start, `return_date` an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    From,
    To,
    Neither,
}

fn direction(words: &[String]) -> Direction {
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    match () {
        _ if has(&[
            "to",
            "destination",
            "target",
            "arrival",
            "dropoff",
            "recipient",
            "recipients",
            "end",
            "until",
            "output",
            "dst",
            "receiver",
            "before",
        ]) =>
        {
            Direction::To
        }
        _ if words.join(" ").contains("check out") || words.join(" ").contains("drop off") => Direction::To,
        _ if has(&["from", "origin", "source", "departure", "start", "since", "pickup", "sender", "input", "after", "base", "begin"]) => {
            Direction::From
        }
        _ if words.join(" ").contains("check in") || words.join(" ").contains("pick up") => Direction::From,
        _ => Direction::Neither,
    }
}

/// Prepositions for a leaf whose values are of a type, best first; empty where the value stands alone or before its noun.
pub(super) fn prepositions(leaf: &Leaf, sem: SemType) -> Vec<String> {
    let words = words(&leaf.name);
    of(sem, direction(&words), &words).iter().map(|prep| (*prep).to_owned()).collect()
}

fn of(sem: SemType, direction: Direction, words: &[String]) -> &'static [&'static str] {
    use Direction::{From, Neither, To};
    use SemType::*;
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    match (sem, direction) {
        (City | Country | Region | Place | Address | Airport, From) => &["from"],
        (City | Country | Region | Place | Address | Airport, To) => &["to"],
        (City, Neither) => &["in", "near"],
        (Country | Region, Neither) => &["in"],
        (Place | Address, Neither) => &["at"],
        (Airport, Neither) => &["at"],
        (Date | Datetime, _) if has(&["return", "returning", "inbound"]) => &["returning"],
        (Date | Datetime, _) if has(&["leaving", "departing", "outbound"]) => &["leaving", "on"],
        (Date | Datetime, From) if has(&["departure", "pickup"]) => &["on"],
        (Date | Datetime, To) if has(&["arrival", "dropoff"]) => &["on"],
        (Date | Datetime, From) => &["from", "starting"],
        (Date | Datetime, To) => &["until"],
        (Date | Datetime, Neither) if has(&["due", "deadline"]) => &["by"],
        (Date | Datetime, Neither) => &["on"],
        (Time, From) if has(&["start", "from", "after", "since"]) => &["from"],
        (Time, To) if has(&["end", "until", "to", "before"]) => &["until"],
        (Time, _) => &["at"],
        (Duration, _) if has(&["maximum"]) => &["within", "in under"],
        (Duration, _) => &["for"],
        (CountPeople, _) => &["for"],
        (Count, _) if has(&["nights", "days", "weeks", "months", "years", "hours"]) => &["for"],
        (Count, _) if has(&["bedrooms", "bathrooms", "beds", "rooms", "seats", "floors", "sides"]) => &["with"],
        (Money, _) if has(&["maximum", "budget", "cap"]) => &["under", "for up to"],
        (Money, _) if has(&["minimum"]) => &["over", "from"],
        (Money, _) => &["for"],
        (Rating, _) if has(&["minimum"]) => &["with at least"],
        (Rating, _) => &["with"],
        (Percent, _) => &["at"],
        (Quantity, _) if has(&["radius", "distance"]) => &["within"],
        (Quantity, _) if has(&["temperature", "pressure", "speed", "voltage"]) => &["at"],
        (Person, _) if has(&["author", "artist", "director", "singer", "composer", "writer", "creator"]) => &["by"],
        (Person, _)
            if has(&[
                "attendee",
                "attendees",
                "participant",
                "participants",
                "doctor",
                "guests",
                "friend",
                "friends",
                "invitees",
                "therapist",
            ]) =>
        {
            &["with"]
        }
        (Person | Email | Phone, To) => &["to"],
        (Person | Email | Phone, From) => &["from"],
        (Person, Neither) => &["for"],
        (Email | Phone, Neither) => &["at"],
        (Org, _) if has(&["airline", "airlines", "carrier", "provider", "bank", "brand"]) => &["with", "from"],
        (Org, _) => &["for", "at"],
        (Title, _) if has(&["name", "title", "names", "titles"]) => &["called"],
        (Title, _) => &["for"],
        (Language, To) => &["into", "to"],
        (Currency | Unit, To) => &["to", "into"],
        (Language | Currency | Unit, From) => &["from"],
        (Language | Currency | Unit, Neither) => &["in"],
        (Path, To) => &["to"],
        (Path, _) if has(&["directory", "folder", "root", "workspace"]) => &["in"],
        // What is made out of a recording or a picture comes from it.
        (Path, _) if has(&["image", "images", "photo", "picture", "audio", "video", "recording", "song", "clip"]) => &["from", "for"],
        (Path | Url, _) => &["at"],
        (Id, To) => &["to"],
        (Id, From) => &["from"],
        (Id, Neither) => &["for"],
        (Query, _) => &["for", "about"],
        (Text, _) if has(&["message", "body", "content", "text", "comment", "note", "tweet", "reply"]) => &["saying"],
        (Code, _) if has(&["zip", "postal"]) => &["in"],
        (Code, _) if has(&["year"]) => &["in", "from"],
        (Code, _) if words == ["password"] => &["with password"],
        (Code, _) if has(&["coupon", "voucher", "promo", "discount", "password", "pin", "otp"]) => &["with"],
        (Code, _) => &["for"],
        (Latitude | Longitude, _) => &["at"],
        (Category | Enum | Bool | Text | Count | Quantity | Number, _) => &[],
    }
}

/// What an act does to the prepositions of its parameters: a message says a text, an analysis is made for one; a call goes to a number.
pub fn suit(leaf: &mut Leaf, intent: &Intent) {
    let act = intent.act();
    let has = |prep: &str| leaf.phrase.prep.iter().any(|have| have == prep);
    let people = ["user", "customer", "person", "contact", "employee", "patient", "member", "student", "lead", "guest", "people"];
    let prep: &[&str] = match leaf.sem {
        SemType::Text if has("saying") && matches!(act, Act::Compute | Act::Get | Act::Find | Act::Check) => &["for"],
        SemType::Text if has("saying") && act == Act::Update && !intent.object.noun.split(' ').any(says_something) => &[],
        SemType::Phone if has("at") && (act == Act::Send || intent.object.noun.split(' ').any(|word| word == "call")) => &["to"],
        // The data source of `source_id` is no start.
        SemType::Id if (has("from") || has("to")) && names_the_object(leaf, intent) => &["for"],
        SemType::Query if has("about") && intent.entity.as_deref().is_some_and(|entity| people.contains(&entity)) => &["for"],
        _ => return,
    };
    leaf.phrase.prep = prep.iter().map(|prep| (*prep).to_owned()).collect();
}

/// Whether an identifier is that of the very thing that the tool is about: `source_id` of a data source.
fn names_the_object(leaf: &Leaf, intent: &Intent) -> bool {
    let words = words(&leaf.name);
    let thing = words.iter().rev().find(|word| !matches!(word.as_str(), "id" | "key" | "identifier"));
    let head = intent.object.noun.rsplit(' ').next().map(english::singular);
    thing.is_some_and(|thing| head.is_some_and(|head| head.eq_ignore_ascii_case(thing)))
}

/// Whether a thing has words of its own, so that one can be changed "saying" something else.
fn says_something(noun: &str) -> bool {
    #[rustfmt::skip]
    const SAYING: &[&str] = &[
        "message", "post", "comment", "note", "reply", "tweet", "email", "reminder", "review", "text", "sms", "announcement", "issue", "ticket",
        "description", "body", "content", "document", "page", "file", "caption", "title", "response", "answer", "draft", "notification", "alert",
    ];
    SAYING.contains(&noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prepositions_follow_type_and_direction() {
        for (name, sem, prep) in [
            ("destination", SemType::City, Some("to")),
            ("departure_airport", SemType::Airport, Some("from")),
            ("city", SemType::City, Some("in")),
            ("check_in_date", SemType::Date, Some("from")),
            ("check_out_date", SemType::Date, Some("until")),
            ("departure_date", SemType::Date, Some("on")),
            ("due_date", SemType::Date, Some("by")),
            ("target_language", SemType::Language, Some("into")),
            ("cuisine", SemType::Category, None),
            ("max_price", SemType::Money, Some("under")),
        ] {
            let words = words(name);
            assert_eq!(of(sem, direction(&words), &words).first().copied(), prep, "{name}");
        }
    }
}
