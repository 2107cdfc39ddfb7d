//! The system turn: what is known before anybody speaks.

use super::pen::{Pen, fill};
use crate::dialogue::Context;
use crate::value::english;

/// Today's date in words and as ISO, and each fact about the user with its value verbatim.
pub(super) fn text(pen: &mut Pen, context: &Context) -> String {
    let words = context.today.parse::<jiff::civil::Date>().map(in_words).unwrap_or_else(|_| context.today.clone());
    let date = fill(pen.phrase("system_date"), &[("words", &words), ("iso", &context.today)]);
    let mut lines = vec![pen.phrase("system_role").to_owned(), date];
    for (key, value) in &context.user {
        let noun = english::phrase_of_identifier(key);
        let noun = noun.strip_prefix("user ").unwrap_or(&noun).to_owned();
        let value = pen.hold(value.clone(), None, false);
        lines.push(fill(pen.phrase("system_fact"), &[("noun", &noun), ("v", &value)]));
    }
    for policy in &context.policies {
        lines.push(super::recover::policy(pen, policy));
    }
    let rule = pen.phrase("system_rule");
    if !rule.is_empty() && pen.chance(0.5) {
        lines.push(rule.to_owned());
    }
    if pen.chance(0.4) && context.user.is_empty() && context.policies.is_empty() {
        lines.swap(0, 1);
    }
    lines.join(" ")
}

fn in_words(date: jiff::civil::Date) -> String {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    let day = DAYS[(date.weekday().to_monday_zero_offset() as usize) % 7];
    let month = MONTHS[(date.month() as usize + 11) % 12];
    format!("{day}, {month} {}, {}", date.day(), date.year())
}
