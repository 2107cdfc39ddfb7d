//! What is said and done, in symbols? A [`Script`] is a whole dialogue before a word of it is written.
//!
//! Everything that the text must carry is here: which values are said in which turn, which facts of which result are told,
//! which item of a list was chosen and how. The realiser adds words and nothing else.

use crate::dialogue::{Context, Demand, Function, Goal, Mistake, Policy, UsedRelation};
use crate::graph::{Motif, ToolIx};
use crate::value::SemType;
use indexmap::IndexMap;
use serde_json::Value;

mod about;
mod agree;
mod answerable;
mod ask;
mod author;
mod bounds;
mod choose;
mod clarify;
mod companions;
mod course;
mod draft;
mod follow;
mod limits;
mod mistake;
mod needs;
mod offer;
mod perform;
mod reckon;
mod recover;
mod source;
mod talk;
mod tell;
mod twist;

pub use author::{Author, Streams, Stuck, Topics};
pub use bounds::Limit;
pub use course::Part;
pub(crate) use limits::changes;
pub use offer::Kind as DistractorKind;
pub use twist::Twist;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

/// A call of the script, counted from 0 over the dialogue.
pub type CallId = usize;

/// The call of a slot that is said for a tool that is not offered.
pub const NO_CALL: CallId = usize::MAX;

#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    pub plan: String,
    /// The plans of the tasks that follow the first.
    pub sequels: Vec<String>,
    pub motif: Motif,
    pub context: Context,
    /// Gold tools and distractors in the order shown.
    pub offered: Vec<ToolIx>,
    pub turns: Vec<ScriptTurn>,
    pub goals: Vec<Goal>,
    pub relations: Vec<UsedRelation>,
}

impl Script {
    /// All calls in order.
    pub fn calls(&self) -> impl Iterator<Item = &ScriptCall> {
        let calls = |turn| match turn {
            &ScriptTurn::Calls(ref calls) => calls.as_slice(),
            _ => &[],
        };
        self.turns.iter().flat_map(calls)
    }

    /// Whether the user picks the least or the most of a list, and no call takes it: it would be said for nothing.
    fn picks_in_vain(&self) -> bool {
        let acts = self.turns.iter().flat_map(|turn| if let ScriptTurn::User(acts) = turn { acts.as_slice() } else { &[] });
        let mut picked = acts.filter_map(|act| match act {
            UserAct::Select { call, pick: Pick::Extreme { .. } } => Some(*call),
            _ => None,
        });
        let takes = |call: CallId| self.calls().flat_map(|done| done.sources.values()).any(|source| source.picks(call));
        picked.any(|call| !takes(call))
    }
}

/// Turn numbers in `Source` and `Goal` are those of the finished dialogue: the system turn is 0, and `Calls` takes two (the
/// assistant's calls, then the results).
#[derive(Debug, Clone, PartialEq)]
pub enum ScriptTurn {
    User(Vec<UserAct>),
    Assistant(Vec<AssistantAct>),
    /// One assistant message with these calls, answered by one tools' turn.
    Calls(Vec<ScriptCall>),
    /// The system offers these tools from here on.
    Update(Vec<ToolIx>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct ScriptCall {
    pub id: CallId,
    pub tool: ToolIx,
    /// Always an object.
    pub arguments: Value,
    /// One source for each leaf of the arguments, by concrete pointer.
    pub sources: IndexMap<String, Source>,
    /// What was demanded of the result.
    pub demand: Demand,
    pub result: Value,
    pub is_error: bool,
    /// What is wrong with it on purpose; the argument at fault has no source.
    pub mistake: Option<Mistake>,
}

/// Where an argument comes from, before words.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// Said by the user in that turn: a [`Slot`] of one of its acts.
    User {
        turn: usize,
    },
    Result {
        call: CallId,
        pointer: String,
    },
    /// Said by the assistant in that turn, as a [`Slot`] of a `Propose`, and accepted.
    Offer {
        turn: usize,
    },
    Context {
        pointer: String,
    },
    Default {
        pointer: String,
    },
    /// Said by the user in that turn for an argument of another call.
    Said {
        turn: usize,
        call: CallId,
        pointer: String,
    },
    /// The words of the user's turn that pick an item of a list of that call's result.
    Picked {
        turn: usize,
        call: CallId,
    },
    /// By a rule from others; see [`crate::dialogue::Provenance::Derived`].
    Derived {
        function: Function,
        inputs: Vec<Source>,
    },
}

impl Source {
    /// The result that the value itself stands in: directly, or as what a rule picked.
    pub fn result(&self) -> Option<(CallId, &str)> {
        match self {
            Source::Result { call, pointer } => Some((*call, pointer)),
            Source::Derived { function: Function::Nth | Function::Where | Function::Least | Function::Most, inputs } => {
                inputs.last().and_then(Source::result)
            }
            _ => None,
        }
    }

    /// Whether words that pick from the result of a call are part of it.
    fn picks(&self, from: CallId) -> bool {
        match self {
            Source::Picked { call, .. } => *call == from,
            Source::Derived { inputs, .. } => inputs.iter().any(|input| input.picks(from)),
            _ => false,
        }
    }
}

/// A value that must be said: an argument of a call that is still to come.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    pub call: CallId,
    pub tool: ToolIx,
    /// Concrete pointer into the call's arguments: `/city`, `/guests/0/name`.
    pub pointer: String,
    pub value: Value,
    pub sem: SemType,
    /// How it is said, when not by itself.
    pub way: Option<Way>,
}

/// How a value is said that follows from something else.
#[derive(Debug, Clone, PartialEq)]
pub enum Way {
    /// A date, as so many days after the one that was spoken of before.
    Days(i64),
    /// In another unit.
    Measure { amount: Value, unit: String },
    /// As an amount in another currency.
    Exchange { amount: Value, currency: String },
    /// As the sum of what was told.
    Total,
    /// As all of those that were told.
    Everyone,
    /// As the amount that was told, by its noun.
    Same { noun: String },
    /// As so many percent of the amount that was said before, by its noun.
    Times { percent: i64, noun: String },
}

/// A fact of a result that is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub call: CallId,
    pub tool: ToolIx,
    /// Concrete pointer into the result.
    pub pointer: String,
    pub value: Value,
    pub sem: SemType,
}

/// What earlier thing a request builds on: the words for an argument that the user does not say.
#[derive(Debug, Clone, PartialEq)]
pub enum About {
    /// The one thing that a call still to come gives ("find my flight and check *it* in").
    Coming { call: CallId },
    /// An item of the list that it gives, from 0 ("book *the first one*").
    ComingNth { call: CallId, position: usize },
    /// An item of that list by what only it has ("cancel *my appointment with Dr. Cruz*").
    ComingNamed(Fact),
    /// The item of that list with the least or the most of a field ("book *the cheapest one*").
    ComingExtreme { call: CallId, tool: ToolIx, field: String, most: bool },
    /// The thing that was just told or picked ("book *it*", "*that one*").
    That { call: CallId, tool: ToolIx },
    /// A thing told earlier, by its naming field ("book *Lotus*").
    Named(Fact),
}

/// How the user picks an item of a list that the assistant told.
#[derive(Debug, Clone, PartialEq)]
pub enum Pick {
    /// "The second one": position in the order told, from 0, and how many were told.
    Ordinal { position: usize, of: usize },
    /// By the item's naming field.
    Name(Fact),
    /// By the least or the most of a field, a pattern.
    Extreme { tool: ToolIx, field: String, most: bool },
}

/// A tool that a request needs and does not name: it finds the thing that the request is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Through {
    pub call: CallId,
    pub tool: ToolIx,
    pub slots: Vec<Slot>,
    pub about: Vec<About>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum UserAct {
    Greet,
    /// Asks for what `tool` does, saying these values with it; `again` when the same tool was already asked for in this turn ("and
    /// for Porto too").
    Request {
        tool: ToolIx,
        slots: Vec<Slot>,
        /// The things that it builds on, those that most need words first.
        about: Vec<About>,
        again: bool,
        /// The finders that nobody asks for, by which things of `about` are found.
        through: Vec<Through>,
        /// It is asked in place of an answer, which is to come later.
        aside: bool,
    },
    /// One request that runs the same tool over every item of a list told before ("get the details of each of them").
    RequestEach {
        tool: ToolIx,
        list: CallId,
        slots: Vec<Slot>,
    },
    /// Answers a question with these values.
    Inform {
        slots: Vec<Slot>,
    },
    /// Answers a question in words that tell no value; `parameter` is a pattern.
    AnswerVaguely {
        tool: ToolIx,
        parameter: String,
    },
    /// Leaves the value that was asked for to the assistant ("any is fine"); `parameter` is a pattern.
    LeaveOpen {
        tool: ToolIx,
        parameter: String,
    },
    /// Takes back a value said before.
    Correct {
        slot: Slot,
        old: Value,
    },
    /// Picks an item of a list that this call gave.
    Select {
        call: CallId,
        pick: Pick,
    },
    Affirm,
    /// Says no to what the assistant was about to do with `tool`: the request is dropped.
    Negate {
        tool: ToolIx,
    },
    /// Drops the request for `tool`.
    Cancel {
        tool: ToolIx,
    },
    /// Wants to hear more of the list that `tool` gave.
    MoreOptions {
        tool: ToolIx,
    },
    /// Asks for a fact of an earlier result.
    AskFact {
        fact: Fact,
        about: Option<About>,
    },
    /// Comes back to a request that was put aside, with the values that were asked for.
    Resume {
        tool: ToolIx,
        slots: Vec<Slot>,
    },
    /// Small talk; `topic` is a key of the phrase table.
    ChitChat {
        topic: String,
    },
    /// Asks for something that no offered tool does. `tool` is that tool, when it is one of the catalog's.
    RequestMissing {
        tool: ToolIx,
        slots: Vec<Slot>,
    },
    /// Asks for something that no tool of any catalog does; `topic` is a key of the phrase table.
    RequestIrrelevant {
        topic: String,
    },
    /// Adds an identifier to a request.
    Recall {
        slot: Slot,
    },
    Thank,
    Goodbye,
}

/// What was wrong with a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Slip {
    /// The tool that was meant.
    pub tool: ToolIx,
    /// The tool that was called.
    pub called: ToolIx,
    /// The argument that was wrong as it should have been, and what was taken for it; none when the tool was wrong.
    pub value: Option<(Slot, Value)>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum AssistantAct {
    Greet,
    /// Asks for these parameters (pointers with `*`) of the coming call.
    Ask {
        call: CallId,
        tool: ToolIx,
        parameters: Vec<String>,
        /// Another call of the request takes the same, so that the question has to say which thing it is about.
        shared: bool,
    },
    /// Turns an answer down, saying why, and asks again. `slot` is what the user said, without a value when that told none.
    AskAgain {
        call: CallId,
        tool: ToolIx,
        slot: Slot,
        limit: Limit,
    },
    /// Says a plain result back.
    Tell {
        call: CallId,
        tool: ToolIx,
        facts: Vec<Fact>,
    },
    /// Lists items of a result for the user to choose from: one group of facts an item, the naming fact first.
    Offer {
        call: CallId,
        tool: ToolIx,
        items: Vec<Vec<Fact>>,
        total: usize,
    },
    /// Lists the items that were left out before, from the same result.
    OfferRest {
        call: CallId,
        tool: ToolIx,
        items: Vec<Vec<Fact>>,
    },
    /// Answers a question from an earlier result.
    Recall {
        fact: Fact,
    },
    /// Says that an act was done, with the useful facts of its result.
    Done {
        call: CallId,
        tool: ToolIx,
        facts: Vec<Fact>,
    },
    /// Repeats what is about to be done and asks for a yes.
    Confirm {
        tool: ToolIx,
        slots: Vec<Slot>,
    },
    /// Proposes values of its own.
    Propose {
        tool: ToolIx,
        slots: Vec<Slot>,
    },
    /// Tells that a call failed, and why.
    Failed {
        call: CallId,
        tool: ToolIx,
        message: String,
    },
    /// Nothing fits the request.
    Empty {
        call: CallId,
        tool: ToolIx,
    },
    /// Cannot do that: no tool for it.
    RefuseMissing {
        tool: ToolIx,
    },
    RefuseIrrelevant {
        topic: String,
    },
    /// Cannot do what `tool` does, but what `near` does.
    RefuseNear {
        tool: ToolIx,
        near: ToolIx,
    },
    /// May not do that.
    RefusePolicy {
        tool: ToolIx,
        policy: Policy,
    },
    /// Speaks of a policy before it asks for a yes.
    CitePolicy {
        policy: Policy,
    },
    /// Asks for another value of this parameter (a pointer with `*`) than the one that failed.
    AskAnother {
        tool: ToolIx,
        parameter: String,
    },
    /// The identifier was not right, so the thing was looked for.
    FoundInstead {
        slot: Slot,
    },
    /// A call was wrong; shall it be made right?
    Admit(Slip),
    /// The same in passing, after it was made right.
    OwnUp(Slip),
    /// Takes note of a correction or a cancellation.
    Acknowledge,
    ChitChat {
        topic: String,
    },
    AskMore,
    Goodbye,
}
