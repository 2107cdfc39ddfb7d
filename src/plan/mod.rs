//! How can a conversation go?
//!
//! A plan names a motif (which walk it needs) and a sequence of user and assistant acts with alternatives, options and
//! repeats. [`file`] reads and checks plan files; [`Plan::unroll`] draws one flat sequence of [`Beat`]s.

pub mod file;
mod lines;
mod proof;
mod schedule;
mod unroll;
mod yaml;

pub use file::load;
pub use schedule::Schedule;

use crate::catalog::ErrorCode;
use crate::graph::Motif;
use serde::Deserialize;
use std::ops::RangeInclusive;

/// A dialogue plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub name: String,
    pub description: String,
    pub motif: Motif,
    /// How many steps its walk has.
    pub length: RangeInclusive<usize>,
    /// Share of this plan among all plans, as a whole number.
    pub weight: u32,
    pub turns: Vec<Item>,
}

impl Plan {
    /// Whether every dialogue of this plan has this act.
    pub fn always(&self, beat: &Beat) -> bool {
        always(&self.turns, beat)
    }

    /// Whether some dialogue of this plan can have this act.
    pub fn may(&self, beat: &Beat) -> bool {
        may(&self.turns, beat)
    }

    /// Whether this holds for every act that the plan has.
    pub fn every(&self, holds: &dyn Fn(&Beat) -> bool) -> bool {
        every(&self.turns, holds)
    }

    /// How many values some request of every dialogue of this plan keeps back at least.
    pub fn fewest_omitted(&self) -> usize {
        fewest_omitted(&self.turns)
    }
}

fn may(turns: &[Item], beat: &Beat) -> bool {
    turns.iter().any(|item| match item {
        Item::Act(act) => act == beat,
        Item::AnyOf(alternatives) => alternatives.iter().any(|(weight, turns)| *weight > 0 && may(turns, beat)),
        Item::Maybe(percent, turns) => *percent > 0 && may(turns, beat),
        Item::Repeat(_, turns) | Item::ForEachStep(turns) => may(turns, beat),
    })
}

fn every(turns: &[Item], holds: &dyn Fn(&Beat) -> bool) -> bool {
    turns.iter().all(|item| match item {
        Item::Act(act) => holds(act),
        Item::AnyOf(alternatives) => alternatives.iter().all(|(_, turns)| every(turns, holds)),
        Item::Maybe(_, turns) | Item::Repeat(_, turns) | Item::ForEachStep(turns) => every(turns, holds),
    })
}

fn fewest_omitted(turns: &[Item]) -> usize {
    let of = |item: &Item| match item {
        Item::Act(Beat::User(UserBeat::Request { omit, .. })) => *omit.start(),
        Item::Act(_) | Item::Maybe(..) => 0,
        Item::AnyOf(alternatives) => alternatives.iter().map(|(_, turns)| fewest_omitted(turns)).min().unwrap_or(0),
        Item::Repeat(_, turns) | Item::ForEachStep(turns) => fewest_omitted(turns),
    };
    turns.iter().map(of).max().unwrap_or(0)
}

fn always(turns: &[Item], beat: &Beat) -> bool {
    turns.iter().any(|item| match item {
        Item::Act(act) => act == beat,
        Item::AnyOf(alternatives) => alternatives.iter().filter(|(weight, _)| *weight > 0).all(|(_, turns)| always(turns, beat)),
        Item::Maybe(percent, turns) => *percent >= 100 && always(turns, beat),
        Item::Repeat(times, turns) => *times.start() > 0 && always(turns, beat),
        Item::ForEachStep(turns) => always(turns, beat),
    })
}

/// One element of the turn grammar.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Act(Beat),
    /// One of these, drawn by weight.
    AnyOf(Vec<(u32, Vec<Item>)>),
    /// These, with this probability in percent.
    Maybe(u32, Vec<Item>),
    /// These, so many times.
    Repeat(RangeInclusive<usize>, Vec<Item>),
    /// These, once for every step of the walk that is still to do.
    ForEachStep(Vec<Item>),
}

/// One act of one speaker. Neighbouring beats of one speaker share a turn, but for calls, which are messages of their own.
#[derive(Debug, Clone, PartialEq)]
pub enum Beat {
    User(UserBeat),
    Assistant(AssistantBeat),
}

/// How many steps of the walk a request covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steps {
    Count(usize),
    /// To the end of the segment of the walk.
    Segment,
    All,
}

/// How an answer serves the question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Gives all that was asked for.
    #[default]
    Whole,
    /// Gives one value of several; the assistant has to ask for the others.
    Part,
    /// Gives a value that the tool does not take; the assistant has to say so and ask again.
    Wrong,
    /// Gives more than was asked for: an optional value as well.
    More,
    /// Gives no value but leaves it to the assistant, who has to propose one.
    Open,
}

#[derive(Debug, Clone, PartialEq)]
pub enum UserBeat {
    Greet,
    /// Asks for the next steps of the walk; `omit` required values are kept back, so that the assistant has to ask. `implicit`: the user
    /// speaks of the last of these steps only, and the others find what it is about.
    Request {
        steps: Steps,
        omit: RangeInclusive<usize>,
        implicit: bool,
        /// Before it, the open request is put aside until `resume`.
        aside: bool,
    },
    /// Two requests in one breath, for so many steps each. No plan file has it: an operator makes it of two.
    RequestTwo {
        first: usize,
        second: usize,
        omit: RangeInclusive<usize>,
        implicit: bool,
    },
    /// Answers what was asked.
    Inform {
        answer: Answer,
    },
    /// Changes one value that was said.
    Correct,
    /// Picks from the list that was offered; the next request builds on the pick.
    Select,
    Affirm,
    /// Says no to what the assistant was about to do; the request is dropped.
    Negate,
    Cancel,
    /// Wants to hear more of the list that was told.
    MoreOptions,
    /// Asks about something that an earlier result has.
    AskFact,
    /// Comes back to the request that was put aside, and answers what was asked then.
    Resume,
    ChitChat,
    RequestMissing,
    RequestIrrelevant,
    /// Asks for the whole walk by what only the thing has, and gives an identifier that is not right.
    RequestById,
    /// Asks for something that no offered tool does, though one does something like it.
    RequestNear,
    /// Asks for the next step of the walk before its tool is there.
    RequestEarly,
    /// Takes an amount that the policy allows.
    Lower,
    /// Asks for the next step of the walk with a value that its tool does not take.
    RequestBeyond,
    Thank,
    Goodbye,
}

#[derive(Debug, Clone, PartialEq)]
pub enum AssistantBeat {
    Greet,
    /// Asks for what is missing, for so many values at once or, by chance, for one or two; left out, with the answer, when nothing is.
    Ask {
        values: Option<usize>,
    },
    /// Proposes a value for what the user left open, and asks for a yes.
    Propose,
    /// Says back what is about to be done and asks for a yes; with `acts` only before a tool that changes something.
    Confirm {
        acts: bool,
    },
    /// Runs the calls of the request; with an error, the last of them fails.
    Call {
        error: Option<ErrorCode>,
    },
    /// Tells the results: an offer for lists, a confirmation for acts, facts otherwise; the failure after an error. `few`: of a list only one or
    /// two items.
    Tell {
        few: bool,
    },
    /// Tells the items of the list that were left out.
    TellRest,
    /// Answers the user's question from an earlier result.
    Recall,
    Refuse,
    /// Runs the calls of the request; the last fails because of a value that the user said.
    CallOnBadValue {
        error: ErrorCode,
    },
    /// Runs the calls of the request; the last finds nothing for a value that the user said.
    CallInVain,
    /// Asks for another value than the one that failed.
    AskAnother,
    /// Calls with the identifier that is not right; what the request is about is found after it.
    CallById,
    /// Says that it looked for the thing itself, since the identifier was not right.
    FoundInstead,
    /// Makes a call that does not fit; it only reads.
    CallWrongly,
    /// Says what was wrong about the call and asks for a yes to make it right.
    Admit,
    /// Says in passing that the first call was wrong.
    OwnUp,
    /// Cannot do that, and says what it can do instead: the next step of the walk.
    RefuseNear,
    /// The system offers the tool of the next step.
    ToolsUpdate,
    /// May not do that: only looking is allowed.
    RefusePolicy,
    /// May not give out what is private to somebody else.
    RefusePrivate,
    /// May not pay so much.
    RefuseAmount,
    /// Asks for a yes because the policy wants one.
    ConfirmPolicy,
    Acknowledge,
    ChitChat,
    AskMore,
    Goodbye,
}

/// The names under which acts are written in plan files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum UserName {
    Greet,
    Request,
    Inform,
    Correct,
    Select,
    Affirm,
    Negate,
    Cancel,
    MoreOptions,
    AskFact,
    Resume,
    ChitChat,
    RequestMissing,
    RequestIrrelevant,
    RequestById,
    RequestNear,
    RequestEarly,
    RequestBeyond,
    Lower,
    Thank,
    Goodbye,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AssistantName {
    Greet,
    Ask,
    Propose,
    Confirm,
    Call,
    Tell,
    TellRest,
    Recall,
    Refuse,
    CallOnBadValue,
    CallInVain,
    AskAnother,
    CallById,
    FoundInstead,
    CallWrongly,
    Admit,
    OwnUp,
    RefuseNear,
    ToolsUpdate,
    RefusePolicy,
    RefusePrivate,
    RefuseAmount,
    ConfirmPolicy,
    Acknowledge,
    ChitChat,
    AskMore,
    Goodbye,
}
