//! Which part of a rendering carries loss: what the assistant says and calls, without what a prompt would hold already.

use super::{Rendered, Scene, engine::MARKS};
use crate::formats::conversation::{Conversation, Message};
use std::ops::Range;

/// By the marks of the template: the tag `generation`, as `assistant_only_loss` has it. A message that must not be learned from is left out
/// where each of the assistant's messages has one mark; where that is not so, nothing is told.
pub(super) fn marked(text: &str, row: &Conversation) -> Rendered {
    let mut plain = String::with_capacity(text.len());
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut open = None;
    let mut whole = true;
    for piece in text.split_inclusive(MARKS) {
        let inner = piece.trim_end_matches(MARKS);
        plain.push_str(inner);
        match piece[inner.len()..].chars().next() {
            Some(mark) if mark == MARKS[0] => whole &= open.replace(plain.len()).is_none(),
            Some(_) => match open.take() {
                Some(start) => spans.push(start..plain.len()),
                None => whole = false,
            },
            None => {}
        }
    }
    let spoken: Vec<&Message> = row.messages.iter().filter(|message| matches!(message, Message::Assistant { .. })).collect();
    let masked = spoken.iter().any(|message| message.is_masked());
    if masked && spans.len() == spoken.len() {
        let mut messages = spoken.iter();
        spans.retain(|_| messages.next().is_some_and(|message| !message.is_masked()));
    } else if masked {
        whole = false;
    }
    Rendered { text: plain, learned: (whole && open.is_none()).then_some(spans) }
}

/// Without such marks: what the text of the row up to a message of the assistant's has more than the text up to the message before with
/// the beginning of an answer. Nothing is told where these are no beginnings of the text of the whole row, as with templates that write
/// earlier messages in another way than the last one.
///
/// Renders the row twice for each message of the assistant's.
pub(super) fn by_prefixes(scene: &Scene, whole: &str, row: &Conversation) -> Option<Vec<Range<usize>>> {
    let mut spans = Vec::new();
    for (at, message) in row.messages.iter().enumerate() {
        if !matches!(message, Message::Assistant { loss: true, .. }) {
            continue;
        }
        let start = match scene.text(at, true).ok().filter(|prompt| whole.starts_with(prompt.as_str())) {
            Some(prompt) => prompt.len(),
            // A prompt that says more than the row, such as the beginning of a thought: up to where they part.
            None => scene.text(at, false).ok().filter(|before| whole.starts_with(before.as_str()))?.len(),
        };
        let end = match at + 1 == row.messages.len() {
            true => whole.len(),
            false => scene.text(at + 1, false).ok().filter(|text| whole.starts_with(text.as_str()))?.len(),
        };
        spans.push((start <= end).then_some(start..end)?);
    }
    Some(spans)
}

/// Ranges of bytes as ranges of characters, which is what Python counts.
pub(super) fn in_characters(text: &str, spans: &[Range<usize>]) -> Vec<[usize; 2]> {
    let (mut at, mut count) = (0, 0);
    let mut up_to = |byte: usize| {
        count += text[at..byte].chars().count();
        at = byte;
        count
    };
    spans.iter().map(|span| [up_to(span.start), up_to(span.end)]).collect()
}
