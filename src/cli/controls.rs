//! The three controls of `generate`: each a preset or a number from 0 to 1, and each for one axis only.

use crate::catalog::Catalog;
use crate::cover::{Taxonomy, TaxonomyFile};
use crate::error::{Error, Result};
use crate::pipeline::Variety;
use crate::realise::TAXONOMY;
use clap::Args;
use std::path::{Path, PathBuf};

/// Quality, diversity and complexity, each turned without the others.
#[derive(Args)]
#[command(next_help_heading = "Controls (low, medium, high, or a number from 0 to 1)")]
pub(super) struct ControlArgs {
    /// How much is true: 1 is every dialogue; with less, a share of them has a recorded fault [default: high]
    #[arg(long, value_name = "X", value_parser = level)]
    quality: Option<f64>,
    /// How varied: situations, wordings and skeletons [default: high]
    #[arg(long, value_name = "X", value_parser = level)]
    diversity: Option<f64>,
    /// How hard: decision bits a dialogue, half to twice as many as these catalogs and plans give by themselves [default: as they give]
    #[arg(long, value_name = "X", value_parser = level)]
    complexity: Option<f64>,
    /// Sectors and nodes of the taxonomy that are otherwise than built: a YAML file
    #[arg(long, value_name = "FILE")]
    taxonomy: Option<PathBuf>,
}

/// A preset or a number.
pub(super) fn level(text: &str) -> std::result::Result<f64, String> {
    match text {
        "low" => return Ok(0.0),
        "medium" => return Ok(0.5),
        "high" => return Ok(1.0),
        _ => {}
    }
    let number: f64 = text.parse().map_err(|_| "give low, medium, high, or a number from 0 to 1".to_string())?;
    if (0.0..=1.0).contains(&number) { Ok(number) } else { Err("out of range: give a number from 0 to 1".into()) }
}

impl ControlArgs {
    pub(super) fn quality(&self) -> f64 {
        self.quality.unwrap_or(1.0)
    }

    pub(super) fn variety(&self) -> Variety {
        Variety::of(self.diversity.unwrap_or(1.0))
    }

    /// Whether situations are as they are by themselves.
    pub(super) fn leaves_situations(&self) -> bool {
        self.variety().x >= 1.0 && self.taxonomy.is_none()
    }

    /// The taxonomy of a catalog, with the changes of the file where one is given.
    pub(super) fn taxonomy(&self, catalog: &Catalog) -> Result<Taxonomy> {
        taxonomy(catalog, self.taxonomy.as_deref())
    }

    pub(super) fn complexity(&self) -> Option<f64> {
        self.complexity
    }

    /// Fails where what else is asked for turns the same thing. `others`: options that were given.
    pub(super) fn agree_with(&self, others: &[&str]) -> Result<()> {
        match (self.complexity, others) {
            (Some(x), [first, ..]) => Err(Error::Unsatisfiable {
                message: format!("`--complexity {x}` and `--{first}` both say how hard a dialogue is"),
                cure: "give one of them".into(),
            }),
            _ => Ok(()),
        }
    }

    /// As they were typed, in numbers.
    pub(super) fn command(&self) -> String {
        let all = [("quality", self.quality), ("diversity", self.diversity), ("complexity", self.complexity)];
        let mut command: String = all.into_iter().filter_map(|(name, value)| value.map(|value| format!(" --{name} {value}"))).collect();
        if let Some(file) = &self.taxonomy {
            command.push_str(&format!(" --taxonomy {}", file.display()));
        }
        command
    }
}

/// The taxonomy of a catalog, with the changes of a file.
pub(super) fn taxonomy(catalog: &Catalog, file: Option<&Path>) -> Result<Taxonomy> {
    match file {
        Some(path) => Taxonomy::changed(catalog, &TAXONOMY, &TaxonomyFile::load(path)?, path),
        None => Ok(Taxonomy::of(catalog, &TAXONOMY)),
    }
}
