//! Numbers as words.

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const SCALES: [(u64, &str); 6] = [
    (1_000_000_000_000_000_000, "quintillion"),
    (1_000_000_000_000_000, "quadrillion"),
    (1_000_000_000_000, "trillion"),
    (1_000_000_000, "billion"),
    (1_000_000, "million"),
    (1_000, "thousand"),
];

/// `n` in words: `forty-two`, `one hundred and five`, `two thousand three hundred`, `minus three`.
pub fn number_words(n: i64) -> String {
    if n < 0 {
        return format!("minus {}", unsigned_words(n.unsigned_abs()));
    }
    unsigned_words(n.unsigned_abs())
}

fn unsigned_words(mut n: u64) -> String {
    if n < 1000 {
        return below_thousand(n);
    }
    let mut parts = Vec::new();
    for (scale, name) in SCALES {
        if n >= scale {
            parts.push(format!("{} {name}", below_thousand(n / scale)));
            n %= scale;
        }
    }
    match n {
        0 => {}
        1..100 => parts.push(format!("and {}", below_hundred(n))),
        _ => parts.push(below_thousand(n)),
    }
    parts.join(" ")
}

fn below_thousand(n: u64) -> String {
    match (n / 100, n % 100) {
        (0, rest) => below_hundred(rest),
        (hundreds, 0) => format!("{} hundred", SMALL[hundreds as usize]),
        (hundreds, rest) => format!("{} hundred and {}", SMALL[hundreds as usize], below_hundred(rest)),
    }
}

fn below_hundred(n: u64) -> String {
    match (n / 10, n % 10) {
        (0 | 1, _) => SMALL[n as usize].to_owned(),
        (tens, 0) => TENS[tens as usize].to_owned(),
        (tens, ones) => format!("{}-{}", TENS[tens as usize], SMALL[ones as usize]),
    }
}

/// The ordinal in words: `second`, `twenty-first`, `one hundredth`; `zeroth` for 0.
pub fn ordinal(n: u64) -> String {
    let words = unsigned_words(n);
    let cut = words.rfind([' ', '-']).map_or(0, |at| at + 1);
    let (head, last) = words.split_at(cut);
    let ordinal = match last {
        "one" => "first".to_owned(),
        "two" => "second".to_owned(),
        "three" => "third".to_owned(),
        "five" => "fifth".to_owned(),
        "eight" => "eighth".to_owned(),
        "nine" => "ninth".to_owned(),
        "twelve" => "twelfth".to_owned(),
        tens if tens.ends_with('y') => format!("{}ieth", &tens[..tens.len() - 1]),
        other => format!("{other}th"),
    };
    format!("{head}{ordinal}")
}

/// The ordinal in digits: `1st`, `12th`, `22nd`.
pub fn ordinal_digits(n: u64) -> String {
    let suffix = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{suffix}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_in_full() {
        for (n, words) in [
            (0, "zero"),
            (15, "fifteen"),
            (42, "forty-two"),
            (100, "one hundred"),
            (105, "one hundred and five"),
            (2_000, "two thousand"),
            (2_005, "two thousand and five"),
            (1_234_567, "one million two hundred and thirty-four thousand five hundred and sixty-seven"),
            (-3, "minus three"),
        ] {
            assert_eq!(number_words(n), words);
        }
        assert!(number_words(i64::MIN).starts_with("minus nine quintillion"));
    }

    #[test]
    fn ordinals_follow_their_last_word() {
        for (n, words, digits) in [
            (1, "first", "1st"),
            (2, "second", "2nd"),
            (3, "third", "3rd"),
            (9, "ninth", "9th"),
            (11, "eleventh", "11th"),
            (12, "twelfth", "12th"),
            (20, "twentieth", "20th"),
            (21, "twenty-first", "21st"),
            (100, "one hundredth", "100th"),
            (112, "one hundred and twelfth", "112th"),
        ] {
            assert_eq!((ordinal(n).as_str(), ordinal_digits(n).as_str()), (words, digits));
        }
    }
}
