//! The names of acts in the record, and how many values they say.

use crate::script::{AssistantAct, UserAct};

/// How many values an act says.
pub(super) fn slot_count(act: &UserAct) -> usize {
    match act {
        UserAct::Request { slots, through, .. } => slots.len() + through.iter().map(|finder| finder.slots.len()).sum::<usize>(),
        UserAct::RequestEach { slots, .. }
        | UserAct::Inform { slots }
        | UserAct::Resume { slots, .. }
        | UserAct::RequestMissing { slots, .. } => slots.len(),
        UserAct::Correct { .. } | UserAct::Recall { .. } => 1,
        _ => 0,
    }
}

pub(super) fn user_act_names(act: &UserAct) -> Vec<&'static str> {
    match act {
        UserAct::Greet => vec!["greet"],
        UserAct::Request { slots, .. } | UserAct::RequestEach { slots, .. } | UserAct::RequestMissing { slots, .. } => {
            if slots.is_empty() {
                vec!["inform_intent"]
            } else {
                vec!["inform_intent", "inform"]
            }
        }
        UserAct::Inform { .. } | UserAct::AnswerVaguely { .. } | UserAct::Recall { .. } => vec!["inform"],
        UserAct::LeaveOpen { .. } => vec!["inform_open"],
        UserAct::Correct { .. } => vec!["correct"],
        UserAct::Select { .. } => vec!["select"],
        UserAct::Affirm => vec!["affirm"],
        UserAct::Negate { .. } => vec!["negate"],
        UserAct::Cancel { .. } => vec!["negate_intent"],
        UserAct::MoreOptions { .. } => vec!["request_alternatives"],
        UserAct::AskFact { .. } => vec!["request"],
        UserAct::Resume { .. } => vec!["resume", "inform"],
        UserAct::ChitChat { .. } => vec!["chit_chat"],
        UserAct::RequestIrrelevant { .. } => vec!["inform_intent"],
        UserAct::Thank => vec!["thank"],
        UserAct::Goodbye => vec!["goodbye"],
    }
}

/// A question has one act for each value that it asks for.
pub(super) fn assistant_act_names(act: &AssistantAct) -> Vec<&'static str> {
    match act {
        AssistantAct::Ask { parameters, .. } => vec!["request"; parameters.len().max(1)],
        other => vec![assistant_act_name(other)],
    }
}

fn assistant_act_name(act: &AssistantAct) -> &'static str {
    match act {
        AssistantAct::Greet => "greet",
        AssistantAct::Ask { .. } | AssistantAct::AskAnother { .. } => "request",
        AssistantAct::AskAgain { .. } => "reject",
        AssistantAct::FoundInstead { .. } | AssistantAct::CitePolicy { .. } => "inform",
        AssistantAct::RefuseNear { .. } => "refuse_and_offer",
        AssistantAct::RefusePolicy { .. } => "refuse",
        AssistantAct::Admit(_) | AssistantAct::OwnUp(_) => "admit",
        AssistantAct::Tell { .. } => "inform",
        AssistantAct::Offer { .. } | AssistantAct::OfferRest { .. } => "offer",
        AssistantAct::Recall { .. } => "recall",
        AssistantAct::Done { .. } => "notify_success",
        AssistantAct::Confirm { .. } => "confirm",
        AssistantAct::Propose { .. } => "offer",
        AssistantAct::Failed { .. } | AssistantAct::Empty { .. } => "notify_failure",
        AssistantAct::RefuseMissing { .. } | AssistantAct::RefuseIrrelevant { .. } => "refuse",
        AssistantAct::Acknowledge => "acknowledge",
        AssistantAct::ChitChat { .. } => "chit_chat",
        AssistantAct::AskMore => "req_more",
        AssistantAct::Goodbye => "goodbye",
    }
}
