//! The matrix as a picture: nine small plots, a response in each row and a control in each column.

use super::factorial::{CONTROLS, Made, OWN, blocks};
use std::fmt::Write;
use walktalk::score::proof::factorial::{Block, MARGIN};
use walktalk::score::proof::{bootstrap, mean};

const SIDE: f64 = 150.0;
const GAP: f64 = 26.0;
const LEFT: f64 = 128.0;
const TOP: f64 = 92.0;
/// Responses that are shown, in units of what their own control does: the middle is 0.
const SPAN: f64 = 0.75;
const OURS: &str = "#1f6feb";
const THEIRS: &str = "#b35900";

/// One response at three levels of one control, each with the interval over the blocks.
type Curve = [(f64, f64, f64); 3];

pub fn svg(made: &[Made]) -> String {
    let width = LEFT + 3.0 * SIDE + 2.0 * GAP + 24.0;
    let height = TOP + 3.0 * SIDE + 2.0 * GAP + 74.0;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n\
         <text x=\"{}\" y=\"24\" font-size=\"15\" font-weight=\"bold\">What each control moves</text>\n\
         <text x=\"{}\" y=\"42\" fill=\"#555\">in units of the own control's effect; dashed: a tenth; 95% intervals, {} blocks</text>\n",
        LEFT,
        LEFT,
        made.len()
    );
    let sets = [(blocks(made, |made| &made.entangled, OWN), THEIRS, 4.0), (blocks(made, |made| &made.cells, OWN), OURS, -4.0)];
    for response in 0..3 {
        for control in 0..3 {
            let (x, y) = (LEFT + control as f64 * (SIDE + GAP), TOP + response as f64 * (SIDE + GAP));
            frame(&mut out, x, y, response == control);
            if response == 0 {
                let _ = writeln!(
                    out,
                    "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">turning {}</text>",
                    x + SIDE / 2.0,
                    y - 10.0,
                    CONTROLS[control]
                );
            }
            if response == 2 {
                for (level, name) in ["0", "½", "1"].iter().enumerate() {
                    let _ = writeln!(
                        out,
                        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" fill=\"#555\">{name}</text>",
                        at(x, level),
                        y + SIDE + 16.0
                    );
                }
            }
            if control == 0 {
                let (name, what) = (CONTROLS[response], ["rows that pass", "effective skeletons", "decision bits (log)"][response]);
                let _ = writeln!(out, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{name}</text>", x - 34.0, y + SIDE / 2.0 - 4.0);
                let _ = writeln!(
                    out,
                    "<text x=\"{}\" y=\"{}\" text-anchor=\"end\" fill=\"#555\" font-size=\"10\">{what}</text>",
                    x - 34.0,
                    y + SIDE / 2.0 + 10.0
                );
                for share in [-0.5, 0.0, 0.5] {
                    let _ = writeln!(
                        out,
                        "<text x=\"{}\" y=\"{}\" text-anchor=\"end\" fill=\"#555\" font-size=\"10\">{}</text>",
                        x - 5.0,
                        up(y, share) + 3.5,
                        signed(share)
                    );
                }
            }
            for (blocks, colour, shift) in &sets {
                curve(&mut out, (x, y), curve_of(blocks, response, control), colour, *shift);
            }
        }
    }
    let y = height - 18.0;
    for (x, colour, name) in [(LEFT, OURS, "walktalk's controls"), (LEFT + 180.0, THEIRS, "one product of scores (baseline)")] {
        let _ = writeln!(
            out,
            "<circle cx=\"{x}\" cy=\"{}\" r=\"4\" fill=\"{colour}\"/><text x=\"{}\" y=\"{y}\">{name}</text>",
            y - 4.0,
            x + 10.0
        );
    }
    out + "</svg>\n"
}

fn signed(share: f64) -> String {
    if share > 0.0 {
        format!("+{share}")
    } else if share < 0.0 {
        format!("−{}", -share)
    } else {
        "0".into()
    }
}

fn at(x: f64, level: usize) -> f64 {
    x + SIDE * (0.15 + 0.35 * level as f64)
}

fn up(y: f64, share: f64) -> f64 {
    y + SIDE * (0.5 - 0.5 * share.clamp(-SPAN, SPAN) / SPAN)
}

fn frame(out: &mut String, x: f64, y: f64, own: bool) {
    let fill = if own { "#eef4ff" } else { "none" };
    let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{SIDE}\" height=\"{SIDE}\" fill=\"{fill}\" stroke=\"#999\"/>");
    let _ = writeln!(out, "<line x1=\"{x}\" x2=\"{}\" y1=\"{}\" y2=\"{}\" stroke=\"#ccc\"/>", x + SIDE, up(y, 0.0), up(y, 0.0));
    // An effect of a tenth of the own one ends here.
    for edge in [-MARGIN / 2.0, MARGIN / 2.0].into_iter().filter(|_| !own) {
        let height = up(y, edge);
        let _ = writeln!(
            out,
            "<line x1=\"{x}\" x2=\"{}\" y1=\"{height}\" y2=\"{height}\" stroke=\"#ccc\" stroke-dasharray=\"3 3\"/>",
            x + SIDE
        );
    }
}

fn curve(out: &mut String, (x, y): (f64, f64), curve: Curve, colour: &str, shift: f64) {
    let points: Vec<String> =
        curve.iter().enumerate().map(|(level, (value, ..))| format!("{:.1},{:.1}", at(x, level) + shift, up(y, *value))).collect();
    let _ =
        writeln!(out, "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\" opacity=\"0.8\"/>", points.join(" "));
    for (level, (value, low, high)) in curve.into_iter().enumerate() {
        let x = at(x, level) + shift;
        let _ = writeln!(
            out,
            "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{:.1}\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            up(y, low),
            up(y, high)
        );
        let _ = writeln!(out, "<circle cx=\"{x:.1}\" cy=\"{:.1}\" r=\"3.2\" fill=\"{colour}\"/>", up(y, value));
    }
}

/// Mean response at each level over the settings of the others, from the mean of the block, in units of the own control's whole way in that catalog.
fn curve_of(blocks: &[Block], response: usize, control: usize) -> Curve {
    let level_of = |number: usize, control: usize| [number / 9, number / 3 % 3, number % 3][control];
    let level_mean = |block: &Block, control: usize, level: usize| {
        let chosen: Vec<f64> = block
            .cells
            .iter()
            .enumerate()
            .filter(|(number, _)| level_of(*number, control) == level)
            .map(|(_, cell)| cell[response])
            .collect();
        mean(&chosen)
    };
    let way = |stratum: &str| {
        let own = blocks.iter().filter(|block| block.stratum == stratum);
        mean(&own.map(|block| level_mean(block, response, 2) - level_mean(block, response, 0)).collect::<Vec<_>>()).abs().max(1e-12)
    };
    std::array::from_fn(|level| {
        let values: Vec<f64> = blocks
            .iter()
            .map(|block| {
                let middle = mean(&block.cells.iter().map(|cell| cell[response]).collect::<Vec<_>>());
                (level_mean(block, control, level) - middle) / way(&block.stratum)
            })
            .collect();
        let (low, high) = bootstrap(&values, 1_000, (response * 9 + control * 3 + level) as u64);
        (mean(&values), low, high)
    })
}
