//! The data set card: `README.md` with the header that Hugging Face reads.

use super::Target;
use super::features::{self, Column};
use super::manifest::Manifest;
use super::preference::{self, Preference, Trainer};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A part of the set that `datasets` loads by its name.
struct Config {
    name: String,
    files: String,
    columns: Vec<Column>,
}

impl Config {
    /// `datasets` reads all files of a folder in one way, and most of these are JSON: Parquet is loaded by its path.
    fn has_a_name(&self) -> bool {
        self.name != Target::Parquet.name()
    }

    /// What loads it, in Python.
    fn call(&self) -> String {
        match self.has_a_name() {
            true => format!("datasets.load_dataset(\"<this folder>\", \"{}\")", self.name),
            false => format!("datasets.load_dataset(\"parquet\", data_files=\"<this folder>/{}\")", self.files),
        }
    }
}

fn configs(manifest: &Manifest, targets: &[Target], preferences: &[Preference]) -> Vec<Config> {
    let mut configs: Vec<Config> = Vec::new();
    let mut add = |name: String, files: String, columns: Vec<Column>| configs.push(Config { name, files, columns });
    for target in targets {
        let files = if target.is_one_file() { target.data() } else { target.file("*.json") };
        add(target.name().into(), files, features::of(*target));
    }
    for (target, trainer) in preferences.iter().flat_map(|target| Trainer::ALL.map(|trainer| (*target, trainer))) {
        add(format!("{}_{}", target.name(), trainer.name()), target.file(trainer), features::of_pairs(target, trainer));
    }
    if !preferences.is_empty() {
        add("twins".into(), preference::RECORD.into(), Vec::new());
    }
    if manifest.rendered.is_some() {
        add("rendered".into(), super::TEXTS.into(), Vec::new());
    }
    add("record".into(), super::RECORDS.into(), Vec::new());
    configs
}

/// The header that Hugging Face reads: configurations with their files, and the columns of those whose rows all have the same.
fn header(manifest: &Manifest, configs: &[Config]) -> String {
    let mut text = String::from(
        "---\npretty_name: walktalk dialogues\nlicense: other\nlanguage:\n- en\ntask_categories:\n- text-generation\ntags:\n- tool-calling\n- function-calling\n- synthetic\n- walktalk\n",
    );
    let _ = writeln!(text, "size_categories:\n- {}\nconfigs:", size_category(manifest.stages.accepted));
    for Config { name, files, .. } in configs.iter().filter(|config| config.has_a_name()) {
        let default = if name == Target::Chat.name() { "\n  default: true" } else { "" };
        let _ = writeln!(text, "- config_name: {name}\n  data_files: {files}{default}");
    }
    let declared: String = configs.iter().filter_map(|config| features::declared(&config.name, &config.columns)).collect();
    if !declared.is_empty() {
        let _ = write!(text, "dataset_info:\n{declared}");
    }
    text + "---\n\n"
}

/// The whole file. The licence is left to whoever publishes the data: it depends on the catalogs that went in.
pub fn card(manifest: &Manifest, targets: &[Target], preferences: &[Preference]) -> String {
    let rows = manifest.stages.accepted;
    let configs = configs(manifest, targets, preferences);
    let mut text = header(manifest, &configs);
    let _ = writeln!(text, "# {rows} tool-calling dialogues\n");
    let _ = writeln!(
        text,
        "Synthetic multi-turn dialogues over {} tools of {} domains, made by walktalk {} without a language model. Every argument of every call has a recorded source, and every dialogue passed a reader that recovers the arguments from the words alone. Set `license` above before publishing: it depends on the catalogs that were used.\n",
        manifest.tools.used, manifest.tools.domains, manifest.version
    );
    let _ = writeln!(
        text,
        "## Make it again\n\n```\n{}\n```\n\nSeed {}; the same command gives the same bytes.\n",
        manifest.command, manifest.seed
    );
    loading(&mut text, &configs);
    let _ = writeln!(text, "## Files\n\n| file | bytes | BLAKE3 |\n|---|---:|---|");
    for file in &manifest.files {
        let _ = writeln!(text, "| `{}` | {} | `{}` |", file.path, file.bytes, &file.hash[..16.min(file.hash.len())]);
    }
    let _ = writeln!(text, "\n## Rows\n\n| target | in | out | left out, or written with less |\n|---|---:|---:|---|");
    for (name, counts) in &manifest.targets {
        let less = counts.reduced.iter().map(|(what, count)| format!("{count} without {what}"));
        let reasons: Vec<String> = counts.refused.iter().map(|(reason, count)| format!("{count}: {reason}")).chain(less).collect();
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} |",
            counts.rows_in,
            counts.rows_out,
            if reasons.is_empty() { "none".into() } else { reasons.join("; ") }
        );
    }
    if let Some(twins) = &manifest.twins {
        let _ = writeln!(
            text,
            "\n## Preference pairs\n\n{} pairs of {} dialogues. Both answers of a pair have one context; the rejected one has one fault that was planted and that the verifier finds. `{}` names the fault, says what is wrong and gives the finding, by the id of the row.\n\n| fault | pairs |\n|---|---:|",
            twins.twins,
            twins.dialogues,
            preference::RECORD
        );
        for (fault, count) in &twins.faults {
            let _ = writeln!(text, "| {} | {count} |", fault.name());
        }
    }
    text.push_str(&crate::balance::trust::section(&manifest.trust));
    rendered(&mut text, manifest);
    let _ = writeln!(text, "\n## Three axes, never one number");
    axis(&mut text, "Quality", &manifest.quality);
    axis(&mut text, "Diversity", &manifest.diversity);
    axis(&mut text, "Complexity", &manifest.complexity);
    let _ = writeln!(
        text,
        "\nText metrics are taken on user turns with values masked, at a budget of {} tokens; compare them at equal `text_tokens` only.\n",
        crate::score::diversity::TOKEN_BUDGET
    );
    dials(&mut text, manifest);
    let _ = writeln!(text, "## Sources\n\n| catalog | format | tools | BLAKE3 |\n|---|---|---:|---|");
    for source in &manifest.catalogs {
        let _ = writeln!(
            text,
            "| {} | {} | {} | `{}` |",
            source.path.display(),
            source.format,
            source.tools,
            &source.hash[..16.min(source.hash.len())]
        );
    }
    let _ = writeln!(
        text,
        "\n## Limits\n\nPeople, places, orders and results are invented. The words are those of a grammar: plainer than what people write. The dialogues show what tool calling looks like; they are no evidence about the services that the tools stand for."
    );
    text
}

/// How each part is loaded, and what is in it.
fn loading(text: &mut String, configs: &[Config]) {
    let _ = writeln!(text, "## Load it\n\n```python\n{}\n```\n", configs[0].call());
    let _ = writeln!(text, "| configuration | files | columns |\n|---|---|---|");
    for Config { name, files, columns } in configs {
        let columns = match name.as_str() {
            "twins" | "record" => "docs/record.md; needs datasets 4.8 or later".to_string(),
            "rendered" => "`id`, `text`, lengths, and what carries loss".to_string(),
            "parquet" => format!("{}; `datasets.load_dataset(\"parquet\", data_files=\"{files}\")`, 4.8 or later", features::told(columns)),
            _ => features::told(columns),
        };
        let _ = writeln!(text, "| {name} | `{files}` | {columns} |");
    }
    text.push('\n');
}

/// What a chat template made of the rows.
fn rendered(text: &mut String, manifest: &Manifest) {
    let Some(entry) = &manifest.rendered else { return };
    let lengths = &entry.lengths;
    let _ = writeln!(
        text,
        "\n## Lengths\n\n{} of {} rows rendered by `{}`, in {}{}; {} over the limit.\n\n| least | half | 90% | 95% | 99% | most |\n|---:|---:|---:|---:|---:|---:|\n| {} | {} | {} | {} | {} | {} |",
        entry.rows_out,
        entry.rows_in,
        entry.template.name.display(),
        lengths.unit,
        entry.tokenizer.as_ref().map_or(String::new(), |file| format!(" of `{}`", file.name.display())),
        entry.over,
        lengths.min,
        lengths.p50,
        lengths.p90,
        lengths.p95,
        lengths.p99,
        lengths.max
    );
}

/// What the dials asked for and what came of it, and what is covered.
fn dials(text: &mut String, manifest: &Manifest) {
    let _ = writeln!(text, "## Dials\n\n| dial | asked | reached |\n|---|---:|---:|");
    for (name, entry) in &manifest.dials {
        let _ = writeln!(text, "| {name} | {} | {} |", entry.asked.map_or("–".into(), number), number(entry.reached));
    }
    let coverage = &manifest.coverage;
    let _ = writeln!(
        text,
        "\n## Coverage\n\n| what | can be | is |\n|---|---:|---:|\n| combinations of {} levels | {} | {} |\n| pairs of plan and domain | {} | {} |",
        coverage.strength, coverage.feasible, coverage.covered, coverage.plan_domain.feasible, coverage.plan_domain.covered
    );
    for (level, counts) in &coverage.taxonomy {
        let _ = writeln!(text, "| {level} | {} | {} |", counts.feasible, counts.covered);
    }
    text.push('\n');
}

fn axis(text: &mut String, name: &str, values: &BTreeMap<&'static str, f64>) {
    let _ = writeln!(text, "\n### {name}\n\n| metric | value |\n|---|---:|");
    for (metric, value) in values {
        let _ = writeln!(text, "| {metric} | {} |", number(*value));
    }
}

/// Whole numbers as they are, others with three places.
pub fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 { format!("{value:.0}") } else { format!("{value:.3}") }
}

fn size_category(rows: u64) -> &'static str {
    match rows {
        0..1_000 => "n<1K",
        1_000..10_000 => "1K<n<10K",
        10_000..100_000 => "10K<n<100K",
        100_000..1_000_000 => "100K<n<1M",
        1_000_000..10_000_000 => "1M<n<10M",
        _ => "10M<n<100M",
    }
}
