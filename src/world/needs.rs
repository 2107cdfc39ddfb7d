//! Preconditions: what must be there before a tool can be used, and which tool brings it about.

use super::World;
use super::entity::{one_kind, related};
use crate::catalog::Tool;
use crate::value::english::words_of_identifier;
use indexmap::IndexMap;

/// The state in which somebody is signed in.
const SIGNED_IN: &str = "signed_in";

/// What a tool needs and the world does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// A state (`signed_in`) or an entity (`cart_item`).
    pub need: String,
    /// Names of the tools that bring it about, in the order of the catalog; never empty.
    pub given_by: Vec<String>,
}

/// Which tools bring a state or an entity about.
#[derive(Debug, Default)]
pub(super) struct Givers(IndexMap<String, Vec<String>>);

impl Givers {
    pub(super) fn of(tools: &[Tool]) -> Self {
        let mut givers: IndexMap<String, Vec<String>> = IndexMap::new();
        for tool in tools {
            for given in gives(tool) {
                givers.entry(given).or_default().push(tool.name.clone());
            }
        }
        Givers(givers)
    }

    fn of_need(&self, need: &str) -> &[String] {
        self.0.get(need).map_or(&[], Vec::as_slice)
    }
}

/// What must be there before the tool can be used: as declared, else what its description says.
pub(super) fn needs(tool: &Tool) -> Vec<String> {
    static SAID: std::sync::LazyLock<Option<regex::Regex>> = std::sync::LazyLock::new(|| {
        let log = "(?:log(?:ged|ging)?|sign(?:ed|ing)?)[ -]?in";
        regex::Regex::new(&format!(
            r"(?i)\b(?:after {log}|(?:must|has to|have to|needs? to|should) (?:first )?(?:be )?(?:{log}|authenticated)|requires? (?:[\w']+ ){{0,5}}(?:{log}|authentication|authorization)|only (?:for|when|after) (?:[\w']+ ){{0,2}}{log})"
        ))
        .ok()
    });
    let mut needs = tool.effects.needs.clone();
    if needs.is_empty() && !signs_in(tool) && SAID.as_ref().is_some_and(|said| said.is_match(&tool.description)) {
        needs.push(SIGNED_IN.to_owned());
    }
    needs
}

/// States and entities that a successful call brings about.
pub(super) fn gives(tool: &Tool) -> Vec<String> {
    let mut given = tool.effects.creates.clone();
    if signs_in(tool) && !given.iter().any(|given| given == SIGNED_IN) {
        given.push(SIGNED_IN.to_owned());
    }
    given
}

/// `login`, `user_log_in`, `authenticate`; not `get_login_status`.
fn signs_in(tool: &Tool) -> bool {
    let words = words_of_identifier(&tool.name);
    let has = |word: &str| words.iter().any(|have| have == word);
    let asks = ["get", "check", "list", "status", "is", "history", "logout", "out", "reset", "page", "url"];
    let pair = |a: &str| words.windows(2).any(|pair| pair[0] == a && pair[1] == "in");
    (has("login") || has("signin") || has("authenticate") || pair("log") || pair("sign")) && !asks.iter().any(|word| has(word))
}

impl World {
    /// The first thing that the tool needs and that no call has brought about yet; `None` when it can be used, or when no tool of the
    /// catalog could ever bring it about.
    pub fn missing_precondition(&self, tool: &Tool) -> Option<Missing> {
        let lacking = needs(tool).into_iter().filter(|need| !self.has(need));
        lacking.into_iter().find_map(|need| {
            let givers = self.schemas.givers.of_need(&need);
            let given_by: Vec<String> = givers.iter().filter(|name| **name != tool.name).cloned().collect();
            (!given_by.is_empty()).then_some(Missing { need, given_by })
        })
    }

    /// Whether a state holds or a thing of the kind is there.
    fn has(&self, need: &str) -> bool {
        let is_it = |kind: &Option<String>, stem: &str| match kind {
            Some(kind) => one_kind(kind, need) && related(stem, need) || kind == need,
            None => related(stem, need),
        };
        self.states.contains(need) || self.entities.iter().any(|(key, entity)| !entity.gone && is_it(&entity.kind, &key.0))
    }
}
