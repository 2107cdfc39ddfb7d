//! What is wrong with this catalog?
//!
//! [`check`] looks at catalogs as their authors wrote them and tells what a model, a provider or a dialogue will trip over, where,
//! and how to mend it. One rule is one file under `rules/`, with its documentation as data, a file on which it speaks and one on
//! which it does not. Rules see the raw document ([`view::ToolView`]); those of the graph group see the completed catalog and its
//! graph as well.

pub mod baseline;
pub mod dialogues;
pub mod finding;
pub mod fix;
pub mod index;
mod keywords;
mod levels;
pub mod manual;
mod memo;
pub mod pins;
mod place;
pub mod report;
pub mod rule;
pub mod rules;
mod run;
mod tokens;
mod understand;
pub mod view;
mod witness;
pub mod words;

pub use finding::{Diagnostic, Severity};
pub use levels::{CONFIG, Level, Settings, select};
pub use rule::{Doc, Group, Rule, Target};
pub use run::{Checked, check, check_seen, read};

#[cfg(test)]
mod attack_tests;
#[cfg(test)]
mod fix_props;
#[cfg(test)]
mod planted_file_tests;
#[cfg(test)]
mod planted_tests;
#[cfg(test)]
mod tests;
