use super::Span;
use serde::{Deserialize, Serialize};

/// One sentence of the title, the standfirst or the body.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    pub span: Span,
    pub place: SentencePlace,
    pub tokens: Vec<Token>,
    /// Names in order of their first token; they do not overlap.
    pub names: Vec<Name>,
}

/// Which part of the page a sentence stands in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SentencePlace {
    #[default]
    Title,
    Standfirst,
    /// Index into [`Article::paragraphs`](super::Article::paragraphs).
    Body(usize),
}

/// A token with its Universal Dependencies analysis.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Token {
    pub span: Span,
    /// The characters of `span`.
    pub form: String,
    pub lemma: String,
    /// Universal part of speech: `NOUN`, `PROPN`, `VERB` ...
    pub upos: String,
    /// Penn Treebank tag: `NNP`, `VBD` ...
    pub xpos: String,
    /// UD features as in CoNLL-U, `_` where there are none.
    pub feats: String,
    /// Index of the head in the sentence's tokens, counted from 0; none for the root.
    pub head: Option<usize>,
    /// UD relation with subtype: `nsubj:pass`.
    pub deprel: String,
}

impl Token {
    /// The relation without its subtype: `nsubj` of `nsubj:pass`.
    pub fn rel(&self) -> &str {
        self.deprel.split(':').next().unwrap_or("")
    }
}

/// A name as the reader saw it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Name {
    pub span: Span,
    /// First token and one past the last, in the sentence's tokens.
    pub tokens: (usize, usize),
    pub kind: NameKind,
    /// The model's probability, 0 to 1.
    pub score: f32,
}

/// Kinds of names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NameKind {
    Person,
    Organisation,
    /// A place, or a country as an actor.
    Place,
    /// Nationalities, events, works and other names.
    #[default]
    Other,
}

/// An act as the encoder's event heads propose it, before the codebook has its say. Token ranges are of the sentence.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Index into the article's sentences.
    pub sentence: usize,
    /// Tokens of the predicate, first and one past the last.
    pub predicate: (usize, usize),
    /// PLOVER types by falling probability; only those above 0.01.
    pub types: Vec<(String, f32)>,
    /// Modes of the first type by falling probability; `-` for none.
    pub modes: Vec<(String, f32)>,
    /// Statuses by falling probability.
    pub statuses: Vec<(String, f32)>,
    /// How sure the heads are that there is an event at all, 0 to 1.
    pub score: f32,
    pub arguments: Vec<Argument>,
}

/// One part of a proposal.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Argument {
    /// `actor`, `recipient`, `third_party`, `speaker`, `when`, `where`, `terms`, `condition`, `deadline`.
    pub role: String,
    /// First token and one past the last.
    pub tokens: (usize, usize),
    pub score: f32,
    /// For third parties: `messenger`, `mediator`, `host` ...
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}
