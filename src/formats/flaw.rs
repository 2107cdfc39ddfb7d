//! What is wrong with a row that was read.

/// What makes a row none. One of these is told for each bad row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    #[error("not JSON: {0}")]
    Json(String),
    #[error("not a record: {0}")]
    Record(String),
    #[error("not UTF-8 from column {0} on")]
    Utf8(usize),
    #[error("{0} bytes, where a row may have 64 MiB")]
    TooLong(u64),
    #[error("no known format has these columns: {0}")]
    Unknown(String),
    #[error("a row of {row} in a file of {file}")]
    Format { row: String, file: &'static str },
    #[error("the id `{id}` is that of conversation {first} already")]
    Twice { id: String, first: u64 },
    #[error("`{0}` is missing")]
    Missing(&'static str),
    #[error("`{key}` is not {wanted}")]
    Kind { key: String, wanted: &'static str },
    #[error("nobody knows the role `{0}`")]
    Role(String),
    #[error("the arguments of a call to `{0}` are not a JSON object")]
    Arguments(String),
    #[error("a call that cannot be read: {0}")]
    Call(String),
    #[error("a call to `{0}`, which is not offered")]
    NotOffered(String),
    #[error("a result without a call{0}")]
    NoCall(String),
    #[error("a call to `{0}` without a result")]
    NoResult(String),
    #[error("{results} results for {calls} calls")]
    Results { calls: usize, results: usize },
    #[error("two tools have the name `{0}`")]
    TwoTools(String),
    #[error("no messages")]
    Empty,
}

impl Flaw {
    /// The row can be read, and what is said and done in it does not fit together.
    pub fn is_of_talk(&self) -> bool {
        use Flaw::*;
        matches!(self, Arguments(_) | Call(_) | NotOffered(_) | NoCall(_) | NoResult(_) | Results { .. } | TwoTools(_) | Empty)
    }
}
