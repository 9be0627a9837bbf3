//! How fast the language stage reads.

use crate::eval::{engine, round};
use demarche::record::{Article, Span};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// Paragraphs of one page: as many as a news page has.
const PAGE: usize = 15;

pub fn run(file: &Path, threads: usize, events: bool) -> Result<Value, String> {
    let begun = Instant::now();
    let engine = engine()?;
    let reader = engine.reader();
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    if lines.is_empty() {
        return Err(format!("{}: no paragraphs in it", file.display()));
    }
    let pages: Vec<Article> = lines.chunks(PAGE).map(page).collect();
    // Start: model and codebook loaded and checked, and the first sentence read.
    let words = reader.words(lines[0]);
    let first = words[..words.len().min(25)].last().map_or(0, |w| w.end);
    reader.read(&page(&[&lines[0][..first]]), events);
    let start = begun.elapsed().as_secs_f64();
    let (next, words, sentences) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let read = reader.read(page, events).sentences;
                    words.fetch_add(read.iter().map(|s| s.tokens.len()).sum(), Ordering::Relaxed);
                    sentences.fetch_add(read.len(), Ordering::Relaxed);
                }
            });
        }
    });
    let whole = begun.elapsed().as_secs_f64();
    // The same sentences through the low stack alone, cut as the reader cuts them.
    let read: Vec<_> = pages.iter().map(|p| reader.read(p, false).sentences).collect();
    let begun = Instant::now();
    let subwords: usize = read.iter().map(|sentences| reader.encoder_alone(sentences)).sum();
    let encoder = begun.elapsed().as_secs_f64();
    let words = words.into_inner() as f64;
    Ok(json!({"threads": threads, "words": words, "sentences": sentences.into_inner(), "seconds": round(whole),
              "words_per_second": (words / whole).round(), "start_seconds": round(start),
              "memory_mib": memory(), "encoder_alone_seconds": round(encoder), "subwords_per_second_of_encoder": (subwords as f64 / encoder).round()}))
}

fn page(lines: &[&str]) -> Article {
    let mut article = Article::default();
    for line in lines {
        let start = article.text.len();
        article.text.push_str(line);
        article.paragraphs.push(Span::new(start, article.text.len()));
        article.text.push_str("\n\n");
    }
    article
}

/// Peak resident memory, where the system tells.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}
