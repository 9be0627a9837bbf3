//! Actors: every mention that can take part in an event, tied into entities, with country, sector and role.
//!
//! Phrases are found first, those for mere things among them ([`find`]); what their own words tell is kept with the words
//! ([`facts`]); then they are tied into entities ([`tie`]), and what all mentions of one entity tell is weighed ([`settle`]).

mod facts;
mod find;
mod names;
mod phrase;
mod pronoun;
mod quote;
mod settle;
mod tie;
mod who;

use crate::codebook::actors::ActorBook;
use crate::record::{Article, Entity, Sentence};

/// Finds the entities of an article, in order of first mention.
pub fn read(article: &Article, sentences: &[Sentence], book: &ActorBook) -> Vec<Entity> {
    gather(article, sentences, book, false)
}

/// All that is spoken of, things and places too, in order of first mention. What [`read`] gives are the actors of these;
/// the rest matters only to measure how well mentions are tied.
#[doc(hidden)]
pub fn chains(article: &Article, sentences: &[Sentence], book: &ActorBook) -> Vec<Entity> {
    gather(article, sentences, book, true)
}

fn gather(article: &Article, sentences: &[Sentence], book: &ActorBook, all: bool) -> Vec<Entity> {
    let day = article.published.as_ref().map(|p| p.value.as_str());
    let mut candidates = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        candidates.extend(find::candidates(sentence, index, day, book));
    }
    let quotes = quote::find(sentences);
    let ties = tie::tie(&candidates, sentences, &quotes, book);
    settle::entities(article, &ties, all)
}

#[cfg(test)]
mod tests;
