//! An HTML page: what it says of itself, what it shows above its text, and the text.

use super::build::Draft;
use super::line::{self, Dated};
use super::{body, byline, head, meta, scan, wire};
use crate::record::{Note, Page};
use dom_query::Document;

/// Reads markup into a draft.
pub(super) fn read(html: &str, page: &Page) -> Draft {
    let tidy = scan::tidy(html);
    let mut draft = Draft::default();
    if tidy.cut {
        draft.notes.push(Note::new(
            "cut",
            "nested too deeply or too large: some markup was left out",
        ));
    }
    let doc = Document::from(tidy.html);
    let meta = meta::read(&doc);
    let seen = head::look(&doc);

    draft.title = head::title(&meta, &seen);
    draft.publisher = head::publisher(&meta);
    draft.section = head::section(&meta, &seen, draft.title.as_deref());
    draft.language = meta
        .language
        .as_deref()
        .map(|l| {
            l.trim()
                .split(['-', '_'])
                .next()
                .unwrap_or("")
                .to_ascii_lowercase()
        })
        .filter(|l| l.len() == 2);
    head::dates(&meta, &seen, page.url.as_deref(), &mut draft);
    let (signed, agency) = head::signature(&meta, &seen, draft.publisher.as_deref());
    draft.byline = signed;
    draft.wire = agency.map(str::to_owned);
    if meta.paywalled {
        draft.notes.push(Note::new(
            "paywall",
            "the page says that its text is for subscribers",
        ));
    }
    if meta.live {
        draft.notes.push(Note::new(
            "live",
            "a live blog: entries of different times on one page",
        ));
    }

    let found = body::find(doc, draft.title.as_deref(), &meta, &mut draft.notes);
    fill(found, &mut draft);
    if draft.standfirst.is_none() {
        draft.standfirst = seen.standfirst;
    }
    draft
}

/// Sorts the blocks of the body into what they are.
fn fill(found: body::Found, draft: &mut Draft) {
    draft.captions = found.captions;
    draft.quotes = found.quotes;
    for block in found.blocks {
        let text = block.text;
        if let Some(name) = wire::credit_line(&text) {
            draft.wire.get_or_insert_with(|| name.to_owned());
            continue;
        }
        if byline::is_line(&text) && text.len() < 120 {
            let (signed, name) = byline::read(&text);
            byline::merge(&mut draft.byline, signed);
            if let Some(name) = name {
                draft.wire.get_or_insert_with(|| name.to_owned());
            }
            continue;
        }
        if let Some((kind, stamp)) = line::dated(&text) {
            match kind {
                Dated::Modified => drop(draft.modified.get_or_insert(stamp)),
                Dated::Published | Dated::Bare => drop(draft.published.get_or_insert(stamp)),
            }
            continue;
        }
        if line::correction(&text) {
            draft.notes.push(Note::new("correction", text));
            continue;
        }
        if line::paywall(&text) {
            draft.notes.push(Note::new("paywall", text));
            continue;
        }
        draft.paragraphs.push(text);
    }
    credit_in_body(draft);
}

/// An agency that the text itself names at its head or foot.
pub(super) fn credit_in_body(draft: &mut Draft) {
    let first = draft
        .paragraphs
        .iter()
        .take(2)
        .find_map(|p| wire::dateline(p));
    let last = draft
        .paragraphs
        .iter()
        .rev()
        .take(2)
        .find_map(|p| wire::closing(p));
    if let Some(name) = first.or(last) {
        draft.wire.get_or_insert_with(|| name.to_owned());
    }
    // A last paragraph that is only the agency's colophon is not the story.
    while let Some(last) = draft.paragraphs.last() {
        let colophon = last.len() < 200
            && (last.starts_with('©')
                || super::words::strip_prefix_ci(last, "copyright").is_some()
                || super::words::strip_prefix_ci(last, "(reporting by").is_some());
        if !colophon {
            break;
        }
        draft.paragraphs.pop();
    }
}
