//! Events where there are none: news of sport, weather, accidents, science and culture, from a CSV file with the columns
//! url, date, title and text. Which of its articles these are stands in `data/quiet.txt`.

use super::{engine, round};
use demarche::record::{Page, PageKind};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const QUIET: &str = include_str!("../../data/quiet.txt");

pub fn run(path: &Path, predictions: Option<&Path>) -> Result<Value, String> {
    let engine = engine()?;
    let wanted: BTreeSet<&str> = QUIET.lines().filter(|l| !l.starts_with('#')).collect();
    let mut rows = csv::Reader::from_path(path).map_err(|e| e.to_string())?;
    let (mut articles, mut sentences, mut events) = (0, 0, 0);
    let mut types: BTreeMap<String, usize> = BTreeMap::new();
    let mut written = String::new();
    for row in rows.deserialize::<BTreeMap<String, String>>() {
        let row = row.map_err(|e| format!("{}: {e}", path.display()))?;
        let field = |name: &str| row.get(name).cloned().unwrap_or_default();
        if !wanted.contains(field("url").as_str()) {
            continue;
        }
        let page = Page {
            bytes: field("text").into_bytes(),
            kind: PageKind::Body,
            date: Some(field("date")),
            ..Page::default()
        };
        let reading = engine.read(&page);
        articles += 1;
        sentences += reading.sentences.len();
        events += reading.events.len();
        for e in &reading.events {
            *types.entry(e.event.clone()).or_default() += 1;
            let line = json!({"event": e.event, "confidence": e.confidence, "predicate": e.predicate.text, "sentence": e.sentence.text});
            written.push_str(&format!("{line}\n"));
        }
    }
    if articles == 0 {
        return Err(format!("{}: none of the articles of data/quiet.txt is in it", path.display()));
    }
    if let Some(file) = predictions {
        std::fs::write(file, written).map_err(|e| format!("{}: {e}", file.display()))?;
    }
    Ok(json!({"articles": articles, "sentences": sentences, "events": events,
              "events_in_100_sentences": round(100.0 * f64::from(events as u32) / f64::from(sentences.max(1) as u32)), "types": types}))
}
