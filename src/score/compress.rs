//! How many bytes does DEFLATE (RFC 1951) need for a text? The size of the code, without writing it: matches as zlib finds them with lazy
//! matching, lengths and distances by one Huffman code for each.

/// Bytes over bytes of the code, with the eight bytes of a gzip trailer and the ten of its header; 0 of nothing.
pub(super) fn ratio(text: &[u8]) -> f64 {
    if text.is_empty() { 0.0 } else { text.len() as f64 / (bits(text).div_ceil(8) + 18) as f64 }
}

const WINDOW: usize = 32 * 1024;
const LONGEST: usize = 258;
const SHORTEST: usize = 3;
/// Earlier places that are tried for a match, as zlib at level 6 does.
const CHAIN: usize = 128;
/// Codes before a new block begins.
const BLOCK: usize = 16 * 1024 - 1;

enum Code {
    Literal(u8),
    Match { length: usize, distance: usize },
}

fn bits(text: &[u8]) -> u64 {
    codes(text).chunks(BLOCK).map(block).sum()
}

/// One block with codes of its own.
fn block(codes: &[Code]) -> u64 {
    let (mut literals, mut distances) = ([0u64; 286], [0u64; 30]);
    let mut extra = 0;
    for code in codes {
        match code {
            Code::Literal(byte) => literals[usize::from(*byte)] += 1,
            Code::Match { length, distance } => {
                let (symbol, more) = length_symbol(*length);
                literals[symbol] += 1;
                extra += more;
                let (symbol, more) = distance_symbol(*distance);
                distances[symbol] += 1;
                extra += more;
            }
        }
    }
    literals[256] += 1;
    let (of_literals, of_distances) = (lengths(&literals), lengths(&distances));
    let coded = |counts: &[u64], lengths: &[u8]| counts.iter().zip(lengths).map(|(count, length)| count * u64::from(*length)).sum::<u64>();
    3 + 14 + table(&of_literals, &of_distances) + coded(&literals, &of_literals) + coded(&distances, &of_distances) + extra
}

/// Bits of the lengths of the codes, run by run, themselves coded.
fn table(literals: &[u8], distances: &[u8]) -> u64 {
    let used = |lengths: &[u8], least: usize| lengths.iter().rposition(|length| *length > 0).map_or(least, |last| (last + 1).max(least));
    let all: Vec<u8> = literals[..used(literals, 257)].iter().chain(&distances[..used(distances, 1)]).copied().collect();
    let mut counts = [0u64; 19];
    let mut extra = 0;
    let mut at = 0;
    while at < all.len() {
        let run = all[at..].iter().take_while(|length| **length == all[at]).count();
        let (symbol, taken, more) = match (all[at], run) {
            (0, 11..) => (18, run.min(138), 7),
            (0, 3..) => (17, run, 3),
            (length, _) if at > 0 && all[at - 1] == length && run >= 3 => (16, run.min(6), 2),
            (length, _) => (usize::from(length), 1, 0),
        };
        counts[symbol] += 1;
        extra += more;
        at += taken;
    }
    let lengths = lengths(&counts);
    const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    let told = ORDER.iter().rposition(|symbol| lengths[*symbol] > 0).map_or(4, |last| (last + 1).max(4)) as u64;
    told * 3 + extra + counts.iter().zip(&lengths).map(|(count, length)| count * u64::from(*length)).sum::<u64>()
}

/// Lengths of a Huffman code, at most 15, a symbol that is used alone has one bit.
fn lengths(counts: &[u64]) -> Vec<u8> {
    let mut lengths = vec![0u8; counts.len()];
    // Weight, and the symbols below.
    let mut trees: std::collections::BTreeMap<(u64, usize), Vec<usize>> =
        counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(symbol, count)| ((*count, symbol), vec![symbol])).collect();
    if trees.len() == 1 {
        trees.values().flatten().for_each(|symbol| lengths[*symbol] = 1);
        return lengths;
    }
    let mut made = counts.len();
    while trees.len() > 1 {
        let (Some(((a, _), mut low)), Some(((b, _), high))) = (trees.pop_first(), trees.pop_first()) else { break };
        low.extend(high);
        low.iter().for_each(|symbol| lengths[*symbol] = (lengths[*symbol] + 1).min(15));
        trees.insert((a + b, made), low);
        made += 1;
    }
    lengths
}

fn length_symbol(length: usize) -> (usize, u64) {
    if length == LONGEST {
        return (285, 0);
    }
    let own = length - SHORTEST;
    if own < 8 {
        return (257 + own, 0);
    }
    let more = own.ilog2() as usize - 2;
    (257 + 4 * more + 4 + ((own >> more) & 3), more as u64)
}

fn distance_symbol(distance: usize) -> (usize, u64) {
    let own = distance - 1;
    if own < 4 {
        return (own, 0);
    }
    let more = own.ilog2() as usize - 1;
    (2 * more + 2 + ((own >> more) & 1), more as u64)
}

/// Literals and matches: a match is put off by one byte when the next place has a longer one.
fn codes(text: &[u8]) -> Vec<Code> {
    let mut finder = Finder { text, heads: rustc_hash::FxHashMap::default(), before: vec![usize::MAX; text.len()] };
    let mut out = Vec::new();
    let mut at = 0;
    let mut found = finder.longest(0);
    while at < text.len() {
        finder.insert(at);
        let (length, distance) = found;
        let next = if at + 1 < text.len() { finder.longest(at + 1) } else { (0, 0) };
        if length < SHORTEST || next.0 > length {
            out.push(Code::Literal(text[at]));
            at += 1;
            found = next;
            continue;
        }
        out.push(Code::Match { length, distance });
        (at + 1..at + length).for_each(|inside| finder.insert(inside));
        at += length;
        found = if at < text.len() { finder.longest(at) } else { (0, 0) };
    }
    out
}

struct Finder<'t> {
    text: &'t [u8],
    heads: rustc_hash::FxHashMap<[u8; 3], usize>,
    before: Vec<usize>,
}

impl Finder<'_> {
    fn key(&self, at: usize) -> Option<[u8; 3]> {
        self.text.get(at..at + 3)?.try_into().ok()
    }

    fn insert(&mut self, at: usize) {
        if let Some(key) = self.key(at) {
            self.before[at] = self.heads.insert(key, at).unwrap_or(usize::MAX);
        }
    }

    /// Length and distance of the longest match, the nearest of equals.
    fn longest(&self, at: usize) -> (usize, usize) {
        let mut best = (0, 0);
        let mut place = self.key(at).and_then(|key| self.heads.get(&key)).copied().unwrap_or(usize::MAX);
        for _ in 0..CHAIN {
            if place == usize::MAX || at - place > WINDOW {
                break;
            }
            let ahead = &self.text[at..];
            let length = ahead.iter().zip(&self.text[place..]).take(LONGEST).take_while(|(a, b)| a == b).count();
            if length > best.0 {
                best = (length, at - place);
            }
            place = self.before[place];
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_those_of_the_standard() {
        for (length, symbol) in
            [(3, 257), (10, 264), (11, 265), (12, 265), (13, 266), (18, 268), (19, 269), (130, 280), (257, 284), (258, 285)]
        {
            assert_eq!(length_symbol(length).0, symbol, "{length}");
        }
        for (distance, symbol) in [(1, 0), (4, 3), (5, 4), (6, 4), (7, 5), (24, 8), (25, 9), (24_577, 29), (32_768, 29)] {
            assert_eq!(distance_symbol(distance).0, symbol, "{distance}");
        }
    }

    #[test]
    fn repetition_is_cheap() {
        let text = "the quick brown fox jumps over the lazy dog. ".repeat(100);
        assert!(ratio(text.as_bytes()) > 30.0);
        assert!(ratio(b"q7") < 1.0);
        assert_eq!(ratio(b""), 0.0);
    }
}
