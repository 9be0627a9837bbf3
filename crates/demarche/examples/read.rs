//! Reads a file of plain text and prints trees and proposals.
use demarche::record::{Article, Span};
fn main() {
    let start = std::time::Instant::now();
    let reader = demarche::language::Reader::built_in().unwrap();
    eprintln!("load {:?}", start.elapsed());
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let mut at = 0;
    let mut paragraphs = Vec::new();
    for p in text.split("\n\n") {
        paragraphs.push(Span::new(at, at + p.len()));
        at += p.len() + 2;
    }
    let article = Article { text, paragraphs, ..Article::default() };
    let t = std::time::Instant::now();
    let parsed = reader.read(&article);
    eprintln!("read {:?} {} words", t.elapsed(), parsed.sentences.iter().map(|s| s.tokens.len()).sum::<usize>());
    for (i, s) in parsed.sentences.iter().enumerate() {
        println!("\n{}", s.span.slice(&article.text));
        for t in &s.tokens {
            print!("{}/{}/{}/{}>{} ", t.form, t.lemma, t.upos, t.deprel, t.head.map_or("-".into(), |h| s.tokens[h].form.clone()));
        }
        println!("\n{:?}", s.names.iter().map(|n| (n.span.slice(&article.text), n.kind)).collect::<Vec<_>>());
        for p in parsed.proposals.iter().filter(|p| p.sentence == i) {
            let w = |r: (usize, usize)| s.tokens[r.0..r.1].iter().map(|t| t.form.as_str()).collect::<Vec<_>>().join(" ");
            println!("  {:.2} [{}] {:?} {:?} {:?}", p.score, w(p.predicate), &p.types[..1], p.modes.first(), p.statuses.first());
            for a in &p.arguments {
                println!("      {} {:.2} {}", a.role, a.score, w(a.tokens));
            }
        }
    }
}
