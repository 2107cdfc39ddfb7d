//! Which rules have to see a schema at all: most look for one keyword that most schemas do not have.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

/// A number for every keyword that a rule asks for.
#[derive(Default)]
pub(super) struct Keywords(FxHashMap<&'static str, usize>);

/// Keywords as bits.
pub(super) type Bits = [u64; 2];

/// What a rule asks for: nothing, or one of some keywords.
pub(super) struct Asked(Option<Bits>);

impl Keywords {
    pub(super) fn asked(&mut self, lists: &[&[&'static str]]) -> Asked {
        let mut bits = Bits::default();
        for keyword in lists.iter().flat_map(|list| list.iter()) {
            let next = self.0.len();
            set(&mut bits, *self.0.entry(keyword).or_insert(next));
        }
        // More keywords than there are bits: the rule sees everything.
        let counted = self.0.len() <= 128;
        Asked((counted && !lists.is_empty()).then_some(bits))
    }

    /// The keywords of a schema that some rule asks for.
    pub(super) fn of(&self, schema: &Map<String, Value>) -> Bits {
        let mut bits = Bits::default();
        schema.keys().filter_map(|key| self.0.get(key.as_str())).for_each(|number| set(&mut bits, *number));
        bits
    }
}

fn set(bits: &mut Bits, number: usize) {
    if let Some(word) = bits.get_mut(number / 64) {
        *word |= 1 << (number % 64);
    }
}

impl Asked {
    pub(super) fn is_met(&self, has: &Bits) -> bool {
        self.0.is_none_or(|bits| bits[0] & has[0] != 0 || bits[1] & has[1] != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_rule_sees_the_schemas_that_have_one_of_its_keywords() {
        let mut keywords = Keywords::default();
        let (bounds, default, all) =
            (keywords.asked(&[&["minimum", "maximum"], &["pattern"]]), keywords.asked(&[&["default"]]), keywords.asked(&[]));
        let sees = |schema: Value| {
            let has = keywords.of(schema.as_object().unwrap());
            [&bounds, &default, &all].map(|asked| asked.is_met(&has))
        };
        assert_eq!(sees(json!({"type": "string"})), [false, false, true]);
        assert_eq!(sees(json!({"pattern": "a", "default": 1})), [true, true, true]);
        assert_eq!(sees(json!({"maximum": 1})), [true, false, true]);
    }
}
