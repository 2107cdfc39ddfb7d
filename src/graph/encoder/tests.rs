use super::asset::half;
use super::*;

fn similarity(a: &str, b: &str) -> f32 {
    let encoder = Encoder::embedded();
    cosine(&encoder.encode(a), &encoder.encode(b))
}

#[derive(serde::Deserialize)]
struct Golden {
    text: String,
    tokens: usize,
    vector: Vec<f32>,
}

#[test]
fn gives_the_vectors_of_the_python_reference() {
    let golden: Vec<Golden> = serde_json::from_str(include_str!("../../../fixtures/encoder/golden.json")).unwrap();
    assert!(golden.len() >= 8);
    for Golden { text, tokens, vector } in golden {
        assert_eq!(Encoder::embedded().tokens(&text), tokens, "{text}");
        let ours = Encoder::embedded().encode(&text);
        let worst = ours.iter().zip(&vector).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(vector.len() == DIMS && worst < 1e-5, "{text}: off by {worst}");
    }
}

#[test]
fn the_asset_is_the_one_that_its_description_tells_of() {
    let about: serde_json::Value = serde_json::from_str(include_str!("../../../assets/encoder.json")).unwrap();
    let asset = include_bytes!("../../../assets/encoder.bin");
    assert_eq!(about["blake3"], blake3::hash(asset).to_hex().as_str());
    assert_eq!(about["bytes"], asset.len());
    assert_eq!(about["name"], Encoder::embedded().name());
    assert!(asset.len() <= 2_000_000);
}

#[test]
fn what_means_the_same_is_nearer_than_what_does_not() {
    for (text, near, far) in [
        ("check in date: Day of arrival.", "arrival date: The day on which the guest arrives.", "song title: Name of the track."),
        ("search flights", "find plane tickets between two airports", "turn off the kitchen lights"),
        ("email address", "e-mail of the recipient", "room temperature in degrees"),
        ("cancel booking: Cancels a reservation.", "delete reservation", "get weather forecast"),
        ("city", "town", "invoice number"),
    ] {
        assert!(similarity(text, near) > similarity(text, far) + 0.15, "{text}: {} {}", similarity(text, near), similarity(text, far));
    }
}

#[test]
fn vectors_have_unit_length_and_do_not_change_from_call_to_call() {
    let vector = Encoder::embedded().encode("Book a table for four people.");
    assert!((cosine(&vector, &vector) - 1.0).abs() < 1e-5);
    assert_eq!(vector, Encoder::embedded().encode("Book a table for four people."));
}

#[test]
fn case_accents_and_invisible_characters_make_no_difference() {
    let plain = Encoder::embedded().encode("cafe reservation");
    for same in [
        "Café Reservation",
        "CAFE RESERVATION",
        "ca\u{200b}fe reser\u{ad}vation",
        "\u{feff}cafe\u{a0}reservation\u{0}",
        "cafe\u{301} reservation",
    ] {
        assert_eq!(plain, Encoder::embedded().encode(same), "{same:?}");
    }
}

#[test]
fn a_text_without_a_known_word_piece_is_the_zero_vector() {
    for text in ["", "   \n\t", "\u{200b}\u{200d}\u{feff}", "東京", "\u{0}"] {
        let vector = Encoder::embedded().encode(text);
        assert_eq!(vector, [0.0; DIMS], "{text:?}");
        assert_eq!(cosine(&vector, &Encoder::embedded().encode("Tokyo")), 0.0);
    }
}

#[test]
fn text_behind_the_limit_is_not_read() {
    let head = "reserve a seat ".repeat(100);
    assert_eq!(Encoder::embedded().encode(&head), Encoder::embedded().encode(&format!("{head} and something else entirely")));
}

#[test]
fn of_five_megabytes_only_the_beginning_is_encoded() {
    for unit in ["a", "word ", "\u{200b}", "東", "é", "_", "🎫 ", "e\u{301}"] {
        let text = unit.repeat(5_000_000 / unit.len());
        let beginning = unit.repeat(MAX_BYTES / unit.len() + 1);
        assert_eq!(Encoder::embedded().encode(&text), Encoder::embedded().encode(&beginning), "{unit:?}");
    }
}

#[test]
fn counting_in_chunks_gives_the_count_of_the_whole() {
    let text = "Find flights, hotels & tables: it's unbelievably straightforward!\n";
    let one = Encoder::embedded().tokens(text);
    assert_eq!(Encoder::embedded().tokens(&text.repeat(3000)), 3000 * one);
}

#[test]
fn identifiers_fall_into_their_words() {
    for (name, words) in [
        ("checkInDate", "check in date"),
        ("check_in.date", "check in date"),
        ("CHECK-IN date", "check in date"),
        ("HTTPServerError", "http server error"),
        ("getUserIDsNow", "get user ids now"),
        ("userIDs", "user ids"),
        ("v2Users", "v2 users"),
        ("sha256", "sha256"),
        ("/pets/{petId}", "pets pet id"),
        ("ÜberGröße", "über größe"),
        ("__", ""),
        ("", ""),
    ] {
        assert_eq!(words_of_identifier(name), words, "{name}");
    }
}

#[test]
fn a_named_text_is_the_words_of_the_name_and_the_description() {
    assert_eq!(named_text("checkIn", " Day of\n arrival. "), "check in: Day of arrival.");
    assert_eq!(named_text("check_in", ""), "check in");
    assert_eq!(named_text("_", "Day."), "Day.");
}

#[test]
fn a_damaged_asset_is_refused() {
    let asset: &'static [u8] = include_bytes!("../../../assets/encoder.bin");
    assert!(Encoder::read(&asset[..50]).is_err());
    assert!(Encoder::read(&asset[1..]).is_err());
    assert!(Encoder::read(&asset[..asset.len() - 1]).is_err());
}

#[test]
fn halves_are_read_exactly() {
    for (bits, value) in
        [(0x0000, 0.0), (0x3c00, 1.0), (0x3555, 0.333_251_95), (0x0001, 5.960_464_5e-8), (0x03ff, 6.097_555e-5), (0x7bff, 65504.0)]
    {
        assert_eq!(half(bits), value);
    }
}
