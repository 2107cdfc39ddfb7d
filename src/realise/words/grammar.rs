//! The carriers: a grammar with weights, read from `plans/words/`.
//!
//! A file is a map from rule names to alternatives, one a line, each with a weight before a bar. In an alternative `{name}` is another rule or a place that the turn fills,
//! `[...]` is left out half of the time (`[30: ...]` is there in 30 of 100), `(a|3:b)` is a choice with weights, `@flag` and
//! `@!flag` say when the alternative may be used, `{pp>}` is the next thing to be said, worded by the rule `pp_KIND`;
//! `{pp>*}` is all of them, `{pp>?}` some of them. Every choice is numbered, so that weights can be fitted to it.

use super::flags;
use super::lexicon::{Lexicon, Sym};
use indexmap::IndexMap;
use rustc_hash::FxHashMap;

const FILES: &[(&str, &str)] = &[
    ("common", include_str!("../../../plans/words/common.yaml")),
    ("social", include_str!("../../../plans/words/social.yaml")),
    ("ask", include_str!("../../../plans/words/ask.yaml")),
    ("slots", include_str!("../../../plans/words/slots.yaml")),
    ("user", include_str!("../../../plans/words/user.yaml")),
    ("assistant", include_str!("../../../plans/words/assistant.yaml")),
    ("tell", include_str!("../../../plans/words/tell.yaml")),
];

pub(super) type RuleId = u32;

#[derive(Debug, Clone)]
pub(super) enum Node {
    Word(Sym),
    Rule(RuleId),
    Hole(Hole),
    Choice(Choice),
    Guard {
        mask: u64,
        no: u64,
    },
    /// Things to be said, each by the rule of its kind.
    Things {
        prefix: u16,
        many: Many,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Many {
    One,
    All,
    Some,
    /// All of them, as a list with "and".
    List,
}

/// Alternatives and where their fitted weights begin.
#[derive(Debug, Clone, Default)]
pub(super) struct Choice {
    pub alts: Vec<Alt>,
    pub first: u32,
}

#[derive(Debug, Clone)]
pub(super) struct Alt {
    pub weight: f32,
    pub mask: u64,
    pub no: u64,
    pub nodes: Vec<Node>,
}

macro_rules! holes {
    ($($name:ident $text:literal),* $(,)?) => {
        /// A place that the turn fills.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Hole { $($name),* }
        impl Hole {
            pub(super) const ALL: &'static [(&'static str, Hole)] = &[$(($text, Hole::$name)),*];
        }
    };
}

holes! {
    Value "v", Noun "n", Nouns "ns", Prep "prep", Counted "counted", Feature "x", Verb3 "x3",
    Verb "verb", Past "past", Gerund "verbing", Object "obj", Objects "objs", Thing "thing", Things "things", Part "part",
    Count "count", Offered "offered",  Unit "unit", Go "go", Going "going", HeadWord "head1",
}

/// All rules.
#[derive(Debug, Default, Clone)]
pub(super) struct Grammar {
    pub rules: Vec<Choice>,
    pub names: FxHashMap<String, RuleId>,
    /// Prefixes of rules that are chosen by kind, as in `pp_city`.
    pub prefixes: Vec<String>,
    /// The key of each choice, for the fitting of weights.
    pub keys: Vec<String>,
}

struct Parser<'g> {
    text: &'g str,
    at: usize,
    rule: String,
    grammar: &'g mut Grammar,
    lexicon: &'g mut Lexicon,
    choices: usize,
}

impl Grammar {
    /// Reads the tables; those that are not given are the built-in ones.
    pub(super) fn read(tables: &super::Tables, lexicon: &mut Lexicon) -> Result<Grammar, String> {
        let mut grammar = Grammar::default();
        let mut files = Vec::new();
        for (file, built_in) in FILES {
            let text = tables.text(&format!("{file}.yaml")).unwrap_or(built_in);
            let rules: IndexMap<String, String> = serde_yaml::from_str(text).map_err(|error| format!("{file}: {error}"))?;
            for name in rules.keys() {
                if grammar.names.insert(name.clone(), grammar.rules.len() as RuleId).is_some() {
                    return Err(format!("{file}: `{name}` is there twice"));
                }
                grammar.rules.push(Choice::default());
            }
            files.push((file, rules));
        }
        for (file, rules) in files {
            for (name, text) in rules {
                let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
                grammar.rule(&name, &lines, lexicon).map_err(|error| format!("{file}: {name}: {error}"))?;
            }
        }
        Ok(grammar)
    }

    fn rule(&mut self, name: &str, lines: &[&str], lexicon: &mut Lexicon) -> Result<(), String> {
        let first = self.keys.len() as u32;
        let mut alts = Vec::new();
        let mut bodies = Vec::new();
        for &line in lines {
            let (weight, text) = weighted(line, "| ");
            self.keys.push(format!("{name}|{text}"));
            bodies.push((weight, text));
        }
        for (weight, text) in bodies {
            let mut parser = Parser { text, at: 0, rule: format!("{name}|{text}"), grammar: self, lexicon, choices: 0 };
            let nodes = parser.sequence(&[])?;
            alts.push(alt(weight, nodes));
        }
        let id = self.names[name] as usize;
        self.rules[id] = Choice { alts, first };
        Ok(())
    }

    fn prefix(&mut self, name: &str) -> Result<u16, String> {
        let stem = format!("{name}_");
        if !self.names.keys().any(|rule| rule.starts_with(&stem)) {
            return Err(format!("there is no rule `{stem}...`"));
        }
        if let Some(at) = self.prefixes.iter().position(|own| own == name) {
            return Ok(at as u16);
        }
        self.prefixes.push(name.to_owned());
        Ok(self.prefixes.len() as u16 - 1)
    }
}

/// An alternative; guards at its head become masks.
fn alt(weight: f32, nodes: Vec<Node>) -> Alt {
    let (mut all, mut none) = (0, 0);
    let heads = nodes.iter().take_while(|node| matches!(node, Node::Guard { .. })).count();
    for node in &nodes[..heads] {
        if let Node::Guard { mask, no } = node {
            all |= mask;
            none |= no;
        }
    }
    Alt { weight, mask: all, no: none, nodes: nodes.into_iter().skip(heads).collect() }
}

fn weighted<'t>(text: &'t str, bar: &str) -> (f32, &'t str) {
    match text.split_once(bar) {
        Some((weight, rest)) if !weight.is_empty() && weight.bytes().all(|b| b.is_ascii_digit() || b == b'.') => {
            (weight.parse().unwrap_or(1.0), rest)
        }
        _ => (1.0, text),
    }
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn sequence(&mut self, ends: &[char]) -> Result<Vec<Node>, String> {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek() {
            if ends.contains(&c) {
                return Ok(nodes);
            }
            match c {
                ' ' => self.at += 1,
                '{' => nodes.push(self.place()?),
                '[' => nodes.push(self.optional()?),
                '(' => nodes.push(self.choice()?),
                '@' => nodes.push(self.guard()?),
                ']' | ')' | '}' => return Err(format!("`{c}` closes nothing")),
                _ => self.words(&mut nodes),
            }
        }
        if ends.is_empty() { Ok(nodes) } else { Err(format!("`{}` is missing", ends[0])) }
    }

    fn words(&mut self, nodes: &mut Vec<Node>) {
        let rest = &self.text[self.at..];
        let end = rest.find([' ', '{', '[', '(', '@', ']', ')', '}', '|']).unwrap_or(rest.len()).max(1);
        for piece in super::lexicon::pieces(&rest[..end]) {
            nodes.push(Node::Word(self.lexicon.sym(piece)));
        }
        self.at += end;
    }

    fn place(&mut self) -> Result<Node, String> {
        let rest = &self.text[self.at + 1..];
        let end = rest.find('}').ok_or("`}` is missing")?;
        let name = &rest[..end];
        self.at += end + 2;
        if let Some((prefix, many)) = name.split_once('>') {
            let many = match many {
                "" => Many::One,
                "*" => Many::All,
                "?" => Many::Some,
                "&" => Many::List,
                _ => return Err(format!("`{name}` is not known")),
            };
            return Ok(Node::Things { prefix: self.grammar.prefix(prefix)?, many });
        }
        if let Some((_, hole)) = Hole::ALL.iter().find(|(text, _)| *text == name) {
            return Ok(Node::Hole(*hole));
        }
        self.grammar.names.get(name).map(|id| Node::Rule(*id)).ok_or_else(|| format!("`{name}` is not known"))
    }

    fn guard(&mut self) -> Result<Node, String> {
        let rest = &self.text[self.at + 1..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '!' || c == '_')).unwrap_or(rest.len());
        let name = &rest[..end];
        self.at += end + 1;
        let (no, name) = name.strip_prefix('!').map_or((false, name), |name| (true, name));
        let bit = flags::bit(name).ok_or_else(|| format!("the flag `{name}` is not known"))?;
        Ok(if no { Node::Guard { mask: 0, no: bit } } else { Node::Guard { mask: bit, no: 0 } })
    }

    fn keys(&mut self, count: usize) -> u32 {
        let first = self.grammar.keys.len() as u32;
        for at in 0..count {
            self.grammar.keys.push(format!("{}#{}#{at}", self.rule, self.choices));
        }
        self.choices += 1;
        first
    }

    fn optional(&mut self) -> Result<Node, String> {
        self.at += 1;
        let rest = &self.text[self.at..];
        let mut share = 50.0;
        if let Some((number, _)) = rest.split_once(':') {
            if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) {
                share = number.parse().unwrap_or(50.0);
                self.at += number.len() + 1;
            }
        }
        let first = self.keys(2);
        let nodes = self.sequence(&[']'])?;
        self.at += 1;
        Ok(Node::Choice(Choice { alts: vec![alt(share, nodes), alt(100.0 - share, Vec::new())], first }))
    }

    fn choice(&mut self) -> Result<Node, String> {
        self.at += 1;
        let count = {
            let mut depth = 0;
            let mut bars = 1;
            for c in self.text[self.at..].chars() {
                match c {
                    '(' | '[' | '{' => depth += 1,
                    ')' if depth == 0 => break,
                    ')' | ']' | '}' => depth -= 1,
                    '|' if depth == 0 => bars += 1,
                    _ => {}
                }
            }
            bars
        };
        let first = self.keys(count);
        let mut alts = Vec::new();
        loop {
            let rest = &self.text[self.at..];
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let mut weight = 1.0;
            if digits > 0 && rest[digits..].starts_with(':') {
                weight = rest[..digits].parse().unwrap_or(1.0);
                self.at += digits + 1;
            }
            let nodes = self.sequence(&['|', ')'])?;
            alts.push(alt(weight, nodes));
            let closed = self.peek() == Some(')');
            self.at += 1;
            if closed {
                return Ok(Node::Choice(Choice { alts, first }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_tables_are_sound() {
        let mut lexicon = Lexicon::default();
        let grammar = Grammar::read(&crate::realise::words::Tables::default(), &mut lexicon).unwrap_or_else(|error| panic!("{error}"));
        assert!(grammar.rules.iter().all(|rule| !rule.alts.is_empty()));
        assert!(grammar.keys.len() > 500);
    }
}
