//! The lines between a page's headline and its first paragraph, where readers look for who wrote it and when.

use super::dom::{self, Block};
use super::line::{self, Dated};
use super::words::{count, ends_sentence, key};
use super::{byline, stamp};
use crate::record::Stamp;
use dom_query::Document;

/// What those lines say.
#[derive(Debug, Default)]
pub(super) struct Masthead {
    pub dates: Vec<(Dated, Stamp)>,
    /// Dates in lines that hold other words too.
    pub weak: Vec<Stamp>,
    pub signatures: Vec<String>,
    /// The house that a line at the foot names as the owner of rights.
    pub rights: Option<String>,
    /// The first line of the page that says that it dates it.
    pub marked: Option<(Dated, Stamp)>,
}

/// Lines looked at above and below the headline, and below the last paragraph.
const ABOVE: usize = 8;
const BELOW: usize = 30;

pub(super) fn look(doc: &Document) -> Masthead {
    let mut out = Masthead::default();
    let Some(body) = doc.body() else { return out };
    let blocks = dom::blocks(&body);
    let window = doc.select("title").nodes().first().map(|n| key(&n.text())).unwrap_or_default();
    let heads = || blocks.iter().enumerate().filter(|(_, b)| b.tag == "h1");
    let matching = heads().find(|(_, b)| count(&b.text) > 2 && window.contains(&key(&b.text)));
    out.rights =
        blocks.iter().rev().take(40).filter(|b| b.text.len() < 300).find_map(|b| super::scrape::rights(&b.text));
    // Wherever it stands, a line that says of itself that it dates the page is believed when nothing else does.
    out.marked = blocks
        .iter()
        .take(4_000)
        .filter(|b| b.text.len() < 120)
        .filter_map(|b| line::dated(&b.text))
        .find(|(k, _)| *k != Dated::Bare);
    let lower = || {
        blocks.iter().enumerate().find(|(_, b)| {
            matches!(b.tag.as_str(), "h2" | "h3") && count(&b.text) > 2 && window.contains(&key(&b.text))
        })
    };
    let Some((at, _)) = matching.or_else(|| heads().max_by_key(|(_, b)| count(&b.text))).or_else(lower) else {
        return out;
    };
    let mut prose = 0usize;
    let below = blocks.iter().skip(at + 1).take(BELOW).take_while(|b| {
        prose += usize::from(count(&b.text) > 25 && ends_sentence(&b.text));
        prose < 3
    });
    let above = blocks.iter().take(at).skip(at.saturating_sub(ABOVE));
    let near: Vec<&Block> = below.chain(above).collect();
    for (i, block) in near.iter().enumerate() {
        let text = block.text.as_str();
        if count(text) > 24 {
            continue;
        }
        if let Some(dated) = line::dated(text) {
            // `Published` and its date may be two blocks.
            let said = i.checked_sub(1).and_then(|j| near.get(j)).map(|b| key(&b.text)).unwrap_or_default();
            out.dates.push(match dated {
                (Dated::Bare, stamp)
                    if said.ends_with("updated") || said.ends_with("updated on") || said.ends_with("modified") =>
                {
                    (Dated::Modified, stamp)
                }
                other => other,
            });
        } else if let Some(stamp) = stamp::visible(text) {
            out.weak.push(stamp);
        }
        let alone = matches!(
            key(text).as_str(),
            "by" | "written by" | "author" | "authors" | "posted by" | "words by" | "story by" | "reported by"
        );
        if alone {
            if let Some(next) = near.get(i + 1).filter(|n| count(&n.text) <= 8) {
                out.signatures.push(next.text.clone());
            }
        } else if byline::is_line(text) {
            out.signatures.push(text.to_owned());
        } else if let Some(rest) = inside(text) {
            out.signatures.push(rest.to_owned());
        }
    }
    out
}

/// The signature in a line of several things: `14 May 2020 | By Jane Roe | Comment`.
fn inside(text: &str) -> Option<&str> {
    if count(text) > 18 {
        return None;
    }
    let at = [" by ", " By ", "|By ", "•By ", " Author: ", " Written by "]
        .iter()
        .filter_map(|m| text.find(m).map(|i| i + m.len()))
        .min()?;
    let rest = text.get(at..)?;
    let end = rest.find(['|', '•', '·', '—', '(']).unwrap_or(rest.len());
    let name = rest.get(..end)?.trim();
    let capital = name.split(' ').take(2).all(|w| w.starts_with(|c: char| c.is_uppercase()));
    let dated = stamp::visible(text).is_some() || text.contains(['|', '•', '·']);
    (capital && dated && count(name) <= 8).then_some(name)
}
