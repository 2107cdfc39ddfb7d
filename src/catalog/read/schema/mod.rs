//! From an author's schema to a JSON Schema that can be relied on.
//!
//! [`mend`] rewrites what has one safe reading and writes a note for each; [`check`] refuses the rest with a reason.

mod alias;
mod allows;
mod check;
mod mend;
mod plain;
mod walk;

pub(crate) use alias::read_type;
pub(crate) use allows::allows;
pub(crate) use check::{Refusal, check, check_result};
pub(crate) use mend::{Tally, cut, mend, mend_defaults};
pub(crate) use plain::{compiles, is_plain};
pub(crate) use walk::{Kind as KeywordKind, kind as keyword_kind};
