//! The figures of two panels side by side, with an interval for each difference.

use serde::Serialize;
use serde_json::Value;

/// One figure of an axis in two sets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// As it stands in the panel, with dots between its parts.
    pub figure: String,
    pub a: f64,
    pub b: f64,
    /// b − a.
    pub difference: f64,
    /// Of 95%, where both figures have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// 0 is outside of the interval.
    pub moved: bool,
}

struct Figure {
    value: f64,
    low: Option<f64>,
    high: Option<f64>,
}

/// Every figure that both panels have, in the order of the first. A panel is what `score` prints as JSON; a figure is an object with a
/// `value`, and an interval where there is one.
///
/// The interval of a difference comes from those of the two by the method of variance estimates recovery (Zou & Donner 2008):
/// (b − a) − √((b − l_b)² + (u_a − a)²) to (b − a) + √((u_b − b)² + (a − l_a)²).
pub fn differences(a: &Value, b: &Value) -> Vec<Difference> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    collect(a, String::new(), &mut ours);
    collect(b, String::new(), &mut theirs);
    let other = |name: &str| theirs.iter().find(|(other, _)| other == name).map(|(_, figure)| figure);
    ours.iter().filter_map(|(name, one)| other(name).map(|two| difference(name, one, two))).collect()
}

fn collect(value: &Value, name: String, into: &mut Vec<(String, Figure)>) {
    let Value::Object(map) = value else { return };
    if let Some(number) = map.get("value").and_then(Value::as_f64) {
        let of = |key: &str| map.get(key).and_then(Value::as_f64);
        into.push((name, Figure { value: number, low: of("low"), high: of("high") }));
        return;
    }
    for (key, inner) in map {
        let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
        collect(inner, name, into);
    }
}

fn difference(name: &str, a: &Figure, b: &Figure) -> Difference {
    let middle = b.value - a.value;
    let limits = match (a.low, a.high, b.low, b.high) {
        (Some(la), Some(ua), Some(lb), Some(ub)) => {
            Some((middle - (b.value - lb).hypot(ua - a.value), middle + (ub - b.value).hypot(a.value - la)))
        }
        _ => None,
    };
    Difference {
        figure: name.into(),
        a: a.value,
        b: b.value,
        difference: middle,
        low: limits.map(|limits| limits.0),
        high: limits.map(|limits| limits.1),
        moved: limits.is_some_and(|(low, high)| low > 0.0 || high < 0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn intervals_add_as_variances_do() {
        let a = json!({"rate": {"value": 0.5, "low": 0.4, "high": 0.6}, "inner": {"x": {"value": 2.0}}, "rows": 7});
        let b = json!({"rate": {"value": 0.9, "low": 0.83, "high": 0.94}, "inner": {"x": {"value": 3.0}}, "extra": {"value": 1.0}});
        let told = differences(&a, &b);
        assert_eq!(told.iter().map(|one| one.figure.as_str()).collect::<Vec<_>>(), ["rate", "inner.x"]);
        assert!((told[0].low.unwrap() - (0.4 - f64::hypot(0.07, 0.1))).abs() < 1e-12);
        assert!((told[0].high.unwrap() - (0.4 + f64::hypot(0.04, 0.1))).abs() < 1e-12);
        assert!(told[0].moved && !told[1].moved && told[1].low.is_none());
    }
}
