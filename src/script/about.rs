//! What a request refers to: the earlier things, and those still to be found, that fill the arguments which nobody says.

use super::draft::{By, Draft, From, Run, concrete, list_of};
use super::{About, CallId, Fact, Source};
use crate::dialogue::pattern;

/// The call that gives the thing.
fn giver(about: &About) -> Option<CallId> {
    match about {
        About::That { call, .. } | About::Coming { call } | About::ComingNth { call, .. } | About::ComingExtreme { call, .. } => {
            Some(*call)
        }
        About::Named(fact) | About::ComingNamed(fact) => Some(fact.call),
    }
}

impl Draft<'_> {
    /// What earlier things the arguments of a run that nobody says refer to: everything that is still to be found, or else the one thing that most
    /// needs words (a name, then what "it" can mean).
    pub(super) fn about(&self, run: &Run) -> Vec<About> {
        let mut all: Vec<About> = Vec::new();
        for arg in &run.args {
            let one = match &arg.from {
                From::Step { step, by, .. } => self.about_coming(*step, by),
                From::Known(source) => match source.result() {
                    Some((call, pointer)) => self.about_known(call, pointer),
                    None => continue,
                },
                _ => continue,
            };
            if !all.contains(&one) {
                all.push(one);
            }
        }
        let rank = |about: &About| match about {
            About::ComingNth { .. } | About::ComingNamed(_) | About::ComingExtreme { .. } => 0,
            About::Named(_) => 1,
            About::That { .. } => 2,
            About::Coming { .. } => 3,
        };
        all.sort_by_key(rank);
        let unnamed = |about: &About| match about {
            About::Coming { call } => self.task.runs.iter().any(|run| run.call == *call && run.unnamed),
            other => rank(other) == 0,
        };
        let mut said: Vec<About> = Vec::new();
        for about in all {
            // The room implies its hotel; of two things that were found apart, both are said.
            let implied = |other: &About| match (giver(other), giver(&about)) {
                (Some(one), Some(two)) => one == two || self.builds_on(one, two) || self.builds_on(two, one),
                _ => true,
            };
            if unnamed(&about) || !said.iter().any(implied) {
                said.push(about);
            }
        }
        said
    }

    /// Whether a call takes anything from the result of another, be it by others between them.
    fn builds_on(&self, call: CallId, other: CallId) -> bool {
        let known = |source: &Source| source.result().map(|(giver, _)| giver);
        let givers: Vec<CallId> = match (self.call(call), self.task.runs.iter().find(|run| run.call == call)) {
            (Some(done), _) => done.sources.values().filter_map(known).collect(),
            (None, Some(run)) => {
                let step_call = |step: usize| self.task.runs.iter().find(|run| run.step == step).map(|run| run.call).or(self.done[step]);
                run.args
                    .iter()
                    .filter_map(|arg| match &arg.from {
                        From::Step { step, .. } => step_call(*step),
                        From::Known(source) => known(source),
                        From::Said { .. } => None,
                    })
                    .collect()
            }
            (None, None) => Vec::new(),
        };
        givers.iter().any(|giver| *giver == other || self.builds_on(*giver, other))
    }

    fn about_coming(&self, step: usize, by: &By) -> About {
        let tool = self.walk.steps[step].tool;
        let call = self.task.runs.iter().find(|run| run.step == step).map_or(super::NO_CALL, |run| run.call);
        match by {
            By::Place(position) => About::ComingNth { call, position: *position },
            By::Extreme { field, most } => About::ComingExtreme { call, tool, field: field.clone(), most: *most },
            By::Where { field, item, value } => About::ComingNamed(Fact {
                call,
                tool,
                pointer: concrete(field, *item),
                value: value.clone(),
                sem: self.sem_of(tool, field),
            }),
            By::Only => About::Coming { call },
        }
    }

    fn about_known(&self, call: usize, pointer: &str) -> About {
        let tool = self.call(call).map_or(0, |call| call.tool);
        let place = pattern(pointer);
        let that = About::That { call, tool };
        let step = self.done.iter().position(|done| *done == Some(call));
        let (Some(list), Some(told)) = (list_of(&place), step.and_then(|step| self.told_of(step))) else { return that };
        let just_picked = self.picked(told.step).is_some() && self.just_selected(call);
        if just_picked {
            return that;
        }
        match told.naming.as_deref().filter(|naming| list_of(naming) == Some(list)) {
            Some(naming) => {
                let item: usize = pointer[list.len() - 1..].split('/').next().and_then(|n| n.parse().ok()).unwrap_or(0);
                self.fact(call, &concrete(naming, item)).map_or(that, About::Named)
            }
            None => that,
        }
    }
}
