//! Which numbers are moments: seconds since 1970, which nobody says.

/// What was done to a thing, as the whole of a name or beside `date`: `created`, `date_create`.
#[rustfmt::skip]
pub(crate) const DONE: &[&str] = &[
    "created", "create", "updated", "update", "modified", "deleted", "delete", "removed", "published", "posted", "uploaded", "edited", "changed",
    "archived", "registered", "sent", "read", "seen", "started", "completed", "finished", "closed", "merged", "opened", "revoked", "failed",
    "cancelled", "canceled", "redeemed", "activated", "timestamp", "ts",
];

/// Whether a number, or a text that is one, of this name is a moment: `created`, `thread_ts`, `post_at`, `date_create`, `last_set`.
pub(crate) fn names_a_moment(words: &[String], description: &str) -> bool {
    const COUNTS: &[&str] = &["number", "count", "how many", "amount", "total", "days", "hours", "minutes", "percent", "expires in"];
    let told = ["unix", "epoch", "timestamp", "seconds since"].iter().any(|mark| description.contains(mark));
    let Some(last) = words.last().map(String::as_str) else { return false };
    // How long it takes is no moment, however it is measured.
    if words.iter().any(|word| matches!(word.as_str(), "count" | "id" | "ttl" | "duration" | "delay" | "interval" | "timezone"))
        || last == "in"
    {
        return false;
    }
    let alone = words.len() == 1 || matches!(words[0].as_str(), "last" | "first" | "latest" | "date" | "time");
    let named = match last {
        "timestamp" | "ts" | "at" if words.len() > 1 || last != "at" => true,
        "on" | "time" | "date" | "expiration" if told => true,
        "epoch" | "endtime" | "starttime" | "latest" | "oldest" => true,
        "set" | "activity" | "seen" | "login" | "accessed" | "used" if words[0] == "last" => true,
        "reply" | "message" if words[0] == "latest" => true,
        "first" | "last" if words[0] == "date" => true,
        "expiration" if words.len() > 1 => true,
        last if DONE.contains(&last) => alone,
        last => words[0] == "date" && words.len() == 2 && last.ends_with("ed"),
    };
    (named || told) && (told || !COUNTS.iter().any(|mark| description.contains(mark)))
}
