//! What dialogues are made of: a catalog with its graph, and the pipeline for a seed and a setting of the controls.

use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use walktalk::catalog::Catalog;
use walktalk::cover::Taxonomy;
use walktalk::dialogue::Dialogue;
use walktalk::error::Error;
use walktalk::formats::read::observe::Judge;
use walktalk::graph::{GraphOptions, ToolGraph};
use walktalk::pipeline::hardness::Pilot;
use walktalk::pipeline::{Pipeline, Variety};
use walktalk::plan::Plan;
use walktalk::realise::TAXONOMY;
use walktalk::score::Observed;
use walktalk::world::Schemas;

/// A catalog and everything that follows from it.
pub struct Ground {
    pub name: String,
    pub catalog: Catalog,
    graph: ToolGraph,
    schemas: Arc<Schemas>,
    plans: Vec<Plan>,
    sectors: BTreeMap<String, String>,
    pub judge: Judge,
    pilot: Pilot,
}

/// The controls, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Controls {
    pub quality: f64,
    pub diversity: f64,
    pub complexity: f64,
}

/// A dialogue as others see it.
#[derive(Debug, Clone)]
pub struct Row {
    pub observed: Observed,
    /// It passes the checks for rows of anybody too, which know neither goals nor sources nor a world.
    pub foreign: bool,
}

impl Ground {
    /// The built-in catalogs where no path is given. The weights of the plans are divided by `thin` and rounded up.
    pub fn open(paths: &[PathBuf], pilot: Pilot, thin: u32) -> Result<Ground, Error> {
        let catalog = Catalog::open(paths)?;
        let mut plans = walktalk::plan::load(&[])?;
        plans.iter_mut().for_each(|plan| plan.weight = plan.weight.div_ceil(thin.max(1)));
        let named = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = if paths.is_empty() { "built-in".into() } else { paths.iter().map(named).collect::<Vec<_>>().join(" + ") };
        Ok(Ground {
            name,
            graph: ToolGraph::build(&catalog, &GraphOptions::default()),
            schemas: Arc::new(Schemas::new(&catalog)),
            plans,
            sectors: Taxonomy::of(&catalog, &TAXONOMY).sectors,
            judge: Judge::default(),
            pilot,
            catalog,
        })
    }

    /// The same with the tools of some domains alone.
    pub fn about(&self, domains: &[&str]) -> Ground {
        let mut catalog = self.catalog.clone();
        catalog.tools.retain(|tool| domains.contains(&tool.domain.as_str()));
        Ground {
            name: self.name.clone(),
            graph: ToolGraph::build(&catalog, &GraphOptions::default()),
            schemas: Arc::new(Schemas::new(&catalog)),
            plans: self.plans.clone(),
            sectors: self.sectors.clone(),
            judge: Judge::default(),
            pilot: self.pilot,
            catalog,
        }
    }

    /// As `walktalk generate` puts it together.
    pub fn pipeline(&self, seed: u64, controls: Controls) -> Result<Pipeline<'_>, Error> {
        let mut pipeline = Pipeline::new(&self.catalog, &self.graph, self.schemas.clone(), &self.plans, seed)?;
        if controls.diversity < 1.0 {
            pipeline = pipeline.varied(Variety::of(controls.diversity), &self.sectors);
        }
        // What complexity ½ asks for is what comes about by itself, unless little diversity repeats what happens to be hard.
        if controls.complexity != 0.5 || controls.diversity < 1.0 {
            pipeline = pipeline.hardened_with(controls.complexity, self.pilot)?.0;
        }
        Ok(pipeline.with_quality(controls.quality))
    }

    /// Judged anew, from the record alone.
    pub fn row(&self, dialogue: Dialogue) -> Row {
        let plain = Dialogue { plan: String::new(), ..dialogue.clone() };
        let foreign = !self.judge.rejects(&plain);
        Row { observed: self.judge.record(&Arc::new(dialogue)).observed(), foreign }
    }

    /// The rows of these indices, in order.
    pub fn rows(&self, pipeline: &Pipeline, indices: &[u64]) -> Vec<(u64, Row)> {
        let made = |index: &u64| pipeline.dialogue(*index).0.map(|dialogue| (*index, self.row(dialogue)));
        indices.par_iter().filter_map(made).collect()
    }
}
