//! A reading as records: lines of JSON, or a table.

use crate::args::{Format, What};
use crate::table;
use demarche::record::{Reading, Sentence};
use serde::Serialize;

/// What is to be shown, and how.
#[derive(Debug, Clone)]
pub struct View {
    pub what: What,
    pub format: Format,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether colours are wanted.
    pub colour: bool,
}

/// A sentence with the article that it stands in.
#[derive(Serialize)]
struct SentenceRecord<'r> {
    article: &'r str,
    index: usize,
    text: &'r str,
    #[serde(flatten)]
    sentence: &'r Sentence,
}

/// What stands in an article, with the article.
#[derive(Serialize)]
struct Within<'r, T> {
    article: &'r str,
    #[serde(flatten)]
    record: &'r T,
}

/// The records of a page.
pub fn page(name: &str, reading: &Reading, view: &View) -> Vec<String> {
    if view.format == Format::Table {
        return vec![table::page(name, reading, view)];
    }
    let article = &reading.article;
    match view.what {
        What::Events => reading.events.iter().map(json).collect(),
        What::Articles => vec![json(article)],
        What::Sentences => {
            let record = |(index, sentence): (usize, &Sentence)| {
                json(&SentenceRecord {
                    article: &article.id,
                    index,
                    text: sentence.span.slice(&article.text),
                    sentence,
                })
            };
            reading.sentences.iter().enumerate().map(record).collect()
        }
        // A page that could not be read has no mentions to speak of.
        What::Mentions if article.text.is_empty() => Vec::new(),
        What::Mentions => vec![json(&Within { article: &article.id, record: &reading.mentions })],
        What::Quotations => within(&article.id, &reading.quotations),
        What::SpeaksFor => within(&article.id, &reading.speaks_for),
    }
}

fn within<T: Serialize>(article: &str, records: &[T]) -> Vec<String> {
    records.iter().map(|record| json(&Within { article, record })).collect()
}

/// A record has no map with keys that JSON lacks: it can always be written.
fn json<T: Serialize>(record: &T) -> String {
    serde_json::to_string(record).unwrap_or_default()
}
