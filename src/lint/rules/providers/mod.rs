//! What each provider refuses, and what the list of tools costs.

use super::prelude::Rule;

mod anthropic_strict;
mod gemini_subset;
mod mcp_no_parameters;
mod mcp_x_header;
mod openai_limits;
mod openai_strict_keyword;
mod openai_strict_ready;
mod token_budget;
mod too_many_tools;

pub(super) const RULES: &[&dyn Rule] = &[
    &openai_strict_ready::OpenaiStrictReady,
    &openai_strict_keyword::OpenaiStrictKeyword,
    &openai_limits::OpenaiLimits,
    &gemini_subset::GeminiSubset,
    &anthropic_strict::AnthropicStrict,
    &mcp_x_header::McpXHeader,
    &token_budget::TokenBudget,
    &mcp_no_parameters::McpNoParameters,
    &too_many_tools::TooManyTools,
];
