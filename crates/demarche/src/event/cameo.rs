//! From PLOVER type, mode and words to codes and values, and the contexts that words tell of.

use crate::codebook::events::{EventBook, Words, lemmas};
use crate::record::{Sentence, Token};
use std::collections::BTreeMap;

/// The codes and values of one event.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Codes {
    /// CAMEO code; a leaf where the wording allows, else its parent.
    pub cameo: Option<String>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; 0 for an unknown type.
    pub quad: u8,
    /// PLOVER's value of the mode, else of the type.
    pub score: f32,
    /// Goldstein value of the CAMEO code.
    pub goldstein: Option<f32>,
}

/// Codes of a type with its mode. A frame's own code wins over what the type's table gives for `words`: the tokens of
/// the predicate, the terms and the object.
pub fn codes(book: &EventBook, event: &str, mode: Option<&str>, frame: Option<&str>, words: &[Token]) -> Codes {
    let Some(kind) = book.get(event) else {
        return Codes::default();
    };
    let mode = mode.and_then(|m| kind.mode(m));
    let leaf = kind
        .leaves
        .iter()
        .filter(|l| l.mode.is_none() || l.mode.as_deref() == mode.map(|m| m.id.as_str()))
        .find(|l| holds_any(words, &l.words))
        .map(|l| l.cameo.as_str());
    let general = mode.and_then(|m| m.cameo.as_deref()).or(kind.cameo.as_deref());
    // A leaf that refines the frame's code is finer than it; any other leaf says less than the frame.
    let cameo = match (frame, leaf) {
        (Some(frame), Some(leaf)) if leaf.len() > frame.len() && leaf.starts_with(frame) => Some(leaf),
        (Some(frame), _) => Some(frame),
        (None, Some(leaf)) => Some(leaf),
        (None, None) => general,
    };
    Codes {
        cameo: cameo.map(str::to_string),
        quad: kind.quad,
        score: mode.and_then(|m| m.score).unwrap_or(kind.score),
        goldstein: cameo.and_then(|c| book.cameo.goldstein(c)),
    }
}

/// What the sentences of an article tell of, worked out once.
#[derive(Debug, Default)]
pub struct Told {
    sentences: Vec<Vec<String>>,
    article: Vec<String>,
}

impl Told {
    /// Looks for the words of every context in every sentence.
    pub fn new(book: &EventBook, sentences: &[Sentence]) -> Self {
        let sentences: Vec<Vec<String>> = sentences
            .iter()
            .map(|s| {
                let readings = readings(&s.tokens);
                let told = book.contexts.iter().filter(|(_, words)| holds(&readings, words));
                told.map(|(name, _)| name.clone()).collect()
            })
            .collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        sentences.iter().flatten().for_each(|name| *counts.entry(name).or_default() += 1);
        let mut counts: Vec<(&str, usize)> = counts.into_iter().filter(|(_, n)| *n >= 3).collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let mut article: Vec<String> = counts.into_iter().take(2).map(|(name, _)| name.to_string()).collect();
        article.sort();
        Told { sentences, article }
    }

    /// Contexts of an event in sentence number `sentence`, in order of their names: those that the sentence tells of, or
    /// where it tells of none, those that at least three sentences of the article do.
    pub fn contexts(&self, sentence: usize) -> Vec<String> {
        match self.sentences.get(sentence) {
            Some(own) if !own.is_empty() => own.clone(),
            _ => self.article.clone(),
        }
    }
}

/// For each token the dictionary words that it may be.
fn readings(tokens: &[Token]) -> Vec<Vec<String>> {
    tokens.iter().map(|t| lemmas(&t.form, &t.lemma, &t.upos)).collect()
}

/// True if a token, or two in a row, is one of the words; a lemma counts as well as the form.
fn holds_any(tokens: &[Token], words: &Words) -> bool {
    holds(&readings(tokens), words)
}

fn holds(readings: &[Vec<String>], words: &Words) -> bool {
    let single = readings.iter().flatten().any(|w| words.holds(w));
    let pair = |two: &[Vec<String>]| match two {
        [first, second] => first.iter().any(|a| second.iter().any(|b| words.holds(&format!("{a} {b}")))),
        _ => false,
    };
    single || (words.has_compounds() && readings.windows(2).any(pair))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token> {
        text.split(' ').map(|w| Token { form: w.into(), lemma: w.to_lowercase(), ..Token::default() }).collect()
    }

    #[test]
    fn codes_by_type_mode_and_words() {
        let book = EventBook::built_in().unwrap_or_else(|e| panic!("{e}"));
        type Row<'t> = (&'t str, Option<&'t str>, Option<&'t str>, &'t str, &'t str, u8, f32);
        let rows: &[Row] = &[
            ("REJECT", Some("meet"), None, "turned down talks", "125", 3, -2.0),
            ("REQUEST", Some("yield"), None, "release the prisoner", "1053", 3, -1.0),
            ("REQUEST", Some("assist"), None, "send weapon", "1032", 3, 0.5),
            ("ACCUSE", None, None, "accused", "110", 3, -3.0),
            ("ACCUSE", Some("investigate"), None, "investigate corruption", "091", 3, -3.5),
            ("AGREE", None, None, "agreed", "030", 1, 2.5),
            ("CONSULT", Some("phone"), None, "telephoned", "041", 1, 1.5),
            ("SUPPORT", None, Some("057"), "signed treaty", "057", 1, 5.0),
            ("ASSAULT", Some("suicide-attack"), None, "blew himself up", "1831", 4, -9.5),
            ("ASSAULT", Some("unconventional"), None, "nerve gas", "2041", 4, -10.0),
            ("COERCE", Some("curfew"), None, "imposed a curfew", "1723", 4, -6.5),
            ("RETREAT", Some("disarm"), None, "handed in weapons", "0873", 2, 10.0),
            ("NOTHING", None, None, "", "", 0, 0.0),
        ];
        let mut wrong = Vec::new();
        for (event, mode, frame, words, cameo, quad, score) in rows {
            let got = codes(&book, event, *mode, *frame, &tokens(words));
            if got.cameo.as_deref().unwrap_or("") != *cameo || got.quad != *quad || got.score != *score {
                wrong.push(format!("{event} {mode:?} `{words}`: {got:?} for {cameo} {quad} {score}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let codes = codes(&book, "CONSULT", Some("phone"), None, &[]);
        assert_eq!(codes.goldstein, Some(1.0));
    }

    #[test]
    fn contexts_are_few() {
        let book = EventBook::built_in().unwrap();
        let sentence = |t: &str| Sentence { tokens: tokens(t), ..Sentence::default() };
        let rows: &[(&str, &[&str])] = &[
            ("Paris sent paratroopers to the capital", &["military"]),
            ("Rome granted asylum to a journalist", &["asylum"]),
            ("Oman praised the speech", &[]),
            ("The regulator fined the firm over a spill of oil", &["environment"]),
            ("Baku denied a chemical weapon had been used", &["cbrn"]),
        ];
        let mut wrong = Vec::new();
        for (text, expected) in rows {
            let got = Told::new(&book, &[sentence(text)]).contexts(0);
            if !expected.iter().all(|e| got.iter().any(|g| g == e)) || got.len() > expected.len() + 1 {
                wrong.push(format!("{text}: {got:?} for {expected:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let article: Vec<Sentence> = (0..3).map(|_| sentence("The ballot was counted")).collect();
        let article: Vec<Sentence> = article.into_iter().chain([sentence("Oman praised the speech")]).collect();
        assert_eq!(Told::new(&book, &article).contexts(3), ["election"]);
    }
}
