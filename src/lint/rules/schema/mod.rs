//! Rules about JSON Schemas.

use super::prelude::Rule;

mod array_no_items;
mod contradictory_bounds;
mod default_invalid;
mod default_not_in_enum;
mod enum_duplicate;
mod enum_single;
mod enum_type_mismatch;
mod example_invalid;
mod free_form_object;
mod keyword_in_quotes;
mod keyword_without_effect;
mod metaschema_invalid;
mod no_required_at_all;
mod non_json_type;
mod numbers_as_text;
mod param_duplicate;
mod param_name_empty;
mod ref_unresolved;
mod required_duplicate;
mod required_is_boolean;
mod required_undefined;
mod required_with_default;
mod root_combinator;
mod root_not_object;
mod too_deep_or_wide;
mod unknown_keyword;
mod unsatisfiable;
mod untyped_param;

mod references;
mod undefined;
pub(super) mod values;

pub(super) const RULES: &[&dyn Rule] = &[
    &non_json_type::NonJsonType,
    &untyped_param::UntypedParam,
    &array_no_items::ArrayNoItems,
    &free_form_object::FreeFormObject,
    &required_undefined::RequiredUndefined,
    &required_duplicate::RequiredDuplicate,
    &required_is_boolean::RequiredIsBoolean,
    &enum_duplicate::EnumDuplicate,
    &enum_type_mismatch::EnumTypeMismatch,
    &enum_single::EnumSingle,
    &default_not_in_enum::DefaultNotInEnum,
    &default_invalid::DefaultInvalid,
    &required_with_default::RequiredWithDefault,
    &no_required_at_all::NoRequiredAtAll,
    &metaschema_invalid::MetaschemaInvalid,
    &contradictory_bounds::ContradictoryBounds,
    &unsatisfiable::Unsatisfiable,
    &ref_unresolved::RefUnresolved,
    &root_not_object::RootNotObject,
    &root_combinator::RootCombinator,
    &unknown_keyword::UnknownKeyword,
    &example_invalid::ExampleInvalid,
    &too_deep_or_wide::TooDeepOrWide,
    &keyword_in_quotes::KeywordInQuotes,
    &keyword_without_effect::KeywordWithoutEffect,
    &param_duplicate::ParamDuplicate,
    &param_name_empty::ParamNameEmpty,
    &numbers_as_text::NumbersAsText,
];
