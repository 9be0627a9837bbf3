//! Names: strict span F1 over persons, organisations and places, from gold tokens in columns.

use super::{engine, f1, round};
use demarche::record::{NameKind, Sentence, Span, Token};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

type Found = BTreeSet<(usize, usize, usize, &'static str)>;

pub fn run(path: &Path, predictions: Option<&Path>) -> Result<Value, String> {
    let engine = engine()?;
    let mut files = vec![path.to_path_buf()];
    if path.is_dir() {
        files = std::fs::read_dir(path).map_err(|e| e.to_string())?.filter_map(|f| Some(f.ok()?.path())).collect();
        files.sort();
    }
    let (mut sentences, mut gold) = (Vec::new(), Found::new());
    for file in &files {
        let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        columns(&text, &mut sentences, &mut gold);
    }
    // The first four fifths of wikigold are training data.
    let seen = if path.ends_with("wikigold.conll") { sentences.len() * 4 / 5 } else { 0 };
    let mut sentences = sentences.split_off(seen);
    let gold: Found = gold.into_iter().filter(|x| x.0 >= seen).map(|(i, a, z, k)| (i - seen, a, z, k)).collect();
    engine.reader().analyse(&mut sentences, false);
    let mut got = Found::new();
    for (i, s) in sentences.iter().enumerate() {
        for n in &s.names {
            let kind = match n.kind {
                NameKind::Person => "PER",
                NameKind::Organisation => "ORG",
                NameKind::Place => "LOC",
                NameKind::Other => continue,
            };
            got.insert((i, n.tokens.0, n.tokens.1, kind));
        }
    }
    if let Some(path) = predictions {
        let lines: String = got.iter().map(|(s, a, z, k)| format!("{s}\t{a}\t{z}\t{k}\n")).collect();
        std::fs::write(path, lines).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    let score = |kind: &str| {
        let of = |set: &Found| set.iter().filter(|x| kind.is_empty() || x.3 == kind).count();
        let right = gold.intersection(&got).filter(|x| kind.is_empty() || x.3 == kind).count();
        json!({"p": round(100.0 * right as f64 / of(&got).max(1) as f64), "r": round(100.0 * right as f64 / of(&gold).max(1) as f64),
               "f1": round(100.0 * f1(right, of(&got), of(&gold)))})
    };
    Ok(
        json!({"sentences": sentences.len(), "all": score(""), "PER": score("PER"), "ORG": score("ORG"), "LOC": score("LOC")}),
    )
}

/// `token tag`, or `number token tag ...`; tags may be B-PER, PER or B-Person; a blank line ends a sentence.
fn columns(text: &str, sentences: &mut Vec<Sentence>, gold: &mut Found) {
    let (mut tokens, mut tags): (Vec<Token>, Vec<String>) = (Vec::new(), Vec::new());
    let mut at = 0;
    for line in text.lines().chain([""]) {
        if line.starts_with("# ") {
            continue;
        }
        let x: Vec<&str> = line.split(['\t', ' ']).collect();
        let numbered = x.len() >= 4 && x[0].chars().all(|c| c.is_ascii_digit());
        if x.len() >= 2 && !line.trim().is_empty() {
            let (form, tag) = if numbered { (x[1], x[2]) } else { (x[0], x[x.len() - 1]) };
            tokens.push(Token { span: Span::new(at, at + form.len()), form: form.into(), ..Token::default() });
            at += form.len() + 1;
            tags.push(tag.to_string());
        } else if !tokens.is_empty() {
            collect(&tags, sentences.len(), gold);
            let span = Span::new(tokens[0].span.start, at);
            sentences.push(Sentence { span, tokens: std::mem::take(&mut tokens), ..Sentence::default() });
            tags.clear();
        }
    }
}

fn collect(tags: &[String], sentence: usize, gold: &mut Found) {
    let kind = |tag: &str| match tag.rsplit('-').next().unwrap_or("") {
        "PER" | "Person" => "PER",
        "ORG" | "Organization" => "ORG",
        "LOC" | "Location" | "Facility" => "LOC",
        _ => "",
    };
    let mut i = 0;
    while i < tags.len() {
        let k = kind(&tags[i]);
        let start = i;
        i += 1;
        if k.is_empty() {
            continue;
        }
        while i < tags.len() && kind(&tags[i]) == k && !tags[i].starts_with("B-") {
            i += 1;
        }
        gold.insert((sentence, start, i, k));
    }
}
