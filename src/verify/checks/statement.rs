//! ## What it does
//! Everything definite that the assistant says must trace to a result, the user's words, the context or the tools' vocabulary: numbers,
//! dates, times, quoted texts, names. After a result, so must every word that is not everyday talk.
//! ## Why it is bad
//! The model would learn to make things up.
//! ## Example
//! "Booked. The wifi password is swordfish."

use super::Check;
use crate::dialogue::Provenance;
use crate::value::english::words_of_identifier;
use crate::value::{self, Hints, SemType, reckon};
use crate::verify::Findings;
use crate::verify::cues::named_before;
use crate::verify::known::Known;
use crate::verify::scene::{Fact, Made, Scene, item_of, length};
use crate::verify::sources::{Chunk, Kind, unexplained};
use crate::verify::told::Told;
use crate::verify::words::{Text, content, empty, everyday};
use serde_json::Value;
use std::ops::Range;

pub(super) struct Statement;

impl Check for Statement {
    fn name(&self) -> &'static str {
        "statement"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for turn in scene.spoken() {
            for chunk in invented(scene, turn) {
                out.add(turn, format!("\"{}\" comes from nowhere", &scene.texts[turn].raw[chunk.span]));
            }
        }
    }
}

fn invented(scene: &Scene, turn: usize) -> Vec<Chunk> {
    let text = &scene.texts[turn];
    let tells = scene.fresh(turn).next().is_some();
    let questions = question_sentences(text);
    // Small talk: no question, no call before or behind it.
    let small_talk = !tells && !text.raw.contains('?') && !scene.calls.iter().any(|made| made.user == scene.user_of(turn));
    let refusal = !tells && super::refused::refuses(text);
    let known = |stem: &str, kind: Kind| match kind {
        Kind::Moment | Kind::Numeral => small_talk,
        Kind::Word => !tells || everyday(stem) || vocabulary(scene, turn, stem),
        Kind::Name if tells => empty(stem) || scene.fresh(turn).filter_map(|made| made.known).any(|known| known.proper.contains(stem)),
        Kind::Name if refusal => true,
        Kind::Name => empty(stem) || vocabulary(scene, turn, stem) || everyday(stem),
        _ => false,
    };
    let mut covered: Vec<Range<usize>> = Vec::new();
    let mut chunks = unexplained(text, &covered, known);
    for stage in [
        fresh_values,
        reckoned_values,
        converted_values,
        asked_options,
        told_limits,
        error_words,
        numbered_nouns,
        other_values,
        mistaken_values,
    ] {
        if chunks.is_empty() {
            return chunks;
        }
        stage(scene, turn, &questions, &mut covered);
        chunks = unexplained(text, &covered, known);
    }
    chunks.retain(|chunk| !counts(scene, turn, chunk) && !repeated(scene, turn, chunk));
    chunks
}

/// Words of the tools that were called so far, and of the user.
fn vocabulary(scene: &Scene, turn: usize, stem: &str) -> bool {
    let called = scene.calls.iter().filter(|made| made.turn < turn).filter_map(|made| made.known);
    called.into_iter().any(|known| known.vocabulary.contains(stem))
        || scene.users_before(turn).any(|user| scene.texts[user].has_stem(stem))
        || (scene.fresh(turn).next().is_none() && scene.tools.iter().any(|known| known.vocabulary.contains(stem)))
}

/// Byte ranges of the sentences that ask.
fn question_sentences(text: &Text) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.raw.char_indices() {
        // "Dr. Morgan or Dr. Alexis?" is one question.
        let title = || text.low[..at].rsplit(' ').next().is_some_and(|word| ["dr", "mr", "mrs", "ms", "prof", "st"].contains(&word));
        if matches!(c, '.' | '!' | '?') && text.raw[at + 1..].chars().next().is_none_or(char::is_whitespace) && !(c == '.' && title()) {
            if c == '?' {
                out.push(start..at + 1);
            }
            start = at + 1;
        }
    }
    out
}

fn fresh_values(scene: &Scene, turn: usize, _: &[Range<usize>], covered: &mut Vec<Range<usize>>) {
    for made in scene.fresh(turn) {
        for fact in &made.facts {
            covered.extend(scene.find(turn, fact.value, made.field(fact)).iter().cloned());
        }
        for arg in &made.args {
            covered.extend(scene.find(turn, arg.value, made.leaf(arg)).iter().cloned());
        }
    }
}

/// What the coming call takes, and what was reckoned for it from the user's words; a date also where no call came of it.
fn reckoned_values(scene: &Scene, turn: usize, _: &[Range<usize>], covered: &mut Vec<Range<usize>>) {
    covered.extend(shifted_dates(scene, turn));
    for made in scene.calls.iter().filter(|made| made.turn > turn && scene.opening(made) < turn) {
        for arg in made.args.iter().filter(|arg| matches!(arg.source, Some(Provenance::Derived { .. }))) {
            covered.extend(scene.find(turn, arg.value, made.leaf(arg)).iter().cloned());
        }
    }
}

/// Dates that are as many days after one of the user's as the user says, in the request that is spoken of.
fn shifted_dates(scene: &Scene, turn: usize) -> Vec<Range<usize>> {
    let first = scene.dialogue.goals.iter().rfind(|goal| goal.turn < turn).map_or(0, |goal| goal.turn);
    let said: Vec<&str> = scene.users_before(turn).filter(|user| *user >= first).map(|user| scene.texts[user].raw).collect();
    let days: Vec<i64> = said.iter().flat_map(|text| value::find_shifts(text)).map(|(_, days)| days).collect();
    if days.is_empty() {
        return Vec::new();
    }
    let read = |text: &str| value::read(text, SemType::Date, Hints::default(), &scene.say);
    let date = |reading: &value::Reading| reading.value.as_str().and_then(|date| date.parse::<jiff::civil::Date>().ok());
    let given: Vec<jiff::civil::Date> = said.iter().flat_map(|text| read(text)).filter_map(|reading| date(&reading)).collect();
    let meant = |told: jiff::civil::Date| {
        let later = |from: &jiff::civil::Date, days: &i64| from.checked_add(jiff::Span::new().days(*days)).ok();
        given.iter().any(|from| days.iter().any(|days| later(from, days) == Some(told)))
    };
    read(scene.texts[turn].raw).into_iter().filter(|reading| date(reading).is_some_and(meant)).map(|reading| reading.span).collect()
}

/// A measure that the user said in another unit: "24.85 miles" for 40 km, until it is done.
fn converted_values(scene: &Scene, turn: usize, _: &[Range<usize>], covered: &mut Vec<Range<usize>>) {
    let first = scene.dialogue.goals.iter().rfind(|goal| goal.turn < turn).map_or(0, |goal| goal.turn);
    let said: Vec<_> =
        scene.users_before(turn).filter(|user| *user >= first).flat_map(|user| reckon::measures(scene.texts[user].raw)).collect();
    for (span, amount, unit) in reckon::measures(scene.texts[turn].raw) {
        let same = |whole: bool| said.iter().any(|(_, given, of)| reckon::converted(given, of, unit, whole).as_ref() == Some(&amount));
        if same(false) || same(true) {
            covered.push(span);
        }
    }
}

/// A question may name the choices of an enum.
fn asked_options(scene: &Scene, turn: usize, questions: &[Range<usize>], covered: &mut Vec<Range<usize>>) {
    let text = &scene.texts[turn];
    for word in &text.words {
        let span = word.start..word.end;
        let asked = questions.iter().any(|question| question.start <= span.start && span.end <= question.end);
        if asked && scene.tools.iter().any(|known| known.options.contains(text.stem(word)) || known.vocabulary.contains(text.stem(word))) {
            covered.push(span);
        }
    }
}

/// Who turns an answer down names the bounds or the choices of what was asked for.
fn told_limits(scene: &Scene, turn: usize, _: &[Range<usize>], covered: &mut Vec<Range<usize>>) {
    for (leaf, _) in super::limited::asked_for(scene, turn) {
        let bounds = ["minimum", "maximum"].into_iter().filter_map(|key| leaf.schema.get(key));
        let choices = leaf.schema.get("enum").and_then(Value::as_array).into_iter().flatten();
        covered.extend(bounds.chain(choices).flat_map(|value| scene.find(turn, value, Some(leaf)).to_vec()));
    }
}

/// The words of an error that just came back.
fn error_words(scene: &Scene, turn: usize, _: &[Range<usize>], covered: &mut Vec<Range<usize>>) {
    let text = &scene.texts[turn];
    for made in scene.fresh(turn).filter(|made| made.failed()) {
        let message = made.result.and_then(|result| result.value.pointer("/error/message")).and_then(Value::as_str).unwrap_or_default();
        let said = Text::new(message);
        let matching = text.words.iter().filter(|word| said.stems().any(|stem| stem == text.stem(word)));
        covered.extend(matching.map(|word| word.start..word.end));
    }
}

/// "The last four digits": the number belongs to the noun.
fn numbered_nouns(scene: &Scene, turn: usize, _: &[Range<usize>], covered: &mut Vec<Range<usize>>) {
    let text = &scene.texts[turn];
    for known in scene.fresh(turn).filter_map(|made| made.known) {
        for noun in known.tool.returns.fields.iter().map(|field| field.phrase.noun.to_lowercase()) {
            covered.extend(text.find_phrases(&noun));
        }
    }
}

/// What was taken for something else by a call that was made by mistake.
fn mistaken_values(scene: &Scene, turn: usize, _: &[Range<usize>], covered: &mut Vec<Range<usize>>) {
    covered.extend(mistaken(scene, turn));
}

/// Words by which a mistake is owned.
const OWNED: [&str; 15] = [
    "mistake",
    "wrong",
    "first try",
    "one try",
    "at first",
    "i first",
    "instead",
    "rather",
    "misread",
    "slipped up",
    "mixed up",
    "correct myself",
    "oops",
    "sorry",
    "not what you",
];

/// Where the wrong values of such calls stand in sentences that own the mistake.
pub(super) fn mistaken(scene: &Scene, turn: usize) -> Vec<Range<usize>> {
    let user = scene.user_of(turn);
    let mut covered = Vec::new();
    for made in scene.calls.iter().filter(|made| made.turn < turn && made.turn > user) {
        for arg in made.args.iter().filter(|arg| made.at_fault(&arg.pointer)) {
            covered.extend(scene.find(turn, arg.value, made.leaf(arg)).iter().cloned());
        }
    }
    covered.retain(|range: &Range<usize>| owned(&scene.texts[turn], range));
    covered
}

fn owned(text: &Text, range: &Range<usize>) -> bool {
    let Some(sentence) = text.words.get(text.word_at(range.start)).map(|word| word.sentence) else { return false };
    let mut words = text.words.iter().filter(|word| word.sentence == sentence);
    let Some(first) = words.next() else { return false };
    let end = words.next_back().map_or(first.end, |last| last.end);
    Text::new(&text.raw[first.start..end]).has_any(&OWNED)
}

/// What older results, the user's words and the context hold.
fn other_values(scene: &Scene, turn: usize, _: &[Range<usize>], covered: &mut Vec<Range<usize>>) {
    let user = scene.user_of(turn);
    // Who tells of a fresh result takes no number from an older one.
    let tells = scene.fresh(turn).any(|made| made.turn > user);
    let stale = |made: &Made, value: &Value| tells && made.turn < user && value.is_number();
    for made in &scene.calls {
        if made.turn < user {
            for fact in made.facts.iter().filter(|fact| !stale(made, fact.value) && !outdated(scene, turn, made, fact)) {
                covered.extend(scene.find(turn, fact.value, made.field(fact)).iter().cloned());
            }
        }
        // Arguments of calls to come, when the user has said them or this very turn proposes them.
        let said = |source: &crate::dialogue::Provenance| match source {
            crate::dialogue::Provenance::UserTurn { turn: said, .. } => *said < turn,
            crate::dialogue::Provenance::AssistantOffer { turn: said, .. } => *said <= turn,
            crate::dialogue::Provenance::Context { .. } => true,
            _ => made.turn < turn,
        };
        for arg in made.args.iter().filter(|arg| !stale(made, arg.value) && arg.source.is_some_and(said)) {
            covered.extend(scene.find(turn, arg.value, made.leaf(arg)).iter().cloned());
        }
    }
    covered.extend(super::policy::amounts(scene, turn));
    let today = Value::String(scene.dialogue.context.today.clone());
    covered.extend(value::find(scene.texts[turn].raw, &today, SemType::Date, Hints::default(), &scene.say));
    for known in scene.dialogue.context.user.values() {
        covered.extend(scene.texts[turn].find_phrase(&known.to_ascii_lowercase()));
    }
}

/// A newer call of the same tool gave another value in the same place.
fn outdated(scene: &Scene, turn: usize, made: &Made, fact: &Fact) -> bool {
    let mut newer = scene.fresh(turn).filter(|other| other.call.tool == made.call.tool && !other.failed()).peekable();
    newer.peek().is_some()
        && newer.all(|other| other.fact(&fact.pointer).is_some() && !other.facts.iter().any(|one| one.value == fact.value))
        && item_of(&fact.pointer).is_none()
}

/// How many there are: of items in a result, of items told, of calls made.
fn counts(scene: &Scene, turn: usize, chunk: &Chunk) -> bool {
    let words = &scene.texts[turn].low[chunk.span.clone()];
    counts_items(scene, turn, &chunk.span, words)
        || is_count(scene, turn, words)
            && !names_field(scene, turn, &chunk.span)
            && !of_item(scene, turn, &chunk.span)
            && !miscounted(scene, turn, &chunk.span, words)
}

/// The words behind the number speak of what a fresh result lists, and it lists another number of them.
fn miscounted(scene: &Scene, turn: usize, span: &Range<usize>, words: &str) -> bool {
    let Some(number) = number(words) else { return false };
    let text = &scene.texts[turn];
    let behind = text.words.get(text.word_at(span.end.saturating_sub(1)) + 1).map(|word| text.stem(word));
    let called = |name: &str| content(&name.to_lowercase()).last().map(String::as_str) == behind;
    let lists = |made: &Made| made.facts.iter().filter_map(|fact| item_of(&fact.pointer)).any(|(list, _)| called(&list_name(list)));
    let counted = |made: &&Made| lists(made) || made.known.is_some_and(|known| called(&known.tool.phrase.object_plural));
    let mut alike = scene.fresh(turn).filter(|made| !made.failed()).filter(counted).peekable();
    behind.is_some()
        && alike.peek().is_some()
        && alike.all(|made| {
            let mut lists: Vec<&str> = made.facts.iter().filter_map(|fact| item_of(&fact.pointer)).map(|(list, _)| list).collect();
            lists.dedup();
            let amounts = |list: &&str| {
                let (all, told) = (length(made.result, list), super::selected::told(scene, made, list, usize::MAX).len());
                all == number || told == number
            };
            !lists.is_empty() && !lists.iter().any(amounts)
        })
}

/// The words of the name of a list: "line items" of `/order/lineItems`.
fn list_name(list: &str) -> String {
    words_of_identifier(list.rsplit('/').next().unwrap_or_default()).join(" ")
}

/// "4 members" where a fresh result lists four, and its tool speaks of members.
fn counts_items(scene: &Scene, turn: usize, span: &Range<usize>, words: &str) -> bool {
    let text = &scene.texts[turn];
    let behind: Vec<&str> = text.words[text.words.len().min(text.word_at(span.end.saturating_sub(1)) + 1)..]
        .iter()
        .take(3)
        .map(|word| text.stem(word))
        .collect();
    let fresh: Vec<&Made> = scene.fresh(turn).filter(|made| !made.failed()).collect();
    let told = Told::of(scene, turn, &fresh);
    fresh.iter().any(|made| {
        let items = || told.names.iter().any(|name| name.call == made.call.id);
        let named =
            |known: &Known| content(&known.tool.phrase.object_plural.to_lowercase()).iter().any(|stem| behind.contains(&stem.as_str()));
        let listed = || {
            made.facts.iter().filter_map(|fact| item_of(&fact.pointer)).any(|(list, _)| Some(length(made.result, list)) == number(words))
        };
        made.known.is_some_and(named) && listed() && items() && !of_item(scene, turn, span)
    })
}

/// The number stands behind the name of an item in the same sentence, so that it is told of the item.
fn of_item(scene: &Scene, turn: usize, span: &Range<usize>) -> bool {
    let fresh: Vec<&Made> = scene.fresh(turn).filter(|made| !made.failed()).collect();
    let told = Told::of(scene, turn, &fresh);
    told.names.iter().any(|name| name.span.end <= span.start && told.together(scene, turn, name, span))
}

/// The words beside a number name a field of a fresh result, so that it counts nothing else.
fn names_field(scene: &Scene, turn: usize, span: &Range<usize>) -> bool {
    scene.fresh(turn).filter(|made| !made.failed()).any(|made| {
        made.facts.iter().filter(|fact| fact.value.is_number()).any(|fact| match (made.known, fact.field) {
            (Some(known), Some(field)) => {
                let cues = &known.field_cues[field];
                let alone = item_of(&fact.pointer).is_none();
                named_before(scene, turn, span, cues) > 0.75 || (alone && counted_behind(scene, turn, span, known, field))
            }
            _ => false,
        })
    })
}

/// "2 attachments" where the result says how many attachments there are, and lists none.
fn counted_behind(scene: &Scene, turn: usize, span: &Range<usize>, known: &Known, field: usize) -> bool {
    let text = &scene.texts[turn];
    let noun = known.tool.returns.fields[field].phrase.noun.to_lowercase();
    let Some(counted) = content(noun.strip_prefix("number of ").unwrap_or(&noun)).into_iter().next() else { return false };
    let behind = text.words.get(text.word_at(span.end.saturating_sub(1)) + 1);
    behind.is_some_and(|word| text.stem(word) == counted)
}

/// The same for words.
pub(super) fn is_count(scene: &Scene, turn: usize, words: &str) -> bool {
    let Some(number) = number(words) else { return false };
    if number > 1 && number == scene.fresh(turn).count() {
        return true;
    }
    let user = scene.user_of(turn);
    let tells = scene.calls.iter().any(|made| made.turn < turn && made.turn > user);
    scene.calls.iter().filter(|made| made.turn < turn && (made.turn > user || (number > 1 && !tells))).any(|made| {
        let mut lists: Vec<&str> = made.facts.iter().filter_map(|fact| item_of(&fact.pointer)).map(|(list, _)| list).collect();
        lists.dedup();
        // One told in another list as well may count there.
        let spare = usize::from(scene.fresh(turn).count() > 1);
        let shown = number > 0
            && lists.iter().any(|list| (number..=number + spare).contains(&super::selected::told(scene, made, list, usize::MAX).len()));
        lists.iter().any(|list| length(made.result, list) == number) || shown
    })
}

fn number(low: &str) -> Option<usize> {
    const WORDS: [&str; 13] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    low.parse().ok().or_else(|| WORDS.iter().position(|word| *word == low))
}

/// What stands between the spaces around a place, without the marks at its ends.
fn word_around<'t>(text: &'t str, span: &Range<usize>) -> &'t str {
    let start = text[..span.start].rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let end = text[span.end..].find(char::is_whitespace).map_or(text.len(), |at| span.end + at);
    text[start..end].trim_matches(|c: char| !c.is_alphanumeric())
}

/// The user said the same: in the same words, or as another form of the same value.
fn repeated(scene: &Scene, turn: usize, chunk: &Chunk) -> bool {
    let text = &scene.texts[turn];
    let words = &text.low[chunk.span.clone()];
    let earlier = || scene.users_before(turn).chain([0]);
    // A short number may be part of something else: it has to be read as the same value.
    let telling = chunk.kind != Kind::Digit || words.len() > 3;
    if telling && earlier().any(|user| scene.texts[user].has(words)) {
        return true;
    }
    // A part of a name that is written as one word: "mp3" of "interview_2.mp3".
    let whole = word_around(&text.low, &chunk.span);
    if whole.len() > words.len() && whole.contains(['_', '.', '/']) && earlier().any(|user| scene.texts[user].low.contains(whole)) {
        return true;
    }
    if matches!(chunk.kind, Kind::Word | Kind::Name) {
        let stems = content(words);
        if !stems.is_empty() && earlier().any(|user| stems.iter().all(|stem| scene.texts[user].has_stem(stem))) {
            return true;
        }
    }
    use SemType::{City, CountPeople, Country, Date, Datetime, Duration, Money, Number, Phone, Time};
    let closed: &[SemType] = match chunk.kind {
        Kind::Word => &[],
        // "LA" is Los Angeles.
        Kind::Name => &[City, Country],
        _ => &[Date, Time, Datetime, Money, Duration, CountPeople, Number, Phone],
    };
    closed.iter().any(|sem| {
        let read = |raw: &str| value::read(raw, *sem, Hints::default(), &scene.say);
        let here: Vec<_> = read(text.raw)
            .into_iter()
            .filter(|reading| reading.span.start <= chunk.span.start && chunk.span.end <= reading.span.end)
            .collect();
        !here.is_empty()
            && scene.users_before(turn).any(|user| {
                read(scene.texts[user].raw).iter().any(|said| here.iter().any(|one| value::same(&one.value, &said.value, *sem)))
            })
    })
}
