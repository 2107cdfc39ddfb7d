//! Single answers, wanted or not, as TRL's `KTOTrainer` and LLaMA-Factory's `kto` stage read them: two rows for each pair.
//!
//! Contract of TRL 1.16: `prompt` and `tools` as for the target `dpo`; `completion` is a list of the one assistant message; `label` is true
//! for a wanted answer.
//!
//! Contract of LLaMA-Factory 0.9.5 (`formatting: sharegpt` with a `kto_tag` column): `conversations` has an even number of messages, of which
//! the last is the answer; `kto_tag` is a boolean (anything else makes the row one for supervised training, in silence). The answer may not be
//! empty: which of two answers is empty is how the tag travels inside.
//!
//! When two pairs share their chosen turn, it has one row: a wanted answer that comes twice would weigh twice.

use super::preference::{Pair, Trainer};
use super::sharegpt::Message;
use super::{Refusal, chat, sharegpt};
use serde_json::{Value, json};

pub(super) fn row(trainer: Trainer, pair: &Pair, wanted: bool) -> Result<String, Refusal> {
    if wanted && pair.again {
        return Err(Refusal::Twice);
    }
    let answer = if wanted { &pair.twin.chosen } else { &pair.twin.rejected };
    let id = format!("{}-{}", pair.twin.id, if wanted { "chosen" } else { "rejected" });
    let row = match trainer {
        Trainer::Trl => json!({
            "id": id,
            "prompt": chat::messages(pair.dialogue, pair.context()?),
            "completion": chat::messages(pair.dialogue, std::slice::from_ref(answer)),
            "label": wanted,
            "tools": Value::Array(pair.tools().map(chat::wrapped).collect()).to_string(),
        }),
        Trainer::LlamaFactory => {
            let (system, mut messages) = sharegpt::messages(pair.context()?)?;
            messages.push(Message::of_assistant(answer));
            if messages.len() % 2 != 0 {
                return Err(Refusal::NoAnswer);
            }
            json!({
                "id": id,
                "conversations": messages.into_iter().map(Message::json).collect::<Vec<_>>(),
                "kto_tag": wanted,
                "system": system,
                "tools": Value::Array(pair.tools().map(sharegpt::bare).collect()).to_string(),
            })
        }
    };
    serde_json::to_string(&row).map_err(|_| Refusal::Json)
}

pub(super) fn dataset_info() -> String {
    let columns = json!({"messages": "conversations", "kto_tag": "kto_tag", "system": "system", "tools": "tools"});
    let info = json!({"walktalk_kto": {
        "file_name": "llamafactory.jsonl", "formatting": "sharegpt", "columns": columns, "tags": sharegpt::tags()
    }});
    format!("{info:#}")
}
