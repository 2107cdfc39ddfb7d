//! Most phrases do not stand in a text, and a look at how its words begin is enough to know.

/// The pairs of small letters with which the words of a text begin.
#[derive(Debug, Clone, Default)]
pub(crate) struct Starts([u32; 26]);

impl Starts {
    pub(crate) fn of(low: &str) -> Starts {
        let mut starts = Starts::default();
        let mut inside = false;
        for pair in low.as_bytes().windows(2) {
            if !inside && let Some((first, second)) = letters(pair) {
                starts.0[first] |= 1 << second;
            }
            inside = pair[0].is_ascii_alphanumeric();
        }
        starts
    }

    /// False only where no word of the text begins as the phrase does.
    pub(crate) fn may_hold(&self, phrase: &str) -> bool {
        letters(phrase.as_bytes()).is_none_or(|(first, second)| self.0[first] & (1 << second) != 0)
    }
}

/// The first two small letters, from 0.
fn letters(text: &[u8]) -> Option<(usize, usize)> {
    let letter = |at: usize| text.get(at).filter(|byte| byte.is_ascii_lowercase()).map(|byte| (byte - b'a') as usize);
    letter(0).zip(letter(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_no_word_begins_like_is_ruled_out() {
        let starts = Starts::of("we're off to the o'hare, déjà 2pm");
        for held in ["we", "re", "of", "off to", "hare", "to", "the", "2pm", "o'hare", "x", ""] {
            assert!(starts.may_hold(held), "{held}");
        }
        // After a letter that is not ASCII nothing is ruled out.
        assert!(starts.may_hold("j") && !starts.may_hold("he") && !starts.may_hold("are") && !starts.may_hold("pm"));
        assert!(!Starts::default().may_hold("to"));
    }
}
