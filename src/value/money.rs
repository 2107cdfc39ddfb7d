//! Sums of money: `$1,200`, `120 dollars`, `EUR 50`, `five grand`, `£3.50`.

use super::decimal::Dec;
use super::lex::Toks;
use super::number::number_at;
use super::spellings::Spellings;
use crate::value::english::number_words;
use crate::value::{Form, Register};
use std::sync::LazyLock;

#[derive(Debug)]
pub(crate) struct Currency {
    pub(crate) code: &'static str,
    /// Sign that is said before the number; empty when there is none.
    sign: &'static str,
    pub(crate) singular: &'static str,
    pub(crate) plural: &'static str,
    /// Short plural that stands for several currencies: `dollars`.
    short: &'static str,
}

const fn currency(code: &'static str, sign: &'static str, singular: &'static str, plural: &'static str, short: &'static str) -> Currency {
    Currency { code, sign, singular, plural, short }
}

#[rustfmt::skip]
pub(crate) static CURRENCIES: &[Currency] = &[
    currency("USD", "$", "US dollar", "US dollars", "dollars"),
    currency("EUR", "€", "euro", "euros", "euros"),
    currency("GBP", "£", "British pound", "British pounds", "pounds"),
    currency("JPY", "¥", "Japanese yen", "Japanese yen", "yen"),
    currency("CNY", "CN¥", "Chinese yuan", "Chinese yuan", "yuan"),
    currency("INR", "₹", "Indian rupee", "Indian rupees", "rupees"),
    currency("AUD", "A$", "Australian dollar", "Australian dollars", "dollars"),
    currency("CAD", "C$", "Canadian dollar", "Canadian dollars", "dollars"),
    currency("NZD", "NZ$", "New Zealand dollar", "New Zealand dollars", "dollars"),
    currency("SGD", "S$", "Singapore dollar", "Singapore dollars", "dollars"),
    currency("HKD", "HK$", "Hong Kong dollar", "Hong Kong dollars", "dollars"),
    currency("TWD", "NT$", "New Taiwan dollar", "New Taiwan dollars", "dollars"),
    currency("CHF", "", "Swiss franc", "Swiss francs", "francs"),
    currency("SEK", "", "Swedish krona", "Swedish kronor", "kronor"),
    currency("NOK", "", "Norwegian krone", "Norwegian kroner", "kroner"),
    currency("DKK", "", "Danish krone", "Danish kroner", "kroner"),
    currency("PLN", "", "Polish zloty", "Polish zlotys", "zlotys"),
    currency("CZK", "", "Czech koruna", "Czech korunas", "korunas"),
    currency("HUF", "", "Hungarian forint", "Hungarian forints", "forints"),
    currency("RON", "", "Romanian leu", "Romanian lei", "lei"),
    currency("TRY", "₺", "Turkish lira", "Turkish lira", "lira"),
    currency("RUB", "₽", "Russian ruble", "Russian rubles", "rubles"),
    currency("UAH", "₴", "Ukrainian hryvnia", "Ukrainian hryvnias", "hryvnias"),
    currency("ILS", "₪", "Israeli shekel", "Israeli shekels", "shekels"),
    currency("AED", "", "UAE dirham", "UAE dirhams", "dirhams"),
    currency("SAR", "", "Saudi riyal", "Saudi riyals", "riyals"),
    currency("EGP", "", "Egyptian pound", "Egyptian pounds", "pounds"),
    currency("ZAR", "", "South African rand", "South African rand", "rand"),
    currency("NGN", "₦", "Nigerian naira", "Nigerian naira", "naira"),
    currency("KES", "", "Kenyan shilling", "Kenyan shillings", "shillings"),
    currency("BRL", "R$", "Brazilian real", "Brazilian reais", "reais"),
    currency("MXN", "MX$", "Mexican peso", "Mexican pesos", "pesos"),
    currency("ARS", "", "Argentine peso", "Argentine pesos", "pesos"),
    currency("CLP", "", "Chilean peso", "Chilean pesos", "pesos"),
    currency("COP", "", "Colombian peso", "Colombian pesos", "pesos"),
    currency("KRW", "₩", "South Korean won", "South Korean won", "won"),
    currency("THB", "฿", "Thai baht", "Thai baht", "baht"),
    currency("IDR", "", "Indonesian rupiah", "Indonesian rupiah", "rupiah"),
    currency("MYR", "", "Malaysian ringgit", "Malaysian ringgit", "ringgit"),
    currency("PHP", "₱", "Philippine peso", "Philippine pesos", "pesos"),
    currency("VND", "₫", "Vietnamese dong", "Vietnamese dong", "dong"),
    currency("PKR", "", "Pakistani rupee", "Pakistani rupees", "rupees"),
    currency("BTC", "₿", "bitcoin", "bitcoins", "bitcoins"),
    currency("ETH", "", "ether", "ether", "ether"),
];

/// The currency of an ISO code in any case.
pub(crate) fn by_code(code: &str) -> Option<&'static Currency> {
    CURRENCIES.iter().find(|c| c.code.eq_ignore_ascii_case(code.trim()))
}

/// The currency that a parameter's unit names: `USD`, `usd`, `$`, `dollars`, `US dollars`.
pub(crate) fn by_unit(unit: &str) -> Option<&'static Currency> {
    let unit = unit.trim();
    by_code(unit).or_else(|| {
        CURRENCIES.iter().find(|c| {
            (!c.sign.is_empty() && c.sign == unit)
                || [c.singular, c.plural, c.short].iter().any(|name| name.eq_ignore_ascii_case(unit))
                || c.short.strip_suffix('s').is_some_and(|one| one.eq_ignore_ascii_case(unit))
        })
    })
}

/// A sum read from text. `wants` is the currency that the parameter is in; a sum in another currency is not read for it.
/// An amount in cents is converted.
pub(crate) fn money_at(t: &Toks, i: usize, wants: Option<&Currency>) -> Option<(Dec, usize)> {
    let negative = matches!(t.raw(i), "-" | "\u{2212}") && t.glued(i + 1);
    let at = i + usize::from(negative);
    let (value, next) = prefixed_at(t, at, wants).or_else(|| suffixed_at(t, at, wants))?;
    t.closes(next).then_some((if negative { value.negated() } else { value }, next))
}

/// Whether a sum in any currency stands at token `i`, and where it ends.
pub(crate) fn any_money_at(t: &Toks, i: usize) -> Option<usize> {
    money_at(t, i, None).map(|(_, next)| next)
}

/// `$120`, `US$120`, `USD 120`, `$5 million`.
fn prefixed_at(t: &Toks, i: usize, wants: Option<&Currency>) -> Option<(Dec, usize)> {
    let word = t.raw(i);
    // Nearly every token is no sign and no code.
    if word.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_lowercase()) || word.len() > 3 {
        return None;
    }
    let rest = &t.text[t.get(i)?.start..];
    let sign = CURRENCIES.iter().filter(|c| !c.sign.is_empty() && rest.starts_with(c.sign)).max_by_key(|c| c.sign.len());
    let (matches, after) = if rest.starts_with("US$") {
        (wants.is_none_or(|w| w.code == "USD"), i + 2)
    } else if let Some(found) = sign {
        let after = t.index_at(t.get(i)?.start + found.sign.len());
        // A bare dollar sign is whatever dollar the parameter is in, and so for yen and yuan.
        let generic = matches!(found.sign, "$" | "¥");
        (wants.is_none_or(|w| w.code == found.code || (generic && w.sign.ends_with(found.sign))), after)
    } else {
        let found = by_code(t.raw(i)).filter(|_| t.raw(i).bytes().all(|b| b.is_ascii_uppercase()))?;
        (wants.is_none_or(|w| w.code == found.code), i + 1)
    };
    let number = number_at(t, after).filter(|_| matches && (t.is_num(after) || t.low(after) == "-"))?;
    // "$120 USD", "$5 dollars".
    let next = currency_word_at(t, number.next, wants).filter(|&(fits, _)| fits).map_or(number.next, |(_, next)| next);
    Some((number.value, next))
}

/// `120 dollars`, `five grand`, `50 EUR`, `20 bucks`, `3 dollars and 50 cents`, `20€`.
fn suffixed_at(t: &Toks, i: usize, wants: Option<&Currency>) -> Option<(Dec, usize)> {
    let dollar = wants.is_none_or(|w| w.short == "dollars");
    let number = number_at(t, i).map(|n| (n.value, n.next)).or_else(|| (t.low(i) == "a").then_some((Dec::int(1), i + 1)))?;
    let (value, at) = number;
    let grand = t.low(at) == "grand" && t.closes(at + 1) && t.low(at + 1) != "piano";
    if grand {
        return Some((value.shift(3)?, at + 1));
    }
    if matches!(t.low(at), "buck" | "bucks" | "quid") {
        let fits = if t.low(at) == "quid" { wants.is_none_or(|w| w.code == "GBP") } else { dollar };
        return fits.then_some((value, at + 1));
    }
    if matches!(t.low(at), "cents" | "cent") {
        return wants.is_none_or(|w| w.short == "dollars" || w.code == "EUR").then_some((value.shift(-2)?, at + 1));
    }
    let at = if t.raw(at) == "-" && t.glued(at) && t.glued(at + 1) { at + 1 } else { at };
    let (fits, next) = currency_word_at(t, at, wants)?;
    if !fits {
        return None;
    }
    if t.low(next) == "and" && t.low(next + 2).starts_with("cent") {
        let cents = number_at(t, next + 1).filter(|n| n.next == next + 2)?;
        return Some((value.add(cents.value.shift(-2)?)?, next + 3));
    }
    Some((value, next))
}

/// A currency's name, code or sign at token `i`: whether it is the one that is wanted, and where it ends.
fn currency_word_at(t: &Toks, i: usize, wants: Option<&Currency>) -> Option<(bool, usize)> {
    NAMES.at(t, i).fold(None, |best, (currency, next)| {
        let word = t.low(i);
        let short = |w: &Currency| next == i + 1 && (word == w.short || word == one_of(w.short));
        let fits = wants.is_none_or(|w| w.code == currency.code || short(w));
        match best {
            Some((fit, end)) if next < end || (next == end && (fit || !fits)) => best,
            _ => Some((fits, next)),
        }
    })
}

/// `dollar` of `dollars`.
fn one_of(short: &'static str) -> &'static str {
    short.strip_suffix('s').unwrap_or(short)
}

/// Names, codes and signs, as they stand after a number.
static NAMES: LazyLock<Spellings<&'static Currency>> = LazyLock::new(|| {
    let mut spellings = Spellings::new();
    for currency in CURRENCIES {
        spellings.exact(currency.sign, currency);
        spellings.exact(currency.code, currency);
        // "Try" and "cop" are words.
        if !matches!(currency.code, "TRY" | "COP") {
            spellings.folded(currency.code, currency);
        }
        for name in [currency.singular, currency.plural, currency.short, one_of(currency.short)] {
            spellings.folded(name, currency);
        }
    }
    spellings
});

/// All ways to say a sum, plainest first. Without a currency it is in dollars. The caller keeps those that are read back.
pub(crate) fn say(amount: Dec, currency: Option<&Currency>) -> Vec<Form> {
    let mut forms = Vec::new();
    let mut push = |text: String, register: Register| forms.push(Form::new(text, register));
    let dollars = &CURRENCIES[0];
    let currency = currency.unwrap_or(dollars);
    let (minus, size) = if amount.is_negative() { ("-", amount.negated()) } else { ("", amount) };
    let cents = if size.decimals() == 1 { "0" } else { "" };
    let (grouped, plain) = (format!("{}{cents}", size.grouped()), format!("{size}{cents}"));
    let one = size == Dec::int(1);
    if !currency.sign.is_empty() {
        push(format!("{minus}{}{grouped}", currency.sign), Register::Plain);
        push(format!("{minus}{}{plain}", currency.sign), Register::Plain);
    }
    if amount.is_negative() {
        return forms;
    }
    let (short, long) = if one {
        (currency.short.strip_suffix('s').unwrap_or(currency.short), currency.singular)
    } else {
        (currency.short, currency.plural)
    };
    let own_short = ["USD", "EUR", "GBP", "JPY", "INR", "KRW", "THB", "BTC"].contains(&currency.code);
    if own_short {
        push(format!("{grouped} {short}"), Register::Plain);
    }
    push(format!("{grouped} {long}"), if own_short { Register::Formal } else { Register::Plain });
    push(format!("{grouped} {}", currency.code), Register::Formal);
    push(format!("{} {grouped}", currency.code), Register::Formal);
    let Some(whole) = size.to_i64() else { return forms };
    let name = if own_short { short } else { long };
    if (1..=12).contains(&whole) || (whole <= 100 && whole % 10 == 0 && whole > 0) || (whole < 1000 && whole > 0 && whole % 100 == 0) {
        push(format!("{} {name}", number_words(whole)), Register::Plain);
    }
    if whole >= 1_000 && whole % 100 == 0 && whole < 1_000_000 {
        if whole % 1000 == 0 && whole <= 20_000 {
            push(format!("{} {name}", number_words(whole)), Register::Plain);
        }
        let thousands = Dec::int(whole).shift(-3).unwrap_or(size);
        push(format!("{}{thousands}k", currency.sign), Register::Casual);
    }
    if whole >= 1_000_000 && whole % 100_000 == 0 {
        push(format!("{}{} million", currency.sign, Dec::int(whole).shift(-6).unwrap_or(size)), Register::Plain);
    }
    if currency.code == "USD" {
        if (5..1000).contains(&whole) {
            push(format!("{whole} bucks"), Register::Casual);
        }
        if whole >= 1000 && whole % 1000 == 0 && whole <= 20_000 {
            push(format!("{} grand", number_words(whole / 1000)), Register::Casual);
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, code: Option<&str>) -> Option<String> {
        let t = Toks::new(text);
        money_at(&t, 0, code.and_then(by_code)).filter(|(_, next)| *next == t.len()).map(|(value, _)| value.to_string())
    }

    #[test]
    fn sums_are_read_as_people_write_them() {
        for (text, value) in [
            ("$120", "120"),
            ("$1,200.50", "1200.5"),
            ("US$120", "120"),
            ("120 dollars", "120"),
            ("one hundred dollars", "100"),
            ("5 grand", "5000"),
            ("$5k", "5000"),
            ("$1.5 million", "1500000"),
            ("20 bucks", "20"),
            ("120 USD", "120"),
            ("USD 120", "120"),
            ("-$5", "-5"),
            ("3 dollars and 50 cents", "3.5"),
            ("50 cents", "0.5"),
            ("100-dollar", "100"),
        ] {
            assert_eq!(read(text, Some("USD")).as_deref(), Some(value), "{text}");
            assert_eq!(read(text, None).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn another_currency_is_another_sum() {
        for (text, code, value) in [
            ("€50", "EUR", Some("50")),
            ("50€", "EUR", Some("50")),
            ("50 euros", "USD", None),
            ("£50", "USD", None),
            ("C$50", "CAD", Some("50")),
            ("$50", "CAD", Some("50")),
            ("C$50", "USD", None),
            ("50 Canadian dollars", "CAD", Some("50")),
            ("50 Canadian dollars", "USD", None),
            ("50 dollars", "AUD", Some("50")),
            ("50 yen", "JPY", Some("50")),
        ] {
            assert_eq!(read(text, Some(code)).as_deref(), value, "{text} in {code}");
        }
    }
}
