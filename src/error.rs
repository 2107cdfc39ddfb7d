//! What can go wrong, told as file, line, pointer, message and cure; and the exit code of each kind.

use std::path::PathBuf;

/// Exit codes of the program. They are stable: scripts rely on them.
pub mod exit {
    /// Everything that was asked for was done.
    pub const DONE: u8 = 0;
    /// The command line is wrong.
    pub const USAGE: u8 = 2;
    /// An input is missing or unusable.
    pub const BAD_INPUT: u8 = 3;
    /// The output could not be written, or not all of it.
    pub const INCOMPLETE: u8 = 4;
    /// A back-end that was asked for failed.
    pub const BACK_END: u8 = 5;
    /// Stopped by a signal.
    pub const INTERRUPTED: u8 = 130;
}

/// A fault in an input: where it is, what is wrong there, and how to cure it.
///
/// `line` and `column` count from 1; 0 means "not known". `message` and `cure` are lower-case fragments.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    pub file: PathBuf,
    pub line: u32,
    pub column: u32,
    /// JSON pointer into the file, empty for the whole.
    pub pointer: String,
    pub message: String,
    pub cure: String,
}

impl Fault {
    pub fn new(file: impl Into<PathBuf>, message: impl Into<String>, cure: impl Into<String>) -> Self {
        Fault { file: file.into(), message: message.into(), cure: cure.into(), ..Fault::default() }
    }

    pub fn at(mut self, line: u32, column: u32) -> Self {
        (self.line, self.column) = (line, column);
        self
    }

    pub fn pointing(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file.display())?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
        }
        if !self.pointer.is_empty() {
            write!(f, " ({})", self.pointer)?;
        }
        write!(f, ": {}", self.message)?;
        if !self.cure.is_empty() {
            write!(f, "; {}", self.cure)?;
        }
        Ok(())
    }
}

/// The library's one error type.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An input file is missing, unreadable or malformed.
    #[error("{0}")]
    Input(Box<Fault>),
    /// Several inputs are at fault.
    #[error("{} faults in the input, the first: {}", .0.len(), .0[0])]
    Inputs(Vec<Fault>),
    /// The request cannot be met with these inputs, for instance a plan that no walk can satisfy.
    #[error("{message}; {cure}")]
    Unsatisfiable { message: String, cure: String },
    /// A program or a service that was asked for did not do its part.
    #[error("{message}; {cure}")]
    BackEnd { message: String, cure: String },
    /// The output could not be written.
    #[error("failed to write {}: {source}", path.display())]
    Output { path: PathBuf, source: std::io::Error },
    /// Our own bug: a worker failed on one dialogue.
    #[error("internal error at dialogue {index}: {message}; please report it with the seed and the catalogs")]
    Internal { index: u64, message: String },
}

impl Error {
    /// The documented exit code of the program for this error.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Input(_) | Error::Inputs(_) | Error::Unsatisfiable { .. } => exit::BAD_INPUT,
            Error::BackEnd { .. } => exit::BACK_END,
            Error::Output { .. } | Error::Internal { .. } => exit::INCOMPLETE,
        }
    }

    pub fn output(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.into();
        move |source| Error::Output { path, source }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Error::Input(Box::new(fault))
    }
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
