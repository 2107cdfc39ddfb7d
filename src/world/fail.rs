//! How calls fail, and which tool can fail how.

use super::arguments::{Argument, Arguments};
use super::needs::needs;
use super::recipe::{Recipe, Shape};
use super::{Demand, World, partial};
use crate::catalog::{ErrorCode, Leaf, Origin, Tool, ToolClass};
use crate::value::SemType;
use crate::value::english::{a_an, is_acronym, words_of_identifier};
use serde_json::{Value, json};

impl World {
    /// `{"error": {"code": "not_found", "message": "..."}}`, with the tool's own message for that code when it declares one. It counts as
    /// a call, as [`World::call`] with [`Demand::error`] does.
    pub fn fail(&mut self, tool: &Tool, code: ErrorCode, arguments: &Value) -> Value {
        self.fail_saying(tool, code, arguments, None)
    }

    /// The same with a message of the caller's, which names what is wrong.
    pub fn fail_saying(&mut self, tool: &Tool, code: ErrorCode, arguments: &Value, message: Option<String>) -> Value {
        match self.answer(tool, arguments, &Demand { message, ..Demand::error(code) }) {
            Ok(reply) => reply.value,
            Err(_) => json!({"error": {"code": code, "message": "The request could not be completed."}}),
        }
    }

    /// The errors that a call of the tool can have: those that its author declares, else those that make sense for what it does and takes.
    /// Something is not found only where something is named; a value is invalid only where the schema says what is valid; only what
    /// changes something can get in the way of something else.
    pub fn errors(&mut self, tool: &Tool) -> Vec<ErrorCode> {
        if tool.effects.origin == Origin::Declared && !tool.effects.errors.is_empty() {
            let mut codes: Vec<ErrorCode> = Vec::new();
            for case in &tool.effects.errors {
                if !codes.contains(&case.code) {
                    codes.push(case.code);
                }
            }
            return codes;
        }
        let acts = self.compiled(tool).recipe.acts;
        let computes = tool.phrase.class == ToolClass::Compute;
        let any = |is: fn(&Leaf) -> bool| tool.parameters.iter().any(|leaf| !leaf.phrase.silent && is(leaf));
        let mut codes = Vec::new();
        let mut add = |code, can: bool| {
            if can {
                codes.push(code);
            }
        };
        add(ErrorCode::NotFound, any(names) && !computes);
        add(ErrorCode::InvalidValue, any(is_bounded));
        add(ErrorCode::PermissionDenied, acts || !needs(tool).is_empty());
        add(ErrorCode::Conflict, acts);
        add(ErrorCode::RateLimited, !computes);
        add(ErrorCode::Timeout, !computes);
        add(ErrorCode::Unavailable, !computes);
        codes
    }

    /// Whether a call of the tool can find nothing: the first list of its result may be empty.
    pub fn can_be_empty(&mut self, tool: &Tool) -> bool {
        let compiled = self.compiled(tool);
        let list = match &compiled.recipe.result {
            Shape::List(list) => Some(list),
            Shape::Object(fields) => fields.iter().find_map(|field| match &field.shape {
                Shape::List(list) => Some(list),
                _ => None,
            }),
            _ => None,
        };
        !compiled.recipe.acts && list.is_some_and(|list| list.least == 0)
    }

    /// Whether a call with these arguments can be done in part: it takes several things at once, and its result can say which were done.
    pub fn can_be_partial(&mut self, tool: &Tool, arguments: &Value) -> bool {
        let compiled = self.compiled(tool);
        partial::divides(&compiled.recipe, &Arguments::new(&compiled.recipe, arguments))
    }

    /// The error's value.
    pub(super) fn failure(&mut self, tool: &Tool, code: ErrorCode, arguments: &Arguments) -> Value {
        let declared = tool.effects.errors.iter().find(|case| case.code == code).map(|case| case.message.clone());
        let message = declared.unwrap_or_else(|| message(tool, &self.compiled(tool).recipe, code, arguments));
        json!({"error": {"code": code, "message": message}})
    }
}

/// Whether the parameter names a thing.
fn names(leaf: &Leaf) -> bool {
    use SemType::{Address, Airport, City, Code, Email, Id, Org, Path, Person, Phone, Place, Query, Title, Url};
    matches!(leaf.sem, Id | Title | Person | Place | Org | Path | Email | Phone | Code | Airport | City | Address | Query | Url)
}

/// Whether the schema says which values are valid, so that one can be invalid.
fn is_bounded(leaf: &Leaf) -> bool {
    let keys =
        ["enum", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "pattern", "minLength", "maxLength"];
    leaf.sem != SemType::Id && keys.iter().any(|key| leaf.schema.get(key).is_some())
        || matches!(leaf.sem, SemType::Date | SemType::Time | SemType::Datetime | SemType::Email | SemType::Currency)
}

/// A message that fits the code, the tool and the arguments.
fn message(tool: &Tool, recipe: &Recipe, code: ErrorCode, arguments: &Arguments) -> String {
    let phrase = &tool.phrase;
    let object = if phrase.object.is_empty() { "request" } else { phrase.object.as_str() };
    let verb = match &phrase.particle {
        Some(particle) => format!("{} {particle}", phrase.verb),
        None => phrase.verb.clone(),
    };
    match code {
        ErrorCode::NotFound => not_found(tool, arguments, object),
        ErrorCode::InvalidValue => invalid(tool, arguments),
        ErrorCode::PermissionDenied if !needs(tool).is_empty() => match needs(tool).first().map(String::as_str) {
            Some("signed_in") | None => "You need to sign in first.".to_owned(),
            Some(other) => format!("This needs {} first.", a_an(&words_of_identifier(other).join(" "))),
        },
        ErrorCode::PermissionDenied if recipe.acts && !verb.is_empty() && !phrase.object.is_empty() => {
            format!("You are not allowed to {verb} this {object}.")
        }
        ErrorCode::PermissionDenied => "You do not have access to this information.".to_owned(),
        ErrorCode::Conflict => match phrase.class {
            _ if !tool.effects.creates.is_empty() => format!("There is already {} like that.", a_an(object)),
            ToolClass::Undo => format!("The {object} is in use at the moment."),
            _ => format!("The {object} has been changed in the meantime."),
        },
        ErrorCode::RateLimited => "Too many requests. Please try again in a minute.".to_owned(),
        ErrorCode::Timeout => format!("The {} took too long to answer.", service(tool)),
        ErrorCode::Unavailable => format!("The {} is not available right now.", service(tool)),
    }
}

fn service(tool: &Tool) -> String {
    let written = |word: String| if is_acronym(&word) { word.to_uppercase() } else { word };
    let topic = words_of_identifier(&tool.domain).into_iter().map(written).collect::<Vec<_>>().join(" ");
    if topic.is_empty() { "service".to_owned() } else { format!("{topic} service") }
}

fn not_found(tool: &Tool, arguments: &Arguments, object: &str) -> String {
    if let Some((kind, _)) = arguments.keys().next() {
        return format!("There is no {kind} with that ID.");
    }
    let named = tool.parameters.iter().find(|leaf| names(leaf) && !leaf.phrase.silent);
    let said = named.and_then(|leaf| given(arguments, leaf)).and_then(|argument| argument.value.as_str());
    match said.filter(|text| text.len() <= 60) {
        Some(name) => format!("Nothing was found for \"{name}\"."),
        None => format!("No {object} was found for that request."),
    }
}

fn given<'a>(arguments: &'a Arguments, leaf: &Leaf) -> Option<&'a Argument> {
    arguments.all.iter().find(|argument| argument.pointer == leaf.pointer)
}

/// Names an argument that the call has and that has rules; what people see of it first.
fn invalid(tool: &Tool, arguments: &Arguments) -> String {
    let ruled = || tool.parameters.iter().filter(|leaf| is_bounded(leaf) && !leaf.phrase.silent);
    let present = ruled().find(|leaf| given(arguments, leaf).is_some());
    let Some(leaf) = present.or_else(|| ruled().next()) else {
        return match arguments.all.first() {
            Some(argument) => format!("The value for {} is not valid.", argument.words.join(" ")),
            None => "The request is not valid.".to_owned(),
        };
    };
    let noun = &leaf.phrase.noun;
    match leaf.sem {
        SemType::Date | SemType::Datetime => format!("The {noun} cannot be used: please choose another day."),
        SemType::Time => format!("The {noun} cannot be used: please choose another time."),
        _ if leaf.schema.get("enum").is_some() => format!("The {noun} is not one of those on offer."),
        _ if leaf.schema.get("minimum").is_some() || leaf.schema.get("maximum").is_some() => format!("The {noun} is out of range."),
        _ => format!("The {noun} is not valid."),
    }
}
