//! Scripts for the tests: one small errand for each tool, with values drawn by type.

use crate::catalog::{Catalog, Leaf, Tool, ToolClass};
use crate::dialogue::Context;
use crate::graph::{Motif, ToolIx};
use crate::script::{About, AssistantAct, Fact, Pick, Script, ScriptCall, ScriptTurn, Slot, Source, UserAct};
use crate::seed::Rng;
use crate::value::SemType;
use indexmap::IndexMap;
use rand::RngExt;
use serde_json::{Value, json};

/// Our own catalogs.
pub(super) fn catalog() -> Catalog {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tool-catalogs");
    foreign(&[folder])
}

/// Any catalogs.
pub(super) fn foreign(paths: &[std::path::PathBuf]) -> Catalog {
    let raw = crate::catalog::load::read_paths(paths).expect("catalogs load");
    let (tools, skipped) = crate::catalog::build::build_all(raw.tools);
    Catalog { tools, skipped, ..Catalog::default() }
}

/// Three tools made for the tests, so that what they say does not hang on our catalogs.
pub(super) fn small() -> Catalog {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rooms.yaml");
    std::fs::write(&path, SMALL).expect("a file");
    foreign(&[path])
}

const SMALL: &str = r#"
name: rooms
description: Rooms to stay in.
tools:
  - name: search_rooms
    description: Find rooms in a city. Returns rooms with their ids, prices and ratings.
    parameters:
      type: object
      properties:
        city: {type: string, description: "City to stay in."}
        check_in: {type: string, format: date, description: "First night."}
        nights: {type: integer, minimum: 1, maximum: 14, description: "Number of nights."}
        price_level: {type: string, enum: [budget, mid_range], description: "How expensive."}
      required: [city, check_in, nights]
    returns:
      type: object
      properties:
        rooms:
          type: array
          items:
            type: object
            properties:
              room_id: {type: string, pattern: "^RM-[0-9]{5}$", description: "Room id."}
              name: {type: string, description: "Name."}
              price: {type: number, minimum: 45, maximum: 480, description: "Price in US dollars."}
              balcony: {type: boolean, description: "Whether it has a balcony."}
            required: [room_id, name, price, balcony]
      required: [rooms]
    x-nl:
      verb: {lemma: find, past: found}
      object: {np: room, plural: rooms, countable: true}
      class: find
      situations: ["I'm planning a trip"]
      ask: ["where can I stay"]
      params:
        city: {sem: city, noun: city, prep: [in], q: ["Which city?"]}
        check_in: {sem: date, noun: check-in date, prep: [from], q: ["When do you want to check in?"]}
        nights: {sem: count, noun: number of nights, counted: night, prep: [for], q: ["How many nights?"]}
        price_level: {sem: enum, noun: price level, enum_say: {mid_range: mid-range}}
      results:
        name: {noun: name, headline: true, sem: title}
        price: {noun: nightly price, sem: money, unit: USD}
        balcony: {noun: a balcony, sem: bool}
  - name: book_room
    description: Book a room for a guest.
    parameters:
      type: object
      properties:
        room_id: {type: string, pattern: "^RM-[0-9]{5}$", description: "Room id (from search_rooms)."}
        guest: {type: string, description: "Name of the guest."}
        breakfast: {type: boolean, description: "Whether breakfast is included."}
      required: [room_id, guest]
    returns:
      type: object
      properties:
        booking_id: {type: string, pattern: "^BKG-[0-9]{6}$", description: "Booking id."}
        total: {type: number, minimum: 45, maximum: 900, description: "Total in US dollars."}
      required: [booking_id, total]
    x-nl:
      verb: {lemma: book, past: booked}
      object: {np: room, plural: rooms, countable: true}
      class: do
      success: ["Your room is booked"]
      params:
        room_id: {sem: id, noun: room, q: ["Which room?"]}
        guest: {sem: person, noun: guest, prep: [for], q: ["Who is staying?"]}
        breakfast: {sem: bool, noun: breakfast, prep: [with], q: ["Would you like breakfast?"]}
      results:
        booking_id: {noun: booking number, sem: id}
        total: {noun: total, sem: money, unit: USD}
  - name: cancel_booking
    description: Cancel a booking.
    parameters:
      type: object
      properties:
        booking_id: {type: string, pattern: "^BKG-[0-9]{6}$", description: "Booking id (from book_room)."}
      required: [booking_id]
    returns:
      type: object
      properties:
        refund: {type: number, minimum: 45, maximum: 900, description: "Refund in US dollars."}
      required: [refund]
    x-nl:
      verb: {lemma: cancel, past: cancelled}
      object: {np: booking, plural: bookings, countable: true}
      class: undo
      success: ["Your booking is cancelled"]
      params:
        booking_id: {sem: id, noun: booking, q: ["Which booking?"]}
      results:
        refund: {noun: refund, sem: money, unit: USD}
"#;

fn word(rng: &mut Rng, words: &[&str]) -> Value {
    json!(words[rng.random_range(0..words.len())])
}

/// A value for a leaf, plausible enough to read.
pub(super) fn value(leaf: &Leaf, rng: &mut Rng) -> Value {
    let schema = &leaf.schema;
    if let Some(values) = schema.get("enum").and_then(Value::as_array).filter(|values| !values.is_empty()) {
        return values[rng.random_range(0..values.len())].clone();
    }
    let kind = schema.get("type").and_then(Value::as_str).unwrap_or("string");
    let low = schema.get("minimum").and_then(Value::as_f64).unwrap_or(1.0);
    let high = schema.get("maximum").and_then(Value::as_f64).unwrap_or(low + 40.0).max(low);
    match kind {
        "boolean" => return json!(rng.random_bool(0.6)),
        "integer" => return json!(rng.random_range(low as i64..=high as i64)),
        "number" => return json!((rng.random_range(low..=high) * 10.0).round() / 10.0),
        _ => {}
    }
    match leaf.sem {
        SemType::City => word(rng, &["Lisbon", "Denver", "Kyoto", "New Orleans"]),
        SemType::Country => word(rng, &["Portugal", "Japan", "Kenya"]),
        SemType::Date => json!(format!("2026-{:02}-{:02}", rng.random_range(4..7), rng.random_range(1..28))),
        SemType::Time => json!(format!("{:02}:{:02}", rng.random_range(8..22), [0, 15, 30, 45][rng.random_range(0..4)])),
        SemType::Datetime => json!(format!("2026-04-{:02}T{:02}:30:00", rng.random_range(1..28), rng.random_range(8..20))),
        SemType::Person => word(rng, &["Maya Okafor", "Tom Berg", "Lucia Marin", "Priya Nair"]),
        SemType::Org => word(rng, &["Northwind Labs", "Harbor & Co"]),
        SemType::Email => word(rng, &["maya@example.com", "tom.berg@example.org"]),
        SemType::Phone => json!("+1 503 555 0134"),
        SemType::Airport => word(rng, &["LIS", "JFK", "HND"]),
        SemType::Place => word(rng, &["Riverside Park", "the Old Town", "Union Station"]),
        SemType::Address => word(rng, &["12 Elm Street", "48 Harbor Road"]),
        SemType::Currency => word(rng, &["USD", "EUR"]),
        SemType::Language => word(rng, &["en", "fr"]),
        SemType::Url => json!("https://example.com/a"),
        SemType::Path => json!("/home/maya/report.txt"),
        SemType::Query => word(rng, &["running shoes", "budget", "garden lights"]),
        SemType::Text => word(rng, &["I'll be ten minutes late.", "See you at the entrance", "Please call me back"]),
        SemType::Id | SemType::Code => {
            json!(format!("{}-{}", leaf.name.chars().take(3).collect::<String>().to_uppercase(), rng.random_range(10000..99999)))
        }
        SemType::Title => word(rng, &["Harvest Moon", "Quarterly review", "The Long Way Home", "Lotus"]),
        _ => word(rng, &["silver", "standard", "morning"]),
    }
}

fn put(root: &mut Value, pointer: &str, value: Value) {
    let mut at = root;
    let parts: Vec<&str> = pointer.split('/').skip(1).collect();
    for part in &parts {
        if let Ok(index) = part.parse::<usize>() {
            if !at.is_array() {
                *at = json!([]);
            }
            let list = at.as_array_mut().expect("a list");
            while list.len() <= index {
                list.push(Value::Null);
            }
            at = &mut list[index];
        } else {
            if !at.is_object() {
                *at = json!({});
            }
            at = at.as_object_mut().expect("an object").entry(part.replace("~1", "/").replace("~0", "~")).or_insert(Value::Null);
        }
    }
    *at = value;
}

fn slots(tool: &Tool, ix: ToolIx, call: usize, rng: &mut Rng, skip: Option<&str>) -> Vec<Slot> {
    let mut taken = 0;
    tool.parameters
        .iter()
        .filter(|leaf| !leaf.phrase.silent && Some(leaf.pointer.as_str()) != skip)
        .filter(|leaf| leaf.required || rng.random_bool(0.15))
        .map(|leaf| Slot { call, tool: ix, pointer: leaf.pointer.replace('*', "0"), value: Value::Null, sem: leaf.sem, way: None })
        .take_while(|_| {
            taken += 1;
            taken <= 4
        })
        .collect::<Vec<_>>()
        .into_iter()
        .map(|slot| {
            let pattern = crate::dialogue::pattern(&slot.pointer);
            let leaf = tool.parameters.iter().find(|leaf| leaf.pointer == pattern).expect("its leaf");
            Slot { value: value(leaf, rng), ..slot }
        })
        .collect()
}

/// The result of a call, its facts to tell, and its items to offer.
fn answer(tool: &Tool, ix: ToolIx, call: usize, rng: &mut Rng) -> (Value, Vec<Fact>, Vec<Vec<Fact>>) {
    let mut result = json!({});
    let (mut facts, mut items) = (Vec::new(), vec![Vec::new(), Vec::new(), Vec::new()]);
    for field in &tool.returns.fields {
        let listed = field.pointer.contains("/*/");
        let count = if listed { 3 } else { 1 };
        for item in 0..count {
            let pointer = field.pointer.replacen('*', &item.to_string(), 1).replace('*', "0");
            let value = value(field, rng);
            put(&mut result, &pointer, value.clone());
            let fact = Fact { call, tool: ix, pointer, value, sem: field.sem };
            if listed && (field.sem != SemType::Id) && items[item].len() < 3 {
                if field.phrase.headline { items[item].insert(0, fact) } else { items[item].push(fact) }
            } else if !listed && facts.len() < 3 {
                facts.push(fact);
            }
        }
    }
    items.retain(|item| !item.is_empty());
    (result, facts, items)
}

fn made(tool: ToolIx, id: usize, slots: &[(usize, Slot)], from: Option<(String, usize, String)>, result: Value) -> ScriptCall {
    let mut arguments = json!({});
    let mut sources = IndexMap::new();
    for (turn, slot) in slots {
        put(&mut arguments, &slot.pointer, slot.value.clone());
        sources.insert(slot.pointer.clone(), Source::User { turn: *turn });
    }
    if let Some((parameter, call, pointer)) = from {
        put(&mut arguments, &parameter, json!("X-1"));
        sources.insert(parameter, Source::Result { call, pointer });
    }
    ScriptCall { id, tool, arguments, sources, demand: Default::default(), result, is_error: false, mistake: None }
}

fn report(tool: &Tool, ix: ToolIx, call: usize, facts: Vec<Fact>, items: Vec<Vec<Fact>>) -> AssistantAct {
    match tool.phrase.class {
        _ if items.len() > 1 && items.iter().all(|item| !item.is_empty()) => {
            AssistantAct::Offer { call, tool: ix, total: items.len(), items }
        }
        ToolClass::Do | ToolClass::Undo | ToolClass::Message | ToolClass::Control => AssistantAct::Done { call, tool: ix, facts },
        _ => AssistantAct::Tell { call, tool: ix, facts },
    }
}

/// A small errand around one tool: request, question, answer, result, and a second tool on a picked item where one fits.
pub(super) fn script(catalog: &Catalog, ix: ToolIx, rng: &mut Rng) -> Script {
    let tool = &catalog.tools[ix];
    let context = Context { today: "2026-03-17".into(), user: IndexMap::new(), policies: Vec::new() };
    let mut turns = Vec::new();
    let mut said = slots(tool, ix, 0, rng, None);
    let mut all: Vec<(usize, Slot)> = Vec::new();
    let omitted = if said.len() > 1 && rng.random_bool(0.5) { said.pop() } else { None };
    all.extend(said.iter().map(|slot| (1, slot.clone())));
    turns.push(ScriptTurn::User(vec![UserAct::Request {
        tool: ix,
        slots: said,
        about: Vec::new(),
        again: false,
        through: Vec::new(),
        aside: false,
    }]));
    if let Some(slot) = omitted {
        let pattern = crate::dialogue::pattern(&slot.pointer);
        turns.push(ScriptTurn::Assistant(vec![AssistantAct::Ask { call: 0, tool: ix, parameters: vec![pattern], shared: false }]));
        all.push((3, slot.clone()));
        turns.push(ScriptTurn::User(vec![UserAct::Inform { slots: vec![slot] }]));
    } else if let Some((_, slot)) = all.first().filter(|_| rng.random_bool(0.3)) {
        turns.push(ScriptTurn::Assistant(vec![AssistantAct::Confirm {
            tool: ix,
            slots: all.iter().map(|(_, slot)| slot.clone()).collect(),
        }]));
        let old = slot.value.clone();
        let leaf = tool.parameters.iter().find(|leaf| leaf.pointer == crate::dialogue::pattern(&slot.pointer)).expect("its leaf");
        let new = Slot { value: value(leaf, rng), ..slot.clone() };
        all[0] = (3, new.clone());
        turns.push(ScriptTurn::User(vec![UserAct::Correct { slot: new, old }]));
    }
    let (result, facts, items) = answer(tool, ix, 0, rng);
    turns.push(ScriptTurn::Calls(vec![made(ix, 0, &all, None, result)]));
    let offered = items.len();
    turns.push(ScriptTurn::Assistant(vec![report(tool, ix, 0, facts, items)]));
    let next = catalog.tools.iter().enumerate().find_map(|(other, tool2)| {
        let field = tool
            .returns
            .fields
            .iter()
            .find(|field| field.sem == SemType::Id && tool2.parameters.iter().any(|leaf| leaf.name == field.name))?;
        let leaf = tool2.parameters.iter().find(|leaf| leaf.name == field.name)?;
        (other != ix && rng.random_bool(0.3)).then(|| (other, leaf.pointer.clone(), field.pointer.replace('*', "1")))
    });
    if let Some((other, parameter, pointer)) = next {
        let tool2 = &catalog.tools[other];
        let said = slots(tool2, other, 1, rng, Some(&parameter));
        let turn = 1 + turns.iter().map(|turn| if matches!(turn, ScriptTurn::Calls(_)) { 2 } else { 1 }).sum::<usize>();
        let all: Vec<(usize, Slot)> = said.iter().map(|slot| (turn, slot.clone())).collect();
        let mut acts = Vec::new();
        if offered > 1 && pointer.contains("/1/") {
            acts.push(UserAct::Select { call: 0, pick: Pick::Ordinal { position: 1, of: offered } });
        }
        acts.push(UserAct::Request {
            tool: other,
            slots: said,
            about: vec![About::That { call: 0, tool: ix }],
            again: false,
            through: Vec::new(),
            aside: false,
        });
        turns.push(ScriptTurn::User(acts));
        let (result, facts, items) = answer(tool2, other, 1, rng);
        turns.push(ScriptTurn::Calls(vec![made(other, 1, &all, Some((parameter, 0, pointer)), result)]));
        turns.push(ScriptTurn::Assistant(vec![report(tool2, other, 1, facts, items)]));
    }
    if rng.random_bool(0.3) {
        let topics: Vec<_> = super::irrelevant_topics().collect();
        let topic = topics[rng.random_range(0..topics.len())].to_owned();
        turns.push(ScriptTurn::User(vec![UserAct::RequestIrrelevant { topic: topic.clone() }]));
        turns.push(ScriptTurn::Assistant(vec![AssistantAct::RefuseIrrelevant { topic }]));
    }
    turns.push(ScriptTurn::User(vec![UserAct::Thank, UserAct::Goodbye]));
    turns.push(ScriptTurn::Assistant(vec![AssistantAct::Goodbye]));
    Script {
        plan: "sample".into(),
        sequels: Vec::new(),
        motif: Motif::Single,
        context,
        offered: vec![ix],
        turns,
        goals: Vec::new(),
        relations: Vec::new(),
    }
}
