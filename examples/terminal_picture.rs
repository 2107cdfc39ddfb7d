//! The report of `walktalk check` on a real catalog as a picture of the terminal: `docs/check.svg`.
//!
//! Run with `cargo run --release --example terminal_picture`. The catalog (`../shared/real-data`, not part of this project) is tau2-bench's,
//! under the MIT licence; another folder and file can be named.

use std::fmt::Write;
use std::path::Path;
use walktalk::lint::report::{Style, text};
use walktalk::lint::{Settings, check};

const COLUMNS: usize = 112;
/// Width and height of a character in pixels.
const CELL: (f64, f64) = (7.8, 17.0);
const MARGIN: f64 = 16.0;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.first().map_or("tau2-bench", String::as_str);
    let file = arguments.get(1).map_or("tools-data.json", String::as_str);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // From the folder itself, so that the report has short paths.
    if std::env::set_current_dir(root.join("../shared/real-data").join(folder)).is_err() {
        println!("skipped: no data beside the project");
        return;
    }
    let checked = check(&[file.into()], &Settings::default());
    let report = text(&checked, Style { colour: true, all: false, width: COLUMNS - 2 });
    let picture = svg(&format!("\x1b[1m$ walktalk check {file}\x1b[0m\n{report}"));
    let path = root.join("docs/check.svg");
    match std::fs::write(&path, picture) {
        Ok(()) => println!("{}", path.display()),
        Err(error) => eprintln!("{}: {error}", path.display()),
    }
}

/// The state of a terminal's pen.
#[derive(Clone, Default, PartialEq)]
struct Pen {
    colour: Option<String>,
    bold: bool,
    dim: bool,
    underline: bool,
}

impl Pen {
    /// Follows the numbers of one escape sequence.
    fn follow(&mut self, codes: &str) {
        let numbers: Vec<u32> = codes.split(';').map(|code| code.parse().unwrap_or(0)).collect();
        let mut at = 0;
        while at < numbers.len() {
            match numbers[at] {
                0 => *self = Pen::default(),
                1 => self.bold = true,
                2 => self.dim = true,
                4 => self.underline = true,
                22 => (self.bold, self.dim) = (false, false),
                24 => self.underline = false,
                39 => self.colour = None,
                code @ (30..=37 | 90..=97) => self.colour = Some(BASIC[(code % 10) as usize].to_owned()),
                38 if numbers.get(at + 1) == Some(&2) && numbers.len() > at + 4 => {
                    self.colour = Some(format!("#{:02x}{:02x}{:02x}", numbers[at + 2], numbers[at + 3], numbers[at + 4]));
                    at += 4;
                }
                _ => {}
            }
            at += 1;
        }
    }

    fn attributes(&self) -> String {
        let mut out = String::new();
        if let Some(colour) = &self.colour {
            let _ = write!(out, " fill=\"{colour}\"");
        }
        for (is, words) in
            [(self.bold, " font-weight=\"bold\""), (self.dim, " opacity=\"0.6\""), (self.underline, " text-decoration=\"underline\"")]
        {
            out.push_str(if is { words } else { "" });
        }
        out
    }
}

const BASIC: [&str; 8] = ["#6e7681", "#ff7b72", "#7ee787", "#e3b341", "#79c0ff", "#d2a8ff", "#76e3ea", "#e6edf3"];

fn svg(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let (width, height) = (COLUMNS as f64 * CELL.0 + 2.0 * MARGIN, lines.len() as f64 * CELL.1 + 2.0 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" \
         aria-label=\"The report of walktalk check in a terminal\">\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#0d1117\"/>\n\
         <g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, monospace\" font-size=\"13\" fill=\"#c9d1d9\" xml:space=\"preserve\">\n"
    );
    let mut pen = Pen::default();
    for (row, line) in lines.iter().enumerate() {
        let y = MARGIN + (row as f64 + 0.75) * CELL.1;
        let mut column = 0;
        for (index, part) in line.split("\x1b[").enumerate() {
            let mut shown = part;
            // Every part but the first begins with the rest of an escape sequence.
            if let Some((codes, rest)) = part.split_once('m').filter(|_| index > 0) {
                pen.follow(codes);
                shown = rest;
            }
            if !shown.trim().is_empty() {
                let x = MARGIN + column as f64 * CELL.0;
                // The length is given, so that columns stand below each other in every font.
                let length = shown.chars().count() as f64 * CELL.0;
                let _ = writeln!(
                    out,
                    "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{length:.1}\"{}>{}</text>",
                    pen.attributes(),
                    escaped(shown)
                );
            }
            column += shown.chars().count();
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
