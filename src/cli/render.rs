//! The options by which rows are rendered with a chat template and measured.

use crate::dialogue::Dialogue;
use crate::error::{Error, Result};
use crate::formats::template::{Entry, Limit, Measure, Over, RenderedRow, Why};
use crate::formats::{Conversation, Rendered, Renderer, Writer};
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
#[command(next_help_heading = "Chat template")]
pub(super) struct RenderArgs {
    /// Render the rows with a chat template, a .jinja file or a tokenizer_config.json, as transformers does; writes rendered/data.jsonl
    #[arg(long, value_name = "FILE")]
    render: Option<PathBuf>,
    /// Count tokens with this tokenizer.json
    #[arg(long, value_name = "FILE", requires = "render")]
    tokenizer: Option<PathBuf>,
    /// Tokens that a rendered row may have
    #[arg(long, value_name = "N", requires = "tokenizer")]
    max_tokens: Option<u64>,
    /// What becomes of rows over --max-tokens: left out of every target, or written, marked and counted
    #[arg(long, value_enum, default_value_t = OverArg::Keep, requires = "max_tokens")]
    over: OverArg,
    /// The date that templates are told, such as 2026-05-17 [default: the first ISO date of each row's system message]
    #[arg(long, value_name = "DATE", requires = "render")]
    today: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum OverArg {
    Drop,
    Keep,
}

/// A row as text, or why it is none; nothing where no template was given.
pub(super) type Text = Option<Result<RenderedRow, Why>>;

impl RenderArgs {
    pub(super) fn measure(&self) -> Result<Option<Measure>> {
        let Some(template) = &self.render else { return Ok(None) };
        let today = self.today.as_ref().map(|today| today.parse()).transpose().map_err(|_| Error::Unsatisfiable {
            message: format!("--today `{}` is no date", self.today.as_deref().unwrap_or_default()),
            cure: "write it as 2026-05-17".into(),
        })?;
        let over = if self.over == OverArg::Drop { Over::Drop } else { Over::Keep };
        let limit = self.max_tokens.map(|tokens| Limit { tokens, over });
        Ok(Some(Measure::open(template, self.tokenizer.as_deref())?.with_limit(limit).with_today(today)))
    }

    /// As they were typed.
    pub(super) fn command(&self) -> String {
        let path = |flag: &str, path: &Option<PathBuf>| path.as_ref().map_or(String::new(), |path| format!(" --{flag} {}", path.display()));
        let mut command = path("render", &self.render) + &path("tokenizer", &self.tokenizer);
        if let Some(tokens) = self.max_tokens {
            command.push_str(&format!(" --max-tokens {tokens}{}", if self.over == OverArg::Drop { " --over drop" } else { "" }));
        }
        if let Some(today) = &self.today {
            command.push_str(&format!(" --today {today}"));
        }
        command
    }
}

/// A row rendered by the template, if there is one, and for every target, unless it is to be left out of all.
pub(super) fn of_row(measure: Option<&Measure>, renderer: &Renderer, row: &Conversation) -> (Rendered, Text) {
    let text = measure.map(|measure| measure.row(row));
    let rendered = renderer.row(row);
    (if is_dropped(measure, &text) { Renderer::too_long(rendered) } else { rendered }, text)
}

/// As [`of_row`], with the record of a dialogue of ours.
pub(super) fn of_dialogue(measure: Option<&Measure>, renderer: &Renderer, dialogue: &Dialogue) -> Result<(Rendered, Text)> {
    let text = measure.map(|measure| measure.row(&Conversation::of(dialogue)));
    let rendered = renderer.dialogue(dialogue)?;
    Ok((if is_dropped(measure, &text) { Renderer::too_long(rendered) } else { rendered }, text))
}

/// Counts a row and writes it, unless it is to be left out.
pub(super) fn write(measure: Option<&Measure>, entry: Option<&mut Entry>, text: Text, writer: &mut Writer) -> Result<()> {
    let dropped = is_dropped(measure, &text);
    let Some((entry, text)) = entry.zip(text) else { return Ok(()) };
    entry.push(&text, dropped);
    text.iter().filter(|_| !dropped).try_for_each(|text| writer.push_text(text))
}

pub(super) fn is_dropped(measure: Option<&Measure>, text: &Text) -> bool {
    measure.zip(text.as_ref()).is_some_and(|(measure, text)| measure.drops(text))
}

/// What was rendered, in words.
pub(super) fn told(entry: &Entry) -> String {
    let mut text = format!("rendered {} of {} rows", entry.rows_out, entry.rows_in);
    for (reason, count) in &entry.refused {
        text.push_str(&format!("; {count} not: {reason}"));
    }
    let lengths = &entry.lengths;
    text.push_str(&format!(
        "\n{}: median {}, 90% {}, 95% {}, 99% {}, longest {}",
        lengths.unit, lengths.p50, lengths.p90, lengths.p95, lengths.p99, lengths.max
    ));
    let (part, whole) =
        if entry.tokenizer.is_some() { (entry.loss_tokens, entry.tokens) } else { (entry.loss_characters, entry.characters) };
    text.push_str(&format!("\nloss on {part} of {whole} {}", lengths.unit));
    if entry.loss_unknown > 0 {
        text.push_str(&format!(
            "; not told for {} rows: the template marks nothing and writes earlier messages in another way",
            entry.loss_unknown
        ));
    }
    if let Some(limit) = entry.limit {
        let kept = if limit.over == Over::Drop { "left out" } else { "kept and marked" };
        text.push_str(&format!("\n{} rows over {} tokens, {kept}", entry.over, limit.tokens));
    }
    let proved: Vec<String> = entry.calls.iter().map(|(proof, count)| format!("{count} {proof}")).collect();
    if !proved.is_empty() {
        text.push_str(&format!("\nrows with calls, read back from the text: {}", proved.join(", ")));
    }
    text + "\n"
}
