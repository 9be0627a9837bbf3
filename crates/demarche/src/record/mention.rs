use super::{Precision, Span};
use serde::{Deserialize, Serialize};

/// Who, when and where in one article.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Mentions {
    pub entities: Vec<Entity>,
    pub times: Vec<When>,
    pub places: Vec<Place>,
}

/// A person, organisation, country or group, with every mention of it in the article.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entity {
    /// The fullest name or description in the article: `Kim Myong Gil`, `North Korea`, `the protesters`.
    pub name: String,
    pub kind: EntityKind,
    /// ISO 3166-1 alpha-3, or PLOVER's IGO, UNO, EUR, NGO, ISM, IMG, MNC, KOS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// PLOVER sectors, the main one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sector: Vec<String>,
    /// Office or part in words: `nuclear negotiator`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Codebook or Wikidata identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What country, sector and role were read from.
    pub by: Vec<Evidence>,
    pub mentions: Vec<Mention>,
}

/// What an entity is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    Person,
    Organisation,
    Country,
    /// People or things without a name of their own: `the protesters`, `a third country`.
    #[default]
    Group,
}

/// One place in the text where an entity is spoken of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    pub text: String,
    pub span: Span,
    /// Index into the article's sentences.
    pub sentence: usize,
    /// First token and one past the last.
    pub tokens: (usize, usize),
    /// Index of the token that heads the noun phrase.
    pub head: usize,
    pub form: MentionForm,
}

/// How a mention speaks of its entity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionForm {
    Name,
    /// `Dutch`, `Kenyan`.
    Adjective,
    /// `the minister`.
    #[default]
    Noun,
    Pronoun,
}

/// Somebody who speaks for a country or body, as an article tells it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SpeaksFor {
    pub name: String,
    /// The mention that names the speaker, and where it stands.
    pub text: String,
    pub span: Span,
    /// The office in the text's words.
    pub role: String,
    /// For whom.
    #[serde(rename = "for")]
    pub for_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sector: Vec<String>,
    /// Day of the story.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// What office and country were read from.
    pub by: Vec<Evidence>,
}

/// Why a value was set: which rule, word or model head, with what score.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The field that it speaks for: `event`, `actor`, `status`, `country` ...
    pub field: String,
    /// Rule id (`reject.decline`), dictionary entry (`country:PRK`), or model head (`head:type`).
    pub by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// 0 to 1.
    pub score: f32,
    /// The value that came second, with its score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runner_up: Option<(String, f32)>,
}

/// A time expression as an interval of days.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct When {
    pub text: String,
    /// Absent where the time was not in the text but is the story's own date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// TIMEX3 type: `DATE`, `TIME`, `DURATION`, `SET`.
    #[serde(rename = "type")]
    pub kind: String,
    /// TIMEX3 value: `2019-10`, `2019-W20`, `P2D`, `PRESENT_REF`.
    pub value: String,
    /// TIMEX3 modifier: `START`, `MID`, `END`, `APPROX`, `BEFORE`, `AFTER` ...
    #[serde(rename = "mod", skip_serializing_if = "Option::is_none")]
    pub modifier: Option<String>,
    /// First day, ISO 8601; absent for durations, sets and vague references.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// Last day, inclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<Precision>,
}

/// A place on the earth, WGS 84 degrees.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    pub text: String,
    pub span: Span,
    /// As an atlas gives it.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin1: Option<String>,
    /// GeoNames identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geonames: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
}
