//! ## What it does
//! Where the assistant says that an answer tells it nothing, the answer must hold no value, and the next one must give what was asked for.
//! ## Why it is bad
//! The model would learn to ask for what it was told.
//! ## Example
//! "At half past six." – "Sorry, I don't know what time that is. When should it be?"

use super::Check;
use super::heard::left_over;
use crate::dialogue::Role;
use crate::value;
use crate::verify::Findings;
use crate::verify::scene::{Scene, hints};
use crate::verify::sources::{Kind, said};

pub(super) struct Unclear;

/// How the assistant says that it learned nothing.
const NOTHING: [&str; 7] =
    ["can't tell", "cannot tell", "don't know", "no way of knowing", "doesn't tell me", "know exactly", "leaves open"];
/// What it did not learn.
const WHAT: [&str; 9] = [
    "which day that is",
    "what time that is",
    "where that is",
    "who that is",
    "which address that is",
    "which number that is",
    "how much that is",
    "how many that is",
    "which one that is",
];

impl Check for Unclear {
    fn name(&self) -> &'static str {
        "unclear"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        for user in scene.user_turns().filter(|turn| unclear(scene, *turn)) {
            if let Err(why) = holds(scene, user) {
                out.add(user + 1, why);
            }
        }
    }
}

/// The user answers a question, and the assistant says that it learned nothing from that.
pub(super) fn unclear(scene: &Scene, user: usize) -> bool {
    let Some(text) = scene.texts.get(user + 1) else { return false };
    let asks = scene.role(user + 1) == Some(Role::Assistant) && text.raw.contains('?') && scene.role(user + 2) == Some(Role::User);
    asks && scene.question_before(user).is_some() && text.has_any(&NOTHING) && text.has_any(&WHAT)
}

fn holds(scene: &Scene, user: usize) -> Result<(), String> {
    let all = said(scene);
    if let Some(chunk) = left_over(scene, user, &all).into_iter().find(|chunk| chunk.kind != Kind::Word) {
        return Err(format!("\"{}\" tells something", &scene.texts[user].raw[chunk.span]));
    }
    let mut given = 0;
    for one in all.iter().filter(|one| one.turn == user + 2) {
        given += 1;
        let leaf = one.made.leaf(one.arg);
        let sem = leaf.map_or(value::SemType::Text, |leaf| leaf.sem);
        let read = !value::read(scene.texts[user].raw, sem, hints(leaf), &scene.say).is_empty();
        if read || !scene.find(user, one.arg.value, leaf).is_empty() {
            return Err(format!("{} was said already", one.arg.value));
        }
    }
    if given == 0 { Err("the next answer gives nothing either".into()) } else { Ok(()) }
}
