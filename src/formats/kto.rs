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

use super::messages::Messages;
use super::preference::{Pair, Row, Trainer};
use super::sharegpt::Said;
use super::{Refusal, chat, json_line, sharegpt};
use serde::Serialize;
use serde_json::json;

#[derive(Serialize)]
struct Trl<'a> {
    id: &'a str,
    prompt: Messages<'a>,
    completion: Messages<'a>,
    label: bool,
    tools: String,
}

#[derive(Serialize)]
struct LlamaFactory<'a> {
    id: &'a str,
    conversations: Vec<Said<'a>>,
    kto_tag: bool,
    system: &'a str,
    tools: String,
}

pub(super) fn row(trainer: Trainer, pair: &Pair, wanted: bool) -> Result<Row, Refusal> {
    if wanted && pair.again {
        return Err(Refusal::Twice);
    }
    let (form, names) = pair.form(trainer)?;
    let answer = if wanted { &form.chosen } else { &form.rejected };
    let id = format!("{}-{}", pair.twin.id, if wanted { "chosen" } else { "rejected" });
    let line = match trainer {
        Trainer::Trl => json_line(&Trl {
            id: &id,
            prompt: chat::messages(&form.context, &[]),
            completion: chat::messages(answer, &form.context),
            label: wanted,
            tools: chat::tools(form.tools.iter().collect()),
        })?,
        Trainer::LlamaFactory => {
            let (system, mut conversations) = sharegpt::messages(&form.context)?;
            conversations.push(sharegpt::answer(answer)?);
            if conversations.len() % 2 != 0 {
                return Err(Refusal::NoAnswer);
            }
            let tools = sharegpt::tools(form.tools.iter().collect());
            json_line(&LlamaFactory { id: &id, conversations, kto_tag: wanted, system, tools })?
        }
    };
    Ok(Row { id, line, names })
}

pub(super) fn dataset_info() -> String {
    let columns = json!({"messages": "conversations", "kto_tag": "kto_tag", "system": "system", "tools": "tools"});
    let info = json!({"walktalk_kto": {
        "file_name": "llamafactory.jsonl", "formatting": "sharegpt", "columns": columns, "tags": sharegpt::tags()
    }});
    format!("{info:#}")
}
