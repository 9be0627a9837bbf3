//! Which part of a page is the article, and its blocks.

use super::dom::{self, Block};
use super::line;
use super::meta::Meta;
use super::words::{count, key};
use crate::record::Note;
use dom_query::Document;
use dom_smoothie::{CandidateSelectMode, Config, Readability};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The article's pieces in reading order.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub blocks: Vec<Block>,
    pub captions: Vec<(String, Option<String>)>,
    pub quotes: Vec<String>,
}

pub(super) fn find(
    doc: Document,
    title: Option<&str>,
    meta: &Meta,
    notes: &mut Vec<Note>,
) -> Found {
    let mut found = Found::default();
    let config = Config {
        keep_classes: true,
        disable_json_ld: true,
        candidate_select_mode: CandidateSelectMode::DomSmoothie,
        ..Config::default()
    };
    // The port has assertions of its own; a page that trips one must not take the reader down.
    let content = catch_unwind(AssertUnwindSafe(|| {
        let mut reader = Readability::with_document(doc, None, Some(config)).ok()?;
        reader.parse().ok()?;
        Some(reader.doc)
    }));
    let blocks = match content {
        Ok(Some(doc)) => doc
            .select("#readability-page-1")
            .nodes()
            .first()
            .map(dom::blocks)
            .unwrap_or_default(),
        Ok(None) => Vec::new(),
        Err(_) => {
            notes.push(Note::new(
                "unreadable",
                "the article could not be told from the page around it",
            ));
            Vec::new()
        }
    };
    let title = title.map(key).unwrap_or_default();
    for block in blocks {
        if block.caption {
            let (words, credit) = line::caption(&block.text).unwrap_or((block.text, None));
            found.captions.push((words, credit));
            continue;
        }
        if key(&block.text) == title || line::furniture(&block.text) {
            continue;
        }
        if block.link_share() > 0.9 && count(&block.text) < 12 && block.list {
            continue;
        }
        found.blocks.push(block);
    }
    let _ = meta;
    found
}
