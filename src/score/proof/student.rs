//! Student's t distribution.

/// P(T ≤ t) with so many degrees of freedom: 1 − ½·I_x(ν/2, ½) with x = ν/(ν + t²), to about ten digits.
pub fn below(t: f64, degrees: f64) -> f64 {
    if t.is_nan() || degrees <= 0.0 {
        return f64::NAN;
    }
    let tail = 0.5 * beta(degrees / (degrees + t * t), degrees / 2.0, 0.5);
    if t > 0.0 { 1.0 - tail } else { tail }
}

/// The value that T is below with this probability, by bisection.
pub fn quantile(share: f64, degrees: f64) -> f64 {
    let (mut low, mut high) = (-1e3, 1e3);
    for _ in 0..80 {
        let middle = (low + high) / 2.0;
        if below(middle, degrees) < share { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// The regularised incomplete beta function I_x(a, b) by its continued fraction (modified Lentz; Press et al. 2007, 6.4).
fn beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    // The fraction converges quickly on one side of the mean; the other side is the complement.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta(1.0 - x, b, a);
    }
    const TINY: f64 = 1e-300;
    let front = (a * x.ln() + b * (1.0 - x).ln() + ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b)).exp() / a;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut c, mut d) = (1.0, 1.0 / away(1.0 - (a + b) * x / (a + 1.0)));
    let mut sum = d;
    for step in 1..300 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        for term in [even, odd] {
            d = 1.0 / away(1.0 + term * d);
            c = away(1.0 + term / c);
            sum *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-14 {
            break;
        }
    }
    front * sum
}

/// lnΓ(x), x > 0: Stirling's series from 10 on, after the recurrence Γ(x+1) = xΓ(x).
fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut product) = (x, 1.0f64);
    while x < 10.0 {
        product *= x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let series = (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0))) / x;
    (x - 0.5) * x.ln() - x + 0.918_938_533_204_672_8 + series - product.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// scipy.stats.t.ppf and the printed tables.
    #[test]
    fn known_quantiles() {
        for (share, degrees, wanted) in [
            (0.975, 1.0, 12.706_204_736),
            (0.975, 4.0, 2.776_445_105),
            (0.95, 14.0, 1.761_310_136),
            (0.975, 14.0, 2.144_786_688),
            (0.95, 2.0, 2.919_985_580),
            (0.995, 30.0, 2.749_995_654),
            (0.025, 14.0, -2.144_786_688),
        ] {
            let found = quantile(share, degrees);
            assert!((found - wanted).abs() < 1e-6, "{share} {degrees}: {found}");
        }
    }

    #[test]
    fn one_and_two_degrees_are_as_their_formulas() {
        for t in [-3.0f64, -0.5, 0.0, 0.7, 5.0] {
            assert!((below(t, 1.0) - (0.5 + t.atan() / std::f64::consts::PI)).abs() < 1e-10, "{t}");
            assert!((below(t, 2.0) - (0.5 + t / (2.0 * (2.0 + t * t).sqrt()))).abs() < 1e-10, "{t}");
        }
    }
}
