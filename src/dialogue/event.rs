//! What happens in a dialogue? The events of the turn calculus, told from a finished record alone, whoever made it and by whatever plan.

mod flow;
mod talk;

use super::Dialogue;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

macro_rules! events {
    ($($(#[doc = $doc:literal])+ $event:ident => $name:literal,)+) => {
        /// Something that a tool-calling assistant meets in a dialogue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Event {
            $($(#[doc = $doc])+ #[serde(rename = $name)] $event,)+
        }

        impl Event {
            /// All events, in the order of the manual.
            pub const ALL: &'static [Event] = &[$(Event::$event,)+];

            /// As it stands in tables and manifests.
            pub fn name(self) -> &'static str {
                match self { $(Event::$event => $name,)+ }
            }

            /// What it is, in words.
            pub fn meaning(self) -> &'static str {
                match self { $(Event::$event => concat!($($doc),+),)+ }
            }
        }
    };
}

events! {
    /// One call serves what the user said.
    SingleCall => "single-call",
    /// Several calls in one message, of several tools or with values of their own.
    ParallelCalls => "parallel-calls",
    /// A call takes an argument from the result of an earlier one.
    Chain => "chain",
    /// Several tools take something from one result.
    FanOut => "fan-out",
    /// A call takes something from the results of several others.
    FanIn => "fan-in",
    /// One result feeds two calls, and both feed a fourth.
    Diamond => "diamond",
    /// A call that the user did not name gives what another needs.
    ImplicitCall => "implicit-call",
    /// One tool, once for each of several items of a list.
    Loop => "loop",
    /// One tool again, with other arguments, for something else that is wanted.
    SameToolAgain => "same-tool-again",
    /// A request that says all, so that nothing is asked.
    AllSaid => "all-said",
    /// A question for what is missing, and its answer.
    Clarification => "clarification",
    /// Of two values that are asked for one is given; the other is asked for again.
    AnswerInPart => "answer-in-part",
    /// An answer that the tool cannot take; it is asked for again.
    AnswerWrong => "answer-wrong",
    /// Any is fine; the assistant proposes a value.
    AnswerOpen => "answer-open",
    /// Two questions in a row, each for something new.
    TwoRounds => "two-rounds",
    /// An answer that brings more than was asked for.
    Volunteered => "volunteered",
    /// What was found is offered.
    Offer => "offer",
    /// The user picks one of several by its name.
    ByName => "chosen-by-name",
    /// The user picks one of several by its place.
    ByOrder => "chosen-by-order",
    /// The user picks one of several by something that it has.
    ByAttribute => "chosen-by-attribute",
    /// A yes is asked for and given.
    ConfirmAccepted => "confirm-accepted",
    /// A yes is asked for, and the answer is no.
    ConfirmRefused => "confirm-refused",
    /// A yes is asked for, and the answer changes something.
    ConfirmCorrected => "confirm-corrected",
    /// The user changes a value before the call is made.
    CorrectedBefore => "corrected-before",
    /// The user changes a value after the call was made.
    CorrectedAfter => "corrected-after",
    /// The user wants something else instead.
    ChangeOfMind => "change-of-mind",
    /// A request is taken back.
    Cancel => "cancel",
    /// The user asks what else there is.
    Alternatives => "alternatives",
    /// After an error, the same call once more.
    Retry => "retry",
    /// After an error, the call with another argument that the user gives unasked.
    OtherArgument => "other-argument",
    /// After an error, the call with an argument that another tool found.
    OtherTool => "other-tool",
    /// After an error, a question, and the call with its answer.
    AskAfterError => "ask-after-error",
    /// After an error, the request is given up and the user told.
    GivenUp => "given-up",
    /// A search that finds nothing, and the user told.
    NothingFound => "nothing-found",
    /// The assistant calls a wrong tool and repairs it.
    WrongTool => "wrong-tool",
    /// The assistant calls with a wrong argument and repairs it.
    WrongArgument => "wrong-argument",
    /// A request that no tool could serve.
    Irrelevant => "irrelevant",
    /// A request with a value that the tool cannot take; what is possible is told.
    BeyondTool => "beyond-tool",
    /// A request that an offered tool serves almost; the difference is told.
    NearMiss => "near-miss",
    /// A request for a tool that exists and is not offered.
    MissingTool => "missing-tool",
    /// A tool that comes in the middle of the dialogue.
    ToolAdded => "tool-added",
    /// A request that the rules of the system prompt do not allow.
    PolicyRefusal => "policy-refusal",
    /// A question that an earlier result answers.
    Recall => "recall",
    /// Talk that asks for nothing.
    ChitChat => "chit-chat",
    /// A topic is left for another and taken up again.
    TopicReturned => "topic-returned",
    /// Two tasks of several steps whose steps take turns.
    Interleaved => "interleaved",
    /// A value that was said or found at least four user turns before.
    FarReference => "far-reference",
    /// A date that is counted from another.
    DateArithmetic => "date-arithmetic",
    /// A count, a sum, another unit or another currency.
    Reckoned => "reckoned",
    /// The tool with the gold call is one of several on offer.
    Distractors => "distractors",
}

/// The events of a dialogue.
pub fn events(dialogue: &Dialogue) -> BTreeSet<Event> {
    let mut events = BTreeSet::new();
    flow::note(dialogue, &mut events);
    talk::note(dialogue, &mut events);
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_has_a_name_of_its_own_and_says_what_it_is() {
        let names: BTreeSet<&str> = Event::ALL.iter().map(|event| event.name()).collect();
        assert_eq!(names.len(), Event::ALL.len());
        for event in Event::ALL {
            assert_eq!(serde_json::to_value(event).unwrap(), event.name());
            assert!(event.meaning().ends_with('.'), "{}", event.name());
        }
    }
}
