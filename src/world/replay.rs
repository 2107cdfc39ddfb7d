//! Running the calls of a record again.

use super::{Demand, Schemas, World, WorldError};
use crate::catalog::Tool;
use crate::dialogue::Context;
use crate::seed::Rng;
use serde_json::Value;
use std::sync::Arc;

/// One call as it was made: what a record keeps.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    pub tool: &'a Tool,
    pub arguments: &'a Value,
    /// What was demanded of its result; the default when the record keeps nothing.
    pub demand: &'a Demand,
}

/// The results of the calls, in order, from the initial world: the same bytes as when the dialogue was made. Behind a call that cannot be
/// answered (when the dialogue was made, it could be), the world is another one.
///
/// `rng` is the generator of that dialogue's world: [`crate::seed::stream`] with the run's seed, the dialogue's index,
/// [`crate::seed::Stage::World`] and the attempt that was kept. The tools must be those of the run, with their effects and domains.
pub fn replay<'a>(
    context: &Context,
    rng: Rng,
    schemas: Arc<Schemas>,
    steps: impl IntoIterator<Item = Step<'a>>,
) -> impl Iterator<Item = Result<Value, WorldError>> {
    let mut world = World::with_schemas(context, rng, schemas);
    steps.into_iter().map(move |step| world.call(step.tool, step.arguments, step.demand))
}
