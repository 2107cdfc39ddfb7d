//! Rules about the names of tools and parameters.

use super::prelude::Rule;

mod confusable_name;
mod duplicate_name;
mod generic_name;
mod missing_operationid;
mod name_mcp_charset;
mod name_missing;
mod name_openai_regex;
mod name_start;
mod name_too_long;
mod normalised_collision;
mod param_key_anthropic;
mod param_key_gemini;
mod param_style_mix;
mod sanitiser_collision;
mod style_minority;

pub(super) mod confusable;
pub(super) mod lists;
pub(super) mod sanitise;
mod style;

pub(super) const RULES: &[&dyn Rule] = &[
    &name_openai_regex::NameOpenaiRegex,
    &name_too_long::NameTooLong,
    &name_start::NameStart,
    &name_mcp_charset::NameMcpCharset,
    &duplicate_name::DuplicateName,
    &normalised_collision::NormalisedCollision,
    &sanitiser_collision::SanitiserCollision,
    &param_key_anthropic::ParamKeyAnthropic,
    &param_key_gemini::ParamKeyGemini,
    &style_minority::StyleMinority,
    &missing_operationid::MissingOperationid,
    &generic_name::GenericName,
    &confusable_name::ConfusableName,
    &name_missing::NameMissing,
    &param_style_mix::ParamStyleMix,
];
