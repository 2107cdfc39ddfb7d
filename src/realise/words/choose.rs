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
    forms: FxHashMap<String, FormId>,
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
        let named = ["an", "!", ".", "a"].map(|form| (form.to_owned(), forms.id(form)));
        let mut theta = Theta { joints, begin, end, forms: named.into_iter().collect(), ..Theta::default() };
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

    pub(super) fn form(&self, text: &str) -> Option<FormId> {
        self.forms.get(text).copied()
    }

    /// `who`: the speaker's side and the kind of turn, as numbers of this table; 0 when it has none of their own.
    fn score(&self, line: &Line, who: [u64; 2]) -> f32 {
        let of = |key: u64| {
            who.iter()
                .filter(|who| **who > 0)
                .map(|who| self.grams.get(&(key ^ who.wrapping_mul(PROFILE))).copied().unwrap_or(0.0))
                .sum::<f32>()
        };
        let forms: Vec<FormId> = [self.begin].into_iter().chain(line.forms.iter().copied()).chain([self.end]).collect();
        let mut sum = of(LENGTH | length_bin(line.words));
        let mut seen: Vec<u64> = Vec::with_capacity(forms.len() * 3);
        for n in 1..=3usize {
            for window in forms.windows(n) {
                let key = gram(window);
                // A gram counts once, as in the fitting.
                if !seen.contains(&key) {
                    seen.push(key);
                    sum += of(key);
                }
            }
        }
        sum
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

/// The place of the candidate that is said.
pub(super) fn draw(lines: &[Line], theta: &Theta, frame: &Frame, past: &Past, used: &Used, rng: &mut Rng) -> usize {
    if lines.len() < 2 {
        return 0;
    }
    let number = |name: &str| theta.profiles.get(name).copied().unwrap_or(0);
    let who = [number(if frame.assistant { "a." } else { "u." }), number(&frame.profile)];
    let scores: Vec<f32> = lines.iter().map(|line| theta.score(line, who)).collect();
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let weights: Vec<f32> = lines
        .iter()
        .zip(&scores)
        .map(|(line, score)| {
            let often = used.skeletons.get(&line.skeleton).copied().unwrap_or(0) as f32;
            // The same opener twice in a dialogue is rare among people.
            let again = if past.openings.contains(&line.opening) && line.words > 3 { 0.2 } else { 1.0 };
            (score - top).exp() * again / (1.0 + often)
        })
        .collect();
    let mut left = rng.random::<f32>() * weights.iter().sum::<f32>();
    for (at, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return at;
        }
    }
    lines.len() - 1
}
