//! English as the rest of the house needs it: plurals, articles, ordinals, verb forms, words of identifiers.
//!
//! Everything here is rules over small tables (`english/`); American spelling. A noun may be a phrase: its head is what
//! inflects (`point of interest` → `points of interest`).

mod identifier;
mod nouns;
mod numerals;
mod verbs;

pub use identifier::{is_acronym, phrase_of_identifier, words_of_identifier};
pub use nouns::{a_an, article, indefinite, is_mass, is_plural, plural, singular, without_determiner};
pub use numerals::{number_words, ordinal, ordinal_digits};
pub use verbs::{gerund, lemma_of_verb, participle, past, third_person};
