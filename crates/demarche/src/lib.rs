//! Demarche reads news pages and writes down the diplomatic and political steps in them as data: who did what to whom,
//! when, where, on whose word and on what terms; each value with the exact characters that it was read from.
//!
//! The library takes bytes and gives plain data ([`record`]). It opens no connection, reads no clock and keeps no
//! global state. Offsets are byte ranges of [`record::Article::text`] throughout.
//!
//! ```
//! use demarche::{Engine, Options, record::{Page, PageKind}};
//!
//! let engine = Engine::new(Options::default())?;
//! let page = Page {
//!     bytes: b"Kenya on Monday rejected an offer by Uganda to host the talks.".to_vec(),
//!     kind: PageKind::Body,
//!     date: Some("2004-05-12".into()),
//!     ..Page::default()
//! };
//! let reading = engine.read(&page);
//! let event = &reading.events[0];
//! assert_eq!((event.event.as_str(), event.actor[0].country.as_deref()), ("REJECT", Some("KEN")));
//! assert_eq!(event.predicate.span.slice(&reading.article.text), event.predicate.text);
//! # Ok::<(), demarche::Error>(())
//! ```

pub mod codebook;
pub mod error;
pub mod event;
pub mod language;
pub mod link;
pub mod mention;
pub mod page;
pub mod record;

pub use error::Error;

use codebook::Codebook;
use record::{ArticleRef, Page, Reading};
use std::path::{Path, PathBuf};

/// How an engine is to be made.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A folder laid out like `codebook/`; a part that it lacks is taken from the built-in codebook.
    pub codebook: Option<PathBuf>,
    /// A model file made by `training/export.py`, in place of the built-in one. It stays in memory until the program
    /// ends.
    pub model: Option<PathBuf>,
    /// Events below this confidence are left out; the codebook's own measure, from which on F1 is best, if none is
    /// given.
    pub min_confidence: Option<f32>,
}

/// The whole of Demarche: model and codebook, loaded once, used from many threads.
#[derive(Debug)]
pub struct Engine {
    reader: language::Reader,
    book: Codebook,
    least: f32,
}

impl Engine {
    /// Loads the model and the codebook.
    ///
    /// # Errors
    /// A codebook file that is wrong (with file, line and remedy), or a model file that is damaged or of another version.
    pub fn new(options: Options) -> Result<Self, Error> {
        // The two take about as long as one another, so they are loaded side by side.
        let (book, reader) = std::thread::scope(|scope| {
            let book = scope.spawn(|| match &options.codebook {
                Some(dir) => Codebook::load(dir),
                None => Codebook::built_in(),
            });
            let reader = match &options.model {
                Some(file) => read_model(file),
                None => language::Reader::built_in(),
            };
            (book.join(), reader)
        });
        let book = book.map_err(|_| Error::codebook("the codebook could not be loaded"))??;
        let reader = reader?;
        let least = options.min_confidence.unwrap_or(book.confidence.least);
        if !(0.0..=1.0).contains(&least) {
            let fault = Error::option(format!("min_confidence is {least}, no share of 1"));
            return Err(fault.remedy("give a number from 0 to 1"));
        }
        Ok(Engine { reader, book, least })
    }

    /// Reads one page. Any bytes give a reading; what was wrong with them is in the article's notes.
    pub fn read(&self, page: &Page) -> Reading {
        let mut article = page::read(page);
        let parsed = self.reader.read(&article, true);
        article.notes.extend(parsed.notes);
        let mentions = mention::read(&article, &parsed.sentences, &self.book);
        let (mut events, quotations) =
            event::code(&article, &parsed.sentences, &parsed.proposals, &mentions, &self.book, self.least);
        link::within(&article, &mut events);
        let speaks_for = link::speaks_for(&article, &mentions);
        let about = ArticleRef {
            id: article.id.clone(),
            url: article.url.clone(),
            title: article.title.clone(),
            published: article.published.clone(),
            publisher: article.publisher.clone(),
            wire: article.wire.clone(),
        };
        events.iter_mut().for_each(|e| e.article = about.clone());
        Reading { article, sentences: parsed.sentences, mentions, events, quotations, speaks_for }
    }

    /// The codebook that the engine codes by.
    pub fn codebook(&self) -> &Codebook {
        &self.book
    }

    /// The language stage alone, for evaluation and for other uses of its trees.
    pub fn reader(&self) -> &language::Reader {
        &self.reader
    }
}

/// A reader from a model file, which stays in memory.
fn read_model(file: &Path) -> Result<language::Reader, Error> {
    let name = file.display().to_string();
    let bytes = std::fs::read(file).map_err(|e| Error::model(e.to_string()).at(name.as_str(), None))?;
    language::Reader::from_bytes(&name, Box::leak(bytes.into_boxed_slice()))
}

#[cfg(test)]
mod tests {
    /// One engine serves all threads.
    #[test]
    fn engine_is_send_and_sync() {
        fn both<T: Send + Sync>() {}
        both::<super::Engine>();
    }
}
