//! Carriers: the sentences that hold a request.

use super::line::ARTICLE;
use super::pen::{Pen, fill};
use super::phrase::Phrase;
use super::refer::Reference;
use super::surface::{end, lower_first};
use crate::catalog::{Origin, Tool, ToolClass};
use crate::value::english;
use rand::RngExt;

/// The parts of one request.
pub(super) struct Wish<'w> {
    pub tool: &'w Tool,
    pub phrases: Vec<Phrase>,
    pub reference: Option<Reference>,
    /// It follows another request of the same turn.
    pub follows: bool,
    /// The first request of the dialogue.
    pub opens: bool,
}

/// The words of a request, cut as carriers need them.
struct Parts {
    /// What the assistant does.
    verb: String,
    /// What the user does with the same tool: where the assistant shows, the user sees.
    mine: String,
    /// Object with its determiner; may be empty.
    object: String,
    /// Object as something sought: "a budget hotel", "hotels".
    sought: String,
    sought_plural: String,
    /// Phrases behind the object.
    tail: String,
    tail_without_reference: String,
    /// Values that found no room, as sentences.
    rest: Vec<String>,
}

/// The sentences of a request.
pub(super) fn request(pen: &mut Pen, wish: Wish) -> Vec<String> {
    let all = pen.context.all_at_once;
    let parts = parts(pen, &wish, if all { 5 } else { 3 });
    let mut sentences = Vec::new();
    let often = if all { 0.8 } else { pen.style.tells_why };
    if !wish.follows && pen.chance(often * if wish.opens || all { 1.0 } else { 0.35 }) {
        if let Some(why) = why(pen, wish.tool) {
            sentences.push(end(&why, '.'));
        }
    }
    sentences.push(main(pen, &wish, &parts, !sentences.is_empty()));
    let hailed = sentences[0].split(' ').take(3).any(|word| word.ends_with([',', ':']));
    if wish.opens && !wish.follows && !hailed && pen.chance(0.14) {
        sentences[0] = format!("{} {}", pen.phrase("hail"), lower_first(&sentences[0]));
    }
    sentences.extend(parts.rest);
    sentences
}

/// A sentence that says why: in the words of the tool, or of the dialogue's subtopic.
fn why(pen: &mut Pen, tool: &Tool) -> Option<String> {
    let own = !tool.phrase.situations.is_empty() && (pen.topic.is_none() || pen.chance(0.5));
    if own {
        return pen.any(&tool.phrase.situations);
    }
    let turn = pen.turn as u64;
    let named = pen.subtopic;
    pen.topic.and_then(|seed| super::subtopic::motive(tool, named, seed, turn)).map(str::to_owned)
}

/// "book a table at Lotus for 2 people": the request as a bare verb phrase, with everything in it.
pub(super) fn verb_phrase(pen: &mut Pen, wish: &Wish) -> String {
    let parts = parts(pen, wish, usize::MAX);
    vp(&parts)
}

fn vp(parts: &Parts) -> String {
    acted(&parts.verb, parts)
}

/// Verb, object, phrases; a pronoun goes between a verb and its particle ("take it out").
fn acted(verb: &str, parts: &Parts) -> String {
    match verb.rsplit_once(' ') {
        Some((head, particle @ ("out" | "up" | "off" | "on" | "in" | "down" | "back" | "away"))) if short(&parts.object) => {
            join(&[head, &parts.object, particle, &parts.tail])
        }
        _ => join(&[verb, &parts.object, &parts.tail]),
    }
}

/// The verb of a relative clause in the number of its noun: "restaurants that deliver", "a candidate who is".
fn agreeing(words: &str, plural: bool) -> String {
    let mut after = false;
    let agreed: Vec<String> = words
        .split(' ')
        .map(|word| {
            let relative = std::mem::replace(&mut after, matches!(word, "that" | "who" | "which"));
            let other = match (word, plural) {
                _ if !relative => None,
                ("is", true) => Some("are".to_owned()),
                ("was", true) => Some("were".to_owned()),
                ("are", false) => Some("is".to_owned()),
                ("were", false) => Some("was".to_owned()),
                // "Of that group" is no relative clause: only an ending that stands there already is taken away.
                (_, true) => english::lemma_of_verb(word).filter(|lemma| word == english::third_person(lemma)).map(str::to_owned),
                _ => None,
            };
            other.unwrap_or_else(|| word.to_owned())
        })
        .collect();
    agreed.join(" ")
}

/// Whether a question and a phrase have a verb in common: "which restaurants deliver" beside "delivering to 5 Elm Street".
fn says_again(ask: &str, phrase: &str) -> bool {
    let verbs = |text: &str| -> Vec<&'static str> {
        text.split(' ')
            .filter_map(|word| english::lemma_of_verb(&word.to_lowercase()))
            .filter(|lemma| !matches!(*lemma, "be" | "have" | "do" | "get" | "go"))
            .collect()
    };
    let own = verbs(phrase);
    !own.is_empty() && verbs(ask).iter().any(|verb| own.contains(verb))
}

fn short(object: &str) -> bool {
    matches!(object, "it" | "them" | "that" | "this")
}

fn join(words: &[&str]) -> String {
    words.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

fn main(pen: &mut Pen, wish: &Wish, parts: &Parts, situated: bool) -> String {
    let tool = wish.tool;
    let declared = tool.phrase.origin != Origin::Inferred;
    let object_refers =
        wish.reference.as_ref().is_some_and(|reference| reference.object) || wish.phrases.iter().any(|phrase| phrase.object.is_some());
    let adjectives = wish.phrases.iter().any(|phrase| phrase.before.is_some());
    let questions = if object_refers || adjectives || parts.rest.len() > 1 { Vec::new() } else { questions(wish) };
    let asks = !questions.is_empty();
    let noun_like = !object_refers && !parts.object.is_empty();
    let key = match tool.phrase.class {
        _ if pen.plain => "vp",
        _ if asks && pen.chance(0.3) => "ask",
        ToolClass::Find if noun_like && declared && pen.chance(0.55) => "find",
        ToolClass::Find if noun_like && pen.chance(0.2) => "find_loose",
        ToolClass::Lookup if noun_like && declared && !tool.phrase.countable && pen.chance(0.5) => "lookup",
        _ => "vp",
    };
    let template = match key {
        "ask" => {
            let (ask, names) = questions[if pen.plain { 0 } else { pen.rng.random_range(0..questions.len()) }];
            // "Who has access to the folder" has said "of that folder" already.
            let tail = if names { &parts.tail_without_reference } else { &parts.tail };
            let ask = super::line::plain(ask);
            let line = pen.phrase(match (wish.follows, situated) {
                (true, _) => "ask_on",
                (_, true) => "ask_why",
                _ => "ask",
            });
            let line = fill(line, &[("ask", &lower_first(ask.trim_end_matches('?'))), ("tail", tail)]);
            return polite(pen, &end(&line, '?'));
        }
        "vp" if wish.follows => pen.phrase("vp_on"),
        key => pen.phrase(key),
    };
    let line = fill(
        template,
        &[
            ("vp", &agreeing(&vp(parts), english::is_plural(&parts.object))),
            ("mine", &agreeing(&acted(&parts.mine, parts), english::is_plural(&parts.object))),
            ("a", &join(&[&parts.sought, &agreeing(&parts.tail, english::is_plural(&parts.sought))])),
            ("many", &join(&[&parts.sought_plural, &agreeing(&parts.tail, true)])),
            ("the", &join(&[&parts.object, &parts.tail])),
        ],
    );
    let line = if parts.sought.starts_with(ARTICLE) { line } else { line.replace("Is there some ", "Are there any ") };
    polite(pen, &line)
}

/// "please" now and then, where the sentence has none.
fn polite(pen: &mut Pen, line: &str) -> String {
    if line.to_lowercase().contains("please") || !pen.chance(pen.style.please * 0.6) {
        return line.to_owned();
    }
    match line.char_indices().next_back() {
        Some((at, stop @ ('.' | '?'))) => format!("{}, please{stop}", &line[..at]),
        _ => line.to_owned(),
    }
}

fn parts(pen: &mut Pen, wish: &Wish, room: usize) -> Parts {
    let tool = wish.tool;
    let mut ordered: Vec<&Phrase> = wish.phrases.iter().collect();
    ordered.sort_by_key(|phrase| (phrase.long, phrase.rank));
    let before: Vec<String> = ordered.iter().filter_map(|phrase| phrase.before.clone()).collect();
    let named = ordered.iter().find_map(|phrase| phrase.object.clone());
    let (mut tail, mut rest) = (Vec::new(), Vec::new());
    let object_taken = wish.reference.as_ref().is_some_and(|reference| reference.object);
    if let Some(reference) = wish.reference.as_ref().filter(|reference| !reference.object) {
        tail.push(reference.words.clone());
    }
    let mut taken_object = object_taken;
    for phrase in &ordered {
        if phrase.before.is_some() && !object_taken && named.is_none() {
            continue;
        }
        if phrase.object.is_some() && !taken_object {
            taken_object = true;
            continue;
        }
        if tail.len() < room && !(phrase.long && tail.len() >= 2) {
            tail.push(phrase.after.clone());
        } else {
            rest.push(*phrase);
        }
    }
    let object = object(wish, named.as_deref(), &before);
    let noun = super::line::plain(&tool.phrase.object);
    let plural_noun = super::line::plain(&tool.phrase.object_plural);
    let bare_noun = english::without_determiner(&noun);
    let sought = if determined(&noun) {
        join(&[&noun])
    } else if english::is_plural(&noun) || !tool.phrase.countable {
        join(&[&before.join(" "), &noun])
    } else {
        format!("{ARTICLE} {}", join(&[&before.join(" "), bare_noun]))
    };
    let sought_plural = join(&[&before.join(" "), english::without_determiner(if plural_noun.is_empty() { &noun } else { &plural_noun })]);
    let rest = left_over(pen, &rest);
    let (verb, mine) = verbs(pen, tool);
    let referring = usize::from(wish.reference.as_ref().is_some_and(|reference| !reference.object));
    let tail_without_reference = super::aggregate::tail(&tail[referring.min(tail.len())..]);
    Parts { verb, mine, object, sought, sought_plural, tail: super::aggregate::tail(&tail), tail_without_reference, rest }
}

/// Values without room in the sentence become sentences of their own.
fn left_over(pen: &mut Pen, phrases: &[&Phrase]) -> Vec<String> {
    let mut out = Vec::new();
    for pair in phrases.chunks(2) {
        let line = match pair {
            [one] => one.clause.clone(),
            [one, two] => format!("{}{}{}", one.clause, pen.one_of(&[", and ", " and "]), lower_first(&two.clause)),
            _ => continue,
        };
        out.push(end(&line, '.'));
    }
    out
}

/// The tool's own questions that fit: one that names the thing ("the folder") needs no reference to it, and cannot take its name.
fn questions<'w>(wish: &Wish<'w>) -> Vec<(&'w str, bool)> {
    let mut out = Vec::new();
    for ask in &wish.tool.phrase.ask {
        let holds = |noun: &str| !noun.is_empty() && ask.to_lowercase().contains(&noun.to_lowercase());
        let said = wish.phrases.iter().any(|phrase| phrase.thing.as_deref().is_some_and(holds) || says_again(ask, &phrase.after));
        match &wish.reference {
            _ if said => {}
            Some(reference) if holds(&reference.noun) => {
                if reference.pronoun {
                    out.push((ask.as_str(), true));
                }
            }
            _ => out.push((ask.as_str(), false)),
        }
    }
    out
}

/// The verb as the assistant does it, and as the user does it.
fn verbs(pen: &mut Pen, tool: &Tool) -> (String, String) {
    let verb = verb(pen, tool);
    match verb.as_str() {
        "list" | "show" | "display" => {
            let shown = if pen.chance(0.6) { "show me".to_owned() } else { verb };
            (shown, "see".to_owned())
        }
        "see" | "view" => ("show me".to_owned(), verb),
        _ => (verb.clone(), verb),
    }
}

fn verb(pen: &mut Pen, tool: &Tool) -> String {
    let lemma = super::line::plain(&tool.phrase.verb);
    let lemma = if lemma.is_empty() { "use".to_owned() } else { lemma };
    if let Some(particle) = tool.phrase.particle.as_deref().filter(|particle| !particle.is_empty()) {
        return format!("{lemma} {}", super::line::plain(particle));
    }
    let synonyms = super::tables::verb_synonyms(&lemma);
    if !synonyms.is_empty() && pen.chance(0.18) { pen.any(synonyms).unwrap_or(lemma) } else { lemma }
}

fn determined(np: &str) -> bool {
    ["the ", "a ", "an ", "my ", "your ", "all ", "some ", "any ", "this ", "that ", "every ", "each ", "our ", "their "]
        .iter()
        .any(|start| np.starts_with(start))
}

fn object(wish: &Wish, named: Option<&str>, before: &[String]) -> String {
    if let Some(reference) = wish.reference.as_ref().filter(|reference| reference.object) {
        return reference.words.clone();
    }
    if let Some(named) = named {
        return named.to_owned();
    }
    let tool = wish.tool;
    let noun = super::line::plain(&tool.phrase.object);
    if noun.is_empty() {
        return before.join(" ");
    }
    let adjectives = before.join(" ");
    if determined(&noun) {
        return match noun.split_once(' ') {
            Some((determiner, head)) if !adjectives.is_empty() => format!("{determiner} {adjectives} {head}"),
            _ => noun,
        };
    }
    let np = join(&[&adjectives, &noun]);
    if !tool.phrase.countable || english::is_plural(&noun) || english::is_mass(&noun) {
        return match tool.phrase.class {
            ToolClass::Lookup => format!("the {np}"),
            _ => np,
        };
    }
    if changes(&tool.phrase.verb) && !english::is_plural(&np) {
        return format!("the {np}");
    }
    let plural = join(&[&adjectives, english::without_determiner(&super::line::plain(&tool.phrase.object_plural))]);
    // "What orders do I have": they are the user's own.
    let own = wish.reference.is_none() && tool.phrase.ask.iter().any(|ask| ask.ends_with(" do I have") || ask.contains(" my "));
    let identified = wish.reference.is_some() || tool.parameters.iter().any(|leaf| leaf.required && super::refer::is_object(tool, leaf));
    let lists = tool.returns.fields.iter().any(|field| field.pointer.contains("/*") && field.phrase.headline);
    match tool.phrase.class {
        // Who finds looks for one; who lists sees them all.
        ToolClass::Find if plural.is_empty() || ["find", "look", "search"].contains(&tool.phrase.verb.as_str()) => {
            format!("{ARTICLE} {np}")
        }
        ToolClass::Find if wish.reference.is_some() => format!("the {plural}"),
        ToolClass::Find => plural,
        ToolClass::Lookup if lists && !plural.is_empty() => {
            if wish.reference.is_some() {
                format!("the {plural}")
            } else {
                if own { format!("my {plural}") } else { plural }
            }
        }
        ToolClass::Lookup | ToolClass::Compute => format!("the {np}"),
        ToolClass::Control if changes(&tool.phrase.verb) => format!("the {np}"),
        ToolClass::Undo | ToolClass::Control => {
            if identified || tool.phrase.class == ToolClass::Undo {
                format!("the {np}")
            } else {
                format!("{ARTICLE} {np}")
            }
        }
        // What belongs to a known thing is known ("change the phone number for that person").
        ToolClass::Do | ToolClass::Message if wish.reference.is_some() && changes(&tool.phrase.verb) => format!("the {np}"),
        ToolClass::Do if tool.parameters.iter().any(|leaf| leaf.required && super::refer::is_object(tool, leaf)) => format!("the {np}"),
        _ => format!("{ARTICLE} {np}"),
    }
}

/// Verbs that act on what is there already.
fn changes(verb: &str) -> bool {
    [
        "change",
        "update",
        "edit",
        "move",
        "rename",
        "extend",
        "shorten",
        "lower",
        "raise",
        "adjust",
        "switch",
        "reschedule",
        "turn",
        "resize",
        "answer",
        "accept",
        "decline",
    ]
    .contains(&verb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_clause_agrees_with_its_noun() {
        assert_eq!(agreeing("that delivers to the door", true), "that deliver to the door");
        assert_eq!(agreeing("who are at the offer stage", false), "who is at the offer stage");
        assert_eq!(agreeing("in Lisbon that allows pets", true), "in Lisbon that allow pets");
        assert_eq!(agreeing("of that group at that place", false), "of that group at that place");
        assert_eq!(agreeing("at that place", true), "at that place");
    }

    #[test]
    fn a_verb_is_not_said_twice() {
        assert!(says_again("which restaurants deliver", "delivering to 5 Elm Street"));
        assert!(!says_again("which restaurants deliver", "in Lisbon"));
    }
}
