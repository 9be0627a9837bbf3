//! The language stage from outside: what it gives slices back to its text, a sentence reads the same in any company, and
//! no input harms it.

use demarche::language::Reader;
use demarche::record::{Article, Sentence, Span, Token};
use proptest::prelude::*;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| Reader::built_in().unwrap())
}

fn article(paragraphs: &[&str]) -> Article {
    let mut article = Article::default();
    for paragraph in paragraphs {
        let start = article.text.len();
        article.text.push_str(paragraph);
        article.paragraphs.push(Span::new(start, article.text.len()));
        article.text.push_str("\n\n");
    }
    article
}

fn read(paragraphs: &[&str]) -> (Article, Vec<Sentence>) {
    let article = article(paragraphs);
    let sentences = reader().read(&article, true).sentences;
    (article, sentences)
}

/// What is wrong with offsets, if anything.
fn fault(article: &Article, sentences: &[Sentence]) -> Option<String> {
    let mut at = 0;
    for s in sentences {
        for t in &s.tokens {
            let form = article.text.get(t.span.start..t.span.end);
            if form != Some(t.form.as_str()) || t.form.trim().is_empty() {
                return Some(format!("{:?} stands at {:?}, {form:?}", t.form, t.span));
            }
            if t.span.start < at || t.span.start < s.span.start || t.span.end > s.span.end {
                return Some(format!("{:?} at {:?} is out of order in {:?}", t.form, t.span, s.span));
            }
            at = t.span.end;
        }
        for name in &s.names {
            let word =
                |p: usize, end: bool| s.tokens.iter().any(|t| if end { t.span.end == p } else { t.span.start == p });
            if !word(name.span.start, false) || !word(name.span.end, true) {
                return Some(format!("name {:?} is not made of words", name.span));
            }
        }
    }
    None
}

/// Pieces of text in which offsets go wrong easily.
const PIECES: &[&str] = &[
    "Minister",
    "Nairobi",
    "co\u{ad}opera\u{ad}tion",
    "\u{fb01}nancial o\u{fb03}ce",
    "👩🏽‍🚀",
    "🇰🇪",
    "e\u{301}lite",
    "Z\u{308}u\u{327}rich",
    "שלום",
    "\u{202b}السلام\u{202c}",
    "U.S.",
    "don’t",
    "\r\n",
    "\u{a0}",
    "\u{2009}",
    "\u{feff}",
    "“",
    "”",
    "(",
    ")",
    ".",
    "?!",
    "...",
    "-",
    "—",
    "$1,000.50",
    "a.b@example.org",
    "https://example.org/ä",
    "İstanbul",
    "ﷺ",
    "\u{0}",
    "\t",
    " ",
    " ",
    " ",
    " ",
    "said",
    "on",
    "Monday",
    "北京",
    "ß",
    "ǅ",
    "x\u{300}\u{301}\u{302}\u{303}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn offsets_slice_back(
        picks in prop::collection::vec(0..PIECES.len(), 0..60),
        free in "\\PC{0,60}",
    ) {
        let odd: String = picks.iter().map(|&i| PIECES[i]).collect();
        let (article, sentences) = read(&[&odd, "Kenya rejected the offer.", &free]);
        prop_assert_eq!(fault(&article, &sentences), None);
    }
}

#[test]
fn a_sentence_reads_the_same_in_any_company() {
    let lines = [
        "Kenya’s deputy foreign minister, Amina Otieno, on Thursday turned down an offer by Oslo to host the talks.",
        "“We will not sit down with men who plant mines,” she said.",
        "PARLIAMENT PASSES BUDGET",
        "The river rose.",
        "A spokesman for the ministry, who asked not to be named, said that the two sides had met twice since March, first \
         in Geneva and then in Doha, and that a third meeting, which neither side had confirmed, was planned for June.",
    ];
    let (_, together) = read(&lines);
    let strip = |s: &Sentence| -> Vec<_> {
        let t =
            |t: &demarche::record::Token| (t.form.clone(), t.upos.clone(), t.lemma.clone(), t.head, t.deprel.clone());
        s.tokens.iter().map(t).collect()
    };
    let alone: Vec<_> = lines.iter().flat_map(|l| read(&[l]).1).map(|s| strip(&s)).collect();
    let together: Vec<_> = together.iter().map(strip).collect();
    assert_eq!(alone, together);
}

/// `float-trees.tsv` holds what the same weights give when they calculate in 32-bit floats (`training/export.py --float`,
/// read by `demarche-dev --model FILE eval parse --predictions`): word, head, relation of 200 news sentences.
#[test]
fn integers_read_as_floats_do() {
    let gold = include_str!("data/float-trees.tsv");
    let mut sentences = vec![Sentence::default()];
    let mut want: Vec<Vec<(String, String)>> = vec![Vec::new()];
    for line in gold.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [form, head, rel] = cells[..] else {
            sentences.push(Sentence::default());
            want.push(Vec::new());
            continue;
        };
        let at = sentences.last().unwrap().tokens.last().map_or(0, |t| t.span.end + 1);
        let token = Token { form: form.into(), span: Span::new(at, at + form.len()), ..Token::default() };
        sentences.last_mut().unwrap().tokens.push(token);
        want.last_mut().unwrap().push((head.into(), rel.into()));
    }
    let mut got = sentences.clone();
    reader().analyse(&mut got, false);
    let (mut same, mut all) = (0, 0);
    for (s, want) in got.iter().zip(&want) {
        for (t, (head, rel)) in s.tokens.iter().zip(want) {
            all += 1;
            same += usize::from(t.head.map_or(0, |h| h + 1).to_string() == *head && t.deprel == *rel);
        }
    }
    let full = want.iter().filter(|w| !w.is_empty()).count();
    assert!(full >= 200, "only {full} sentences");
    assert!(same * 100 >= all * 97, "{same} of {all} words hang as they do in floats");
    // and each sentence alone as among the others
    for (s, together) in sentences.iter().zip(&got).filter(|(s, _)| !s.tokens.is_empty()).take(40) {
        let mut alone = [s.clone()];
        reader().analyse(&mut alone, false);
        assert_eq!(alone[0].tokens, together.tokens);
    }
}

#[test]
fn hostile_text_takes_bounded_time() {
    let words = "talks ".repeat(5_000);
    let row = "x".repeat(1 << 20);
    let marks = "?!.,;:-()\"".repeat(20_000);
    let nested = "(".repeat(50_000);
    let long_words = format!("{} ", "pneumonoultramicroscopicsilicovolcanoconiosis".repeat(3)).repeat(400);
    for (what, text) in
        [("words", &words), ("row", &row), ("marks", &marks), ("nested", &nested), ("long", &long_words)]
    {
        let begun = Instant::now();
        let (article, sentences) = read(&[text]);
        assert_eq!(fault(&article, &sentences), None, "{what}");
        assert!(!sentences.is_empty(), "{what}");
        assert!(begun.elapsed() < Duration::from_secs(120), "{what} took {:?}", begun.elapsed());
    }
}

#[test]
fn what_is_cut_is_noted() {
    let words = "talks ".repeat(50_000);
    let article = article(&[&words]);
    let parsed = reader().read(&article, false);
    let read: usize = parsed.sentences.iter().map(|s| s.tokens.len()).sum();
    assert!(read < 50_000 && parsed.notes.iter().any(|n| n.kind == "cut"), "{read} words, {:?}", parsed.notes);
    // a long sentence is read in pieces, and no word of it is lost
    let words = "talks ".repeat(1_000);
    let article = self::article(&[&words]);
    let parsed = reader().read(&article, false);
    let read: usize = parsed.sentences.iter().map(|s| s.tokens.len()).sum();
    assert_eq!(read, 1_000);
    assert!(parsed.notes.iter().any(|n| n.kind == "long-sentence"), "{:?}", parsed.notes);
}

#[test]
fn a_wrong_model_file_is_refused() {
    let good = include_bytes!("../model/demarche.model");
    let leak = |v: Vec<u8>| -> &'static [u8] { Box::leak(v.into_boxed_slice()) };
    let mut older = good[..64].to_vec();
    older[8] = 1;
    let mut damaged = good.to_vec();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    let rows: Vec<(&str, Vec<u8>, &str)> = vec![
        ("foreign", b"PK\x03\x04 this is a zip".to_vec(), "no Demarche model file"),
        ("empty", Vec::new(), "no Demarche model file"),
        ("of another version", older, "model format 1 found, 2 expected"),
        ("short in the header", good[..1000].to_vec(), "ends inside its header"),
        ("short in the body", good[..middle].to_vec(), "checksum"),
        ("damaged", damaged, "checksum"),
    ];
    for (what, bytes, word) in rows {
        let error = Reader::from_bytes("some.model", leak(bytes)).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(error.contains("some.model") && error.contains(word), "{what}: {error:?}");
    }
}
