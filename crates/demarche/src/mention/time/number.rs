//! Numbers as news writes them: figures, words, ordinals, and amounts that are not told.

use crate::codebook::time::{Words, normal};

/// How many of something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Amount {
    Known(f64),
    /// `several`, `a few`: TIMEX3 writes X.
    Vague,
}

impl Amount {
    /// The amount as a whole number, where it is one.
    pub(super) fn whole(self) -> Option<i64> {
        match self {
            Amount::Known(n) if n.fract() == 0.0 && n.abs() < 1e9 => Some(n as i64),
            _ => None,
        }
    }
}

/// Reads a number; `couple` and `pair` are two.
pub(super) fn amount(surface: &str, words: &Words) -> Option<Amount> {
    let text = normal_number(surface);
    if text.is_empty() {
        return None;
    }
    if words.value(&["some"], &text) == Some("X") || text == "x" {
        return Some(Amount::Vague);
    }
    if text.contains("couple") || text.contains("pair") {
        return Some(Amount::Known(2.0));
    }
    if matches!(text.as_str(), "a" | "an") {
        return Some(Amount::Known(1.0));
    }
    if let Some(value) = words.value(&["ord"], &text).and_then(|v| v.parse().ok()) {
        return Some(Amount::Known(value));
    }
    let mut total = 0.0;
    let mut group = 0.0;
    let mut seen = false;
    for word in text.split(' ') {
        let value = match word {
            "and" | "a" => continue,
            "half" | "½" | "1/2" => 0.5,
            "1/4" => 0.25,
            "3/4" => 0.75,
            word => figure(word).or_else(|| words.value(&["numword"], word)?.parse().ok())?,
        };
        seen = true;
        if value == 100.0 && figure(word).is_none() {
            group = f64::max(group, 1.0) * 100.0;
        } else if value == 1000.0 && figure(word).is_none() {
            total += f64::max(group, 1.0) * 1000.0;
            group = 0.0;
        } else if value == 12.0 && word == "dozen" {
            group = f64::max(group, 1.0) * 12.0;
        } else {
            group += value;
        }
    }
    seen.then_some(Amount::Known(total + group))
}

/// A number in figures, ordinals included.
fn figure(word: &str) -> Option<f64> {
    let (word, half) = match word.strip_suffix('½') {
        Some(rest) => (rest, 0.5),
        None => (word, 0.0),
    };
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|s| word.strip_suffix(s)).unwrap_or(word);
    if !bare.starts_with(|c: char| c.is_ascii_digit()) || bare.len() > 12 {
        return None;
    }
    bare.replace(',', "").parse::<f64>().ok().map(|n| n + half)
}

/// Keeps the decimal point, which [`normal`] would drop.
fn normal_number(surface: &str) -> String {
    if surface.starts_with(|c: char| c.is_ascii_digit()) {
        surface
            .replace(['-', '\u{a0}', '\n', '\t'], " ")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase()
    } else {
        normal(surface)
    }
}

/// A year in words: `nineteen ninety-seven`, `two thousand and four`.
pub(super) fn spoken_year(surface: &str, words: &Words) -> Option<i16> {
    let text = normal(surface);
    let parts: Vec<&str> = text.split(' ').filter(|w| *w != "and").collect();
    let value =
        |w: &str| -> Option<i16> { if w == "oh" { Some(0) } else { words.value(&["numword"], w)?.parse().ok() } };
    let (first, rest) = parts.split_first()?;
    let head = value(first)?;
    let mut tail: i16 = 0;
    for word in rest {
        match *word {
            "hundred" => {}
            "thousand" if head == 2 => {}
            word => tail = tail.checked_add(value(word)?)?,
        }
    }
    let year = if head == 2 { 2000 + tail } else { head * 100 + tail };
    (1000..2200).contains(&year).then_some(year)
}

/// The year that two figures stand for: 50 to 99 are of the last century.
pub(super) fn short_year(n: i64) -> Option<i16> {
    match n {
        0..=49 => i16::try_from(2000 + n).ok(),
        50..=99 => i16::try_from(1900 + n).ok(),
        1000..=2999 => i16::try_from(n).ok(),
        _ => None,
    }
}
