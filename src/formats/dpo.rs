//! Pairs of answers as TRL's `DPOTrainer` and LLaMA-Factory's `rm` and `dpo` stages read them.
//!
//! Contract of TRL 1.16: `prompt` is a list of messages, the last one the user's or a tool's; `chosen` and `rejected` are lists of the one
//! assistant message; `tools` may be a list or a JSON string of it, and a string comes through every version of the loader unchanged. Other
//! columns are left alone and taken out before training. Messages are those of the target `chat`.
//!
//! Contract of LLaMA-Factory 0.9.5 (`formatting: sharegpt` with `ranking: true`): `conversations` has an odd number of messages, `human` and
//! `observation` at even places; `chosen` and `rejected` are one message each, `gpt` or `function_call`. A row that breaks this is emptied
//! and dropped while training goes on. Everything else is as for the target `sharegpt`. A set with `ranking` is refused by the other stages,
//! so that its `dataset_info.json` stands in a folder of its own.

use super::messages::Messages;
use super::preference::{Form, Pair, Row, Trainer};
use super::sharegpt::Said;
use super::{Refusal, chat, json_line, sharegpt};
use serde::Serialize;
use serde_json::json;

#[derive(Serialize)]
struct Trl<'a> {
    id: &'a str,
    prompt: Messages<'a>,
    chosen: Messages<'a>,
    rejected: Messages<'a>,
    tools: String,
}

#[derive(Serialize)]
struct LlamaFactory<'a> {
    id: &'a str,
    conversations: Vec<Said<'a>>,
    chosen: Said<'a>,
    rejected: Said<'a>,
    system: &'a str,
    tools: String,
}

pub(super) fn row(trainer: Trainer, pair: &Pair) -> Result<Row, Refusal> {
    let (form, names) = pair.form(trainer)?;
    let id = &pair.twin.id;
    let line = match trainer {
        Trainer::Trl => trl(id, &form),
        Trainer::LlamaFactory => llamafactory(id, &form),
    };
    Ok(Row { id: id.clone(), line: line?, names })
}

fn trl(id: &str, form: &Form) -> Result<String, Refusal> {
    json_line(&Trl {
        id,
        prompt: chat::messages(&form.context, &[]),
        chosen: chat::messages(&form.chosen, &form.context),
        rejected: chat::messages(&form.rejected, &form.context),
        tools: chat::tools(form.tools.iter().collect()),
    })
}

fn llamafactory(id: &str, form: &Form) -> Result<String, Refusal> {
    let (system, conversations) = sharegpt::messages(&form.context)?;
    if conversations.len() % 2 == 0 {
        return Err(Refusal::NoAnswer);
    }
    let (chosen, rejected) = (sharegpt::answer(&form.chosen)?, sharegpt::answer(&form.rejected)?);
    json_line(&LlamaFactory { id, conversations, chosen, rejected, system, tools: sharegpt::tools(form.tools.iter().collect()) })
}

pub(super) fn dataset_info() -> String {
    let columns = json!({"messages": "conversations", "chosen": "chosen", "rejected": "rejected", "system": "system", "tools": "tools"});
    let info = json!({"walktalk_dpo": {
        "file_name": "llamafactory.jsonl", "formatting": "sharegpt", "ranking": true, "columns": columns, "tags": sharegpt::tags()
    }});
    format!("{info:#}")
}
