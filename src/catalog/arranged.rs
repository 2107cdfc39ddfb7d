//! Which days have to lie ahead: those for which something is arranged.

use super::{Leaf, Tool, ToolClass};
use crate::value::SemType;
use crate::value::english::words_of_identifier;

/// Verbs that arrange something for a day.
const ARRANGE: [&str; 13] =
    ["book", "reserve", "schedule", "reschedule", "rent", "hire", "buy", "purchase", "arrange", "plan", "postpone", "invite", "remind"];
/// Verbs that may arrange something, by what they make.
const MAKE: [&str; 4] = ["create", "add", "make", "set"];
const ARRANGED: [&str; 9] = ["event", "meeting", "reminder", "appointment", "alarm", "booking", "reservation", "trip", "ticket"];
/// Days of tools that only look for what is then arranged.
const COMING: [&str; 4] = ["check", "checkin", "departure", "depart"];
/// Days that have been, whatever is done with them.
const BEHIND: [&str; 8] = ["birth", "birthday", "since", "issue", "issued", "expiry", "expiration", "purchase"];

impl Tool {
    /// Whether a parameter is a day for which this tool arranges something, or looks for what is to be arranged: such a day has not gone by.
    /// Where an exercise was done, or what the weather was like, may be asked for any day.
    pub fn arranges_for(&self, leaf: &Leaf) -> bool {
        let words = words_of_identifier(&leaf.name);
        let says = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        let (verb, object) = (self.phrase.verb.as_str(), self.phrase.object.to_lowercase());
        let arranges = match self.phrase.class {
            ToolClass::Do | ToolClass::Control => {
                ARRANGE.contains(&verb) || (MAKE.contains(&verb) && ARRANGED.iter().any(|thing| object.contains(thing)))
            }
            ToolClass::Find => says(&COMING),
            _ => false,
        };
        leaf.sem == SemType::Date && arranges && !says(&BEHIND)
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::Catalog;

    #[test]
    fn what_is_arranged_is_arranged_for_a_day_to_come() {
        let catalog = Catalog::open(&[]).unwrap();
        let ahead = |tool: &str, name: &str| {
            let tool = catalog.tools.iter().find(|one| one.name == tool).unwrap();
            tool.arranges_for(tool.parameters.iter().find(|leaf| leaf.name == name).unwrap())
        };
        assert!(ahead("create_calendar_event", "date") && ahead("book_hotel_room", "check_in") && ahead("search_hotels", "check_in"));
        assert!(!ahead("list_calendar_events", "date") && !ahead("log_exercise", "date") && !ahead("get_flight_status", "departure_date"));
    }
}
