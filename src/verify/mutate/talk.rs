//! Mutations of what the assistant says.

use super::edit::{pick, tellings};
use super::values::{other, told, tool};
use crate::dialogue::{Dialogue, Outcome, pattern};
use crate::seed::Rng;
use crate::verify::scene::item_of;
use rand::RngExt;
use serde_json::Value;

const INVENTIONS: [&str; 24] = [
    "The wifi password is swordfish.",
    "It also comes with a complimentary fruit basket.",
    "There's a dress code, by the way.",
    "You've earned 350 loyalty points.",
    "Ask for Mr. Halloran at the desk.",
    "A deposit of $75 was charged.",
    "It's on the fourteenth floor.",
    "The manager is Priya Raman.",
    "They were founded in 1987.",
    "A discount of 15% was applied.",
    "The dominant color is turquoise.",
    "Bring an umbrella.",
    "Your driver speaks Portuguese.",
    "It was repainted last spring.",
    "The warranty covers scratches.",
    "Its nickname is \"Old Betsy\".",
    "Parking costs $12 there.",
    "The runner-up was Stockholm.",
    "They also serve vegan pastries.",
    "Your locker number is 48.",
    "The ceiling is made of copper.",
    "Guests praise its jacuzzi.",
    "It weighs 900 grams.",
    "Helicopters are forbidden.",
];

/// One more sentence, with a fact that no result has.
pub(super) fn field_invented(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let all: Vec<usize> = tellings(dialogue).into_iter().map(|(turn, _)| turn).collect();
    let turn = *pick(&all, rng)?;
    let mut out = dialogue.clone();
    let text = &mut out.turns[turn].text;
    let invention = INVENTIONS[rng.random_range(0..INVENTIONS.len())];
    *text = if rng.random_bool(0.5) { format!("{text} {invention}") } else { format!("{invention} {text}") };
    Some(out)
}

/// Another number than the result's is told.
pub(super) fn number_changed(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    retell(
        dialogue,
        rng,
        |value| value.is_number(),
        |text, rng| {
            let digits: Vec<usize> = text.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()).map(|(at, _)| at).collect();
            let at = *pick(&digits, rng)?;
            let new = (text.as_bytes()[at] - b'0' + rng.random_range(1..=9)) % 10;
            let changed = format!("{}{new}{}", &text[..at], &text[at + 1..]);
            // A leading zero would be no other number.
            (!changed.trim_start_matches(['$', '€', '£']).starts_with('0')).then_some(changed)
        },
    )
}

/// Another name, id or date than the result's is told.
pub(super) fn name_changed(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let copy = dialogue.clone();
    retell(
        dialogue,
        rng,
        |value| value.as_str().is_some_and(|said| said.len() > 2),
        |text, rng| other(&copy, &Value::String(text.to_string()), None, rng)?.as_str().map(str::to_string),
    )
}

/// Says one told fact otherwise; a value that is but a word of a tool's own sentence of success is none.
fn retell(
    dialogue: &Dialogue,
    rng: &mut Rng,
    wanted: impl Fn(&Value) -> bool,
    change: impl Fn(&str, &mut Rng) -> Option<String>,
) -> Option<Dialogue> {
    let all = tellings(dialogue);
    let (turn, calls) = pick(&all, rng)?;
    let facts: Vec<_> =
        told(dialogue, *turn, calls).into_iter().filter(|fact| wanted(&fact.value) && stated(dialogue, *turn, fact)).collect();
    let fact = pick(&facts, rng)?;
    let words = dialogue.turns[*turn].text.get(fact.span.clone())?;
    let new = change(words, rng)?;
    let mut out = dialogue.clone();
    out.turns[*turn].text.replace_range(fact.span.clone(), &new);
    // What stands in another result, or in the user's words, would be as well founded.
    let low = new.to_lowercase();
    let elsewhere = dialogue.turns[..*turn].iter().any(|said| said.text.to_lowercase().contains(&low))
        || dialogue.turns[..*turn]
            .iter()
            .flat_map(|said| &said.results)
            .any(|result| result.value.to_string().to_lowercase().contains(&low));
    (!elsewhere).then_some(out)
}

/// The value is told as a fact, and is no word of a sentence that says what was done.
fn stated(dialogue: &Dialogue, turn: usize, fact: &super::values::Told) -> bool {
    let call = dialogue.calls().find(|call| call.id == fact.call);
    let tool = call.and_then(|call| dialogue.tool(&call.tool)).and_then(tool);
    tool.is_some_and(|tool| super::flow::states(dialogue, turn, &tool, &fact.span))
}

/// Two facts of one kind change places in the words.
pub(super) fn facts_swapped(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let all = tellings(dialogue);
    let (turn, calls) = pick(&all, rng)?;
    let facts: Vec<_> = told(dialogue, *turn, calls).into_iter().filter(|fact| stated(dialogue, *turn, fact)).collect();
    let mut pairs = Vec::new();
    for (at, a) in facts.iter().enumerate() {
        for b in &facts[at + 1..] {
            let apart = a.span.end <= b.span.start || b.span.end <= a.span.start;
            let kind = a.sem == b.sem && a.value.is_string() == b.value.is_string() && a.value != b.value;
            // Of the names of a list, the order alone would change.
            let attributes = match (item_of(&a.pointer), item_of(&b.pointer)) {
                (Some((one, i)), Some((two, j))) => {
                    a.call == b.call
                        && one == two
                        && i != j
                        && pattern(&a.pointer) == pattern(&b.pointer)
                        && !a.headline
                        && named(&facts, one, i)
                        && named(&facts, two, j)
                }
                (None, None) => a.call == b.call && a.pointer != b.pointer && !a.headline,
                _ => false,
            };
            if apart && kind && attributes {
                pairs.push((a.span.clone(), b.span.clone()));
            }
        }
    }
    let (a, b) = pick(&pairs, rng)?.clone();
    let (first, second) = if a.start < b.start { (a, b) } else { (b, a) };
    let text = &dialogue.turns[*turn].text;
    let mut out = dialogue.clone();
    out.turns[*turn].text = format!(
        "{}{}{}{}{}",
        &text[..first.start],
        &text[second.clone()],
        &text[first.end..second.start],
        &text[first.clone()],
        &text[second.end..]
    );
    Some(out)
}

/// Something else of the item is told, so that the fact hangs on a name.
fn named(facts: &[super::values::Told], list: &str, item: usize) -> bool {
    facts.iter().any(|fact| fact.headline && item_of(&fact.pointer) == Some((list, item)))
}

/// After a failure, the assistant says that it is done.
pub(super) fn success_after_error(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let failed: Vec<(usize, usize)> = tellings(dialogue)
        .into_iter()
        .filter(|(_, calls)| calls.iter().all(|call| dialogue.result(*call).is_some_and(|result| result.is_error)))
        .filter_map(|(turn, calls)| calls.last().map(|call| (turn, *call)))
        .collect();
    let (turn, call) = *pick(&failed, rng)?;
    let made = dialogue.calls().find(|made| made.id == call)?;
    let tool = dialogue.tool(&made.tool).and_then(tool)?;
    let phrase = &tool.phrase;
    let mut lines = vec![
        "Done.".to_string(),
        "All set.".to_string(),
        format!("Done, I've {} it for you.", phrase.past),
        "That went through, you're all set.".to_string(),
    ];
    lines.extend(phrase.success.iter().map(|success| format!("{}.", success.trim_end_matches('.'))));
    let mut out = dialogue.clone();
    out.turns[turn].text = pick(&lines, rng)?.clone();
    Some(out)
}

const FAILURES: [&str; 5] = [
    "Sorry, something went wrong and I couldn't do that.",
    "Unfortunately that failed.",
    "I couldn't get that to work, sorry.",
    "No luck, that didn't go through.",
    "It timed out, I'm afraid.",
];

/// After a success, the assistant says that it failed.
pub(super) fn failure_after_success(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let fine: Vec<usize> = tellings(dialogue)
        .into_iter()
        .filter(|(_, calls)| calls.iter().all(|call| dialogue.result(*call).is_some_and(|result| !result.is_error)))
        .map(|(turn, _)| turn)
        .collect();
    let turn = *pick(&fine, rng)?;
    let done = dialogue.goals.iter().any(|goal| goal.outcome == Outcome::Done);
    let mut out = dialogue.clone();
    out.turns[turn].text = FAILURES[rng.random_range(0..FAILURES.len())].to_string();
    done.then_some(out)
}
