//! Bytes in, [`Article`] out: title, section, dates, byline, wire credit, captions, pull quotes, body, language.

mod body;
mod build;
mod byline;
mod caption;
mod decode;
mod dom;
mod head;
mod html;
mod line;
mod masthead;
mod meta;
mod prune;
mod scan;
mod scrape;
mod stamp;
#[cfg(test)]
mod tests;
mod twins;
mod wire;
mod words;

use crate::record::{Article, Note, Page, PageKind};
use build::Draft;

/// Bytes of a page that are looked at. Real pages stay far below.
const LIMIT: usize = 8 * 1024 * 1024;

/// Reads the structure of a page. Any bytes give an article; what was wrong with them is in its notes.
///
/// ```
/// use demarche::{page, record::{Page, PageKind}};
/// let page = Page {
///     bytes: b"Ministers met on Monday.\n\nThey will meet again.".to_vec(),
///     kind: PageKind::Body,
///     title: Some("Ministers meet".into()),
///     ..Page::default()
/// };
/// let article = page::read(&page);
/// assert_eq!(article.paragraphs[1].slice(&article.text), "They will meet again.");
/// ```
pub fn read(page: &Page) -> Article {
    let mut notes = Vec::new();
    let html = match page.kind {
        PageKind::Html => true,
        PageKind::Text | PageKind::Body => false,
        PageKind::Detect => looks_like_html(&page.bytes),
    };
    let text = decode::decode(&page.bytes, page.charset.as_deref(), html, &mut notes);
    let mut draft = if page.bytes.iter().all(u8::is_ascii_whitespace) {
        notes.push(Note::new("empty", "the page holds nothing"));
        Draft::default()
    } else if text.is_empty() {
        Draft::default()
    } else if html {
        html::read(&text, page)
    } else if page.kind == PageKind::Body {
        scrape::body(&text)
    } else {
        scrape::read(&text, page.title.as_deref())
    };
    notes.append(&mut draft.notes);
    draft.notes = notes;
    if let Some(title) = page.title.as_deref().filter(|t| !t.trim().is_empty()) {
        draft.title = Some(title.to_owned());
    }
    if let Some(stamp) = page.date.as_deref().and_then(stamp::machine) {
        draft.published = Some(stamp);
    }
    build::article(draft, page)
}

/// True if the first bytes hold a tag that only HTML has.
fn looks_like_html(bytes: &[u8]) -> bool {
    let head = bytes.get(..4096).unwrap_or(bytes);
    // UTF-16 shows as ASCII with a zero at every other byte.
    let head: Vec<u8> = head.iter().filter(|b| **b != 0).map(u8::to_ascii_lowercase).collect();
    let head = String::from_utf8_lossy(&head);
    [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta ",
        "<div",
        "<p>",
        "<p ",
        "<article",
        "<title",
        "<script",
        "<h1",
        "<table",
        "<br>",
        "<?xml",
    ]
    .iter()
    .any(|t| head.contains(t))
}
