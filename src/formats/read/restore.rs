//! The way back from a target that walktalk wrote: ids and names that its rows could not hold, from the sidecar beside it.

use super::fields::{Fields, label};
use crate::formats::conversation::Conversation;
use crate::formats::{Names, Target};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Ids and names by row, from 0, and by id.
#[derive(Debug, Default)]
pub(super) struct Own {
    by_row: HashMap<u64, (String, Names)>,
    by_id: HashMap<String, Names>,
}

impl Own {
    /// For a data file in a folder of an output of walktalk; nothing for any other.
    pub(super) fn beside(data: &Path) -> Own {
        let sidecar = || {
            let folder = data.parent()?;
            let target = Target::ALL.into_iter().find(|target| folder.file_name().is_some_and(|name| name == target.folder()))?;
            let text = std::fs::read_to_string(folder.parent()?.join(crate::formats::sidecar::file(target))).ok()?;
            Some((target, text))
        };
        let mut own = Own::default();
        let Some((target, text)) = sidecar() else { return own };
        for line in text.lines() {
            let Ok(mut row) = Fields::parse(line) else { continue };
            let number = row.take("row").and_then(|raw| raw.get().parse().ok());
            let id = row.take("id").and_then(|raw| label(raw, "id").ok());
            let names: BTreeMap<String, String> =
                row.take("names").and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default();
            let names = Names::from_changed(names);
            match (number, id) {
                (Some(number), Some(id)) if target.without_ids() => {
                    own.by_row.insert(number, (id, names));
                }
                (_, Some(id)) => {
                    own.by_id.insert(id, names);
                }
                _ => {}
            }
        }
        own
    }

    /// `row` counts from 0.
    pub(super) fn give_back(&self, row: u64, conversation: &mut Conversation) {
        if let Some((id, names)) = self.by_row.get(&row).filter(|_| conversation.id.is_empty()) {
            conversation.id = id.clone();
            names.restore(conversation);
        } else if let Some(names) = self.by_id.get(&conversation.id) {
            names.restore(conversation);
        }
    }
}
