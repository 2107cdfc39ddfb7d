//! Findings as people and programs read them.

mod exchange;
mod text;

pub use exchange::{github, json, junit, sarif};
pub use text::{Style, Table, explain, motifs, severity_of, text};
