//! Completing what an author left out: from [`crate::catalog::RawTool`] to what a [`crate::catalog::Tool`] knows.

mod computed;
pub mod effects;
pub mod entity;
pub mod intent;
pub mod leaves;
pub mod lexicon;
mod measures;
mod merge;
mod object;
mod outcomes;
pub mod phrase_leaf;
pub mod phrase_tool;
mod prepositions;
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
