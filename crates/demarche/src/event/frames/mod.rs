//! The codebook's frames laid over the tree of each sentence.

pub mod attribution;
pub mod clauses;
mod matcher;
pub mod status;
pub mod tree;

use crate::codebook::events::EventBook;

/// A frame that fits a place in a sentence. All token ranges are of that sentence, first and one past the last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrameMatch {
    /// Index into the sentences given.
    pub sentence: usize,
    /// Words that state the act.
    pub predicate: (usize, usize),
    /// The token that the predicate hangs together by.
    pub head: usize,
    /// Frame id, `reject.decline`.
    pub frame: String,
    /// PLOVER type, or a user's own.
    pub event: String,
    pub mode: Option<String>,
    pub cameo: Option<String>,
    /// Status that the words alone settle.
    pub status: Option<String>,
    /// How far the frame is to be trusted, 0 to 1.
    pub weight: f32,
    pub arguments: Vec<Part>,
}

/// A part of a frame match.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Part {
    /// `actor`, `recipient`, `third_party`, `terms`, `condition`, `deadline`, `speaker`.
    pub role: String,
    /// For third parties: `mediator`, `host` ...
    pub part: Option<String>,
    pub tokens: (usize, usize),
    /// Rule that found it.
    pub rule: String,
}

/// Every frame that fits somewhere in the sentences, in text order, at most one for a predicate's head.
pub fn find(trees: &[tree::Tree], book: &EventBook) -> Vec<FrameMatch> {
    trees.iter().enumerate().flat_map(|(n, tree)| matcher::matches(tree, n, book)).collect()
}

/// The type that the same words state while the act is still to come: CONSULT that is planned is AGREE, RETREAT that is
/// announced is CONCEDE.
pub fn settle<'b>(event: &'b str, status: &str, book: &'b EventBook) -> &'b str {
    match status {
        "planned" | "conditional" => book.get(event).and_then(|t| t.future.as_deref()).unwrap_or(event),
        _ => event,
    }
}

#[cfg(test)]
mod tests;
