//! From loose pieces to an [`Article`] with one text and spans that slice.

use super::words::{count, key, squeeze};
use crate::record::{Article, Byline, Caption, Note, Page, PullQuote, Span, Stamp};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write;

/// What a reader of pages found, before it becomes one text.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub title: Option<String>,
    pub section: Vec<String>,
    pub published: Option<Stamp>,
    pub modified: Option<Stamp>,
    pub publisher: Option<String>,
    pub wire: Option<String>,
    pub byline: Byline,
    /// Words and credit, as often as the page shows them.
    pub captions: Vec<(String, Option<String>)>,
    pub standfirst: Option<String>,
    /// What the page sets apart as a quotation from its own body.
    pub quotes: Vec<String>,
    pub paragraphs: Vec<String>,
    /// ISO 639-1, as the page declares it.
    pub language: Option<String>,
    pub notes: Vec<Note>,
}

const SEPARATOR: &str = "\n\n";

struct Text(String);

impl Text {
    fn push(&mut self, piece: &str) -> Span {
        if !self.0.is_empty() {
            self.0.push_str(SEPARATOR);
        }
        let start = self.0.len();
        self.0.push_str(piece);
        Span::new(start, self.0.len())
    }
}

/// Joins the pieces in the order title, standfirst, captions, pull quotes, body.
pub(super) fn article(mut draft: Draft, page: &Page) -> Article {
    let clean = |s: String| Some(squeeze(&s)).filter(|s| !s.is_empty());
    let title = draft.title.take().and_then(clean);
    let mut paragraphs: Vec<String> = draft.paragraphs.drain(..).filter_map(clean).collect();
    let standfirst = draft.standfirst.take().and_then(clean).filter(|s| title.as_deref().map(key) != Some(key(s)));
    if let Some(standfirst) = &standfirst {
        let folded = key(standfirst);
        paragraphs.retain(|p| key(p) != folded);
    }
    let quotes: Vec<String> = draft.quotes.drain(..).filter_map(clean).collect();

    let mut text = Text(String::new());
    let title_span = title.as_deref().map(|t| text.push(t));
    let standfirst = standfirst.as_deref().map(|s| text.push(s));
    let mut seen = BTreeSet::new();
    let mut captions = Vec::new();
    for (words, credit) in draft.captions.drain(..) {
        let Some(words) = clean(words) else { continue };
        if seen.insert(key(&words)) {
            let span = text.push(&words);
            let credit = credit.map(|c| credited(&c, draft.publisher.as_deref()));
            captions.push(Caption { text: words, credit: credit.and_then(clean), span });
        }
    }
    let folded: Vec<String> = paragraphs.iter().map(|p| key(p)).collect();
    let mut pull_quotes = Vec::new();
    let mut seen = BTreeSet::new();
    for words in quotes {
        let folded_words = key(&words);
        if folded_words.is_empty() || !seen.insert(folded_words.clone()) {
            continue;
        }
        let twin = twin(&folded, &folded_words);
        let span = text.push(&words);
        pull_quotes.push(PullQuote { text: words, span, twin });
    }
    let paragraphs: Vec<Span> = paragraphs.iter().map(|p| text.push(p)).collect();
    let text = text.0;

    let body = paragraphs.first().and_then(|first| text.get(first.start..)).unwrap_or("");
    let language = language(if body.is_empty() { &text } else { body }).or(draft.language.take());
    let mut notes = std::mem::take(&mut draft.notes);
    let silent = notes.iter().any(|n| matches!(n.kind.as_str(), "empty" | "binary"));
    if paragraphs.is_empty() && !silent {
        notes.push(Note::new("no-text", "no paragraph of an article was found"));
    }
    if draft.published.is_none() && !silent {
        notes.push(Note::new("no-date", "the page does not say when it was published"));
    }
    if let Some(code) = language.as_deref().filter(|code| *code != "en") {
        notes.push(Note::new("language", format!("the text is not English but `{code}`")));
    }
    Article {
        id: digest(&text),
        url: page.url.clone(),
        title,
        title_span,
        section: draft.section,
        published: draft.published,
        modified: draft.modified,
        publisher: draft.publisher,
        wire: draft.wire,
        byline: draft.byline,
        language,
        captions,
        standfirst,
        pull_quotes,
        paragraphs,
        text,
        notes,
    }
}

/// Who took a picture, without the page's own house: `Jane Roe for The Example`, `The Example/Jane Roe`.
fn credited(credit: &str, publisher: Option<&str>) -> String {
    let credit = credit.split(" for ").next().unwrap_or(credit);
    let house = publisher.map(key);
    let parts: Vec<&str> = credit.split('/').map(str::trim).filter(|p| Some(key(p)) != house).collect();
    if parts.is_empty() { credit.to_owned() } else { parts.join("/") }
}

/// Index of the paragraph that holds the words of a pull quote, both folded.
pub(super) fn twin(paragraphs: &[String], quote: &str) -> Option<usize> {
    paragraphs.iter().position(|p| p == quote).or_else(|| {
        if count(quote) < 4 {
            return None;
        }
        paragraphs.iter().position(|p| contains_words(p, quote))
    })
}

/// True if the words of `part` stand in `whole` in one piece, both folded.
pub(super) fn contains_words(whole: &str, part: &str) -> bool {
    !part.is_empty()
        && whole.match_indices(part).any(|(at, _)| {
            let before = whole.get(..at).is_none_or(|w| w.is_empty() || w.ends_with(' '));
            let after = whole.get(at + part.len()..).is_none_or(|w| w.is_empty() || w.starts_with(' '));
            before && after
        })
}

fn digest(text: &str) -> String {
    let mut id = String::with_capacity(16);
    for byte in Sha256::digest(text.as_bytes()).iter().take(8) {
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// The language that a text of some length is written in, ISO 639-1; none if it is too short or in doubt.
fn language(text: &str) -> Option<String> {
    let mut end = text.len().min(20_000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text.get(..end)?;
    if text.chars().filter(|c| c.is_alphabetic()).take(60).count() < 60 {
        return None;
    }
    let info = whatlang::detect(text)?;
    if !info.is_reliable() && info.confidence() < 0.5 {
        return None;
    }
    let three = info.lang().code();
    Some(CODES.iter().find(|(long, _)| *long == three).map_or(three, |(_, short)| short).to_owned())
}

/// ISO 639-3 to ISO 639-1, for the languages that the detector knows.
const CODES: &[(&str, &str)] = &[
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];
