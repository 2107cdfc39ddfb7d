//! From the turn grammar to one flat sequence of beats.

use super::{Beat, Item, Plan, Steps, UserBeat};
use crate::seed::Rng;
use rand::RngExt;

impl Plan {
    /// Draws one sequence of beats for a walk whose segments have so many steps; every request says by number how many it takes.
    pub fn unroll(&self, segments: &[usize], rng: &mut Rng) -> Vec<Beat> {
        let mut unroller = Unroller { segments, left: segments.iter().sum(), rng, beats: Vec::new() };
        unroller.items(&self.turns);
        unroller.beats
    }
}

/// What is left of the segment that comes next when `left` steps of all segments are left.
fn segment_left(segments: &[usize], left: usize) -> usize {
    let mut behind = left;
    for segment in segments.iter().rev() {
        if behind <= *segment {
            return behind;
        }
        behind -= segment;
    }
    behind
}

struct Unroller<'a> {
    segments: &'a [usize],
    /// Steps of the walk that no request has taken yet.
    left: usize,
    rng: &'a mut Rng,
    beats: Vec<Beat>,
}

impl Unroller<'_> {
    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Act(beat) => self.beat(beat),
                Item::AnyOf(alternatives) => {
                    let total: u32 = alternatives.iter().map(|(weight, _)| weight).sum();
                    let mut drawn = self.rng.random_range(0..total.max(1));
                    for (weight, body) in alternatives {
                        if drawn < *weight {
                            self.items(body);
                            break;
                        }
                        drawn -= weight;
                    }
                }
                Item::Maybe(percent, body) => {
                    if self.rng.random_range(0..100) < *percent {
                        self.items(body);
                    }
                }
                Item::Repeat(times, body) => {
                    for _ in 0..self.rng.random_range(times.clone()) {
                        self.items(body);
                    }
                }
                Item::ForEachStep(body) => {
                    while self.left > 0 {
                        let before = self.left;
                        self.items(body);
                        if self.left == before {
                            break;
                        }
                    }
                }
            }
        }
    }

    fn beat(&mut self, beat: &Beat) {
        let mut beat = beat.clone();
        if let Beat::User(UserBeat::Request { steps, .. }) = &mut beat {
            let taken = match steps {
                Steps::All => self.left,
                Steps::Segment => segment_left(self.segments, self.left),
                Steps::Count(count) => (*count).min(self.left),
            };
            *steps = Steps::Count(taken);
            self.left -= taken;
        }
        if let Beat::User(UserBeat::RequestBeyond) = beat {
            self.left = self.left.saturating_sub(1);
        }
        if let Beat::User(UserBeat::RequestById) = beat {
            self.left = 0;
        }
        self.beats.push(beat);
    }
}
