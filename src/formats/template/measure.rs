//! What a run says of its renderings: rows with their lengths, the distribution, and what was over a limit.

use super::read_back::{Proof, prove};
use super::{Template, Tokens, Why, spans, tokens};
use crate::error::Result;
use crate::formats::conversation::Conversation;
use crate::formats::{Names, Target};
use jiff::civil::Date;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What is done with rows over a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// They are left out of every target.
    Drop,
    /// They are written, marked and counted.
    Keep,
}

/// How many tokens a row may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Limit {
    pub tokens: u64,
    pub over: Over,
}

/// Renders rows and measures them; many threads can use one.
#[derive(Debug)]
pub struct Measure {
    template: Template,
    name: PathBuf,
    hash: String,
    tokens: Option<Tokens>,
    limit: Option<Limit>,
    today: Option<Date>,
}

/// One row, as it is written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RenderedRow {
    pub id: String,
    pub text: String,
    /// In characters; in tokens as well where there is a tokenizer.
    pub characters: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens: Option<usize>,
    /// What carries loss, as [from, to) in characters; none where the template does not let it be told.
    pub loss: Option<Vec<[usize; 2]>>,
    /// The same in tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss_tokens: Option<Vec<[usize; 2]>>,
    /// More tokens than the limit.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub over: bool,
    #[serde(skip)]
    proof: Option<&'static str>,
}

impl Measure {
    /// A template, and a tokenizer where tokens are to be counted.
    pub fn open(template: &Path, tokenizer: Option<&Path>) -> Result<Measure> {
        let opened = Template::open(template)?;
        let bytes = std::fs::read(template).unwrap_or_default();
        Ok(Measure {
            template: opened,
            name: template.file_name().map(PathBuf::from).unwrap_or_default(),
            hash: blake3::hash(&bytes).to_hex().to_string(),
            tokens: tokenizer.map(Tokens::open).transpose()?,
            limit: None,
            today: None,
        })
    }

    pub fn with_limit(self, limit: Option<Limit>) -> Measure {
        Measure { limit, ..self }
    }

    /// With the date that templates are told, instead of that of each row.
    pub fn with_today(self, today: Option<Date>) -> Measure {
        Measure { today, ..self }
    }

    /// Renders a row, proves that its calls are in there, and measures it.
    pub fn row(&self, row: &Conversation) -> Result<RenderedRow, Why> {
        let row = named(row);
        let rendered = self.template.render(&row, self.today)?;
        let proof = match prove(&rendered, &row)? {
            Proof::Equal => Some("equal"),
            Proof::Shown => Some("shown"),
            Proof::None => None,
        };
        let offsets = self.tokens.as_ref().and_then(|tokens| tokens.of(&rendered.text));
        let count = offsets.as_ref().map(Vec::len);
        let over = self.limit.is_some_and(|limit| count.is_some_and(|count| count as u64 > limit.tokens));
        let loss = rendered.learned.as_ref().map(|learned| spans::in_characters(&rendered.text, learned));
        let loss_tokens = offsets.as_ref().zip(rendered.learned.as_ref()).map(|(offsets, learned)| tokens::covering(offsets, learned));
        let characters = rendered.text.chars().count();
        Ok(RenderedRow { id: row.id.clone(), text: rendered.text, characters, tokens: count, loss, loss_tokens, over, proof })
    }

    /// Whether a row is to be left out of every target.
    pub fn drops(&self, row: &Result<RenderedRow, Why>) -> bool {
        row.as_ref().is_ok_and(|row| row.over) && self.limit.is_some_and(|limit| limit.over == Over::Drop)
    }

    /// An entry without rows.
    pub fn entry(&self) -> Entry {
        let tokenizer = self.tokens.as_ref().map(|tokens| FileName { name: PathBuf::from(&tokens.name), hash: tokens.hash.clone() });
        let template = FileName { name: self.name.clone(), hash: self.hash.clone() };
        Entry { template, tokenizer, limit: self.limit, ..Entry::default() }
    }
}

/// The row with the names that it has in the target `chat`.
fn named(row: &Conversation) -> Cow<'_, Conversation> {
    let names = Names::of(row, Target::Chat.rule());
    let mut row = Cow::Borrowed(row);
    if !names.is_empty() {
        names.apply(row.to_mut());
    }
    row
}

/// A file by its name and BLAKE3.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FileName {
    pub name: PathBuf,
    pub hash: String,
}

/// What a manifest says of the renderings.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Entry {
    pub template: FileName,
    pub tokenizer: Option<FileName>,
    pub limit: Option<Limit>,
    pub rows_in: u64,
    /// Rows that were rendered and written.
    pub rows_out: u64,
    /// Rows that could not be rendered, by reason.
    pub refused: BTreeMap<String, u64>,
    /// Rows over the limit.
    pub over: u64,
    /// Rows in which it cannot be told what carries loss.
    pub loss_unknown: u64,
    /// Rows with calls, by how they were proved: read back and `equal`, or every name and value `shown`.
    pub calls: BTreeMap<&'static str, u64>,
    /// Characters, and tokens, of all rows and of what carries loss in them.
    pub characters: u64,
    pub loss_characters: u64,
    pub tokens: u64,
    pub loss_tokens: u64,
    /// In tokens where there is a tokenizer, and in characters otherwise.
    pub lengths: Lengths,
    #[serde(skip)]
    seen: BTreeMap<u64, u64>,
}

/// The distribution of the lengths of rows; exact, each quantile the length of a row.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Lengths {
    pub unit: &'static str,
    pub min: u64,
    pub p50: u64,
    pub p90: u64,
    pub p95: u64,
    pub p99: u64,
    pub max: u64,
    /// Rows by the smallest power of two that is not less than their length.
    pub up_to: BTreeMap<u64, u64>,
}

/// Reasons beyond so many are one: a template may raise words of the row.
const REASONS: usize = 20;

impl Entry {
    /// Counts one row, dropped ones as well.
    pub fn push(&mut self, row: &Result<RenderedRow, Why>, dropped: bool) {
        self.rows_in += 1;
        let row = match row {
            Ok(row) => row,
            Err(why) => {
                let mut reason = why.to_string();
                if self.refused.len() >= REASONS && !self.refused.contains_key(&reason) {
                    reason = "the template refuses it for other reasons".into();
                }
                *self.refused.entry(reason).or_default() += 1;
                return;
            }
        };
        self.rows_out += u64::from(!dropped);
        self.over += u64::from(row.over);
        self.loss_unknown += u64::from(row.loss.is_none());
        if let Some(proof) = row.proof {
            *self.calls.entry(proof).or_default() += 1;
        }
        let sum = |spans: &Option<Vec<[usize; 2]>>| spans.iter().flatten().map(|[from, to]| (to - from) as u64).sum::<u64>();
        self.characters += row.characters as u64;
        self.loss_characters += sum(&row.loss);
        self.tokens += row.tokens.unwrap_or(0) as u64;
        self.loss_tokens += sum(&row.loss_tokens);
        *self.seen.entry(row.tokens.unwrap_or(row.characters) as u64).or_default() += 1;
    }

    /// What a model will not see: rows that could not be rendered, and rows over the limit, which a trainer cuts where they were kept.
    pub fn losses(&self) -> Vec<String> {
        let refused: u64 = self.refused.values().sum();
        let limit = self.limit.map_or(0, |limit| limit.tokens);
        let counted = [(refused, "not rendered by the template".to_string()), (self.over, format!("over {limit} tokens"))];
        counted.into_iter().filter(|(rows, _)| *rows > 0).map(|(rows, what)| format!("{rows} rows {what}")).collect()
    }

    /// With the distribution of what was counted.
    pub fn finished(mut self) -> Entry {
        let rows: u64 = self.seen.values().sum();
        let quantile = |share: f64| {
            let rank = ((rows as f64 * share).ceil() as u64).max(1);
            let mut below = 0;
            let found = self.seen.iter().find(|(_, count)| {
                below += **count;
                below >= rank
            });
            found.map_or(0, |(length, _)| *length)
        };
        let unit = if self.tokenizer.is_some() { "tokens" } else { "characters" };
        let mut up_to = BTreeMap::new();
        for (length, count) in &self.seen {
            *up_to.entry(length.next_power_of_two()).or_default() += count;
        }
        self.lengths = Lengths {
            unit,
            min: self.seen.keys().next().copied().unwrap_or(0),
            p50: quantile(0.5),
            p90: quantile(0.9),
            p95: quantile(0.95),
            p99: quantile(0.99),
            max: self.seen.keys().next_back().copied().unwrap_or(0),
            up_to,
        };
        self
    }
}
