//! The realiser as a whole, over our own catalogs.

use super::sample;
use super::select::Used;
use super::*;
use crate::dialogue::{Provenance, Role};
use crate::seed::{Stage, stream};
use crate::value;

fn dialogues(catalog: &Catalog, n: usize) -> Vec<(Script, Dialogue)> {
    let realiser = Realiser::new(catalog);
    (0..n)
        .map(|at| {
            let ix = (at * 7) % catalog.tools.len();
            let script = sample::script(catalog, ix, &mut stream(1, at as u64, Stage::Script, 0));
            let dialogue = realiser.realise(&script, format!("wt-1-{at}"), at as u64, &mut stream(1, at as u64, Stage::Words, 0));
            (script, dialogue)
        })
        .collect()
}

fn show(dialogue: &Dialogue) -> String {
    let mut out = format!("--- {} {}\n", dialogue.id, dialogue.tools.iter().map(|tool| tool.name.as_str()).collect::<Vec<_>>().join(" "));
    for turn in &dialogue.turns {
        match turn.role {
            Role::System => {}
            Role::User => out.push_str(&format!("U: {}\n", turn.text)),
            Role::Assistant if turn.calls.is_empty() => out.push_str(&format!("A: {}\n", turn.text)),
            Role::Assistant => {
                for call in &turn.calls {
                    out.push_str(&format!("   {} {}\n", call.tool, call.arguments));
                }
            }
            Role::Tool => {}
        }
    }
    out
}

#[test]
#[ignore = "prints dialogues for reading: cargo test --lib realise::tests::read -- --ignored --nocapture"]
fn read() {
    let n = std::env::var("READ").ok().and_then(|n| n.parse().ok()).unwrap_or(50);
    let catalog = match std::env::var("CATALOG") {
        Ok(path) => sample::foreign(&[path.into()]),
        Err(_) => sample::catalog(),
    };
    for (_, dialogue) in dialogues(&catalog, n) {
        print!("{}", show(&dialogue));
    }
}

#[test]
fn every_said_value_is_read_back_at_its_span() {
    let catalog = sample::catalog();
    let say = SayContext { today: "2026-03-17".parse().unwrap() };
    let (mut told, mut lost) = (0, Vec::new());
    for (script, dialogue) in dialogues(&catalog, 400) {
        for call in script.calls() {
            let made = dialogue.calls().find(|made| made.id == call.id).unwrap();
            for (pointer, provenance) in &made.provenance {
                let Provenance::UserTurn { turn, span } = provenance else { continue };
                let text = &dialogue.turns[*turn].text;
                let tool = &catalog.tools[call.tool];
                let leaf = tool.parameters.iter().find(|leaf| leaf.pointer == crate::dialogue::pattern(pointer));
                let value = call.arguments.pointer(pointer).unwrap();
                told += 1;
                let words = &text[span.start..span.end];
                let sem = leaf.map_or(crate::value::SemType::Text, |leaf| leaf.sem);
                let good =
                    if value.is_boolean() { !words.is_empty() } else { !value::find(words, value, sem, pen::hints(leaf), &say).is_empty() };
                if !good {
                    lost.push(format!("{pointer} = {value} in {text:?} at {words:?}"));
                }
            }
        }
    }
    assert!(told > 500, "{told}");
    assert!(lost.is_empty(), "{} of {told}: {lost:#?}", lost.len());
}

#[test]
fn every_turn_is_clean_and_no_opening_comes_twice() {
    let catalog = sample::catalog();
    let (mut faults, mut turns, mut repeats) = (Vec::new(), 0, Vec::new());
    for (_, dialogue) in dialogues(&catalog, 400) {
        let mut used = Used::default();
        for turn in dialogue.turns.iter().filter(|turn| !turn.text.is_empty() && turn.role != Role::System) {
            turns += 1;
            if used.stale(turn.role == Role::User, &turn.text) {
                repeats.push(turn.text.clone());
            }
            used.add(turn.role == Role::User, &turn.text);
            // Values may hold anything; the words around them may not.
            if let Some(fault) = lint::fault(&turn.text, &[]).filter(|fault| !["underscore", "raw identifier"].contains(fault)) {
                faults.push(format!("{fault}: {}", turn.text));
            }
        }
    }
    assert!(faults.len() * 200 <= turns, "{} of {turns}: {faults:#?}", faults.len());
    assert!(repeats.len() * 500 <= turns, "{} of {turns}: {repeats:#?}", repeats.len());
}

/// What the words look like. Read it when it changes.
#[test]
fn a_few_dialogues() {
    let catalog = sample::small();
    let text: String = dialogues(&catalog, 6).iter().map(|(_, dialogue)| show(dialogue)).collect();
    insta::assert_snapshot!(text);
}

#[test]
#[ignore = "measures: cargo test --release --lib realise::tests::speed -- --ignored --nocapture"]
fn speed() {
    let catalog = sample::catalog();
    let realiser = Realiser::new(&catalog);
    let scripts: Vec<Script> =
        (0..500).map(|at| sample::script(&catalog, (at * 7) % catalog.tools.len(), &mut stream(1, at as u64, Stage::Script, 0))).collect();
    let start = std::time::Instant::now();
    let mut turns = 0;
    for (at, script) in scripts.iter().enumerate() {
        turns += realiser.realise(script, String::new(), at as u64, &mut stream(1, at as u64, Stage::Words, 0)).turns.len();
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("{:.0} dialogues a second, {:.0} turns a second", scripts.len() as f64 / seconds, turns as f64 / seconds);
}

/// How often the plain words have to serve: documented as less than one turn in two hundred.
#[test]
fn plain_words_are_rare() {
    let catalog = sample::catalog();
    let realiser = Realiser::new(&catalog);
    let (mut turns, mut plain) = (0, 0);
    for at in 0..400 {
        let script = sample::script(&catalog, (at * 7) % catalog.tools.len(), &mut stream(1, at as u64, Stage::Script, 0));
        let (dialogue, last) =
            realiser.realise_counting(&script, String::new(), at as u64, &Scenario::new(), &mut stream(1, at as u64, Stage::Words, 0));
        turns += dialogue.turns.iter().filter(|turn| !turn.text.is_empty()).count();
        plain += last;
    }
    assert!(plain * 200 <= turns, "{plain} of {turns}");
}

#[test]
fn the_same_stream_gives_the_same_words() {
    let catalog = sample::catalog();
    let first: Vec<_> = dialogues(&catalog, 20).into_iter().map(|(_, dialogue)| dialogue).collect();
    let second: Vec<_> = dialogues(&catalog, 20).into_iter().map(|(_, dialogue)| dialogue).collect();
    assert_eq!(first, second);
}

#[test]
fn the_system_turn_says_the_date_twice_and_every_fact() {
    let catalog = sample::catalog();
    let realiser = Realiser::new(&catalog);
    let mut script = sample::script(&catalog, 0, &mut stream(1, 0, Stage::Script, 0));
    script.context.user.insert("user_id".into(), "USR-00412".into());
    for index in 0..40 {
        let text = &realiser.realise(&script, "x".into(), index, &mut stream(1, index, Stage::Words, 0)).turns[0].text;
        assert!(text.contains("2026-03-17") && text.contains("Tuesday, March 17, 2026") && text.contains("USR-00412"), "{text}");
        assert!(!text.contains("user_id"), "{text}");
    }
}

/// Median of the words of a user turn, and the share of the commonest opening.
#[test]
fn user_turns_are_short_and_begin_in_many_ways() {
    let catalog = sample::catalog();
    let texts: Vec<String> = dialogues(&catalog, 600)
        .into_iter()
        .flat_map(|(_, dialogue)| dialogue.turns.into_iter().filter(|turn| turn.role == Role::User).map(|turn| turn.text))
        .collect();
    let mut lengths: Vec<usize> = texts.iter().map(|text| text.split_whitespace().count()).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!((4..=11).contains(&median), "{median}");
    let mut openings = std::collections::BTreeMap::new();
    for text in &texts {
        *openings.entry(select::opening(text)).or_insert(0usize) += 1;
    }
    let (opening, most) = openings.iter().max_by_key(|(_, n)| **n).unwrap();
    assert!(most * 100 <= texts.len() * 4, "{opening}: {most} of {}", texts.len());
}
