//! Words that values are made of: pools of entries, and the rules that say which pool a name asks for.
//!
//! `plans/values/*.txt` holds pools as `== name` and one entry a line. An entry may name other pools (`The {hotel.adjective} Inn`) and
//! number ranges (`{12-240}`). `rules.txt` holds `pool (semantic types): name, other name` lines; `cities.txt` one city a line.

use crate::value::SemType;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const FILES: &[&str] = &[
    include_str!("../../plans/values/people.txt"),
    include_str!("../../plans/values/places.txt"),
    include_str!("../../plans/values/arts.txt"),
    include_str!("../../plans/values/work.txt"),
    include_str!("../../plans/values/shop.txt"),
    include_str!("../../plans/values/food.txt"),
    include_str!("../../plans/values/words.txt"),
    include_str!("../../plans/values/kinds.txt"),
    include_str!("../../plans/values/texts.txt"),
    include_str!("../../plans/values/technical.txt"),
    include_str!("../../plans/values/media.txt"),
    include_str!("../../plans/values/software.txt"),
    include_str!("../../plans/values/market.txt"),
    include_str!("../../plans/values/subjects.txt"),
];
const RULES: &str = include_str!("../../plans/values/rules.txt");
const CITIES: &str = include_str!("../../plans/values/cities.txt");

/// A city with what goes with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct City {
    pub(super) name: &'static str,
    pub(super) country: &'static str,
    /// ISO 3166-1 alpha-2.
    pub(super) country_code: &'static str,
    pub(super) region: &'static str,
    /// Two letters for a state of the United States, else empty.
    pub(super) state: &'static str,
    /// IATA code of its airport.
    pub(super) airport: &'static str,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) timezone: &'static str,
}

/// One line of `rules.txt`.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) pool: &'static str,
    /// Empty: every semantic type.
    sems: Vec<SemType>,
    /// Each a set of words that must all be there.
    phrases: Vec<Vec<&'static str>>,
}

#[derive(Debug)]
pub(super) struct Pools {
    pools: FxHashMap<&'static str, Vec<&'static str>>,
    pub(super) rules: Vec<Rule>,
    pub(super) cities: Vec<City>,
}

pub(super) static POOLS: LazyLock<Pools> = LazyLock::new(Pools::read);

impl Pools {
    fn read() -> Self {
        let mut pools: FxHashMap<&'static str, Vec<&'static str>> = FxHashMap::default();
        for file in FILES {
            let mut name = "";
            for line in lines(file) {
                match line.strip_prefix("== ") {
                    Some(pool) => name = pool.trim(),
                    None => pools.entry(name).or_default().push(line),
                }
            }
        }
        Pools { pools, rules: lines(RULES).filter_map(rule).collect(), cities: lines(CITIES).filter_map(city).collect() }
    }

    /// The entries of a pool; empty when there is none of that name.
    pub(super) fn get(&self, name: &str) -> &[&'static str] {
        self.pools.get(name).map_or(&[], Vec::as_slice)
    }

    /// The pool that is asked for by this word alone: `museum`.
    pub(super) fn called(&self, word: &str) -> Option<&'static str> {
        let is_it = |rule: &&Rule| rule.phrases.iter().any(|phrase| phrase.as_slice() == [word]);
        self.rules.iter().find(is_it).map(|rule| rule.pool)
    }

    pub(super) fn city(&self, name: &str) -> Option<&City> {
        let name = name.split(',').next().unwrap_or(name).trim();
        self.cities.iter().find(|city| city.name.eq_ignore_ascii_case(name))
    }
}

impl City {
    /// How far the other city is, roughly: in degrees.
    pub(super) fn away(&self, other: &City) -> f64 {
        (self.latitude - other.latitude).hypot(self.longitude - other.longitude)
    }
}

impl Rule {
    /// How well the rule fits a place of one of these types: the sum of the weights of the words of its best phrase, with the weight
    /// of the heaviest of them.
    pub(super) fn fit(&self, sems: &[SemType], words: &[(String, u32)]) -> Option<(u32, u32)> {
        if !self.sems.is_empty() && !self.sems.iter().any(|sem| sems.contains(sem)) {
            return None;
        }
        let weight = |word: &str| words.iter().filter(|(have, _)| have == word).map(|(_, weight)| *weight).max();
        let fit = |phrase: &Vec<&str>| {
            let weights: Option<Vec<u32>> = phrase.iter().map(|word| weight(word)).collect();
            weights.map(|weights| (weights.iter().sum(), weights.iter().copied().max().unwrap_or(0)))
        };
        self.phrases.iter().filter_map(fit).max()
    }
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("# "))
}

fn rule(line: &'static str) -> Option<Rule> {
    let (head, tail) = line.split_once(':')?;
    let (pool, sems) = match head.split_once('(') {
        Some((pool, sems)) => (pool.trim(), sems.trim_end_matches(')').split_whitespace().filter_map(sem).collect()),
        None => (head.trim(), Vec::new()),
    };
    let phrases = tail.split(',').map(|phrase| phrase.split_whitespace().collect()).collect();
    Some(Rule { pool, sems, phrases })
}

fn sem(name: &str) -> Option<SemType> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

fn city(line: &'static str) -> Option<City> {
    let mut parts = line.split('|');
    Some(City {
        name: parts.next()?,
        country: parts.next()?,
        country_code: parts.next()?,
        region: parts.next()?,
        state: parts.next()?,
        airport: parts.next()?,
        latitude: parts.next()?.parse().ok()?,
        longitude: parts.next()?.parse().ok()?,
        timezone: parts.next()?,
    })
}
