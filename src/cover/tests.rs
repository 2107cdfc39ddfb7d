//! Covering arrays, checked by brute force.

use super::tuples::choices;
use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn plain(sizes: &[usize]) -> Space {
    let factor = |(at, size): (usize, &usize)| Factor::new(format!("f{at}"), (0..*size).map(|level| (format!("l{level}"), 1)));
    Space::new(sizes.iter().enumerate().map(factor).collect()).unwrap()
}

/// Every row of the whole product that the rules allow; only for small spaces.
fn possible(space: &Space) -> Vec<Row> {
    let mut rows: Vec<Row> = vec![Vec::new()];
    for factor in &space.factors {
        rows = rows.iter().flat_map(|row| (0..factor.levels.len()).map(move |level| [row.as_slice(), &[level]].concat())).collect();
    }
    let allowed = |row: &Row| space.why_not(&row.iter().copied().enumerate().collect::<Vec<_>>()).is_none();
    rows.into_iter().filter(allowed).collect()
}

fn tuples(rows: &[Row], strength: usize) -> BTreeSet<Vec<(usize, usize)>> {
    let of = |row: &Row| -> Vec<Vec<(usize, usize)>> {
        choices(row.len(), strength).map(|factors| factors.into_iter().map(|factor| (factor, row[factor])).collect()).collect()
    };
    rows.iter().flat_map(of).collect()
}

fn forbid(space: &mut Space, pairs: &[(usize, usize, usize, usize)]) {
    for (a, la, b, lb) in pairs {
        let name =
            |factor: &usize, level: &usize| (space.factors[*factor].name.clone(), space.factors[*factor].levels[*level].name.clone());
        let ((fa, la), (fb, lb)) = (name(a, la), name(b, lb));
        space.forbid(&[(&fa, &[&la]), (&fb, &[&lb])], format!("no {fa}={la} with {fb}={lb}")).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_feasible_combination_occurs_and_no_other(
        sizes in proptest::collection::vec(1usize..4, 3..6),
        strength in 1usize..=3,
        rules in proptest::collection::vec((0usize..6, 0usize..3, 0usize..6, 0usize..3), 0..5),
        seed in 0u64..4,
    ) {
        let mut space = plain(&sizes);
        let rules: Vec<_> = rules.into_iter()
            .map(|(a, la, b, lb)| (a % sizes.len(), la, b % sizes.len(), lb))
            .filter(|(a, la, b, lb)| a != b && *la < sizes[*a] && *lb < sizes[*b])
            .collect();
        forbid(&mut space, &rules);
        let rows = array(&space, strength, seed);
        let feasible = tuples(&possible(&space), strength);
        prop_assert_eq!(tuples(&rows, strength), feasible.clone());
        prop_assert_eq!(&rows, &array(&space, strength, seed));
        // Each row adds no more than the one before it.
        let mut met = BTreeSet::new();
        let mut last = usize::MAX;
        for row in &rows {
            let before = met.len();
            met.extend(tuples(std::slice::from_ref(row), strength));
            let gained = met.len() - before;
            prop_assert!(0 < gained && gained <= last);
            last = gained;
        }
        // What is missing is named, with reasons.
        let cover = Cover::new(space.clone(), strength, seed);
        let all: usize = choices(sizes.len(), strength).map(|factors| factors.iter().map(|factor| sizes[*factor]).product::<usize>()).sum();
        prop_assert_eq!(cover.covered().0, feasible.len());
        prop_assert_eq!(cover.infeasible().is_empty(), feasible.len() == all);
        prop_assert!(cover.infeasible().iter().all(|one| !one.reasons.is_empty()));
    }
}

#[test]
fn twenty_factors_need_few_rows_for_all_pairs() {
    // As many combinations as in the figures that this is measured against: 2,386 pairs, 5.9e10 rows in all.
    let sizes = [6, 6, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3];
    assert_eq!(Cover::new(plain(&sizes), 2, 0).covered().0, 2386);
    let rows = array(&plain(&sizes), 2, 0);
    assert!(rows.len() <= 44, "{}", rows.len());
}

#[test]
fn a_factor_given_in_advance_keeps_its_level_and_the_rest_is_covered_all_the_same() {
    let space = plain(&[3, 3, 2, 2]);
    let mut cover = Cover::new(space.clone(), 2, 1);
    let mut rows = Vec::new();
    // The first factor goes its own way: level 2 comes once in six rows.
    for at in 0..60u64 {
        let own = if at % 6 == 5 { 2 } else { (at % 2) as usize };
        let mut sets = space.open();
        sets[0] = 1 << own;
        let row = cover.next(&sets).unwrap();
        assert_eq!(row[0], own);
        rows.push(row);
    }
    assert!(cover.is_complete());
    assert_eq!(tuples(&rows, 2).len(), cover.covered().0);
    // Three rows of the rarest level are needed, for three levels of the second factor; a few more at most.
    assert!(cover.complete_after.unwrap() <= 30, "{:?}", cover.complete_after);
}

#[test]
fn the_shares_hold_once_everything_is_covered() {
    let mut space = plain(&[3, 4, 2]);
    for (factor, weights) in [vec![70, 20, 10], vec![40, 40, 15, 5], vec![90, 10]].into_iter().enumerate() {
        space.factors[factor].levels.iter_mut().zip(weights).for_each(|(level, weight)| level.weight = weight);
    }
    forbid(&mut space, &[(0, 2, 1, 3)]);
    let mut cover = Cover::new(space.clone(), 3, 5);
    (0..400).for_each(|_| assert!(cover.next(&space.open()).is_some()));
    assert!(cover.is_complete());
    for (factor, of) in space.factors.iter().enumerate() {
        for (level, times) in of.levels.iter().zip(cover.times(factor)) {
            assert!((times - i64::from(level.weight) * 4).abs() <= 2, "{} {}: {times}", of.name, level.name);
        }
    }
}

#[test]
fn a_row_that_the_rules_do_not_leave_is_none() {
    let mut space = plain(&[2, 2]);
    forbid(&mut space, &[(0, 0, 1, 0), (0, 0, 1, 1)]);
    let mut cover = Cover::new(space.clone(), 2, 0);
    assert_eq!(cover.next(&[0b01, 0b11]), None);
    assert!(cover.next(&space.open()).is_some_and(|row| row[0] == 1));
    assert_eq!(cover.infeasible().len(), 1, "the level itself: {:?}", cover.infeasible());
}
