//! From symbols to a line: articles, stops, capitals, and how one person types. What the choice needs is made first; the text only of
//! what was chosen.

use super::Engine;
use super::frame::Frame;
use super::lexicon::{FormId, LOCAL, Sym, Word};
use super::write::Writer;
use crate::realise::lint;
use std::ops::Range;

/// A candidate.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub syms: Vec<Sym>,
    pub typing: Typing,
    pub forms: Vec<FormId>,
    pub words: u32,
    /// The same for lines that differ in their values only.
    pub skeleton: u64,
    /// The same for lines that begin alike.
    pub opening: u64,
    pub trace: Vec<u32>,
    /// Empty until the line is chosen.
    pub text: String,
    /// Where values are said.
    pub spans: Vec<Range<usize>>,
}

/// Ways of typing, as the rules `style_user` and `style_assistant` name them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Typing {
    stopless: bool,
    lower: bool,
    commaless: bool,
    bang: bool,
}

/// A candidate from what a writer has written.
pub(super) fn line(engine: &Engine, frame: &Frame, mut writer: Writer) -> Line {
    let written = writer.out.len();
    let mut typing = Typing::default();
    if writer.rule(if frame.assistant { "style_assistant" } else { "style_user" }) {
        for sym in &writer.out[written..] {
            match engine.lexicon.words[*sym as usize].text.as_str() {
                "stopless" => typing.stopless = true,
                "lower" => typing.lower = true,
                "commaless" => typing.commaless = true,
                "bang" => typing.bang = true,
                _ => {}
            }
        }
    }
    let mut line = shape(engine, frame, &writer.out[..written], typing);
    line.trace = std::mem::take(&mut writer.trace);
    line
}

fn word<'w>(engine: &'w Engine, frame: &'w Frame, sym: Sym) -> &'w Word {
    if sym >= LOCAL { &frame.locals[(sym - LOCAL) as usize] } else { &engine.lexicon.words[sym as usize] }
}

/// Stops and articles put right, and what the choice sees of the line.
fn shape(engine: &Engine, frame: &Frame, out: &[Sym], typing: Typing) -> Line {
    let marks = &engine.marks;
    let mut line = Line { typing, syms: Vec::with_capacity(out.len()), forms: Vec::with_capacity(out.len() + 2), ..Line::default() };
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut banged = !typing.bang;
    let mut before_stop = true;
    let end = out.iter().rposition(|sym| !(typing.stopless && *sym == marks.stop)).map_or(0, |at| at + 1);
    for (at, &own) in out[..end].iter().enumerate() {
        let mut sym = own;
        let is_stop = sym < LOCAL && engine.lexicon.words[sym as usize].stop;
        if is_stop {
            // Nothing ends twice, and nothing begins with a comma.
            if before_stop || (typing.commaless && sym == marks.comma) {
                continue;
            }
            if sym == marks.stop && !banged {
                sym = marks.bang;
                banged = true;
            }
        } else {
            if sym == marks.a && out.get(at + 1).is_some_and(|next| word(engine, frame, *next).vowel) {
                sym = marks.an;
            }
            line.words += 1;
            let mark = if sym >= LOCAL { 1 } else { u64::from(sym) + 2 };
            hash = (hash ^ mark).wrapping_mul(0x0000_0100_0000_01b3);
            if line.words == 3 {
                line.opening = hash;
            }
        }
        before_stop = is_stop;
        line.syms.push(sym);
        line.forms.extend(&word(engine, frame, sym).forms);
    }
    if line.words < 3 {
        line.opening = hash;
    }
    line.skeleton = hash;
    collapse(&mut line.forms, engine);
    line
}

/// A list of values is one value to the form.
pub(super) fn collapse(forms: &mut Vec<FormId>, engine: &Engine) {
    let joints = engine.theta.joints;
    let mut kept = 0;
    for at in 0..forms.len() {
        let form = forms[at];
        if form == engine.val && kept > 0 {
            if forms[kept - 1] == engine.val {
                continue;
            }
            if kept > 1 && forms[kept - 2] == engine.val && joints.contains(&forms[kept - 1]) {
                kept -= 1;
                continue;
            }
        }
        forms[kept] = form;
        kept += 1;
    }
    forms.truncate(kept);
}

/// Writes the text of a chosen line; false when it has a fault that a person would see, or leaves out a value that is to be said.
pub(super) fn render(engine: &Engine, frame: &Frame, line: &mut Line) -> bool {
    let due = (0..frame.items.len()).filter(|at| frame.pending & (1 << at) != 0).flat_map(|at| &frame.items[at].values);
    let unsaid = due.into_iter().any(|value| !line.syms.contains(value));
    let lower = line.typing.lower;
    let mut begins = !lower;
    line.text = String::with_capacity(line.syms.len() * 6);
    for &sym in &line.syms {
        let own = word(engine, frame, sym);
        if !own.glued && !line.text.is_empty() {
            line.text.push(' ');
        }
        let start = line.text.len();
        let mut chars = own.text.chars();
        match chars.next() {
            Some(first) if begins && first.is_lowercase() => {
                line.text.extend(first.to_uppercase());
                line.text.push_str(chars.as_str());
            }
            _ => line.text.push_str(&own.text),
        }
        if sym >= LOCAL {
            line.spans.push(start..line.text.len());
            begins = false;
        } else {
            begins = own.stop && !lower && matches!(own.text.as_str(), "." | "?" | "!");
        }
    }
    !unsaid && lint::fault(&line.text, &line.spans).is_none()
}

/// The text of these symbols, as they are; none when it has a fault.
pub(super) fn plain(engine: &Engine, frame: &Frame, out: &[Sym]) -> Option<String> {
    let mut line = shape(engine, frame, out, Typing::default());
    render(engine, frame, &mut line).then_some(line.text)
}

/// The values alone, with commas: what is left when no carrier can be followed.
pub(super) fn bare(engine: &Engine, frame: &Frame) -> Line {
    let mut out = Vec::new();
    for item in &frame.items {
        for value in &item.values {
            if !out.is_empty() {
                out.push(engine.marks.comma);
            }
            out.push(*value);
        }
    }
    if out.is_empty() {
        out.extend(frame.service.and_then(|service| service.things.first()).map(|thing| thing.one.clone()).unwrap_or_default());
    }
    if out.is_empty() {
        out.push(engine.marks.ok);
    }
    let mut line = shape(engine, frame, &out, Typing::default());
    render(engine, frame, &mut line);
    line
}
