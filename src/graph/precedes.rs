//! `Precedes`: the life cycle of one entity. What creates it comes before what reads, changes or ends it; signing in comes before
//! the tools that need its token.

use super::ToolIx;
use super::build::Draft;
use super::feeds::Scorer;
use super::words::words;
use super::{Relation, RelationKind, Witness};
use crate::catalog::{Catalog, Tool};
use indexmap::IndexMap;
use rayon::prelude::*;

/// Followers of one entity that are compared; enough for any real service.
const FOLLOWERS: usize = 512;

pub(super) fn edges(catalog: &Catalog, scorer: &Scorer, top_k: usize) -> Vec<Draft> {
    let followers = followers(catalog);
    (0..catalog.tools.len())
        .into_par_iter()
        .flat_map_iter(|from| {
            let mut found: Vec<Draft> = Vec::new();
            for entity in begins(&catalog.tools[from]) {
                for &to in followers.get(&entity).into_iter().flatten() {
                    if to != from && !begins(&catalog.tools[to]).contains(&entity) && together(catalog, scorer, from, to) {
                        let weight = scorer.affinity(from, to).clamp(f32::MIN_POSITIVE, 1.0);
                        let relation =
                            Relation { kind: RelationKind::Precedes, weight, witness: Witness::LifeCycle { entity: entity.clone() } };
                        found.push(Draft { from, to, relation });
                    }
                }
            }
            found.sort_by(|a, b| b.relation.weight.total_cmp(&a.relation.weight).then(a.to.cmp(&b.to)));
            found.dedup_by_key(|edge| edge.to);
            found.truncate(top_k);
            found
        })
        .collect()
}

/// What a tool brings into being, in one spelling: the entities it creates, or a session.
fn begins(tool: &Tool) -> Vec<String> {
    let mut out: Vec<String> = tool.effects.creates.iter().map(|entity| key(entity)).collect();
    if signs_in(tool) {
        out.push(SESSION.to_owned());
    }
    out
}

const SESSION: &str = "session";

fn signs_in(tool: &Tool) -> bool {
    let name = words(&tool.name);
    let has = |word: &str| name.iter().any(|found| found == word);
    has("login")
        || has("signin")
        || has("authenticate")
        || has("log") && has("in")
        || has("sign") && has("in")
        || has("get") && has("token")
}

/// For each entity, the tools that presuppose it.
fn followers(catalog: &Catalog) -> IndexMap<String, Vec<ToolIx>> {
    let mut out: IndexMap<String, Vec<ToolIx>> = IndexMap::new();
    for (ix, tool) in catalog.tools.iter().enumerate() {
        let effects = &tool.effects;
        let mut needs: Vec<String> =
            effects.reads.iter().chain(&effects.updates).chain(&effects.deletes).map(|entity| key(entity)).collect();
        if tool.parameters.iter().any(|leaf| words(&leaf.name).last().is_some_and(|word| word == "token")) {
            needs.push(SESSION.to_owned());
        }
        needs.sort_unstable();
        needs.dedup();
        for entity in needs {
            let list = out.entry(entity).or_default();
            if list.len() < FOLLOWERS {
                list.push(ix);
            }
        }
    }
    out
}

/// Two services may both have an `order`: only tools of one domain, or that an id can pass between, share a life cycle.
fn together(catalog: &Catalog, scorer: &Scorer, from: ToolIx, to: ToolIx) -> bool {
    let same_domain = catalog.tools[from].domain == catalog.tools[to].domain;
    let index = &scorer.index;
    let gives = || &index.fields[index.tools[from].fields.clone()];
    same_domain
        || index.parameters[index.tools[to].parameters.clone()].iter().any(|parameter| {
            let wanted = &index.parameter_kinds[parameter.kind];
            wanted.sem == crate::value::SemType::Id && gives().iter().any(|field| index.field_kinds[field.kind].name == wanted.name)
        })
}

fn key(entity: &str) -> String {
    words(entity).join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::Relevance;
    use super::super::testing::{hashed, id, text, tool, travel};
    use super::*;
    use crate::catalog::ToolClass;
    use crate::value::SemType;

    fn pairs(catalog: &Catalog) -> Vec<(ToolIx, ToolIx)> {
        edges(catalog, &Scorer::new(catalog, &hashed, Relevance::Typed), 8).iter().map(|edge| (edge.from, edge.to)).collect()
    }

    #[test]
    fn creation_comes_before_the_end_and_never_after() {
        assert_eq!(pairs(&travel()), [(1, 2)]);
    }

    #[test]
    fn signing_in_comes_before_tools_that_take_a_token() {
        let mut catalog = travel();
        let token = || text("/token", SemType::Id, "The user's token.");
        catalog.tools.push(tool("GetUserToken", "Sign in.", ToolClass::Lookup, vec![], vec![token()]));
        catalog.tools.push(tool("query_balance", "Balance of an account.", ToolClass::Lookup, vec![token()], vec![]));
        assert!(pairs(&catalog).contains(&(5, 6)));
    }

    #[test]
    fn an_order_of_another_service_is_another_order() {
        let mut catalog = travel();
        catalog.tools[2].domain = "elsewhere".into();
        catalog.tools[2].parameters = vec![id("/reference", "ticket")];
        assert!(pairs(&catalog).is_empty());
    }
}
