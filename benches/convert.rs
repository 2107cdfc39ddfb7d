//! How fast rows are read and written again: bytes of input a second, with all threads and with one.

use divan::counter::BytesCount;
use std::io::Write;
use std::path::PathBuf;
use walktalk::dialogue::Dialogue;
use walktalk::formats::read::stream;
use walktalk::formats::{Conversation, Target};

fn main() {
    divan::main();
}

/// Rows of a target: the dialogues of the fixtures again and again, each with an id of its own.
fn rows(target: Target, bytes: u64) -> (tempfile::TempDir, PathBuf, u64) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/dialogues");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let dialogues: Vec<Dialogue> =
        paths.iter().map(|path| serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()).collect();
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("rows.jsonl");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    let mut written = 0;
    for number in 0.. {
        if written > bytes {
            break;
        }
        let mut row = Conversation::of(&dialogues[number % dialogues.len()]);
        row.id = format!("row-{number}");
        for (_, line) in target.render(&row).into_iter().flat_map(|made| made.lines) {
            writeln!(file, "{line}").unwrap();
            written += line.len() as u64 + 1;
        }
    }
    drop(file);
    (home, path, written)
}

const PAIRS: [(Target, Target); 6] = [
    (Target::Chat, Target::Sharegpt),
    (Target::Sharegpt, Target::Chat),
    (Target::Chat, Target::Axolotl),
    (Target::Openai, Target::Hermes),
    (Target::Hermes, Target::Swift),
    (Target::Jsonl, Target::Chat),
];

fn convert(bencher: divan::Bencher, threads: usize, (from, to): (Target, Target)) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let (_home, path, bytes) = rows(from, 64 << 20);
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let mut written = 0;
        pool.install(|| {
            stream::read(
                &[path.clone()],
                stream::Options::default(),
                |row| to.render(row),
                |_, made| {
                    written += made.map_or(0, |made| made.lines.iter().map(|(_, line)| line.len()).sum());
                    Ok(())
                },
            )
            .unwrap()
        });
        assert!(written > 0);
        written
    });
}

#[divan::bench(args = PAIRS, sample_count = 3)]
fn two_threads(bencher: divan::Bencher, pair: (Target, Target)) {
    convert(bencher, 2, pair);
}

#[divan::bench(args = PAIRS, sample_count = 3)]
fn one_thread(bencher: divan::Bencher, pair: (Target, Target)) {
    convert(bencher, 1, pair);
}
