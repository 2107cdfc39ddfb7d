//! Catalogs as they are published: each gives dialogues, and every dialogue is proven.
//!
//! The files lie outside of the repository (`../shared/real-data`); without them the test says so and passes.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use walktalk::catalog::{Catalog, load};
use walktalk::graph::{GraphOptions, ToolGraph};
use walktalk::pipeline::{Pipeline, Tally};
use walktalk::verify::Verifier;
use walktalk::world::Schemas;

/// Of a large source, tools from its first files: the graph of thousands is a matter for the benches.
const TOOLS: usize = 60;
const DIALOGUES: u64 = 20;

/// Folders without tools in a form that is read: conversations, ontologies.
const NO_TOOLS: [&str; 2] = ["abcd", "taskmaster-4"];

fn sources() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real-data");
    let Ok(entries) = std::fs::read_dir(&root) else {
        println!("SKIPPED: {} is not there", root.display());
        return Vec::new();
    };
    let mut folders: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// The first tools of a folder, completed; `None` when it holds no catalog.
fn catalog(folder: &Path) -> Option<Catalog> {
    let mut raw = load::read_paths(&[folder.to_owned()]).ok()?;
    raw.tools.truncate(TOOLS);
    let catalog = Catalog::from_raw(raw);
    (!catalog.tools.is_empty()).then_some(catalog)
}

#[test]
fn every_published_catalog_gives_proven_dialogues() {
    let plans = walktalk::plan::load(&[]).unwrap();
    let mut poor = Vec::new();
    for folder in sources() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let Some(catalog) = catalog(&folder) else {
            println!("{name:26} no catalog");
            assert!(NO_TOOLS.contains(&name.as_str()), "{name} was read before");
            continue;
        };
        let graph = ToolGraph::build(&catalog, &GraphOptions::default());
        let pipeline = Pipeline::new(&catalog, &graph, Arc::new(Schemas::new(&catalog)), &plans, 11).unwrap();
        let mut tally = Tally::default();
        let mut made = Vec::new();
        pipeline
            .run(0, DIALOGUES, |dialogue, one| {
                tally.add(one);
                made.extend(dialogue);
                Ok(())
            })
            .unwrap();
        assert_eq!(made.len() as u64, tally.accepted);
        for dialogue in &made {
            // With the record alone, as `walktalk verify` does it.
            let report = Verifier::new(&Catalog::of_dialogue(dialogue)).verify(dialogue);
            assert!(report.ok(), "{name}, {} ({}): {:?}", dialogue.id, dialogue.plan, report.failures);
        }
        println!(
            "{name:26} {:3} tools, {:3} left out; {:2} of {DIALOGUES} dialogues, {:2} at first try, {:3} candidates; unfilled {:?}",
            catalog.tools.len(),
            catalog.skipped.len(),
            tally.accepted,
            tally.first_try,
            tally.candidates,
            tally.unfilled
        );
        let unfilled: u64 = tally.unfilled.values().sum();
        // A stratum that cannot be filled is named, and made up for with another plan.
        assert!(tally.accepted == DIALOGUES || unfilled > 0, "{name}: what was not made is named");
        if tally.accepted * 4 < DIALOGUES * 3 {
            poor.push(name);
        }
    }
    assert!(poor.is_empty(), "less than three in four dialogues could be made from {poor:?}");
}
