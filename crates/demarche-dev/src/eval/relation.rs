//! The PLOVER type between two marked parties of a sentence, or cooperation against conflict.

use super::{engine, f1, round};
use demarche::record::Span;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// Types in the benchmark's own cut: CONCEDE and RETREAT are one.
pub const TYPES: [&str; 15] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "YIELD",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

/// The benchmark's name of a PLOVER type.
pub fn fold(kind: &str) -> &str {
    match kind {
        "CONCEDE" | "RETREAT" => "YIELD",
        other => other,
    }
}

fn quad(kind: &str) -> &'static str {
    match TYPES.iter().position(|t| *t == kind) {
        Some(0..=2) => "1",
        Some(3..=5) => "2",
        Some(6..=9) => "3",
        Some(_) => "4",
        None => "",
    }
}

fn side(kind: &str) -> &'static str {
    match quad(kind) {
        "1" | "2" => "0",
        "3" | "4" => "1",
        _ => "",
    }
}

/// One row of the benchmark.
pub struct Row {
    pub text: String,
    pub source: Span,
    pub target: Span,
    pub gold: String,
}

/// Reads the table; `gold_root` holds a type, `gold_binary` 0 or 1.
pub fn rows(path: &Path) -> Result<Vec<Row>, String> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(true)
        .flexible(true)
        .from_path(path)
        .map_err(|e| e.to_string())?;
    let head = reader.headers().map_err(|e| e.to_string())?.clone();
    let column = |name: &str| head.iter().position(|h| h == name);
    let marked = column("marked_sentence").ok_or("no column marked_sentence")?;
    let gold = column("gold_root").or(column("gold_binary")).ok_or("no column gold_root or gold_binary")?;
    let mut out = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| e.to_string())?;
        let (text, source, target) = unmark(record.get(marked).unwrap_or(""));
        out.push(Row { text, source, target, gold: record.get(gold).unwrap_or("").trim().to_string() });
    }
    Ok(out)
}

/// Takes `<s>`, `</s>`, `<t>`, `</t>` out of a sentence and says where they stood.
fn unmark(marked: &str) -> (String, Span, Span) {
    let mut text = String::new();
    let mut at = BTreeMap::new();
    let mut rest = marked;
    while let Some(i) = rest.find('<') {
        text.push_str(&rest[..i]);
        rest = &rest[i..];
        match ["<s>", "</s>", "<t>", "</t>"].iter().find(|m| rest.starts_with(**m)) {
            Some(mark) => {
                at.insert(*mark, text.len());
                rest = &rest[mark.len()..];
            }
            None => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    let span = |a: &str, b: &str| Span::new(at.get(a).copied().unwrap_or(0), at.get(b).copied().unwrap_or(0));
    let (s, t) = (span("<s>", "</s>"), span("<t>", "</t>"));
    (text, s, t)
}

pub fn run(path: &Path, predictions: Option<&Path>) -> Result<Value, String> {
    let engine = engine()?;
    let reader = engine.reader();
    let rows = rows(path)?;
    let mut got = Vec::new();
    for row in &rows {
        let words = reader.words(&row.text);
        let range = |span: &Span| {
            let inside: Vec<usize> = (0..words.len()).filter(|&i| words[i].overlaps(span)).collect();
            (inside.first().copied().unwrap_or(0), inside.last().map_or(0, |l| l + 1))
        };
        let forms: Vec<&str> = words.iter().map(|w| w.slice(&row.text)).collect();
        let mut sum: BTreeMap<&str, f32> = BTreeMap::new();
        let scores = reader.pair(&forms, range(&row.source), range(&row.target));
        for (kind, p) in scores.iter().filter(|(k, _)| k != "-") {
            *sum.entry(fold(kind)).or_default() += p;
        }
        let best = sum.iter().max_by(|a, b| a.1.total_cmp(b.1)).map_or("", |x| x.0);
        got.push(best.to_string());
    }
    let gold: Vec<String> = rows.into_iter().map(|r| r.gold).collect();
    write(predictions, &got)?;
    Ok(measures(&gold, &got))
}

/// `row index TAB type`, a line each.
pub fn write(predictions: Option<&Path>, got: &[String]) -> Result<(), String> {
    let Some(path) = predictions else { return Ok(()) };
    let lines: String = got.iter().enumerate().map(|(i, k)| format!("{i}\t{k}\n")).collect();
    std::fs::write(path, lines).map_err(|e| format!("{}: {e}", path.display()))
}

/// Accuracy and macro-F1 over 15, 4 and 2 classes; over 2 only where the gold has no more.
pub fn measures(gold: &[String], got: &[String]) -> Value {
    let binary = gold.iter().all(|g| g == "0" || g == "1" || g == "0.0" || g == "1.0");
    let mut out = Map::new();
    out.insert("n".into(), json!(gold.len()));
    let mut level = |name: &str, classes: &[&str], of: &dyn Fn(&str) -> String| {
        let g: Vec<String> = gold.iter().map(|x| of(x)).collect();
        let p: Vec<String> = got.iter().map(|x| if binary { side(x).to_string() } else { of(x) }).collect();
        let right = g.iter().zip(&p).filter(|(a, b)| a == b).count();
        let mut by = Map::new();
        let mut sum = 0.0;
        for c in classes {
            let tp = g.iter().zip(&p).filter(|(a, b)| *a == c && *b == c).count();
            let score = f1(tp, p.iter().filter(|x| *x == c).count(), g.iter().filter(|x| *x == c).count());
            sum += score;
            by.insert((*c).into(), json!(round(score)));
        }
        out.insert(format!("accuracy_{name}"), json!(round(right as f64 / g.len().max(1) as f64)));
        out.insert(format!("macro_f1_{name}"), json!(round(sum / classes.len() as f64)));
        out.insert(format!("f1_{name}"), Value::Object(by));
    };
    if binary {
        level("2", &["0", "1"], &|x| x.chars().take(1).collect());
    } else {
        level("15", &TYPES, &|x| x.to_string());
        level("4", &["1", "2", "3", "4"], &|x| quad(x).to_string());
        level("2", &["0", "1"], &|x| side(x).to_string());
    }
    Value::Object(out)
}
