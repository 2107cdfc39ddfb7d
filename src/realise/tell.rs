//! Results in sentences.

use super::aggregate::list;
use super::line::{ARTICLE, plain};
use super::pen::{Pen, fill};
use super::surface::end;
use crate::catalog::Leaf;
use crate::dialogue::pattern;
use crate::graph::ToolIx;
use crate::script::Fact;
use crate::value::{SemType, english};

/// Facts that belong together: those of one item of a list, or those of the result itself.
struct Group<'f> {
    item: Option<String>,
    facts: Vec<Vec<&'f Fact>>,
}

/// A plain result told back.
pub(super) fn tell(pen: &mut Pen, tool: ToolIx, facts: &[Fact]) -> Vec<String> {
    let groups = groups(pen, facts);
    let mut out = Vec::new();
    let items: Vec<&Group> = groups.iter().filter(|group| group.item.is_some()).collect();
    for group in groups.iter().filter(|group| group.item.is_none()) {
        out.extend(single(pen, tool, &group.facts));
    }
    if items.len() == 1 {
        let line = item(pen, &items[0].facts);
        out.push(fill(pen.phrase("tell_item"), &[("item", &line)]));
    } else if !items.is_empty() {
        let lines: Vec<String> = items.iter().map(|group| item(pen, &group.facts)).collect();
        let plain_list = items.iter().all(|group| group.facts.len() == 1);
        let joined = if plain_list { list(&lines) } else { lines.join("; ") };
        out.push(fill(pen.phrase("tell_items"), &[("items", &joined)]));
    }
    out
}

/// Items to choose from.
pub(super) fn offer(pen: &mut Pen, tool: ToolIx, items: &[Vec<Fact>], total: usize) -> Vec<String> {
    let lines: Vec<String> = items
        .iter()
        .map(|facts| {
            let grouped = by_field(facts);
            item(pen, &grouped)
        })
        .collect();
    let (one, many) = match pen.tool(tool) {
        Some(known) => {
            let many = plain(&known.phrase.object_plural);
            let many = strip(&many).to_owned();
            let one = plain(&known.phrase.object);
            (strip(&one).to_owned(), if many.is_empty() { english::plural(strip(&one)) } else { many })
        }
        None => ("result".into(), "results".into()),
    };
    let countable = pen.tool(tool).is_some_and(|known| known.phrase.countable) || english::is_plural(&many) && many != "details";
    let many = if countable && !many.is_empty() { many } else { "options".to_owned() };
    let one = if countable && !one.is_empty() && !english::is_plural(&one) { one } else { "option".to_owned() };
    let n = if total == 1 { "one".to_owned() } else { total.to_string() };
    let m = items.len().to_string();
    let parts =
        |items: &str| [("n", n.clone()), ("m", m.clone()), ("many", many.clone()), ("one", one.clone()), ("items", items.to_owned())];
    let short = items.iter().all(|facts| facts.len() <= 1);
    let joined = if short { list(&lines) } else { lines.join("; ") };
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

fn fill_all(template: &str, parts: &[(&str, String)]) -> String {
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    fill(template, &parts)
}

fn strip(np: &str) -> &str {
    ["the ", "a ", "an ", "my ", "your ", "current "].iter().find_map(|start| np.strip_prefix(start)).unwrap_or(np)
}

/// The useful facts of something that was done.
pub(super) fn details(pen: &mut Pen, tool: ToolIx, facts: &[Fact]) -> Vec<String> {
    tell(pen, tool, facts)
}

/// Facts of one field together (the tags of a thing), in the order told.
fn by_field(facts: &[Fact]) -> Vec<Vec<&Fact>> {
    let mut out: Vec<Vec<&Fact>> = Vec::new();
    for fact in facts {
        let ends_in_index =
            fact.pointer.rsplit('/').next().is_some_and(|last| !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit()));
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

fn groups<'f>(_pen: &Pen, facts: &'f [Fact]) -> Vec<Group<'f>> {
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

/// "Lotus, with a rating of 4.5 and a nightly price of $120".
fn item(pen: &mut Pen, facts: &[Vec<&Fact>]) -> String {
    let Some((first, rest)) = facts.split_first() else { return String::new() };
    let leaf = pen.field(first[0].tool, &first[0].pointer);
    let headline = leaf.is_some_and(|leaf| leaf.phrase.headline)
        || matches!(first[0].sem, SemType::Title | SemType::Person | SemType::Place | SemType::Org);
    let head = if headline { values(pen, first) } else { with(pen, first) };
    let tail: Vec<String> = rest.iter().map(|field| with(pen, field)).collect();
    if tail.is_empty() {
        return head;
    }
    match pen.one_of(&[&0, &0, &1]) {
        1 => format!("{head} ({})", tail.join(", ").replace(ARTICLE, "").trim_start().replace("  ", " ")),
        _ => format!("{head}, with {}", list(&tail)),
    }
}

fn values(pen: &mut Pen, field: &[&Fact]) -> String {
    let said: Vec<String> = field
        .iter()
        .map(|fact| {
            let leaf = pen.field(fact.tool, &fact.pointer);
            let value = pen.hold_value(&fact.value, fact.sem, leaf);
            with_counted(pen, leaf, fact, &value)
        })
        .collect();
    list(&said)
}

fn with_counted(pen: &Pen, leaf: Option<&Leaf>, fact: &Fact, value: &str) -> String {
    match leaf.and_then(|leaf| leaf.phrase.counted.as_deref()) {
        Some(unit) if pen.words(value).chars().all(|c| c.is_ascii_digit()) => {
            let noun = if fact.value.as_f64() == Some(1.0) { unit.to_owned() } else { english::plural(unit) };
            format!("{value} {noun}")
        }
        _ => value.to_owned(),
    }
}

fn noun_of(leaf: Option<&Leaf>, fact: &Fact) -> String {
    let noun = leaf.map(|leaf| plain(&leaf.phrase.noun)).filter(|noun| !noun.is_empty());
    let noun = noun.unwrap_or_else(|| {
        let last = fact.pointer.rsplit('/').find(|part| !part.is_empty() && !part.bytes().all(|b| b.is_ascii_digit())).unwrap_or("result");
        english::phrase_of_identifier(last)
    });
    strip(&noun).to_owned()
}

/// "a rating of 4.5": the fact as a noun phrase that names its field.
fn with(pen: &mut Pen, field: &[&Fact]) -> String {
    let fact = field[0];
    let leaf = pen.field(fact.tool, &fact.pointer);
    let noun = noun_of(leaf, fact);
    if let Some(truth) = fact.value.as_bool() {
        return if truth { noun } else { format!("no {noun}") };
    }
    let value = values(pen, field);
    if english::is_plural(&noun) || field.len() > 1 {
        let noun = if field.len() > 1 { english::plural(&noun) } else { noun };
        return format!("{noun} {value}");
    }
    match fact.sem {
        SemType::Id | SemType::Code | SemType::Phone | SemType::Email | SemType::Url => format!("{noun} {value}"),
        SemType::Money | SemType::Rating | SemType::Percent | SemType::Quantity | SemType::Number | SemType::Count
            if !english::is_mass(&noun) =>
        {
            format!("{ARTICLE} {noun} of {value}")
        }
        _ => format!("{noun} {value}"),
    }
}

/// Facts of the result itself, in short sentences of one or two facts.
fn single(pen: &mut Pen, tool: ToolIx, facts: &[Vec<&Fact>]) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest: Vec<&Vec<&Fact>> = facts.iter().collect();
    let headline = rest.iter().position(|field| {
        pen.field(field[0].tool, &field[0].pointer).is_some_and(|leaf| leaf.phrase.headline)
            && field.len() == 1
            && field[0].value.is_string()
    });
    let named = headline.map(|at| rest.remove(at));
    if let Some(field) = named {
        let name = values(pen, field);
        let take = rest.len().min(2);
        if take > 0 && !rest[..take].iter().any(|field| field[0].value.is_boolean()) {
            let with_all: Vec<String> = rest.drain(..take).map(|field| with(pen, field)).collect();
            out.push(fill(pen.phrase("tell_named"), &[("name", &name), ("with", &list(&with_all))]));
        } else {
            out.push(fill(
                pen.phrase("tell_name"),
                &[("name", &name), ("noun", &noun_of(pen.field(field[0].tool, &field[0].pointer), field[0]))],
            ));
        }
    }
    let _ = tool;
    let mut at = 0;
    while at < rest.len() {
        let pair = at + 1 < rest.len() && pen.chance(0.55) && rest[at].len() == 1 && rest[at + 1].len() == 1;
        let first = statement(pen, rest[at], at);
        if pair {
            let second = statement(pen, rest[at + 1], at + 1);
            out.push(end(&format!("{first} and {}", super::surface::lower_first(&second)), '.'));
            at += 2;
        } else {
            out.push(end(&first, '.'));
            at += 1;
        }
    }
    out
}

/// "The nightly price is $120": one fact as a clause that names its field.
fn statement(pen: &mut Pen, field: &[&Fact], _at: usize) -> String {
    let fact = field[0];
    let leaf = pen.field(fact.tool, &fact.pointer);
    let noun = noun_of(leaf, fact);
    if let Some(truth) = fact.value.as_bool() {
        let adjective = (!noun.contains(' ') && (noun.ends_with("ed") || noun.ends_with("able") || noun.ends_with("ible")))
            || ["open", "valid", "active", "full", "free"].contains(&noun.as_str());
        return match (adjective, truth) {
            (true, true) => format!("it's {noun}"),
            (true, false) => format!("it's not {noun}"),
            (false, true) => format!("{noun}: yes"),
            (false, false) => format!("{noun}: no"),
        };
    }
    let value = values(pen, field);
    let many = english::is_plural(&noun) || field.len() > 1;
    let noun = if field.len() > 1 { english::plural(&noun) } else { noun };
    let key = match fact.sem {
        _ if many => "state_many",
        SemType::Money => "state_money",
        SemType::Date | SemType::Time | SemType::Datetime => "state_when",
        SemType::Id | SemType::Code => "state_id",
        SemType::Text => "state_text",
        SemType::Count
        | SemType::CountPeople
        | SemType::Quantity
        | SemType::Number
        | SemType::Percent
        | SemType::Rating
        | SemType::Duration => "state_number",
        _ => "state",
    };
    fill(pen.phrase(key), &[("noun", &noun), ("v", &value)])
}
