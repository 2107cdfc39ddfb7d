//! What the verifier knows of a tool: its schemas, compiled, and the words that people use for it.

use super::words::{Text, content, empty};
use crate::catalog::{Leaf, Tool, ToolClass};
use crate::value::english;
use crate::world::Prepared;
use jsonschema::Validator;
use regex::Regex;
use rustc_hash::FxHashSet;
use serde_json::Value;
use std::borrow::Cow;
use std::sync::OnceLock;

/// A tool with everything that the checks ask about it, computed once.
#[derive(Debug)]
pub(crate) struct Known<'a> {
    pub tool: Cow<'a, Tool>,
    pub parameters: Option<Validator>,
    pub returns: Option<Validator>,
    /// Every stem that belongs to the tool: names, descriptions, nouns, questions, situations; not the values of its enums.
    pub vocabulary: FxHashSet<String>,
    /// The stems of the values of its enums.
    pub options: FxHashSet<String>,
    /// The stems with which a request for it is made, without the values of its enums.
    pub requests: FxHashSet<String>,
    /// The stems of those of its words that are written with a capital inside of a sentence.
    pub proper: FxHashSet<String>,
    pub sense: Sense,
    /// How the identifiers and codes look that it takes.
    pub ids: Vec<Regex>,
    /// How the codes look that it takes, identifiers among them: whole patterns with a digit.
    pub codes: Vec<Regex>,
    pub parameter_cues: Vec<Cues>,
    pub field_cues: Vec<Cues>,
    /// What it takes to run its calls again; compiled when there is one.
    prepared: OnceLock<Prepared>,
}

/// What a tool does to what, as stems.
#[derive(Debug, Default)]
pub(crate) struct Sense {
    /// The tool's own verb.
    pub lemma: String,
    pub verbs: FxHashSet<String>,
    /// Head of the object's noun phrase.
    pub head: String,
    pub object: Vec<String>,
    /// Name, noun phrases and questions.
    pub strong: FxHashSet<String>,
    pub description: FxHashSet<String>,
    /// Whole questions: in small letters, and as stems.
    pub asks: Vec<(String, Vec<String>)>,
}

/// The words around a value that tell which leaf it is for.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    /// Stems of the noun.
    pub nouns: Vec<String>,
    /// Stems of what a number counts: evidence even inside of the value's own words.
    pub counted: Vec<String>,
    /// Small-letter prepositions, best first.
    pub preps: Vec<String>,
    /// Stems of its questions.
    pub questions: Vec<Vec<String>>,
}

/// Verbs that people use for the same request.
#[rustfmt::skip]
const GROUPS: [&[&str]; 16] = [
    &["get", "find", "look", "check", "show", "search", "list", "see", "view", "read", "give", "tell", "query", "fetch", "know", "hear", "pull", "browse", "identify", "track"],
    &["cancel", "delete", "remove", "clear", "drop", "discard", "undo", "scrap", "call", "take", "rid"],
    &["create", "add", "make", "set", "schedule", "register", "put", "open", "start", "plan", "arrange", "generate"],
    &["update", "change", "modify", "edit", "set", "move", "switch", "adjust", "reschedule"],
    &["send", "post", "share", "message", "email", "write", "text", "drop", "forward"],
    &["calculate", "compute", "work", "estimate", "convert", "determine", "figure", "tell", "know", "see", "find"],
    &["book", "reserve", "get", "order", "buy", "schedule", "make", "arrange"],
    &["rent", "hire", "book", "get"],
    &["track", "follow", "see"],
    &["start", "begin", "launch", "run"],
    &["stop", "end", "finish", "halt"],
    &["verify", "validate", "check", "confirm"],
    &["analyze", "analyse", "examine", "look", "review", "go", "inspect"],
    &["pick", "choose", "select"],
    &["buy", "order", "purchase", "get", "pay"],
    &["pay", "transfer", "send", "settle", "move"],
];

impl<'a> Known<'a> {
    pub(super) fn new(tool: Cow<'a, Tool>) -> Self {
        let parameters = compile(&tool.schema);
        let returns = compile(&tool.returns.schema);
        let sense = Sense::of(&tool);
        let requests = requests(&tool, &sense);
        let vocabulary = vocabulary(&tool, &requests);
        let options = options(&tool);
        let ids = ids(&tool);
        let codes = codes(&tool);
        let proper = proper(&tool);
        let parameter_cues = tool.parameters.iter().map(Cues::of).collect();
        // "For PN 537 I see": what stands before a told value is no cue.
        let field_cues = tool.returns.fields.iter().map(Cues::of).map(|cues| Cues { preps: Vec::new(), ..cues }).collect();
        let prepared = OnceLock::new();
        Known { parameters, returns, ids, codes, vocabulary, options, requests, proper, sense, parameter_cues, field_cues, prepared, tool }
    }

    pub(super) fn name(&self) -> &str {
        &self.tool.name
    }

    pub(super) fn prepared(&self) -> &Prepared {
        self.prepared.get_or_init(|| Prepared::new(&self.tool))
    }

    pub(super) fn acts(&self) -> bool {
        matches!(self.tool.phrase.class, ToolClass::Do | ToolClass::Undo | ToolClass::Message | ToolClass::Control)
    }

    /// Index of the parameter that a concrete pointer leads to.
    pub(super) fn parameter(&self, pointer: &str) -> Option<usize> {
        leaf(&self.tool.parameters, pointer)
    }

    /// Index of the result field that a concrete pointer leads to.
    pub(super) fn field(&self, pointer: &str) -> Option<usize> {
        leaf(&self.tool.returns.fields, pointer)
    }

    /// Whether a call with these arguments would be valid.
    pub(super) fn accepts(&self, arguments: &Value) -> bool {
        self.parameters.as_ref().is_none_or(|validator| validator.is_valid(arguments))
    }
}

fn leaf(leaves: &[Leaf], pointer: &str) -> Option<usize> {
    leaves.iter().position(|leaf| leaf.pointer == pointer || matches_pattern(&leaf.pointer, pointer))
}

/// Whether a concrete pointer is one of those that a pattern with `*` stands for.
fn matches_pattern(pattern: &str, pointer: &str) -> bool {
    let mut concrete = pointer.split('/');
    for part in pattern.split('/') {
        match concrete.next() {
            Some(one) if one == part || (part == "*" && !one.is_empty() && one.bytes().all(|b| b.is_ascii_digit())) => {}
            _ => return false,
        }
    }
    concrete.next().is_none()
}

/// A validator that asserts formats and fetches nothing; none for a schema that is itself broken.
fn compile(schema: &Value) -> Option<Validator> {
    jsonschema::options().should_validate_formats(true).offline().build(schema).ok()
}

impl Sense {
    /// The same is done to the same kind of thing. "Cancel my flight booking" asks for no hotel booking: the whole phrase counts, not its
    /// head alone.
    pub(super) fn means_as(&self, other: &Sense) -> bool {
        let within = |one: &Sense, other: &Sense| one.object.iter().all(|stem| other.object.contains(stem));
        let group = |group: &&[&str]| group.contains(&self.lemma.as_str()) && group.contains(&other.lemma.as_str());
        !self.object.is_empty()
            && within(self, other)
            && within(other, self)
            && (self.lemma == other.lemma || GROUPS.iter().any(|one| group(&one)))
    }

    fn of(tool: &Tool) -> Sense {
        let phrase = &tool.phrase;
        let mut verbs: FxHashSet<String> = FxHashSet::default();
        for form in [&phrase.verb, &phrase.past, &english::participle(&phrase.verb)] {
            verbs.extend(content_or_self(form));
        }
        let name = english::words_of_identifier(&tool.name);
        let lemma = phrase.verb.to_lowercase();
        for group in GROUPS.iter().filter(|group| group.contains(&lemma.as_str())) {
            verbs.extend(group.iter().map(|verb| super::words::stem(verb).to_string()));
        }
        let object = content(&phrase.object);
        let head = object.last().cloned().unwrap_or_default();
        let mut strong: FxHashSet<String> = object.iter().cloned().collect();
        strong.extend(content(&phrase.object_plural));
        strong.extend(name.iter().map(|word| super::words::stem(word)).filter(|stem| !empty(stem)).map(str::to_string));
        for ask in &phrase.ask {
            strong.extend(content(ask));
        }
        let mut description: FxHashSet<String> = content(&tool.description).into_iter().collect();
        for leaf in &tool.parameters {
            description.extend(content(&leaf.phrase.noun));
        }
        for situation in &phrase.situations {
            description.extend(content(situation));
        }
        Sense {
            lemma,
            verbs,
            head,
            object,
            strong,
            description,
            asks: phrase.ask.iter().map(|ask| (ask.to_lowercase(), content(ask))).collect(),
        }
    }
}

/// The stems of a phrase, function words too when there is nothing else ("get").
fn content_or_self(phrase: &str) -> Vec<String> {
    let low = phrase.to_lowercase();
    Text::new(&low).stems().map(str::to_string).collect()
}

impl Cues {
    fn of(leaf: &Leaf) -> Cues {
        // "check-in" and "check-out" differ in a function word: only words that are in every second noun are left out.
        let low = leaf.phrase.noun.to_lowercase();
        let text = Text::new(&low);
        let mut nouns: Vec<String> = Vec::new();
        let own =
            text.stems().filter(|stem| !matches!(*stem, "a" | "an" | "the" | "of" | "my" | "your" | "number" | "id")).map(str::to_string);
        for stem in own {
            if !nouns.contains(&stem) {
                nouns.push(stem);
            }
        }
        Cues {
            nouns,
            counted: leaf.phrase.counted.iter().flat_map(|counted| content(counted)).collect(),
            preps: leaf.phrase.prep.iter().map(|prep| prep.to_lowercase()).collect(),
            questions: leaf.phrase.questions.iter().map(|question| content(question)).collect(),
        }
    }
}

fn requests(tool: &Tool, sense: &Sense) -> FxHashSet<String> {
    let mut out: FxHashSet<String> = FxHashSet::default();
    let phrase = &tool.phrase;
    let mut add = |text: &str| out.extend(Text::new(&text.to_lowercase()).stems().map(str::to_string));
    for text in
        [&tool.name.replace(['_', '-', '.'], " "), &tool.description, &phrase.verb, &phrase.past, &phrase.object, &phrase.object_plural]
    {
        add(text);
    }
    for word in english::words_of_identifier(&tool.name) {
        add(&word);
    }
    phrase.particle.iter().for_each(|particle| add(particle));
    for text in phrase.ask.iter().chain(&phrase.situations).chain(&phrase.success) {
        add(text);
    }
    for leaf in tool.parameters.iter().chain(&tool.returns.fields) {
        add(&leaf.phrase.noun);
        leaf.phrase.prep.iter().for_each(|prep| add(prep));
        leaf.phrase.counted.iter().for_each(|noun| add(noun));
        leaf.entity.iter().for_each(|entity| add(&entity.replace('_', " ")));
        english::words_of_identifier(&leaf.name).iter().for_each(|word| add(word));
    }
    out.extend(sense.verbs.iter().cloned());
    out
}

fn vocabulary(tool: &Tool, requests: &FxHashSet<String>) -> FxHashSet<String> {
    let mut out = requests.clone();
    let mut add = |text: &str| out.extend(Text::new(&text.to_lowercase()).stems().map(str::to_string));
    for leaf in tool.parameters.iter().chain(&tool.returns.fields) {
        add(&leaf.description);
        leaf.phrase.questions.iter().for_each(|question| add(question));
        leaf.phrase.unit.iter().for_each(|unit| add(unit));
    }
    add(&tool.domain.replace(['_', '-', '.'], " "));
    out
}

fn proper(tool: &Tool) -> FxHashSet<String> {
    let mut out: FxHashSet<String> = FxHashSet::default();
    let mut add = |text: &str, opens: bool| {
        let text = Text::new(text);
        let capital = text.words.iter().filter(|word| word.capital && (opens || !word.opens_sentence));
        out.extend(capital.map(|word| text.stem(word).to_string()));
    };
    let phrase = &tool.phrase;
    for text in phrase.ask.iter().chain(&phrase.situations).chain(&phrase.success).chain([&tool.description]) {
        add(text, false);
    }
    add(&phrase.object, true);
    add(&phrase.object_plural, true);
    for leaf in tool.parameters.iter().chain(&tool.returns.fields) {
        add(&leaf.description, false);
        add(&leaf.phrase.noun, true);
        leaf.phrase.unit.iter().chain(&leaf.phrase.counted).for_each(|word| add(word, true));
    }
    out
}

fn options(tool: &Tool) -> FxHashSet<String> {
    let mut out: FxHashSet<String> = FxHashSet::default();
    let mut add = |text: &str| out.extend(Text::new(&text.to_lowercase()).stems().map(str::to_string));
    for leaf in tool.parameters.iter().chain(&tool.returns.fields) {
        leaf.phrase.enum_say.values().for_each(|said| add(said));
        for option in leaf.schema.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            english::words_of_identifier(option).iter().for_each(|word| add(word));
        }
    }
    out
}

fn codes(tool: &Tool) -> Vec<Regex> {
    let whole = |pattern: &&str| pattern.starts_with('^') && pattern.ends_with('$') && (pattern.contains("0-9") || pattern.contains("\\d"));
    let patterns = tool.parameters.iter().filter_map(|leaf| leaf.schema.get("pattern").and_then(Value::as_str)).filter(whole);
    // One that fits plain words says nothing.
    patterns
        .filter_map(|pattern| Regex::new(pattern).ok())
        .filter(|pattern| !pattern.is_match("please") && !pattern.is_match("5"))
        .collect()
}

/// The patterns of parameters whose values no two kinds of things share by chance: letters and digits.
fn ids(tool: &Tool) -> Vec<Regex> {
    tool.parameters
        .iter()
        .filter_map(|leaf| leaf.schema.get("pattern").and_then(Value::as_str))
        .filter(|pattern| pattern.starts_with('^') && pattern.ends_with('$') && pattern.contains('-'))
        .filter_map(|pattern| Regex::new(pattern).ok())
        .collect()
}
