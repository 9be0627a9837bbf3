//! Actors: every mention that can take part in an event, tied into entities, with country, sector and role.

use crate::codebook::actors::ActorBook;
use crate::record::{Article, Entity, Sentence};

/// Finds the entities of an article, in order of first mention.
pub fn read(_article: &Article, _sentences: &[Sentence], _book: &ActorBook) -> Vec<Entity> {
    Vec::new()
}
