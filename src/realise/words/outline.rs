//! The outline of a dialogue: what is done in each turn, without words. One turn a line.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Speaker {
    User,
    Assistant,
}

/// One speech act. `values` are said as they are; `canonical` are the same as a call has them.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Act {
    #[serde(default)]
    pub service: String,
    pub act: String,
    #[serde(default)]
    pub slot: String,
    #[serde(default)]
    pub values: Vec<String>,
    #[serde(default)]
    pub canonical: Vec<String>,
}

/// One turn. Keys that the words do not need are passed over.
#[derive(Debug, Clone, Deserialize)]
pub struct OutlineTurn {
    pub dialogue: String,
    pub turn: usize,
    pub role: Speaker,
    #[serde(default)]
    pub acts: Vec<Act>,
    #[serde(default)]
    pub active_intents: Vec<String>,
}

/// The words of one turn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Worded {
    pub dialogue: String,
    pub turn: usize,
    pub role: Speaker,
    pub text: String,
    /// The values as the text says them.
    pub values: Vec<String>,
}
