//! What the linter finds in catalogs that other people published (`../shared/real-data`, not part of this project), as
//! `docs/lint-study.md`: tools with a finding of each rule, as written and with foreign type names understood, beside the counts of
//! the reference table. Run with `cargo run --release --example lint_study`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use walktalk::lint::{Settings, check, rules};

/// Catalogs by kind: each is checked on its own. Of two files that say the same one is left out.
const SOURCES: [(&str, usize); 38] = [
    ("mcp-tools-list/everything.tools-list.json", 0),
    ("mcp-tools-list/fetch.tools-list.json", 0),
    ("mcp-tools-list/filesystem.tools-list.json", 0),
    ("mcp-tools-list/git.tools-list.json", 0),
    ("mcp-tools-list/memory.tools-list.json", 0),
    ("mcp-tools-list/playwright.tools-list.json", 0),
    ("mcp-tools-list/sequential-thinking.tools-list.json", 0),
    ("mcp-tools-list/time.tools-list.json", 0),
    ("github-mcp-server", 0),
    ("openapi-museum", 1),
    ("openapi-openai", 1),
    ("openapi-slack", 1),
    ("openapi-spotify-restgpt/spotify_oas.json", 1),
    ("openapi-learn/v2.0/yaml", 1),
    ("openapi-learn/v3.0/petstore.yaml", 1),
    ("openapi-learn/v3.0/link-example.yaml", 1),
    ("openapi-learn/v3.0/uspto.yaml", 1),
    ("openapi-learn/v3.1/non-oauth-scopes.yaml", 1),
    ("bfcl/multi_turn_func_doc", 2),
    ("bfcl/BFCL_v4_simple_python.json", 2),
    ("bfcl/BFCL_v4_multiple.json", 2),
    ("bfcl/BFCL_v4_parallel.json", 2),
    ("bfcl/BFCL_v4_parallel_multiple.json", 2),
    ("bfcl/BFCL_v4_live_simple.json", 2),
    ("bfcl/BFCL_v4_irrelevance.json", 2),
    ("taskbench/data_dailylifeapis/graph_desc.json", 2),
    ("taskbench/data_multimedia/graph_desc.json", 2),
    ("seal-tools/tool.jsonl", 2),
    ("nestful/executable-spec.json", 2),
    ("toolalpaca/eval_simulated.json", 2),
    ("tau2-bench/tools-data.json", 2),
    ("api-bank/DERIVED-tools.json", 2),
    ("tooltalk/DERIVED-tools.json", 2),
    ("sgd-CC-BY-SA/train/schema.json", 2),
    ("sgd-CC-BY-SA/dev/schema.json", 2),
    ("star/apis", 2),
    ("toolbench/instruction/G1_query.json", 2),
    ("toolbench/instruction/G2_query.json", 2),
];
const KINDS: [&str; 3] = ["MCP", "OpenAPI", "benchmarks"];

/// Code, count of the reference table, and why ours differs; from `lint_study_notes.tsv`.
const NOTES: &str = include_str!("lint_study_notes.tsv");

type Counts = BTreeMap<&'static str, [BTreeSet<String>; 3]>;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real-data");
    if !root.is_dir() {
        println!("skipped: no data beside the project");
        return;
    }
    let mut tools = [0; 3];
    let (mut written, mut understood): (Counts, Counts) = Default::default();
    let (mut places, mut seconds) = (BTreeMap::<&str, usize>::new(), 0.0);
    for (source, kind) in SOURCES {
        let paths: Vec<PathBuf> = vec![root.join(source)];
        let raw = Settings::default().as_written().without_graph();
        take(&check(&paths, &raw), kind, source, &mut written);
        let start = std::time::Instant::now();
        let checked = check(&paths, &Settings::default());
        seconds += start.elapsed().as_secs_f64();
        tools[kind] += checked.tools();
        take(&checked, kind, source, &mut understood);
        checked.findings.iter().for_each(|one| *places.entry(one.code).or_default() += 1);
        eprintln!("{source}: {} tools, {} findings", checked.tools(), checked.findings.len());
    }
    let text = page(tools, &written, &understood, &places);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lint-study.md");
    if let Err(error) = std::fs::write(&path, text) {
        eprintln!("{}: {error}", path.display());
    }
    eprintln!("{seconds:.1} s with the graph");
}

/// Tools count once a name and source, as a benchmark repeats them.
fn take(checked: &walktalk::lint::Checked, kind: usize, source: &str, counts: &mut Counts) {
    for one in &checked.findings {
        let tool = if one.tool.is_empty() { format!("{source} {}", one.pointer) } else { format!("{source} {}", one.tool) };
        counts.entry(one.code).or_default()[kind].insert(tool);
    }
}

fn page(tools: [usize; 3], written: &Counts, understood: &Counts, places: &BTreeMap<&str, usize>) -> String {
    let notes: BTreeMap<&str, Vec<&str>> = NOTES
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| {
            let parts: Vec<&str> = line.split('\t').collect();
            (parts[0], parts[1..].to_vec())
        })
        .collect();
    let mut out = String::from(
        "# What the linter finds in real catalogs\n\nMade by `cargo run --release --example lint_study` from the catalogs in `../shared/real-data`. ",
    );
    let _ = write!(
        out,
        "{} definitions of tools: {}.\n\n",
        tools.iter().sum::<usize>(),
        tools.iter().zip(KINDS).map(|(n, kind)| format!("{n} {kind}")).collect::<Vec<_>>().join(", ")
    );
    out.push_str("A tool counts once for a rule, by its name in its source; *written* is the file as it is, *understood* with foreign type names read as what they mean, \
        *places* is the number of findings. *Table* is the count of the reference table, which was made by another program over another choice of files \
        (6,771 tools); *right* is how many were right of a drawn sample that was read one by one; where it is empty none was read.\n\n");
    out.push_str("| code | rule | severity | written | understood (MCP / OpenAPI / benchmarks) | places | table | right | what differs |\n|---|---|---|---|---|---|---|---|---|\n");
    let none = Default::default();
    for doc in rules::all().iter().map(|rule| rule.doc()) {
        let (before, after) = (written.get(doc.code).unwrap_or(&none), understood.get(doc.code).unwrap_or(&none));
        let sum = |sets: &[BTreeSet<String>; 3]| sets.iter().map(BTreeSet::len).sum::<usize>();
        let note = |place: usize| notes.get(doc.code).and_then(|note| note.get(place)).copied().unwrap_or("");
        let _ = writeln!(
            out,
            "| {} | [{}](rules/{}.md) | {} | {} | {} ({} / {} / {}) | {} | {} | {} | {} |",
            doc.code,
            doc.name,
            doc.name,
            doc.severity.name(),
            if doc.graph { "".to_owned() } else { sum(before).to_string() },
            sum(after),
            after[0].len(),
            after[1].len(),
            after[2].len(),
            places.get(doc.code).unwrap_or(&0),
            note(0),
            note(1),
            note(2)
        );
    }
    out
}
