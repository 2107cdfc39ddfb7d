//! Rules that see all tools, and their graph.

use super::prelude::Rule;

mod changed_since;
mod cross_format_drift;
mod dangling_id;
mod equivalent_tools;
mod fields_in_combinators;
mod importer_loss;
mod lifecycle_gap;
mod near_duplicate;
pub(in crate::lint) mod no_dialogue;
mod no_return_schema;
mod orphan;
mod param_type_conflict;
mod return_never_consumed;
mod single_calls_only;

mod call_no_longer_valid;
pub(in crate::lint) mod motifs;
pub(super) mod near;
mod result_field_removed;
mod tool_removed;
mod verbs;

pub(super) const RULES: &[&dyn Rule] = &[
    &near_duplicate::NearDuplicate,
    &dangling_id::DanglingId,
    &no_return_schema::NoReturnSchema,
    &param_type_conflict::ParamTypeConflict,
    &orphan::Orphan,
    &return_never_consumed::ReturnNeverConsumed,
    &lifecycle_gap::LifecycleGap,
    &importer_loss::ImporterLoss,
    &cross_format_drift::CrossFormatDrift,
    &changed_since::ChangedSince,
    &no_dialogue::NoDialogue,
    &equivalent_tools::EquivalentTools,
    &fields_in_combinators::FieldsInCombinators,
    &single_calls_only::SingleCallsOnly,
    &tool_removed::ToolRemoved,
    &call_no_longer_valid::CallNoLongerValid,
    &result_field_removed::ResultFieldRemoved,
];
