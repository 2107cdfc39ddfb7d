//! Random streams: dialogue *i* depends on the run seed and *i* alone, and each stage has a stream of its own, so that
//! changing one layer does not move another.

use rand::SeedableRng;
pub use rand::rngs::ChaCha8Rng as Rng;

/// The stages that draw at random. The numbers are part of the output's definition: never reuse one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Scenario = 1,
    Walk = 2,
    Script = 3,
    World = 4,
    Words = 5,
    Offer = 6,
    Twins = 7,
    Refine = 8,
    Fault = 12,
    Resample = 20,
    Formats = 21,
}

/// The generator of one stage of one dialogue; `attempt` counts regenerations inside the stratum.
pub fn stream(seed: u64, index: u64, stage: Stage, attempt: u32) -> Rng {
    let mut rng = Rng::seed_from_u64(seed ^ (u64::from(attempt) << 40) ^ ((stage as u64) << 56));
    rng.set_stream(index);
    rng
}
