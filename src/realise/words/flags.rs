//! What a carrier may ask about the turn and about the thing that is being said.

/// Names of the flags, in the order of their bits.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    // The turn.
    "first",
    "afterrequest",
    "afteroffer",
    "afterconfirm",
    "aftermore",
    "aftersuccess",
    "afterfailure",
    "afterinform",
    "afterintent",
    "aftercount",
    "afterthanks",
    "afternegate",
    "afteraffirm",
    "afterselect",
    "afteralts",
    "aftergoodbye",
    // The tool.
    "find",
    "lookup",
    "do",
    "mass",
    "person",
    "known",
    "haspart",
    // How many things are left to be said or asked.
    "none",
    "one",
    "two",
    "three",
    "more",
    "asks",
    // The thing that is being said.
    "true",
    "false",
    "relative",
    "given",
    "plural",
    "single",
    "several",
    "dontcare",
    "noun",
    "short",
    "counted",
    // What the turn has besides.
    "count",
    "countone",
    "goal",
    "thanks",
    "bye",
    "affirm",
    "negate",
    "request",
    "inform",
    "named",
    "nil",
    "massthing",
    "unit",
    "tickets",
    "ordinal",
    "light",
    "own",
];

/// The bit of a flag, if there is one of that name.
pub(super) fn bit(name: &str) -> Option<u64> {
    NAMES.iter().position(|own| *own == name).map(|at| 1 << at)
}

/// The bit of a flag that is written in this program.
pub(super) const fn of(name: &str) -> u64 {
    let mut at = 0;
    while at < NAMES.len() {
        if same(NAMES[at].as_bytes(), name.as_bytes()) {
            return 1 << at;
        }
        at += 1;
    }
    panic!("no such flag")
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_has_a_bit_of_its_own() {
        assert!(NAMES.len() <= 64);
        let bits: std::collections::BTreeSet<u64> = NAMES.iter().filter_map(|name| bit(name)).collect();
        assert_eq!(bits.len(), NAMES.len());
        assert_eq!(of("find"), bit("find").unwrap_or_default());
    }
}
