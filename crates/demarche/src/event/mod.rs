//! What happened: the codebook's frames over the tree and the encoder's proposals, combined into events.

use crate::codebook::Codebook;
use crate::record::{Article, Event, Mentions, Proposal, Sentence};

/// Codes the events of an article, in text order.
pub fn code(
    _article: &Article,
    _sentences: &[Sentence],
    _proposals: &[Proposal],
    _mentions: &Mentions,
    _book: &Codebook,
) -> Vec<Event> {
    Vec::new()
}
