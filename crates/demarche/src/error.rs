//! The one error of the library. A bad page is no error (it yields a [`Note`](crate::record::Note)); a bad codebook,
//! model or option is, and says where and what to do.

use std::fmt;

/// What went wrong while an engine was being made, with the file and line where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: Kind,
    file: Option<String>,
    line: Option<usize>,
    message: String,
    remedy: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Codebook,
    Model,
    Option,
}

impl Error {
    /// A fault in a codebook or dictionary file.
    pub fn codebook(message: impl Into<String>) -> Self {
        Self::new(Kind::Codebook, message)
    }

    /// A model file that is missing, damaged or of another version.
    pub fn model(message: impl Into<String>) -> Self {
        Self::new(Kind::Model, message)
    }

    /// An option or value that does not exist.
    pub fn option(message: impl Into<String>) -> Self {
        Self::new(Kind::Option, message)
    }

    fn new(kind: Kind, message: impl Into<String>) -> Self {
        Error { kind, file: None, line: None, message: message.into(), remedy: None }
    }

    /// Names the file, and the line counted from 1, that the fault was found in.
    #[must_use]
    pub fn at(mut self, file: impl Into<String>, line: Option<usize>) -> Self {
        self.file = Some(file.into());
        self.line = line;
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// True for a fault in a codebook or dictionary.
    pub fn is_codebook(&self) -> bool {
        self.kind == Kind::Codebook
    }

    /// True for a fault of the model file.
    pub fn is_model(&self) -> bool {
        self.kind == Kind::Model
    }

    /// The file that the fault was found in.
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The line of [`file`](Self::file), counted from 1.
    pub fn line(&self) -> Option<usize> {
        self.line
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => write!(f, "{file}:{line}: ")?,
            (Some(file), None) => write!(f, "{file}: ")?,
            _ => {}
        }
        f.write_str(&self.message)?;
        if let Some(remedy) = &self.remedy {
            write!(f, "; {remedy}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
