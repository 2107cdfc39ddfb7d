//! Results in sentences.

use super::aggregate::list;
use super::fact::{self, Piece, values};
use super::line::plain;
use super::pen::{Pen, fill};
use super::surface::end;
use crate::dialogue::pattern;
use crate::graph::ToolIx;
use crate::script::Fact;
use crate::seed::Rng;
use crate::value::{SemType, english};
use rand::{Rng as _, SeedableRng};

/// Where the facts of an item stand: one way for a whole list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Brackets,
    Comma,
}

impl Side {
    fn draw(pen: &mut Pen) -> Side {
        if pen.chance(0.35) { Side::Brackets } else { Side::Comma }
    }
}

/// Facts that belong together: those of one item of a list, or those of the result itself.
struct Group<'f> {
    item: Option<String>,
    facts: Vec<Vec<&'f Fact>>,
}

/// A plain result told back.
pub(super) fn tell(pen: &mut Pen, facts: &[Fact]) -> Vec<String> {
    let groups = groups(facts);
    let mut out = Vec::new();
    let items: Vec<&Group> = groups.iter().filter(|group| group.item.is_some()).collect();
    for group in groups.iter().filter(|group| group.item.is_none()) {
        out.extend(single(pen, &group.facts));
    }
    if items.len() == 1 {
        let line = item(pen, &items[0].facts, Side::Comma);
        out.push(fill(pen.phrase("tell_item"), &[("item", &line)]));
    } else if !items.is_empty() {
        let side = Side::draw(pen);
        let lines = alike(pen, items.iter().map(|group| group.facts.clone()), side);
        let joined = joined(&lines);
        out.push(fill(pen.phrase("tell_items"), &[("items", &joined)]));
    }
    out
}

/// Results of several calls, in their order: "The first is Lotus, at 5 Elm Street", "For the second one, the total is $54.90".
pub(super) fn by_place(pen: &mut Pen, calls: &[&[Fact]]) -> Vec<String> {
    let one = pen.one_of(&["", " one"]);
    let mut out = Vec::new();
    for (at, facts) in calls.iter().enumerate() {
        let news: Vec<Fact> = facts.iter().filter(|fact| !super::assistant::only_success(pen, fact)).cloned().collect();
        let fields = by_field(&news);
        let Some(first) = fields.first() else { continue };
        let ordinal = english::ordinal(at as u64 + 1);
        if names(pen, first) {
            let line = item(pen, &fields, Side::Comma);
            out.push(end(&format!("The {ordinal}{one} is {line}"), '.'));
        } else {
            let clauses: Vec<String> = fields.iter().map(|field| fact::clause(pen, field)).collect();
            out.push(end(&format!("For the {ordinal} one, {}", list(&clauses)), '.'));
        }
    }
    out
}

/// Whether a field is the name of the thing.
fn names(pen: &Pen, field: &[&Fact]) -> bool {
    field.len() == 1
        && field[0].value.is_string()
        && !matches!(field[0].sem, SemType::Id | SemType::Code | SemType::Enum | SemType::Text)
        && pen.field(field[0].tool, &field[0].pointer).is_some_and(|leaf| leaf.phrase.headline)
}

/// The items of a list that were left out before.
pub(super) fn rest(pen: &mut Pen, tool: ToolIx, items: &[Vec<Fact>]) -> Vec<String> {
    let side = Side::draw(pen);
    let lines = alike(pen, items.iter().map(|facts| by_field(facts)), side);
    let many = pen
        .tool(tool)
        .map(|known| english::without_determiner(&plain(&known.phrase.object_plural)).to_owned())
        .filter(|many| !many.is_empty());
    let many = many.unwrap_or_else(|| "options".to_owned());
    let joined = joined(&lines);
    let key = if items.len() == 1 { "offer_rest" } else { "offer_rest_several" };
    vec![end(&fill(pen.phrase(key), &[("items", &joined), ("many", &many)]), '.')]
}

/// Items to choose from.
pub(super) fn offer(pen: &mut Pen, tool: ToolIx, items: &[Vec<Fact>], total: usize) -> Vec<String> {
    let side = Side::draw(pen);
    let lines = alike(pen, items.iter().map(|facts| by_field(facts)), side);
    let (one, many) = match pen.tool(tool) {
        Some(known) => {
            let many = plain(&known.phrase.object_plural);
            let many = english::without_determiner(&many).to_owned();
            let one = plain(&known.phrase.object);
            (
                english::without_determiner(&one).to_owned(),
                if many.is_empty() { english::plural(english::without_determiner(&one)) } else { many },
            )
        }
        None => ("result".into(), "results".into()),
    };
    let (one, many) = match items_of(pen, tool, items) {
        Some(own) => (english::singular(&own), own),
        None => (one, many),
    };
    let countable = pen.tool(tool).is_some_and(|known| known.phrase.countable) || english::is_plural(&many) && many != "details";
    let many = if countable && !many.is_empty() { many } else { "options".to_owned() };
    let one = if countable && !one.is_empty() && !english::is_plural(&one) { one } else { "option".to_owned() };
    let n = if total == 1 { "one".to_owned() } else { total.to_string() };
    let parts = |items: &str| [("n", n.clone()), ("many", many.clone()), ("one", one.clone()), ("items", items.to_owned())];
    let short = items.iter().all(|facts| facts.len() <= 1);
    let joined = joined(&lines);
    let key = match (items.len(), total) {
        (0, _) => return vec![],
        (1, 1) => "offer_only",
        (1, _) => "offer_one",
        (told, total) if total > told => "offer_some",
        _ if !short && pen.chance(0.45) => {
            let lead = fill_all(pen.phrase("offer_lead"), &parts(""));
            let mut out = vec![lead];
            for (at, line) in lines.iter().enumerate() {
                let ordinal = english::ordinal(at as u64 + 1);
                out.push(end(&format!("The {ordinal} is {line}"), '.'));
            }
            return out;
        }
        _ => "offer_all",
    };
    vec![end(&fill_all(pen.phrase(key), &parts(&joined)), '.')]
}

/// The items of a list, all in the same words but for their values.
fn alike<'f>(pen: &mut Pen, items: impl Iterator<Item = Vec<Vec<&'f Fact>>>, side: Side) -> Vec<String> {
    let seed = pen.rng.next_u64();
    let kept = std::mem::replace(&mut pen.rng, Rng::seed_from_u64(seed));
    let lines = items
        .map(|facts| {
            pen.rng = Rng::seed_from_u64(seed);
            item(pen, &facts, side)
        })
        .collect();
    pen.rng = kept;
    lines
}

/// What the items of a list are called: "dishes" for the menus of a restaurant, where the list and the name of its items say so.
fn items_of(pen: &Pen, tool: ToolIx, items: &[Vec<Fact>]) -> Option<String> {
    let first = items.first()?.first()?;
    let list = english::phrase_of_identifier(first.pointer.trim_start_matches('/').split('/').next()?);
    if is_plain_item(&first.pointer) {
        return Some(list).filter(|list| english::is_plural(list));
    }
    let leaf = pen.field(tool, &first.pointer).filter(|leaf| leaf.phrase.headline)?;
    let many = english::plural(english::without_determiner(&leaf.phrase.noun));
    (list == many).then_some(many)
}

/// Items as a list; those that have commas of their own are kept apart by semicolons.
fn joined(lines: &[String]) -> String {
    let commas = lines.iter().any(|line| line.contains(", "));
    if commas && lines.len() > 1 { lines.join("; ") } else { list(lines) }
}

fn fill_all(template: &str, parts: &[(&str, String)]) -> String {
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    fill(template, &parts)
}

/// Facts of one field together (the tags of a thing), in the order told.
fn by_field(facts: &[Fact]) -> Vec<Vec<&Fact>> {
    let mut out: Vec<Vec<&Fact>> = Vec::new();
    for fact in facts {
        let ends_in_index = is_plain_item(&fact.pointer);
        let same = |other: &&mut Vec<&Fact>| {
            ends_in_index && parent(&other[0].pointer) == parent(&fact.pointer) && pattern(&other[0].pointer) == pattern(&fact.pointer)
        };
        match out.iter_mut().find(same) {
            Some(field) => field.push(fact),
            None => out.push(vec![fact]),
        }
    }
    out
}

fn parent(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn groups(facts: &[Fact]) -> Vec<Group<'_>> {
    let mut out: Vec<Group> = Vec::new();
    for field in by_field(facts) {
        let item = item_of(&field[0].pointer);
        match out.iter_mut().find(|group| group.item == item) {
            Some(group) => group.facts.push(field),
            None => out.push(Group { item, facts: vec![field] }),
        }
    }
    out
}

/// The item of a list that a field lies in: `/hotels/1` of `/hotels/1/name`; none for a field of the result itself.
fn item_of(pointer: &str) -> Option<String> {
    let parts: Vec<&str> = pointer.split('/').collect();
    let at =
        parts[..parts.len().saturating_sub(1)].iter().rposition(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))?;
    Some(parts[..=at].join("/"))
}

/// "Lotus, on June 3, with a rating of 4.5 and a nightly price of $120".
fn item(pen: &mut Pen, facts: &[Vec<&Fact>], side: Side) -> String {
    let Some((first, rest)) = facts.split_first() else { return String::new() };
    let leaf = pen.field(first[0].tool, &first[0].pointer);
    let names = leaf.is_some_and(|leaf| leaf.phrase.headline)
        || matches!(first[0].sem, SemType::Title | SemType::Person | SemType::Place | SemType::Org);
    let speaks_for_itself = matches!(
        first[0].sem,
        SemType::Enum | SemType::Category | SemType::Text | SemType::Address | SemType::Date | SemType::Time | SemType::Datetime
    );
    let head =
        if names || speaks_for_itself || is_plain_item(&first[0].pointer) { values(pen, first) } else { fact::piece(pen, first).paren };
    if rest.is_empty() {
        return head;
    }
    let pieces: Vec<Piece> = rest.iter().map(|field| fact::piece(pen, field)).collect();
    match side {
        Side::Brackets => {
            let inside: Vec<String> = pieces.into_iter().map(|piece| piece.paren).collect();
            format!("{head} ({})", inside.join(", "))
        }
        Side::Comma => described(&head, &pieces),
    }
}

/// Whether a fact is an item of a list of plain values: "develop" of `/branches/0`.
fn is_plain_item(pointer: &str) -> bool {
    pointer.rsplit('/').next().is_some_and(|last| !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit()))
}

/// A name with what is known of it.
fn described(head: &str, pieces: &[Piece]) -> String {
    // "Lotus at 7 pm" needs no comma.
    if let [one] = pieces
        && one.plain
        && ["at ", "for ", "from ", "by ", "in ", "on ", "with "].iter().any(|prep| one.words.starts_with(prep))
    {
        return format!("{head} {}", one.words);
    }
    let mut out = head.to_owned();
    for plain in pieces.iter().filter(|piece| piece.plain).map(|piece| &piece.words) {
        out = format!("{out}, {plain}");
    }
    let with: Vec<String> = pieces.iter().filter(|piece| !piece.plain).map(|piece| piece.words.clone()).collect();
    if with.is_empty() { out } else { format!("{out}, with {}", list(&with)) }
}

/// Facts of the result itself, in short sentences of one or two facts.
fn single(pen: &mut Pen, facts: &[Vec<&Fact>]) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest: Vec<&Vec<&Fact>> = facts.iter().collect();
    let called = |noun: &str| ["name", "title"].contains(&noun) || noun.ends_with(" name");
    let is_called = |pen: &Pen, field: &[&Fact]| {
        names(pen, field) && pen.field(field[0].tool, &field[0].pointer).is_some_and(|leaf| called(&leaf.phrase.noun))
    };
    if let Some(at) = rest.iter().position(|field| is_called(pen, field)) {
        let field = rest.remove(at);
        let name = values(pen, field);
        let take = rest.len().min(2);
        if take > 0 && pen.chance(0.7) {
            let pieces: Vec<Piece> = rest.drain(..take).map(|field| fact::piece(pen, field)).collect();
            out.push(fill(pen.phrase("tell_named"), &[("name", &described(&name, &pieces))]));
        } else {
            let noun = fact::noun(pen.field(field[0].tool, &field[0].pointer), field[0]);
            out.push(fill(pen.phrase("tell_name"), &[("name", &name), ("noun", &noun)]));
        }
    }
    let mut at = 0;
    while at < rest.len() {
        let short = |field: &[&Fact]| field.len() == 1 && field[0].sem != SemType::Text;
        if at + 1 < rest.len() && short(rest[at]) && short(rest[at + 1]) && pen.chance(0.6) {
            let first = fact::clause(pen, rest[at]);
            let second = fact::clause(pen, rest[at + 1]);
            let joint = pen.one_of(&[" and ", ", and "]);
            out.push(end(&format!("{first}{joint}{second}"), '.'));
            at += 2;
        } else {
            out.push(end(&fact::clause(pen, rest[at]), '.'));
            at += 1;
        }
    }
    out
}
