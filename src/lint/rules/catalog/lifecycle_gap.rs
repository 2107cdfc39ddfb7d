//! C07 `lifecycle-gap`: A tool deletes or changes a thing that no tool creates, lists or reads.

use crate::lint::rules::prelude::*;
use crate::value::SemType;
use crate::value::english::a_an;
use std::collections::HashSet;

pub(super) struct LifecycleGap;

static DOC: Doc = Doc {
    name: "lifecycle-gap",
    code: "C07",
    group: Group::Catalog,
    severity: Info,
    what: "A tool deletes or changes a thing that no tool creates, lists or reads.",
    why: "Nobody can come by the thing that is deleted, so no whole dialogue can be told.",
    graph: true,
    bad: r#"- name: delete_invoice
  description: Delete an invoice by its number.
  parameters:
    type: object
    properties:
      invoice_id: {type: string, description: Number of the invoice.}
    required: [invoice_id]
- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
"#,
    good: r#"- name: delete_invoice
  description: Delete an invoice by its number.
  parameters:
    type: object
    properties:
      invoice_id: {type: string, description: Number of the invoice.}
    required: [invoice_id]
- name: list_invoices
  description: List all invoices of a customer.
  parameters:
    type: object
    properties:
      customer: {type: string, description: Name of the customer.}
"#,
    ..Doc::BLANK
};

impl Rule for LifecycleGap {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn graph(&self, view: &GraphView, out: &mut Out) {
        let begun: HashSet<&str> =
            view.catalog.tools.iter().flat_map(|tool| tool.effects.creates.iter().chain(&tool.effects.reads)).map(String::as_str).collect();
        for (_, tool, seen) in view.pairs() {
            let changed = tool.effects.deletes.iter().chain(&tool.effects.updates).find(|thing| !begun.contains(thing.as_str()));
            // A key of the keyboard, a state or a setting is no thing with a life.
            let changed = changed.filter(|thing| !["key", "state", "status", "setting", "mode", "value"].contains(&thing.as_str()));
            let takes_id = tool.parameters.iter().any(|leaf| {
                leaf.required
                    && leaf.sem == SemType::Id
                    && leaf.entity.is_some()
                    && leaf.entity.as_ref() == changed
                    && changed.is_some_and(|thing| leaf.name.to_lowercase().replace('_', "").contains(&thing.replace('_', "")))
            });
            if let Some(thing) = changed.filter(|_| takes_id) {
                let thing = a_an(&thing.replace('_', " "));
                let message = format!("`{}` changes {thing}, and no tool creates, lists or reads one", clip(&tool.name));
                out.report_at(seen, Place::Tool, message, "add the tool that gives one, or name its thing as the others do");
            }
        }
    }
}
