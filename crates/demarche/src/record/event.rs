use super::{Evidence, Place, Span, Stamp, When};
use serde::{Deserialize, Serialize};

/// One act between parties. Field names are those of PLOVER's exchange format where it has one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Event {
    /// Stable: article id, predicate span and type.
    pub id: String,
    pub article: ArticleRef,
    /// PLOVER type.
    pub event: String,
    /// PLOVER modes; the first is the main one.
    pub mode: Vec<String>,
    /// CAMEO code, as text (`010` and `10` differ).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cameo: Option<String>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// PLOVER conflict-cooperation value, -10 to +10.
    pub score: f32,
    /// Goldstein value of the CAMEO code, -10 to +10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goldstein: Option<f32>,
    pub context: Vec<String>,
    pub actor: Vec<Actor>,
    pub recipient: Vec<Actor>,
    pub third_party: Vec<Actor>,
    pub status: String,
    /// `failed` or `succeeded`, where the text says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Piece>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<Piece>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Who says so, nearest to the event first.
    pub attribution: Vec<Attribution>,
    /// Id of the offer or demand that this refusal or acceptance answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<String>,
    /// The words that state the act.
    pub predicate: Piece,
    pub sentence: Piece,
    pub evidence: Vec<Evidence>,
    /// 0 to 1.
    pub confidence: f32,
}

/// The article that an event was read in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ArticleRef {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Stamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wire: Option<String>,
}

/// A party to an event: its mention in this sentence and the entity that it was resolved to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Actor {
    /// The mention in this sentence.
    pub text: String,
    pub span: Span,
    /// The entity's fullest name in the article.
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    pub sector: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// For third parties: `messenger`, `mediator`, `host`, `guarantor`, `witness`, `beneficiary`, `other-party`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// What country, sector and role were read from.
    pub by: Vec<Evidence>,
}

/// A piece of the article's text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    pub text: String,
    pub span: Span,
}

/// Something that somebody says, writes or thinks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quotation {
    /// The words for who says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Piece>,
    /// Who that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Actor>,
    /// The words that report: `said`, `according to`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cue: Option<Piece>,
    /// What is said, in one or several stretches.
    pub content: Vec<Piece>,
    /// `direct`, `indirect`, or `mixed` where some of it stands in quotation marks.
    pub kind: String,
}

/// One mouth between the act and the reader.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attribution {
    /// `speaker`, `medium`, `wire` or `outlet`.
    pub part: String,
    pub text: String,
    /// The entity that the mention was resolved to.
    pub name: String,
    /// Absent where the page, not its text, names the mouth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// True if the act is told in the mouth's own words, between quotation marks.
    pub quoted: bool,
}
