//! Completing what an author left out: from [`crate::catalog::RawTool`] to what a [`crate::catalog::Tool`] knows.

pub mod effects;
pub mod entity;
pub mod intent;
pub mod leaves;
mod merge;
mod object;
pub mod phrase_leaf;
pub mod phrase_tool;
mod prepositions;
pub mod returns;
pub mod sem;
mod sem_names;
pub mod verbs;
mod words;
