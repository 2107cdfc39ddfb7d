//! X09 `toxic-flow`: One list has all three: a tool that brings in text from strangers, one that reads what is private, and one that sends to the public.

use crate::lint::rules::names::lists;
use crate::lint::rules::prelude::*;
use crate::lint::words::words;
use rayon::prelude::*;

pub(super) struct ToxicFlow;

static DOC: Doc = Doc {
    name: "toxic-flow",
    code: "X09",
    group: Group::Security,
    severity: Info,
    what: "One list has all three: a tool that brings in text from strangers, one that reads what is private, and one that sends to the public.",
    why: "Whoever writes the strangers' text can have the private data sent out. None of the three is at fault alone; all three in one agent are.",
    bad: r#"- name: fetch_page
  description: Fetch a web page from the internet and give its text.
  parameters:
    type: object
    properties:
      url: {type: string, format: uri, description: Address of the page.}
    required: [url]
- name: read_inbox
  description: Read the private mails of the user from the inbox.
  parameters:
    type: object
    properties:
      folder: {type: string, description: Name of the folder.}
- name: post_comment
  description: Post a public comment on a page of the web.
  parameters:
    type: object
    properties:
      text: {type: string, description: The comment.}
    required: [text]
"#,
    good: r#"- name: get_weather
  description: Get the weather of a city.
  parameters:
    type: object
    properties:
      city: {type: string, description: Name of the city.}
    required: [city]
- name: read_inbox
  description: Read the private mails of the user from the inbox.
  parameters:
    type: object
    properties:
      folder: {type: string, description: Name of the folder.}
"#,
    ..Doc::BLANK
};

impl Rule for ToxicFlow {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn catalog(&self, world: &World, out: &mut Out) {
        for tools in lists::of(world) {
            let traits: Vec<Traits> = tools.par_iter().map(|tool| Traits::of(tool)).collect();
            let first = |is: &dyn Fn(&Traits) -> bool| traits.iter().position(is).map(|index| tools[index]);
            let (Some(source), Some(private), Some(sink)) = (first(&|t| t.untrusted), first(&|t| t.private), first(&|t| t.sink)) else {
                continue;
            };
            let message = format!(
                "text from strangers (`{}`), private data (`{}`) and a way out (`{}`) are in one list",
                clip(source.name),
                clip(private.name),
                clip(sink.name)
            );
            out.report_at(sink, Place::Tool, message, "offer them to different agents, or have a person approve what is sent");
        }
    }
}

/// What a tool is in such a flow.
struct Traits {
    untrusted: bool,
    private: bool,
    sink: bool,
}

impl Traits {
    fn of(tool: &ToolView) -> Traits {
        let mut said = tool.description.get(..tool.description.floor_char_boundary(320)).map(words).unwrap_or_default();
        said.truncate(40);
        let name = crate::value::english::words_of_identifier(tool.name);
        let verb = name.iter().map(|word| word.to_lowercase()).collect::<Vec<_>>();
        let any = |list: &[&str]| said.iter().chain(&verb).any(|word| list.contains(&word.as_str()));
        let does = |list: &[&str]| verb.iter().take(2).any(|word| list.contains(&word.as_str()));
        let reads = does(&["get", "read", "list", "fetch", "search", "find", "browse", "view", "scrape", "crawl", "download", "navigate"]);
        let strangers = any(&[
            "web", "internet", "website", "webpage", "url", "urls", "issue", "issues", "comments", "tweets", "reviews", "inbox", "emails",
            "mails", "pull",
        ]);
        let mine = any(&[
            "private",
            "inbox",
            "mailbox",
            "contacts",
            "password",
            "calendar",
            "filesystem",
            "file",
            "files",
            "account",
            "personal",
            "medical",
            "messages",
            "emails",
            "mails",
        ]);
        let out = does(&["send", "post", "publish", "create", "upload", "share", "tweet", "comment", "push", "reply", "submit"])
            && any(&[
                "public",
                "issue",
                "comment",
                "email",
                "mail",
                "message",
                "tweet",
                "post",
                "pull",
                "web",
                "webhook",
                "gist",
                "repository",
            ]);
        Traits { untrusted: reads && strangers, private: reads && mine, sink: out }
    }
}
