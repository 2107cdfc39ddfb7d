//! Small talk: a remark, and an answer that fits it.

use super::pen::Pen;
use super::tables::Talk;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// What the user remarks.
pub(super) fn remark(pen: &mut Pen, topic: &str) -> String {
    chosen(pen, topic, pen.at).map_or_else(|| "How are you doing today?".into(), |(remark, _)| remark.clone())
}

/// What the assistant answers to the remark in the turn before.
pub(super) fn answer(pen: &mut Pen, topic: &str) -> String {
    let answers = chosen(pen, topic, pen.at.saturating_sub(1)).map(|(_, answers)| answers);
    answers.and_then(|answers| pen.any(answers)).unwrap_or_else(|| "Nice to hear from you.".into())
}

/// The remark of the script's turn `at` with its answers. Both speakers have to know it, so it follows from the dialogue and not from the
/// candidate that is being written.
fn chosen<'p>(pen: &Pen<'p>, topic: &str, at: usize) -> Option<(&'p String, &'p Vec<String>)> {
    let talk: &'p Talk = pen.tables.chit_chat.get(topic)?;
    let choice = talk.len() * pen.wordings.clamp(1, 100) as usize / 100;
    let mark = xxh3_64_with_seed(topic.as_bytes(), pen.topic.unwrap_or_default() ^ (at as u64) << 16 ^ pen.script.turns.len() as u64);
    talk.get_index((mark % choice.max(1) as u64) as usize)
}

#[cfg(test)]
mod tests {
    use super::super::tables;

    #[test]
    fn every_remark_has_answers_that_ask_nothing_back() {
        for talk in tables::embedded().chit_chat.values() {
            assert!(talk.len() >= 5);
            for (remark, answers) in talk {
                assert!(answers.len() >= 3, "{remark}");
                assert!(answers.iter().all(|answer| answer.ends_with('.')), "{remark}");
            }
        }
    }
}
