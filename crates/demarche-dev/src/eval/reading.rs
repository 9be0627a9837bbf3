//! Whole readings against gold: a folder of pages with a gold file each, or a folder of articles read in full.

mod articles;
mod facts;
mod gold;
mod pairs;

use super::engine;
use demarche::record::{Event, Page};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

pub fn run(path: &Path, predictions: Option<&Path>) -> Result<Value, String> {
    let files = files(path)?;
    let read = |p: &PathBuf| fs::read_to_string(p).map_err(|e| format!("{}: {e}", p.display()));
    let parse = |p: &PathBuf| -> Result<Value, String> {
        serde_json::from_str(&read(p)?).map_err(|e| format!("{}: {e}", p.display()))
    };
    let pages: Vec<&PathBuf> = files.iter().filter(|p| has_extension(p, &["txt", "html", "htm"])).collect();
    let mut events: Vec<Event> = Vec::new();
    let measures = if pages.is_empty() {
        let docs: Vec<Value> =
            files.iter().filter(|p| has_extension(p, &["json"])).map(parse).collect::<Result<_, _>>()?;
        if docs.is_empty() || docs.iter().any(|d| d.get("paragraphs").is_none()) {
            return Err(format!("{} holds neither pages with gold files nor articles read in full", path.display()));
        }
        let engine = engine()?;
        for doc in &docs {
            events.extend(engine.read(&articles::page(doc)).events);
        }
        articles::measures(&docs, &events)
    } else {
        let engine = engine()?;
        let mut score = gold::Score::default();
        for page in &pages {
            let gold = gold_of(page, pages.len()).ok_or_else(|| format!("{} has no gold file", page.display()))?;
            let gold = parse(&gold)?;
            let bytes = fs::read(page).map_err(|e| format!("{}: {e}", page.display()))?;
            let reading = engine.read(&Page { bytes, ..Page::default() });
            let name = page.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            score.page(&name, &gold, &reading);
            events.extend(reading.events);
        }
        for miss in &score.misses {
            eprintln!("{miss}");
        }
        score.measures()
    };
    if let Some(file) = predictions {
        write(file, &events).map_err(|e| format!("{}: {e}", file.display()))?;
    }
    Ok(measures)
}

fn files(path: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.is_file()).collect();
    files.sort();
    Ok(files)
}

fn has_extension(path: &Path, any: &[&str]) -> bool {
    path.extension().is_some_and(|e| any.contains(&e.to_string_lossy().to_lowercase().as_str()))
}

/// `x.gold.json` beside `x.html`, or `gold.json` where the folder holds one page.
fn gold_of(page: &Path, pages: usize) -> Option<PathBuf> {
    let own = page.with_extension("gold.json");
    let only = page.with_file_name("gold.json");
    [Some(own), (pages == 1).then_some(only)].into_iter().flatten().find(|p| p.is_file())
}

fn write(file: &Path, events: &[Event]) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(fs::File::create(file)?);
    for event in events {
        serde_json::to_writer(&mut out, event)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Words joined by one space, in small letters, without marks.
fn squash(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() || c == '_' {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim().to_lowercase()
}

const FUNCTION_WORDS: &[&str] = &["the", "a", "an", "of", "and", "s", "in", "for", "to", "mr", "mrs", "ms"];

/// The words of a squashed text that carry meaning.
fn content(text: &str) -> BTreeSet<String> {
    squash(text).split(' ').filter(|w| !w.is_empty() && !FUNCTION_WORDS.contains(w)).map(str::to_string).collect()
}

/// True if the two are the same words, or share half the content words of the shorter.
fn alike(a: &str, b: &str) -> bool {
    if squash(a) == squash(b) {
        return true;
    }
    let (a, b) = (content(a), content(b));
    let shared = a.intersection(&b).count();
    shared > 0 && shared as f64 >= 0.5 * a.len().min(b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_by_content_words() {
        for (a, b, want) in [
            ("Bolivia", "bolivia", true),
            ("the Bolivian minister", "Bolivian minister Quiroga", true),
            ("Bolivia", "Chile", false),
            ("the", "of", false),
            ("", "", true),
            ("", "Chile", false),
            ("open the terminal", "that Chile open the terminal at once", true),
        ] {
            assert_eq!(alike(a, b), want, "{a:?} / {b:?}");
        }
        assert_eq!(squash("  U.S. side’s_x  "), "u s side s_x");
    }
}
