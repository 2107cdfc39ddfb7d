//! The verb table: what a tool that "retrieves", "books" or "turns off" does, and what people call it.

use crate::catalog::ToolClass;
use crate::value::english;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a verb does to the world, finer than [`ToolClass`]: it decides effects and the shape of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Several things to choose from.
    Find,
    /// One thing or fact.
    Get,
    /// Something new: a booking, a file, a comment.
    Create,
    /// Something is changed.
    Update,
    /// Something is gone.
    Delete,
    /// Something is called off.
    Cancel,
    /// Words go to somebody.
    Send,
    /// A result out of the arguments alone.
    Compute,
    /// A yes or no.
    Check,
    /// A device, a player, a session does something.
    Control,
}

impl Act {
    pub fn class(self) -> ToolClass {
        match self {
            Act::Find => ToolClass::Find,
            Act::Get | Act::Check => ToolClass::Lookup,
            Act::Create | Act::Update => ToolClass::Do,
            Act::Delete | Act::Cancel => ToolClass::Undo,
            Act::Send => ToolClass::Message,
            Act::Compute => ToolClass::Compute,
            Act::Control => ToolClass::Control,
        }
    }
}

/// One verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verb {
    pub lemma: &'static str,
    pub act: Act,
    /// What people say instead of machine words: `find` for "query".
    pub said: &'static str,
    /// `out` where people say "work out".
    pub particle: Option<&'static str>,
    /// The thing that the verb makes, where it is not its object: `booking` for "book".
    pub makes: Option<&'static str>,
}

/// Verbs by what they do. `retrieve=get` is said "get"; `book>booking` makes a booking,
/// `sum=add+up` is said "add up".
const TABLE: &[(Act, &str)] = &[
    (
        Act::Find,
        "find search=find list browse discover=find explore recommend suggest query=find locate=find filter shop scan seek=find enumerate=list \
         lookup=find",
    ),
    (
        Act::Get,
        "get retrieve=get retrive=get fetch=get show view=see read display=show obtain=get access=get return=get provide=get describe see track \
         monitor=track sniff=track inspect=check load=get look=look+up know=check tell=check give=get report=check pull=get grab=get acquire=get download \
         collect=get gather=get expose=get inquire=check consult extract=get capture=get watch crawl=get scrape=get export \
         output=get visualize=show present=show select=choose reveal=show investigate=check research \
         examine=check review=check observe=check preview print trace audit=check debug=check receive=get explain study learn",
    ),
    (
        Act::Create,
        "create add book>booking make order>order buy>order purchase=buy>order reserve>reservation schedule register>registration submit \
         post publish upload>file open associate=add insert=add save store=save write sign>registration subscribe>subscription rent>rental hire>booking \
         apply>application place plan arrange record log file issue enroll>enrollment import fork request attach bookmark=save \
         like rate>rating comment>comment follow pay>payment transfer>transfer deposit>deposit withdraw>withdrawal donate>donation \
         build compose draft design construct=build append=add push commit duplicate=copy copy clone=copy archive backup=back+up \
         invest>investment claim>claim sell>order trade>order bid>bid introduce=add setup=set+up produce=make develop=make establish=set \
         join nominate appoint provision=create allocate=assign mint=create quote>quote deploy charge>payment redeem put=add prepare \
         organize host enqueue=queue queue initialize=set hail>ride vote>vote borrow grant=give offer ship>shipment install pick take implement=set+up name lend bring cook cast attend dispatch=send propose embed program adopt retweet exploit checkout=check+out highlight pitch spawn distribute do top=top+up fund wire>payment rebook>booking park",
    ),
    (
        Act::Update,
        "update edit modify=change change set move rename reschedule extend adjust increase decrease mark confirm approve reject replace \
         assign merge enable disable activate deactivate pin reorder customize configure=set exchange>exchange refund>refund renew upgrade \
         complete accept decline restore patch=update alter=change improve amend=change overwrite=replace sync manage \
         reassign transition=move swap link connect=link promote demote resolve optimize=improve refresh tag label finish dispute>dispute \
         authorize revise=change correct=fix fix repair annotate=label override=replace toggle=switch categorize=sort \
         reset react reopen enhance=improve expand raise lower reduce suspend freeze hide flag postpone dismiss release acknowledge unlink=remove reactivate upsert=update calibrate scale migrate=move reverse clean unarchive=restore map match synchronize=sync prioritize reprioritize star unstar unresolve=reopen escalate align balance stabilize free refill reload unblock restrict deny standardize compact unstage rollback=roll+back heal command self-publish=publish",
    ),
    (
        Act::Delete,
        "delete invalidate=end remove clear demolish erase=delete drop uninstall purge=delete destroy=delete unsubscribe unfollow unlike discard empty wipe=clear \
         detach=remove unpin trim leave truncate=clear unassign=remove ban block kick=remove expunge=delete",
    ),
    (Act::Cancel, "cancel revoke terminate=cancel undo end abort=cancel void=cancel rescind=cancel"),
    (
        Act::Send,
        "send email text message reply forward notify broadcast tweet contact invite share alert remind ask deliver mail=send  respond=reply dm=message announce signal=send inform=tell warn resend acknowledge=confirm prompt=ask instruct=tell",
    ),
    (
        Act::Compute,
        "calculate compute=calculate convert estimate predict evaluate=work+out solve translate summarize generate analyze detect classify \
         compare count determine=work+out measure simulate forecast encode decode encrypt decrypt format parse=read identify recognize=identify \
         transcribe sort sum=add+up multiply divide subtract integrate plot draw diagnose rank roll flip synthesize=make transform=convert \
         rewrite paraphrase process preprocess=process combine split derive=work+out quantify=measure resize crop rotate normalize=clean round correlate=compare \
         minimize maximize fit cluster=group group factor differentiate perform=do calc=calculate approximate=estimate \
         model project=forecast infer=work+out interpolate=estimate score=rate hash compress colorize mix compile proofread \
         answer assess guess interpret=read concatenate=join conjugate demodulate prove align aggregate=add+up randomize=shuffle shuffle segment=split tokenize=split render lemmatize=convert invert outline",
    ),
    (
        Act::Check,
        "check verify=check validate=check test is=check has=check can=check ensure=check authenticate=check are=check does=check",
    ),
    (
        Act::Control,
        "initiate=start play pause stop start turn switch close lock unlock run execute=run navigate=go+to click type press launch=open disconnect login=log \
         logout=log resume skip mute unmute dim shutdown=shut+down restart wait hover=hover drag scroll boot reboot=restart \
         trigger invoke=run call dial begin=start sleep wake mount unmount \
         drive fly fill enter exit zoom ring silence=mute control handle=handle \
         throttle water feed honk brew vacuum emulate conduct=run train stream go repeat listen=listen+to speak keep visit ping snooze irrigate=water purify dispense echo sanitize burn demonstrate=show operate stitch equip tune focus cut hold teach administer=give",
    ),
];

static VERBS: LazyLock<FxHashMap<&'static str, Verb>> = LazyLock::new(|| {
    let mut verbs = FxHashMap::default();
    for (act, row) in TABLE {
        for cell in row.split_whitespace() {
            let (cell, makes) = cell.split_once('>').map_or((cell, None), |(cell, makes)| (cell, Some(makes)));
            let (lemma, said) = cell.split_once('=').unwrap_or((cell, cell));
            let (said, particle) = said.split_once('+').map_or((said, None), |(said, particle)| (said, Some(particle)));
            verbs.entry(lemma).or_insert(Verb { lemma, act: *act, said, particle, makes });
        }
    }
    verbs
});

/// The verb with this base form.
pub fn verb(lemma: &str) -> Option<Verb> {
    VERBS.get(lemma).copied()
}

/// The verb that a word is a form of: `Retrieves`, `booking`, `sent`.
pub fn verb_of(word: &str) -> Option<Verb> {
    let lower = word.to_lowercase();
    // "Un-pins an item".
    let lower = lower.strip_prefix("un-").map_or_else(|| lower.clone(), |rest| format!("un{rest}"));
    verb(&lower)
        .or_else(|| english::lemma_of_verb(&lower).and_then(verb))
        .or_else(|| lower.strip_suffix('s').and_then(verb))
        .or_else(|| lower.strip_suffix("es").and_then(verb))
}

/// Nouns at the end of a name that stand for a verb: `currency_converter`, `sentiment_analysis`.
const AGENTS: &[(&str, &str)] = &[
    ("calculator", "calculate"),
    ("calculation", "calculate"),
    ("converter", "convert"),
    ("conversion", "convert"),
    ("translator", "translate"),
    ("translation", "translate"),
    ("generator", "generate"),
    ("generation", "generate"),
    ("finder", "find"),
    ("planner", "plan"),
    ("checker", "check"),
    ("tracker", "track"),
    ("tracking", "track"),
    ("analyzer", "analyze"),
    ("analysis", "analyze"),
    ("detector", "detect"),
    ("detection", "detect"),
    ("classifier", "classify"),
    ("classification", "classify"),
    ("summarizer", "summarize"),
    ("summarization", "summarize"),
    ("downloader", "download"),
    ("prediction", "predict"),
    ("predictor", "predict"),
    ("estimation", "estimate"),
    ("estimator", "estimate"),
    ("recommendation", "recommend"),
    ("recommendations", "recommend"),
    ("recommender", "recommend"),
    ("registration", "register"),
    ("cancellation", "cancel"),
    ("verification", "verify"),
    ("validation", "validate"),
    ("validator", "validate"),
    ("comparison", "compare"),
    ("simulation", "simulate"),
    ("simulator", "simulate"),
    ("optimization", "optimize"),
    ("recognition", "recognize"),
    ("editor", "edit"),
    ("solver", "solve"),
    ("scheduler", "schedule"),
    ("reservation", "reserve"),
    ("extractor", "extract"),
    ("extraction", "extract"),
    ("paraphraser", "paraphrase"),
    ("spinner", "rewrite"),
    ("expander", "expand"),
    ("simplifier", "rewrite"),
    ("stitcher", "stitch"),
    ("colorizer", "colorize"),
    ("stabilizer", "stabilize"),
    ("changer", "change"),
    ("splicer", "combine"),
    ("searcher", "search"),
    ("uploader", "upload"),
    ("formatter", "format"),
    ("parser", "parse"),
    ("encoder", "encode"),
    ("decoder", "decode"),
    ("compressor", "compress"),
    ("resizer", "resize"),
    ("scraper", "scrape"),
    ("matcher", "match"),
    ("synchronization", "synchronize"),
];

/// The verb that the last noun of a name stands for.
pub fn verb_of_agent(word: &str) -> Option<Verb> {
    AGENTS.iter().find(|(agent, _)| *agent == word).and_then(|(_, lemma)| verb(lemma))
}

/// Words that are verbs at the start of a name only if no thing of that name is meant.
const ALSO_NOUNS: &[&str] = &[
    "book",
    "order",
    "search",
    "text",
    "review",
    "post",
    "track",
    "call",
    "record",
    "report",
    "play",
    "request",
    "list",
    "group",
    "rate",
    "share",
    "file",
    "schedule",
    "email",
    "message",
    "test",
    "plan",
    "design",
    "project",
    "label",
    "tag",
    "model",
    "comment",
    "score",
    "forecast",
    "estimate",
    "query",
    "transfer",
    "quote",
    "water",
    "feed",
    "exchange",
    "refund",
    "return",
    "bid",
    "vote",
    "host",
    "draft",
    "mail",
    "alert",
    "charge",
    "format",
    "plot",
    "rent",
    "link",
    "process",
    "place",
    "answer",
    "trade",
    "count",
    "hash",
    "store",
    "register",
    "measure",
    "present",
    "log",
    "fit",
    "star",
    "name",
    "park",
    "fund",
    "map",
    "match",
    "stream",
    "train",
    "cook",
    "study",
    "visit",
    "ship",
    "offer",
    "free",
    "lower",
    "top",
    "wire",
    "hold",
    "cut",
    "trace",
    "flag",
    "pick",
    "cast",
    "guess",
    "audit",
    "balance",
    "scale",
    "focus",
    "crop",
    "segment",
    "stock",
    "copy",
    "control",
    "monitor",
    "sum",
    "watch",
    "handle",
    "access",
    "output",
    "type",
    "run",
    "ring",
    "drive",
    "command",
    "program",
    "pitch",
    "highlight",
    "compact",
    "retweet",
    "exploit",
    "time",
    "claim",
    "issue",
    "outline",
    "view",
    "roll",
    "factor",
    "sleep",
    "set",
    "watch",
];

/// Whether a verb form is as often a noun: `book`, `order`, `text`.
pub fn is_also_noun(word: &str) -> bool {
    ALSO_NOUNS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_their_verb() {
        for (word, lemma, act) in [
            ("Retrieves", "retrieve", Act::Get),
            ("searches", "search", Act::Find),
            ("booking", "book", Act::Create),
            ("Calculates", "calculate", Act::Compute),
            ("cancels", "cancel", Act::Cancel),
        ] {
            let found = verb_of(word);
            assert_eq!(found.map(|verb| (verb.lemma, verb.act)), Some((lemma, act)), "{word}");
        }
        assert_eq!(verb_of("hotel"), None);
    }

    #[test]
    fn machine_words_have_a_word_that_people_say() {
        assert_eq!(verb("retrieve").map(|verb| verb.said), Some("get"));
        assert_eq!(verb("book").and_then(|verb| verb.makes), Some("booking"));
    }

    #[test]
    fn what_people_say_is_never_a_machine_word() {
        for verb in VERBS.values() {
            assert!(!matches!(verb.said, "retrieve" | "fetch" | "query" | "obtain" | "execute" | "invoke"), "{}", verb.lemma);
        }
    }
}
