//! The first request of a conversation and what is called for it: all that a format of single questions can take.

use super::conversation::{Call, Conversation, Message};
use super::{Reduction, Refusal};

pub(super) struct Opening<'a> {
    /// What the system says first, or nothing.
    pub system: &'a str,
    pub request: &'a str,
    /// Parallel calls; none when the right answer is to call nothing.
    pub calls: &'a [Call],
    /// What a row of such a format leaves out.
    pub reduced: Vec<Reduction>,
}

impl<'a> Opening<'a> {
    /// Refuses conversations whose first request takes calls that need the results of others: their arguments are in no question.
    pub(super) fn of(conversation: &'a Conversation) -> Result<Opening<'a>, Refusal> {
        let (system, rest) = match conversation.messages.split_first() {
            Some((Message::System { text, .. }, rest)) => (text.as_str(), rest),
            _ => ("", conversation.messages.as_slice()),
        };
        let [Message::User { text: request }, Message::Assistant { text, calls, loss }, after @ ..] = rest else {
            return Err(Refusal::Opening);
        };
        if !loss {
            return Err(Refusal::Loss);
        }
        let next = after.iter().find(|message| !matches!(message, Message::Tool { .. }));
        if !calls.is_empty() && matches!(next, Some(Message::Assistant { calls, .. }) if !calls.is_empty()) {
            return Err(Refusal::Steps);
        }
        let mut reduced = Vec::new();
        if !text.is_empty() || !after.is_empty() {
            reduced.push(Reduction::Answer);
        }
        if after.iter().any(|message| matches!(message, Message::User { .. })) {
            reduced.push(Reduction::Later);
        }
        Ok(Opening { system, request, calls, reduced })
    }
}
