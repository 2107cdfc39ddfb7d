//! What makes a dialogue harder and leaves its label true? Operators, usable alone and in sequence.
//!
//! Some change the plan's acts before a script is written ([`Twist`]); the others change a finished record, and what they rename or wrap is kept in
//! its [`crate::dialogue::Disguise`], so that whoever has only the record can take it off, run the calls again, and prove the rest.

mod names;
mod offer;
mod results;

use crate::dialogue::Dialogue;
use crate::graph::ToolIx;
use crate::realise::Realiser;
use crate::script::{Author, DistractorKind, Twist};
use crate::seed::Rng;
use rustc_hash::FxHashMap;

/// One way to make a dialogue harder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operator {
    /// A call is needed that nobody asks for.
    InsertCall,
    /// Two requests are made in one turn.
    Merge,
    /// One request is made in several turns.
    Split,
    /// A request says one thing more.
    Constrain,
    /// An identifier is not said; what only the thing has is.
    Describe,
    /// A call fails, and is tried again.
    InjectError,
    /// Something else is spoken of between a thing and the words that go back to it.
    Lengthen,
    /// Another task of the same user follows.
    Recombine,
    /// Tools of the same topic are offered as well.
    DistractNear,
    /// Tools of other topics are offered as well.
    DistractFar,
    /// Tools are offered as well that look like those that are called.
    DistractConfusable,
    /// Tools that are not needed are offered no more.
    DropUnused,
    /// The tools are offered in another order.
    Reorder,
    /// Tools have other names.
    RenameTools,
    /// Parameters have other names.
    RenameParameters,
    /// The names of tools and parameters say nothing; their descriptions do.
    Mask,
    /// Results stand in an envelope, or have keys in another style.
    Reformat,
    /// Results have fields beside them that mean nothing.
    Noise,
}

impl Operator {
    /// All of them, in the order in which they are applied.
    pub const ALL: [Operator; 18] = [
        Operator::InsertCall,
        Operator::Merge,
        Operator::Split,
        Operator::Constrain,
        Operator::Describe,
        Operator::InjectError,
        Operator::Lengthen,
        Operator::Recombine,
        Operator::DistractNear,
        Operator::DistractFar,
        Operator::DistractConfusable,
        Operator::DropUnused,
        Operator::Reorder,
        Operator::RenameTools,
        Operator::RenameParameters,
        Operator::Mask,
        Operator::Reformat,
        Operator::Noise,
    ];

    /// As in options, records and manifests.
    pub fn name(self) -> &'static str {
        match self {
            Operator::InsertCall => "insert-call",
            Operator::Merge => "merge",
            Operator::Split => "split",
            Operator::Constrain => "constrain",
            Operator::Describe => "describe",
            Operator::InjectError => "inject-error",
            Operator::Lengthen => "lengthen",
            Operator::Recombine => "recombine",
            Operator::DistractNear => "distract-near",
            Operator::DistractFar => "distract-far",
            Operator::DistractConfusable => "distract-confusable",
            Operator::DropUnused => "drop-unused",
            Operator::Reorder => "reorder",
            Operator::RenameTools => "rename-tools",
            Operator::RenameParameters => "rename-parameters",
            Operator::Mask => "mask",
            Operator::Reformat => "reformat",
            Operator::Noise => "noise",
        }
    }

    pub fn named(name: &str) -> Option<Operator> {
        Operator::ALL.into_iter().find(|one| one.name() == name)
    }

    /// The change of acts that it is; none for one that works on a finished record, and for recombination, which adds a part.
    pub fn twist(self) -> Option<Twist> {
        match self {
            Operator::InsertCall => Some(Twist::Imply),
            Operator::Merge => Some(Twist::Merge),
            Operator::Split => Some(Twist::Split),
            Operator::Constrain => Some(Twist::Constrain),
            Operator::Describe => Some(Twist::Describe),
            Operator::InjectError => Some(Twist::Fail),
            Operator::Lengthen => Some(Twist::Lengthen),
            _ => None,
        }
    }

    /// It works before a script is written.
    pub fn before_words(self) -> bool {
        self.twist().is_some() || self == Operator::Recombine
    }

    /// Whether both can be applied to one dialogue: what was masked has no names to change, and what was dropped is not put back.
    pub fn goes_with(self, other: Operator) -> bool {
        use Operator::*;
        let apart = |one: Operator, two: Operator| {
            matches!(
                (one, two),
                (Mask, RenameTools | RenameParameters)
                    | (DropUnused, DistractNear | DistractFar | DistractConfusable)
                    | (Merge, Split)
                    | (InsertCall, Split)
                    | (Describe, Split)
            )
        };
        self != other && !apart(self, other) && !apart(other, self)
    }
}

/// What operators on finished records need.
pub struct Bench<'a> {
    author: &'a Author<'a>,
    realiser: &'a Realiser<'a>,
    /// The catalog's tools by name.
    tools: &'a FxHashMap<&'a str, ToolIx>,
}

impl<'a> Bench<'a> {
    pub fn new(author: &'a Author<'a>, realiser: &'a Realiser<'a>, tools: &'a FxHashMap<&'a str, ToolIx>) -> Bench<'a> {
        Bench { author, realiser, tools }
    }

    /// The dialogue made harder; none when it has no place for the operator, or for one that works before words.
    pub fn apply(&self, operator: Operator, dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
        let mut out = match operator {
            Operator::DistractNear => self.distract(dialogue, DistractorKind::Near, rng),
            Operator::DistractFar => self.distract(dialogue, DistractorKind::Far, rng),
            Operator::DistractConfusable => self.distract(dialogue, DistractorKind::Confusable, rng),
            Operator::DropUnused => offer::drop_unused(dialogue, rng),
            Operator::Reorder => offer::reorder(dialogue, rng),
            Operator::RenameTools => names::rename_tools(dialogue, rng),
            Operator::RenameParameters => names::rename_parameters(dialogue, rng),
            Operator::Mask => names::mask(dialogue, rng),
            Operator::Reformat => results::reformat(dialogue, rng),
            Operator::Noise => results::noise(dialogue, rng),
            _ => None,
        }?;
        // Nothing may get lost on the way back.
        let plain = |one: &Dialogue| one.undisguised().ok();
        if out.disguise.is_some() && plain(&out) != plain(dialogue) {
            return None;
        }
        out.operators.push(operator.name().to_string());
        Some(out)
    }
}

#[cfg(test)]
mod tests;
