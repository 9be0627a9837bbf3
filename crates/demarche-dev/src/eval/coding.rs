//! The benchmark of `relation`, but the coder is given the sentence alone and must find parties and event itself.

use super::relation::{fold, measures, rows, write};
use super::{engine, round};
use demarche::record::{Actor, Event, Page, PageKind, Span};
use serde_json::{Value, json};
use std::path::Path;

pub fn run(path: &Path, predictions: Option<&Path>) -> Result<Value, String> {
    let engine = engine()?;
    let rows = rows(path)?;
    let (mut got, mut count) = (Vec::new(), 0);
    for row in &rows {
        let page = Page { bytes: row.text.clone().into_bytes(), kind: PageKind::Body, ..Page::default() };
        let reading = engine.read(&page);
        count += reading.events.len();
        let shift = |span: &Span| locate(&reading.article.text, span.slice(&row.text), span.start);
        let (source, target) = (shift(&row.source), shift(&row.target));
        let hits: Vec<&str> =
            reading.events.iter().filter(|e| joins(e, &source, &target)).map(|e| fold(&e.event)).collect();
        let best = hits.iter().find(|k| **k == row.gold).or(hits.first());
        got.push(best.map_or(String::new(), |k| k.to_string()));
    }
    let gold: Vec<String> = rows.iter().map(|r| r.gold.clone()).collect();
    write(predictions, &got)?;
    let mut out = measures(&gold, &got);
    out["events_per_sentence"] = json!(round(count as f64 / rows.len().max(1) as f64));
    out["without_match"] = json!(got.iter().filter(|g| g.is_empty()).count());
    Ok(out)
}

/// Does the event lead from the source to the target, as recipient, fellow actor or third party.
fn joins(e: &Event, source: &Span, target: &Span) -> bool {
    let on = |list: &[Actor], span: &Span| list.iter().any(|a| a.span.overlaps(span));
    on(&e.actor, source) && (on(&e.recipient, target) || on(&e.actor, target) || on(&e.third_party, target))
}

/// Where a piece stands in the article's text, whose white space may have been mended: the occurrence nearest to where
/// it stood.
fn locate(text: &str, piece: &str, near: usize) -> Span {
    let start = text.match_indices(piece).map(|(i, _)| i).min_by_key(|i| i.abs_diff(near)).unwrap_or(near);
    Span::new(start, start + piece.len())
}
