//! Which corruptions are aimed at which event?

use crate::dialogue::Event;

/// Names of the [`super::MUTATIONS`] that spoil what an event is about.
pub fn against(event: Event) -> &'static [&'static str] {
    match event {
        Event::SingleCall => &["wrong-tool", "value-changed", "argument-invented"],
        Event::ParallelCalls => &["call-dropped", "arguments-swapped"],
        Event::Chain => &["stale-source", "calls-reordered"],
        Event::FanOut | Event::FanIn | Event::Diamond => &["source-elsewhere", "calls-reordered"],
        Event::ImplicitCall => &["call-dropped", "result-changed"],
        Event::Loop => &["call-dropped", "other-item"],
        Event::SameToolAgain => &["call-repeated", "value-changed"],
        Event::AllSaid => &["needless-question", "argument-dropped"],
        Event::Clarification | Event::TwoRounds => &["answer-ignored"],
        Event::AnswerInPart => &["half-asked-again", "answer-ignored"],
        Event::AnswerWrong | Event::BeyondTool => &["good-answer-rejected", "limit-changed"],
        Event::AnswerOpen => &["wish-overruled"],
        Event::Volunteered => &["argument-dropped", "answer-ignored"],
        Event::Offer => &["facts-swapped", "name-changed"],
        Event::ByName | Event::ByOrder | Event::ByAttribute => &["other-item"],
        Event::ConfirmAccepted => &["no-overruled"],
        Event::ConfirmRefused => &["yes-dropped"],
        Event::ConfirmCorrected | Event::CorrectedBefore | Event::CorrectedAfter => &["correction-ignored"],
        Event::ChangeOfMind | Event::Cancel => &["cancel-unsaid"],
        Event::Alternatives => &["alternatives-repeated"],
        Event::Retry | Event::GivenUp => &["success-after-error"],
        Event::OtherArgument | Event::AskAfterError => &["retry-unchanged", "success-after-error"],
        Event::OtherTool => &["call-dropped", "retry-unchanged"],
        Event::NothingFound => &["empty-told-as-found"],
        Event::WrongTool | Event::WrongArgument => &["mistake-unmarked", "mistake-unrepaired", "mistake-learned"],
        Event::Irrelevant | Event::MissingTool => &["impossible-promised"],
        Event::NearMiss => &["alternative-withdrawn", "impossible-promised"],
        Event::ToolAdded => &["update-missing"],
        Event::PolicyRefusal => &["policy-lifted", "private-given"],
        Event::Recall => &["recall-changed"],
        Event::ChitChat => &["small-talk-acted"],
        Event::TopicReturned => &["answer-ignored", "call-dropped"],
        Event::Interleaved | Event::FarReference => &["source-elsewhere", "stale-source"],
        Event::DateArithmetic => &["value-changed"],
        Event::Reckoned => &["reckoned-wrong"],
        Event::Distractors => &["wrong-tool", "equivalent-offered"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::mutate::MUTATIONS;

    #[test]
    fn every_event_has_corruptions_that_are_aimed_at_it() {
        for event in Event::ALL {
            let names = against(*event);
            assert!(!names.is_empty(), "{}", event.name());
            for name in names {
                assert!(MUTATIONS.iter().any(|mutation| mutation.name == *name), "{name}");
            }
        }
    }
}
