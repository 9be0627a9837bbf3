//! The files as they are written.

use crate::error::Error;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct File {
    pub anchor: Option<String>,
    pub rule: Vec<RawRule>,
    pub join: Vec<RawJoin>,
    pub modifier: Vec<RawModifier>,
    pub slot: BTreeMap<String, BTreeMap<String, toml::Value>>,
    pub pattern: BTreeMap<String, Spanned<String>>,
    pub holiday: BTreeMap<String, Spanned<String>>,
    pub list: BTreeMap<String, Vec<String>>,
    pub tense: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawRule {
    pub id: Spanned<String>,
    #[serde(rename = "match")]
    pub pattern: Spanned<String>,
    pub value: Spanned<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    #[serde(rename = "mod")]
    pub modifier: Option<String>,
    pub dir: Option<Spanned<String>>,
    pub before: Option<String>,
    pub before_not: Option<String>,
    pub after: Option<String>,
    pub after_not: Option<String>,
    pub trim: Option<String>,
    pub trim_start: Option<String>,
    #[serde(default)]
    pub priority: i8,
    #[serde(default)]
    pub capital: bool,
    #[serde(default)]
    pub keep_case: bool,
    #[serde(default)]
    pub year_like: bool,
    #[serde(default)]
    pub dir_word: bool,
    #[serde(default)]
    pub from_last: bool,
    #[serde(default)]
    pub examples: Vec<RawExample>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawJoin {
    pub left: Vec<String>,
    pub gap: Spanned<String>,
    pub right: Vec<String>,
    pub how: Spanned<String>,
    #[serde(default)]
    pub examples: Vec<RawExample>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawModifier {
    #[serde(rename = "match")]
    pub pattern: Spanned<String>,
    #[serde(rename = "mod")]
    pub modifier: Option<String>,
    pub on: Vec<String>,
    pub unless: Option<String>,
    #[serde(default)]
    pub after: bool,
    #[serde(default)]
    pub tight: bool,
    #[serde(default)]
    pub until_anchor: bool,
    #[serde(default)]
    pub from_anchor: bool,
    #[serde(default)]
    pub examples: Vec<RawExample>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawExample {
    pub text: Spanned<String>,
    pub anchor: Option<String>,
    pub span: Option<String>,
    pub value: Option<String>,
    #[serde(rename = "mod")]
    pub modifier: Option<String>,
    #[serde(default)]
    pub none: bool,
}

/// A text and what must come out of it, with the place where that is written.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    pub file: String,
    pub line: usize,
    pub rule: String,
    pub text: String,
    pub anchor: Option<jiff::civil::Date>,
    /// The words and their value; none where nothing may come out.
    pub expect: Option<(String, String)>,
    pub modifier: Option<String>,
}

/// The line, counted from 1, that byte `offset` of `text` stands on.
pub(super) fn line(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|b| *b == b'\n').count()
}

pub(super) fn parse(name: &str, text: &str) -> Result<File, Error> {
    toml::from_str(text)
        .map_err(|e| Error::codebook(e.message().to_string()).at(name, e.span().map(|span| line(text, span.start))))
}

impl RawExample {
    pub(super) fn read(&self, name: &str, text: &str, rule: &str, file: &File) -> Result<Example, Error> {
        let line = line(text, self.text.span().start);
        let bad = |message: String| Error::codebook(message).at(name, Some(line));
        let anchor = match self.anchor.as_ref().or(file.anchor.as_ref()) {
            None => None,
            Some(day) if day == "none" => None,
            Some(day) => Some(
                day.parse().map_err(|_| bad(format!("anchor `{day}` is no date")).remedy("write it as 2019-11-14"))?,
            ),
        };
        let expect = match (&self.span, &self.value, self.none) {
            (Some(span), Some(value), false) => Some((span.clone(), value.clone())),
            (None, None, true) => None,
            _ => return Err(bad("an example needs `span` and `value`, or `none = true`".into())),
        };
        if let Some((span, _)) = &expect
            && !self.text.get_ref().contains(span.as_str())
        {
            return Err(bad(format!("`{span}` does not stand in the example's text")));
        }
        Ok(Example {
            file: name.into(),
            line,
            rule: rule.into(),
            text: self.text.get_ref().clone(),
            anchor,
            expect,
            modifier: self.modifier.clone(),
        })
    }
}
