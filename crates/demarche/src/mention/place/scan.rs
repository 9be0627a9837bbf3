//! The words of each sentence, from the reader's tokens or, where there are none, from the text itself.

use crate::record::{Article, NameKind, Sentence, Span};

/// One word with what is known of it.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub span: Span,
    pub lower: String,
    /// Begins with a capital letter.
    pub capital: bool,
    /// A short form in capitals: `UK`, `U.S.`.
    pub short: bool,
    /// Subject of a word of saying or doing: its lemma.
    pub subject_of: Option<String>,
    /// Universal part of speech; empty where not known.
    pub upos: String,
}

/// A name that the reader saw, by words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub words: (usize, usize),
    pub kind: NameKind,
    pub score: f32,
}

/// A sentence as words.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub words: Vec<Word>,
    pub names: Vec<Seen>,
    /// Most of its words are capitalised: a headline, which tells nothing by capitals.
    pub headline: bool,
}

fn word(text: &str, span: Span) -> Word {
    let form = span.slice(text);
    let letters = form.chars().filter(|c| c.is_alphabetic()).count();
    Word {
        span,
        lower: form.trim_end_matches('.').to_lowercase(),
        capital: form.chars().next().is_some_and(char::is_uppercase),
        short: (2..=6).contains(&letters) && form.chars().all(|c| c.is_uppercase() || c == '.'),
        subject_of: None,
        upos: String::new(),
    }
}

/// All sentences in text order.
pub(super) fn lines(article: &Article, sentences: &[Sentence]) -> Vec<Line> {
    let text = &article.text;
    if sentences.is_empty() {
        let mut parts: Vec<Span> = Vec::new();
        parts.extend(article.title_span);
        parts.extend(article.standfirst);
        parts.extend(article.paragraphs.iter().copied());
        parts.sort();
        return parts.iter().flat_map(|p| cut(text, *p)).map(|words| line(words, Vec::new())).collect();
    }
    let of = |s: &Sentence| {
        if s.tokens.is_empty() {
            return line(cut(text, s.span).concat(), Vec::new());
        }
        let words = s.tokens.iter().map(|t| Word {
            subject_of: (t.deprel == "nsubj")
                .then(|| t.head.and_then(|h| s.tokens.get(h)))
                .flatten()
                .map(|h| h.lemma.clone()),
            upos: t.upos.clone(),
            ..word(text, t.span)
        });
        let names = s.names.iter().map(|n| Seen { words: n.tokens, kind: n.kind, score: n.score });
        line(words.collect(), names.collect())
    };
    sentences.iter().map(of).collect()
}

fn line(words: Vec<Word>, names: Vec<Seen>) -> Line {
    let long = words.iter().filter(|w| w.lower.chars().filter(|c| c.is_alphabetic()).count() > 3);
    let (mut all, mut capital) = (0, 0);
    for w in long {
        all += 1;
        capital += usize::from(w.capital);
    }
    Line { words, names, headline: all > 3 && capital * 4 > all * 3 }
}

/// Cuts a stretch of text into sentences and these into words.
fn cut(text: &str, span: Span) -> Vec<Vec<Word>> {
    let (mut out, mut now, mut start) = (Vec::new(), Vec::new(), None);
    let mut chars = span.slice(text).char_indices().peekable();
    let put = |now: &mut Vec<Word>, a: usize, z: usize| now.push(word(text, Span::new(span.start + a, span.start + z)));
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let inside = c.is_alphanumeric()
            || matches!(c, '-' | '&' if start.is_some() && next.is_some_and(char::is_alphanumeric))
            || (matches!(c, '\'' | '’') && start.is_some() && next.is_some_and(|n| n.is_alphabetic() && n != 's'))
            || (c == '.' && start.is_some_and(|s| abbreviation(span.slice(text).get(s..at).unwrap_or(""))));
        if inside {
            start = start.or(Some(at));
            continue;
        }
        if let Some(s) = start.take() {
            put(&mut now, s, at);
        }
        if !c.is_whitespace() {
            put(&mut now, at, at + c.len_utf8());
        }
        if matches!(c, '.' | '!' | '?') && next.is_none_or(char::is_whitespace) {
            out.push(std::mem::take(&mut now));
        }
    }
    if let Some(s) = start {
        put(&mut now, s, span.len());
    }
    out.push(now);
    out.retain(|l| !l.is_empty());
    out
}

/// True for what a full stop belongs to: `U`, `U.S`, `St`, `Calif`.
fn abbreviation(form: &str) -> bool {
    let last = form.rsplit('.').next().unwrap_or("");
    (last.chars().count() == 1 && last.chars().all(char::is_uppercase))
        || ["St", "Mt", "Ft", "Calif", "Tex", "Fla", "Pa", "Mass", "Wash", "Mr", "Mrs", "Ms", "Dr", "Gen", "Sen"]
            .contains(&form)
}
