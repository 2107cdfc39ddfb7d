//! `walktalk check`.

use crate::catalog::load::{read_paths, survey_bytes};
use crate::catalog::{Seen, SurveyedFile};
use crate::error::{Error, Fault, Result, exit};
use crate::lint::report::{Style, github, json, junit, motifs, sarif, text};
use crate::lint::{CONFIG, Checked, Settings, Severity, baseline, check, check_seen, fix, pins, read};
use clap::Args;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Find what is wrong with a catalog
///
/// Tells what a model, a provider or a dialogue will trip over, where, and how to mend it. Reads every format that `generate` reads. The ten
/// things that matter most come first; `walktalk explain` lists the rules.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    /// Catalogs: files or folders, any known format, '-' for standard input
    #[arg(required_unless_present = "mcp", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Start an MCP server with this command line, ask it for its tools over its standard streams, and check them; can be given again. Needs a
    /// program that was built with the feature `mcp`
    #[arg(long, value_name = "COMMAND", conflicts_with = "fix")]
    mcp: Vec<String>,
    /// Seconds that an MCP server may take to tell all its tools
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds, requires = "mcp")]
    mcp_timeout: std::time::Duration,
    /// How the findings are written
    #[arg(long, value_enum, default_value_t = FormatArg::Text)]
    format: FormatArg,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Show every finding, and not the ten kinds that matter most
    #[arg(long)]
    all: bool,
    /// Providers that the tools are sent to: their limits become errors, those of others are left out
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    target: Vec<String>,
    /// Set a rule, a code or a group to off, info, warning or error
    #[arg(long, value_name = "RULE=LEVEL")]
    rule: Vec<String>,
    /// Run these rules, codes or groups only
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    only: Vec<String>,
    /// Configuration file [default: walktalk-check.yaml in the current folder, where there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Leave out the rules that need the tool graph, which take most of the time
    #[arg(long)]
    no_graph: bool,
    /// Tell for every tool the shapes of dialogue that it can take part in, or why none, instead of findings
    #[arg(long, conflicts_with_all = ["no_graph", "fix", "baseline", "write_baseline", "fail_on"])]
    motifs: bool,
    /// The lowest severity that makes the exit code 3
    #[arg(long, value_enum, default_value_t = FailArg::Error)]
    fail_on: FailArg,
    /// Mend what can be mended safely, in place; every other byte stays as it is
    #[arg(long)]
    fix: bool,
    /// With --fix: show what would be changed, and change nothing
    #[arg(long, requires = "fix")]
    diff: bool,
    /// Leave out the findings that this file has
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all findings to this file, to accept them from now on
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    write_baseline: Option<PathBuf>,
    /// Compare with an older version of the catalog, and report which calls are no longer valid
    #[arg(long, value_name = "OLD")]
    against: Option<PathBuf>,
    /// Report tools that have changed since this file was written
    #[arg(long, value_name = "FILE")]
    pins: Option<PathBuf>,
    /// Write what the tools are now to this file
    #[arg(long, value_name = "FILE", conflicts_with = "pins")]
    write_pins: Option<PathBuf>,
    /// Threads [default: one a core]
    #[arg(long, value_name = "T")]
    threads: Option<usize>,
}

const EXAMPLES: &str = "Examples:
  walktalk check tools.json
  walktalk check tools.json --all --no-graph
  walktalk check tools.json --target openai,gemini --fail-on never
  walktalk check tools.json --format sarif > findings.sarif
  walktalk check tools.json --json
  walktalk check tools.json --rule D14=off --rule names=warning
  walktalk check tools.json --only security,N01
  walktalk check tools.json --fix --diff
  walktalk check tools.json --write-baseline known.json
  walktalk check tools.json --baseline known.json
  walktalk check tools.json --against old.json
  walktalk check tools.json --motifs --json
  walktalk check tools.json --write-pins pins.json
  walktalk check tools.json --pins pins.json --threads 1
  walktalk check tools.json --config check.yaml
  walktalk check - < tools.json

With a program that was built with the feature `mcp`:
  $ walktalk check --mcp 'npx -y @modelcontextprotocol/server-memory' --mcp-timeout 60

Exit codes: 0 nothing at or above --fail-on was found, 2 usage, 3 something was, or a file cannot be read, 4 the output could not be written,
5 an MCP server did not answer.";

/// A number of seconds above zero.
fn seconds(text: &str) -> std::result::Result<std::time::Duration, String> {
    let number: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    let is_time = number > 0.0 && number <= 86_400.0;
    if is_time { Ok(std::time::Duration::from_secs_f64(number)) } else { Err("give more than 0 and at most 86400 seconds".into()) }
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum FormatArg {
    Text,
    Json,
    Sarif,
    Github,
    Junit,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum FailArg {
    Error,
    Warning,
    Info,
    Never,
}

impl FailArg {
    fn severity(self) -> Option<Severity> {
        match self {
            FailArg::Error => Some(Severity::Error),
            FailArg::Warning => Some(Severity::Warning),
            FailArg::Info => Some(Severity::Info),
            FailArg::Never => None,
        }
    }
}

impl Check {
    pub(super) fn run(self) -> Result<u8> {
        super::threads(self.threads);
        let settings = self.settings()?;
        let mut checked = check_seen(self.seen(&settings)?, &settings);
        if let Some(path) = &self.write_pins {
            write(path, &pins::write(&checked))?;
        }
        if self.motifs {
            super::print(&self.dialogues(&checked))?;
            let unreadable = checked.findings.iter().any(|one| one.code == "F01");
            return Ok(if unreadable { exit::BAD_INPUT } else { exit::DONE });
        }
        if let Some(path) = &self.write_baseline {
            write(path, &baseline::write(&checked))?;
            eprintln!("{} findings are accepted from now on with --baseline {}", checked.findings.len(), path.display());
            return Ok(exit::DONE);
        }
        self.leave_out_known(&mut checked)?;
        if self.fix {
            let code = self.code(&checked);
            self.mend(checked, &settings)?;
            if self.diff {
                return Ok(code);
            }
            checked = check(&self.paths, &settings);
            self.leave_out_known(&mut checked)?;
        }
        self.tell(&checked)?;
        let code = self.code(&checked);
        // The program ends here: taking apart hundreds of thousands of small things first would only take time.
        std::mem::forget(checked);
        Ok(code)
    }

    /// What the paths and the servers have.
    fn seen(&self, settings: &Settings) -> Result<Vec<Seen>> {
        let mut seen = read(&self.paths, settings);
        for command in &self.mcp {
            seen.push(served(command, self.mcp_timeout)?);
        }
        Ok(seen)
    }

    fn settings(&self) -> Result<Settings> {
        let mut settings = Settings::default();
        match &self.config {
            Some(path) => settings.read(path)?,
            None if Path::new(CONFIG).is_file() => settings.read(Path::new(CONFIG))?,
            None => {}
        }
        for name in &self.target {
            settings.target(name)?;
        }
        for rule in &self.rule {
            let Some((rule, level)) = rule.split_once('=') else {
                let message = format!("`{rule}` is no setting of a rule");
                return Err(Error::Unsatisfiable { message, cure: "write RULE=LEVEL, for instance D14=off".into() });
            };
            settings.set(rule, level)?;
        }
        for rule in &self.only {
            settings.only(rule)?;
        }
        if let Some(path) = &self.pins {
            settings.read_pins(path)?;
        }
        if let Some(path) = &self.against {
            settings.against = Some(Arc::new(read_paths(std::slice::from_ref(path))?));
        }
        settings.graph &= !self.no_graph;
        settings.dialogues = self.motifs;
        Ok(settings)
    }

    /// What every tool can take part in; files that cannot be read are told on standard error.
    fn dialogues(&self, checked: &Checked) -> String {
        for one in checked.findings.iter().filter(|one| one.code == "F01") {
            eprintln!("{}: {}; {}", one.file.display(), one.message, one.help);
        }
        let as_json = self.json || self.format == FormatArg::Json;
        if as_json { super::json_line(&serde_json::json!({"tools": checked.dialogues})) } else { motifs(checked) }
    }

    fn tell(&self, checked: &Checked) -> Result<()> {
        match if self.json { FormatArg::Json } else { self.format } {
            FormatArg::Json => super::printed(json(checked, std::io::stdout().lock())),
            FormatArg::Sarif => super::print(&sarif(checked)),
            FormatArg::Github => super::print(&github(checked)),
            FormatArg::Junit => super::print(&junit(checked)),
            FormatArg::Text => {
                let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
                super::print(&text(checked, Style { colour, all: self.all, width: 110 }))
            }
        }
    }

    fn leave_out_known(&self, checked: &mut Checked) -> Result<()> {
        self.baseline.as_ref().map_or(Ok(()), |path| baseline::apply(checked, path))
    }

    /// Writes the files that can be mended, or shows what would change.
    fn mend(&self, checked: Checked, settings: &Settings) -> Result<()> {
        for (path, mended) in self.mended(checked, settings)? {
            let name = path.display().to_string();
            if self.diff {
                super::print(&fix::diff(&name, &mended.before, &mended.now))?;
                continue;
            }
            let bytes = std::fs::read(&path)
                .map_err(|error| Fault::new(&path, format!("cannot be read again: {error}"), "name a file to mend it"))?;
            let marked = bytes.starts_with(b"\xEF\xBB\xBF");
            if bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes) != mended.before.as_bytes() {
                let cure = "save it as UTF-8, and leave it alone while it is mended";
                return Err(Fault::new(&path, "is not what was checked: it has changed, or is in another encoding", cure).into());
            }
            let mark = if marked { "\u{FEFF}" } else { "" };
            write(&path, &format!("{mark}{}", mended.now))?;
            eprintln!("{name}: {} mended", mended.edits);
        }
        Ok(())
    }

    /// What becomes of the files, round after round: a default can be judged when the bound beside it has lost its quotes.
    fn mended(&self, mut checked: Checked, settings: &Settings) -> Result<BTreeMap<PathBuf, Mended>> {
        // No rule of the graph has anything to mend.
        let settings = &settings.clone().without_graph();
        let mut all: BTreeMap<PathBuf, Mended> = BTreeMap::new();
        for _ in 0..ROUNDS {
            let round: BTreeMap<PathBuf, (String, usize)> =
                fix::mend(&checked).into_iter().map(|one| (one.file.source.path.clone(), (one.text, one.edits))).collect();
            if round.is_empty() {
                break;
            }
            let look_again = |file: SurveyedFile| match round.get(&file.source.path) {
                Some((text, edits)) => {
                    let known = all.entry(file.source.path.clone());
                    let mended = known.or_insert_with(|| Mended { before: file.text, now: String::new(), edits: 0 });
                    (mended.now, mended.edits) = (text.clone(), mended.edits + edits);
                    survey_bytes(&file.source.path, text.clone().into_bytes(), true)
                }
                None => Seen::Catalog(Box::new(file)),
            };
            let seen: Vec<Seen> = checked.files.into_iter().map(look_again).collect();
            checked = check_seen(seen, settings);
            self.leave_out_known(&mut checked)?;
        }
        Ok(all)
    }

    fn code(&self, checked: &Checked) -> u8 {
        let unreadable = checked.findings.iter().any(|one| one.code == "F01");
        let loud = self.fail_on.severity().is_some_and(|least| checked.findings.iter().any(|one| one.severity >= least));
        if loud || unreadable { exit::BAD_INPUT } else { exit::DONE }
    }
}

/// A file before and after.
struct Mended {
    before: String,
    now: String,
    edits: usize,
}

/// Rounds of mending at most.
const ROUNDS: usize = 8;

/// The tools of a running server, as a file of its answers.
#[cfg(feature = "mcp")]
fn served(command: &str, limit: std::time::Duration) -> Result<Seen> {
    let bytes = crate::catalog::live::listed(command, limit)?;
    let name = format!("mcp:{}", command.trim());
    Ok(survey_bytes(Path::new(&name), bytes, true))
}

#[cfg(not(feature = "mcp"))]
fn served(_: &str, _: std::time::Duration) -> Result<Seen> {
    let message = "this program was built without the feature `mcp`, and cannot talk to servers".into();
    Err(Error::Unsatisfiable {
        message,
        cure: "build it with `cargo install --features mcp`, or give it the server's answer to `tools/list` as a file".into(),
    })
}

/// Writes a file as a whole or not at all.
fn write(path: &Path, text: &str) -> Result<()> {
    use std::io::Write;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(Error::output(path))?;
    file.write_all(text.as_bytes()).map_err(Error::output(path))?;
    if let Ok(data) = std::fs::metadata(path) {
        let _ = std::fs::set_permissions(file.path(), data.permissions());
    }
    file.persist(path).map_err(|error| Error::output(path)(error.error))?;
    Ok(())
}
