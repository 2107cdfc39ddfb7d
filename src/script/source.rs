//! Where does an argument come from: an earlier result, the context, the schema, or the user?

use super::draft::{Arg, By, Draft, From, Run, arguments, concrete, list_of};
use super::needs::{concrete_last, fixed, is_about_user, item_count};
use super::reckon::Rule;
use super::{CallId, Source, Stuck, companions};
use crate::catalog::{Leaf, Tool};
use crate::dialogue::{UsedRelation, pattern};
use crate::graph::{Link, Motif, RelationKind, Witness};
use crate::value::SemType;
use rand::RngExt;
use serde_json::Value;

impl Draft<'_> {
    /// Takes an argument from the step that a link points to.
    pub(super) fn follow(&mut self, run: &mut Run, link: &Link, each: Option<usize>) -> Result<(), Stuck> {
        let tool = self.tool(run.tool);
        let from = self.walk.steps[link.from].tool;
        let (field, parameter) = match &link.relation.witness {
            Witness::Flow { field, parameter } => (field.clone(), parameter),
            Witness::Reckoned { rule, field, parameter } => return self.reckon(run, link.from, *rule, field, parameter),
            Witness::Shared { first, second } => return self.share(run, link.from, first, second),
            Witness::LifeCycle { .. } | Witness::Topic { .. } => {
                self.used(link.from, run.tool, link.relation.kind);
                return Ok(());
            }
        };
        let Some(leaf) = tool.parameters.iter().position(|leaf| leaf.pointer == *parameter) else {
            return Err(Stuck::new("link", format!("`{}` has no parameter {parameter}", tool.name)));
        };
        if run.args.iter().any(|arg| arg.leaf == leaf) {
            return Ok(());
        }
        let known = &tool.parameters[leaf];
        if known.phrase.silent && !known.required && list_of(&field).is_some() {
            return Err(Stuck::new("link", format!("nobody speaks of {parameter} of `{}`, so nothing can say which is meant", tool.name)));
        }
        if self.takes(run, link.from, &field) {
            // Where a journey begins and where it ends are two places, and one item has one.
            return Ok(());
        }
        self.used(link.from, run.tool, RelationKind::Feeds);
        let giver = match self.done[link.from] {
            Some(call) => {
                let (item, by) = self.item_of(link.from, call, &field, each)?;
                let turn = self.picked(link.from).map_or(0, |picked| picked.turn);
                Giver::Done { call, item, by: if list_of(&field).is_some() { by } else { By::Only }, turn }
            }
            None => {
                let Some(earlier) = self.task.runs.iter().find(|earlier| earlier.step == link.from) else {
                    return Err(Stuck::new("link", "a step needs one that is not asked for"));
                };
                run.level = run.level.max(earlier.level + 1);
                let foreseen = self.foreseen(link.from);
                Giver::Coming { step: link.from, by: self.item_to_come(run, link.from, &field, foreseen.as_ref()) }
            }
        };
        let Some(arg) = self.taken(tool, leaf, &giver, &field) else {
            return Err(Stuck::new("link", format!("`{}` gave nothing at {field}", self.tools[from].name)));
        };
        run.args.push(arg);
        for companion in self.companions.of(tool, run, leaf) {
            let beside = companions::beside(self.tool(from), &field, &tool.parameters[companion]);
            let arg = beside.and_then(|field| self.taken(tool, companion, &giver, &field));
            run.args.extend(
                arg.filter(|arg| arg.value.as_ref().is_none_or(|value| self.world.fits(&tool.parameters[companion].schema, value))),
            );
        }
        Ok(())
    }

    /// Whether an argument is of this field of a step's list already.
    fn takes(&self, run: &Run, step: usize, field: &str) -> bool {
        let is = |arg: &Arg| match &arg.from {
            From::Step { step: other, field: known, .. } => *other == step && known == field,
            From::Known(source) => source.result().is_some_and(|(call, at)| self.done[step] == Some(call) && pattern(at) == field),
            From::Said { .. } => false,
        };
        list_of(field).is_some() && run.args.iter().any(is)
    }

    /// An argument as it is taken from a field of a result.
    fn taken(&self, tool: &Tool, leaf: usize, giver: &Giver, field: &str) -> Option<Arg> {
        let pointer = concrete(&tool.parameters[leaf].pointer, 0);
        Some(match giver {
            Giver::Done { call, item, by, turn } => {
                let at = concrete(field, *item);
                let value = self.call(*call)?.result.pointer(&at)?.clone();
                Arg { pointer, leaf, value: Some(value), from: From::Known(Self::item_source(*call, at, *item, by, *turn)), rule: None }
            }
            Giver::Coming { step, by } => {
                let from = From::Step { step: *step, field: field.to_owned(), by: by.clone() };
                Arg { pointer, leaf, value: None, from, rule: None }
            }
        })
    }

    pub(super) fn used(&mut self, from: usize, to: usize, kind: RelationKind) {
        let used = UsedRelation { from: self.tools[self.walk.steps[from].tool].name.clone(), to: self.tools[to].name.clone(), kind };
        if !self.relations.contains(&used) {
            self.relations.push(used);
        }
    }

    /// Two tools that take the same thing: the second repeats what the user said for the first.
    fn share(&mut self, run: &mut Run, from: usize, first: &str, second: &str) -> Result<(), Stuck> {
        let tool = self.tool(run.tool);
        let Some(leaf) = tool.parameters.iter().position(|leaf| leaf.pointer == second && !leaf.pointer.contains('*')) else {
            return Ok(());
        };
        let earlier = self.tool(self.walk.steps[from].tool).parameters.iter().find(|other| other.pointer == first);
        if earlier.is_some_and(|earlier| !same_unit(earlier, &tool.parameters[leaf])) {
            return Ok(());
        }
        let Some(value) = self.given_to(from, first) else { return Ok(()) };
        self.used(from, run.tool, RelationKind::Shares);
        let said = |leaf: usize, value| {
            let pointer = tool.parameters[leaf].pointer.clone();
            Arg { pointer, leaf, value: Some(value), from: From::Said { turn: None }, rule: None }
        };
        run.args.push(said(leaf, value));
        for companion in self.companions.of(tool, run, leaf) {
            let own = &tool.parameters[companion];
            let earlier = &self.tool(self.walk.steps[from].tool).parameters;
            let same = earlier.iter().find(|other| other.name == own.name && other.sem == own.sem);
            let value = same.and_then(|other| self.given_to(from, &other.pointer)).filter(|value| self.world.fits(&own.schema, value));
            run.args.extend(value.map(|value| said(companion, value)));
        }
        Ok(())
    }

    /// The value of an argument of a step, made or planned.
    fn given_to(&self, step: usize, pointer: &str) -> Option<Value> {
        match self.task.runs.iter().find(|run| run.step == step) {
            Some(run) => run.args.iter().find(|arg| arg.pointer == pointer)?.value.clone(),
            None => self.call(self.done[step]?)?.arguments.pointer(pointer).cloned(),
        }
    }

    /// A source for a parameter that no result gives: the context, the schema's only value, or the user.
    pub(super) fn find_source(&mut self, run: &mut Run, index: usize) -> Result<(), Stuck> {
        let tool = self.tool(run.tool);
        let leaf = &tool.parameters[index];
        if let Some((pointer, value)) = fixed(tool, leaf) {
            run.args.push(Arg {
                pointer: concrete(&leaf.pointer, 0),
                leaf: index,
                value: Some(value),
                from: From::Known(Source::Default { pointer }),
                rule: None,
            });
            return Ok(());
        }
        if let Some(same) = self.said_before(run.step, tool, leaf) {
            run.args.push(Arg { pointer: leaf.pointer.clone(), leaf: index, ..same });
            return Ok(());
        }
        if let Some((value, rule)) =
            self.shifted(run, leaf).or_else(|| self.multiplied(run, leaf)).or_else(|| self.in_another_unit(tool, leaf))
        {
            let from = From::Said { turn: None };
            run.args.push(Arg { pointer: leaf.pointer.clone(), leaf: index, value: Some(value), from, rule: Some(rule) });
            return Ok(());
        }
        let count = if leaf.pointer.ends_with("/*") { item_count(tool, leaf, self.rng.random_range(0..4) == 0) } else { 1 };
        for item in 0..count {
            let pointer = if count > 1 { concrete_last(&leaf.pointer, item) } else { concrete(&leaf.pointer, 0) };
            let so_far = arguments(tool, &run.args);
            let key = leaf.name.clone();
            if is_about_user(leaf)
                && leaf.schema.get("type").is_none_or(|kind| kind == "string")
                && (leaf.phrase.silent || self.rng.random_bool(0.7))
            {
                let known = self.context.user.get(&key).cloned().map(Value::String);
                let value = match known {
                    Some(value) => Some(value),
                    None => self.world.draw(tool, leaf, &so_far),
                };
                if let Some(Value::String(text)) = value {
                    self.context.user.insert(key.clone(), text.clone());
                    let from = From::Known(Source::Context { pointer: format!("/user/{key}") });
                    run.args.push(Arg { pointer, leaf: index, value: Some(Value::String(text)), from, rule: None });
                    continue;
                }
            }
            let value = self.world.draw(tool, leaf, &so_far);
            let value = value.ok_or_else(|| Stuck::new("arguments", format!("no value fits {} of `{}`", leaf.pointer, tool.name)))?;
            run.args.push(Arg { pointer, leaf: index, value: Some(value), from: From::Said { turn: None }, rule: None });
        }
        Ok(())
    }

    /// A date as so many days after the only other date of the talk.
    fn shifted(&mut self, run: &Run, leaf: &Leaf) -> Option<(Value, Rule)> {
        // A third date could stand between the two.
        let dates = self
            .tool(run.tool)
            .parameters
            .iter()
            .filter(|one| one.required && matches!(one.sem, SemType::Date | SemType::Datetime))
            .count();
        if leaf.sem != SemType::Date || leaf.pointer.contains('*') || dates > 2 || !self.rng.random_bool(0.5) {
            return None;
        }
        let (base, said) = self.only_date(run)?;
        // A date that is said beside it would be meant by "two days later" sooner than one of an earlier request.
        let of_this = matches!(&base, Source::Said { call, .. } if *call == run.call);
        if dates > 1 && !of_this {
            return None;
        }
        let days = [1, 1, 2, 2, 3, 3, 4, 5, 7][self.rng.random_range(0..9)];
        let date: jiff::civil::Date = said.parse().ok()?;
        let value = Value::String(date.checked_add(jiff::Span::new().days(days)).ok()?.to_string());
        self.world.fits(&leaf.schema, &value).then_some((value, Rule::Shift { base, days }))
    }

    /// The one date that the user has said in this request, or else so far, and where; none when there are several, so that "the day after"
    /// would have two readings.
    fn only_date(&self, run: &Run) -> Option<(Source, String)> {
        let dated = |leaf: &Leaf| matches!(leaf.sem, SemType::Date | SemType::Datetime);
        let now = self.task.runs.iter().chain([run]).flat_map(|run| run.args.iter().map(move |arg| (run, arg)));
        let mut now = now.filter(|(run, arg)| dated(self.leaf(run, arg)));
        if let Some((run, arg)) = now.next() {
            let said = matches!(arg.from, From::Said { .. }) && arg.rule.is_none() && run.said_for == run.call;
            if !said || now.next().is_some() {
                return None;
            }
            let source = Source::Said { turn: self.task.turn, call: run.call, pointer: arg.pointer.clone() };
            return Some((source, arg.value.as_ref()?.as_str()?.to_string()));
        }
        let mut before = self.calls.iter().flat_map(|call| {
            let parameters = &self.tools[call.tool].parameters;
            let leaf = move |pointer: &str| parameters.iter().find(|leaf| leaf.pointer == pointer);
            call.sources
                .iter()
                .filter(move |(pointer, _)| leaf(pointer).is_some_and(dated))
                .map(move |(pointer, source)| (call, pointer, source))
        });
        let (call, pointer, Source::User { turn }) = before.next()? else { return None };
        // A date that the assistant told in between would be meant sooner.
        let told = self.calls.iter().any(|call| self.tools[call.tool].returns.fields.iter().any(|leaf| leaf.sem == SemType::Date));
        if told || before.next().is_some() {
            return None;
        }
        let source = Source::Said { turn: *turn, call: call.id, pointer: pointer.clone() };
        Some((source, call.arguments.pointer(pointer)?.as_str()?.to_string()))
    }

    /// A value of the same name and kind that the user said for an earlier step of the errand: whoever looks for a hotel from Friday on books
    /// it from Friday on. Tools that change something are told the new value, not the old one.
    fn said_before(&self, step: usize, tool: &Tool, leaf: &Leaf) -> Option<Arg> {
        let carries = matches!(
            leaf.sem,
            SemType::City
                | SemType::Country
                | SemType::Date
                | SemType::Time
                | SemType::Datetime
                | SemType::Count
                | SemType::CountPeople
                | SemType::Currency
                | SemType::Language
        );
        // Whoever has a thing found names the place that it is in once: the owner and the repository of an issue.
        let carries = carries && tool.effects.updates.is_empty();
        let finds = self.task.runs.iter().any(|run| run.unnamed) && !matches!(leaf.sem, SemType::Text | SemType::Query | SemType::Bool);
        // A deal that waits for an answer is not moved to where it is.
        let finds = finds && (tool.effects.updates.is_empty() || !matches!(leaf.sem, SemType::Enum | SemType::Category));
        if !(carries || finds) || leaf.pointer.contains('*') || self.walk.motif(step) == Motif::Repeat {
            return None;
        }
        let fits = |other: &Leaf, value: &Value| {
            other.name == leaf.name && other.sem == leaf.sem && same_unit(other, leaf) && self.world.fits(&leaf.schema, value)
        };
        for run in self.task.runs.iter().rev() {
            let earlier = run.args.iter().find(|arg| {
                let plain = arg.rule.as_ref().is_none_or(|rule| matches!(rule, Rule::Shift { .. }));
                plain && matches!(arg.from, From::Said { .. }) && arg.value.as_ref().is_some_and(|value| fits(self.leaf(run, arg), value))
            });
            if let Some(arg) = earlier {
                return Some(arg.clone());
            }
        }
        for call in self.calls.iter().rev().filter(|call| carries && !call.is_error) {
            let parameters = &self.tools[call.tool].parameters;
            for (pointer, source) in &call.sources {
                let (Source::User { .. }, Some(value)) = (source, call.arguments.pointer(pointer)) else { continue };
                if parameters.iter().any(|other| other.pointer == *pointer && fits(other, value)) {
                    let from = From::Known(source.clone());
                    return Some(Arg { pointer: pointer.clone(), leaf: 0, value: Some(value.clone()), from, rule: None });
                }
            }
        }
        None
    }

    /// Another date is said as so many days after this one.
    pub(super) fn is_base(&self, run: &Run, arg: &Arg) -> bool {
        self.task
            .runs
            .iter()
            .flat_map(|other| &other.args)
            .filter_map(|other| other.rule.as_ref()?.base())
            .any(|base| matches!(base, Source::Said { call, pointer, .. } if *call == run.call && *pointer == arg.pointer))
    }

    /// The same value of the same kind is said in the same breath for an earlier run already.
    pub(super) fn shared_in_turn(&self, run: usize, arg: &Arg) -> bool {
        self.sharer(run, arg).is_some()
    }

    /// A later run takes its value from this argument, so that it is said in the request.
    pub(super) fn shares(&self, at: (usize, usize)) -> bool {
        let runs = self.task.runs.iter().enumerate().skip(at.0 + 1);
        runs.flat_map(|(run, later)| later.args.iter().map(move |arg| (run, arg))).any(|(run, arg)| self.sharer(run, arg) == Some(at))
    }

    /// The argument of an earlier run from which one has its value, because both mean the same.
    pub(super) fn sharer(&self, run: usize, arg: &Arg) -> Option<(usize, usize)> {
        let leaf = self.leaf(&self.task.runs[run], arg);
        self.task.runs[..run].iter().enumerate().find_map(|(r, earlier)| {
            let said = |other: &Arg| {
                let plain = other.rule.is_none() && arg.rule.is_none();
                plain && matches!(other.from, From::Said { .. }) && other.value == arg.value && self.leaf(earlier, other).sem == leaf.sem
            };
            let index = earlier.args.iter().position(said)?;
            (earlier.tool != self.task.runs[run].tool).then_some((r, index))
        })
    }
}

/// Whose result an argument is taken from.
enum Giver {
    /// A call that was made, and the item of its list that is meant, with the turn whose words picked it.
    Done { call: CallId, item: usize, by: By, turn: usize },
    /// A call of the same request.
    Coming { step: usize, by: By },
}

/// The links that people mean. Who says "move that booking" means its identifier; a date, an amount or a colour that happens to stand in
/// the same result is not meant with it, so where an identifier flows, values of everyday kinds do not.
pub(super) fn meant<'l>(tool: &Tool, links: &'l [Link], motif: Motif) -> impl Iterator<Item = &'l Link> {
    let sem = |link: &Link| match &link.relation.witness {
        Witness::Flow { parameter, .. } => tool.parameters.iter().find(|leaf| leaf.pointer == *parameter).map(|leaf| leaf.sem),
        _ => None,
    };
    let identified = links.iter().any(|link| sem(link) == Some(SemType::Id));
    let keep_all = !identified || matches!(motif, Motif::FanIn | Motif::Diamond);
    let kept: Vec<&Link> = links.iter().filter(|link| keep_all || sem(link).is_none_or(follows_along)).collect();
    kept.into_iter()
}

/// Kinds of values that come along with the thing they belong to.
fn follows_along(sem: SemType) -> bool {
    matches!(
        sem,
        SemType::Id
            | SemType::Email
            | SemType::Phone
            | SemType::Address
            | SemType::Airport
            | SemType::Code
            | SemType::Url
            | SemType::Path
            | SemType::Latitude
            | SemType::Longitude
    )
}

/// Sixty feet are not sixty inches, though both be the length.
fn same_unit(a: &Leaf, b: &Leaf) -> bool {
    (&a.phrase.unit, &a.phrase.counted) == (&b.phrase.unit, &b.phrase.counted)
}
