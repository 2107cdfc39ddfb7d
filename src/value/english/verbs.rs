//! Verb forms, and the everyday verbs of tool descriptions.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Irregular verbs: lemma, past, participle.
#[rustfmt::skip]
const IRREGULAR: &[(&str, &str, &str)] = &[
    ("be", "was", "been"), ("become", "became", "become"), ("begin", "began", "begun"), ("bid", "bid", "bid"),
    ("bind", "bound", "bound"), ("break", "broke", "broken"), ("bring", "brought", "brought"), ("broadcast", "broadcast", "broadcast"),
    ("build", "built", "built"), ("buy", "bought", "bought"), ("catch", "caught", "caught"), ("choose", "chose", "chosen"),
    ("come", "came", "come"), ("cost", "cost", "cost"), ("cut", "cut", "cut"), ("do", "did", "done"), ("draw", "drew", "drawn"),
    ("drive", "drove", "driven"), ("eat", "ate", "eaten"), ("fall", "fell", "fallen"), ("feed", "fed", "fed"),
    ("feel", "felt", "felt"), ("find", "found", "found"), ("fly", "flew", "flown"), ("forecast", "forecast", "forecast"),
    ("forget", "forgot", "forgotten"), ("freeze", "froze", "frozen"), ("get", "got", "gotten"), ("give", "gave", "given"),
    ("go", "went", "gone"), ("grow", "grew", "grown"), ("have", "had", "had"), ("hear", "heard", "heard"), ("hide", "hid", "hidden"),
    ("hold", "held", "held"), ("keep", "kept", "kept"), ("know", "knew", "known"), ("lay", "laid", "laid"), ("lead", "led", "led"),
    ("learn", "learned", "learned"), ("leave", "left", "left"), ("lend", "lent", "lent"), ("let", "let", "let"),
    ("light", "lit", "lit"), ("lose", "lost", "lost"), ("make", "made", "made"), ("mean", "meant", "meant"), ("meet", "met", "met"),
    ("overwrite", "overwrote", "overwritten"), ("override", "overrode", "overridden"), ("pay", "paid", "paid"), ("put", "put", "put"),
    ("read", "read", "read"), ("rebuild", "rebuilt", "rebuilt"), ("redo", "redid", "redone"), ("repay", "repaid", "repaid"),
    ("resend", "resent", "resent"), ("reset", "reset", "reset"), ("rewrite", "rewrote", "rewritten"), ("ride", "rode", "ridden"),
    ("ring", "rang", "rung"), ("rise", "rose", "risen"), ("run", "ran", "run"), ("say", "said", "said"), ("see", "saw", "seen"),
    ("seek", "sought", "sought"), ("sell", "sold", "sold"), ("send", "sent", "sent"), ("set", "set", "set"),
    ("show", "showed", "shown"), ("shut", "shut", "shut"), ("sing", "sang", "sung"), ("sit", "sat", "sat"),
    ("sleep", "slept", "slept"), ("speak", "spoke", "spoken"), ("spend", "spent", "spent"), ("split", "split", "split"),
    ("spread", "spread", "spread"), ("stand", "stood", "stood"), ("swim", "swam", "swum"), ("take", "took", "taken"),
    ("teach", "taught", "taught"), ("tell", "told", "told"), ("think", "thought", "thought"), ("throw", "threw", "thrown"),
    ("undo", "undid", "undone"), ("understand", "understood", "understood"), ("unset", "unset", "unset"), ("wake", "woke", "woken"),
    ("wear", "wore", "worn"), ("win", "won", "won"), ("withdraw", "withdrew", "withdrawn"), ("write", "wrote", "written"),
    ("undergo", "underwent", "undergone"), ("input", "input", "input"), ("bet", "bet", "bet"),
];
/// Verbs of several syllables that double their last letter.
#[rustfmt::skip]
const DOUBLING: &[&str] = &[
    "admit", "begin", "commit", "compel", "confer", "control", "debug", "defer", "equip", "excel", "expel", "forget", "format",
    "infer", "input", "occur", "omit", "patrol", "permit", "prefer", "program", "propel", "rebut", "recur", "refer", "reset",
    "resubmit", "submit", "transfer", "transmit", "unplug", "unpin", "unset", "unsub", "unzip", "upset", "zigzag", "backlog", "unblog",
    "preplan", "kidnap",
];
/// Everyday verbs of tool descriptions and of people who ask for what the tools do.
#[rustfmt::skip]
const LEXICON: &[&str] = &[
    "abort", "accept", "access", "achieve", "acknowledge", "activate", "add", "adjust", "aggregate", "alert", "allocate", "allow",
    "amend", "analyze", "annotate", "answer", "append", "apply", "appoint", "approve", "archive", "arm", "arrange", "ask", "assess",
    "assign", "assist", "attach", "attend", "audit", "authenticate", "authorize", "backup", "ban", "become", "begin", "bid", "bind",
    "block", "book", "bookmark", "borrow", "brew", "brief", "bring", "broadcast", "browse", "build", "bundle", "buy", "cache",
    "calculate", "call", "cancel", "capture", "cast", "certify", "change", "charge", "chart", "chat", "check", "choose", "claim",
    "classify", "clean", "clear", "click", "clone", "close", "collect", "combine", "comment", "commit", "compare", "compile",
    "complete", "compose", "compress", "compute", "concatenate", "conduct", "configure", "confirm", "connect", "consolidate",
    "construct", "consult", "contact", "contribute", "convert", "convey", "cook", "cool", "copy", "correct", "count", "crawl",
    "create", "credit", "crop", "cross", "customize", "cut", "deactivate", "deal", "debit", "debug", "decide", "decline", "decode",
    "decrease", "decrypt", "define", "delay", "delegate", "delete", "deliver", "demonstrate", "deny", "deploy", "deposit", "derive",
    "describe", "design", "detect", "determine", "diagnose", "dial", "dictate", "differentiate", "dim", "disable", "disarm", "discard",
    "disconnect", "discount", "discover", "discuss", "dismiss", "dispatch", "display", "dispute", "divide", "do", "dock", "donate",
    "download", "draft", "drag", "drain", "draw", "drive", "drop", "duplicate", "earn", "echo", "edit", "email", "embed", "emulate",
    "enable", "encode", "encrypt", "end", "enhance", "enroll", "ensure", "enter", "enumerate", "erase", "escalate", "establish",
    "estimate", "evaluate", "examine", "exchange", "execute", "expand", "explain", "explore", "export", "extend", "extract", "feed",
    "fetch", "file", "fill", "filter", "find", "finish", "fit", "fix", "flag", "flip", "fly", "follow", "forecast", "fork", "format",
    "forward", "free", "freeze", "fund", "gather", "generate", "get", "give", "go", "grab", "grant", "greet", "group", "guess",
    "handle", "have", "heat", "help", "hide", "hire", "hit", "hold", "host", "hover", "identify", "import", "improve", "include",
    "increase", "index", "indicate", "inform", "ingest", "initialize", "initiate", "inquire", "insert", "inspect", "install",
    "interpret", "invest", "invite", "invoke", "issue", "join", "keep", "label", "land", "launch", "leave", "lend", "let", "like",
    "link", "list", "listen", "load", "locate", "lock", "log", "look", "lower", "maintain", "make", "manage", "map", "mark", "match",
    "measure", "merge", "message", "migrate", "mix", "modify", "monitor", "mount", "move", "multiply", "mute", "name", "navigate",
    "negotiate", "notify", "obtain", "offer", "onboard", "open", "optimize", "order", "organize", "page", "pair", "park", "parse",
    "pass", "patch", "pause", "pay", "perform", "pick", "pin", "ping", "place", "plan", "play", "plot", "post", "postpone", "predict",
    "press", "preview", "print", "process", "produce", "promote", "prompt", "propose", "provide", "provision", "publish", "pull",
    "purchase", "push", "put", "query", "queue", "quit", "quote", "raise", "rank", "rate", "reactivate", "read", "rebook", "reboot",
    "receive", "recharge", "recommend", "reconcile", "record", "recover", "redeem", "redirect", "reduce", "refill", "refresh",
    "refund", "register", "reject", "release", "reload", "remind", "remove", "rename", "render", "renew", "rent", "reopen", "repair",
    "repeat", "replace", "reply", "report", "repost", "request", "reschedule", "resend", "reserve", "reset", "resize", "resolve",
    "respond", "restart", "restore", "resume", "retrieve", "retry", "return", "reverse", "review", "revoke", "ride", "rotate", "route",
    "run", "sail", "save", "scan", "schedule", "score", "scrape", "scroll", "search", "see", "select", "sell", "send", "set", "share",
    "ship", "show", "shuffle", "shut", "sign", "simulate", "skip", "snooze", "solve", "sort", "speak", "specify", "spend", "split",
    "stage", "start", "stay", "stop", "store", "stream", "study", "submit", "subscribe", "subtract", "suggest", "sum", "summarize",
    "supervise", "supply", "survey", "suspend", "swap", "swipe", "switch", "sync", "synchronize", "tag", "take", "tap", "teach",
    "tell", "terminate", "test", "text", "tip", "toggle", "tokenize", "top", "trace", "track", "trade", "train", "transcribe",
    "transfer", "transform", "translate", "transpose", "travel", "trigger", "trim", "try", "turn", "tweet", "type", "unarchive",
    "unblock", "undo", "unfollow", "uninstall", "unlike", "unlink", "unlock", "unmute", "unpair", "unpin", "unstage", "unsubscribe",
    "update", "upgrade", "upload", "upsert", "use", "vacuum", "validate", "verify", "view", "visit", "visualize", "vote", "wait",
    "wake", "want", "warn", "watch", "water", "wire", "withdraw", "withhold", "write", "zoom",
];
/// Other spellings of our forms.
#[rustfmt::skip]
const BRITISH: &[(&str, &str)] = &[
    ("analyse", "analyze"), ("analyses", "analyze"), ("analysing", "analyze"), ("cancelled", "cancel"), ("cancelling", "cancel"),
    ("organise", "organize"), ("organises", "organize"), ("summarise", "summarize"), ("summarises", "summarize"),
    ("optimise", "optimize"), ("enrol", "enroll"), ("enrols", "enroll"), ("travelled", "travel"), ("travelling", "travel"),
    ("labelled", "label"), ("authorise", "authorize"), ("authorises", "authorize"), ("visualise", "visualize"),
    ("customise", "customize"), ("are", "be"), ("is", "be"),
];

/// Splits a verb from its particle: `look up` → (`look`, ` up`).
fn split(lemma: &str) -> (&str, &str) {
    lemma.split_at(lemma.find([' ', '-']).unwrap_or(lemma.len()))
}

fn irregular(verb: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    IRREGULAR.iter().find(|(lemma, ..)| *lemma == verb)
}

/// The past: `booked`, `sent`, `looked up`.
pub fn past(lemma: &str) -> String {
    let (verb, rest) = split(lemma);
    format!("{}{rest}", irregular(verb).map_or_else(|| regular_past(verb), |(_, past, _)| (*past).to_owned()))
}

/// The past participle: `booked`, `taken`, `set up`.
pub fn participle(lemma: &str) -> String {
    let (verb, rest) = split(lemma);
    format!("{}{rest}", irregular(verb).map_or_else(|| regular_past(verb), |(_, _, participle)| (*participle).to_owned()))
}

fn regular_past(verb: &str) -> String {
    if verb.ends_with('e') {
        return format!("{verb}d");
    }
    match consonant_y(verb) {
        Some(stem) => format!("{stem}ied"),
        None => format!("{}ed", doubled(verb)),
    }
}

/// The third person: `books`, `tries`, `fixes`, `looks up`.
pub fn third_person(lemma: &str) -> String {
    let (verb, rest) = split(lemma);
    let form = match verb {
        "be" => "is".to_owned(),
        "have" => "has".to_owned(),
        _ if ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| verb.ends_with(end)) && !verb.ends_with("oo") => format!("{verb}es"),
        _ => consonant_y(verb).map_or_else(|| format!("{verb}s"), |stem| format!("{stem}ies")),
    };
    format!("{form}{rest}")
}

/// The gerund: `booking`, `planning`, `making`, `looking up`.
pub fn gerund(lemma: &str) -> String {
    let (verb, rest) = split(lemma);
    let silent_e = verb.ends_with('e') && !["ee", "oe", "ye"].iter().any(|end| verb.ends_with(end)) && verb.len() > 2;
    let form = if let Some(stem) = verb.strip_suffix("ie") {
        format!("{stem}ying")
    } else if silent_e {
        format!("{}ing", &verb[..verb.len() - 1])
    } else {
        format!("{}ing", doubled(verb))
    };
    format!("{form}{rest}")
}

fn consonant_y(verb: &str) -> Option<&str> {
    let stem = verb.strip_suffix('y')?;
    stem.chars().next_back().filter(|c| !"aeiou".contains(*c)).map(|_| stem)
}

/// The stem before a vowel ending: the last consonant doubles after one stressed short vowel.
fn doubled(verb: &str) -> String {
    let letters: Vec<char> = verb.chars().collect();
    let vowel = |at: usize| "aeiou".contains(letters[at]) && !(letters[at] == 'u' && at > 0 && letters[at - 1] == 'q');
    let n = letters.len();
    let closed = n >= 3 && !vowel(n - 1) && vowel(n - 2) && !vowel(n - 3) && !"wxy".contains(letters[n - 1]);
    let syllables = (0..n).filter(|&at| vowel(at) && (at == 0 || !vowel(at - 1))).count();
    if closed && (syllables == 1 || DOUBLING.contains(&verb)) { format!("{verb}{}", letters[n - 1]) } else { verb.to_owned() }
}

static FORMS: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    let mut forms = FxHashMap::default();
    let lemmas = || LEXICON.iter().copied().chain(IRREGULAR.iter().map(|(lemma, ..)| *lemma));
    for lemma in lemmas() {
        forms.insert(lemma.to_owned(), lemma);
    }
    for lemma in lemmas() {
        for form in [past(lemma), participle(lemma), third_person(lemma), gerund(lemma)] {
            forms.entry(form).or_insert(lemma);
        }
    }
    // British spellings and doubled letters that our own forms do not use.
    for (form, lemma) in BRITISH {
        forms.entry((*form).to_owned()).or_insert(*lemma);
    }
    forms
});

/// The lemma of any form of an everyday verb, in any case: `Retrieves` → `retrieve`, `sent` → `send`. `None` outside the lexicon.
pub fn lemma_of_verb(word: &str) -> Option<&'static str> {
    FORMS.get(word.to_lowercase().as_str()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rustfmt::skip]
    const CASES: &[(&str, &str, &str, &str)] = &[
        ("book", "booked", "books", "booking"), ("try", "tried", "tries", "trying"), ("plan", "planned", "plans", "planning"),
        ("make", "made", "makes", "making"), ("send", "sent", "sends", "sending"), ("fix", "fixed", "fixes", "fixing"),
        ("submit", "submitted", "submits", "submitting"), ("cancel", "canceled", "cancels", "canceling"),
        ("look up", "looked up", "looks up", "looking up"), ("set up", "set up", "sets up", "setting up"),
        ("reply", "replied", "replies", "replying"), ("go", "went", "goes", "going"), ("play", "played", "plays", "playing"),
        ("agree", "agreed", "agrees", "agreeing"), ("quit", "quitted", "quits", "quitting"), ("tie", "tied", "ties", "tying"),
        ("see", "saw", "sees", "seeing"), ("transfer", "transferred", "transfers", "transferring"),
        ("order", "ordered", "orders", "ordering"), ("visit", "visited", "visits", "visiting"),
        ("zoom", "zoomed", "zooms", "zooming"), ("view", "viewed", "views", "viewing"), ("queue", "queued", "queues", "queuing"),
        ("search", "searched", "searches", "searching"), ("be", "was", "is", "being"),
    ];

    #[test]
    fn forms_follow_the_rules_and_the_exceptions() {
        for &(lemma, past_form, third, ing) in CASES {
            assert_eq!([past(lemma), third_person(lemma), gerund(lemma)], [past_form, third, ing], "{lemma}");
        }
        assert_eq!(participle("take"), "taken");
        assert_eq!(participle("write down"), "written down");
    }

    #[test]
    fn any_form_leads_back_to_its_lemma() {
        for lemma in LEXICON {
            for form in [(*lemma).to_owned(), third_person(lemma), gerund(lemma)] {
                assert!(lemma_of_verb(&form).is_some(), "{form}");
            }
            assert_eq!(lemma_of_verb(&gerund(lemma)), Some(*lemma));
        }
        assert_eq!(lemma_of_verb("Retrieves"), Some("retrieve"));
        assert_eq!(lemma_of_verb("SENT"), Some("send"));
        assert_eq!(lemma_of_verb("cancelled"), Some("cancel"));
        assert_eq!(lemma_of_verb("hotel"), None);
    }

    #[test]
    fn the_lexicon_is_sorted_and_large() {
        assert!(LEXICON.is_sorted(), "{:?}", LEXICON.windows(2).find(|w| w[0] > w[1]));
        assert!(LEXICON.len() >= 200);
    }
}
