//! What the verbs of tools have in common.

use crate::value::english::words_of_identifier;

/// Verbs that mean the same of a tool, and the number of what they do: reading, making, changing, taking away, working out.
const SAME: [(u8, &[&str]); 8] = [
    (0, &["get", "fetch", "retrieve", "read", "show", "obtain", "return", "view"]),
    (0, &["find", "search", "list", "look", "browse", "query"]),
    (1, &["create", "add", "make", "insert", "register", "save"]),
    (1, &["book", "reserve", "order"]),
    (1, &["send", "post", "submit", "publish"]),
    (2, &["update", "modify", "edit", "change", "alter", "set"]),
    (3, &["delete", "remove", "erase", "drop", "destroy"]),
    (4, &["calculate", "compute", "calc", "determine", "estimate"]),
];

/// Verbs of which each does something of its own.
const OWN: [&str; 25] = [
    "assign",
    "unassign",
    "follow",
    "unfollow",
    "cancel",
    "start",
    "stop",
    "archive",
    "unarchive",
    "open",
    "close",
    "enable",
    "disable",
    "approve",
    "reject",
    "lock",
    "unlock",
    "join",
    "leave",
    "upload",
    "download",
    "rename",
    "activate",
    "deactivate",
    "merge",
];

/// Whether two verbs mean the same.
pub(super) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    a == b || SAME.iter().any(|(_, group)| group.contains(&a.as_str()) && group.contains(&b.as_str()))
}

/// What the first verb of a name does.
pub(super) struct Verb {
    word: String,
    does: Option<u8>,
}

impl Verb {
    /// The first word of a name that is a verb of these tables.
    pub(super) fn of(name: &str) -> Option<Verb> {
        let words = words_of_identifier(name).into_iter().map(|word| word.to_lowercase());
        let verb = |word: String| Verb { does: does(&word), word };
        words.map(verb).find(|verb| verb.does.is_some() || OWN.contains(&verb.word.as_str()))
    }

    /// Whether two do different things: listing branches is not creating one, however alike the rest is.
    pub(super) fn differ(a: Option<&Verb>, b: Option<&Verb>) -> bool {
        let (Some(a), Some(b)) = (a, b) else { return false };
        match (a.does, b.does) {
            (None, None) => a.word != b.word,
            // Working something out and getting it may be one thing.
            (Some(0 | 4), Some(0 | 4)) => false,
            (a, b) => a != b,
        }
    }
}

fn does(verb: &str) -> Option<u8> {
    SAME.iter().find(|(_, group)| group.contains(&verb)).map(|(what, _)| *what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differ(a: &str, b: &str) -> bool {
        Verb::differ(Verb::of(a).as_ref(), Verb::of(b).as_ref())
    }

    #[test]
    fn names_with_verbs_of_another_kind_differ() {
        for (a, b) in [("list_branches", "create_branch"), ("assign-user-role", "list-user-role-assignments"), ("follow", "unfollow")] {
            assert!(differ(a, b), "{a} {b}");
        }
        for (a, b) in [("getAltitude", "searchAltitude"), ("reserveTable", "makeReservation"), ("robotMovement", "moveRobot")] {
            assert!(!differ(a, b), "{a} {b}");
        }
        assert!(same("Delete", "drop") && same("pay", "pay") && !same("get", "find"));
    }
}
