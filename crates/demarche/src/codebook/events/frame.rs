//! Frames: which words state an act, and where the parties stand around them. Compiled from a few short strings so
//! that a domain expert can write them without knowing the parser.

use super::words::{Classes, Words};
use std::collections::BTreeMap;

/// Part of speech that a trigger's head must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HeadKind {
    Verb,
    Noun,
    Adjective,
}

/// One thing that must hang on a trigger's head.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A particle or a bare preposition: `turn down`, `call for`.
    Small(String),
    /// A preposition with its noun: `put under arrest`.
    Prepositional(String, Words),
    /// An object: `hold talk`; for nouns and adjectives a modifier in front: `air strike`.
    Object(Words),
    /// A verb in the complement: `threaten >attack`.
    Complement(Words),
    /// A verb in the infinitive: `tell PARTY +leave`, which "told him that they would leave" does not fit.
    Infinitive(Words),
}

/// A verb, noun or adjective together with what must hang on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Trigger {
    pub kind: HeadKind,
    pub head: Words,
    pub parts: Vec<Part>,
    /// As it stands in the codebook, for reports.
    pub text: String,
}

/// What the auxiliaries of a frame's verb must say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `will not`, `would not`, `cannot`: a refusal.
    Refused,
    /// `will`, `would`: a threat or a promise.
    Future,
    /// `will ... if`, `would ... unless`: what a party holds out to another.
    Conditional,
}

/// One step of a path through the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Who does it, in the active or the passive, inherited where the verb has no subject of its own.
    Subject,
    /// Whom or what it is done to, in the active or the passive.
    Object,
    IndirectObject,
    /// `Syria's`, `its`.
    Possessive,
    /// A nationality or name before a noun: `Dutch`, `UN`.
    Adjective,
    /// A complement clause: `agreed [to meet]`, `said [that ...]`.
    Complement,
    /// The subject of the verb that carries this noun: `[Iran] launched an attack`.
    Light,
    /// The noun under a preposition.
    Preposition(String),
}

/// A path to a party, with the class of words that it must end in.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    pub path: Vec<Step>,
    pub class: Option<Words>,
}

/// A frame of one event type.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// `reject.decline`.
    pub id: String,
    /// PLOVER type, or a user's own.
    pub event: String,
    pub mode: Option<String>,
    pub cameo: Option<String>,
    /// A status that the words alone settle: `planned` of an invitation.
    pub status: Option<String>,
    /// How far the frame is to be trusted, 0 to 1.
    pub weight: f32,
    pub triggers: Vec<Trigger>,
    /// Of verbs: the subject must be one of these words, where there is a subject.
    pub subject: Option<Words>,
    pub not_subject: Option<Words>,
    /// The object must be one of these words.
    pub object: Option<Words>,
    pub not_object: Option<Words>,
    /// Verbs in the complement with which the frame does not hold: `declined to comment`.
    pub not_complement: Option<Words>,
    /// Words anywhere in the sentence without which the frame does not hold.
    pub near: Option<Words>,
    /// Words anywhere in the sentence with which the frame does not hold.
    pub not_near: Option<Words>,
    /// What the verb's auxiliaries must say.
    pub form: Option<Form>,
    pub actor: Vec<Slot>,
    pub recipient: Vec<Slot>,
    pub noun_actor: Vec<Slot>,
    pub noun_recipient: Vec<Slot>,
    pub terms: Vec<Slot>,
    /// Third parties: their part (`mediator`) and where they stand.
    pub third: Vec<(String, Vec<Slot>)>,
    /// True if an act inside the terms is only spoken of, no event of its own (offers, demands, threats, refusals).
    pub swallows: bool,
    /// Line of the file that the frame begins on, counted from 1.
    pub line: usize,
}

/// Words that a trigger takes as particles or prepositions, not as nouns.
const SMALL: &[&str] = &[
    "about",
    "above",
    "across",
    "after",
    "against",
    "ahead",
    "along",
    "alongside",
    "among",
    "apart",
    "around",
    "as",
    "aside",
    "at",
    "away",
    "back",
    "before",
    "behind",
    "between",
    "beyond",
    "by",
    "down",
    "for",
    "forth",
    "forward",
    "from",
    "home",
    "in",
    "inside",
    "into",
    "off",
    "on",
    "onto",
    "open",
    "out",
    "over",
    "past",
    "through",
    "to",
    "together",
    "towards",
    "toward",
    "under",
    "up",
    "upon",
    "with",
    "within",
    "without",
    "of",
    "outside",
    "near",
];

fn is_small(word: &str) -> bool {
    SMALL.contains(&word)
}

impl Trigger {
    /// Reads `turn down`, `put under arrest`, `HOLD MEETING`, `threaten >attack/bomb`, `air strike`.
    pub fn parse(text: &str, kind: HeadKind, classes: &Classes) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        // "air strike of", "use of force": the head of a noun trigger is the last word before a preposition.
        let head_at = match kind {
            HeadKind::Verb => 0,
            _ => words
                .iter()
                .position(|w| is_small(w) || w.starts_with(['>', '+']))
                .unwrap_or(words.len())
                .saturating_sub(1),
        };
        let Some(head) = words.get(head_at) else {
            return Err("an empty trigger".into());
        };
        let head = Words::parse(head, classes)?;
        let mut parts = Vec::new();
        for word in words.get(..head_at).unwrap_or(&[]) {
            parts.push(Part::Object(Words::parse(word, classes)?));
        }
        let rest = words.get(head_at + 1..).unwrap_or(&[]);
        let mut i = 0;
        while let Some(word) = rest.get(i) {
            i += 1;
            if let Some(verb) = word.strip_prefix('+') {
                parts.push(Part::Infinitive(Words::parse(verb, classes)?));
            } else if let Some(verb) = word.strip_prefix('>') {
                parts.push(Part::Complement(Words::parse(verb, classes)?));
            } else if is_small(word) {
                match rest.get(i) {
                    Some(next) if !is_small(next) && !next.starts_with(['>', '+']) => {
                        parts.push(Part::Prepositional((*word).to_string(), Words::parse(next, classes)?));
                        i += 1;
                    }
                    _ => parts.push(Part::Small((*word).to_string())),
                }
            } else {
                parts.push(Part::Object(Words::parse(word, classes)?));
            }
        }
        Ok(Trigger { kind, head, parts, text: text.to_string() })
    }
}

impl Slot {
    /// Reads `subj`, `obj.poss`, `with`, `obj:PARTY`.
    pub fn parse(text: &str, classes: &Classes) -> Result<Self, String> {
        let (path, class) = match text.split_once(':') {
            Some((path, class)) => (path, Some(Words::parse(class, classes)?)),
            None => (text, None),
        };
        let path = path
            .split('.')
            .map(|step| match step {
                "subj" => Ok(Step::Subject),
                "obj" => Ok(Step::Object),
                "iobj" => Ok(Step::IndirectObject),
                "poss" => Ok(Step::Possessive),
                "adj" => Ok(Step::Adjective),
                "comp" => Ok(Step::Complement),
                "light" => Ok(Step::Light),
                other if is_small(other) => Ok(Step::Preposition(other.to_string())),
                other => Err(format!("`{other}` is no place in a sentence")),
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Slot { path, class })
    }

    /// Reads a list of slots, the first of which that is filled wins.
    pub fn parse_list(text: &str, classes: &Classes) -> Result<Vec<Slot>, String> {
        text.split(',').map(str::trim).filter(|s| !s.is_empty()).map(|s| Slot::parse(s, classes)).collect()
    }
}

/// Frames by the lemma of their trigger's head.
#[derive(Debug, Clone, Default)]
pub struct FrameIndex {
    by_lemma: BTreeMap<String, Vec<(usize, usize)>>,
}

impl FrameIndex {
    /// Indexes every trigger of every frame.
    pub fn build(frames: &[Frame]) -> Self {
        let mut by_lemma: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for (f, frame) in frames.iter().enumerate() {
            for (t, trigger) in frame.triggers.iter().enumerate() {
                for lemma in trigger.head.lemmas() {
                    by_lemma.entry(lemma.to_string()).or_default().push((f, t));
                }
            }
        }
        FrameIndex { by_lemma }
    }

    /// Frame and trigger numbers that a lemma may begin.
    pub fn get(&self, lemma: &str) -> &[(usize, usize)] {
        self.by_lemma.get(lemma).map_or(&[], Vec::as_slice)
    }
}
