//! `walktalk graph`.

use super::generate::RelevanceArg;
use crate::catalog::Catalog;
use crate::error::{Error, Result, exit};
use crate::graph::{GraphFormat, Neighbour, Ranker, RelationKind, Summary, ToolGraph};
use clap::Args;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Show which tools belong together, and why
#[derive(Args)]
#[command(
    after_help = "Examples:\n  walktalk graph\n  walktalk graph --tool book_hotel_room\n  walktalk graph --catalog api.yaml --format dot > tools.dot\n  walktalk graph --taxonomy"
)]
pub(super) struct Graph {
    /// Tool catalogs: files or folders, any known format, '-' for standard input [default: the built-in ones]
    #[arg(long, num_args = 1.., value_name = "PATH")]
    catalog: Vec<PathBuf>,
    /// Show the neighbours of this tool, with the reasons
    #[arg(long, value_name = "NAME")]
    tool: Option<String>,
    /// Write the whole graph instead of a summary
    #[arg(long, value_enum, conflicts_with = "tool")]
    format: Option<FormatArg>,
    /// Show the taxonomy of the tools and what its critic says: what is missing, redundant or uneven. A YAML file changes it
    #[arg(long, value_name = "FILE", num_args = 0..=1, conflicts_with_all = ["tool", "format"])]
    taxonomy: Option<Option<PathBuf>>,
    /// Relations to write with --format
    #[arg(long, value_enum, value_delimiter = ',', default_value = "feeds,shares,precedes,near")]
    kinds: Vec<KindArg>,
    /// How the graph is built
    #[arg(long, value_enum, default_value_t = RelevanceArg::Typed)]
    relevance: RelevanceArg,
    /// Seed of the random relevance
    #[arg(long, default_value_t = 0, value_name = "S")]
    seed: u64,
    /// Threads [default: one a core]
    #[arg(long, value_name = "T")]
    threads: Option<usize>,
    /// Print the summary, the neighbours or the taxonomy as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum FormatArg {
    Dot,
    Graphml,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum KindArg {
    Feeds,
    Shares,
    Precedes,
    Near,
}

impl Graph {
    pub(super) fn run(self) -> Result<u8> {
        super::threads(self.threads);
        let catalog = Catalog::open(&self.catalog)?;
        super::tell_loaded(&catalog);
        if let Some(file) = &self.taxonomy {
            let taxonomy = super::controls::taxonomy(&catalog, file.as_deref())?;
            super::print(&if self.json { super::json_line(&taxonomy.told()) } else { taxonomy.in_words() })?;
            return Ok(exit::DONE);
        }
        let options = super::graph_options(self.relevance.into(), self.seed);
        let ranker = Ranker::new(&catalog, options.relevance, options.seed);
        let graph = ToolGraph::from_ranker(&catalog, &options, &ranker);
        if let Some(name) = &self.tool {
            self.neighbours(&catalog, &graph, &ranker, name)?;
        } else if let Some(format) = self.format {
            let kinds: Vec<RelationKind> = self.kinds.iter().map(|kind| kind.relation()).collect();
            let mut out = Vec::new();
            graph.write(&catalog, &kinds, format.format(), &mut out).map_err(Error::output("standard output"))?;
            super::print(&String::from_utf8_lossy(&out))?;
        } else {
            let summary = graph.summary(&catalog);
            super::print(&if self.json { super::json_line(&summary) } else { in_words(&summary) })?;
        }
        Ok(exit::DONE)
    }

    fn neighbours(&self, catalog: &Catalog, graph: &ToolGraph, ranker: &Ranker, name: &str) -> Result<()> {
        let Some(tool) = catalog.tools.iter().position(|tool| tool.name == name) else {
            let near = alike(name, catalog.tools.iter().map(|tool| tool.name.as_str()));
            let cure = if near.is_empty() {
                "see `walktalk graph` for the tools".to_string()
            } else {
                format!("did you mean {}?", near.join(", "))
            };
            return Err(Error::Unsatisfiable { message: format!("no tool is called `{name}`"), cure });
        };
        let neighbours = graph.neighbours(catalog, tool, Some(ranker));
        super::print(&if self.json { super::json_line(&neighbours) } else { neighbours_in_words(name, &neighbours) })
    }
}

/// Up to five names that look like this one, the most alike first: by the share of letter pairs that they have in common (Dice).
fn alike<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    const ALIKE: f64 = 0.5;
    let pairs = |text: &str| -> Vec<(char, char)> {
        let letters: Vec<char> = text.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect();
        letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
    };
    let ours = pairs(name);
    let score = |other: &str| {
        let mut theirs = pairs(other);
        let total = ours.len() + theirs.len();
        let common = ours.iter().filter(|pair| theirs.iter().position(|one| one == *pair).map(|at| theirs.swap_remove(at)).is_some());
        let shared = common.count();
        if other.contains(name) { 1.0 } else { 2.0 * shared as f64 / total.max(1) as f64 }
    };
    let mut scored: Vec<(f64, &str)> = names.map(|other| (score(other), other)).filter(|(score, _)| *score >= ALIKE).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.into_iter().map(|(_, other)| other).take(5).collect()
}

impl FormatArg {
    fn format(self) -> GraphFormat {
        match self {
            FormatArg::Dot => GraphFormat::Dot,
            FormatArg::Graphml => GraphFormat::GraphMl,
            FormatArg::Json => GraphFormat::Json,
        }
    }
}

impl KindArg {
    fn relation(self) -> RelationKind {
        match self {
            KindArg::Feeds => RelationKind::Feeds,
            KindArg::Shares => RelationKind::Shares,
            KindArg::Precedes => RelationKind::Precedes,
            KindArg::Near => RelationKind::Near,
        }
    }
}

fn in_words(summary: &Summary) -> String {
    let mut text = format!("{} tools\n", summary.tools);
    for (kind, count) in &summary.edges {
        let _ = writeln!(text, "  {:10}{count} relations", format!("{kind:?}").to_lowercase());
    }
    let _ = writeln!(text, "required parameters: {}, of which a tool can feed {}", summary.required_parameters, summary.fed_parameters);
    let _ = writeln!(
        text,
        "tools that feed one: median {}, most {}; fed by none: {}",
        summary.fed_by.median, summary.fed_by.max, summary.fed_by.none
    );
    let largest: Vec<String> = summary.components.iter().take(5).map(usize::to_string).collect();
    let _ = writeln!(text, "components: {} (largest: {})", summary.components.len(), largest.join(", "));
    let hubs: Vec<String> = summary.hubs.iter().take(5).map(|(tool, count)| format!("{tool} {count}")).collect();
    let _ = writeln!(text, "feed the most tools: {}", hubs.join(", "));
    let visits = &summary.visits;
    let _ = writeln!(
        text,
        "{} walks visit {} of the {} tools that can be joined to others: the most visited {:.2}%, the median {:.2}% (Gini {:.2})",
        visits.walks,
        visits.visited,
        visits.able,
        100.0 * visits.most,
        100.0 * visits.median,
        visits.gini
    );
    if !summary.isolated.is_empty() {
        let _ = writeln!(text, "\nnothing composes with:");
        for one in &summary.isolated {
            let _ = writeln!(text, "  {}: {}", one.tool, one.reason);
        }
    }
    text
}

fn neighbours_in_words(name: &str, neighbours: &[Neighbour]) -> String {
    let mut text = format!("{name}\n");
    for one in neighbours {
        let arrow = if one.incoming { "←" } else { "→" };
        let _ = writeln!(text, "  {arrow} {:9} {:.2}  {}: {}", format!("{:?}", one.kind).to_lowercase(), one.weight, one.tool, one.reason);
        if !one.because.is_empty() {
            let _ = writeln!(text, "      because {}", one.because.join("; "));
        }
    }
    text
}
