//! Rules about what is said of tools and parameters.

use super::prelude::Rule;

mod default_only_in_prose;
mod desc_echoes_params;
mod desc_missing;
mod desc_tautology;
mod desc_too_long;
mod desc_too_short;
mod duplicate_desc;
mod enum_only_in_prose;
mod format_only_in_prose;
mod language_mix;
mod markup_in_desc;
mod no_distinction;
mod no_error_semantics;
mod no_return_semantics;
mod param_desc_missing;
mod param_desc_tautology;
mod placeholder_text;
mod prose_vs_type;
mod unit_missing;

mod prose;

pub(super) const RULES: &[&dyn Rule] = &[
    &desc_missing::DescMissing,
    &desc_too_short::DescTooShort,
    &desc_tautology::DescTautology,
    &param_desc_missing::ParamDescMissing,
    &param_desc_tautology::ParamDescTautology,
    &duplicate_desc::DuplicateDesc,
    &desc_too_long::DescTooLong,
    &enum_only_in_prose::EnumOnlyInProse,
    &default_only_in_prose::DefaultOnlyInProse,
    &format_only_in_prose::FormatOnlyInProse,
    &prose_vs_type::ProseVsType,
    &markup_in_desc::MarkupInDesc,
    &no_distinction::NoDistinction,
    &no_return_semantics::NoReturnSemantics,
    &no_error_semantics::NoErrorSemantics,
    &unit_missing::UnitMissing,
    &placeholder_text::PlaceholderText,
    &language_mix::LanguageMix,
    &desc_echoes_params::DescEchoesParams,
];
