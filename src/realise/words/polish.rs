//! From symbols to a line: articles, stops, capitals, and how one person types.

use super::Engine;
use super::frame::Frame;
use super::lexicon::{FormId, LOCAL, Sym, Word};
use super::write::Writer;
use crate::realise::lint;
use crate::seed::Rng;
use std::ops::Range;

/// A finished candidate.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub text: String,
    /// Where values are said.
    pub spans: Vec<Range<usize>>,
    pub forms: Vec<FormId>,
    pub words: u32,
    /// The same for lines that differ in their values only.
    pub skeleton: u64,
    /// The same for lines that begin alike.
    pub opening: u64,
    pub trace: Vec<u32>,
}

/// Ways of typing, as the rules `style_user` and `style_assistant` name them.
#[derive(Debug, Clone, Copy, Default)]
struct Typing {
    stopless: bool,
    lower: bool,
    commaless: bool,
    bang: bool,
}

pub(super) fn line(engine: &Engine, frame: &Frame, out: Vec<Sym>, mut trace: Vec<u32>, profile: usize, rng: &mut Rng) -> Option<Line> {
    let mut writer = Writer::new(engine, frame, &engine.weights, profile, rng);
    let mut typing = Typing::default();
    if writer.rule(if frame.assistant { "style_assistant" } else { "style_user" }) {
        for sym in &writer.out {
            match engine.lexicon.words[*sym as usize].text.as_str() {
                "stopless" => typing.stopless = true,
                "lower" => typing.lower = true,
                "commaless" => typing.commaless = true,
                "bang" => typing.bang = true,
                _ => {}
            }
        }
        trace.extend(&writer.trace);
    }
    let mut line = put(engine, frame, &out, typing);
    line.trace = trace;
    (lint::fault(&line.text, &line.spans).is_none()).then_some(line)
}

fn word<'w>(engine: &'w Engine, frame: &'w Frame, sym: Sym) -> &'w Word {
    if sym >= LOCAL { &frame.locals[(sym - LOCAL) as usize] } else { &engine.lexicon.words[sym as usize] }
}

fn is_stop(text: &str) -> bool {
    matches!(text, "." | "?" | "!" | "," | ":" | ";")
}

fn put(engine: &Engine, frame: &Frame, out: &[Sym], typing: Typing) -> Line {
    let mut line = Line { text: String::with_capacity(out.len() * 6), ..Line::default() };
    let mut begins = !typing.lower;
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut banged = !typing.bang;
    let mut before_stop = true;
    let end = out.iter().rposition(|sym| !(typing.stopless && word(engine, frame, *sym).text == ".")).map_or(0, |at| at + 1);
    for (at, sym) in out[..end].iter().enumerate() {
        let own = word(engine, frame, *sym);
        let local = *sym >= LOCAL;
        let mut text = own.text.as_str();
        if !local && is_stop(text) {
            if before_stop || (typing.commaless && text == ",") {
                continue;
            }
            if text == "." && !banged {
                text = "!";
                banged = true;
            }
        }
        let article = !local && text == "a" && out.get(at + 1).is_some_and(|next| word(engine, frame, *next).vowel);
        if article {
            text = "an";
        }
        if !own.glued && !line.text.is_empty() {
            line.text.push(' ');
        }
        let start = line.text.len();
        let mut chars = text.chars();
        match chars.next() {
            Some(first) if begins && first.is_lowercase() => {
                line.text.extend(first.to_uppercase());
                line.text.push_str(chars.as_str());
            }
            _ => line.text.push_str(text),
        }
        before_stop = !local && is_stop(text);
        begins = !local && matches!(text, "." | "?" | "!") && !typing.lower;
        if local {
            line.spans.push(start..line.text.len());
        }
        if !before_stop {
            line.words += 1;
            let mark = if local { 1 } else { u64::from(*sym) + 2 };
            hash = (hash ^ mark).wrapping_mul(0x0000_0100_0000_01b3);
            if line.words == 3 {
                line.opening = hash;
            }
        }
        if article || (text == "!" && own.text == ".") {
            line.forms.extend(engine.theta.form(text));
        } else {
            line.forms.extend(&own.forms);
        }
    }
    if line.words < 3 {
        line.opening = hash;
    }
    line.skeleton = hash;
    collapse(&mut line.forms, engine);
    line
}

/// A list of values is one value to the form.
fn collapse(forms: &mut Vec<FormId>, engine: &Engine) {
    let joints = engine.theta.joints;
    let mut kept: Vec<FormId> = Vec::with_capacity(forms.len());
    for form in forms.iter() {
        if *form == engine.val && !kept.is_empty() {
            let last = kept.len() - 1;
            if kept[last] == engine.val {
                continue;
            }
            if last > 0 && kept[last - 1] == engine.val && joints.contains(&kept[last]) {
                kept.pop();
                continue;
            }
        }
        kept.push(*form);
    }
    *forms = kept;
}

/// The values alone, with commas: what is left when no carrier can be followed.
pub(super) fn bare(engine: &Engine, frame: &Frame) -> Line {
    let mut out = Vec::new();
    for item in &frame.items {
        for value in &item.values {
            if !out.is_empty() {
                out.push(engine.comma);
            }
            out.push(*value);
        }
    }
    if out.is_empty() {
        out.extend(frame.service.and_then(|service| service.things.first()).map(|thing| thing.one.clone()).unwrap_or_default());
    }
    if out.is_empty() {
        out.push(engine.ok);
    }
    put(engine, frame, &out, Typing::default())
}
