//! The data set card: `README.md` with the header that Hugging Face reads.

use super::Target;
use super::manifest::Manifest;
use super::preference::{self, Preference, Trainer};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The whole file. The licence is left to whoever publishes the data: it depends on the catalogs that went in.
pub fn card(manifest: &Manifest, targets: &[Target], preferences: &[Preference]) -> String {
    let rows = manifest.stages.accepted;
    let mut text = String::from(
        "---\npretty_name: walktalk dialogues\nlicense: other\nlanguage:\n- en\ntask_categories:\n- text-generation\ntags:\n- tool-calling\n- function-calling\n- synthetic\n- walktalk\n",
    );
    let _ = writeln!(text, "size_categories:\n- {}\nconfigs:", size_category(rows));
    for target in targets {
        let default = if *target == Target::Chat { "\n  default: true" } else { "" };
        let data = if target.is_one_file() { target.data() } else { target.file("*.json") };
        let _ = writeln!(text, "- config_name: {}\n  data_files: {data}{default}", target.name());
    }
    for (target, trainer) in preferences.iter().flat_map(|target| Trainer::ALL.map(|trainer| (target, trainer))) {
        let _ = writeln!(text, "- config_name: {}_{}\n  data_files: {}", target.name(), trainer.name(), target.file(trainer));
    }
    if !preferences.is_empty() {
        let _ = writeln!(text, "- config_name: twins\n  data_files: {}", preference::RECORD);
    }
    let _ = writeln!(text, "- config_name: record\n  data_files: dialogues.jsonl\n---\n");
    let _ = writeln!(text, "# {rows} tool-calling dialogues\n");
    let _ = writeln!(
        text,
        "Synthetic multi-turn dialogues over {} tools of {} domains, made by walktalk {} without a language model. Every argument of every call has a recorded source, and every dialogue passed a reader that recovers the arguments from the words alone. Set `license` above before publishing: it depends on the catalogs that were used.\n",
        manifest.tools.used, manifest.tools.domains, manifest.version
    );
    let _ = writeln!(text, "## Make it again\n\n```\n{}\n```\n", manifest.command);
    let _ = writeln!(text, "## Files\n\n| file | bytes | BLAKE3 |\n|---|---:|---|");
    for file in &manifest.files {
        let _ = writeln!(text, "| `{}` | {} | `{}` |", file.path, file.bytes, &file.hash[..16.min(file.hash.len())]);
    }
    let _ = writeln!(text, "\n## Rows\n\n| target | in | out | left out |\n|---|---:|---:|---|");
    for (name, counts) in &manifest.targets {
        let reasons: Vec<String> = counts.refused.iter().map(|(reason, count)| format!("{count}: {reason}")).collect();
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
    let _ = writeln!(text, "\n## Three axes, never one number");
    axis(&mut text, "Quality", &manifest.quality);
    axis(&mut text, "Diversity", &manifest.diversity);
    axis(&mut text, "Complexity", &manifest.complexity);
    let _ = writeln!(
        text,
        "\nText metrics are taken on user turns with values masked, at a budget of {} tokens; compare them at equal `text_tokens` only.\n",
        crate::score::diversity::TOKEN_BUDGET
    );
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
