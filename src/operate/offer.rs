//! Operators on what is offered: more tools, fewer tools, another order.

use super::Bench;
use crate::dialogue::{Dialogue, Outcome, ToolSpec};
use crate::graph::ToolIx;
use crate::script::DistractorKind;
use crate::seed::Rng;
use rand::RngExt;
use rand::seq::SliceRandom;

/// Tools that one operator adds.
const MORE: std::ops::RangeInclusive<usize> = 3..=8;

impl Bench<'_> {
    pub(super) fn distract(&self, dialogue: &Dialogue, kind: DistractorKind, rng: &mut Rng) -> Option<Dialogue> {
        // What has other names already is not to be found in the catalog.
        if dialogue.disguise.as_ref().is_some_and(|disguise| !disguise.tools.is_empty()) {
            return None;
        }
        let ix = |name: &str| self.tools.get(name).copied();
        let offered: Vec<ToolIx> = dialogue.tools.iter().filter_map(|tool| ix(&tool.name)).collect();
        let mut gold: Vec<ToolIx> = dialogue.calls().filter_map(|call| ix(&call.tool)).collect();
        gold.sort_unstable();
        gold.dedup();
        let refused = dialogue.goals.iter().filter(|goal| goal.outcome == Outcome::Refused).filter_map(|goal| ix(&goal.tool));
        let refused: Vec<ToolIx> = refused.collect();
        let most = rng.random_range(MORE);
        let more = self.author.more_tools(&offered, &gold, &refused, kind, most, rng);
        let specs: Vec<ToolSpec> = more.into_iter().filter_map(|ix| self.realiser.shown(ix, false)).collect();
        if specs.is_empty() {
            return None;
        }
        let mut out = dialogue.clone();
        for spec in specs {
            let at = rng.random_range(0..=out.tools.len());
            out.tools.insert(at, spec);
        }
        Some(out)
    }
}

/// Tools that no call, no goal and no later offer needs go, all of them or some.
pub(super) fn drop_unused(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let offers_instead = dialogue.turns.iter().any(|turn| turn.acts.iter().any(|act| act == "refuse_and_offer"));
    let needed = |spec: &ToolSpec| {
        dialogue.calls().any(|call| call.tool == spec.name)
            || dialogue.goals.iter().any(|goal| goal.tool == spec.name)
            || dialogue.turns.iter().any(|turn| turn.adds.contains(&spec.name))
    };
    if offers_instead || dialogue.calls().next().is_none() {
        return None;
    }
    let keep: f64 = [0.0, 0.0, 0.3, 0.5][rng.random_range(0..4)];
    let mut out = dialogue.clone();
    out.tools.retain(|spec| needed(spec) || rng.random_bool(keep));
    (out.tools.len() < dialogue.tools.len()).then_some(out)
}

pub(super) fn reorder(dialogue: &Dialogue, rng: &mut Rng) -> Option<Dialogue> {
    let mut out = dialogue.clone();
    out.tools.shuffle(rng);
    (out.tools != dialogue.tools).then_some(out)
}
