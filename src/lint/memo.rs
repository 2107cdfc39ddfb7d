//! Texts on which no rule spoke: type names, keys and stock phrases come again in every tool, and need be looked at once only.

use super::view::{Text, TextKind};
use rustc_hash::FxHashSet;
use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};

/// Texts that are remembered at most, by each thread and kind.
const REMEMBERED: usize = 50_000;
/// Bytes of the longest text that is remembered.
const LONGEST: usize = 512;

/// The rules of one run: what one set of rules was silent on, another may speak on.
pub(super) struct Memo(u64);

#[derive(Default)]
struct Silent {
    run: u64,
    /// By kind, as rules ask for it. The texts themselves and no hashes of them, so that nobody can make two that count as one.
    texts: [FxHashSet<Box<str>>; 5],
}

thread_local! {
    static SILENT: RefCell<Silent> = RefCell::default();
}

impl Memo {
    pub(super) fn new() -> Memo {
        static RUNS: AtomicU64 = AtomicU64::new(1);
        Memo(RUNS.fetch_add(1, Ordering::Relaxed))
    }

    /// Whether all rules were silent on this text before, in this run and on this thread.
    pub(super) fn is_silent(&self, text: &Text) -> bool {
        SILENT.with_borrow(|silent| silent.run == self.0 && silent.texts[place(text.kind)].contains(text.text))
    }

    pub(super) fn silent(&self, text: &Text) {
        if text.text.len() > LONGEST {
            return;
        }
        SILENT.with_borrow_mut(|silent| {
            if silent.run != self.0 {
                *silent = Silent { run: self.0, ..Silent::default() };
            }
            let texts = &mut silent.texts[place(text.kind)];
            if texts.len() < REMEMBERED {
                texts.insert(text.text.into());
            }
        });
    }
}

fn place(kind: TextKind) -> usize {
    match kind {
        TextKind::Name => 0,
        TextKind::Description => 1,
        TextKind::Prose => 2,
        TextKind::Key => 3,
        TextKind::Value => 4,
    }
}
