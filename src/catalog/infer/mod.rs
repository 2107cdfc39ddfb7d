//! Completing what an author left out: from [`crate::catalog::RawTool`] to what a [`crate::catalog::Tool`] knows.
//!
//! In this order, put together by [`crate::catalog::build`]:
//!
//! 1. [`leaves`]: the flat view of a schema.
//! 2. [`intent`]: verb, object and subject of a tool, from its description and its name; [`verbs`] is the verb table.
//! 3. [`sem`] and [`entity`]: what a leaf means, and which kind of thing it stands for.
//! 4. [`phrase_leaf`] and [`phrase_tool`]: how people speak of it.
//! 5. [`vocabulary`]: how the tools of one domain name and type their identifiers.
//! 6. [`returns`]: the shape of a result, from prose, act, [`lexicon`] and vocabulary.
//! 7. [`effects`]: what a tool does to the world, and the errors that it can answer with.

mod computed;
pub mod effects;
pub mod entity;
pub mod intent;
pub mod leaves;
pub mod lexicon;
mod listed;
mod measures;
mod merge;
mod moments;
mod object;
mod outcomes;
pub mod phrase_leaf;
pub mod phrase_tool;
pub mod prepositions;
mod prose;
pub mod returns;
pub mod sem;
mod sem_cues;
mod sem_names;
mod shape;
mod subject;
pub mod verbs;
pub mod vocabulary;
mod words;

pub(crate) use moments::{DONE, names_a_moment};
pub(crate) use words::spelt_out;
