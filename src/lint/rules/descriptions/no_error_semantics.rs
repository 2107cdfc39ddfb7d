//! D15 `no-error-semantics`: A tool that takes an identifier does not say what happens when there is no such thing.

use crate::lint::rules::prelude::*;

pub(super) struct NoErrorSemantics;

static DOC: Doc = Doc {
    name: "no-error-semantics",
    code: "D15",
    group: Group::Descriptions,
    severity: Info,
    what: "A tool that takes an identifier does not say what happens when there is no such thing.",
    why: "A model that has not been told of a failure takes an error for a result, or tries again for ever.",
    bad: r#"- name: cancel_booking
  description: Cancel a booking and pay the money back.
  parameters:
    type: object
    properties:
      booking_id: {type: string, description: Number of the booking.}
    required: [booking_id]
"#,
    good: r#"- name: cancel_booking
  description: Cancel a booking and pay the money back. Fails with not_found when there is no such booking.
  parameters:
    type: object
    properties:
      booking_id: {type: string, description: Number of the booking.}
    required: [booking_id]
"#,
    ..Doc::BLANK
};

impl Rule for NoErrorSemantics {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn tool(&self, tool: &ToolView, out: &mut Out) {
        let takes_id = tool.parameters().iter().any(|parameter| parameter.required && is_id(parameter.name));
        let declared =
            tool.document.get("effects").or_else(|| tool.document.get("x-effects")).and_then(|effects| effects.get("errors")).is_some()
                || tool
                    .document
                    .get("responses")
                    .and_then(Value::as_object)
                    .is_some_and(|codes| codes.keys().any(|code| !code.starts_with('2')));
        let text = tool.description.to_lowercase();
        let told = [
            "error",
            "fail",
            "raise",
            "throw",
            "not found",
            "not_found",
            "does not exist",
            "doesn't exist",
            "no such",
            "invalid",
            "otherwise",
            "404",
        ];
        if takes_id && !declared && !text.is_empty() && !told.iter().any(|word| text.contains(word)) {
            out.report(
                Place::Description,
                "nothing says what happens when the identifier leads to nothing",
                "name the errors, in the description or under `effects`",
            );
        }
    }
}

fn is_id(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower == "id" || lower.ends_with("_id") || lower.ends_with("-id") || name.ends_with("Id") || name.ends_with("ID")
}
