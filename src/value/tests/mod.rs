//! The grammar as a whole: what is said is found, read back, and found as nothing else.

mod human;

use super::*;
use proptest::prelude::*;
use serde_json::json;

fn ctx() -> SayContext {
    // A Wednesday.
    SayContext { today: jiff::civil::date(2026, 3, 4) }
}

fn hints<'a>(unit: Option<&'a str>, counted: Option<&'a str>) -> Hints<'a> {
    Hints { unit, counted, enum_say: None }
}

fn said(value: Value, sem: SemType, hints: Hints) -> Vec<String> {
    say(&value, sem, hints, &ctx()).into_iter().map(|form| form.text).collect()
}

fn found(text: &str, value: Value, sem: SemType, hints: Hints) -> Vec<String> {
    find(text, &value, sem, hints, &ctx()).into_iter().map(|span| text[span].to_owned()).collect()
}

const NONE: Hints<'static> = Hints { unit: None, counted: None, enum_say: None };

/// Sentences a form must be found in.
const CARRIERS: &[&str] = &["{}", "I need it on {}, please.", "({})", "{}.", "Make it {}!", "*{}*", "well, {}; thanks", "is it {}?"];
/// Types whose values are read from text without knowing them.
fn is_closed(sem: SemType) -> bool {
    use SemType::*;
    matches!(
        sem,
        Date | Time
            | Datetime
            | Duration
            | Count
            | CountPeople
            | Money
            | Rating
            | Percent
            | Quantity
            | Bool
            | Number
            | Language
            | Currency
            | Country
    )
}

/// Checks the invariant of the module for one value, against another of its type.
fn holds(value: &Value, other: &Value, sem: SemType, hints: Hints) -> Result<(), TestCaseError> {
    let forms = say(value, sem, hints, &ctx());
    prop_assert!(!forms.is_empty());
    for Form { text, .. } in &forms {
        for carrier in CARRIERS {
            let sentence = carrier.replace("{}", text);
            let spans = find(&sentence, value, sem, hints, &ctx());
            let at = carrier.find("{}").unwrap_or(0);
            let value_part = text.trim_matches('"');
            let inner = at + text.find(value_part).unwrap_or(0);
            prop_assert!(
                spans.iter().any(|s| s.start <= inner && inner + value_part.len() <= s.end),
                "{sem:?} {value} as {text:?} in {sentence:?}: {spans:?}"
            );
            if is_closed(sem) {
                let read = read(&sentence, sem, hints, &ctx());
                prop_assert!(
                    read.iter()
                        .any(|r| same(&r.value, value, sem) || canon::canon(&r.value, sem, hints) == canon::canon(value, sem, hints)),
                    "{sem:?} {value} in {sentence:?}: {read:?}"
                );
            }
        }
        if canon::canon(value, sem, hints) != canon::canon(other, sem, hints) {
            prop_assert!(find(text, other, sem, hints, &ctx()).is_empty(), "{sem:?} {text:?} says {value} and is read as {other}");
        }
    }
    Ok(())
}

fn date() -> impl Strategy<Value = Value> {
    let near = -40i64..400;
    let far = -20_000i64..20_000;
    prop_oneof![near, far].prop_map(|days| json!((ctx().today + jiff::Span::new().days(days)).to_string()))
}

fn time() -> impl Strategy<Value = Value> {
    prop_oneof![
        (0..24u32, prop_oneof![Just(0u32), Just(15), Just(30), Just(45), 0..60u32]).prop_map(|(h, m)| json!(format!("{h:02}:{m:02}"))),
        (0..24u32, 0..60u32, 0..60u32).prop_map(|(h, m, s)| json!(format!("{h:02}:{m:02}:{s:02}"))),
    ]
}

fn datetime() -> impl Strategy<Value = Value> {
    (date(), 0..24u32, prop_oneof![Just(0u32), Just(30), 0..60u32], prop_oneof![Just(""), Just("Z"), Just("+02:00"), Just("-05:30")])
        .prop_map(|(date, h, m, zone)| json!(format!("{}T{h:02}:{m:02}:00{zone}", date.as_str().unwrap_or_default())))
}

fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        (0..25i64).prop_map(Value::from),
        (0..2_000_000i64).prop_map(Value::from),
        (1..200i64).prop_map(|n| Value::from(n * 500)),
        (0..100_000i64).prop_map(|n| json!(n as f64 / 100.0)),
        (0..100i64).prop_map(|n| json!(n as f64 / 2.0)),
        (0..100i64).prop_map(|n| json!(n.to_string())),
    ]
}

fn signed() -> impl Strategy<Value = Value> {
    prop_oneof![number(), (-200_000..0i64).prop_map(|n| json!(n as f64 / 1000.0)), (-50..0i64).prop_map(Value::from)]
}

fn one_of(choices: &'static [Option<&'static str>]) -> impl Strategy<Value = Option<&'static str>> {
    proptest::sample::select(choices)
}

const NOUNS: &[Option<&str>] = &[None, Some("night"), Some("ticket"), Some("guest"), Some("hotel room")];
const MEASURES: &[Option<&str>] = &[None, Some("km"), Some("celsius"), Some("lb"), Some("sq ft"), Some("page")];
const TIMES: &[Option<&str>] = &[Some("minutes"), Some("hour"), Some("s"), Some("days"), Some("ms"), Some("month")];
/// An enum value as machines write it.
const SNAKE: &str = "[a-z]{3,8}(_[a-z]{3,8}){0,2}";

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn dates_hold(a in date(), b in date()) {
        holds(&a, &b, SemType::Date, NONE)?;
    }

    #[test]
    fn times_hold(a in time(), b in time()) {
        holds(&a, &b, SemType::Time, NONE)?;
    }

    #[test]
    fn datetimes_hold(a in datetime(), b in datetime()) {
        holds(&a, &b, SemType::Datetime, NONE)?;
    }

    #[test]
    fn counts_hold(a in number(), b in number(), noun in one_of(NOUNS)) {
        holds(&a, &b, SemType::Count, hints(None, noun))?;
        holds(&a, &b, SemType::CountPeople, hints(None, noun.filter(|n| *n == "guest")))?;
        holds(&a, &b, SemType::Number, NONE)?;
    }

    #[test]
    fn sums_hold(a in signed(), b in signed(), unit in one_of(&[None, Some("USD"), Some("EUR"), Some("CAD"), Some("JPY"), Some("CHF")])) {
        holds(&a, &b, SemType::Money, hints(unit, None))?;
    }

    #[test]
    fn measures_hold(a in signed(), b in signed(), unit in one_of(MEASURES)) {
        holds(&a, &b, SemType::Quantity, hints(unit, None))?;
        holds(&a, &b, SemType::Percent, NONE)?;
        holds(&a, &b, SemType::Percent, hints(Some("fraction"), None))?;
        holds(&a, &b, SemType::Rating, NONE)?;
        holds(&a, &b, SemType::Latitude, NONE)?;
    }

    #[test]
    fn durations_hold(a in number(), b in number(), unit in one_of(TIMES)) {
        holds(&a, &b, SemType::Duration, hints(unit, None))?;
    }

    #[test]
    fn iso_durations_hold(h in 0..30u32, m in 0..60u32, h2 in 0..30u32) {
        holds(&json!(format!("PT{h}H{m}M")), &json!(format!("PT{h2}H{m}M")), SemType::Duration, NONE)?;
    }

    #[test]
    fn words_hold(a in "[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8}){0,2}", b in "[A-Z][a-z]{9,12}", id in "[a-z]{2,4}_[0-9a-f]{4,8}", e in SNAKE) {
        use SemType::*;
        for sem in [City, Place, Person, Org, Title, Query, Text, Address] {
            holds(&json!(a), &json!(b), sem, NONE)?;
        }
        holds(&json!(id), &json!(b), Id, NONE)?;
        holds(&json!(e), &json!(b), Enum, NONE)?;
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,60}", value in "\\PC{0,20}") {
        use SemType::*;
        for sem in [
            City, Date, Time, Datetime, Duration, Count, CountPeople, Money, Rating, Percent, Quantity, Title, Enum, Bool, Id, Email, Phone,
            Url, Path, Language, Currency, Unit, Text, Code, Number, Country, Region, Category,
        ] {
            for span in find(&text, &json!(value), sem, NONE, &ctx()) {
                prop_assert!(text.get(span).is_some());
            }
            for reading in read(&text, sem, NONE, &ctx()) {
                prop_assert!(text.get(reading.span).is_some_and(|s| !s.is_empty()));
            }
            prop_assert!(!say(&json!(value), sem, NONE, &ctx()).is_empty());
            prop_assert!(same(&json!(value), &json!(value), sem));
        }
    }
}

#[test]
fn dates_are_said_in_many_ways() {
    let forms = said(json!("2026-03-12"), SemType::Date, NONE);
    for form in ["March 12", "March 12th", "the 12th of March", "12 March", "2026-03-12", "next Thursday", "the 12th", "Thursday the 12th"]
    {
        assert!(forms.iter().any(|f| f == form), "{form} not in {forms:?}");
    }
    assert!(!forms.iter().any(|f| f == "Thursday"), "Thursday is tomorrow, the 5th");
    let forms = said(json!("2026-03-06"), SemType::Date, NONE);
    for form in ["Friday", "this Friday", "the day after tomorrow", "the 6th"] {
        assert!(forms.iter().any(|f| f == form), "{form} not in {forms:?}");
    }
    assert_eq!(said(json!("2031-07-01"), SemType::Date, NONE)[0], "July 1, 2031");
}

#[test]
fn dates_are_read_against_today() {
    for (text, date) in [
        ("next Friday", "2026-03-13"),
        ("Friday", "2026-03-06"),
        ("Wednesday", "2026-03-11"),
        ("Sunday next week", "2026-03-15"),
        ("last Friday", "2026-02-27"),
        ("Sat, Mar. 7th", "2026-03-07"),
        ("the twelfth of March", "2026-03-12"),
        ("March twenty-first", "2026-03-21"),
        ("the 2nd", "2026-04-02"),
        ("the 4th", "2026-03-04"),
        ("January 5", "2026-01-05"),
        ("November 20", "2026-11-20"),
        ("in two weeks", "2026-03-18"),
        ("3 days from now", "2026-03-07"),
        ("3/25/2026", "2026-03-25"),
        ("tonight", "2026-03-04"),
        ("Jun.20,2026", "2026-06-20"),
        ("2026 April 4th", "2026-04-04"),
        ("the 12th of next month", "2026-04-12"),
        ("Saturday this week", "2026-03-07"),
    ] {
        let read = read(text, SemType::Date, NONE, &ctx());
        assert_eq!(read, [Reading { span: 0..text.len(), value: json!(date) }], "{text}");
    }
    for text in ["the 2nd floor", "the second one", "may 5 people come", "3/4/2026", "Friday, March 12", "2026-03-12T10:00", "sat down"] {
        assert!(!read(text, SemType::Date, NONE, &ctx()).iter().any(|r| r.span == (0..text.len())), "{text}");
    }
}

#[test]
fn numbers_keep_to_their_own_type() {
    for text in
        ["room B12", "2026-12-01", "at 12:30", "12 pm", "call 555-123-1212", "12.5", "1,200", "order-12", "12th", "v12", "#12", "12/24"]
    {
        assert!(found(text, json!(12), SemType::Count, NONE).is_empty(), "{text}");
    }
    for text in ["$12", "12%", "12 dollars", "12 km", "4/12"] {
        assert!(found(text, json!(12), SemType::Count, NONE).is_empty(), "{text}");
    }
    let children = hints(None, Some("child"));
    assert_eq!(found("2 adults and 3 children", json!(3), SemType::CountPeople, children), ["3 children"]);
    assert!(found("2 adults and 3 children", json!(2), SemType::CountPeople, children).is_empty());
    assert!(found("3 nights for 2", json!(3), SemType::Count, hints(None, Some("guest"))).is_empty());
    assert_eq!(found("3 nights for 2", json!(2), SemType::Count, hints(None, Some("guest"))), ["2"]);
    assert_eq!(found("a 3-night stay", json!(3), SemType::Count, hints(None, Some("night"))), ["3-night"]);
    assert!(found("2 miles", json!(2), SemType::Quantity, hints(Some("km"), None)).is_empty());
    assert!(found("I'll take the cheaper one", json!(1), SemType::Count, NONE).is_empty());
    assert_eq!(found("Just one, please", json!(1), SemType::Count, NONE), ["one"]);
}

#[test]
fn the_words_of_the_brief_are_said() {
    for (value, sem, hints, forms) in [
        (json!("19:30"), SemType::Time, NONE, vec!["7:30 pm", "half past seven in the evening", "19:30"]),
        (json!("12:00"), SemType::Time, NONE, vec!["noon"]),
        (json!(90), SemType::Duration, hints(Some("minutes"), None), vec!["90 minutes", "an hour and a half"]),
        (json!("PT30M"), SemType::Duration, NONE, vec!["half an hour"]),
        (json!(2), SemType::Count, hints(None, Some("ticket")), vec!["2 tickets", "a couple of tickets", "two"]),
        (json!(1), SemType::CountPeople, NONE, vec!["1 person", "just me"]),
        (json!(2), SemType::CountPeople, NONE, vec!["two people", "the two of us"]),
        (json!(5000), SemType::Money, hints(Some("USD"), None), vec!["$5,000", "five grand", "$5k"]),
        (json!(12.5), SemType::Money, hints(Some("GBP"), None), vec!["£12.50"]),
        (json!(4.5), SemType::Rating, NONE, vec!["4.5 stars", "4.5 out of 5", "four and a half stars"]),
        (json!(3), SemType::Quantity, hints(Some("km"), None), vec!["3 kilometers", "3 km"]),
        (json!(1), SemType::Quantity, hints(Some("mile"), None), vec!["1 mile"]),
        (json!(15), SemType::Percent, NONE, vec!["15%", "15 percent"]),
        (json!(0.15), SemType::Percent, hints(Some("fraction"), None), vec!["15%", "15 percent", "0.15"]),
        (json!("en"), SemType::Language, NONE, vec!["English"]),
        (json!("USD"), SemType::Currency, NONE, vec!["US dollars", "USD"]),
        (json!("round_trip"), SemType::Enum, NONE, vec!["round trip", "round-trip"]),
        (json!("FR"), SemType::Country, NONE, vec!["France"]),
        (json!("SFO"), SemType::Airport, NONE, vec!["SFO"]),
        (json!(true), SemType::Bool, NONE, vec!["yes"]),
        (json!("Red Joan"), SemType::Title, NONE, vec!["Red Joan", "\"Red Joan\""]),
        (json!("2026-03-05T09:00:00"), SemType::Datetime, NONE, vec!["March 5 at 9 am", "tomorrow morning at 9"]),
    ] {
        let got = said(value.clone(), sem, hints);
        for form in forms {
            assert!(got.iter().any(|f| f == form), "{value}: {form} not in {got:?}");
        }
    }
}

#[test]
fn equal_values_are_the_same() {
    use SemType::*;
    for (a, b, sem) in [
        (json!(2), json!(2.0), Count),
        (json!("2"), json!(2), Count),
        (json!("19:30"), json!("19:30:00"), Time),
        (json!("7:30 pm"), json!("19:30"), Time),
        (json!("2026-03-12T19:30:00Z"), json!("2026-03-12T19:30"), Datetime),
        (json!("PT90M"), json!("PT1H30M"), Duration),
        (json!("round_trip"), json!("Round Trip"), Enum),
        (json!("san francisco"), json!("San Francisco"), City),
        (json!("en"), json!("English"), Language),
        (json!(12345), json!("12345"), Id),
        (json!(["a", "b"]), json!(["A", "b"]), City),
    ] {
        assert!(same(&a, &b, sem) && same(&b, &a, sem), "{a} {b} {sem:?}");
    }
    for (a, b, sem) in [
        (json!(2), json!(3), Count),
        (json!("ab1"), json!("AB1"), Id),
        (json!("2026-03-12T19:30:00+02:00"), json!("2026-03-12T19:30:00"), Datetime),
        (json!(true), json!(false), Bool),
        (json!("2026-03-12"), json!("2026-03-13"), Date),
    ] {
        assert!(!same(&a, &b, sem), "{a} {b} {sem:?}");
    }
}

#[test]
fn long_texts_take_linear_time() {
    let sentence = "Book 3 nights from March 12 at 7:30 pm for $1,200, ref BK-10293, a@b.co, https://x.org/1. ";
    let say: indexmap::IndexMap<String, String> =
        [("book", "book"), ("night_book", "nights book")].map(|(a, b)| (a.into(), b.into())).into();
    let hints = Hints { enum_say: Some(&say), ..NONE };
    let started = std::time::Instant::now();
    for text in
        [sentence.repeat(500), "x".repeat(50_000), "a+".repeat(25_000), "a-1".repeat(20_000), ")".repeat(50_000), "1,".repeat(25_000)]
    {
        let link = format!("http://{text}");
        for sem in
            [SemType::Count, SemType::Money, SemType::Date, SemType::Datetime, SemType::Country, SemType::Id, SemType::Path, SemType::Enum]
        {
            let _ = read(&text, sem, hints, &ctx());
        }
        let _ = (read(&link, SemType::Url, NONE, &ctx()), find(&text, &json!("a-1a-1b"), SemType::City, NONE, &ctx()));
    }
    assert_eq!(find(&sentence.repeat(2_000), &json!("BK-10293"), SemType::Id, NONE, &ctx()).len(), 2_000);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
