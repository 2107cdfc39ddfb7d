//! How a failure is put right: by another value from the user, or by a tool that finds the right identifier.

use super::draft::{Arg, By, Draft, From, TaskState, arguments, sources};
use super::perform::Fate;
use super::{AssistantAct, ScriptCall, Slot, Stuck, UserAct};
use crate::catalog::{ErrorCode, Leaf, Tool, ToolClass};
use crate::dialogue::{Demand, leaves};
use crate::plan::{AssistantBeat, Beat, Plan};
use crate::value::SemType;
use indexmap::IndexMap;
use rand::RngExt;
use serde_json::Value;

/// What the draft remembers of failures.
#[derive(Debug, Default)]
pub(super) struct Recovery {
    /// The argument because of which the last call failed, by index into those of the last run.
    pub(super) blamed: Option<usize>,
    /// What the next failure says.
    pub(super) message: Option<String>,
    /// The call by an identifier that is not right, until it is made.
    astray: Option<(ScriptCall, Slot)>,
    /// The identifier, until it is spoken of again.
    wrong_id: Option<Slot>,
}

impl Draft<'_> {
    /// Runs the calls of the task; the last fails because of one value that the user said, and its error names the parameter.
    pub(super) fn call_on_bad_value(&mut self, code: ErrorCode) -> Result<(), Stuck> {
        let Some(run) = self.task.runs.last().cloned() else { return Err(Stuck::new("recover", "there is no request")) };
        let candidates: Vec<usize> = (0..run.args.len())
            .filter(|a| {
                let arg = &run.args[*a];
                let said = matches!(arg.from, From::Said { turn: Some(_) }) && arg.rule.is_none() && !self.is_base(&run, arg);
                said && !arg.pointer.contains("/0") && can_be_blamed(self.tool(run.tool), self.leaf(&run, arg), code)
            })
            .collect();
        if candidates.is_empty() {
            return Err(Stuck::new("recover", "no value of the user's could be at fault"));
        }
        let blamed = candidates[self.rng.random_range(0..candidates.len())];
        let leaf = self.leaf(&run, &run.args[blamed]);
        let declares = self.tool(run.tool).effects.errors.iter().any(|case| case.code == code);
        // The tool's own words for the failure speak of the identifier.
        let own = declares && leaf.sem == SemType::Id;
        self.recovery.message = (!own).then(|| blame(leaf, run.args[blamed].value.as_ref(), code));
        self.perform(Fate::Fails(code))?;
        self.recovery.blamed = Some(blamed);
        Ok(())
    }

    /// Runs the calls of the task; the last is a search that finds nothing for one value that the user said.
    pub(super) fn call_in_vain(&mut self) -> Result<(), Stuck> {
        let Some(run) = self.task.runs.last().cloned() else { return Err(Stuck::new("recover", "there is no request")) };
        let tool = self.tool(run.tool);
        if !self.world.can_be_empty(tool) {
            return Err(Stuck::new("recover", "the result cannot be empty"));
        }
        let narrows = |a: &usize| {
            let arg = &run.args[*a];
            let said = matches!(arg.from, From::Said { turn: Some(_) }) && arg.rule.is_none() && !self.is_base(&run, arg);
            said && !arg.pointer.contains("/0") && can_be_in_vain(self.leaf(&run, arg))
        };
        let candidates: Vec<usize> = (0..run.args.len()).filter(narrows).collect();
        if candidates.is_empty() {
            return Err(Stuck::new("recover", "no value of the user's narrows the search"));
        }
        let blamed = candidates[self.rng.random_range(0..candidates.len())];
        self.perform(Fate::FindsNothing)?;
        self.recovery.blamed = Some(blamed);
        Ok(())
    }

    /// Asks for another value than the one that failed; the user's answer opens the call again.
    pub(super) fn ask_another(&mut self) -> Result<(), Stuck> {
        let (Some(blamed), Some(last)) = (self.recovery.blamed.take(), self.task.runs.len().checked_sub(1)) else {
            return Err(Stuck::new("recover", "nothing was at fault"));
        };
        let run = self.task.runs[last].clone();
        let tool = self.tool(run.tool);
        let leaf = self.leaf(&run, &run.args[blamed]);
        let others: Vec<Arg> = run.args.iter().enumerate().filter(|(index, _)| *index != blamed).map(|(_, arg)| arg.clone()).collect();
        let old = run.args[blamed].value.clone().unwrap_or_default();
        let new = self.world.redraw(tool, leaf, &arguments(tool, &others), &old);
        let new = new.ok_or_else(|| Stuck::new("recover", "the value that failed has no other beside it"))?;
        let arg = &mut self.task.runs[last].args[blamed];
        (arg.value, arg.from) = (Some(new), From::Said { turn: None });
        if !self.world.valid(tool, &arguments(tool, &self.task.runs[last].args)) {
            return Err(Stuck::new("recover", "the other value does not go with the rest"));
        }
        self.task.asked = vec![(last, blamed)];
        self.task.state = TaskState::Failed;
        self.assistant_says(AssistantAct::AskAnother { tool: run.tool, parameter: leaf.pointer.clone() });
        Ok(())
    }

    /// Asks for the whole walk, speaks of the thing by what only it has, and gives an identifier that is not right.
    pub(super) fn request_by_id(&mut self) -> Result<(), Stuck> {
        let stuck = |why: &str| Stuck::new("recover", why);
        let call = self.next_call;
        self.next_call += 1;
        // It is spoken of by what only it has, so that it can be found.
        let described = std::mem::replace(&mut self.described, true);
        let asked = self.request(&[self.walk.left_from(self.next_step)], 0, true);
        self.described = described;
        asked?;
        let turn = self.user_turn();
        let run = self.task.runs.last().cloned().ok_or_else(|| stuck("there is no request"))?;
        // The call is made at once, so there has to be everything that it takes.
        if !self.task.missing.is_empty() {
            return Err(stuck("too much would have to be asked for first"));
        }
        let tool = self.tool(run.tool);
        let steps: Vec<usize> = (0..run.args.len()).filter(|a| matches!(run.args[*a].from, From::Step { .. })).collect();
        let [at] = steps[..] else { return Err(stuck("more than an identifier has to be found")) };
        let From::Step { step, by: By::Where { field, .. }, .. } = run.args[at].from.clone() else {
            return Err(stuck("the thing is not known by a name"));
        };
        let naming = self.tool(self.walk.steps[step].tool).returns.fields.iter().find(|leaf| leaf.pointer == field);
        if naming.is_none_or(|leaf| leaf.schema.get("enum").is_some() || matches!(leaf.sem, SemType::Enum | SemType::Category)) {
            return Err(stuck("a kind of thing is no name for it"));
        }
        let leaf = self.leaf(&run, &run.args[at]);
        if leaf.sem != SemType::Id {
            return Err(stuck("what is found is no identifier"));
        }
        let mut args = run.args.clone();
        args[at].value = None;
        let drawn = self.world.draw(tool, leaf, &arguments(tool, &args)).ok_or_else(|| stuck("no identifier fits"))?;
        let known = self.foreseen(step).ok_or_else(|| stuck("the user cannot know what will be found"))?;
        if leaves(&known).iter().any(|(_, value)| **value == drawn) {
            return Err(stuck("the identifier is right by chance"));
        }
        (args[at].value, args[at].from) = (Some(drawn.clone()), From::Said { turn: Some(turn) });
        let slot = Slot { call, tool: run.tool, pointer: args[at].pointer.clone(), value: drawn, sem: leaf.sem, way: None };
        let given = arguments(tool, &args);
        if !self.world.valid(tool, &given) {
            return Err(stuck("the identifier does not go with the rest"));
        }
        let planned = super::draft::Run { call, args, ..run.clone() };
        let sources = sources(&planned, &IndexMap::new(), &given);
        let several = planned.args.iter().filter(|arg| self.leaf(&planned, arg).sem == SemType::Id).count() > 1;
        let kind = leaf.phrase.noun.trim_end_matches(" ID").trim_end_matches(" id");
        let message = several.then(|| format!("There is no {kind} with that id."));
        let demand = Demand { message, ..Demand::error(ErrorCode::NotFound) };
        let result = self.world.fail_saying(tool, ErrorCode::NotFound, &given, demand.message.clone());
        let astray = ScriptCall { id: call, tool: run.tool, arguments: given, sources, demand, result, is_error: true, mistake: None };
        self.goals[run.goal].calls.insert(0, call);
        self.recovery.astray = Some((astray, slot.clone()));
        self.user_says(UserAct::Recall { slot });
        Ok(())
    }

    /// The call by the identifier that is not right.
    pub(super) fn call_by_id(&mut self) -> Result<(), Stuck> {
        let (call, slot) = self.recovery.astray.take().ok_or_else(|| Stuck::new("recover", "no identifier was given"))?;
        self.recovery.wrong_id = Some(slot);
        self.assistant_calls(vec![call]);
        Ok(())
    }

    pub(super) fn found_instead(&mut self) {
        if let Some(slot) = self.recovery.wrong_id.take() {
            self.assistant_says(AssistantAct::FoundInstead { slot });
        }
    }
}

/// The things that the tool lists have names of their own, by which people know them.
pub(super) fn names_things(tool: &Tool) -> bool {
    let list = tool.returns.fields.iter().find_map(|leaf| super::draft::list_of(&leaf.pointer));
    let naming = list.and_then(|list| super::tell::naming(tool, list));
    let leaf = naming.and_then(|naming| tool.returns.fields.iter().find(|leaf| leaf.pointer == naming));
    let told = |leaf: &Leaf| tool.parameters.iter().any(|parameter| parameter.name == leaf.name);
    leaf.is_some_and(|leaf| {
        let kind = leaf.schema.get("enum").is_some() || matches!(leaf.sem, SemType::Enum | SemType::Category);
        !kind && !matches!(leaf.sem, SemType::Id | SemType::Text) && !told(leaf)
    })
}

/// Whether a value of the tool can be at fault in every way that the plan may take.
pub(super) fn suits(plan: &Plan, tool: &Tool) -> bool {
    let plain = |leaf: &Leaf| leaf.required && !leaf.pointer.contains('*') && !leaf.phrase.silent;
    let searches = matches!(tool.phrase.class, ToolClass::Find) && tool.returns.fields.iter().any(|leaf| leaf.pointer.contains('*'));
    let in_vain = searches && tool.parameters.iter().any(|leaf| plain(leaf) && can_be_in_vain(leaf));
    let blamed = [ErrorCode::NotFound, ErrorCode::InvalidValue].into_iter().all(|error| {
        let blames = plan.may(&Beat::Assistant(AssistantBeat::CallOnBadValue { error }));
        !blames || tool.parameters.iter().any(|leaf| plain(leaf) && can_be_blamed(tool, leaf, error))
    });
    blamed && (in_vain || !plan.may(&Beat::Assistant(AssistantBeat::CallInVain)))
}

/// Values of which a search may find nothing, and of which people have another one to offer.
fn can_be_in_vain(leaf: &Leaf) -> bool {
    use SemType::*;
    matches!(leaf.sem, City | Country | Place | Title | Person | Airport | Org | Date | Datetime | Time | Enum | Category | Query | Region)
}

/// Values that a tool may not know, or may not take although its schema does. What a tool makes has the name that it is given.
fn can_be_blamed(tool: &Tool, leaf: &Leaf, code: ErrorCode) -> bool {
    use SemType::*;
    let reads = matches!(tool.phrase.class, ToolClass::Find | ToolClass::Lookup);
    let known = matches!(leaf.sem, Id | Code | City | Country | Place | Airport | Address | Region);
    let named = known || (reads && matches!(leaf.sem, Title | Person | Org | Email));
    let measured = matches!(leaf.sem, Date | Datetime | Time | Code | Email | Phone | Address | Count | CountPeople | Money);
    leaf.schema.get("enum").is_none() && if code == ErrorCode::NotFound { named } else { measured }
}

/// The error's words: what is wrong, by the parameter's noun; names and codes are said back.
fn blame(leaf: &Leaf, value: Option<&Value>, code: ErrorCode) -> String {
    let noun = leaf.phrase.noun.trim_start_matches("the ").trim_start_matches("my ").trim_start_matches("your ");
    match (code, value.and_then(Value::as_str)) {
        (ErrorCode::NotFound, Some(said)) => format!("No match for the {noun} {said}."),
        (ErrorCode::NotFound, None) => format!("No match for that {noun}."),
        _ => format!("The {noun} is not accepted."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::Outcome;
    use crate::script::testing::each_script_of;
    use crate::script::{ScriptTurn, Source};

    #[test]
    fn a_value_that_failed_is_replaced_by_what_the_user_says_then() {
        let mut seen = 0;
        each_script_of(&["recover_by_asking"], 30, |_, _, script| {
            let calls: Vec<&ScriptCall> =
                script.turns.iter().filter_map(|turn| if let ScriptTurn::Calls(calls) = turn { calls.last() } else { None }).collect();
            let [failed, again] = calls[..] else { panic!("{calls:?}") };
            assert!(failed.is_error && !again.is_error && failed.tool == again.tool);
            let changed: Vec<_> = leaves(&again.arguments)
                .into_iter()
                .filter(|(pointer, value)| failed.arguments.pointer(pointer) != Some(value))
                .map(|(pointer, _)| again.sources[&pointer].clone())
                .collect();
            let last_user = script
                .turns
                .iter()
                .rposition(|turn| matches!(turn, ScriptTurn::User(acts) if acts.iter().any(|act| matches!(act, UserAct::Inform { .. }))));
            assert!(matches!(changed[..], [Source::User { .. }]) && last_user.is_some(), "{changed:?}");
            assert_eq!((script.goals[0].outcome, script.goals[0].calls.clone()), (Outcome::Done, vec![failed.id, again.id]));
            seen += 1;
        });
        assert!(seen > 20, "{seen}");
    }

    #[test]
    fn a_search_in_vain_is_told_and_made_again_with_another_value() {
        let (mut again, mut left) = (0, 0);
        each_script_of(&["nothing_found"], 40, |_, _, script| {
            let calls: Vec<&ScriptCall> =
                script.turns.iter().filter_map(|turn| if let ScriptTurn::Calls(calls) = turn { calls.last() } else { None }).collect();
            assert!(calls[0].demand.empty && !calls[0].is_error);
            let lists = |call: &ScriptCall| call.result.to_string().matches("[{").count();
            assert_eq!(lists(calls[0]), 0, "{}", calls[0].result);
            let told = |turn: &ScriptTurn| matches!(turn, ScriptTurn::Assistant(acts) if acts.iter().any(|act| matches!(act, AssistantAct::Empty { .. })));
            assert!(script.turns.iter().any(told));
            match calls[..] {
                [_] => left += 1,
                [first, second] => {
                    assert!(first.arguments != second.arguments && first.tool == second.tool);
                    again += 1;
                }
                _ => panic!("{calls:?}"),
            }
        });
        assert!(again > 10 && left > 0, "{again} {left}");
    }

    #[test]
    fn a_wrong_number_is_replaced_by_the_one_that_is_found() {
        let mut seen = 0;
        each_script_of(&["recover_by_finding"], 30, |_, _, script| {
            let calls: Vec<&ScriptCall> =
                script.turns.iter().filter_map(|turn| if let ScriptTurn::Calls(calls) = turn { calls.last() } else { None }).collect();
            let [astray, _, found] = calls[..] else { panic!("{calls:?}") };
            assert!(astray.is_error && astray.tool == found.tool && astray.arguments != found.arguments);
            assert!(found.sources.values().any(|source| source.result().is_some()));
            assert_eq!(script.goals[0].calls, vec![0, 1, 2]);
            seen += 1;
        });
        assert!(seen > 10, "{seen}");
    }
}
