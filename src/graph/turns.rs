//! Whose turn is it? Each of some tools once, in a drawn order, before any comes again.

use super::ToolIx;

/// The tool at a place of an endless sequence that holds each tool once in every round; `salt` draws the order of the rounds.
pub fn in_turn(tools: &[ToolIx], salt: u64, place: u64) -> Option<ToolIx> {
    let count = tools.len() as u64;
    if count == 0 {
        return None;
    }
    let (round, place) = (place / count, place % count);
    let salt = mix(salt ^ mix(round));
    // An affine map with a multiplier prime to the count is a permutation.
    let mut factor = salt % count;
    while gcd(factor.max(1), count) != 1 || factor == 0 {
        factor = factor % count + 1;
    }
    let index = (u128::from(factor) * u128::from(place) + u128::from(mix(salt) % count)) % u128::from(count);
    Some(tools[index as usize])
}

/// SplitMix64's finaliser.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
