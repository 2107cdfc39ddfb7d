//! Changes of a plan's acts that make a dialogue harder and leave what the user wants as it is.

use super::Stuck;
use crate::catalog::ErrorCode;
use crate::plan::{Answer, AssistantBeat, Beat, Steps, UserBeat};
use crate::seed::Rng;
use rand::RngExt;
use std::ops::Range;

/// One such change. The acts are changed before they are played; the last two change how they are played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Twist {
    /// A search that was asked for is not asked for any more: the request that needs it implies it.
    Imply,
    /// The request for a tool is one for a thing that so many steps lead to.
    Seek(usize),
    /// Two requests are made in one breath.
    Merge,
    /// A request for several steps becomes several requests.
    Split,
    /// A call fails for a while, and is tried again.
    Fail,
    /// Something else is spoken of before the user goes on.
    Lengthen,
    /// Requests say one thing more than they have to.
    Constrain,
    /// Things that are found on the way are spoken of by what only they have.
    Describe,
}

impl Twist {
    /// Changes the acts of a dialogue; an error when there is no place for it.
    pub(super) fn change(self, beats: &mut Vec<Beat>, rng: &mut Rng) -> Result<(), Stuck> {
        let done = match self {
            Twist::Imply => imply(beats, rng),
            Twist::Seek(steps) => seek(beats, steps),
            Twist::Merge => merge(beats, rng),
            Twist::Split => split(beats, rng),
            Twist::Fail => fail(beats, rng),
            Twist::Lengthen => lengthen(beats, rng),
            Twist::Constrain => return Ok(()),
            Twist::Describe => {
                let implies = |beat: &Beat| matches!(beat, Beat::User(UserBeat::Request { implicit: true, steps: Steps::Count(2..), .. }));
                beats.iter().any(implies).then_some(())
            }
        };
        done.ok_or_else(|| Stuck::new("operator", format!("there is no place for {self:?}").to_lowercase()))
    }
}

/// A request with its answers, its calls and what is told of them, when nothing else happens in it.
struct Block {
    range: Range<usize>,
    /// Where its calls are made.
    call: usize,
    /// How many steps it takes, and how many values it keeps back.
    steps: usize,
    omit: std::ops::RangeInclusive<usize>,
    implicit: bool,
}

fn blocks(beats: &[Beat]) -> Vec<Block> {
    let mut out = Vec::new();
    for (at, beat) in beats.iter().enumerate() {
        let Beat::User(UserBeat::Request { steps: Steps::Count(steps), omit, implicit, aside: false }) = beat else { continue };
        let plain = |beat: &Beat| {
            matches!(
                beat,
                Beat::Assistant(AssistantBeat::Ask { .. } | AssistantBeat::Confirm { .. })
                    | Beat::User(UserBeat::Inform { answer: Answer::Whole } | UserBeat::Affirm)
            )
        };
        let call = at + 1 + beats[at + 1..].iter().take_while(|beat| plain(beat)).count();
        let (Some(made), Some(told)) = (beats.get(call), beats.get(call + 1)) else { continue };
        if matches!(made, Beat::Assistant(AssistantBeat::Call { error: None })) && is_tell(told) && *steps > 0 {
            // Who picks from what was told does it in the same breath.
            let start = at - usize::from(at > 0 && beats[at - 1] == Beat::User(UserBeat::Select));
            out.push(Block { range: start..call + 2, call, steps: *steps, omit: omit.clone(), implicit: *implicit });
        }
    }
    out
}

fn is_tell(beat: &Beat) -> bool {
    matches!(beat, Beat::Assistant(AssistantBeat::Tell { few: false }))
}

fn drawn<T>(items: Vec<T>, rng: &mut Rng) -> Option<T> {
    let count = items.len();
    if count == 0 { None } else { items.into_iter().nth(rng.random_range(0..count)) }
}

fn request(steps: usize, omit: std::ops::RangeInclusive<usize>, implicit: bool) -> Beat {
    Beat::User(UserBeat::Request { steps: Steps::Count(steps), omit, implicit, aside: false })
}

const CALL: Beat = Beat::Assistant(AssistantBeat::Call { error: None });
const TELL: Beat = Beat::Assistant(AssistantBeat::Tell { few: false });

/// Neighbours: the second begins where the first ends.
fn pairs(beats: &[Beat]) -> Vec<(Block, Block)> {
    let all = blocks(beats);
    let mut out = Vec::new();
    let mut before: Option<Block> = None;
    for block in all {
        let start = block.range.start;
        let copy = Block { range: block.range.clone(), omit: block.omit.clone(), ..block };
        if let Some(first) = before.take().filter(|first| first.range.end == start) {
            out.push((first, copy));
        }
        before = Some(block);
    }
    out
}

/// What stands before the call of a block: questions, answers, a yes.
fn asking(beats: &[Beat], block: &Block) -> Vec<Beat> {
    let after = beats[block.range.clone()].iter().position(|beat| matches!(beat, Beat::User(UserBeat::Request { .. }))).unwrap_or(0);
    beats[block.range.start + after + 1..block.call].to_vec()
}

fn imply(beats: &mut Vec<Beat>, rng: &mut Rng) -> Option<()> {
    // A search for one thing, and what is done with it.
    let fit: Vec<_> =
        pairs(beats).into_iter().filter(|(first, second)| first.steps == 1 && (second.implicit || second.steps == 1)).collect();
    let (first, second) = drawn(fit, rng)?;
    let mut new = vec![request(first.steps + second.steps, second.omit.clone(), true)];
    new.extend(asking(beats, &second));
    new.extend([CALL, TELL]);
    beats.splice(first.range.start..second.range.end, new);
    Some(())
}

fn seek(beats: &mut [Beat], steps: usize) -> Option<()> {
    let only = blocks(beats).into_iter().find(|block| block.steps == 1)?;
    let at = only.range.clone().find(|at| matches!(beats[*at], Beat::User(UserBeat::Request { .. })))?;
    beats[at] = request(steps, only.omit, true);
    Some(())
}

fn merge(beats: &mut Vec<Beat>, rng: &mut Rng) -> Option<()> {
    let (first, second) = drawn(pairs(beats), rng)?;
    let omit = *first.omit.start().max(second.omit.start())..=*first.omit.end().max(second.omit.end());
    let implicit = first.implicit || second.implicit;
    let two = UserBeat::RequestTwo { first: first.steps, second: second.steps, omit, implicit };
    let mut new = vec![Beat::User(two)];
    new.extend(asking(beats, &second));
    new.extend([CALL, TELL]);
    beats.splice(first.range.start..second.range.end, new);
    Some(())
}

fn split(beats: &mut Vec<Beat>, rng: &mut Rng) -> Option<()> {
    let block = drawn(blocks(beats).into_iter().filter(|block| block.steps > 1).collect(), rng)?;
    let first = if block.implicit { 1 } else { rng.random_range(1..block.steps) };
    let left = block.steps - first;
    let mut new = vec![request(first, 0..=0, false), CALL, TELL, Beat::User(UserBeat::Select)];
    new.push(request(left, block.omit.clone(), block.implicit && left > 1));
    new.extend(asking(beats, &block));
    new.extend([CALL, TELL]);
    beats.splice(block.range, new);
    Some(())
}

fn fail(beats: &mut Vec<Beat>, rng: &mut Rng) -> Option<()> {
    let block = drawn(blocks(beats), rng)?;
    let code = [ErrorCode::Timeout, ErrorCode::Unavailable, ErrorCode::RateLimited][rng.random_range(0..3)];
    beats.insert(block.call, Beat::Assistant(AssistantBeat::Call { error: Some(code) }));
    Some(())
}

fn lengthen(beats: &mut Vec<Beat>, rng: &mut Rng) -> Option<()> {
    // After something was told, before the user goes on with it.
    let goes_on = |at: &usize| {
        let next = beats.get(at + 1);
        is_tell(&beats[*at]) && matches!(next, Some(Beat::User(UserBeat::Select | UserBeat::Request { .. } | UserBeat::RequestTwo { .. })))
    };
    let at = drawn((0..beats.len()).filter(goes_on).collect(), rng)?;
    let talk = [Beat::User(UserBeat::ChitChat), Beat::Assistant(AssistantBeat::ChitChat)];
    let talk: Vec<Beat> = talk.iter().cycle().take(2 * rng.random_range(1..=2)).cloned().collect();
    beats.splice(at + 1..at + 1, talk);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    fn two_requests() -> Vec<Beat> {
        let select = Beat::User(UserBeat::Select);
        vec![request(1, 0..=0, false), CALL, TELL, select, request(2, 0..=1, true), CALL, TELL]
    }

    fn steps(beats: &[Beat]) -> Vec<usize> {
        let of = |beat: &Beat| match beat {
            Beat::User(UserBeat::Request { steps: Steps::Count(steps), .. }) => vec![*steps],
            Beat::User(UserBeat::RequestTwo { first, second, .. }) => vec![*first, *second],
            _ => Vec::new(),
        };
        beats.iter().flat_map(of).collect()
    }

    #[test]
    fn every_change_leaves_the_steps_of_the_walk_as_they_are() {
        for twist in [Twist::Imply, Twist::Merge, Twist::Split, Twist::Fail, Twist::Lengthen, Twist::Constrain, Twist::Describe] {
            for seed in 0..20 {
                let mut beats = two_requests();
                twist.change(&mut beats, &mut Rng::seed_from_u64(seed)).unwrap();
                assert_eq!(steps(&beats).iter().sum::<usize>(), 3, "{twist:?}: {beats:?}");
                assert!(is_tell(beats.last().unwrap()));
            }
        }
    }

    #[test]
    fn each_change_does_what_it_says() {
        let after = |twist: Twist| {
            let mut beats = two_requests();
            twist.change(&mut beats, &mut Rng::seed_from_u64(1)).unwrap();
            beats
        };
        assert_eq!(steps(&after(Twist::Imply)), [3]);
        assert!(matches!(after(Twist::Merge)[0], Beat::User(UserBeat::RequestTwo { first: 1, second: 2, .. })));
        assert_eq!(steps(&after(Twist::Split)), [1, 1, 1]);
        let calls = |beats: &[Beat]| beats.iter().filter(|beat| matches!(beat, Beat::Assistant(AssistantBeat::Call { .. }))).count();
        assert_eq!(calls(&after(Twist::Fail)), calls(&two_requests()) + 1);
        assert!(after(Twist::Lengthen).len() > two_requests().len());
    }

    #[test]
    fn without_a_place_for_it_nothing_is_changed() {
        let mut one = vec![request(1, 0..=0, false), CALL, TELL];
        for twist in [Twist::Imply, Twist::Merge, Twist::Split, Twist::Lengthen, Twist::Describe] {
            assert!(twist.change(&mut one, &mut Rng::seed_from_u64(1)).is_err(), "{twist:?}");
        }
        assert_eq!(one.len(), 3);
    }
}
