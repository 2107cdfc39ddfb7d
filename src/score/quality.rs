//! How good is a set? Which rows pass which check, what of the arguments is read back, what reads badly.

use super::counts::Figure;
use super::observed::Observed;
use crate::verify::mutate::MutationRow;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Mergeable counts of a set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quality {
    pub rows: u64,
    pub valid: u64,
    /// Rows that have goals and sources of their own, so that every check was decidable.
    pub own: u64,
    /// Rows that show no tools: their calls were held against nothing.
    pub without_tools: u64,
    /// Rows that fail each check.
    checks: BTreeMap<String, u64>,
    arguments: u64,
    /// Arguments whose value an independent reader found before the call.
    read: u64,
    sources: BTreeMap<String, u64>,
    /// Messages of users and assistants, and those with each fault of the surface.
    messages: u64,
    faulty: u64,
    surface: BTreeMap<String, u64>,
}

impl Quality {
    pub fn push(&mut self, observed: &Observed) {
        self.rows += 1;
        self.valid += u64::from(observed.valid());
        self.own += u64::from(observed.own);
        self.without_tools += u64::from(observed.visible.is_empty());
        for check in &observed.failed {
            *self.checks.entry(check.clone()).or_default() += 1;
        }
        for argument in observed.calls.iter().flat_map(|call| &call.arguments) {
            self.arguments += 1;
            self.read += u64::from(argument.read);
            *self.sources.entry(argument.source.to_string()).or_default() += 1;
        }
        self.messages += (observed.user.len() + observed.assistant.len()) as u64;
        self.faulty += observed.surface.len() as u64;
        for fault in &observed.surface {
            *self.surface.entry(fault.to_string()).or_default() += 1;
        }
    }

    pub fn merge(&mut self, other: &Quality) {
        self.rows += other.rows;
        self.valid += other.valid;
        self.own += other.own;
        self.without_tools += other.without_tools;
        self.arguments += other.arguments;
        self.read += other.read;
        self.messages += other.messages;
        self.faulty += other.faulty;
        for (own, other) in [(&mut self.checks, &other.checks), (&mut self.sources, &other.sources), (&mut self.surface, &other.surface)] {
            for (name, count) in other {
                *own.entry(name.clone()).or_default() += count;
            }
        }
    }

    /// `power` is what the verifier caught of planted faults, where it was tried.
    pub fn report(&self, power: &[MutationRow]) -> Report {
        let rows = |count: &u64| Check { rows: *count, share: Figure::share(*count, self.rows) };
        Report {
            rows: self.rows,
            valid: self.valid,
            pass_rate: Figure::share(self.valid, self.rows),
            rows_without_tools: self.without_tools,
            rows_with_goals: self.own,
            checks: self.checks.iter().map(|(name, count)| (name.clone(), rows(count))).collect(),
            round_trip: RoundTrip {
                arguments: self.arguments,
                read: Figure::share(self.read, self.arguments),
                sources: self.sources.iter().map(|(name, count)| (name.clone(), *count as f64 / self.arguments.max(1) as f64)).collect(),
            },
            surface: Surface { messages: self.messages, faulty: Figure::share(self.faulty, self.messages), faults: self.surface.clone() },
            power: Power::of(power, self.valid as f64 / self.rows.max(1) as f64),
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Check {
    /// Rows that fail it.
    pub rows: u64,
    pub share: Figure,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RoundTrip {
    pub arguments: u64,
    /// Share that an independent reader finds in what came before the call.
    pub read: Figure,
    /// Share of arguments by source.
    pub sources: BTreeMap<String, f64>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Surface {
    pub messages: u64,
    pub faulty: Figure,
    pub faults: BTreeMap<String, u64>,
}

/// What the verifier catches, and what its verdict is worth.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Power {
    pub planted: u64,
    pub caught: Figure,
    pub by_fault: Vec<MutationRow>,
    /// Estimated share of correct rows before and after the check, when correct rows all pass (Simula): with a the share that passes and k
    /// the kill rate, μ = (a − (1 − k)) / k and E[μ accepted] = μ / a. The check lifts quality if and only if k > 0.
    pub correct_before: f64,
    pub correct_after: f64,
}

impl Power {
    fn of(rows: &[MutationRow], accepted: f64) -> Option<Power> {
        let (planted, caught) = rows.iter().fold((0, 0), |(tried, killed), row| (tried + row.tried, killed + row.killed));
        if planted == 0 {
            return None;
        }
        let kill = caught as f64 / planted as f64;
        let before = if kill > 0.0 { ((accepted - (1.0 - kill)) / kill).clamp(0.0, 1.0) } else { accepted };
        let after = if accepted > 0.0 { (before / accepted).min(1.0) } else { 0.0 };
        Some(Power {
            planted,
            caught: Figure::share(caught, planted),
            by_fault: rows.to_vec(),
            correct_before: before,
            correct_after: after,
        })
    }
}

/// The panel.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    pub rows: u64,
    pub valid: u64,
    pub pass_rate: Figure,
    pub rows_without_tools: u64,
    pub rows_with_goals: u64,
    pub checks: BTreeMap<String, Check>,
    pub round_trip: RoundTrip,
    pub surface: Surface,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub power: Option<Power>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lift_follows_from_the_kill_rate() {
        let row = |tried, killed| MutationRow { name: "x", tried, killed, interval: (0.0, 1.0) };
        // 60% are correct, 90% of the others are caught: 64% pass, and of these 93.75% are correct.
        let power = Power::of(&[row(600, 540), row(400, 360)], 0.64).unwrap();
        assert!((power.correct_before - 0.6).abs() < 1e-9 && (power.correct_after - 0.9375).abs() < 1e-9, "{power:?}");
        // A check that catches nothing lifts nothing.
        let power = Power::of(&[row(100, 0)], 1.0).unwrap();
        assert_eq!((power.correct_before, power.correct_after), (1.0, 1.0));
        assert_eq!(Power::of(&[], 0.5), None);
    }
}
