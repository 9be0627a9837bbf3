//! From PLOVER type, mode and words to codes and values, and the contexts that words tell of.

use crate::codebook::events::{EventBook, Words, lemmas};
use crate::record::{Sentence, Token};
use std::collections::BTreeSet;

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

/// Contexts that an event's sentence tells of, in order of their names. Words of the sentence count alone; where the
/// sentence tells nothing, words that the article repeats do (`article` are its other sentences, at least three times).
pub fn contexts(book: &EventBook, sentence: &Sentence, article: &[Sentence]) -> Vec<String> {
    let own: Vec<String> = book
        .contexts
        .iter()
        .filter(|(_, words)| holds_any(&sentence.tokens, words))
        .map(|(name, _)| name.clone())
        .collect();
    if !own.is_empty() {
        return own;
    }
    let mut counts: Vec<(usize, &str)> = book
        .contexts
        .iter()
        .map(|(name, words)| (article.iter().filter(|s| holds_any(&s.tokens, words)).count(), name.as_str()))
        .filter(|(n, _)| *n >= 3)
        .collect();
    counts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let mut names: Vec<String> = counts.into_iter().take(2).map(|(_, n)| n.to_string()).collect();
    names.sort();
    names
}

/// True if a token, or two in a row, is one of the words; a lemma counts as well as the form.
fn holds_any(tokens: &[Token], words: &Words) -> bool {
    let mut before: Option<BTreeSet<String>> = None;
    for token in tokens {
        let now: BTreeSet<String> = lemmas(&token.form, &token.lemma, &token.upos).into_iter().collect();
        if now.iter().any(|w| words.holds(w)) {
            return true;
        }
        if words.has_compounds()
            && let Some(before) = &before
            && before.iter().any(|a| now.iter().any(|b| words.holds(&format!("{a} {b}"))))
        {
            return true;
        }
        before = Some(now);
    }
    false
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
            let got = contexts(&book, &sentence(text), &[]);
            if !expected.iter().all(|e| got.iter().any(|g| g == e)) || got.len() > expected.len() + 1 {
                wrong.push(format!("{text}: {got:?} for {expected:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let article: Vec<Sentence> = (0..3).map(|_| sentence("The ballot was counted")).collect();
        assert_eq!(contexts(&book, &sentence("Oman praised the speech"), &article), ["election"]);
    }
}
