//! Article bodies against the form of a public benchmark: `ground-truth.json` with `articleBody` by name, and the pages
//! gzipped in `html/`.

use super::round;
use demarche::page;
use demarche::record::{Article, Page, PageKind};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::time::Instant;

/// Body precision, recall and F1 over 4-gram shingles, each page weighing the same.
pub fn run(path: &Path, predictions: Option<&Path>) -> Result<Value, String> {
    let file = path.join("ground-truth.json");
    let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let gold: Map<String, Value> = serde_json::from_str(&text).map_err(|e| format!("{}: {e}", file.display()))?;
    let mut sums = Sums::default();
    let mut out = Map::new();
    for (name, entry) in &gold {
        let url = entry.get("url").and_then(Value::as_str);
        let (article, seconds) = read(&path.join("html").join(format!("{name}.html.gz")), url)?;
        let body = body(&article);
        sums.add(entry.get("articleBody").and_then(Value::as_str).unwrap_or(""), &body, seconds);
        out.insert(name.clone(), json!({ "articleBody": body, "url": url }));
    }
    if let Some(file) = predictions {
        write(file, &Value::Object(out))?;
    }
    Ok(Value::Object(sums.measures()))
}

/// Reads one gzipped page, without its address where none is known; the second value is the seconds that it took.
pub fn read(file: &Path, url: Option<&str>) -> Result<(Article, f64), String> {
    let raw = std::fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(raw.as_slice())
        .read_to_end(&mut bytes)
        .map_err(|e| format!("{}: {e}", file.display()))?;
    let page = Page { bytes, kind: PageKind::Html, url: url.map(str::to_owned), ..Page::default() };
    let start = Instant::now();
    let article = page::read(&page);
    Ok((article, start.elapsed().as_secs_f64()))
}

/// The body's paragraphs, parted by blank lines.
pub fn body(article: &Article) -> String {
    let paragraphs: Vec<&str> = article.paragraphs.iter().map(|p| p.slice(&article.text)).collect();
    paragraphs.join("\n\n")
}

/// Writes predictions in the form of the gold.
pub fn write(file: &Path, value: &Value) -> Result<(), String> {
    let text = serde_json::to_string_pretty(value).map_err(|e| e.to_string())?;
    std::fs::write(file, text).map_err(|e| format!("{}: {e}", file.display()))
}

/// Sums over pages of each page's own precision and recall.
#[derive(Default)]
pub struct Sums {
    pages: usize,
    precision: f64,
    recall: f64,
    seconds: f64,
}

impl Sums {
    pub fn add(&mut self, gold: &str, got: &str, seconds: f64) {
        let (precision, recall) = overlap(gold, got);
        self.pages += 1;
        self.precision += precision;
        self.recall += recall;
        self.seconds += seconds;
    }

    pub fn measures(&self) -> Map<String, Value> {
        let pages = self.pages.max(1) as f64;
        let (precision, recall) = (self.precision / pages, self.recall / pages);
        let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
        let mut out = Map::new();
        out.insert("pages".into(), json!(self.pages));
        out.insert("body_precision".into(), json!(round(precision)));
        out.insert("body_recall".into(), json!(round(recall)));
        out.insert("body_f1".into(), json!(round(f1)));
        out.insert("pages_per_second".into(), json!(round(self.pages as f64 / self.seconds.max(1e-9))));
        out
    }
}

/// Precision and recall of the shingles of `got` against those of `gold`, each counted as often as it occurs.
fn overlap(gold: &str, got: &str) -> (f64, f64) {
    let (gold, got) = (shingles(gold), shingles(got));
    let common: usize = gold.iter().map(|(s, n)| (*n).min(got.get(s).copied().unwrap_or(0))).sum();
    let share = |total: usize, empty: f64| {
        if total == 0 { empty } else { common as f64 / total as f64 }
    };
    let precision = share(got.values().sum(), if gold.is_empty() { 1.0 } else { 0.0 });
    (precision, share(gold.values().sum(), 1.0))
}

/// Runs of four words with how often each occurs; a shorter text is one run.
fn shingles(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let words: Vec<&str> = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect();
    let mut out = BTreeMap::new();
    if words.is_empty() {
        return out;
    }
    for run in words.windows(words.len().min(4)) {
        *out.entry(run.to_vec()).or_default() += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_counts_runs_as_often_as_they_occur() {
        let rows = [
            ("one two three four", "one two three four", (1.0, 1.0)),
            ("one two three four", "", (0.0, 0.0)),
            ("", "", (1.0, 1.0)),
            ("", "one two", (0.0, 1.0)),
            ("one two", "one, two!", (1.0, 1.0)),
            ("a b c d e", "a b c d", (1.0, 0.5)),
            ("a a a a", "a a a a a", (0.5, 1.0)),
        ];
        let wrong: Vec<_> = rows.iter().filter(|(gold, got, want)| overlap(gold, got) != *want).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
