use super::{Note, Span};
use serde::{Deserialize, Serialize};

/// A page as a source hands it over: bytes, and what the source knows of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The content as it came, in whatever encoding.
    pub bytes: Vec<u8>,
    /// HTML, plain text, or to be found out.
    pub kind: PageKind,
    /// Address, where known.
    pub url: Option<String>,
    /// Title, where the source gives it apart from the content.
    pub title: Option<String>,
    /// Publication time, where the source gives it (`2019-11-14`, or with a time and zone); wins over the page's own.
    pub date: Option<String>,
    /// Character encoding that the transport declared (`charset` of an HTTP header).
    pub charset: Option<String>,
}

/// What a page's bytes are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PageKind {
    /// Look at the bytes.
    #[default]
    Detect,
    /// HTML or XHTML.
    Html,
    /// Plain text with page furniture possibly left in it: paragraphs parted by blank lines.
    Text,
    /// Text that is the article's body and nothing else: paragraphs parted by blank lines.
    Body,
}

/// The structure of a page. `text` is made of the title, the standfirst, captions and pull quotes, and the body's
/// paragraphs, parted by blank lines; all spans are ranges of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// First 16 hex digits of the SHA-256 of `text`.
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Where `title` stands in `text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title_span: Option<Span>,
    /// Section path from the broadest: `["News", "North Korea"]`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub section: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Stamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Stamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The news agency that the text is credited to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wire: Option<String>,
    #[serde(skip_serializing_if = "Byline::is_empty")]
    pub byline: Byline,
    /// ISO 639-1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub captions: Vec<Caption>,
    /// Where the standfirst stands in `text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standfirst: Option<Span>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pull_quotes: Vec<PullQuote>,
    /// The body's paragraphs in reading order.
    pub paragraphs: Vec<Span>,
    pub text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// A time with the precision that the page itself gives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// ISO 8601, cut to the precision: `2019-11-14`, `2019-11-14T09:30`, `2019-11-14T09:30:00Z`.
    pub value: String,
    pub precision: Precision,
}

/// How exactly a time is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// To the minute or second, with a zone.
    Instant,
    /// To the minute, without a zone.
    Minute,
    #[default]
    Day,
    Week,
    Month,
    Quarter,
    Season,
    Year,
    Decade,
    Century,
}

/// Who signed the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Byline {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initials: Option<String>,
}

impl Byline {
    /// True if nobody signed.
    pub fn is_empty(&self) -> bool {
        *self == Byline::default()
    }
}

/// Words under a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caption {
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// Of `text` in the article's text.
    pub span: Span,
}

/// A sentence that the page shows a second time in large type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullQuote {
    pub text: String,
    pub span: Span,
    /// Index into `paragraphs` of the paragraph that holds the same words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub twin: Option<usize>,
}
