//! The names of targets and of preference pairs as options take them: those that the formats have, and `all`.

use crate::formats::{Preference, Target};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use std::sync::LazyLock;

/// A target to convert to, or the whole of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    All,
    Target(Target),
}

impl To {
    /// The targets that were asked for, in their order.
    pub(super) fn targets(asked: &[To]) -> Vec<Target> {
        let wanted = |target: &Target| asked.contains(&To::Target(*target)) || (asked.contains(&To::All) && target.is_of_all());
        Target::ALL.into_iter().filter(wanted).collect()
    }
}

impl ValueEnum for To {
    fn value_variants<'a>() -> &'a [To] {
        static VARIANTS: LazyLock<Vec<To>> =
            LazyLock::new(|| std::iter::once(To::All).chain(Target::ALL.into_iter().map(To::Target)).collect());
        &VARIANTS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            To::All => "all",
            To::Target(target) => target.name(),
        }))
    }
}

/// What a run is exported to: targets, and preference pairs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Export {
    To(To),
    Pairs(Preference),
}

impl ValueEnum for Export {
    fn value_variants<'a>() -> &'a [Export] {
        static VARIANTS: LazyLock<Vec<Export>> = LazyLock::new(|| {
            To::value_variants().iter().copied().map(Export::To).chain(Preference::ALL.into_iter().map(Export::Pairs)).collect()
        });
        &VARIANTS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Export::To(to) => to.to_possible_value(),
            Export::Pairs(preference) => Some(PossibleValue::new(preference.name())),
        }
    }
}
