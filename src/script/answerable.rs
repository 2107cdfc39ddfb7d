//! Which answers can the question for a parameter get?

use super::bounds::{limits_of, vaguely_answered};
use super::limits::changes;
use super::needs::{fixed, is_about_user, units};
use crate::catalog::{Leaf, Tool, ToolClass};
use crate::graph::Motif;
use crate::plan::{Answer, AssistantBeat, Beat, Plan, UserBeat};
use crate::value::SemType;
use indexmap::IndexMap;
use serde::Deserialize;
use std::sync::LazyLock;

/// Words about answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lexicon {
    /// Choices that people think of and that a tool may lack, by a word of the parameter's name.
    pub elsewhere: IndexMap<String, Vec<String>>,
    /// Words of the names of parameters whose choice is a matter of taste.
    taste: Vec<String>,
}

/// The compiled-in words; a test reads them.
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
        let source = include_str!("../../plans/lexicon/answers.yaml");
        serde_yaml::from_str(source).unwrap_or(Lexicon { elsewhere: IndexMap::new(), taste: Vec::new() })
    });
    &LEXICON
}

/// People leave it to others when something new is to be, or which of a few kinds it is where that is a matter of taste. When something is
/// that exists already, and what a search is all about, they have to know.
pub(super) fn left_open(tool: &Tool, leaf: &Leaf) -> bool {
    if leaf.pointer.contains('*') || leaf.phrase.silent || leaf.phrase.noun.is_empty() {
        return false;
    }
    match leaf.sem {
        SemType::Date | SemType::Time | SemType::Datetime => match tool.phrase.class {
            ToolClass::Do | ToolClass::Compute => true,
            ToolClass::Find => asked(tool).count() > 1,
            _ => false,
        },
        SemType::Enum | SemType::Category => {
            let words = crate::value::english::words_of_identifier(&leaf.name);
            leaf.schema.get("enum").is_some() && words.iter().any(|word| lexicon().taste.contains(word))
        }
        _ => false,
    }
}

/// Optional parameters of one value that people may bring up by themselves.
pub(super) fn extras(tool: &Tool) -> Vec<usize> {
    let all = units(tool).into_iter().filter(|unit| !unit.required && unit.sayable(tool));
    let single = all.filter_map(|unit| match unit.needed(tool)[..] {
        [leaf] if !tool.parameters[leaf].pointer.contains('*') && fixed(tool, &tool.parameters[leaf]).is_none() => Some(leaf),
        _ => None,
    });
    single.collect()
}

/// The parameters that a request for this tool alone has to say, or that have to be asked for.
fn asked(tool: &Tool) -> impl Iterator<Item = &Leaf> {
    let required = units(tool).into_iter().filter(|unit| unit.required).flat_map(|unit| unit.needed(tool));
    let leaves = required.map(|leaf| &tool.parameters[leaf]);
    leaves.filter(|leaf| fixed(tool, leaf).is_none() && !leaf.pointer.contains('*') && !is_about_user(leaf))
}

/// Whether an answer to a question for this parameter can be of that kind.
pub(super) fn answerable(answer: Answer, tool: &Tool, leaf: &Leaf) -> bool {
    match answer {
        Answer::Whole | Answer::Part => true,
        // Two values of one kind would be taken for each other.
        Answer::More => extras(tool).into_iter().any(|extra| tool.parameters[extra].sem != leaf.sem),
        Answer::Wrong => !limits_of(tool, leaf).is_empty() || vaguely_answered(leaf),
        Answer::Open => left_open(tool, leaf),
    }
}

/// Whether a tool has what the answers of a plan over it alone are about.
pub(super) fn suits(plan: &Plan, tool: &Tool) -> bool {
    let count = asked(tool).count();
    let possible =
        |answer: Answer| !plan.may(&Beat::User(UserBeat::Inform { answer })) || asked(tool).any(|leaf| answerable(answer, tool, leaf));
    let part = plan.may(&Beat::User(UserBeat::Inform { answer: Answer::Part }));
    plan.motif != Motif::Single
        || (count >= plan.fewest_omitted()
            && (!part || count > 1)
            && [Answer::Wrong, Answer::Open, Answer::More].into_iter().all(possible)
            && (!plan.may(&Beat::User(UserBeat::RequestBeyond)) || has_limit(tool))
            && (!plan.may(&Beat::User(UserBeat::Correct)) || asked(tool).any(|leaf| !matches!(leaf.sem, SemType::Bool | SemType::Path))))
}

/// Whether more can be asked for than the tool can do.
fn has_limit(tool: &Tool) -> bool {
    let optional = extras(tool).into_iter().map(|leaf| &tool.parameters[leaf]);
    asked(tool).chain(optional).any(|leaf| !limits_of(tool, leaf).is_empty())
}

/// Whether the assistant has something to ask a yes for before this tool, where the plan has that: it changes something, and something was
/// said about it.
pub(super) fn confirmable(plan: &Plan, tool: &Tool) -> bool {
    let asks = plan.may(&Beat::Assistant(AssistantBeat::Confirm { acts: false }));
    !asks || (changes(tool) && asked(tool).any(|leaf| !leaf.phrase.silent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn the_words_are_read() {
        let words = lexicon();
        assert!(words.elsewhere.len() > 30 && words.taste.len() > 20);
        assert!(words.elsewhere.values().all(|choices| choices.len() > 1));
    }

    #[test]
    fn what_is_a_matter_of_taste_or_still_to_be_is_left_open() {
        let catalog = Catalog::open(&[]).unwrap();
        let open = |tool: &str, name: &str| {
            let tool = catalog.tools.iter().find(|one| one.name == tool).unwrap();
            left_open(tool, tool.parameters.iter().find(|leaf| leaf.name == name).unwrap())
        };
        assert!(open("search_songs", "genre") && open("create_calendar_event", "date") && open("search_hotels", "check_in"));
        assert!(!open("list_calendar_events", "date") && !open("freeze_card", "reason") && !open("search_places", "category"));
        assert!(!open("get_flight_status", "departure_date") && !open("search_hotels", "nights"));
    }
}
