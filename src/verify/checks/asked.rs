//! ## What it does
//! A question must be for what its answer gives: it fails when the question sounds like a parameter of the call that the user had given
//! before, and less like any that the answer gives.
//! ## Why it is bad
//! The assistant did not listen: it asks for the half of an answer that it got.
//! ## Example
//! "Which day, and at what time?" – "On Friday." – "On which day?" – "At three."

use super::Check;
use crate::catalog::Leaf;
use crate::verify::Findings;
use crate::verify::known::Cues;
use crate::verify::scene::Scene;
use crate::verify::sources::{Said, said};
use crate::verify::words::Text;
use std::collections::BTreeSet;

pub(super) struct Asked;

/// How much better the question must fit what was known.
const MARGIN: f32 = 0.15;

impl Check for Asked {
    fn name(&self) -> &'static str {
        "asked"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        let all = said(scene);
        for turn in scene.user_turns() {
            let Some(question) = scene.question_before(turn) else { continue };
            let given: Vec<&Said> = all.iter().filter(|one| one.turn == turn).collect();
            let Some(first) = given.first() else { continue };
            let fit = |one: &Said| match (one.made.known, one.arg.leaf) {
                (Some(known), Some(leaf)) => likeness(question, &known.tool.parameters[leaf], &known.parameter_cues[leaf]),
                _ => 0.0,
            };
            let own = given.iter().map(|one| fit(one)).fold(0.0, f32::max);
            let since = scene.opening(first.made);
            let before = |one: &&Said| one.made.call.id == first.made.call.id && (since..turn).contains(&one.turn);
            // Who says back what was said asks for a yes, but for the questions that name their choices.
            let says_back = |one: &Said| !scene.find(turn - 1, one.arg.value, one.made.leaf(one.arg)).is_empty();
            let back = all.iter().filter(before).any(says_back);
            let verbatim = |one: &Said| {
                let questions = one.made.leaf(one.arg).map_or(&[][..], |leaf| &leaf.phrase.questions);
                questions.iter().any(|one| question.has(one.to_lowercase().trim_end_matches('?')))
            };
            let outright = !given.iter().any(|one| verbatim(one));
            let known_already =
                |one: &&Said| (outright && verbatim(one) && fit(one) >= own) || (fit(one) > own + MARGIN && (!back || verbatim(one)));
            if let Some(known) = all.iter().filter(before).find(known_already) {
                out.add(
                    turn - 1,
                    format!("it asks for {} of call {}, which turn {} said", known.arg.pointer, known.made.call.id, known.turn),
                );
            }
        }
    }
}

/// How much a question is like one that asks for a leaf: the words that both have among all of theirs, or how much of its noun is said.
fn likeness(question: &Text, leaf: &Leaf, cues: &Cues) -> f32 {
    let words = telling(question);
    let like = |own: &String| {
        let low = own.to_lowercase();
        let text = Text::new(&low);
        let own = telling(&text);
        let shared = own.intersection(&words).count();
        2.0 * shared as f32 / (own.len() + words.len()).max(1) as f32
    };
    let noun = cues.nouns.iter().filter(|stem| words.contains(stem.as_str())).count() as f32 / cues.nouns.len().max(1) as f32;
    leaf.phrase.questions.iter().map(like).fold(0.9 * noun, f32::max)
}

/// The stems of a question that tell it from others; "when", "where" and "to" do.
fn telling<'t>(question: &'t Text) -> BTreeSet<&'t str> {
    const SAME: [&str; 24] = [
        "a", "an", "the", "of", "is", "are", "do", "does", "should", "would", "could", "can", "will", "shall", "i", "you", "your", "it",
        "me", "and", "be", "have", "please", "like",
    ];
    question.stems().filter(|stem| !SAME.contains(stem)).collect()
}
