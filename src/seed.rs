//! Random streams: dialogue *i* depends on the run seed and *i* alone, and each stage has a stream of its own, so that
//! changing one layer does not move another.

pub use rand::rngs::ChaCha8Rng as Rng;
use rand::{RngExt, SeedableRng};

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

/// Whether dialogue `index` is one of a share of all, from 0 to 1, drawn systematically: every stretch of n dialogues has its share up to a few
/// (O(log n)), where draws of each for itself would scatter by √n. Whoever is drawn for a share is drawn for a larger one too.
///
/// Dialogues stand on a circle, each a step of an irrational length behind the one before; those on an arc as long as the share are drawn. The
/// steps of two stages have nothing in common (square roots of two primes), so that being drawn in one says nothing of the other (Weyl).
pub fn drawn(seed: u64, index: u64, stage: Stage, share: f64) -> bool {
    /// The fractional parts of √2, √3 and √5, as parts of a circle of 2⁶⁴.
    const STEPS: [u64; 3] = [0x6A09_E667_F3BC_C908, 0xBB67_AE85_84CA_A73B, 0x3C6E_F372_FE94_F82B];
    let step = match stage {
        Stage::Refine => STEPS[0],
        Stage::Fault => STEPS[1],
        _ => STEPS[2],
    };
    let start: u64 = stream(seed, 0, stage, u32::from(u16::MAX)).random();
    let place = start.wrapping_add(index.wrapping_mul(step));
    // 53 bits are what a share has.
    ((place >> 11) as f64) < share * (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stretch_has_its_share_and_a_larger_share_has_the_smaller_one() {
        for (seed, share, stage) in [(0, 0.2, Stage::Fault), (7, 0.37, Stage::Refine), (3, 0.5, Stage::Scenario)] {
            let is = |share: f64| move |index: &u64| drawn(seed, *index, stage, share);
            for start in [0, 100, 12_345] {
                let count = (start..start + 300).filter(is(share)).count() as f64;
                assert!((count - 300.0 * share).abs() <= 4.0, "{count} of 300 for {share}");
            }
            assert!((0..2000).filter(is(share)).all(|index| is(share + 0.1)(&index)));
            assert!((0..100).filter(is(1.0)).count() == 100 && (0..100).filter(is(0.0)).count() == 0);
        }
    }

    #[test]
    fn to_be_drawn_in_one_stage_says_nothing_of_another() {
        let both = (0..1000).filter(|index| drawn(5, *index, Stage::Fault, 0.4) && drawn(5, *index, Stage::Refine, 0.5)).count();
        assert!((180..=220).contains(&both), "{both} of 200");
    }
}
