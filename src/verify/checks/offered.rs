//! ## What it does
//! Every called tool must be among the offered ones, and no two offered tools may have one name.
//! ## Why it is bad
//! A model would learn to call tools that it does not have.
//! ## Example
//! A call of `book_hotel` where the row offers `reserve_hotel`.

use super::Check;
use crate::verify::Findings;
use crate::verify::scene::Scene;

pub(super) struct Offered;

impl Check for Offered {
    fn name(&self) -> &'static str {
        "offered"
    }

    fn run(&self, scene: &Scene, out: &mut Findings) {
        let tools = &scene.dialogue.tools;
        for (at, tool) in tools.iter().enumerate() {
            if tools[..at].iter().any(|other| other.name == tool.name) {
                out.add(0, format!("`{}` is offered twice", tool.name));
            }
        }
        for (at, turn) in scene.dialogue.turns.iter().enumerate() {
            for name in turn.adds.iter().filter(|name| scene.dialogue.tool(name).is_none()) {
                out.add(at, format!("`{name}` is added, but is none of the tools"));
            }
        }
        for made in &scene.calls {
            if !tools.iter().any(|tool| tool.name == made.call.tool) {
                out.add(made.turn, format!("`{}` is called but not offered", made.call.tool));
            } else if !scene.dialogue.offers(&made.call.tool, made.turn) {
                out.add(made.turn, format!("`{}` is called before it is offered", made.call.tool));
            } else if made.known.is_none() {
                out.add(made.turn, format!("the parameters of `{}` cannot be read", made.call.tool));
            }
        }
    }
}
