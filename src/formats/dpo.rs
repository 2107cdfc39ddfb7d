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

use super::preference::{Pair, Trainer};
use super::sharegpt::Message;
use super::{Refusal, chat, sharegpt};
use serde_json::{Value, json};

pub(super) fn row(trainer: Trainer, pair: &Pair) -> Result<String, Refusal> {
    let row = match trainer {
        Trainer::Trl => trl(pair)?,
        Trainer::LlamaFactory => llamafactory(pair)?,
    };
    serde_json::to_string(&row).map_err(|_| Refusal::Json)
}

fn trl(pair: &Pair) -> Result<Value, Refusal> {
    let prompt = chat::messages(pair.dialogue, pair.context()?);
    let answer = |turn| chat::messages(pair.dialogue, std::slice::from_ref(turn));
    Ok(json!({
        "id": pair.twin.id,
        "prompt": prompt,
        "chosen": answer(&pair.twin.chosen),
        "rejected": answer(&pair.twin.rejected),
        "tools": Value::Array(pair.tools().map(chat::wrapped).collect()).to_string(),
    }))
}

fn llamafactory(pair: &Pair) -> Result<Value, Refusal> {
    let (system, messages) = sharegpt::messages(pair.context()?)?;
    if messages.len() % 2 == 0 {
        return Err(Refusal::NoAnswer);
    }
    Ok(json!({
        "id": pair.twin.id,
        "conversations": messages.into_iter().map(Message::json).collect::<Vec<_>>(),
        "chosen": Message::of_assistant(&pair.twin.chosen).json(),
        "rejected": Message::of_assistant(&pair.twin.rejected).json(),
        "system": system,
        "tools": Value::Array(pair.tools().map(sharegpt::bare).collect()).to_string(),
    }))
}

pub(super) fn dataset_info() -> String {
    let columns = json!({"messages": "conversations", "chosen": "chosen", "rejected": "rejected", "system": "system", "tools": "tools"});
    let info = json!({"walktalk_dpo": {
        "file_name": "llamafactory.jsonl", "formatting": "sharegpt", "ranking": true, "columns": columns, "tags": sharegpt::tags()
    }});
    format!("{info:#}")
}
