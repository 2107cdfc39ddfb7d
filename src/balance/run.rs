//! From files to a set: the pool is looked at, chosen from, and read again for the rows that were chosen.

use super::aim::Aim;
use super::pool::{Chosen, Features, Pool};
use super::trust::{Attributes, Trust};
use crate::error::{Fault, Result};
use crate::formats::conversation::{Conversation, Message};
use crate::formats::read::observe::Judge;
use crate::formats::read::stream::{self, Options, Tally};
use crate::formats::{Rendered, Renderer, Target, Writer};
use std::path::PathBuf;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// Files of rows and how to read them. They are read more than once.
#[derive(Debug, Default)]
pub struct Inputs {
    pub files: Vec<PathBuf>,
    pub options: Options,
}

impl Inputs {
    /// Standard input comes only once.
    pub fn check(&self) -> Result<()> {
        match self.files.iter().find(|file| file.as_os_str() == "-") {
            Some(file) => {
                Err(Fault::new(file, "a pool is read twice, and standard input comes once", "write the rows to a file first").into())
            }
            None => Ok(()),
        }
    }

    fn options(&self) -> Options {
        Options { from: self.options.from, tools: self.options.tools.clone(), skip_bad: self.options.skip_bad, judged: true }
    }

    /// Judges and observes every row; keeps features. `tick` is called for each.
    pub fn survey(&self, aim: &Aim, seed: u64, mut tick: impl FnMut() + Send) -> Result<(Pool, Tally)> {
        let judge = Judge::default();
        let mut pool = Pool::default();
        let look = |row: &Conversation| {
            let mut observed = judge.judge(row).observed();
            if let Some(written) = &row.written {
                observed.formats.insert("syntax".into(), written.syntax.name().into());
            }
            Features::of(&observed, words(row), aim, seed)
        };
        let tally = stream::read(&self.files, self.options(), look, |_, features| {
            pool.push(features);
            tick();
            Ok(())
        })?;
        Ok((pool, tally))
    }

    /// What the chosen rows are like.
    pub fn count(&self, chosen: &Chosen) -> Result<Attributes> {
        let mut counts = Attributes::default();
        self.each(chosen, plain, |row, _| {
            counts.push(&row);
            Ok(())
        })?;
        Ok(counts)
    }

    /// Writes the chosen rows in the order of the pool; those beyond the trusted prefix of the order of choice only where weights are read.
    pub fn write(&self, chosen: &Chosen, trusted: u64, renderer: &Renderer, writer: &mut Writer) -> Result<()> {
        let render = |row: &Conversation| match &row.own {
            Some(dialogue) => renderer.dialogue(dialogue),
            None => Ok(renderer.row(row)),
        };
        self.each(chosen, render, |rendered: Result<Rendered>, order| match order < trusted {
            true => writer.push(rendered?),
            false => writer.push_thinned(rendered?),
        })
    }

    /// Makes something of every chosen row, in parallel, and hands it over with its place in the order of choice.
    fn each<T: Send>(
        &self,
        chosen: &Chosen,
        make: impl Fn(&Conversation) -> T + Sync,
        mut sink: impl FnMut(T, u64) -> Result<()> + Send,
    ) -> Result<()> {
        let mut number = 0;
        // The id says in parallel which rows may be wanted; of several with one id, the number says which.
        let wanted = |row: &Conversation| chosen.ids.contains(&xxh3_64(id(row).as_bytes()));
        stream::read(
            &self.files,
            self.options(),
            |row| wanted(row).then(|| make(row)),
            |_, made| {
                let order = chosen.order.get(number).copied().flatten();
                number += 1;
                match (made, order) {
                    (Some(made), Some(order)) => sink(made, order),
                    _ => Ok(()),
                }
            },
        )?;
        Ok(())
    }
}

/// Writes real rows, each with weight 1, and gives their number. One that has the id of a chosen row gets one of its own.
pub fn mix_in(files: &[PathBuf], chosen: &Chosen, targets: &[Target], writer: &mut Writer) -> Result<u64> {
    let renderer = Renderer::new(targets).weighing(Some(1.0));
    let render = |row: &Conversation| match chosen.ids.contains(&xxh3_64(row.id.as_bytes())) {
        true => {
            let mut renamed = row.clone();
            renamed.id = format!("real-{}", row.id);
            renderer.row(&renamed)
        }
        false => renderer.row(row),
    };
    let tally = stream::read(files, Options::default(), render, |_, rendered| writer.push(rendered))?;
    Ok(tally.conversations)
}

/// How many of the chosen rows a trust keeps in files without weights.
pub fn trusted(trust: &Trust, chosen: &Chosen, seed: u64) -> u64 {
    trust.prefix(chosen.report.chosen, seed)
}

fn id(row: &Conversation) -> &str {
    row.own.as_ref().map_or(&row.id, |dialogue| &dialogue.id)
}

/// A record as trainers see it.
fn plain(row: &Conversation) -> Conversation {
    row.own.as_ref().map_or_else(|| row.clone(), |dialogue| Conversation::of(dialogue))
}

/// Hash of all that is offered, said, called and answered.
fn words(row: &Conversation) -> u64 {
    let mut hash = Xxh3::new();
    let row = plain(row);
    for tool in &row.tools {
        hash.update(tool.name.as_bytes());
        hash.update(b"\x1f");
    }
    for message in &row.messages {
        hash.update(message.text().as_bytes());
        hash.update(b"\x1f");
        if let Message::Assistant { calls, .. } = message {
            for call in calls {
                hash.update(call.name.as_bytes());
                hash.update(call.arguments.text().as_bytes());
            }
        }
    }
    hash.digest()
}
