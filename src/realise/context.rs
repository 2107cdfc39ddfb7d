//! Under what circumstances does somebody speak? A level of each circumstance, what it makes them like to say, and now and then a
//! sentence that speaks of it.

use super::Scenario;
use super::leaning::{Leaning, layers};
use crate::seed::Rng;
use rand::RngExt;

/// What the circumstances of a dialogue add.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context {
    /// A sentence about them.
    pub say: Option<&'static str>,
    /// The speaker tells everything at once.
    pub all_at_once: bool,
}

/// How often somebody speaks of a circumstance that has words.
const SPOKEN: f64 = 0.12;

/// The levels are those of the scenario; where it has none, drawn ones.
pub(super) fn draw(leaning: &mut Leaning, scenario: &Scenario, rng: &mut Rng) -> Context {
    let mut context = Context::default();
    for (name, levels) in &layers().contexts {
        let mut at = rng.random_range(0..100u32);
        let spoken = rng.random_bool(SPOKEN);
        let which = rng.random_range(0..64usize);
        let mut drawn = || {
            levels.iter().find(|(_, level)| {
                let here = at < level.share;
                at = at.saturating_sub(level.share);
                here
            })
        };
        let chosen = match scenario.get(name) {
            Some(level) => levels.get_key_value(level),
            None => drawn(),
        };
        let Some((level_name, level)) = chosen else { continue };
        leaning.add(&level.lean);
        let all = name == "protocol" && level_name == "all_at_once";
        context.all_at_once |= all;
        if (spoken || all && which % 2 == 0) && !level.say.is_empty() && context.say.is_none() {
            context.say = Some(&level.say[which % level.say.len()]);
        }
    }
    context
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::{Stage, stream};

    #[test]
    fn each_level_comes_as_often_as_its_share() {
        let drawn: Vec<Context> =
            (0..2000).map(|at| draw(&mut Leaning::default(), &Scenario::new(), &mut stream(1, at, Stage::Words, 0))).collect();
        let all = drawn.iter().filter(|context| context.all_at_once).count();
        assert!((170..310).contains(&all), "{all}");
        let said = drawn.iter().filter(|context| context.say.is_some()).count();
        assert!((150..700).contains(&said), "{said}");
    }

    #[test]
    fn a_scenario_decides_and_nothing_special_is_a_level() {
        let of = |level: &str, at| {
            let scenario = Scenario::from([("protocol".to_string(), level.to_string())]);
            draw(&mut Leaning::default(), &scenario, &mut stream(1, at, Stage::Words, 0)).all_at_once
        };
        assert!((0..50).all(|at| of("all_at_once", at) && !of("turn_by_turn", at)));
    }
}
