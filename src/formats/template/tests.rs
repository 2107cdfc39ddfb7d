//! What a template makes of a row, by small templates; `scripts/render_beside.py` has the published ones, beside transformers.

use super::*;
use crate::formats::conversation::{Call, ToolDoc};
use crate::formats::json::Json;
use std::sync::Arc;

/// The way that Hermes and Qwen write.
const CHATML: &str = "{%- for message in messages %}
    {{- '<|im_start|>' + message.role + '\\n' }}
    {%- if message.role == 'assistant' %}
        {%- generation %}
        {{- message.content }}
        {%- for call in message.tool_calls or [] %}
            {{- '\\n<tool_call>\\n{\"name\": \"' ~ call.function.name ~ '\", \"arguments\": ' ~ call.function.arguments | tojson ~ '}\\n</tool_call>' }}
        {%- endfor %}
        {{- '<|im_end|>' }}
        {%- endgeneration %}
    {%- else %}
        {{- message.content + '<|im_end|>' }}
    {%- endif %}
    {{- '\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}";

fn call(city: &str) -> Call {
    Call { name: "get_weather".into(), arguments: Json::parse(&format!("{{\"city\":\"{city}\",\"days\":2,\"exact\":true}}")).unwrap() }
}

fn row() -> Conversation {
    let says = |text: &str, calls: Vec<Call>| Message::Assistant { text: text.into(), calls, loss: true };
    Conversation {
        id: "a".into(),
        tools: vec![Arc::new(ToolDoc::new("get_weather".into(), "Weather.".into(), None))],
        messages: vec![
            Message::System { text: "Today is Sunday (2026-05-17).".into(), adds: Vec::new() },
            Message::User { text: "Oslo and Bergen é?".into() },
            says("", vec![call("Oslo & <b>"), call("Bergen é")]),
            Message::Tool { call: 0, text: "{\"c\": 3}".into() },
            Message::Tool { call: 1, text: "{\"c\": 4}".into() },
            says("3 and 4.", Vec::new()),
        ],
        ..Conversation::default()
    }
}

fn learned(rendered: &Rendered) -> Vec<&str> {
    rendered.learned.iter().flatten().map(|span| &rendered.text[span.clone()]).collect()
}

fn fails(source: &str) -> Why {
    Template::of_text(source).unwrap().render(&row(), None).unwrap_err()
}

#[test]
fn what_carries_loss_is_what_the_template_marks() {
    let rendered = Template::of_text(CHATML).unwrap().render(&row(), None).unwrap();
    assert!(rendered.text.contains("{\"city\": \"Oslo & <b>\", \"days\": 2, \"exact\": true}"), "{}", rendered.text);
    assert!(!rendered.text.contains(engine::MARKS));
    let spans = learned(&rendered);
    assert_eq!(spans.len(), 2);
    assert!(spans[0].starts_with("\n<tool_call>") && spans[0].ends_with("</tool_call><|im_end|>"));
    assert_eq!(spans[1], "3 and 4.<|im_end|>");
    assert_eq!(read_back::prove(&rendered, &row()), Ok(read_back::Proof::Equal));
}

#[test]
fn without_marks_it_is_found_by_the_beginnings_of_the_row() {
    let plain = CHATML.replace("{%- generation %}", "").replace("{%- endgeneration %}", "");
    let (plain, marked) = (Template::of_text(&plain).unwrap(), Template::of_text(CHATML).unwrap());
    let (one, other) = (plain.render(&row(), None).unwrap(), marked.render(&row(), None).unwrap());
    assert_eq!(one.text, other.text);
    // The line end after an answer is the template's way of closing a message: it comes with the answer here.
    assert_eq!(learned(&one)[1].trim_end(), learned(&other)[1]);
    let last_alone = "{% for m in messages %}{% if loop.last %}!{% endif %}{{ m.content }}{% endfor %}";
    assert_eq!(Template::of_text(last_alone).unwrap().render(&row(), None).unwrap().learned, None);
}

#[test]
fn a_message_that_must_not_be_learned_from_carries_no_loss() {
    let mut masked = row();
    if let Message::Assistant { loss, .. } = &mut masked.messages[2] {
        *loss = false;
    }
    for source in [CHATML.to_string(), CHATML.replace("{%- generation %}", "").replace("{%- endgeneration %}", "")] {
        let rendered = Template::of_text(&source).unwrap().render(&masked, None).unwrap();
        assert_eq!(learned(&rendered).len(), 1);
        assert!(learned(&rendered)[0].starts_with("3 and 4."));
    }
}

#[test]
fn a_template_sets_fields_across_the_marks() {
    let source = "{% set ns = namespace(n=0) %}{% for m in messages %}{% generation %}{% set ns.n = ns.n + 1 %}{{ m.content }}{% endgeneration %}{% endfor %}={{ ns.n }}";
    assert!(Template::of_text(source).unwrap().render(&row(), None).unwrap().text.ends_with("=6"));
}

#[test]
fn the_date_is_that_of_the_row_or_the_one_that_is_given() {
    let template = Template::of_text("{{ strftime_now('%d %b %Y') }}").unwrap();
    assert_eq!(template.render(&row(), None).unwrap().text, "17 May 2026");
    assert_eq!(template.render(&row(), Some(Date::constant(2024, 2, 29))).unwrap().text, "29 Feb 2024");
    let mut silent = row();
    silent.messages.remove(0);
    assert_eq!(template.render(&silent, None).unwrap_err(), Why::NoDate);
}

#[test]
fn a_template_that_refuses_fails_or_never_ends_is_told() {
    assert_eq!(fails("{{ raise_exception('no tools, please') }}"), Why::Raised("no tools, please".into()));
    assert!(matches!(fails("\n{{ messages | no_such_filter }}"), Why::Fails { line: 2, .. }));
    assert!(matches!(fails("{{ magic() }}"), Why::Fails { line: 1, .. }));
    assert!(matches!(fails("{{ messages[0].nothing.at_all }}"), Why::Fails { line: 1, .. }));
    let endless =
        "{% macro f(x) %}{% for a in range(99999) %}{% for b in range(99999) %}{{ b }}{% endfor %}{% endfor %}{% endmacro %}{{ f(1) }}";
    assert_eq!(fails(endless), Why::Endless);
    assert!(matches!(fails("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}"), Why::Fails { .. }));
    let doubling = "{% set ns = namespace(x='aaaaaaaa') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}";
    assert_eq!(fails(doubling), Why::Endless);
}

#[test]
fn calls_that_are_lost_or_changed_are_told() {
    let render = |from: &str, to: &str| {
        let source = CHATML.replace(from, to);
        assert_ne!(source, CHATML);
        let rendered = Template::of_text(&source).unwrap().render(&row(), None).unwrap();
        read_back::prove(&rendered, &row())
    };
    assert_eq!(render("message.tool_calls or []", "[]"), Err(Why::Lost));
    assert_eq!(render("message.tool_calls or []", "(message.tool_calls or [])[:1]"), Err(Why::Lost));
    assert_eq!(render("call.function.arguments | tojson", "{'city': 'Rome'} | tojson"), Err(Why::Changed));
    assert_eq!(render("call.function.arguments | tojson", "call.function.arguments | tojson | tojson"), Err(Why::Changed));
    // A syntax that nobody here reads: what has to be there is there.
    let strange = render("call.function.arguments | tojson ~ '}", "call.function.arguments | dictsort ~ '");
    assert_eq!(strange, Ok(read_back::Proof::Shown));
}

#[test]
fn calls_are_read_in_the_ways_that_templates_write_them() {
    let tagged = "{% for c in message.tool_calls or [] %}<tool_call>\n<function={{ c.function.name }}>\n{% for k, v in c.function.arguments | items %}<parameter={{ k }}>\n{{ v if v is string else v | tojson }}\n</parameter>\n{% endfor %}</function>\n</tool_call>{% endfor %}";
    let glm = "{% for c in message.tool_calls or [] %}<tool_call>{{ c.function.name }}\n{% for k, v in c.function.arguments | items %}<arg_key>{{ k }}</arg_key>\n<arg_value>{{ v if v is string else v | tojson }}</arg_value>\n{% endfor %}</tool_call>{% endfor %}";
    let harmony = "{% for c in message.tool_calls or [] %}<|start|>assistant to=functions.{{ c.function.name }}<|channel|>commentary json<|message|>{{ c.function.arguments | tojson }}<|call|>{% endfor %}";
    let list = "[TOOL_CALLS] [{% for c in message.tool_calls or [] %}{{ c.function | tojson }}{{ ', ' if not loop.last }}{% endfor %}]";
    for way in [tagged, glm, harmony, list] {
        let source = format!(
            "{{% for message in messages %}}{{% if message.role == 'assistant' %}}{{% generation %}}{{{{ message.content }}}}{way}{{% endgeneration %}}{{% else %}}{{{{ message.content }}}}{{% endif %}}{{% endfor %}}"
        );
        let rendered = Template::of_text(&source).unwrap().render(&row(), None).unwrap();
        assert_eq!(read_back::prove(&rendered, &row()), Ok(read_back::Proof::Equal), "{}", rendered.text);
    }
}
