//! Messages as they come, put together to a conversation: results find their calls, by id where there is one and by place otherwise.

use crate::formats::conversation::{Call, Flaw, Message};

#[derive(Debug, Default)]
pub(super) struct Builder {
    messages: Vec<Message>,
    /// Calls so far.
    made: usize,
    /// The calls that wait for results.
    open: Vec<Open>,
}

#[derive(Debug)]
struct Open {
    id: Option<String>,
    name: String,
    result: Option<String>,
}

/// A call as it is read, with the id that it has there.
#[derive(Debug)]
pub(super) struct Made {
    pub id: Option<String>,
    pub call: Call,
}

impl Builder {
    /// What the system says; nothing when it says nothing.
    pub(super) fn system(&mut self, text: String, adds: Vec<String>) -> Result<(), Flaw> {
        self.close()?;
        if !text.is_empty() || !adds.is_empty() {
            self.messages.push(Message::System { text, adds });
        }
        Ok(())
    }

    pub(super) fn user(&mut self, text: String) -> Result<(), Flaw> {
        self.close()?;
        self.messages.push(Message::User { text });
        Ok(())
    }

    pub(super) fn assistant(&mut self, text: String, made: Vec<Made>, loss: bool) -> Result<(), Flaw> {
        self.close()?;
        self.wait_for(&made);
        self.messages.push(Message::Assistant { text, calls: made.into_iter().map(|made| made.call).collect(), loss });
        Ok(())
    }

    /// Calls that are a message of their own: they belong to what the assistant has just said or called.
    pub(super) fn calls(&mut self, made: Vec<Made>, loss: bool) -> Result<(), Flaw> {
        let answered = self.open.iter().any(|open| open.result.is_some());
        match self.messages.last_mut() {
            Some(Message::Assistant { calls, .. }) if !answered => {
                calls.extend(made.iter().map(|made| made.call.clone()));
                self.wait_for(&made);
                Ok(())
            }
            _ => self.assistant(String::new(), made, loss),
        }
    }

    fn wait_for(&mut self, made: &[Made]) {
        self.open.extend(made.iter().map(|made| Open { id: made.id.clone(), name: made.call.name.clone(), result: None }));
    }

    /// How many calls wait for a result.
    pub(super) fn waiting(&self) -> usize {
        self.open.iter().filter(|open| open.result.is_none()).count()
    }

    /// The result of the call with that id; without ids, of the first that waits and has that name, if a name is given.
    pub(super) fn result(&mut self, id: Option<&str>, name: Option<&str>, text: String) -> Result<(), Flaw> {
        let waits = |open: &&Open| open.result.is_none();
        let by_id = id.filter(|_| self.open.iter().any(|open| open.id.is_some()));
        let by_name = name.filter(|name| self.open.iter().filter(waits).any(|open| open.name == *name));
        let open = self.open.iter_mut().filter(|open| open.result.is_none()).find(|open| match (by_id, by_name) {
            (Some(id), _) => open.id.as_deref() == Some(id),
            (None, Some(name)) => open.name == name,
            (None, None) => true,
        });
        let open = open.ok_or_else(|| Flaw::NoCall(id.or(name).map_or(String::new(), |of| format!(" (`{of}`)"))))?;
        open.result = Some(text);
        Ok(())
    }

    /// Nobody waits any more, or nobody has a result yet and this is the end.
    fn close(&mut self) -> Result<(), Flaw> {
        if let Some(open) = self.open.iter().find(|open| open.result.is_none()) {
            return Err(Flaw::NoResult(open.name.clone()));
        }
        self.flush();
        Ok(())
    }

    fn flush(&mut self) {
        for open in self.open.drain(..) {
            if let Some(text) = open.result {
                self.messages.push(Message::Tool { call: self.made, text });
            }
            self.made += 1;
        }
    }

    pub(super) fn finish(mut self) -> Result<Vec<Message>, Flaw> {
        if self.waiting() < self.open.len() {
            self.close()?;
        }
        self.flush();
        Ok(self.messages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::json::Json;

    fn made(id: Option<&str>, name: &str) -> Made {
        Made { id: id.map(str::to_string), call: Call { name: name.into(), arguments: Json::parse("{}").unwrap() } }
    }

    fn results(messages: &[Message]) -> Vec<(usize, &str)> {
        let result = |message: &'_ Message| matches!(message, Message::Tool { .. });
        messages
            .iter()
            .filter(|message| result(message))
            .map(|message| match message {
                Message::Tool { call, text } => (*call, text.as_str()),
                _ => unreachable!(),
            })
            .collect()
    }

    #[test]
    fn results_stand_in_the_order_of_their_calls() {
        let mut builder = Builder::default();
        builder.user("hi".into()).unwrap();
        builder.assistant(String::new(), vec![made(Some("x"), "a"), made(Some("y"), "b")], true).unwrap();
        builder.result(Some("y"), None, "second".into()).unwrap();
        builder.result(Some("x"), None, "first".into()).unwrap();
        builder.assistant("done".into(), vec![], true).unwrap();
        builder.calls(vec![made(None, "c")], true).unwrap();
        let messages = builder.finish().unwrap();
        assert_eq!(results(&messages), [(0, "first"), (1, "second")]);
        assert!(matches!(&messages[4], Message::Assistant { text, calls, .. } if text == "done" && calls.len() == 1));
    }

    #[test]
    fn without_ids_the_name_decides_and_then_the_place() {
        let mut builder = Builder::default();
        builder.calls(vec![made(None, "a"), made(None, "b"), made(None, "a")], true).unwrap();
        for (name, text) in [(Some("b"), "1"), (None, "2"), (Some("unknown"), "3")] {
            builder.result(None, name, text.into()).unwrap();
        }
        assert_eq!(results(&builder.finish().unwrap()), [(0, "2"), (1, "1"), (2, "3")]);
    }

    #[test]
    fn a_result_too_many_or_too_few_is_told() {
        let mut builder = Builder::default();
        assert_eq!(builder.result(Some("x"), None, "1".into()), Err(Flaw::NoCall(" (`x`)".into())));
        builder.calls(vec![made(Some("x"), "a"), made(Some("y"), "b")], true).unwrap();
        assert_eq!(builder.result(Some("z"), None, "1".into()), Err(Flaw::NoCall(" (`z`)".into())));
        builder.result(Some("x"), None, "1".into()).unwrap();
        assert_eq!(builder.user("and?".into()), Err(Flaw::NoResult("b".into())));
        assert_eq!(builder.finish(), Err(Flaw::NoResult("b".into())));
    }
}
