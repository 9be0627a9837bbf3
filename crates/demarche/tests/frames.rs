//! The frames of the codebook on trees that the parser makes, without the encoder's event heads and without actors: how
//! much of the codebook's own promises the frames keep alone. `demarche check` holds the whole engine to all of it.

use demarche::codebook::events::{CodedExample, EventBook};
use demarche::event::{cameo, frames};
use demarche::language::Reader;
use demarche::record::{Article, Sentence, Span};

fn article(text: &str) -> Article {
    Article { text: text.into(), paragraphs: vec![Span::new(0, text.len())], ..Article::default() }
}

fn piece(sentence: &Sentence, text: &str, tokens: (usize, usize)) -> String {
    let start = sentence.tokens.get(tokens.0).map_or(0, |t| t.span.start);
    let end = sentence.tokens.get(tokens.1.saturating_sub(1)).map_or(0, |t| t.span.end);
    text.get(start..end).unwrap_or("").to_string()
}

fn code(reader: &Reader, book: &EventBook, text: &str) -> Vec<CodedExample> {
    let article = article(text);
    let parsed = reader.read(&article, false);
    let mut coded = Vec::new();
    let trees: Vec<_> = parsed.sentences.iter().map(frames::tree::Tree::new).collect();
    for found in frames::find(&trees, book) {
        let Some(sentence) = parsed.sentences.get(found.sentence) else {
            continue;
        };
        let verdict = frames::status::of(sentence, found.predicate);
        let status = found.status.clone().unwrap_or_else(|| verdict.status.to_string());
        let event = frames::settle(&found.event, &status, book).to_string();
        let role = |role: &str| -> Vec<String> {
            found.arguments.iter().filter(|a| a.role == role).map(|a| piece(sentence, text, a.tokens)).collect()
        };
        let words: Vec<_> = found
            .arguments
            .iter()
            .filter(|a| a.role == "terms")
            .map(|a| a.tokens)
            .chain([found.predicate])
            .flat_map(|(s, e)| sentence.tokens.get(s..e).unwrap_or(&[]).to_vec())
            .collect();
        let same = event == found.event;
        let mode = found.mode.as_deref().filter(|_| same);
        let codes = cameo::codes(book, &event, mode, found.cameo.as_deref().filter(|_| same), &words);
        coded.push(CodedExample {
            event,
            mode: mode.map(str::to_string).into_iter().collect(),
            status,
            predicate: piece(sentence, text, found.predicate),
            actor: role("actor"),
            recipient: role("recipient"),
            third: role("third_party"),
            speaker: role("speaker"),
            terms: role("terms").first().cloned(),
            condition: role("condition").first().cloned(),
            deadline: role("deadline").first().cloned(),
            cameo: codes.cameo,
            frames: vec![found.frame.clone()],
            ..CodedExample::default()
        });
    }
    coded
}

/// A frame that keeps its promises only with the encoder's help is still a frame; below this share something is broken.
const FLOOR: f64 = 0.93;

#[test]
fn frames_keep_most_of_the_codebooks_promises_alone() {
    let reader = Reader::built_in().unwrap_or_else(|e| panic!("{e}"));
    let book = EventBook::built_in().unwrap_or_else(|e| panic!("{e}"));
    let report = book.check(&|text| code(&reader, &book, text));
    for failure in report.failures.iter().chain(&report.duplicates).chain(&report.unexercised) {
        println!("{failure}");
    }
    println!("{} of {}; confused {:?}", report.passed, report.examples, report.confused);
    assert!(report.passed as f64 >= FLOOR * report.examples as f64, "{} of {}", report.passed, report.examples);
}
