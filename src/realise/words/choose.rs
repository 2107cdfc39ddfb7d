//! Which candidate is said: a draw by learnt weights over forms, against what was said already.

use super::frame::{Frame, Past};
use super::lexicon::{FormId, Forms};
use super::polish::Line;
use crate::seed::Rng;
use rand::RngExt;
use rustc_hash::FxHashMap;

pub(super) static FITTED: &str = include_str!("../../../assets/words.theta");

/// Weights of n-grams of forms, of lengths, and of both within one kind of turn.
#[derive(Debug, Default)]
pub(super) struct Theta {
    grams: FxHashMap<u64, f32>,
    /// `,`, `&`, `and`, `of`, `-`, `'`: what joins values into one.
    pub joints: [FormId; 6],
    begin: FormId,
    end: FormId,
    profiles: FxHashMap<String, u64>,
}

/// Which n-gram: up to three forms in one number, shifted by one so that no form is nothing.
fn gram(forms: &[FormId]) -> u64 {
    forms.iter().fold(0, |sum, form| (sum << 16) | (u64::from(*form) + 1))
}

/// A number for "so many words", by the bounds that the fitting uses.
fn length_bin(words: u32) -> u64 {
    const BOUNDS: [u32; 13] = [1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25, 35, 50];
    BOUNDS.iter().position(|bound| words <= *bound).unwrap_or(BOUNDS.len()) as u64
}

const LENGTH: u64 = 1 << 60;
const PROFILE: u64 = 1 << 52;

impl Theta {
    /// Lines are `weight<TAB>who::forms`: `who` is `u.` or `a.` for a speaker, or a kind of turn; `#len N` in place of forms is a bin of lengths.
    pub(super) fn read(text: &str, forms: &mut Forms) -> Theta {
        let joints = [",", "&", "and", "of", "-", "'"].map(|joint| forms.id(joint));
        let (begin, end) = (forms.id("<s>"), forms.id("</s>"));
        let mut theta = Theta { joints, begin, end, ..Theta::default() };
        for line in text.lines() {
            let Some((weight, gram_text)) = line.split_once('\t') else { continue };
            let Ok(weight) = weight.parse::<f32>() else { continue };
            let Some((who, gram_text)) = gram_text.split_once("::") else { continue };
            let next = theta.profiles.len() as u64 + 1;
            let who = *theta.profiles.entry(who.to_owned()).or_insert(next);
            let key = match gram_text.strip_prefix("#len ") {
                Some(bin) => LENGTH | bin.parse::<u64>().unwrap_or(0),
                None => {
                    let ids: Vec<FormId> = gram_text.split(' ').map(|form| forms.id(form)).collect();
                    if ids.is_empty() || ids.len() > 3 {
                        continue;
                    }
                    gram(&ids)
                }
            };
            theta.grams.insert(key ^ who.wrapping_mul(PROFILE), weight);
        }
        theta
    }

    /// The numbers of a speaker's side and of a kind of turn; 0 when nothing was learnt of it.
    pub(super) fn who(&self, side: &str, profile: &str) -> [u64; 2] {
        [side, profile].map(|name| self.profiles.get(name).copied().unwrap_or(0))
    }

    /// `who`: the speaker's side and the kind of turn, as numbers of this table; 0 when it has none of their own.
    pub(super) fn score(&self, line: &Line, who: [u64; 2]) -> f32 {
        if self.grams.is_empty() {
            return 0.0;
        }
        let of = |key: u64| {
            who.iter()
                .filter(|who| **who > 0)
                .map(|who| self.grams.get(&(key ^ who.wrapping_mul(PROFILE))).copied().unwrap_or(0.0))
                .sum::<f32>()
        };
        let forms: Vec<FormId> = [self.begin].into_iter().chain(line.forms.iter().copied()).chain([self.end]).collect();
        let mut keys: Vec<u64> = (1..=3usize).flat_map(|n| forms.windows(n).map(gram)).collect();
        // A gram counts once, as in the fitting.
        keys.sort_unstable();
        keys.dedup();
        of(LENGTH | length_bin(line.words)) + keys.into_iter().map(of).sum::<f32>()
    }
}

/// How often each skeleton was said in this shard.
#[derive(Debug, Default)]
pub(super) struct Used {
    skeletons: FxHashMap<u64, u32>,
}

impl Used {
    pub(super) fn add(&mut self, line: &Line) {
        *self.skeletons.entry(line.skeleton).or_default() += 1;
    }
}

/// How likely each candidate is to be said.
pub(super) fn weights(lines: &[Line], theta: &Theta, frame: &Frame, past: &Past, used: &Used) -> Vec<f32> {
    let who = theta.who(if frame.assistant { "a." } else { "u." }, &frame.profile);
    let scores: Vec<f32> = lines.iter().map(|line| theta.score(line, who)).collect();
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let weight = |(line, score): (&Line, &f32)| {
        let often = used.skeletons.get(&line.skeleton).copied().unwrap_or(0) as f32;
        // The same opener twice in a dialogue is rare among people.
        let again = if past.openings.contains(&line.opening) && line.words > 3 { 0.2 } else { 1.0 };
        (score - top).exp() * again / (1.0 + often)
    };
    lines.iter().zip(&scores).map(weight).collect()
}

/// A place, drawn by weight.
pub(super) fn draw(weights: &[f32], rng: &mut Rng) -> usize {
    let mut left = rng.random::<f32>() * weights.iter().sum::<f32>();
    for (at, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return at;
        }
    }
    weights.len() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_scored_by_its_forms_its_length_and_who_speaks() {
        let mut forms = Forms::default();
        let theta = Theta::read("1.5\tu.::i want\n0.5\tu.AFFIRM::#len 1\n-2\ta.::i want\n9\tno owner\n", &mut forms);
        let line = Line { forms: vec![forms.id("i"), forms.id("want")], words: 2, ..Line::default() };
        let who = |name: &str| theta.profiles.get(name).copied().unwrap_or(0);
        assert_eq!(theta.score(&line, [who("u."), who("u.AFFIRM")]), 2.0);
        assert_eq!(theta.score(&line, [who("a."), 0]), -2.0);
    }

    #[test]
    fn what_weighs_nothing_is_not_drawn() {
        let mut rng = crate::seed::stream(1, 0, crate::seed::Stage::Words, 0);
        assert!((0..50).all(|_| draw(&[0.0, 1.0, 0.0], &mut rng) == 1));
    }
}
