//! An HTML page: what it says of itself, what it shows above its text, and the text.

use super::build::Draft;
use super::line::{self, Dated};
use super::words::{count, ends_sentence};
use super::{body, byline, head, meta, scan, stamp, twins, wire};
use crate::record::{Note, Page};
use dom_query::Document;

/// Reads markup into a draft.
pub(super) fn read(html: &str, page: &Page) -> Draft {
    let tidy = scan::tidy(html);
    let mut draft = Draft::default();
    if tidy.cut {
        draft.notes.push(Note::new("cut", "nested too deeply or too large: some markup was left out"));
    }
    let doc = Document::from(tidy.html);
    let meta = meta::read(&doc);
    let seen = head::look(&doc);

    draft.title = head::title(&meta, &seen);
    draft.publisher = head::publisher(&meta, &seen, draft.title.as_deref());
    draft.section = head::section(&meta, &seen, draft.title.as_deref());
    draft.language = meta
        .language
        .as_deref()
        .map(|l| l.trim().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase())
        .filter(|l| l.len() == 2);
    head::dates(&meta, &seen, page.url.as_deref(), &mut draft);
    let (signed, agency) = head::signature(&meta, &seen, draft.publisher.as_deref());
    draft.byline = signed;
    draft.wire = agency;
    if meta.paywalled {
        draft.notes.push(Note::new("paywall", "the page says that its text is for subscribers"));
    }
    if meta.live {
        draft.notes.push(Note::new("live", "a live blog: entries of different times on one page"));
    }

    let found = body::find(doc, draft.title.as_deref(), draft.publisher.as_deref(), &mut draft.notes);
    fill(found, &mut draft);
    // A picture above the story may stand outside of what was taken for its text.
    let mut captions = seen.captions;
    captions.append(&mut draft.captions);
    draft.captions = captions;
    if draft.standfirst.is_none() {
        draft.standfirst = seen.standfirst;
    }
    draft
}

/// Sorts the blocks of the body into what they are.
fn fill(found: body::Found, draft: &mut Draft) {
    draft.captions = found.captions;
    for block in found.blocks {
        let text = block.text;
        if let Some(name) = wire::credit_line(&text) {
            if byline::is_line(&text) {
                byline::merge(&mut draft.byline, byline::read(&text).0);
            }
            draft.wire.get_or_insert_with(|| name.clone());
            continue;
        }
        if byline::is_line(&text) && text.len() < 120 {
            let (signed, name) = byline::read(&text);
            byline::merge(&mut draft.byline, signed);
            if let Some(name) = name {
                draft.wire.get_or_insert_with(|| name.clone());
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
        // Scraps above the first sentence are what is left of the lines around the headline.
        let heading = block.tag.starts_with('h');
        let scrap = count(&text) <= 4
            || (count(&text) <= 16 && (stamp::visible(&text).is_some() || byline::open(&text).is_some()));
        if draft.paragraphs.is_empty() && !ends_sentence(&text) && !heading && scrap {
            continue;
        }
        draft.paragraphs.push(text);
    }
    let (paragraphs, quotes) = twins::part(std::mem::take(&mut draft.paragraphs));
    draft.paragraphs = paragraphs;
    draft.quotes = quotes;
    credit_in_body(draft);
}

/// The agency that the first or last paragraphs name as their source.
pub(super) fn named_in_body(paragraphs: &[String]) -> Option<String> {
    let first = paragraphs.iter().take(2).find_map(|p| wire::dateline(p));
    first.or_else(|| paragraphs.iter().rev().take(2).find_map(|p| wire::closing(p)))
}

/// Takes the agency from the text itself, and the agency's colophon out of it.
pub(super) fn credit_in_body(draft: &mut Draft) {
    if let Some(name) = named_in_body(&draft.paragraphs) {
        draft.wire.get_or_insert_with(|| name.clone());
    }
    while let Some(last) = draft.paragraphs.last() {
        let opens = |what: &str| super::words::strip_prefix_ci(last, what).is_some();
        let colophon = last.len() < 300
            && (last.starts_with('©')
                || opens("copyright")
                || opens("(reporting by")
                || opens("reporting by")
                || opens("(writing by"));
        if !colophon {
            break;
        }
        if opens("(reporting by") && last.contains("diting by") {
            // Only one agency signs so.
            draft.wire.get_or_insert_with(|| "Reuters".to_owned());
        }
        draft.paragraphs.pop();
    }
}
