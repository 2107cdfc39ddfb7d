//! One pair in every shape that is written.

use super::preference::{Pair, Preference, Row, Trainer};
use super::{Refusal, dpo, kto};
use crate::catalog::Catalog;
use crate::dialogue::{Dialogue, Role};
use crate::twin::{Fault, Twin, Twins};
use crate::world::Schemas;
use serde_json::{Value, json};
use std::sync::Arc;

fn fixture(name: &str) -> Dialogue {
    let path = format!("{}/fixtures/dialogues/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn twin(dialogue: &Dialogue, fault: Fault) -> Twin {
    let catalog = Catalog::of_dialogue(dialogue);
    Twins::new(&catalog, Arc::new(Schemas::new(&catalog)), 1).with(dialogue, fault).expect("a twin")
}

fn parsed(row: Result<Row, Refusal>) -> Value {
    serde_json::from_str(&row.unwrap().line).unwrap()
}

/// All rows of a pair, by target and trainer; a tool is shown by its name.
fn rows(pair: &Pair) -> Value {
    let mut out = serde_json::Map::new();
    for trainer in Trainer::ALL {
        out.insert(format!("dpo/{}", trainer.name()), parsed(dpo::row(trainer, pair)));
        for wanted in [true, false] {
            out.insert(format!("kto/{}/{wanted}", trainer.name()), parsed(kto::row(trainer, pair, wanted)));
        }
    }
    for row in out.values_mut() {
        let tools: Value = serde_json::from_str(row["tools"].as_str().expect("a JSON string")).unwrap();
        let name = |tool: &Value| tool.get("function").unwrap_or(tool)["name"].clone();
        row["tools"] = tools.as_array().unwrap().iter().map(name).collect();
    }
    Value::Object(out)
}

#[test]
fn a_pair_about_a_call_in_every_target() {
    let dialogue = fixture("selection");
    let twin = twin(&dialogue, Fault::OtherItem);
    insta::assert_json_snapshot!(rows(&Pair { dialogue: &dialogue, twin: &twin, again: false }));
}

#[test]
fn both_answers_have_one_context_and_the_tools_of_that_turn() {
    let dialogue = fixture("selection");
    for fault in Fault::ALL {
        let catalog = Catalog::of_dialogue(&dialogue);
        let Some(twin) = Twins::new(&catalog, Arc::new(Schemas::new(&catalog)), 1).with(&dialogue, fault) else { continue };
        let pair = Pair { dialogue: &dialogue, twin: &twin, again: false };
        let (good, bad) = (parsed(kto::row(Trainer::Trl, &pair, true)), parsed(kto::row(Trainer::Trl, &pair, false)));
        let both = parsed(dpo::row(Trainer::Trl, &pair));
        assert_eq!((&good["prompt"], &good["tools"]), (&bad["prompt"], &bad["tools"]), "{fault:?}");
        assert_eq!((&both["prompt"], &both["chosen"], &both["rejected"]), (&good["prompt"], &good["completion"], &bad["completion"]));
        assert_eq!((&good["label"], &bad["label"]), (&json!(true), &json!(false)));
        assert_ne!(both["chosen"], both["rejected"], "{fault:?}");
        assert!(matches!(both["prompt"].as_array().unwrap().last().unwrap()["role"].as_str(), Some("user" | "tool")));
    }
}

#[test]
fn tools_have_names_that_the_trainer_takes_and_the_row_says_which_they_were() {
    let mut dialogue = fixture("selection");
    let own = dialogue.calls().next().expect("a call").tool.clone();
    let twin = twin(&dialogue, Fault::OtherItem);
    let (mut dialogue, twin) = {
        let odd = |text: String| text.replace(&format!("\"{own}\""), "\"hotels-find rooms\"");
        dialogue = serde_json::from_str(&odd(serde_json::to_string(&dialogue).unwrap())).unwrap();
        (dialogue, serde_json::from_str::<Twin>(&odd(serde_json::to_string(&twin).unwrap())).unwrap())
    };
    dialogue.id = "odd".into();
    for (trainer, name) in [(Trainer::Trl, "hotels-find_rooms"), (Trainer::LlamaFactory, "hotels_find_rooms")] {
        let pair = Pair { dialogue: &dialogue, twin: &twin, again: false };
        for row in [dpo::row(trainer, &pair).unwrap(), kto::row(trainer, &pair, false).unwrap()] {
            assert!(row.line.contains(name) && !row.line.contains("find rooms"), "{}", row.line);
            assert_eq!(row.names.changed().collect::<Vec<_>>(), [(name, "hotels-find rooms")]);
        }
    }
}

#[test]
fn a_wanted_answer_that_has_its_row_is_not_written_again() {
    let dialogue = fixture("selection");
    let twin = twin(&dialogue, Fault::OtherItem);
    let pair = Pair { dialogue: &dialogue, twin: &twin, again: true };
    assert_eq!(kto::row(Trainer::Trl, &pair, true), Err(Refusal::Twice));
    assert!(kto::row(Trainer::Trl, &pair, false).is_ok());
    assert!(dpo::row(Trainer::Trl, &pair).is_ok());
}

#[test]
fn tools_that_come_later_are_not_shown_and_those_that_came_in_the_middle_are_refused() {
    let mut dialogue = fixture("selection");
    let twin = twin(&dialogue, Fault::OtherItem);
    let late = dialogue
        .tools
        .iter()
        .position(|tool| !dialogue.calls().any(|call| call.tool == tool.name))
        .map(|at| dialogue.tools[at].name.clone());
    let late = late.unwrap_or_else(|| {
        let mut copy = dialogue.tools[0].clone();
        copy.name = "late_tool".into();
        dialogue.tools.push(copy);
        "late_tool".into()
    });
    let mut update = dialogue.turns[0].clone();
    (update.role, update.adds) = (Role::System, vec![late.clone()]);
    let mut after = dialogue.clone();
    after.turns.push(update.clone());
    let row = dpo::row(Trainer::Trl, &Pair { dialogue: &after, twin: &twin, again: false }).unwrap();
    assert!(!row.line.contains(&late), "{late} comes after the turn");
    let mut before = dialogue.clone();
    before.turns.insert(twin.turn - 1, update);
    let moved = Twin { turn: twin.turn + 1, ..twin.clone() };
    for trainer in Trainer::ALL {
        assert_eq!(dpo::row(trainer, &Pair { dialogue: &before, twin: &moved, again: false }), Err(Refusal::Tools));
    }
}

#[test]
fn each_file_is_named_in_its_dataset_info() {
    for (info, target) in [(dpo::dataset_info(), Preference::Dpo), (kto::dataset_info(), Preference::Kto)] {
        let info: Value = serde_json::from_str(&info).unwrap();
        let set = &info[format!("walktalk_{}", target.name())];
        assert_eq!(format!("{}/{}", target.name(), set["file_name"].as_str().unwrap()), target.file(Trainer::LlamaFactory));
        assert_eq!(set["ranking"].as_bool(), (target == Preference::Dpo).then_some(true));
    }
}
