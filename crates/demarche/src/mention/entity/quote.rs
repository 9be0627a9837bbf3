//! What stands between quotation marks, and whose words it is.

use super::phrase;
use crate::record::{Sentence, SentencePlace};

/// Words between quotation marks in one sentence.
pub(super) struct Quote {
    pub sentence: usize,
    /// First token and one past the last, marks included.
    pub tokens: (usize, usize),
    /// Sentence and head token of the speaker's phrase.
    pub speaker: Option<(usize, usize)>,
}

const SAYING: &[&str] = &[
    "say",
    "tell",
    "add",
    "state",
    "declare",
    "announce",
    "claim",
    "warn",
    "argue",
    "write",
    "tweet",
    "ask",
    "reply",
    "respond",
    "explain",
    "note",
    "insist",
    "stress",
    "admit",
    "comment",
    "report",
    "suggest",
    "confirm",
    "allege",
    "call",
    "describe",
    "urge",
    "remark",
    "continue",
    "conclude",
    "acknowledge",
    "recall",
    "vow",
    "pledge",
    "promise",
    "deny",
    "accuse",
    "complain",
    "post",
    "quote",
    "cite",
    "aver",
    "opine",
    "think",
    "believe",
    "emphasise",
    "emphasize",
    "reiterate",
];

/// Finds the quotations of an article; an open quotation goes on into the next sentence of the paragraph.
pub(super) fn find(sentences: &[Sentence]) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    let mut open = false;
    let mut paragraph = SentencePlace::Title;
    let mut last_speaker: Option<(usize, usize)> = None;
    for (index, sentence) in sentences.iter().enumerate() {
        if sentence.place != paragraph {
            // Quotations over several paragraphs open anew in each.
            open = false;
            if paragraph == SentencePlace::Title {
                last_speaker = None;
            }
            paragraph = sentence.place;
        }
        let first = quotes.len();
        let mut start = open.then_some(0);
        for (i, token) in sentence.tokens.iter().enumerate() {
            match token.form.as_str() {
                "“" | "``" | "«" | "„" => start = start.or(Some(i)),
                "”" | "''" | "»" => {
                    if let Some(from) = start.take() {
                        quotes.push(Quote { sentence: index, tokens: (from, i + 1), speaker: None });
                    }
                }
                "\"" => match start.take() {
                    Some(from) => quotes.push(Quote { sentence: index, tokens: (from, i + 1), speaker: None }),
                    None => start = Some(i),
                },
                _ => {}
            }
        }
        open = start.is_some();
        if let Some(from) = start {
            quotes.push(Quote { sentence: index, tokens: (from, sentence.tokens.len()), speaker: None });
        }
        let here = speaker(sentence, quotes.get(first..).unwrap_or_default()).map(|head| (index, head));
        for quote in quotes.iter_mut().skip(first) {
            // A whole sentence in quotation marks is the words of whoever spoke last, or speaks next.
            quote.speaker = here.or(last_speaker);
        }
        last_speaker = here.or(last_speaker);
        if here.is_some() {
            for quote in quotes.iter_mut().take(first).rev().take(3) {
                let same = sentences.get(quote.sentence).is_some_and(|s| s.place == sentence.place);
                if quote.speaker.is_none() && same {
                    quote.speaker = here;
                }
            }
        }
    }
    quotes
}

/// The head of the phrase that names the speaker: subject of a verb of saying outside the quotations, or "according to".
fn speaker(sentence: &Sentence, quotes: &[Quote]) -> Option<usize> {
    let inside = |i: usize| quotes.iter().any(|q| q.tokens.0 <= i && i < q.tokens.1);
    let children = phrase::children(sentence);
    for (i, token) in sentence.tokens.iter().enumerate() {
        if inside(i) || !SAYING.contains(&token.lemma.as_str()) || token.upos != "VERB" {
            continue;
        }
        let subject =
            children.get(i)?.iter().copied().find(|&c| sentence.tokens.get(c).is_some_and(|t| t.deprel == "nsubj"));
        if let Some(subject) = subject {
            return Some(subject);
        }
        // "..., he said and added": the subject of the first verb serves the second.
        let first = token.head.filter(|_| matches!(token.rel(), "conj" | "advcl" | "xcomp"));
        if let Some(subject) = first.and_then(|f| {
            children.get(f)?.iter().copied().find(|&c| sentence.tokens.get(c).is_some_and(|t| t.deprel == "nsubj"))
        }) {
            return Some(subject);
        }
    }
    sentence.tokens.iter().enumerate().find_map(|(i, t)| {
        let to = sentence.tokens.get(i + 1)?;
        (t.form.eq_ignore_ascii_case("according") && to.form == "to")
            .then(|| to.head.or(t.head))
            .flatten()
            .map(|h| if h == i { t.head.unwrap_or(h) } else { h })
    })
}
