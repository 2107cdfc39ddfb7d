//! Values that the user does not say but that follow from what they say and from what is known: a date so many days later, an amount in
//! another unit, the total of a list, all the people on it.

use super::draft::{Arg, Draft, From, Run, concrete, list_of};
use super::{CallId, Source, Stuck, Way};
use crate::catalog::{Leaf, Tool};
use crate::dialogue::{Function, pattern};
use crate::graph::{Motif, Reckoning, RelationKind};
use crate::value::{SemType, reckon};
use rand::RngExt;
use serde_json::{Value, json};

/// How a value follows from others.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Rule {
    /// So many days after another date, and where that one is from.
    Shift { base: Source, days: i64 },
    /// The user says the amount in another unit.
    Measure { amount: Value, unit: String },
    /// The user says an amount in another currency, whose rate is known.
    Exchange { amount: Value, currency: String, rate: Source },
    /// The sum of amounts that were told.
    Total { amounts: Vec<Source> },
    /// How many were told.
    Everyone { list: Source },
    /// An amount that was told, in another unit.
    Same { noun: String, amount: Source },
    /// So many percent of what was said for the same parameter before, and where that one is from.
    Times { base: Source, percent: i64, noun: String },
}

impl Rule {
    pub(super) fn way(&self) -> Way {
        match self {
            Rule::Shift { days, .. } => Way::Days(*days),
            Rule::Measure { amount, unit } => Way::Measure { amount: amount.clone(), unit: unit.clone() },
            Rule::Exchange { amount, currency, .. } => Way::Exchange { amount: amount.clone(), currency: currency.clone() },
            Rule::Total { .. } => Way::Total,
            Rule::Everyone { .. } => Way::Everyone,
            Rule::Same { noun, .. } => Way::Same { noun: noun.clone() },
            Rule::Times { percent, noun, .. } => Way::Times { percent: *percent, noun: noun.clone() },
        }
    }

    /// Where the value comes from, its words being at `said`.
    pub(super) fn source(&self, said: Source) -> Source {
        let (function, inputs) = match self {
            Rule::Shift { base, .. } => (Function::Shift, vec![base.clone(), said]),
            Rule::Measure { .. } => (Function::Convert, vec![said]),
            Rule::Exchange { rate, .. } => (Function::Exchange, vec![said, rate.clone()]),
            Rule::Total { amounts } => (Function::Sum, std::iter::once(said).chain(amounts.iter().cloned()).collect()),
            Rule::Everyone { list } => (Function::Count, vec![said, list.clone()]),
            Rule::Same { amount, .. } => (Function::Convert, vec![said, amount.clone()]),
            Rule::Times { base, .. } => (Function::Times, vec![base.clone(), said]),
        };
        Source::Derived { function, inputs }
    }

    /// The calls of the request have other numbers.
    pub(super) fn renumber(&mut self, of: impl Fn(CallId) -> CallId) {
        if let Rule::Shift { base: Source::Said { call, .. }, .. } | Rule::Times { base: Source::Said { call, .. }, .. } = self {
            *call = of(*call);
        }
    }

    /// The date from which it counts, or the amount that it is a multiple of.
    pub(super) fn base(&self) -> Option<&Source> {
        match self {
            Rule::Shift { base, .. } | Rule::Times { base, .. } => Some(base),
            _ => None,
        }
    }
}

/// How often a measure is said in the unit that other people use.
const FOREIGN: f64 = 0.3;
/// How often an amount is said as a multiple of the one before, where that can be said.
const MULTIPLIED: f64 = 0.5;
/// Amounts that people send in another currency.
const AMOUNTS: [i64; 14] = [20, 25, 30, 40, 50, 60, 75, 80, 100, 120, 150, 200, 250, 300];

impl Draft<'_> {
    /// A measure that the user says in the unit of other people: miles where the tool takes kilometers.
    pub(super) fn in_another_unit(&mut self, tool: &Tool, leaf: &Leaf) -> Option<(Value, Rule)> {
        if leaf.sem != SemType::Quantity || leaf.pointer.contains('*') || leaf.schema.get("enum").is_some() {
            return None;
        }
        let own = leaf.phrase.unit.as_deref().or(leaf.phrase.counted.as_deref())?;
        let unit = reckon::counterpart(own).filter(|_| self.rng.random_bool(FOREIGN))?;
        let near = reckon::converted(&self.world.draw(tool, leaf, &json!({}))?, own, unit, true)?.as_f64()?;
        // People say round numbers, but not of temperatures.
        let step = match near.abs() {
            500.0.. => 100.0,
            100.0.. => 50.0,
            20.0.. if !unit.starts_with('°') => 5.0,
            _ => 1.0,
        };
        let amount = json!(((near / step).round() * step) as i64);
        let value = reckon::converted(&amount, unit, own, whole(leaf))?;
        let said = amount.as_i64() != Some(0) && self.world.fits(&leaf.schema, &value);
        said.then(|| (value, Rule::Measure { amount, unit: unit.to_string() }))
    }

    /// Twice, three times or half of what the user said for the same parameter when the tool was asked for the first time.
    pub(super) fn multiplied(&mut self, run: &Run, leaf: &Leaf) -> Option<(Value, Rule)> {
        let amount = matches!(
            leaf.sem,
            SemType::Count | SemType::CountPeople | SemType::Money | SemType::Quantity | SemType::Percent | SemType::Number
        );
        let said = amount && !leaf.pointer.contains('*') && !leaf.phrase.silent && leaf.schema.get("enum").is_none();
        if !said || self.walk.motif(run.step) != Motif::Repeat || !self.rng.random_bool(MULTIPLIED) {
            return None;
        }
        let (base, before) = self.amount_before(run, leaf)?;
        let fits = |percent: i64| reckon::multiplied(&before, percent).filter(|value| self.world.fits(&leaf.schema, value));
        let all: Vec<(i64, Value)> = reckon::MULTIPLES.iter().filter_map(|(percent, _)| Some((*percent, fits(*percent)?))).collect();
        let (percent, value) = all.get(self.rng.random_range(0..all.len().max(1)))?.clone();
        (before.as_f64()? > 0.0).then(|| (value, Rule::Times { base, percent, noun: leaf.phrase.noun.clone() }))
    }

    /// What the user said for the parameter of an earlier run of the same tool, when nothing since goes by the same name.
    fn amount_before(&self, run: &Run, leaf: &Leaf) -> Option<(Source, Value)> {
        let plain = |arg: &&Arg| arg.pointer == leaf.pointer && arg.rule.is_none() && matches!(arg.from, From::Said { .. });
        let now = self.task.runs.iter().rfind(|earlier| earlier.tool == run.tool && earlier.step < run.step);
        if let Some(earlier) = now.filter(|earlier| earlier.said_for == earlier.call) {
            let arg = earlier.args.iter().find(plain)?;
            let source = Source::Said { turn: self.task.turn, call: earlier.call, pointer: arg.pointer.clone() };
            return Some((source, arg.value.clone()?));
        }
        let at = self.calls.iter().rposition(|call| call.tool == run.tool)?;
        let call = &self.calls[at];
        let Some(Source::User { turn }) = call.sources.get(&leaf.pointer) else { return None };
        let value = call.arguments.pointer(&leaf.pointer)?.clone();
        let same_name = |pointer: &str| pattern(pointer).rsplit('/').find(|part| *part != "*") == Some(leaf.name.as_str());
        let other = |all: &Value| crate::dialogue::leaves(all).into_iter().any(|(pointer, found)| same_name(&pointer) && *found != value);
        let single = !self.calls[at..].iter().any(|later| other(&later.arguments) || other(&later.result));
        single.then(|| (Source::Said { turn: *turn, call: call.id, pointer: leaf.pointer.clone() }, value))
    }

    /// Reckons an argument from the result of an earlier step, all of which was told.
    pub(super) fn reckon(&mut self, run: &mut Run, from: usize, rule: Reckoning, field: &str, parameter: &str) -> Result<(), Stuck> {
        let stuck = |why: &str| Stuck::new("reckon", why);
        let tool = self.tool(run.tool);
        let index = tool.parameters.iter().position(|leaf| leaf.pointer == parameter).ok_or_else(|| stuck("there is no such parameter"))?;
        let leaf = &tool.parameters[index];
        let call = self.done[from].ok_or_else(|| stuck("nothing is known to reckon from"))?;
        let (value, rule) = match rule {
            Reckoning::Count => {
                let items = self.told_whole(from, call, field).ok_or_else(|| stuck("not all of the list was told"))?;
                let list = Source::Result { call, pointer: field.trim_end_matches("/*").to_string() };
                (Some(json!(items)), Rule::Everyone { list })
            }
            Reckoning::Sum => {
                let list = list_of(field).unwrap_or_default();
                let items = self.told_whole(from, call, list).ok_or_else(|| stuck("not all of the list was told"))?;
                let pointers = (0..items).map(|item| concrete(field, item));
                let amounts: Vec<Source> = pointers.map(|pointer| Source::Result { call, pointer }).collect();
                let values = self.values(&amounts).ok_or_else(|| stuck("an amount is missing"))?;
                (reckon::total(&values), Rule::Total { amounts })
            }
            Reckoning::Convert => {
                let given = self.field_of(from, field).ok_or_else(|| stuck("there is no such field"))?;
                let units = |leaf: &Leaf| leaf.phrase.unit.clone().or_else(|| leaf.phrase.counted.clone()).unwrap_or_default();
                let amount = Source::Result { call, pointer: field.to_string() };
                let known = self.values(std::slice::from_ref(&amount)).ok_or_else(|| stuck("the amount is missing"))?;
                let value = reckon::converted(&known[0], &units(given), &units(leaf), whole(leaf));
                (value, Rule::Same { noun: given.phrase.noun.clone(), amount })
            }
            Reckoning::Exchange => {
                let rate = Source::Result { call, pointer: field.to_string() };
                let known = self.values(std::slice::from_ref(&rate)).ok_or_else(|| stuck("the rate is missing"))?;
                let currency = self.currency_of(call).ok_or_else(|| stuck("no currency was asked about"))?;
                let amount = json!(AMOUNTS[self.rng.random_range(0..AMOUNTS.len())]);
                (reckon::exchanged(&amount, &known[0]), Rule::Exchange { amount, currency, rate })
            }
        };
        let valid = value.filter(|value| self.world.fits(&leaf.schema, value));
        let value = valid.ok_or_else(|| Stuck::new("reckon", format!("what comes out is not valid for `{}`", tool.name)))?;
        self.used(from, run.tool, RelationKind::Feeds);
        let from = From::Said { turn: None };
        run.args.push(Arg { pointer: parameter.to_string(), leaf: index, value: Some(value), from, rule: Some(rule) });
        Ok(())
    }

    /// How many items a list has, when there are several, all of them were told, and nothing else was since.
    fn told_whole(&self, step: usize, call: CallId, list: &str) -> Option<usize> {
        let items = self.items(call, list).len();
        let told = self.told.as_ref().filter(|told| told.step == step && told.items.len() == items && items > 1)?;
        let naming = told.naming.as_deref().and_then(list_of);
        (naming == Some(list)).then_some(items)
    }

    /// The values that sources lead to.
    fn values(&self, sources: &[Source]) -> Option<Vec<Value>> {
        let value = |source: &Source| {
            let (call, pointer) = source.result()?;
            self.call(call)?.result.pointer(pointer).cloned()
        };
        sources.iter().map(value).collect()
    }

    fn field_of(&self, step: usize, pointer: &str) -> Option<&Leaf> {
        self.tools[self.walk.steps[step].tool].returns.fields.iter().find(|leaf| leaf.pointer == pointer)
    }

    /// The currency that a call asked about.
    fn currency_of(&self, call: CallId) -> Option<String> {
        let call = self.call(call)?;
        let leaf = self.tools[call.tool].parameters.iter().find(|leaf| leaf.sem == SemType::Currency)?;
        call.arguments.pointer(&leaf.pointer)?.as_str().map(str::to_string)
    }
}

/// The parameter takes whole numbers only.
fn whole(leaf: &Leaf) -> bool {
    leaf.schema.get("type").is_some_and(|kind| kind == "integer")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::testing::each_script_of;
    use crate::script::{Script, ScriptTurn, UserAct};
    use std::collections::BTreeMap;

    /// How the value of an argument was said in a request.
    fn way(script: &Script, call: CallId, pointer: &str) -> Option<Way> {
        let requests = script.turns.iter().filter_map(|turn| if let ScriptTurn::User(acts) = turn { Some(acts) } else { None }).flatten();
        let slots = requests.filter_map(|act| if let UserAct::Request { slots, .. } = act { Some(slots) } else { None }).flatten();
        slots.filter(|slot| slot.call == call && slot.pointer == pointer).find_map(|slot| slot.way.clone())
    }

    #[test]
    fn what_is_reckoned_comes_out_as_the_rule_says() {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        each_script_of(&["reckoned"], 120, |_, catalog, script| {
            let result = |source: &Source| {
                let (call, pointer) = source.result().unwrap();
                script.calls().find(|one| one.id == call).unwrap().result.pointer(pointer).cloned().unwrap()
            };
            for call in script.calls() {
                for (pointer, source) in &call.sources {
                    let Source::Derived { function, inputs } = source else { continue };
                    let value = call.arguments.pointer(pointer).unwrap();
                    let expected = match function {
                        Function::Count => json!(result(&inputs[1]).as_array().unwrap().len()),
                        Function::Sum => json!(inputs[1..].iter().map(|one| result(one).as_f64().unwrap()).sum::<f64>()),
                        Function::Exchange => {
                            let Some(Way::Exchange { amount, .. }) = way(script, call.id, pointer) else { panic!("nothing was said") };
                            reckon::exchanged(&amount, &result(&inputs[1])).unwrap()
                        }
                        Function::Convert => match way(script, call.id, pointer) {
                            Some(Way::Same { .. }) => json!(result(&inputs[1]).as_f64().unwrap() / 1.609344),
                            _ => continue,
                        },
                        _ => continue,
                    };
                    assert!((expected.as_f64().unwrap() - value.as_f64().unwrap()).abs() < 0.005, "{}", catalog.tools[call.tool].name);
                    *seen.entry(format!("{function:?}")).or_default() += 1;
                }
            }
        });
        for function in ["Count", "Sum", "Exchange", "Convert"] {
            assert!(seen.get(function).is_some_and(|count| *count > 3), "{seen:?}");
        }
    }
}
