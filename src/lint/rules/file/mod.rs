//! Rules about files as a whole.

use super::prelude::Rule;

mod no_tools;
mod unknown_suppression;
mod unreadable;

pub(in crate::lint) use unreadable::RULE as UNREADABLE;

pub(super) const RULES: &[&dyn Rule] = &[&unreadable::Unreadable, &unknown_suppression::UnknownSuppression, &no_tools::NoTools];
