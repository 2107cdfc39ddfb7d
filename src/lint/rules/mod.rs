//! The rules. One rule is one file; a group is a folder.
//!
//! To add a rule: a file in the folder of its group with a struct that implements [`Rule`], one line in the group's `RULES`. The
//! tests run it on its own `bad` and `good`, ask for planted faults, and the manual is written anew with
//! `cargo run --example lint_manual`.

use super::rule::{Doc, Group, Rule};
use std::sync::LazyLock;

mod catalog;
mod descriptions;
mod file;
mod names;
mod providers;
mod schema;
mod security;

pub(super) use catalog::motifs::of as motifs;
pub(super) use catalog::no_dialogue::reasons as no_dialogue;
pub(super) use file::UNREADABLE;

static ALL: LazyLock<Vec<&'static dyn Rule>> = LazyLock::new(|| {
    let mut all: Vec<&'static dyn Rule> = Vec::new();
    for group in [names::RULES, descriptions::RULES, schema::RULES, providers::RULES, catalog::RULES, security::RULES, file::RULES] {
        all.extend(group);
    }
    all
});

/// All rules in the order of their codes.
pub fn all() -> &'static [&'static dyn Rule] {
    &ALL
}

/// The rules in the order in which their findings are shown inside one severity: what is an attack, then what is refused, then what
/// misleads.
pub fn by_weight() -> Vec<&'static Doc> {
    let weight = |group: Group| match group {
        Group::File => 0,
        Group::Security => 1,
        Group::Schema => 2,
        Group::Names => 3,
        Group::Catalog => 4,
        Group::Descriptions => 5,
        Group::Providers => 6,
    };
    let mut docs: Vec<&'static Doc> = all().iter().map(|rule| rule.doc()).collect();
    docs.sort_by_key(|doc| (weight(doc.group), doc.code));
    docs
}

/// What every rule imports.
mod prelude {
    pub(super) use crate::lint::finding::Severity::{Error, Info, Warning};
    pub(super) use crate::lint::fix::Edit;
    pub(super) use crate::lint::rule::{Doc, Group, Out, Place, Rule, Target};
    pub(super) use crate::lint::view::{FileView, GraphView, Node, Parameter, Text, TextKind, ToolView, World};
    pub(super) use crate::lint::words::clip;
    pub(super) use serde_json::{Value, json};
}
