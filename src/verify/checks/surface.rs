//! ## What it does
//! Looks for what no person would write: unfilled slots, raw identifiers, doubled spaces, unbalanced quotes, control characters, numbers
//! that do not agree with their verb, and the same long opening twice from one speaker.
//! ## Why it is bad
//! It shows that a machine wrote the text, and models copy it.
//! ## Example
//! "I'd like to book a {object} for check_in."

use super::Check;
use crate::dialogue::Role;
use crate::verify::Findings;
use crate::verify::scene::Scene;
use crate::verify::words::Text;

pub(super) struct Surface;

/// So many words make an opening.
const OPENING: usize = 5;

impl Check for Surface {
    fn name(&self) -> &'static str {
        "surface"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        let mut openings: Vec<(Role, String)> = Vec::new();
        for (at, turn) in scene.dialogue.turns.iter().enumerate() {
            let text = &scene.texts[at];
            if !matches!(turn.role, Role::User | Role::Assistant) || text.raw.is_empty() {
                continue;
            }
            if let Some(why) = fault(scene, at, text) {
                out.add(at, why);
            }
            if text.words.len() > OPENING {
                let opening: Vec<&str> = text.words[..OPENING].iter().map(|word| text.low(word)).collect();
                let opening = (turn.role, opening.join(" "));
                if openings.contains(&opening) {
                    out.add(at, format!("begins with \"{}\" again", opening.1));
                }
                openings.push(opening);
            }
        }
    }
}

fn fault(scene: &Scene, at: usize, text: &Text) -> Option<String> {
    let raw = text.raw;
    if raw.chars().any(|c| c.is_control() && c != '\n') {
        return Some("a control character".into());
    }
    if raw.contains("  ") && !in_value(scene, "  ") {
        return Some("a doubled space".into());
    }
    if raw.matches('"').count() % 2 == 1 && !in_value(scene, "\"") {
        return Some("a quotation mark without its partner".into());
    }
    if raw.matches('“').count() != raw.matches('”').count() && !in_value(scene, "“") {
        return Some("a quotation mark without its partner".into());
    }
    if let Some(why) = number(text) {
        return Some(why);
    }
    for token in raw.split(|c: char| c.is_whitespace() || matches!(c, '"' | ',' | '?' | '!' | ';' | '“' | '”')) {
        let token = token.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '{' | '}' | '_' | '<' | '>'));
        let slot = (token.starts_with('{') && token.ends_with('}')) || (token.starts_with('<') && token.ends_with('>'));
        // What a user took back is no value of a call: files, and identifiers of things rather than of fields.
        let file = token.rsplit_once('.').is_some_and(|(_, ending)| token.contains('/') || FILES.contains(&ending));
        let thing = token.bytes().filter(u8::is_ascii_digit).count() > 2;
        let identifier = token.contains('_') && token.bytes().any(|b| b.is_ascii_alphabetic()) && !file && !thing && !token.contains('/');
        if token.len() > 2
            && (slot || identifier)
            && (choice(scene, token) || !(in_value(scene, token) || (identifier && own(scene, at, token))))
        {
            return Some(format!("`{token}` is not for people"));
        }
    }
    None
}

/// Endings of the names of files.
const FILES: &[&str] = &[
    "csv", "doc", "docx", "gif", "html", "jpeg", "jpg", "json", "log", "md", "mov", "mp3", "mp4", "pdf", "png", "ppt", "pptx", "py", "rs",
    "svg", "txt", "wav", "xlsx", "xml", "yaml", "yml", "zip",
];

/// A name of the user's own, like that of an account, which no tool or field has: said by the user, here or before, behind the noun of a
/// parameter or as the whole of an answer.
fn own(scene: &Scene, at: usize, token: &str) -> bool {
    let leaves = || scene.tools.iter().flat_map(|known| known.tool.parameters.iter().chain(&known.tool.returns.fields));
    let named = scene.tools.iter().any(|known| known.tool.name.contains(token))
        || leaves().any(|leaf| leaf.pointer.contains(token) || leaf.name.contains(token));
    let said = |turn: usize| {
        let text = &scene.texts[turn];
        let Some(place) = text.raw.find(token) else { return false };
        let before = text.low[..place].split_whitespace().next_back().unwrap_or_default();
        let answer = text.words.len() <= 6 && scene.question_before(turn).is_some();
        answer || leaves().any(|leaf| leaf.phrase.noun.to_lowercase().split(' ').next_back() == Some(before))
    };
    !named && (scene.user_turns().any(|turn| turn == at && said(at)) || scene.users_before(at).any(said))
}

/// "There is 4 tickets", "There are 1".
fn number(text: &Text) -> Option<String> {
    text.words.windows(3).find_map(|words| {
        let [there, is, count] = [0, 1, 2].map(|at| text.low(&words[at]));
        let one = matches!(count, "1" | "one" | "a" | "an");
        let many = !one && (count.parse::<u32>().is_ok() || matches!(count, "two" | "three" | "four" | "five" | "several" | "many"));
        // "There is 0.5", "there is 4 pm": only whole numbers count.
        let whole = !text.raw[words[2].end..].starts_with(['.', ',', ':', '%', '-']);
        let wrong = there == "there" && whole && ((is == "is" && many) || (is == "are" && one));
        wrong.then(|| format!("\"{there} {is} {count}\" does not agree"))
    })
}

/// Whether the token is a choice of a list, which people say in words.
fn choice(scene: &Scene, token: &str) -> bool {
    let leaves =
        scene.calls.iter().filter_map(|made| made.known).flat_map(|known| known.tool.parameters.iter().chain(&known.tool.returns.fields));
    let mut choices = leaves.filter_map(|leaf| leaf.schema.get("enum")).filter_map(serde_json::Value::as_array).flatten();
    choices.any(|one| one.as_str() == Some(token))
        && !scene
            .calls
            .iter()
            .flat_map(|made| &made.args)
            .any(|arg| arg.value.as_str().is_some_and(|said| said != token && said.contains(token)))
}

/// Whether some value of the dialogue has these characters itself.
fn in_value(scene: &Scene, token: &str) -> bool {
    let has = |value: &serde_json::Value| value.as_str().is_some_and(|said| said.contains(token));
    scene.calls.iter().any(|made| made.args.iter().any(|arg| has(arg.value)) || made.facts.iter().any(|fact| has(fact.value)))
        || scene.dialogue.context.user.values().any(|known| known.contains(token))
}
