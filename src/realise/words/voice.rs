//! The carriers and the choice for a dialogue that has no outline: single sentences by kind of turn, and what the weights of the choice say of a line.
//!
//! The things of a turn come as words with marks for their values, so that a line can be read back like any other.

use super::frame::{Frame, Item};
use super::kind::KINDS;
use super::lexicon::{LOCAL, Sym, Word, pieces};
use super::polish::{self, Line};
use super::service::{Counted, Service, SlotSyms, Thing};
use super::write::Writer;
use super::{Engine, flags};
use crate::catalog::Catalog;
use crate::seed::Rng;
use crate::value::english;
use std::ops::Range;
use std::sync::LazyLock;

/// A thing to be said.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told<'t> {
    /// One of the kinds of slots: `city`, `date`, `name`.
    pub kind: &'t str,
    /// What stands in the line, marks and all.
    pub marked: &'t str,
    /// The same as people read it.
    pub words: &'t str,
    pub noun: &'t str,
    /// What a number counts.
    pub counted: Option<&'t str>,
}

/// A turn as the carriers need it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Saying<'t> {
    /// The kind of turn: `u.AFFIRM`.
    pub profile: &'t str,
    pub flags: &'t [&'t str],
    pub told: &'t [Told<'t>],
    /// What is spoken of, one and many.
    pub thing: Option<(&'t str, &'t str)>,
}

/// The engine without any service.
fn engine() -> Option<&'static Engine> {
    static ENGINE: LazyLock<Option<Engine>> = LazyLock::new(|| Engine::new(&Catalog::default()).ok());
    ENGINE.as_ref()
}

/// Words of this turn alone.
struct Locals<'e> {
    engine: &'e Engine,
    words: Vec<Word>,
}

impl Locals<'_> {
    fn add(&mut self, text: &str, shown: &str, value: bool) -> Sym {
        let forms = if value {
            vec![if shown.chars().nth(1).is_some() { self.engine.val } else { self.engine.num }]
        } else {
            self.engine.lexicon.shown(shown)
        };
        self.words.push(Word { text: text.to_owned(), forms, vowel: english::article(shown) == "an", glued: false, stop: false });
        LOCAL + self.words.len() as Sym - 1
    }

    fn phrase(&mut self, text: &str) -> Vec<Sym> {
        pieces(text).into_iter().map(|piece| self.add(piece, piece, false)).collect()
    }
}

/// One way of saying a turn, with its marks; none when no carrier fits.
pub(crate) fn line(saying: &Saying, rng: &mut Rng) -> Option<String> {
    let engine = engine()?;
    let mut locals = Locals { engine, words: Vec::new() };
    let slots: Vec<SlotSyms> = saying.told.iter().map(|told| slot(told, &mut locals)).collect();
    let values: Vec<Sym> = saying.told.iter().map(|told| locals.add(told.marked, told.words, true)).collect();
    let thing = saying.thing.map(|(one, many)| Thing { one: locals.phrase(one), many: locals.phrase(many) });
    let service = Service { things: thing.into_iter().collect(), ..Service::default() };
    let mut frame = Frame {
        profile: saying.profile.to_owned(),
        plain_profile: saying.profile.to_owned(),
        service: Some(&service),
        locals: locals.words,
        ..Frame::default()
    };
    for name in saying.flags {
        frame.flags |= flags::bit(name).unwrap_or(0);
    }
    for ((told, slot), value) in saying.told.iter().zip(&slots).zip(values) {
        let flags = slot.flags | flags::of("given") | super::frame::value_flags(told.words, told.words, slot);
        frame.pending |= 1 << frame.items.len();
        frame.items.push(Item { slot, kind: slot.kind, flags, values: vec![value] });
        if told.kind == "name" {
            frame.flags |= flags::of("named");
        }
    }
    let profile = engine.weights.profile(saying.profile);
    let mut writer = Writer::new(engine, &frame, &engine.weights, profile, rng);
    if !writer.rule(saying.profile) || writer.pending != 0 {
        return None;
    }
    let out = std::mem::take(&mut writer.out);
    let line = polish::plain(engine, &frame, &out)?;
    Some(line)
}

fn slot(told: &Told, locals: &mut Locals) -> SlotSyms {
    let mut flags = 0;
    if english::is_plural(told.noun) {
        flags |= flags::of("plural");
    }
    if told.noun.split(' ').count() == 1 {
        flags |= flags::of("short");
    }
    let head = told.noun.rsplit(' ').next().unwrap_or("").to_owned();
    SlotSyms {
        kind: KINDS.iter().position(|kind| *kind == told.kind).unwrap_or(0) as u8,
        flags,
        noun: locals.phrase(told.noun),
        nouns: locals.phrase(&english::plural(told.noun)),
        counted: told.counted.map(|one| Counted { one: locals.phrase(one), many: locals.phrase(&english::plural(one)) }),
        feature: Vec::new(),
        feature3: Vec::new(),
        prep: locals.phrase("for"),
        unit: Vec::new(),
        go: Vec::new(),
        going: Vec::new(),
        head_word: locals.phrase(&head),
        head,
    }
}

/// What the choice's weights say of a finished line of the user, by its forms; `spans` are its values. The weights were fitted to what the
/// carriers say too often or too rarely: they compare ways of saying one turn, and are no measure of fluency.
pub(crate) fn looks(text: &str, spans: &[Range<usize>], profile: &str) -> f32 {
    let Some(engine) = engine() else { return 0.0 };
    let mut line = Line::default();
    let mut at = 0;
    let mut spans: Vec<&Range<usize>> = spans.iter().collect();
    spans.sort_by_key(|span| span.start);
    for span in spans.into_iter().filter(|span| span.end <= text.len()) {
        if span.start < at {
            continue;
        }
        engine.lexicon.show(&text[at..span.start], &mut line.forms);
        line.forms.push(if span.len() > 1 { engine.val } else { engine.num });
        at = span.end;
    }
    engine.lexicon.show(&text[at..], &mut line.forms);
    polish::collapse(&mut line.forms, engine);
    line.words = text.split_whitespace().count() as u32;
    engine.theta.score(&line, engine.theta.who("u.", profile))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::{Stage, stream};

    #[test]
    fn a_yes_is_said_in_many_ways() {
        let saying = Saying { profile: "u.AFFIRM", flags: &["afterconfirm"], ..Saying::default() };
        let lines: std::collections::BTreeSet<String> =
            (0..200).filter_map(|at| line(&saying, &mut stream(1, at, Stage::Words, 0))).collect();
        assert!(lines.len() > 60, "{}", lines.len());
    }

    #[test]
    fn what_is_to_be_said_stands_in_the_line() {
        let told = [Told { kind: "name", marked: "the \u{E000} one", words: "the second one", noun: "option", counted: None }];
        let saying = Saying { profile: "u.SELECT", flags: &["afteroffer"], told: &told, thing: Some(("hotel", "hotels")) };
        for at in 0..100 {
            let line = line(&saying, &mut stream(1, at, Stage::Words, 0)).unwrap_or_default();
            assert!(line.to_lowercase().contains("the \u{E000} one"), "{line}");
        }
    }

    #[test]
    fn only_the_forms_of_a_line_count_and_not_its_values() {
        let profile = "u.INFORM+INFORM_INTENT";
        let lisbon = looks("I need a room in Lisbon.", &[17..23], profile);
        assert_eq!(lisbon, looks("I need a room in Copenhagen.", &[17..27], profile));
        assert_ne!(lisbon, looks("Could you get me a room in Lisbon, please?", &[27..33], profile));
    }
}
