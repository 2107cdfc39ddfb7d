//! Exact decimal numbers, so that `2`, `2.0` and `two` are equal and `0.1 + 0.2` is `0.3`.

use serde_json::{Number, Value};

/// `mantissa / 10^scale`, without trailing zeros in the mantissa, so that equality is structural.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Dec {
    mantissa: i128,
    scale: u32,
}

/// Beyond this many decimals a number is not something that a person says.
const MAX_SCALE: u32 = 18;

impl Dec {
    pub(crate) const ZERO: Dec = Dec { mantissa: 0, scale: 0 };

    pub(crate) fn int(n: i64) -> Dec {
        Dec { mantissa: n.into(), scale: 0 }
    }

    fn new(mantissa: i128, scale: u32) -> Dec {
        let (mut mantissa, mut scale) = (mantissa, scale);
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        Dec { mantissa, scale }
    }

    /// Reads `12`, `-1,200.50`, `1e-7`. Commas must group thousands. `None` when it is no number or has too many digits.
    pub(crate) fn parse(text: &str) -> Option<Dec> {
        let (body, exponent) = match text.find(['e', 'E']) {
            Some(at) => (&text[..at], text[at + 1..].parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (negative, body) = match body.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, body),
        };
        let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
        if whole.is_empty() || (body.contains('.') && fraction.is_empty()) || !groups_thousands(whole) {
            return None;
        }
        let mut mantissa: i128 = 0;
        for byte in whole.bytes().filter(|b| *b != b',').chain(fraction.bytes()) {
            if !byte.is_ascii_digit() {
                return None;
            }
            mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?;
        }
        let value = Dec::new(if negative { -mantissa } else { mantissa }, u32::try_from(fraction.len()).ok()?);
        value.shift(exponent).filter(|v| v.scale <= MAX_SCALE)
    }

    /// A JSON number, or a string that is nothing but a number.
    pub(crate) fn of(value: &Value) -> Option<Dec> {
        match value {
            Value::Number(number) => Dec::parse(&number.to_string()),
            Value::String(text) => Dec::parse(text.trim()),
            _ => None,
        }
    }

    /// An integer when it is one, else the nearest double.
    pub(crate) fn to_value(self) -> Value {
        if self.scale == 0 {
            if let Ok(n) = i64::try_from(self.mantissa) {
                return Value::from(n);
            }
            if let Ok(n) = u64::try_from(self.mantissa) {
                return Value::from(n);
            }
        }
        self.to_string().parse::<f64>().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
    }

    /// `self * 10^by`.
    pub(crate) fn shift(self, by: i32) -> Option<Dec> {
        if by <= 0 {
            return Some(Dec::new(self.mantissa, self.scale.checked_add(by.unsigned_abs())?));
        }
        let by = by.unsigned_abs();
        let dropped = by.min(self.scale);
        let mantissa = self.mantissa.checked_mul(10i128.checked_pow(by - dropped)?)?;
        Some(Dec::new(mantissa, self.scale - dropped))
    }

    pub(crate) fn add(self, other: Dec) -> Option<Dec> {
        let scale = self.scale.max(other.scale);
        let left = self.mantissa.checked_mul(10i128.checked_pow(scale - self.scale)?)?;
        let right = other.mantissa.checked_mul(10i128.checked_pow(scale - other.scale)?)?;
        Some(Dec::new(left.checked_add(right)?, scale))
    }

    pub(crate) fn mul(self, by: Dec) -> Option<Dec> {
        Some(Dec::new(self.mantissa.checked_mul(by.mantissa)?, self.scale.checked_add(by.scale)?)).filter(|v| v.scale <= 2 * MAX_SCALE)
    }

    /// The quotient where it has at most six decimals.
    pub(crate) fn div(self, by: Dec) -> Option<Dec> {
        let numerator = self.mantissa.checked_mul(10i128.checked_pow(6 + by.scale)?)?;
        let denominator = by.mantissa.checked_mul(10i128.checked_pow(self.scale)?)?;
        (denominator != 0 && numerator % denominator == 0).then(|| Dec::new(numerator / denominator, 6))
    }

    /// The quotient, rounded half up (away from nought) to so many decimals.
    pub(crate) fn quotient(self, by: Dec, places: u32) -> Option<Dec> {
        let numerator = self.mantissa.checked_mul(10i128.checked_pow(places + by.scale)?)?;
        let denominator = by.mantissa.checked_mul(10i128.checked_pow(self.scale)?)?;
        if denominator == 0 {
            return None;
        }
        let (whole, rest) = (numerator / denominator, numerator % denominator);
        let up = rest.unsigned_abs().checked_mul(2)? >= denominator.unsigned_abs();
        let sign = if (numerator < 0) == (denominator < 0) { 1 } else { -1 };
        Some(Dec::new(if up { whole + sign } else { whole }, places))
    }

    /// The same, rounded half up to so many decimals.
    pub(crate) fn rounded(self, places: u32) -> Option<Dec> {
        self.quotient(Dec::int(1), places)
    }

    pub(crate) fn negated(self) -> Dec {
        Dec { mantissa: -self.mantissa, scale: self.scale }
    }

    pub(crate) fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    pub(crate) fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// The integer it is, if it is one.
    pub(crate) fn to_i64(self) -> Option<i64> {
        if self.scale == 0 { i64::try_from(self.mantissa).ok() } else { None }
    }

    pub(crate) fn decimals(self) -> u32 {
        self.scale
    }

    /// Digits with commas between thousands: `1,200.5`.
    pub(crate) fn grouped(self) -> String {
        let text = self.to_string();
        let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
        let (whole, fraction) = digits.find('.').map_or((digits, ""), |at| digits.split_at(at));
        let mut out = String::from(sign);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                out.push(',');
            }
            out.push(digit);
        }
        out + fraction
    }
}

fn groups_thousands(whole: &str) -> bool {
    let mut parts = whole.split(',');
    let first = parts.next().unwrap_or("");
    let mut grouped = false;
    for part in parts {
        grouped = true;
        if part.len() != 3 {
            return false;
        }
    }
    !grouped || (1..=3).contains(&first.len())
}

impl std::fmt::Display for Dec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        let scale = self.scale as usize;
        if self.mantissa < 0 {
            f.write_str("-")?;
        }
        if scale == 0 {
            return f.write_str(&digits);
        }
        let padded = format!("{digits:0>width$}", width = scale + 1);
        write!(f, "{}.{}", &padded[..padded.len() - scale], &padded[padded.len() - scale..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn spellings_of_one_number_are_equal() {
        for (a, b) in [("2", "2.0"), ("1,200", "1200"), ("1e3", "1000"), ("-0.50", "-0.5"), ("1e-7", "0.0000001")] {
            assert_eq!(Dec::parse(a), Dec::parse(b), "{a} {b}");
            assert!(Dec::parse(a).is_some());
        }
        for wrong in ["", "-", "1.", ".5", "1,20", "12,2026", "1.2.3", "0x10", "1e", "٣"] {
            assert_eq!(Dec::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Dec::parse(&"9".repeat(60)), None);
        assert_eq!(Dec::parse("1e999999999"), None);
    }

    #[test]
    fn arithmetic_is_exact() {
        let d = |s: &str| Dec::parse(s).unwrap();
        assert_eq!(d("0.1").add(d("0.2")), Some(d("0.3")));
        assert_eq!(d("1.5").mul(d("60")), Some(d("90")));
        assert_eq!(d("90").div(d("60")), Some(d("1.5")));
        assert_eq!(d("10").div(d("3")), None);
        assert_eq!(d("10").div(Dec::ZERO), None);
        assert_eq!(d("1234567.5").grouped(), "1,234,567.5");
        assert_eq!(d("1.2").shift(3), Some(d("1200")));
        assert_eq!((d("4.0").to_value(), d("4.5").to_value()), (json!(4), json!(4.5)));
    }
}
