//! The tools of a running MCP server: it is started, asked for `tools/list` page by page over its standard streams, and ended.
//!
//! The official client leads the conversation. Beside it everything that the server writes is listened to, for two reasons: the
//! pages are kept as the server wrote them, with what the client does not know, and whatever is no message can be named when the
//! conversation fails.

use super::read::MAX_BYTES;
use crate::error::Error;
use process_wrap::tokio::{ChildWrapper, CommandWrap};
use rmcp::ServiceExt;
use rmcp::model::PaginatedRequestParams;
use rmcp::service::{ClientInitializeError, ServiceError};
use serde_json::{Value, json};
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream};

/// How long a server may take to end by itself when nobody listens any more.
const GRACE: Duration = Duration::from_millis(500);
/// Bytes of what a server complains about that are kept.
const COMPLAINT: usize = 16 << 10;

/// What the server said, as far as it matters.
#[derive(Default)]
struct Heard {
    /// Results with a list of tools that nobody has taken yet.
    pages: Vec<Value>,
    bytes: usize,
    /// The first line that was no message.
    rubbish: Option<String>,
    /// The end of what it wrote to its standard error.
    complaint: Vec<u8>,
    /// It has closed its standard output.
    closed: bool,
    /// What it was asked last.
    asked: &'static str,
}

type Shared = Arc<Mutex<Heard>>;

fn heard<T>(shared: &Shared, f: impl FnOnce(&mut Heard) -> T) -> T {
    f(&mut shared.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The answer of a server to `tools/list`, all pages as one: `{"tools": [...]}`, indented, so that findings have lines.
///
/// `command` is a line for the shell. The server is ended, with all that it started, when it has answered or when `limit` is over.
/// Fails when it cannot be started, ends too early, does not answer in time, refuses, or answers something else.
pub fn listed(command: &str, limit: Duration) -> Result<Vec<u8>, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| failed(command, &format!("cannot be talked to: {error}"), "try again"))?;
    runtime.block_on(async {
        let mut server = start(command).map_err(|error| failed(command, &format!("cannot be started: {error}"), "check the command"))?;
        let said = Shared::default();
        let errors = server.stderr().take().map(|errors| tokio::spawn(keep(errors, said.clone())));
        let talk = async {
            let (Some(input), Some(output)) = (server.stdin().take(), server.stdout().take()) else {
                return Err(("it has no standard streams".to_owned(), false));
            };
            let (near, far) = tokio::io::duplex(64 << 10);
            tokio::spawn(listen(output, far, said.clone()));
            // Servers end when nobody talks to them any more: who ended first is known only now.
            pages((near, input), &said).await.map_err(|reason| (reason, heard(&said, |heard| heard.closed)))
        };
        let outcome = tokio::time::timeout(limit, talk).await;
        let ended = end(server.as_mut()).await;
        if let Some(errors) = errors {
            // Its last words may still be on their way.
            let _ = tokio::time::timeout(GRACE, errors).await;
        }
        match outcome {
            Ok(Ok(tools)) => Ok(serde_json::to_vec_pretty(&json!({"tools": tools})).unwrap_or_default()),
            Ok(Err((reason, first))) => Err(broken(command, &reason, ended.filter(|_| first), &said)),
            Err(_) => Err(silent(command, limit, &said)),
        }
    })
}

/// Starts the command by the shell, in a group of its own: servers are often started by other programs, which end without them.
fn start(command: &str) -> std::io::Result<Box<dyn ChildWrapper>> {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut wrapped = CommandWrap::with_new(shell, |one| {
        one.args([flag, command]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    });
    #[cfg(unix)]
    wrapped.wrap(process_wrap::tokio::ProcessGroup::leader());
    wrapped.wrap(process_wrap::tokio::KillOnDrop);
    wrapped.spawn()
}

/// Waits a little for the server to end, then ends it and its group. The words for how it ended when it did so by itself.
async fn end(server: &mut dyn ChildWrapper) -> Option<String> {
    let status = match tokio::time::timeout(GRACE, server.wait()).await {
        Ok(Ok(status)) => Some(status.to_string()),
        _ => None,
    };
    let _ = tokio::time::timeout(GRACE, Box::into_pin(server.kill())).await;
    status
}

/// Hands every line on to the client, and notes what matters of it.
async fn listen(output: impl AsyncRead + Unpin, mut client: DuplexStream, said: Shared) {
    let mut lines = BufReader::new(output);
    let mut line = Vec::new();
    loop {
        line.clear();
        let limit = MAX_BYTES as u64;
        match (&mut lines).take(limit).read_until(b'\n', &mut line).await {
            Ok(read) if read > 0 => {}
            _ => return heard(&said, |heard| heard.closed = true),
        }
        let go_on = heard(&said, |heard| {
            heard.bytes += line.len();
            note(heard, &line);
            heard.bytes <= MAX_BYTES
        });
        if !go_on || client.write_all(&line).await.is_err() {
            return;
        }
    }
}

fn note(heard: &mut Heard, line: &[u8]) {
    match serde_json::from_slice::<Value>(line) {
        Ok(Value::Object(mut message)) => {
            if let Some(page) = message.get_mut("result").filter(|result| result.get("tools").is_some_and(Value::is_array)) {
                heard.pages.push(page.take());
            }
        }
        _ if line.iter().all(u8::is_ascii_whitespace) => {}
        _ => {
            heard.rubbish.get_or_insert_with(|| shown(&String::from_utf8_lossy(line)));
        }
    }
}

/// Keeps the end of what the server complains about.
async fn keep(mut errors: impl AsyncRead + Unpin, said: Shared) {
    let mut part = [0; 4096];
    while let Ok(read @ 1..) = errors.read(&mut part).await {
        heard(&said, |heard| {
            heard.complaint.extend_from_slice(&part[..read]);
            let old = heard.complaint.len().saturating_sub(COMPLAINT);
            heard.complaint.drain(..old);
        });
    }
}

/// Introduces itself and asks until no page follows. The error is in the words of the client.
async fn pages<I, O>(streams: (I, O), said: &Shared) -> Result<Vec<Value>, String>
where
    I: AsyncRead + Send + Unpin + 'static,
    O: tokio::io::AsyncWrite + Send + Unpin + 'static,
{
    heard(said, |heard| heard.asked = "initialize");
    let client = ().serve(streams).await.map_err(|error| match error {
        ClientInitializeError::TransportError { .. } => gone(said),
        error => error.to_string(),
    })?;
    heard(said, |heard| heard.asked = "tools/list");
    let (mut tools, mut cursors) = (Vec::new(), Vec::<String>::new());
    loop {
        let asked = cursors.last().map(|cursor| PaginatedRequestParams::default().with_cursor(Some(cursor.clone())));
        let answer = client.list_tools(asked).await;
        // What the client cannot read is still what the server said, and the reader of catalogs tells what is wrong with it.
        let mut page = match (heard(said, |heard| heard.pages.drain(..).next()), answer) {
            (Some(page), _) => page,
            (None, Ok(_)) => return Err("the answer has no list of tools".into()),
            (None, Err(ServiceError::TransportSend(_) | ServiceError::TransportClosed)) => return Err(gone(said)),
            (None, Err(error)) => return Err(error.to_string()),
        };
        if let Some(Value::Array(more)) = page.get_mut("tools").map(Value::take) {
            tools.extend(more);
        }
        match page.get("nextCursor").and_then(Value::as_str) {
            None | Some("") => break,
            Some(cursor) if cursors.iter().any(|known| known == cursor) => {
                return Err(format!("page `{}` comes again and again", shown(cursor)));
            }
            Some(cursor) => cursors.push(cursor.to_owned()),
        }
    }
    let _ = tokio::time::timeout(GRACE, client.cancel()).await;
    Ok(tools)
}

/// The server does not listen any more.
fn gone(said: &Shared) -> String {
    heard(said, |heard| heard.closed = true);
    "it has closed its standard input".into()
}

fn failed(command: &str, what: &str, cure: &str) -> Error {
    Error::BackEnd { message: format!("the MCP server `{}` {what}", shown(command)), cure: cure.into() }
}

/// The conversation came to an end that was none; `ended` says how the server ended, if it was the first to do so.
fn broken(command: &str, reason: &str, ended: Option<String>, said: &Shared) -> Error {
    let cure = "start it by hand with the same command, and look at what it writes";
    let (asked, bytes, rubbish) = heard(said, |heard| (heard.asked, heard.bytes, heard.rubbish.is_some()));
    let evidence = evidence(said);
    match ended {
        _ if bytes > MAX_BYTES => failed(command, &format!("wrote more than {} MiB", MAX_BYTES >> 20), cure),
        Some(status) if !rubbish => failed(command, &format!("ended before it had answered `{asked}` ({status}){evidence}"), cure),
        _ => failed(command, &format!("gave no answer to `{asked}` that can be read: {}{evidence}", shown(reason)), cure),
    }
}

fn silent(command: &str, limit: Duration, said: &Shared) -> Error {
    let asked = heard(said, |heard| heard.asked);
    let what = format!("has not answered `{asked}` within {} s{}", limit.as_secs_f64(), evidence(said));
    failed(command, &what, "give it more time with --mcp-timeout, or check that it speaks MCP over its standard streams")
}

/// What the server wrote that was no message, and the last thing that it complained about.
fn evidence(said: &Shared) -> String {
    heard(said, |heard| {
        let rubbish = heard.rubbish.as_ref().map(|line| format!("; it wrote `{line}`, which is no message")).unwrap_or_default();
        let complaint = String::from_utf8_lossy(&heard.complaint);
        let last = complaint.lines().map(str::trim).rfind(|line| !line.is_empty()).map(|line| format!("; its last words: {}", shown(line)));
        rubbish + &last.unwrap_or_default()
    })
}

/// One line, short enough for a message.
fn shown(text: &str) -> String {
    let plain: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(161).collect();
    if plain.chars().count() > 160 { format!("{}…", plain.chars().take(157).collect::<String>()) } else { plain }
}
