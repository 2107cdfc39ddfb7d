//! Calls that do not fit, noticed and made right. Only tools that read are called by mistake: nothing has to be undone.

use super::draft::{Arg, Draft, From, Run, TaskState, arguments, sources};
use super::offer::Offers;
use super::{AssistantAct, ScriptCall, Slip, Source, Stuck};
use crate::catalog::{Leaf, Tool, ToolClass};
use crate::dialogue::Mistake;
use crate::graph::ToolIx;
use crate::plan::{AssistantBeat, Beat, Plan};
use crate::value::SemType;
use crate::world::Demand;
use indexmap::IndexMap;
use rand::RngExt;
use rand::seq::SliceRandom;
use serde_json::{Map, Value};

/// The wrong calls of a draft.
#[derive(Debug, Default)]
pub(super) struct Slips {
    /// The last one, until it is spoken of.
    last: Option<Slip>,
    tools: Vec<ToolIx>,
}

impl Slips {
    /// The tools that were called by mistake: they have to be offered.
    pub(super) fn tools(&self) -> impl Iterator<Item = ToolIx> {
        self.tools.iter().copied()
    }
}

/// What a wrong call is made of.
struct Wrong {
    tool: ToolIx,
    arguments: Value,
    sources: IndexMap<String, Source>,
    slip: Slip,
    pointer: Option<String>,
}

impl Draft<'_> {
    /// A call that does not fit the request, with its result; the run of the task comes after it, with a number of its own.
    pub(super) fn call_wrongly(&mut self, offers: &Offers) -> Result<(), Stuck> {
        let [run] = self.task.runs.as_slice() else { return Err(Stuck::new("mistake", "not a request for one call")) };
        let run = run.clone();
        if self.task.state != TaskState::Open || !only_reads(self.tool(run.tool)) || run.args.iter().any(|arg| arg.value.is_none()) {
            return Err(Stuck::new("mistake", "only tools that read are called by mistake"));
        }
        let by_tool = self.rng.random_bool(0.4);
        let wrong = match if by_tool { self.wrong_tool(&run, offers) } else { None } {
            Some(wrong) => Some(wrong),
            None => self.wrong_argument(&run).or_else(|| self.wrong_tool(&run, offers)),
        };
        let wrong = wrong.ok_or_else(|| Stuck::new("mistake", "nothing about the call could be mistaken"))?;
        let repaired_by = self.next_call;
        self.next_call += 1;
        let tool = self.tool(wrong.tool);
        let result = self.world.call(tool, &wrong.arguments, &Demand::default());
        let result = result.map_err(|error| Stuck::new("result", format!("`{}`: {error}", tool.name)))?;
        let mistake = match wrong.pointer {
            Some(pointer) => Mistake::WrongArgument { pointer, repaired_by },
            None => Mistake::WrongTool { repaired_by },
        };
        self.task.runs[0].call = repaired_by;
        self.goals[run.goal].calls.push(repaired_by);
        self.slips.last = Some(wrong.slip);
        self.slips.tools.push(wrong.tool);
        let (arguments, sources) = (wrong.arguments, wrong.sources);
        self.assistant_calls(vec![ScriptCall {
            id: run.call,
            tool: wrong.tool,
            arguments,
            sources,
            demand: Demand::default(),
            result,
            is_error: false,
            mistake: Some(mistake),
        }]);
        Ok(())
    }

    /// One value that the user said is taken for another.
    fn wrong_argument(&mut self, run: &Run) -> Option<Wrong> {
        let tool = self.tool(run.tool);
        let mut said: Vec<usize> = (0..run.args.len())
            .filter(|a| {
                let arg = &run.args[*a];
                matches!(arg.from, From::Said { turn: Some(_) })
                    && arg.rule.is_none()
                    && !self.is_base(run, arg)
                    && !arg.pointer.contains("/0")
                    && can_be_mistaken(self.leaf(run, arg))
            })
            .collect();
        said.shuffle(&mut self.rng);
        for a in said {
            let others: Vec<Arg> = run.args.iter().enumerate().filter(|(index, _)| *index != a).map(|(_, arg)| arg.clone()).collect();
            let right = run.args[a].value.clone()?;
            let Some(taken) = self.world.redraw(tool, self.leaf(run, &run.args[a]), &arguments(tool, &others), &right) else { continue };
            let mut args = run.args.clone();
            args[a].value = Some(taken.clone());
            let given = arguments(tool, &args);
            let Some(slot) = self.slot(run, &run.args[a]).filter(|_| self.world.valid(tool, &given)) else { continue };
            let pointer = run.args[a].pointer.clone();
            let mut sources = sources(run, &IndexMap::new(), &given);
            sources.shift_remove(&pointer);
            let slip = Slip { tool: run.tool, called: run.tool, value: Some((slot, taken)) };
            return Some(Wrong { tool: run.tool, arguments: given, sources, slip, pointer: Some(pointer) });
        }
        None
    }

    /// A tool beside the right one gets those of its arguments that it takes, too.
    fn wrong_tool(&mut self, run: &Run, offers: &Offers) -> Option<Wrong> {
        let right = self.tool(run.tool);
        let mut beside = offers.beside(run.tool);
        beside.shuffle(&mut self.rng);
        let all = arguments(right, &run.args);
        let known = sources(run, &IndexMap::new(), &all);
        for other in beside {
            let tool = self.tool(other);
            if !only_reads(tool) {
                continue;
            }
            let needed: Vec<&Leaf> = tool.parameters.iter().filter(|leaf| leaf.required).collect();
            let takes = |leaf: &Leaf| {
                let same =
                    right.parameters.iter().find(|own| own.name == leaf.name && own.sem == leaf.sem && own.pointer == leaf.pointer)?;
                Some((leaf.pointer.clone(), all.pointer(&same.pointer)?.clone(), known.get(&same.pointer)?.clone()))
            };
            let given: Option<Vec<(String, Value, Source)>> = needed.iter().map(|leaf| takes(leaf)).collect();
            let Some(given) = given.filter(|given| given.iter().all(|(pointer, ..)| pointer.matches('/').count() == 1)) else {
                continue;
            };
            let mut object = Map::new();
            let mut sources = IndexMap::new();
            for (pointer, value, source) in given {
                object.insert(pointer[1..].replace("~1", "/").replace("~0", "~"), value);
                sources.insert(pointer, source);
            }
            let arguments = Value::Object(object);
            if self.world.valid(tool, &arguments) {
                return Some(Wrong {
                    tool: other,
                    arguments,
                    sources,
                    slip: Slip { tool: run.tool, called: other, value: None },
                    pointer: None,
                });
            }
        }
        None
    }

    pub(super) fn admit(&mut self) {
        if let Some(slip) = self.slips.last.take() {
            self.assistant_says(AssistantAct::Admit(slip));
        }
    }

    pub(super) fn own_up(&mut self) {
        if let Some(slip) = self.slips.last.take() {
            self.assistant_says(AssistantAct::OwnUp(slip));
        }
    }
}

/// Whether the tool can be called by mistake, when the plan has such a call.
pub(super) fn suits(plan: &Plan, tool: &Tool) -> bool {
    let mistaken = |leaf: &Leaf| leaf.required && !leaf.pointer.contains('*') && can_be_mistaken(leaf);
    !plan.may(&Beat::Assistant(AssistantBeat::CallWrongly)) || (only_reads(tool) && tool.parameters.iter().any(mistaken))
}

fn only_reads(tool: &Tool) -> bool {
    matches!(tool.phrase.class, ToolClass::Find | ToolClass::Lookup | ToolClass::Compute) && tool.effects.is_empty()
}

/// Values that one could mishear or misread.
fn can_be_mistaken(leaf: &Leaf) -> bool {
    use SemType::*;
    !matches!(leaf.sem, Bool | Text | Url | Path | Latitude | Longitude | Query) && !leaf.phrase.silent
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::leaves;
    use crate::script::ScriptTurn;
    use crate::script::testing::each_script_of;

    #[test]
    fn a_mistake_is_one_and_is_made_right() {
        let mut by_tool = 0;
        let mut by_argument = 0;
        each_script_of(&["mistake_mended"], 40, |_, catalog, script| {
            let calls: Vec<&ScriptCall> =
                script.turns.iter().filter_map(|turn| if let ScriptTurn::Calls(calls) = turn { calls.first() } else { None }).collect();
            let [wrong, right] = calls[..] else { panic!("{calls:?}") };
            assert!(right.mistake.is_none() && only_reads(&catalog.tools[wrong.tool]));
            assert_eq!(script.goals[0].calls, vec![wrong.id, right.id]);
            match wrong.mistake.as_ref().unwrap() {
                Mistake::WrongTool { repaired_by } => {
                    assert!(*repaired_by == right.id && wrong.tool != right.tool && script.offered.contains(&wrong.tool));
                    by_tool += 1;
                }
                Mistake::WrongArgument { pointer, repaired_by } => {
                    assert!(*repaired_by == right.id && wrong.tool == right.tool && !wrong.sources.contains_key(pointer));
                    let differ = leaves(&wrong.arguments).into_iter().filter(|(at, value)| right.arguments.pointer(at) != Some(value));
                    assert_eq!(differ.map(|(at, _)| at).collect::<Vec<_>>(), vec![pointer.clone()]);
                    by_argument += 1;
                }
            }
        });
        assert!(by_tool > 3 && by_argument > 10, "{by_tool} {by_argument}");
    }
}
