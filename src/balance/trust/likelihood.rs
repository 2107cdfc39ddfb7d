//! The marginal likelihood of real counts under a power prior of synthetic ones, and where it is largest.

/// Pseudo-count of every category before anything is seen: Jeffreys' prior.
pub const ALPHA: f64 = 0.5;
/// By so much the log of a likelihood falls from its maximum to the ends of a 95% interval: half the 95% point of χ² with one degree of
/// freedom.
pub const DROP: f64 = 1.92;
/// The λ that are looked at: 20 to a decade from 10⁻⁶ to 100. Above 1 the only question is whether the maximum is there.
const DECADES: i32 = 8;
const LOWEST: f64 = 1e-6;
const TO_A_DECADE: i32 = 20;

/// The counts of one attribute: for each category that either side has, how often the synthetic and the real rows have it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    pub cells: Vec<(f64, f64)>,
}

impl Column {
    /// `lnΓ(A) − lnΓ(A+N) + Σ_c [lnΓ(α+λs_c+r_c) − lnΓ(α+λs_c)]` with `A = Σ_c(α+λs_c)` and `N = Σ_c r_c`: the log probability of the real
    /// observations in their order under a Dirichlet with the synthetic counts, discounted by λ, as its prior counts (the power prior of
    /// Ibrahim & Chen 2000 in closed form). O(categories).
    pub fn log_marginal(&self, lambda: f64) -> f64 {
        let (mut prior, mut real, mut sum) = (0.0, 0.0, 0.0);
        for (s, r) in &self.cells {
            let alpha = ALPHA + lambda * s;
            prior += alpha;
            real += r;
            if *r > 0.0 {
                sum += ln_gamma(alpha + r) - ln_gamma(alpha);
            }
        }
        if real == 0.0 { 0.0 } else { ln_gamma(prior) - ln_gamma(prior + real) + sum }
    }

    /// Σ_c min(share of r, share of s): 1 for equal shares, 0 for nothing in common.
    pub fn overlap(&self) -> f64 {
        let (ours, real) = self.totals();
        if ours == 0.0 || real == 0.0 {
            return 0.0;
        }
        self.cells.iter().map(|(s, r)| (s / ours).min(r / real)).sum()
    }

    /// Synthetic and real observations.
    pub fn totals(&self) -> (f64, f64) {
        self.cells.iter().fold((0.0, 0.0), |(ours, real), (s, r)| (ours + s, real + r))
    }
}

/// Where the likelihood is largest in [0, 1], and how far it stays near that.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Peak {
    pub lambda: f64,
    /// The ends of {λ ≤ 1 : log m(λ) ≥ max − 1.92}.
    pub low: f64,
    pub high: f64,
    /// The likelihood still rises at 1.
    pub capped: bool,
}

/// λ* of some attributes together, whose log likelihoods add. Cost: 161 evaluations and about 100 for the ends.
pub fn peak(columns: &[&Column]) -> Peak {
    let log = |lambda: f64| columns.iter().map(|column| column.log_marginal(lambda)).sum::<f64>();
    let at = |step: i32| LOWEST * 10f64.powf(f64::from(step) / f64::from(TO_A_DECADE));
    let steps = DECADES * TO_A_DECADE;
    let grid: Vec<(f64, f64)> = std::iter::once(0.0).chain((0..=steps).map(at)).map(|lambda| (lambda, log(lambda))).collect();
    let top = (0..grid.len()).fold(0, |best, at| if grid[at].1 > grid[best].1 { at } else { best });
    let (left, right) = (grid[top.saturating_sub(1)].0, grid[(top + 1).min(grid.len() - 1)].0);
    let free = if top == 0 { 0.0 } else { golden(&log, left, right) };
    let lambda = free.min(1.0);
    let floor = log(lambda) - DROP;
    let below = grid.iter().rev().filter(|(at, _)| *at < lambda).find(|(_, value)| *value < floor).map(|(at, _)| *at);
    let above = grid.iter().filter(|(at, _)| *at > lambda && *at < 1.0).find(|(_, value)| *value < floor).map(|(at, _)| *at);
    let low = below.map_or(0.0, |out| crossing(&log, floor, out, lambda));
    let high = match above {
        Some(out) => crossing(&log, floor, out, lambda),
        None if log(1.0) < floor => crossing(&log, floor, 1.0, lambda),
        None => 1.0,
    };
    Peak { lambda, low, high, capped: free > 1.0 }
}

/// Where `log` reaches `floor` between a point outside and one inside, by bisection.
fn crossing(log: &impl Fn(f64) -> f64, floor: f64, mut outside: f64, mut inside: f64) -> f64 {
    for _ in 0..40 {
        let middle = 0.5 * (outside + inside);
        if log(middle) < floor { outside = middle } else { inside = middle }
    }
    inside
}

/// The maximum of a function that rises and then falls, by golden sections.
fn golden(log: &impl Fn(f64) -> f64, mut left: f64, mut right: f64) -> f64 {
    const SECTION: f64 = 0.618_033_988_749_894_9;
    for _ in 0..60 {
        let (one, two) = (right - SECTION * (right - left), left + SECTION * (right - left));
        if log(one) < log(two) { left = one } else { right = two }
    }
    0.5 * (left + right)
}

/// lnΓ(x) for x > 0 to about 14 digits: Stirling's series, from 10 on, after the recurrence Γ(x+1) = xΓ(x).
pub(super) fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut product) = (x, 1.0);
    while x < 10.0 {
        product *= x;
        x += 1.0;
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let series =
        inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square * (1.0 / 1680.0 - square * (1.0 / 1188.0)))));
    (x - 0.5) * x.ln() - x + 0.918_938_533_204_672_8 + series - f64::ln(product)
}
