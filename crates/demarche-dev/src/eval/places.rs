//! Place names: detection F1, and accuracy within 161 km of those found, on TR-News and GeoVirus.
//!
//! Adjectives of nationality that the gold marks as their country are no places here: they are left out of the gold, and
//! counted in `f1_with_adjectives`. A place that was found without coordinates counts as wrong.

use super::{engine, f1, round};
use demarche::mention::place::kilometres;
use demarche::record::{Page, PageKind};
use quick_xml::events::Event;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// 161 km is 100 miles, the measure of the field.
const NEAR: f64 = 161.0;

#[derive(Default)]
struct Mark {
    words: String,
    start: usize,
    end: usize,
    at: Option<(f64, f64)>,
    kind: String,
}

#[derive(Default)]
struct Doc {
    title: Option<String>,
    url: Option<String>,
    text: String,
    marks: Vec<Mark>,
}

pub fn run(path: &Path, predictions: Option<&Path>) -> Result<Value, String> {
    let engine = engine()?;
    let xml = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let docs = documents(&xml)?;
    let (mut gold, mut adjectives, mut got, mut hit, mut located, mut right) = (0, 0, 0, 0, 0, 0);
    let mut lines = String::new();
    for (number, doc) in docs.iter().enumerate() {
        let page = Page {
            bytes: doc.text.clone().into_bytes(),
            kind: PageKind::Body,
            url: doc.url.clone(),
            title: doc.title.clone(),
            ..Page::default()
        };
        let reading = engine.read(&page);
        let titled = reading.article.title_span;
        let body = reading.article.paragraphs.first().map_or(0, |p| p.start);
        // The article's text is made anew of the body: places are matched by their words, in order of standing.
        let mut found: BTreeMap<&str, Vec<(&demarche::record::Place, bool)>> = BTreeMap::new();
        for place in &reading.mentions.places {
            if titled.is_some_and(|t| t.overlaps(&place.span)) || place.span.start < body {
                continue;
            }
            got += 1;
            found.entry(place.text.as_str()).or_default().push((place, false));
        }
        for mark in &doc.marks {
            let hit_here = found.get_mut(mark.words.as_str()).and_then(|l| l.iter_mut().find(|(_, used)| !*used));
            let Some((place, used)) = hit_here else {
                let adjective = adjective(mark);
                adjectives += usize::from(adjective);
                gold += usize::from(!adjective);
                lines += &format!(
                    "{number}\t{}\t{}\t{}\t\t\n",
                    if adjective { "adjective" } else { "missed" },
                    mark.start,
                    mark.words
                );
                continue;
            };
            *used = true;
            gold += 1;
            hit += 1;
            let Some(at) = mark.at else { continue };
            located += 1;
            let far = place.lat.zip(place.lon).map(|p| kilometres(p, at));
            let good = far.is_some_and(|km| km <= NEAR);
            right += usize::from(good);
            lines += &format!(
                "{number}\t{}\t{}\t{}\t{}, {}, {}\t{}\n",
                if good { "right" } else { "far" },
                mark.start,
                mark.words,
                place.name,
                place.admin1.as_deref().unwrap_or(""),
                place.country.as_deref().unwrap_or(""),
                far.map_or("unknown".into(), |km| format!("{km:.0}")),
            );
        }
        for (words, list) in &found {
            for (place, _) in list.iter().filter(|(_, used)| !used) {
                lines += &format!("{number}\tspurious\t{}\t{words}\t{}\t\n", place.span.start, place.name);
            }
        }
    }
    if let Some(path) = predictions {
        std::fs::write(path, lines).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    let ratio = |a: usize, b: usize| if b == 0 { 0.0 } else { round(a as f64 / b as f64) };
    Ok(json!({
        "task": "places",
        "documents": docs.len(),
        "gold": gold,
        "adjectives": adjectives,
        "precision": ratio(hit, got),
        "recall": ratio(hit, gold),
        "f1": round(f1(hit, got, gold)),
        "f1_with_adjectives": round(f1(hit, got, gold + adjectives)),
        "located": located,
        "within_161_km": ratio(right, located),
    }))
}

/// `French` for France: a country's mark whose words end as adjectives do and whose place has another name.
fn adjective(mark: &Mark) -> bool {
    let country = mark.kind.starts_with("PCL") || mark.kind.starts_with("CONT") || mark.kind.starts_with("RGN");
    let ends = ["an", "ans", "ese", "ish", "ch", "i", "is", "ic", "ek", "ss"].iter().any(|e| mark.words.ends_with(e));
    country
        && ends
        && !["Michigan", "Afghanistan", "Pakistan", "Japan", "Iran", "Sudan", "Jordan"].contains(&mark.words.as_str())
        && !mark.words.ends_with("stan")
}

fn documents(xml: &str) -> Result<Vec<Doc>, String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut docs, mut path, mut words): (Vec<Doc>, Vec<String>, String) = (Vec::new(), Vec::new(), String::new());
    let mut lat: Option<f64> = None;
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(e) => {
                let tag = e.name().as_ref().to_string();
                match tag.as_str() {
                    "article" => docs.push(Doc::default()),
                    "toponym" | "location" => {
                        lat = None;
                        if let Some(d) = docs.last_mut() {
                            d.marks.push(Mark::default());
                        }
                    }
                    _ => {}
                }
                path.push(tag);
                words.clear();
            }
            Event::Text(t) => words += &t,
            Event::CData(t) => words += &t,
            Event::GeneralRef(r) => {
                words += match &*r {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => "",
                };
            }
            Event::End(_) => {
                let tag = path.pop().unwrap_or_default();
                let parent = path.last().map_or("", String::as_str);
                let Some(doc) = docs.last_mut() else { continue };
                let value = words.trim().to_string();
                match (parent, tag.as_str()) {
                    ("article", "title") => doc.title = Some(value),
                    ("article", "url" | "source") => doc.url = Some(value),
                    ("article", "text") => doc.text = std::mem::take(&mut words),
                    (_, tag) => {
                        let Some(mark) = doc.marks.last_mut() else { continue };
                        match (parent, tag) {
                            ("toponym", "phrase") | ("location", "name") => mark.words = value,
                            (_, "start") => mark.start = value.parse().unwrap_or(0),
                            (_, "end") => mark.end = value.parse().unwrap_or(0),
                            ("gaztag", "fcode") => mark.kind = value,
                            (_, "lat") => lat = value.parse().ok(),
                            (_, "lon") => mark.at = lat.zip(value.parse().ok()),
                            _ => {}
                        }
                    }
                }
                words.clear();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    docs.iter_mut().for_each(|d| d.marks.sort_by_key(|m| (m.start, m.end)));
    Ok(docs)
}
