//! What a reading is made of: plain data, serialisable, without behaviour of its own.
//!
//! Every [`Span`] is a half-open range `[start, end)` in **bytes** of [`Article::text`]; slicing the text with it gives
//! the `text` field beside it exactly. A value that a page does not support is absent, never guessed.

mod article;
mod event;
mod lookup;
mod mention;
mod syntax;

pub use article::*;
pub use event::*;
pub use mention::*;
pub use syntax::*;

use serde::{Deserialize, Serialize};

/// A half-open range in bytes of the article's text, written `[start, end]` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(from = "[usize; 2]", into = "[usize; 2]")]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to but not including `end`.
    ///
    /// ```
    /// use demarche::record::Span;
    /// let span = Span::new(3, 8);
    /// assert_eq!(span.slice("On Monday"), "Monda");
    /// ```
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// The piece of `text` that the span covers; empty where the span does not fit the text.
    pub fn slice<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// True if the two share at least one byte.
    pub fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True if `other` lies wholly inside.
    pub fn contains(&self, other: &Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// True if the span covers nothing.
    pub fn is_empty(&self) -> bool {
        self.end <= self.start
    }
}

impl From<[usize; 2]> for Span {
    fn from([start, end]: [usize; 2]) -> Self {
        Span { start, end }
    }
}

impl From<Span> for [usize; 2] {
    fn from(span: Span) -> Self {
        [span.start, span.end]
    }
}

/// Something that was wrong or left out, said in place of an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// A short stable word: `empty`, `no-text`, `no-date`, `language`, `cut`, `encoding`, `binary`, `unreadable` ...
    pub kind: String,
    /// For people.
    pub message: String,
}

impl Note {
    /// A note of `kind` with a message for people.
    pub fn new(kind: &str, message: impl Into<String>) -> Self {
        Note { kind: kind.into(), message: message.into() }
    }
}

/// Everything that was read from one page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The page's structure and its one text.
    pub article: Article,
    /// Title, standfirst and body, sentence by sentence, with syntax and names.
    pub sentences: Vec<Sentence>,
    /// Who, when and where.
    pub mentions: Mentions,
    /// What happened.
    pub events: Vec<Event>,
    /// What is said, by whom.
    #[serde(default)]
    pub quotations: Vec<Quotation>,
    /// Who speaks for whom.
    #[serde(default)]
    pub speaks_for: Vec<SpeaksFor>,
}
