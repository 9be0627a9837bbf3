//! Trees are written as `form upos head deprel`, heads counted from 1 as in CoNLL-U, sentences parted by empty lines.

use super::*;
use crate::record::{Name, NameKind, SentencePlace, Span, Stamp, Token};
use proptest::prelude::*;

fn document(trees: &str, names: &[(&str, NameKind)]) -> (Article, Vec<Sentence>) {
    let mut article = Article::default();
    let mut sentences = Vec::new();
    article.published = Some(Stamp { value: "2019-11-14".into(), ..Stamp::default() });
    for block in trees.trim().split("\n\n") {
        let start = article.text.len();
        let mut sentence = Sentence { place: SentencePlace::Body(0), ..Sentence::default() };
        for line in block.lines() {
            let cells: Vec<&str> = line.split_whitespace().collect();
            let [form, upos, head, deprel] = cells.as_slice() else { panic!("{line}") };
            if article.text.len() > start && !form.starts_with(['\'', '.', ',']) {
                article.text.push(' ');
            }
            let at = article.text.len();
            article.text.push_str(form);
            let plural = *upos == "NOUN" && form.ends_with('s');
            sentence.tokens.push(Token {
                span: Span::new(at, article.text.len()),
                form: form.to_string(),
                lemma: if plural { form.trim_end_matches('s').to_lowercase() } else { lemma(form, upos) },
                upos: upos.to_string(),
                xpos: if *form == "'s" { "POS".into() } else { String::new() },
                feats: if plural { "Number=Plur".into() } else { "_".into() },
                head: head.parse::<usize>().unwrap().checked_sub(1),
                deprel: deprel.to_string(),
            });
        }
        sentence.span = Span::new(start, article.text.len());
        for (name, kind) in names {
            let words: Vec<&str> = name.split(' ').collect();
            for first in 0..sentence.tokens.len() {
                let end = first + words.len();
                let there = sentence.tokens.get(first..end);
                if there.is_some_and(|t| t.iter().map(|t| t.form.as_str()).eq(words.iter().copied())) {
                    sentence.names.push(Name { tokens: (first, end), kind: *kind, score: 1.0, ..Name::default() });
                }
            }
        }
        sentence.names.sort_by_key(|n| n.tokens.0);
        sentences.push(sentence);
        article.text.push(' ');
    }
    article.paragraphs.push(Span::new(0, article.text.len()));
    (article, sentences)
}

fn lemma(form: &str, upos: &str) -> String {
    match form {
        "said" => "say".into(),
        "was" => "be".into(),
        _ if upos == "PROPN" => form.to_owned(),
        _ => form.to_lowercase(),
    }
}

const TREES: &str = "
Kenyan ADJ 3 amod
Foreign PROPN 3 amod
Minister PROPN 4 nmod:desc
Amina PROPN 6 nsubj
Otieno PROPN 4 flat
said VERB 0 root
Pyongyang PROPN 9 nsubj
had AUX 9 aux
refused VERB 6 ccomp
. PUNCT 6 punct

She PRON 2 nsubj
met VERB 0 root
Colombian ADJ 5 amod
coca NOUN 5 compound
growers NOUN 2 obj
and CCONJ 9 cc
Manila PROPN 9 nmod:poss
's PART 7 case
ambassador NOUN 5 conj
. PUNCT 2 punct

The DET 2 det
minister NOUN 3 nsubj
left VERB 0 root
Geneva PROPN 3 obj
. PUNCT 3 punct

Riot NOUN 2 compound
police NOUN 3 nsubj
beat VERB 0 root
the DET 5 det
protesters NOUN 3 obj
. PUNCT 3 punct
";

#[test]
fn entities_with_country_sector_and_mentions() {
    let (article, sentences) = document(
        TREES,
        &[
            ("Amina Otieno", NameKind::Person),
            ("Pyongyang", NameKind::Place),
            ("Manila", NameKind::Place),
            ("Geneva", NameKind::Place),
        ],
    );
    let book = ActorBook::built_in().unwrap();
    let entities = read(&article, &sentences, &book);
    let rows = [
        (
            "Kenyan Foreign Minister Amina Otieno",
            "KEN",
            "GOV",
            vec!["Kenyan Foreign Minister Amina Otieno", "She", "The minister"],
        ),
        ("Kenyan", "KEN", "GOV", vec!["Kenyan"]),
        ("Pyongyang", "PRK", "GOV", vec!["Pyongyang"]),
        ("Colombian coca growers", "COL", "AGR", vec!["Colombian coca growers"]),
        ("Manila's ambassador", "PHL", "GOV", vec!["Manila's ambassador"]),
        ("Riot police", "", "COP", vec!["Riot police"]),
        ("the protesters", "", "CVL", vec!["the protesters"]),
    ];
    let mut wrong = Vec::new();
    for (mention, country, sector, mentions) in rows {
        let Some(entity) = entities.iter().find(|e| e.mentions.iter().any(|m| m.text == mention)) else {
            wrong.push(format!("{mention}: not found"));
            continue;
        };
        let got: Vec<&str> = entity.mentions.iter().map(|m| m.text.as_str()).collect();
        if !country.is_empty() && entity.country.as_deref() != Some(country) {
            wrong.push(format!("{mention}: country {:?}", entity.country));
        }
        if entity.sector.first().map(String::as_str) != Some(sector) {
            wrong.push(format!("{mention}: sector {:?}", entity.sector));
        }
        if got != mentions {
            wrong.push(format!("{mention}: {got:?}"));
        }
    }
    // A town that is left is a place.
    if entities.iter().any(|e| e.mentions.iter().any(|m| m.text == "Geneva")) {
        wrong.push("Geneva acts".into());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Any tree at all, even one that loops: no panic, and every mention slices back out of the text.
fn any_sentence() -> impl Strategy<Value = Vec<(usize, usize, usize, usize)>> {
    prop::collection::vec((0usize..16, 0usize..8, 0usize..14, 0usize..12), 1..14)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn any_tree_gives_spans_that_slice_back(sentences in prop::collection::vec(any_sentence(), 1..5)) {
        const FORMS: [&str; 16] = ["Kenya", "minister", "the", "“", "”", "said", "Zoë", "Roe", "’s", "it", "they", "north", "of", "US", "-", "police"];
        const UPOS: [&str; 8] = ["PROPN", "NOUN", "DET", "PUNCT", "VERB", "PRON", "ADP", "ADJ"];
        const RELS: [&str; 12] = ["nsubj", "obj", "nmod", "nmod:poss", "flat", "compound", "appos", "conj", "root", "case", "cop", "amod"];
        let mut trees = String::new();
        for sentence in &sentences {
            for &(form, upos, head, rel) in sentence {
                trees.push_str(&format!("{} {} {} {}\n", FORMS[form], UPOS[upos], head % (sentence.len() + 1), RELS[rel]));
            }
            trees.push('\n');
        }
        let (article, sentences) = document(&trees, &[("Zoë Roe", NameKind::Person), ("Kenya", NameKind::Other), ("of US", NameKind::Place)]);
        let book = BOOK.with(|b| b.clone());
        for entity in chains(&article, &sentences, &book) {
            prop_assert!(!entity.mentions.is_empty());
            for mention in &entity.mentions {
                prop_assert_eq!(mention.span.slice(&article.text), mention.text.as_str());
                prop_assert!(!mention.text.is_empty());
                prop_assert!(mention.tokens.0 <= mention.head && mention.head < mention.tokens.1);
            }
        }
    }
}

thread_local! {
    static BOOK: std::rc::Rc<ActorBook> = std::rc::Rc::new(ActorBook::built_in().unwrap());
}
