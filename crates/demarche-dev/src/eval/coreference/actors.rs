//! Entities of articles read in full: how many are found, and with the right country and sector.

use super::super::{engine, round};
use demarche::mention::entity;
use demarche::record::{Article, Entity, Span, Stamp};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

/// Measures a folder like `data/articles`; `predictions` gets a line for every entity missed or wrong.
pub fn run(path: &Path, predictions: Option<&Path>) -> Result<Value, String> {
    let engine = engine()?;
    let mut files: Vec<_> = std::fs::read_dir(path)
        .map_err(|e| format!("{}: {e}", path.display()))?
        .filter_map(|f| f.ok().map(|f| f.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    let mut counts = Counts::default();
    let mut misses = String::new();
    for file in &files {
        let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        let gold: Value = serde_json::from_str(&text).map_err(|e| format!("{}: {e}", file.display()))?;
        let Some(article) = article(&gold) else { continue };
        let sentences = engine.reader().read(&article, false).sentences;
        let entities = entity::read(&article, &sentences, &engine.codebook().actors);
        counts.articles += 1;
        for wanted in gold["entities"].as_array().into_iter().flatten() {
            counts.add(&article, &gold, wanted, &entities, &mut misses);
        }
    }
    if let Some(path) = predictions {
        std::fs::write(path, misses).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(counts.report())
}

/// The article as the page stage would give it.
fn article(gold: &Value) -> Option<Article> {
    let title = gold["title"].as_str()?.to_owned();
    let mut article = Article { text: title.clone(), title: Some(title.clone()), ..Article::default() };
    article.title_span = Some(Span::new(0, title.len()));
    article.published = gold["date"].as_str().map(|d| Stamp { value: d.to_owned(), ..Stamp::default() });
    for paragraph in gold["paragraphs"].as_array()?.iter().filter_map(Value::as_str) {
        article.text.push_str("\n\n");
        let start = article.text.len();
        article.text.push_str(paragraph);
        article.paragraphs.push(Span::new(start, article.text.len()));
    }
    Some(article)
}

/// `3:the minister#2` as bytes of the article's text.
fn locate(article: &Article, mention: &str) -> Option<Span> {
    let (place, piece) = mention.split_once(':')?;
    let (piece, nth) = match piece.rsplit_once('#') {
        Some((p, n)) if n.parse::<usize>().is_ok() => (p, n.parse().unwrap_or(1)),
        _ => (piece, 1),
    };
    let within = match place {
        "T" => article.title_span?,
        number => *article.paragraphs.get(number.parse::<usize>().ok()?)?,
    };
    let text = within.slice(&article.text);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let starts = text.match_indices(piece).map(|(at, _)| at).filter(|&at| {
        !word(text.get(..at).and_then(|t| t.chars().next_back()))
            && !word(text.get(at + piece.len()..).and_then(|t| t.chars().next()))
    });
    let start = starts.clone().nth(nth - 1).or_else(|| text.find(piece))?;
    Some(Span::new(within.start + start, within.start + start + piece.len()))
}

#[derive(Default)]
struct Counts {
    articles: usize,
    entities: usize,
    found: usize,
    country: (usize, usize),
    sector: (usize, usize),
    any_sector: usize,
    mentions: (usize, usize),
}

impl Counts {
    fn add(&mut self, article: &Article, gold: &Value, wanted: &Value, entities: &[Entity], misses: &mut String) {
        self.entities += 1;
        let spans: Vec<Span> =
            wanted["mentions"].as_array().into_iter().flatten().filter_map(|m| locate(article, m.as_str()?)).collect();
        // A predicted mention is one of the entity if its head word lies in the marked phrase and most of it does.
        let hits = |entity: &Entity| {
            spans
                .iter()
                .filter(|s| {
                    entity.mentions.iter().any(|m| {
                        let shared = m.span.end.min(s.end).saturating_sub(m.span.start.max(s.start));
                        shared * 2 > m.span.len().max(s.len()) || shared == m.span.len() && m.span.end == s.end
                    })
                })
                .count()
        };
        let best =
            entities.iter().enumerate().map(|(i, e)| (hits(e), std::cmp::Reverse(i), e)).max_by_key(|b| (b.0, b.1));
        let found = best.filter(|(hits, _, _)| *hits > 0);
        self.mentions.1 += spans.len();
        let country = wanted["country"].as_str();
        let sectors: Vec<&str> = wanted["sector"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let name = wanted["name"].as_str().unwrap_or("");
        let id = gold["id"].as_str().unwrap_or("");
        let id = id.get(..24.min(id.len())).unwrap_or(id);
        let Some((hits, _, entity)) = found else {
            let _ = writeln!(misses, "missed\t{id}\t{name}\t{}", wanted["mentions"]);
            return;
        };
        self.found += 1;
        self.mentions.0 += hits;
        let told = |field: &str| {
            let found = entity.by.iter().find(|e| e.field == field);
            found.map_or_else(String::new, |e| {
                format!("{} {:.2} {}", e.by, e.score, e.span.unwrap_or_default().slice(&article.text))
            })
        };
        if let Some(country) = country {
            self.country.1 += 1;
            if entity.country.as_deref() == Some(country) {
                self.country.0 += 1;
            } else {
                let got = entity.country.as_deref().unwrap_or("-");
                let _ =
                    writeln!(misses, "country\t{id}\t{name}\t{country}\t{got}\t{}\t{}", entity.name, told("country"));
            }
        }
        if let Some(first) = sectors.first() {
            self.sector.1 += 1;
            let got = entity.sector.first().map_or("-", String::as_str);
            self.any_sector += usize::from(sectors.contains(&got));
            if got == *first {
                self.sector.0 += 1;
            } else {
                let _ = writeln!(
                    misses,
                    "sector\t{id}\t{name}\t{}\t{got}\t{}\t{}",
                    sectors.join(","),
                    entity.name,
                    told("sector")
                );
            }
        }
    }

    fn report(&self) -> Value {
        let share = |(a, b): (usize, usize)| if b == 0 { 0.0 } else { round(a as f64 / b as f64) };
        json!({
            "task": "coreference", "articles": self.articles, "entities": self.entities,
            "entities_found": share((self.found, self.entities)), "mentions_tied": share(self.mentions),
            "country": share(self.country), "sector": share(self.sector), "sector_any": share((self.any_sector, self.sector.1)),
        })
    }
}
