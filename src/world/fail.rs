//! How a call fails.

use super::World;
use super::arguments::Arguments;
use crate::catalog::{ErrorCode, Tool};
use crate::value::english::words_of_identifier;
use serde_json::{Value, json};

impl World {
    /// `{"error": {"code": "not_found", "message": "..."}}`, with the tool's own message for that code when it declares one.
    pub fn fail(&mut self, tool: &Tool, code: ErrorCode, arguments: &Value) -> Value {
        let declared = tool.effects.errors.iter().find(|case| case.code == code).map(|case| case.message.clone());
        let message = declared.unwrap_or_else(|| self.message(tool, code, arguments));
        json!({"error": {"code": code, "message": message}})
    }

    fn message(&mut self, tool: &Tool, code: ErrorCode, arguments: &Value) -> String {
        let compiled = self.compiled(tool);
        let arguments = Arguments::new(&compiled.recipe, arguments);
        let object = if tool.phrase.object.is_empty() { "result" } else { &tool.phrase.object };
        let named = arguments.keys().next().map(|(kind, _)| kind.clone());
        let topic = words_of_identifier(&tool.domain).join(" ");
        let service = if topic.is_empty() { "service".to_owned() } else { format!("{topic} service") };
        match (code, named) {
            (ErrorCode::NotFound, Some(kind)) => format!("There is no {kind} with that id."),
            (ErrorCode::NotFound, None) => format!("No {object} was found for that request."),
            (ErrorCode::InvalidValue, _) => match arguments.all.first() {
                Some(argument) => format!("The value for {} is not valid.", argument.words.join(" ")),
                None => "The request is not valid.".to_owned(),
            },
            (ErrorCode::PermissionDenied, _) => format!("You do not have permission to use this {object}."),
            (ErrorCode::Conflict, _) => format!("The {object} has been changed in the meantime."),
            (ErrorCode::RateLimited, _) => "Too many requests. Please try again in a minute.".to_owned(),
            (ErrorCode::Timeout, _) => format!("The {service} took too long to answer."),
            (ErrorCode::Unavailable, _) => format!("The {service} is not available right now."),
        }
    }
}
