//! ## What it does
//! Where the user says what a value is for ("Hilton as the hotel chain"), the call must have it there. "That hotel" points at a thing known
//! before, so that it cannot be what the user says anew.
//! ## Why it is bad
//! The assistant gave the value to something else, or left it out.
//! ## Example
//! "With breakfast as the meal", and the call has no meal.

use super::Check;
use super::facts::look;
use super::heard::takes_back;
use crate::dialogue::Provenance;
use crate::value::SemType;
use crate::verify::Findings;
use crate::verify::left_out::situations;
use crate::verify::scene::{Made, Scene};
use crate::verify::sources::{Said, overlaps, said};
use crate::verify::told::noun_places;
use crate::verify::words::content;
use std::ops::Range;

pub(super) struct Named;

impl Check for Named {
    fn name(&self) -> &'static str {
        "named"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        let all = said(scene);
        for made in &scene.calls {
            let first = scene.opening(made);
            let turns = scene.users_before(made.turn).take_while(|turn| *turn >= first);
            for turn in turns.filter(|turn| !super::limited::turned_down(scene, *turn) && !super::unclear::unclear(scene, *turn)) {
                for (span, noun) in labels(scene, turn, made) {
                    if !given(scene, turn, &span, &noun.to_lowercase(), &all) {
                        out.add(
                            turn,
                            format!("something is said to be the {noun} of call {}, which has something else there", made.call.id),
                        );
                    }
                }
            }
            if let Some(noun) = said_anew(scene, made) {
                out.add(made.turn, format!("the user speaks of \"that {noun}\", but call {} takes a new one", made.call.id));
            }
        }
    }
}

/// Places like "as the hotel chain", from the "as" on, and the nouns of the parameters of a call.
fn labels<'m>(scene: &'m Scene, turn: usize, made: &'m Made) -> Vec<(Range<usize>, &'m str)> {
    let text = &scene.texts[turn];
    let Some(known) = made.known else { return Vec::new() };
    let mut out: Vec<(Range<usize>, &str)> = Vec::new();
    for leaf in known.tool.parameters.iter().filter(|leaf| !leaf.phrase.silent && leaf.sem != SemType::Bool) {
        for (span, _) in noun_places(text, &leaf.phrase.noun) {
            let before = text.low[..span.start].trim_end();
            // "As my label To answer" speaks of a thing by its name.
            let behind = text.raw[span.end..].trim_start_matches([' ', ',']);
            let called = ["called ", "named ", "\""].iter().any(|word| behind.starts_with(word)) || behind.starts_with(char::is_uppercase);
            if called && leaf.sem == SemType::Id {
                continue;
            }
            let article = ["the", "my", "a", "an"].iter().find_map(|article| before.strip_suffix(article)).map_or(before, str::trim_end);
            if article.ends_with(" as") {
                out.push((article.len() - 2..span.end, leaf.phrase.noun.as_str()));
            }
        }
    }
    // The longest name at a place counts, among those of all tools.
    let longer = |span: &Range<usize>| {
        scene.tools.iter().flat_map(|known| &known.tool.parameters).any(|leaf| {
            noun_places(text, &leaf.phrase.noun)
                .iter()
                .any(|(other, _)| other.start >= span.start && other.start < span.end && other.end > span.end)
        })
    };
    out.retain(|(span, _)| !longer(span));
    out
}

/// An argument with this noun ends right before the place, or a later turn replaces it.
fn given(scene: &Scene, turn: usize, place: &Range<usize>, noun: &str, all: &[Said]) -> bool {
    let stems = content(noun);
    let of_noun = |one: &&Said| one.made.leaf(one.arg).is_some_and(|leaf| content(&leaf.phrase.noun.to_lowercase()) == stems);
    let mut own = all.iter().filter(of_noun);
    own.any(|one| {
        let beside = one.turn == turn
            && one.span.end <= place.start + 1
            && scene.texts[turn].raw[one.span.end.min(place.start)..place.start].trim_matches(['"', '”', ' ', ',']).is_empty();
        beside || (one.turn > turn && takes_back(scene, one.turn, all))
    })
}

/// The noun of an argument that the user says although the same turn speaks of "that" one, while another argument is taken from a result.
fn said_anew<'m>(scene: &'m Scene, made: &'m Made) -> Option<&'m str> {
    let from_result = |source: Option<&Provenance>| source.is_some_and(|source| source.result().is_some());
    made.args.iter().find_map(|arg| {
        let Some(Provenance::UserTurn { turn, span }) = arg.source else { return None };
        let leaf = made.leaf(arg)?;
        let text = scene.texts.get(*turn)?;
        let span = span.start..span.end;
        let situations = situations(scene, *turn);
        let pointed = noun_places(text, &leaf.phrase.noun).iter().any(|(place, _)| {
            let before = text.low[..place.start].trim_end();
            !overlaps(place, &span)
                && !situations.iter().any(|line| overlaps(line, place))
                && ["that", "this", "the same"].iter().any(|word| before.ends_with(word))
                && !text.low[place.end..span.start.max(place.end)].trim().is_empty()
        });
        let other = made.args.iter().any(|other| {
            from_result(other.source)
                && made.leaf(other).is_some_and(|one| {
                    look(one.sem) == look(leaf.sem) && one.pointer != leaf.pointer && !one.phrase.noun.contains(&leaf.phrase.noun)
                })
        });
        (pointed && other).then_some(leaf.phrase.noun.as_str())
    })
}
