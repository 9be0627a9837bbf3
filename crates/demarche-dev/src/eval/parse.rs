//! Universal Dependencies from gold tokens and from raw text.

use super::{engine, f1, round};
use crate::conllu;
use demarche::record::{Sentence, Span, Token};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Default)]
struct Count {
    gold: usize,
    got: usize,
    token: usize,
    upos: usize,
    lemma: usize,
    uas: usize,
    las: usize,
}

impl Count {
    fn json(&self) -> Value {
        let share = |n| round(100.0 * f1(n, self.got, self.gold)).to_owned();
        json!({"tokens": share(self.token), "upos": share(self.upos), "lemma": share(self.lemma),
               "uas": share(self.uas), "las": share(self.las)})
    }
}

pub fn run(path: &Path, predictions: Option<&Path>) -> Result<Value, String> {
    let engine = engine()?;
    let reader = engine.reader();
    let documents = conllu::read(path)?;
    let (mut given, mut raw) = (Count::default(), Count::default());
    let (mut sentences, mut cut, mut found) = (0, 0, 0);
    let mut written = String::new();
    for document in &documents {
        let mut own: Vec<Sentence> = document.sentences.iter().map(bare).collect();
        reader.analyse(&mut own, false);
        for (gold, got) in document.sentences.iter().zip(&own) {
            compare(std::slice::from_ref(gold), std::slice::from_ref(got), &mut given);
            write(&mut written, &document.article.text, got);
        }
        let parsed = reader.read(&document.article, false).sentences;
        compare(&document.sentences, &parsed, &mut raw);
        let bounds = |s: &[Sentence]| -> Vec<Span> { s.iter().map(|s| s.span).collect() };
        let (a, b) = (bounds(&document.sentences), bounds(&parsed));
        sentences += a.len();
        cut += b.len();
        found += a.iter().filter(|s| b.contains(s)).count();
    }
    if let Some(path) = predictions {
        std::fs::write(path, written).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(json!({"words": given.gold, "gold_tokens": given.json(), "raw_text": raw.json(),
              "sentences_f1": round(100.0 * f1(found, cut, sentences))}))
}

/// The sentence with its tokens and nothing else.
fn bare(s: &Sentence) -> Sentence {
    let tokens = s.tokens.iter().map(|t| Token { span: t.span, form: t.form.clone(), ..Token::default() });
    Sentence { span: s.span, place: s.place, tokens: tokens.collect(), names: Vec::new() }
}

/// Counts agreement over tokens with the same characters.
fn compare(gold: &[Sentence], got: &[Sentence], count: &mut Count) {
    type Row<'a> = (&'a Token, Option<Span>);
    let rows = |all: &'_ [Sentence]| -> BTreeMap<(usize, usize), (Token, Option<Span>)> {
        let mut out = BTreeMap::new();
        for s in all {
            for t in &s.tokens {
                let head = t.head.and_then(|h| s.tokens.get(h)).map(|h| h.span);
                out.insert((t.span.start, t.span.end), (t.clone(), head));
            }
        }
        out
    };
    let (a, b) = (rows(gold), rows(got));
    count.gold += a.len();
    count.got += b.len();
    for (span, (g, gold_head)) in &a {
        let Some((p, head)) = b.get(span) else { continue };
        let _: Row = (p, *head);
        count.token += 1;
        count.upos += usize::from(g.upos == p.upos);
        count.lemma += usize::from(g.lemma == p.lemma || g.lemma == "_");
        count.uas += usize::from(gold_head == head);
        count.las += usize::from(gold_head == head && g.rel() == p.rel());
    }
}

fn write(out: &mut String, text: &str, s: &Sentence) {
    use std::fmt::Write;
    let _ = writeln!(out, "# text = {}", s.span.slice(text).replace('\n', " "));
    for (i, t) in s.tokens.iter().enumerate() {
        let head = t.head.map_or(0, |h| h + 1);
        let _ = writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{head}\t{}\t_\t_",
            i + 1,
            t.form,
            t.lemma,
            t.upos,
            t.xpos,
            t.feats,
            t.deprel
        );
    }
    out.push('\n');
}
