//! ## What it does
//! Compares the user's request with every offered tool that would accept the same arguments; the called one must fit the words best.
//! Calls that only feed a later call of the same turn are excused: nobody asks for them by name.
//! ## Why it is bad
//! The right arguments in the wrong tool do the wrong thing.
//! ## Example
//! "Cancel my booking" answered with `get_booking`, which takes the same id.

use super::Check;
use crate::catalog::ToolClass;
use crate::dialogue::Provenance;
use crate::value::SemType;
use crate::verify::Findings;
use crate::verify::known::Known;
use crate::verify::scene::{Made, Scene};
use crate::verify::words::{Text, empty, everyday};
use rustc_hash::FxHashSet;

pub(super) struct Intent;

impl Check for Intent {
    fn name(&self) -> &'static str {
        "intent"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for made in scene.calls.iter().filter(|made| !made.misdirected()) {
            let Some(own) = made.known.filter(|_| !feeds(scene, made)) else { continue };
            // The other requests of the same breath are answered by their own calls.
            let called =
                |name: &str| scene.calls.iter().any(|other| other.user == made.user && other.call.tool == name && !other.misdirected());
            let rivals: Vec<&Known> = scene
                .offered(made.turn)
                .filter(|rival| !called(rival.name()) && rival.parameters.is_some() && rival.accepts(&made.call.arguments))
                .collect();
            if rivals.is_empty() {
                continue;
            }
            let whole = request(scene, made);
            let own_words = sentence(scene, made);
            let asked = own_words.as_ref().map_or(whole, |text| text.stems().collect());
            let (mine, words) = fit(scene, &asked, own);
            for rival in rivals {
                let (other, other_words) = fit(scene, &asked, rival);
                // A synonym of the verb alone decides nothing.
                let told_apart = other_words > words || other - other_words > mine - words + 2.0;
                let by_verb = other_words >= words - 0.01 && mine - words == 0.0 && other > other_words;
                if (other > mine * 1.25 + 0.8 && told_apart) || by_verb {
                    out.add(
                        made.turn,
                        format!("the user's words fit `{}` better than `{}` ({other:.1} to {mine:.1})", rival.name(), own.name()),
                    );
                    break;
                }
            }
        }
    }
}

/// Whether a later call of the same turn builds on the result.
pub(super) fn feeds(scene: &Scene, made: &Made) -> bool {
    scene
        .calls
        .iter()
        .filter(|later| later.user == made.user && later.turn > made.turn)
        .flat_map(|later| &later.args)
        .any(|arg| arg.source.and_then(Provenance::result).is_some_and(|(call, _)| call == made.call.id))
}

/// The first sentence of the request in which a value of the call is said, when it has one of the verbs of an offered tool.
fn sentence<'s>(scene: &Scene<'s>, made: &Made) -> Option<Text<'s>> {
    let opening = scene.opening(made);
    let all = crate::verify::sources::said(scene);
    let shared = |one: &crate::verify::sources::Said| {
        all.iter().any(|other| other.made.call.id != made.call.id && other.turn == one.turn && other.span == one.span)
    };
    let own = all.iter().filter(|one| one.made.call.id == made.call.id && one.turn == opening && !shared(one));
    let first = own.min_by_key(|one| one.span.start)?;
    let text = crate::verify::left_out::sentence_at(scene, opening, first.span.start);
    scene.tools.iter().any(|tool| text.stems().any(|stem| tool.sense.verbs.contains(stem))).then_some(text)
}

/// The stems of the user's turns from the request that the call serves.
fn request<'s>(scene: &'s Scene, made: &Made) -> FxHashSet<&'s str> {
    let from = scene.opening(made);
    let turns = scene.users_before(made.turn).take_while(move |turn| *turn >= from);
    turns.flat_map(|turn| scene.texts[turn].stems()).collect()
}

/// How well words fit a tool: rare words among the offered tools count more, verb and object most. First all points, then those of other
/// words than the verb.
fn fit(scene: &Scene, asked: &FxHashSet<&str>, tool: &Known) -> (f32, f32) {
    let (mut points, mut verb) = (0.0, 0.0);
    for stem in asked {
        if tool.sense.verbs.contains(*stem) && verb == 0.0 {
            // Synonyms are shared by many tools.
            let rivals = scene.tools.iter().filter(|other| other.sense.verbs.contains(*stem)).count();
            verb = 1.2 * rarity(scene, rivals);
        }
        if empty(stem) {
            continue;
        }
        let weight = if tool.sense.strong.contains(*stem) {
            1.5
        } else if tool.sense.description.contains(*stem) {
            0.6
        } else {
            continue;
        };
        let rivals =
            scene.tools.iter().filter(|other| other.sense.strong.contains(*stem) || other.sense.description.contains(*stem)).count();
        points += weight * rarity(scene, rivals);
    }
    (points + verb, points)
}

fn rarity(scene: &Scene, having: usize) -> f32 {
    (1.0 + scene.tools.len() as f32 / having.max(1) as f32).ln()
}

/// Nouns that name nothing by themselves.
const VAGUE: [&str; 16] = [
    "detail",
    "information",
    "info",
    "status",
    "list",
    "item",
    "result",
    "record",
    "data",
    "summar",
    "thing",
    "option",
    "entr",
    "number",
    "it",
    "",
];

/// Whether words clearly ask for what a tool does: by its verb or a synonym with its object, by one of its questions, or by its verb with
/// an identifier of the kind that it takes.
pub(in crate::verify) fn serves(text: &Text, tool: &Known) -> bool {
    let sense = &tool.sense;
    let asked = |(phrase, stems): &(String, Vec<String>)| {
        (phrase.contains(' ') && text.has(phrase)) || (stems.len() >= 2 && stems.iter().all(|stem| text.has_stem(stem)))
    };
    if sense.asks.iter().any(asked) {
        return true;
    }
    let verb = verb_at(text, tool).is_some();
    // "Book club" is a name.
    let names = |at: usize| text.stem(&text.words[at]) == sense.head && (text.words[at].opens_sentence || !text.words[at].capital);
    let head = (0..text.words.len()).any(|at| names(at) && !is_label(text, at));
    let vague = VAGUE.contains(&sense.head.as_str());
    if vague && head && governed(text, tool) {
        return true;
    }
    let looks = matches!(tool.tool.phrase.class, ToolClass::Find | ToolClass::Lookup);
    if looks && head && asked_for(text, tool) && (text.has_any(&LOOKING) || text.has_any(&WANTING)) && (!vague || !foreign(text, tool)) {
        return true;
    }
    if bare(text, tool) {
        return true;
    }
    let more = || text.stems().any(|stem| stem != sense.head && !sense.verbs.contains(stem) && !empty(stem) && sense.strong.contains(stem));
    if verb && ((head && !vague) || (vague && more() && (head || sense.object.is_empty()))) {
        return true;
    }
    (verb || head) && (head || more()) && takes_id(text, tool)
}

/// "Cancel it", "look them up": the tool does that with an identifier. Where nothing was found before, "make it stop" means nothing that
/// is known.
pub(in crate::verify) fn serves_pointed(scene: &Scene, turn: usize, tool: &Known) -> bool {
    let text = &scene.texts[turn];
    let found = scene.calls.iter().any(|made| made.turn < turn);
    let low = |at: usize| text.words.get(at).map(|word| text.low(word));
    let ends = |at: usize| low(at + 1).is_none_or(|next| matches!(next, "please" | "for" | "now" | "up" | "off" | "on"));
    let pointed = |verb: usize| {
        let mut behind = (verb + 1..text.words.len())
            .take(6)
            .take_while(|at| !low(*at).is_some_and(|word| matches!(word, "and" | "can" | "could" | "if" | "because")));
        behind.find(|at| low(*at).is_some_and(|word| matches!(word, "it" | "them" | "those"))).is_some_and(|at| found || ends(at))
    };
    !tool.ids.is_empty() && verb_at(text, tool).is_some_and(pointed)
}

/// The tool's verb and the head of its object, with nothing but the tool's own words in between ("update info", "add an item").
fn governed(text: &Text, tool: &Known) -> bool {
    let own = |at: usize| {
        let stem = text.stem(&text.words[at]);
        empty(stem) || tool.sense.strong.contains(stem) || tool.tool.phrase.particle.as_deref() == Some(text.low(&text.words[at]))
    };
    let heads = (0..text.words.len()).filter(|at| text.stem(&text.words[*at]) == tool.sense.head);
    heads.into_iter().any(|head| {
        let from = head.saturating_sub(5);
        let verb = (from..head).rev().find(|at| !own(*at) || tool.sense.verbs.contains(text.stem(&text.words[*at])));
        let next = text.words.get(head + 1).filter(|next| next.clause == text.words[head].clause);
        // "Info desk" is another thing.
        let ends = next.is_none_or(|next| everyday(text.stem(next)) || next.digit || next.capital);
        ends && verb
            .is_some_and(|at| tool.sense.verbs.contains(text.stem(&text.words[at])) && text.words[at].sentence == text.words[head].sentence)
    })
}

/// The head of the tool's object is what is asked for: no other act governs it, and it is no part of another noun.
fn asked_for(text: &Text, tool: &Known) -> bool {
    let mut heads = (0..text.words.len()).filter(|at| text.stem(&text.words[*at]) == tool.sense.head && !is_label(text, *at));
    heads.any(|head| {
        let known = |at: usize| {
            let stem = text.stem(&text.words[at]);
            empty(stem) || tool.sense.strong.contains(stem) || text.words[at].capital || text.words[at].digit
        };
        let before = (0..head).rev().take_while(|at| text.words[*at].sentence == text.words[head].sentence).find(|at| !known(*at));
        let looks = |at: usize| {
            let low = text.low(&text.words[at]);
            tool.sense.verbs.contains(text.stem(&text.words[at])) || !ACTS.contains(&crate::verify::words::stem(low))
        };
        if beside(text, head, tool) {
            return false;
        }
        let next = text.words.get(head + 1).filter(|next| next.clause == text.words[head].clause);
        let bent = |low: &str| low.ends_with("ing") || low.ends_with("ed");
        let ends = next.is_none_or(|next| {
            let stem = text.stem(next);
            everyday(stem) || bent(text.low(next)) || next.digit || next.capital || tool.requests.contains(stem)
        });
        ends && before.is_none_or(looks)
    })
}

/// A word that only tells of what the next one is ("the movie name Kite"), or that looks like another ("get rid of it").
fn is_label(text: &Text, at: usize) -> bool {
    let labels = ["name", "title", "type"];
    let next = text.words.get(at + 1).filter(|next| next.clause == text.words[at].clause);
    text.low(&text.words[at]) == "rid" || next.is_some_and(|next| labels.contains(&text.low(next)))
}

/// A preposition makes the noun at `head` a circumstance of something else ("a poem for a card").
fn beside(text: &Text, head: usize, tool: &Known) -> bool {
    let own = |at: usize| {
        let word = &text.words[at];
        matches!(text.low(word), "a" | "an" | "the" | "my" | "any" | "some" | "that" | "this" | "all")
            || tool.sense.strong.contains(text.stem(word))
    };
    let before = (0..head).rev().find(|at| !own(*at)).filter(|at| text.words[*at].sentence == text.words[head].sentence);
    let Some(at) = before.filter(|at| matches!(text.low(&text.words[*at]), "for" | "about" | "with" | "from" | "by")) else { return false };
    let leads = ["look", "option", "search", "ask", "hunt", "after", "check", "brows", "shop", "is", "are"];
    at == 0 || !leads.contains(&text.stem(&text.words[at - 1]))
}

/// Verbs of acts, as stems: who wants one of them wants nothing shown.
const ACTS: [&str; 30] = [
    "delet",
    "remov",
    "cancel",
    "creat",
    "updat",
    "add",
    "send",
    "book",
    "order",
    "buy",
    "pay",
    "renam",
    "mov",
    "shar",
    "clear",
    "edit",
    "chang",
    "sav",
    "play",
    "start",
    "stop",
    "turn",
    "switch",
    "upload",
    "download",
    "post",
    "follow",
    "unfollow",
    "reserv",
    "reschedul",
];

/// The sentence that has the head of the tool's object speaks of something else as well, that the tool does not know.
fn foreign(text: &Text, tool: &Known) -> bool {
    let Some(head) = text.words.iter().find(|word| text.stem(word) == tool.sense.head) else { return true };
    text.words.iter().filter(|word| word.sentence == head.sentence && !word.digit).any(|word| {
        let stem = text.stem(word);
        // What is written in capitals is a code.
        let code = text.raw[word.start..word.end].bytes().all(|b| b.is_ascii_uppercase()) && word.end - word.start > 1;
        !code && !everyday(stem) && !tool.requests.contains(stem)
    })
}

/// The first place of one of the tool's verbs; "give" and "tell" only where something is to be given or told to the speaker.
pub(super) fn verb_at(text: &Text, tool: &Known) -> Option<usize> {
    text.words.iter().enumerate().position(|(at, word)| {
        let dative = matches!(text.low(word), "give" | "tell" | "send" | "show");
        let to_me = || text.words.get(at + 1).is_some_and(|next| matches!(text.low(next), "me" | "us"));
        let own = || text.stem(word) == crate::verify::words::stem(&tool.tool.phrase.verb.to_lowercase());
        let names = matches!(text.low(word), "called" | "named");
        let sets_up = text.low(word) == "set"
            && text.words.get(at + 1).is_some_and(|next| text.low(next) == "up")
            && !tool.sense.verbs.contains("creat");
        !names && !sets_up && tool.sense.verbs.contains(text.stem(word)) && (!dative || own() || to_me())
    })
}

/// The tool's own verb with nothing but values of its parameters: "pick 34E on BKG-270090", "look up 48 Monroe Boulevard".
fn bare(text: &Text, tool: &Known) -> bool {
    let phrase = &tool.tool.phrase;
    let verb = match &phrase.particle {
        Some(particle) => format!("{} {particle}", phrase.verb).to_lowercase(),
        None => phrase.verb.to_lowercase(),
    };
    let Some(at) = text.find_phrase(&verb) else { return false };
    let (mut fitting, mut open) = (false, false);
    for token in text.raw[at.end..].split(|c: char| c.is_whitespace()).filter(|token| !token.is_empty()) {
        let ends = token.ends_with(['.', '?', '!', ',']);
        let word = token.trim_matches(|c: char| !c.is_alphanumeric());
        let low = word.to_ascii_lowercase();
        if tool.codes.iter().any(|code| code.is_match(word)) {
            fitting = true;
        } else if word.starts_with(|c: char| c.is_ascii_digit())
            && tool.tool.parameters.iter().any(|leaf| leaf.required && leaf.sem == SemType::Address)
        {
            (fitting, open) = (true, true);
        } else if !(everyday(super::super::words::stem(&low)) || (open && word.starts_with(char::is_uppercase))) {
            return false;
        }
        if ends {
            break;
        }
    }
    fitting
}

/// Words of somebody who wants a thing found.
const WANTING: [&str; 13] = [
    "need",
    "want",
    "like",
    "interested in",
    "after",
    "is there",
    "have you got",
    "do you have",
    "prefer",
    "love",
    "could use",
    "curious",
    "wonder",
];

/// Words of somebody who wants to be shown something, whatever the verb.
const LOOKING: [&str; 12] =
    ["any", "what", "which", "are there", "is there", "looking for", "find", "show", "see", "list", "bring up", "pull up"];

/// The text has an identifier that the tool takes.
fn takes_id(text: &Text, tool: &Known) -> bool {
    let mut tokens = text
        .raw
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '?' | '!' | '"' | ';' | '(' | ')'))
        .map(|token| token.trim_end_matches('.'));
    !tool.ids.is_empty()
        && tokens.any(|token| token.len() > 3 && token.bytes().any(|b| b.is_ascii_digit()) && tool.ids.iter().any(|id| id.is_match(token)))
}
