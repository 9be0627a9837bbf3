//! Title, day, author and body of pages: one JSON file a page in `ground-truth/`, the pages gzipped in `html/`.

use super::articles::{Sums, body, read, write};
use super::round;
use demarche::record::Article;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Body as in `articles`; of title, day and author the share that is right where the gold has one, and how often one
/// was found where it has none.
pub fn run(path: &Path, predictions: Option<&Path>) -> Result<Value, String> {
    let folder = path.join("ground-truth");
    let entries = std::fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files: Vec<_> = entries
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    let mut sums = Sums::default();
    let mut fields: BTreeMap<&str, Field> = BTreeMap::new();
    let mut lines = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        let gold: Value = serde_json::from_str(&text).map_err(|e| format!("{}: {e}", file.display()))?;
        let name = gold.get("file_id").and_then(Value::as_str).unwrap_or_default();
        let truth = gold.get("ground_truth").cloned().unwrap_or_default();
        let want = |field: &str| truth.get(field).and_then(Value::as_str).filter(|s| !s.trim().is_empty());
        // The address could give away the day, which a reader of the bytes alone does not have.
        let (article, seconds) = read(&path.join("html").join(format!("{name}.html.gz")), None)?;
        let text = body(&article);
        sums.add(want("main_content").unwrap_or(""), &text, seconds);
        let day = article.published.as_ref().and_then(|p| p.value.get(..10)).map(str::to_owned);
        let author = signed(&article);
        fields.entry("title").or_default().add(want("title"), article.title.as_deref(), |a, b| fold(a) == fold(b));
        fields.entry("day").or_default().add(want("publish_date"), day.as_deref(), |a, b| a == b);
        fields.entry("author").or_default().add(want("author"), author.as_deref(), |a, b| names(a) == names(b));
        fields.entry("author_loose").or_default().add(want("author"), author.as_deref(), |a, b| {
            let (a, b) = (fold(a), fold(b));
            a.contains(&b) || b.contains(&a)
        });
        lines.push(json!({
            "file_id": name,
            "ground_truth": { "title": article.title, "author": author, "publish_date": day, "main_content": text },
        }));
    }
    if let Some(file) = predictions {
        write(file, &Value::Array(lines))?;
    }
    let mut out = sums.measures();
    for (name, field) in fields {
        out.insert(name.into(), json!(round(field.right as f64 / field.gold.max(1) as f64)));
        out.insert(format!("{name}_none_right"), json!(round(field.none_right as f64 / field.none.max(1) as f64)));
    }
    Ok(Value::Object(out))
}

#[derive(Default)]
struct Field {
    gold: usize,
    right: usize,
    none: usize,
    none_right: usize,
}

impl Field {
    fn add(&mut self, want: Option<&str>, got: Option<&str>, same: impl Fn(&str, &str) -> bool) {
        match want {
            Some(want) => {
                self.gold += 1;
                self.right += usize::from(got.is_some_and(|got| same(want, got)));
            }
            None => {
                self.none += 1;
                self.none_right += usize::from(got.is_none());
            }
        }
    }
}

/// The signature in one line: the people, else the organisation.
fn signed(article: &Article) -> Option<String> {
    if article.byline.people.is_empty() {
        article.byline.organisation.clone()
    } else {
        Some(article.byline.people.join(", "))
    }
}

/// Words in lower case with single spaces.
fn fold(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

fn names(text: &str) -> BTreeSet<String> {
    text.split([',', ';', '|', '&']).flat_map(|p| p.split(" and ")).map(fold).filter(|n| !n.is_empty()).collect()
}
