//! The proof that every sequence of beats that a plan can give is a conversation.

use super::{Answer, AssistantBeat, Beat, Item, Plan, UserBeat};
use std::collections::BTreeSet;

/// What is open at one point of a conversation; the checker follows every state that alternatives can lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct State {
    /// The assistant has to speak next.
    user_spoke: bool,
    started: bool,
    requested: bool,
    /// A request waits while another is served.
    aside: bool,
    /// 1: more of a list is wanted; 2: a fact was asked for.
    question: u8,
    /// A request was made at some time.
    begun: bool,
    /// A call ran and its result was not told yet.
    called: bool,
    told: bool,
    /// A request that has to be refused.
    to_refuse: bool,
    asked: bool,
    confirming: bool,
    /// The last call failed because of a value.
    blamed: bool,
    /// A call went out with an identifier that is not right.
    astray: bool,
    /// A call that does not fit was made, and is not spoken of yet.
    wrong: bool,
    /// The call that makes it right is due.
    owed: bool,
    /// Something like it can be done.
    near: bool,
    /// The tool for it is not there yet.
    early: bool,
    /// So much may not be paid.
    too_much: bool,
    /// The user left a value to the assistant.
    open: bool,
    /// A proposal waits for a yes.
    proposed: bool,
    /// The request asks for more than the tool can do.
    beyond: bool,
}

/// Every sequence that the grammar of this plan can give is a conversation: questions before answers, requests before calls, calls before
/// results, and the assistant has the last word.
pub(super) fn check(plan: &Plan) -> Result<(), String> {
    let ends = follow(&plan.turns, BTreeSet::from([State::default()]), plan)?;
    for end in ends {
        if !end.started {
            return Err("nothing is said".into());
        }
        if end.user_spoke {
            return Err("it ends with the user's turn; the assistant has the last word".into());
        }
        if end.too_much || end.early || end.near {
            return Err("what was refused is not taken up again as its act promises".into());
        }
        if end.called {
            return Err("it ends with a call whose result is not told".into());
        }
        if end.aside || end.question > 0 {
            return Err("it ends with a question that is not answered or a request that was put aside".into());
        }
        if end.requested {
            return Err("it ends with a request that is neither called nor cancelled".into());
        }
    }
    Ok(())
}

fn follow(items: &[Item], mut states: BTreeSet<State>, plan: &Plan) -> Result<BTreeSet<State>, String> {
    for item in items {
        states = match item {
            Item::Act(beat) => states.into_iter().map(|state| step(state, beat)).collect::<Result<_, _>>()?,
            Item::AnyOf(alternatives) => {
                let mut all = BTreeSet::new();
                for (_, body) in alternatives.iter().filter(|(weight, _)| *weight > 0) {
                    all.extend(follow(body, states.clone(), plan)?);
                }
                all
            }
            Item::Maybe(_, body) => {
                let mut all = follow(body, states.clone(), plan)?;
                all.extend(states);
                all
            }
            Item::Repeat(times, body) => repeated(body, states, plan, times.clone())?,
            Item::ForEachStep(body) => {
                // As long as nothing was asked for, all steps are left.
                let (begun, fresh): (BTreeSet<State>, BTreeSet<State>) = states.into_iter().partition(|state| state.begun);
                let least = (*plan.length.start()).min(1);
                let mut all = repeated(body, begun, plan, 0..=*plan.length.end())?;
                all.extend(repeated(body, fresh, plan, least..=*plan.length.end())?);
                all
            }
        };
    }
    Ok(states)
}

fn repeated(
    body: &[Item],
    mut states: BTreeSet<State>,
    plan: &Plan,
    times: std::ops::RangeInclusive<usize>,
) -> Result<BTreeSet<State>, String> {
    let mut all = if *times.start() == 0 { states.clone() } else { BTreeSet::new() };
    // States are few, so a handful of rounds reaches every one that more rounds could reach.
    for round in 1..=(*times.end()).min(*times.start() + 8) {
        states = follow(body, states, plan)?;
        if round >= *times.start() {
            all.extend(states.iter().copied());
        }
    }
    Ok(all)
}

fn step(state: State, beat: &Beat) -> Result<State, String> {
    match beat {
        Beat::User(beat) => user_step(state, beat),
        Beat::Assistant(beat) => assistant_step(state, beat),
    }
}

fn user_step(mut state: State, beat: &UserBeat) -> Result<State, String> {
    if state.called {
        return Err(format!("the user's `{}` comes before the result of a call is told", name(beat)));
    }
    let need = |met: bool, what: &str| if met { Ok(()) } else { Err(format!("the user's `{}` needs {what} before it", name(beat))) };
    match beat {
        UserBeat::Request { aside: true, .. } => {
            need(state.requested && state.asked && !state.aside, "a request whose question is open")?;
            state.aside = true;
        }
        UserBeat::MoreOptions | UserBeat::AskFact => {
            need(state.told, "the assistant's `tell`")?;
            state.question = if matches!(beat, UserBeat::AskFact) { 2 } else { 1 };
        }
        UserBeat::Resume => {
            need(state.aside && !state.requested, "a request that was put aside, and the other one done")?;
            (state.aside, state.requested) = (false, true);
        }
        UserBeat::Request { .. } | UserBeat::RequestTwo { .. } => {
            need(!state.requested, "the request before it called or cancelled")?;
            (state.requested, state.begun) = (true, true);
        }
        UserBeat::RequestById => {
            need(!state.requested, "the request before it called or cancelled")?;
            need(!state.begun, "no other request")?;
            (state.requested, state.begun) = (true, true);
        }
        UserBeat::Inform { answer } => {
            need(state.asked, "the assistant's `ask`")?;
            state.open |= *answer == Answer::Open;
        }
        UserBeat::Correct => {
            need(state.requested || state.told, "a request")?;
            state.requested = true;
        }
        UserBeat::Select => need(state.told, "the assistant's `tell`")?,
        UserBeat::Affirm => {
            need(state.confirming || state.proposed, "the assistant's `confirm` or `propose`")?;
            state.proposed = false;
        }
        UserBeat::Negate => {
            need(state.confirming && state.requested, "the assistant's `confirm`")?;
            need(!state.owed, "the call that makes the wrong one right")?;
            state.requested = false;
        }
        UserBeat::Cancel => {
            need(state.requested, "a request")?;
            need(!state.owed, "the call that makes the wrong one right")?;
            (state.requested, state.open, state.proposed) = (false, false, false);
        }
        UserBeat::RequestBeyond => {
            need(!state.requested, "the request before it called or cancelled")?;
            (state.requested, state.begun, state.beyond) = (true, true, true);
        }
        UserBeat::RequestMissing | UserBeat::RequestIrrelevant => state.to_refuse = true,
        UserBeat::RequestNear => state.near = true,
        UserBeat::RequestEarly => (state.to_refuse, state.early) = (true, true),
        UserBeat::Lower => {
            need(state.too_much, "the assistant's `refuse_amount`")?;
            (state.too_much, state.requested) = (false, true);
        }
        UserBeat::Greet | UserBeat::ChitChat | UserBeat::Thank | UserBeat::Goodbye => {}
    }
    state.asked = false;
    state.confirming = false;
    state.user_spoke = true;
    state.started = true;
    Ok(state)
}

fn assistant_step(mut state: State, beat: &AssistantBeat) -> Result<State, String> {
    let need = |met: bool, what: &str| {
        if met { Ok(()) } else { Err(format!("the assistant's `{}` needs {what} before it", assistant_name(beat))) }
    };
    need(state.started, "the user's turn")?;
    let said_so = matches!(beat, AssistantBeat::Ask { .. });
    if state.beyond && !said_so {
        return Err(format!("the assistant's `{}` does not say that so much is not possible; `ask` does", assistant_name(beat)));
    }
    let settled = |state: &State| {
        need(!state.open, "a value for what the user left open")?;
        need(!state.proposed, "the user's yes to the proposal")
    };
    match beat {
        AssistantBeat::Ask { .. } => {
            need(state.requested, "a request")?;
            settled(&state)?;
            (state.asked, state.beyond) = (true, false);
        }
        AssistantBeat::Propose => {
            need(state.open, "an answer that leaves a value open")?;
            (state.open, state.proposed) = (false, true);
        }
        AssistantBeat::Confirm { .. } => {
            need(state.requested, "a request")?;
            settled(&state)?;
            state.confirming = true;
        }
        AssistantBeat::Call { .. } => {
            need(state.requested || state.called, "a request")?;
            settled(&state)?;
            (state.called, state.requested, state.owed) = (true, false, false);
        }
        AssistantBeat::TellRest => {
            need(state.question == 1, "`more_options`")?;
            state.question = 0;
        }
        AssistantBeat::Recall => {
            need(state.question == 2, "`ask_fact`")?;
            state.question = 0;
        }
        AssistantBeat::Tell { .. } => {
            need(state.called, "a call")?;
            (state.called, state.told) = (false, true);
        }
        AssistantBeat::CallOnBadValue { .. } | AssistantBeat::CallInVain => {
            need(state.requested, "a request")?;
            settled(&state)?;
            (state.called, state.requested, state.blamed) = (true, false, true);
        }
        AssistantBeat::AskAnother => {
            need(state.blamed && !state.called, "a failed `call_on_bad_value` or `call_in_vain` and its `tell`")?;
            (state.asked, state.requested, state.blamed) = (true, true, false);
        }
        AssistantBeat::CallById => {
            need(state.requested, "the user's `request_by_id`")?;
            state.astray = true;
        }
        AssistantBeat::FoundInstead => {
            need(state.astray && state.called, "`call_by_id` and `call`")?;
            state.astray = false;
        }
        AssistantBeat::CallWrongly => {
            need(state.requested, "a request")?;
            settled(&state)?;
            (state.wrong, state.owed) = (true, true);
        }
        AssistantBeat::Admit => {
            need(state.wrong && state.requested, "`call_wrongly`")?;
            (state.confirming, state.wrong) = (true, false);
        }
        AssistantBeat::OwnUp => {
            need(state.wrong && state.called, "`call_wrongly` and `call`")?;
            state.wrong = false;
        }
        AssistantBeat::RefuseNear => {
            need(state.near, "`request_near`")?;
            state.near = false;
        }
        AssistantBeat::ToolsUpdate => {
            need(state.early && !state.to_refuse && !state.user_spoke, "`request_early` and `refuse`")?;
            state.early = false;
        }
        AssistantBeat::RefusePolicy | AssistantBeat::RefusePrivate => {
            need(state.requested, "a request")?;
            settled(&state)?;
            state.requested = false;
        }
        AssistantBeat::RefuseAmount => {
            need(state.requested, "a request")?;
            settled(&state)?;
            (state.requested, state.too_much) = (false, true);
        }
        AssistantBeat::ConfirmPolicy => {
            need(state.requested, "a request")?;
            settled(&state)?;
            state.confirming = true;
        }
        AssistantBeat::Refuse => {
            need(state.to_refuse, "`request_missing` or `request_irrelevant`")?;
            state.to_refuse = false;
        }
        AssistantBeat::Greet | AssistantBeat::Acknowledge | AssistantBeat::ChitChat | AssistantBeat::AskMore | AssistantBeat::Goodbye => {}
    }
    state.user_spoke = false;
    Ok(state)
}

fn name(beat: &UserBeat) -> &'static str {
    match beat {
        UserBeat::Greet => "greet",
        UserBeat::Request { .. } | UserBeat::RequestTwo { .. } => "request",
        UserBeat::Inform { .. } => "inform",
        UserBeat::Correct => "correct",
        UserBeat::Select => "select",
        UserBeat::Affirm => "affirm",
        UserBeat::Negate => "negate",
        UserBeat::Cancel => "cancel",
        UserBeat::MoreOptions => "more_options",
        UserBeat::AskFact => "ask_fact",
        UserBeat::Resume => "resume",
        UserBeat::ChitChat => "chit_chat",
        UserBeat::RequestMissing => "request_missing",
        UserBeat::RequestIrrelevant => "request_irrelevant",
        UserBeat::RequestById => "request_by_id",
        UserBeat::RequestNear => "request_near",
        UserBeat::RequestEarly => "request_early",
        UserBeat::Lower => "lower",
        UserBeat::RequestBeyond => "request_beyond",
        UserBeat::Thank => "thank",
        UserBeat::Goodbye => "goodbye",
    }
}

fn assistant_name(beat: &AssistantBeat) -> &'static str {
    match beat {
        AssistantBeat::Greet => "greet",
        AssistantBeat::Ask { .. } => "ask",
        AssistantBeat::Propose => "propose",
        AssistantBeat::Confirm { .. } => "confirm",
        AssistantBeat::Call { .. } => "call",
        AssistantBeat::Tell { .. } => "tell",
        AssistantBeat::TellRest => "tell_rest",
        AssistantBeat::Recall => "recall",
        AssistantBeat::Refuse => "refuse",
        AssistantBeat::CallOnBadValue { .. } => "call_on_bad_value",
        AssistantBeat::CallInVain => "call_in_vain",
        AssistantBeat::AskAnother => "ask_another",
        AssistantBeat::CallById => "call_by_id",
        AssistantBeat::FoundInstead => "found_instead",
        AssistantBeat::CallWrongly => "call_wrongly",
        AssistantBeat::Admit => "admit",
        AssistantBeat::OwnUp => "own_up",
        AssistantBeat::RefuseNear => "refuse_near",
        AssistantBeat::ToolsUpdate => "tools_update",
        AssistantBeat::RefusePolicy => "refuse_policy",
        AssistantBeat::RefuseAmount => "refuse_amount",
        AssistantBeat::RefusePrivate => "refuse_private",
        AssistantBeat::ConfirmPolicy => "confirm_policy",
        AssistantBeat::Acknowledge => "acknowledge",
        AssistantBeat::ChitChat => "chit_chat",
        AssistantBeat::AskMore => "ask_more",
        AssistantBeat::Goodbye => "goodbye",
    }
}
