//! Who, when and where: entities with every mention, time expressions, places.

pub mod entity;
pub mod place;
pub mod time;

use crate::codebook::Codebook;
use crate::record::{Article, Mentions, Sentence};

/// Finds the entities, times and places of an article.
pub fn read(article: &Article, sentences: &[Sentence], book: &Codebook) -> Mentions {
    let times = time::read(article, sentences, &book.time);
    let places = place::read(article, sentences, &book.places);
    let entities = entity::read(article, sentences, &book.actors);
    Mentions { entities, times, places }
}
