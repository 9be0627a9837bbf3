//! Which part of a page is the article, and its blocks.

use super::dom::{self, Block};
use super::words::{count, ends_sentence, key};
use super::{caption, line, prune};
use crate::record::Note;
use dom_query::Document;
use dom_smoothie::{CandidateSelectMode, Config, Readability};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The article's pieces in reading order.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub blocks: Vec<Block>,
    pub captions: Vec<(String, Option<String>)>,
}

/// Finds the article in a tree; `title` is the headline, which is no part of it.
pub(super) fn find(doc: Document, title: Option<&str>, publisher: Option<&str>, notes: &mut Vec<Note>) -> Found {
    prune::prune(&doc);
    let outline = outline(&doc);
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
    let chosen = match content {
        Ok(Some(doc)) => doc.select("#readability-page-1").nodes().first().map(dom::blocks).unwrap_or_default(),
        Ok(None) => Vec::new(),
        Err(_) => {
            notes.push(Note::new("unreadable", "the article could not be told from the page around it"));
            Vec::new()
        }
    };
    // Scoring finds the densest branch; a page that spreads its article over several loses the others.
    let blocks = if prose(&chosen) * 10 < prose(&outline) * 6 { outline } else { chosen };
    sort(blocks, title.map(key).unwrap_or_default().as_str(), publisher)
}

/// Blocks of the element that the page itself names as its content, or of all of it.
fn outline(doc: &Document) -> Vec<Block> {
    let Some(body) = doc.body() else {
        return Vec::new();
    };
    let all = dom::blocks(&body);
    let whole = prose(&all);
    for selector in ["[itemprop='articleBody']", "article", "main", "[role='main']"] {
        let best = doc.select(selector).nodes().iter().take(12).map(dom::blocks).max_by_key(|b| prose(b));
        if let Some(best) = best.filter(|b| prose(b) * 2 > whole) {
            return best;
        }
    }
    all
}

/// Bytes of blocks that read as paragraphs.
fn prose(blocks: &[Block]) -> usize {
    blocks.iter().filter(|b| b.text.len() > 100 && b.link_share() < 0.4 && !b.caption).map(|b| b.text.len()).sum()
}

fn sort(blocks: Vec<Block>, title: &str, publisher: Option<&str>) -> Found {
    let mut found = Found::default();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for block in &blocks {
        *times.entry(key(&block.text)).or_default() += 1;
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for block in blocks {
        let folded = key(&block.text);
        // Some pages carry their whole text twice, for narrow and for wide screens. What is shorter may be a pull quote.
        if !seen.insert(folded.clone()) && count(&block.text) > 70 {
            continue;
        }
        let often = times.get(&folded).copied().unwrap_or(0);
        if block.caption || (often > 2 && block.text.len() > 60) {
            let (words, credit) = caption::read(&block.text).unwrap_or((block.text, None));
            found.captions.push((words, credit));
            continue;
        }
        if let Some((words, credit)) = caption::read(&block.text).filter(|_| count(&block.text) <= 60) {
            found.captions.push((words, credit));
            continue;
        }
        if closer(&block, publisher) {
            // Kept so far to see where it stands.
            found.blocks.push(block);
            continue;
        }
        if folded == title
            || folded.is_empty()
            || line::furniture(&block.text)
            || (!block.table && block.text.len() <= 12 && !block.text.chars().any(char::is_alphabetic))
            || leads_away(&block)
        {
            continue;
        }
        found.blocks.push(block);
    }
    let whole: usize = found.blocks.iter().map(|b| b.text.len()).sum();
    let mut passed = 0usize;
    let end = found.blocks.iter().position(|b| {
        passed += b.text.len();
        passed * 2 > whole && closer(b, publisher)
    });
    if let Some(end) = end {
        found.blocks.truncate(end);
    }
    found.blocks.retain(|b| !closer(b, publisher));
    // Headings that nothing follows spoke of parts that are gone.
    while found.blocks.last().is_some_and(heading) {
        found.blocks.pop();
    }
    found
}

/// True for a line behind which, late in a page, the story is over.
fn closer(block: &Block, publisher: Option<&str>) -> bool {
    (heading(block) || count(&block.text) <= 4) && line::closes(&block.text, publisher)
}

fn heading(block: &Block) -> bool {
    matches!(block.tag.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// A line that is a link and no sentence leads to another page.
fn leads_away(block: &Block) -> bool {
    block.link_share() > 0.9
        && count(&block.text) < 30
        && !heading(block)
        && !block.table
        && (block.list || !ends_sentence(&block.text))
}
