//! The `toml` block of an event type as it is written, and its compilation.

use super::frame::{Form, Frame, HeadKind, Slot, Trigger};
use super::words::{Classes, Words};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

type Text = Spanned<String>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawType {
    #[serde(rename = "type")]
    pub name: Text,
    pub quad: Spanned<u8>,
    pub score: Spanned<f32>,
    /// True where the type needs somebody acted on.
    #[serde(default)]
    pub recipient: bool,
    /// CAMEO code where no mode or frame gives a better one.
    pub cameo: Option<Text>,
    /// The type that the same words state when the act is still to come.
    pub future: Option<Text>,
    /// False where acts inside the terms are events of their own (an accusation tells of an act).
    #[serde(default)]
    pub swallows: bool,
    /// Types that are no event of their own inside this one: the demand of a march.
    #[serde(default)]
    pub absorbs: Vec<Text>,
    #[serde(default)]
    pub mode: Vec<RawMode>,
    #[serde(default)]
    pub leaf: Vec<RawLeaf>,
    #[serde(default)]
    pub frame: Vec<RawFrame>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawMode {
    pub id: Text,
    pub score: Option<f32>,
    pub cameo: Option<Text>,
    /// What the mode means, for people.
    #[serde(default)]
    pub about: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawLeaf {
    pub mode: Option<Text>,
    pub words: Text,
    pub cameo: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawFrame {
    pub id: Text,
    pub verbs: Option<Text>,
    pub nouns: Option<Text>,
    pub adjectives: Option<Text>,
    pub subject: Option<Text>,
    pub not_subject: Option<Text>,
    pub object: Option<Text>,
    pub not_object: Option<Text>,
    pub not_complement: Option<Text>,
    pub near: Option<Text>,
    pub not_near: Option<Text>,
    pub form: Option<Text>,
    pub actor: Option<Text>,
    pub recipient: Option<Text>,
    pub noun_actor: Option<Text>,
    pub noun_recipient: Option<Text>,
    pub terms: Option<Text>,
    #[serde(default)]
    pub third: BTreeMap<String, Text>,
    pub mode: Option<Text>,
    pub cameo: Option<Text>,
    pub status: Option<Text>,
    pub weight: Option<Spanned<f32>>,
    pub swallows: Option<bool>,
}

/// A fault with the byte of the block that it stands at.
pub type Fault = (String, usize);

const VERB_ACTOR: &str = "subj";
const VERB_RECIPIENT: &str = "obj:PARTY, iobj:PARTY, against:PARTY, with:PARTY, to:PARTY, on:PARTY, at:PARTY";
const NOUN_ACTOR: &str = "by, between, light:PARTY, poss, adj, from:PARTY";
const NOUN_RECIPIENT: &str = "against, on:PARTY, with:PARTY, to:PARTY, of:PARTY, at:PARTY, from:PARTY";

impl RawFrame {
    /// Compiles the strings of a frame.
    pub fn compile(&self, event: &str, swallows: bool, classes: &Classes) -> Result<Frame, Fault> {
        let mut triggers = Vec::new();
        for (list, kind) in
            [(&self.verbs, HeadKind::Verb), (&self.nouns, HeadKind::Noun), (&self.adjectives, HeadKind::Adjective)]
        {
            let Some(list) = list else { continue };
            for text in list.get_ref().split(',').map(str::trim).filter(|t| !t.is_empty()) {
                triggers.push(Trigger::parse(text, kind, classes).map_err(|m| (m, list.span().start))?);
            }
        }
        if triggers.is_empty() {
            return Err(("a frame without verbs, nouns or adjectives".into(), self.id.span().start));
        }
        let words = |text: &Option<Text>| -> Result<Option<Words>, Fault> {
            match text {
                Some(t) => Words::parse(t.get_ref(), classes).map(Some).map_err(|m| (m, t.span().start)),
                None => Ok(None),
            }
        };
        let slots = |text: &Option<Text>, default: &str| -> Result<Vec<Slot>, Fault> {
            match text {
                Some(t) => Slot::parse_list(t.get_ref(), classes).map_err(|m| (m, t.span().start)),
                None => Slot::parse_list(default, classes).map_err(|m| (m, self.id.span().start)),
            }
        };
        let mut third = Vec::new();
        for (part, text) in &self.third {
            third.push((part.clone(), Slot::parse_list(text.get_ref(), classes).map_err(|m| (m, text.span().start))?));
        }
        let weight = match &self.weight {
            Some(w) if !(0.0..=1.0).contains(w.get_ref()) => {
                return Err(("a weight outside 0 to 1".into(), w.span().start));
            }
            Some(w) => *w.get_ref(),
            None => 0.7,
        };
        let form = match self.form.as_ref().map(|f| (f.get_ref().as_str(), f.span().start)) {
            None => None,
            Some(("refused", _)) => Some(Form::Refused),
            Some(("future", _)) => Some(Form::Future),
            Some(("conditional", _)) => Some(Form::Conditional),
            Some((other, at)) => {
                return Err((format!("`{other}` is no form; use refused, future or conditional"), at));
            }
        };
        Ok(Frame {
            id: self.id.get_ref().clone(),
            event: event.to_string(),
            mode: self.mode.as_ref().map(|m| m.get_ref().clone()),
            cameo: self.cameo.as_ref().map(|m| m.get_ref().clone()),
            status: self.status.as_ref().map(|m| m.get_ref().clone()),
            weight,
            triggers,
            subject: words(&self.subject)?,
            not_subject: words(&self.not_subject)?,
            object: words(&self.object)?,
            not_object: words(&self.not_object)?,
            not_complement: words(&self.not_complement)?,
            near: words(&self.near)?,
            not_near: words(&self.not_near)?,
            form,
            actor: slots(&self.actor, VERB_ACTOR)?,
            recipient: slots(&self.recipient, VERB_RECIPIENT)?,
            noun_actor: slots(&self.noun_actor, NOUN_ACTOR)?,
            noun_recipient: slots(&self.noun_recipient, NOUN_RECIPIENT)?,
            terms: slots(&self.terms, "")?,
            third,
            swallows: self.swallows.unwrap_or(swallows),
            line: 0,
        })
    }
}
