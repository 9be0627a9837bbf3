//! The vocabulary that patterns are written with.

use super::raw::{File, line};
use crate::error::Error;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::{BTreeMap, BTreeSet};

/// Words with their values, raw patterns, holidays and the cues of tense.
#[derive(Debug, Default)]
pub(crate) struct Words {
    slots: BTreeMap<String, BTreeMap<String, String>>,
    patterns: BTreeMap<String, String>,
    holidays: BTreeMap<String, Feast>,
    /// The first words of all slots, to see at once which slots a sentence may hold.
    seen: Option<AhoCorasick>,
    /// For each word of `seen`, the slots that it may begin.
    of_word: Vec<Vec<usize>>,
    lists: BTreeMap<String, BTreeSet<String>>,
    pub(crate) future: BTreeSet<String>,
    pub(crate) past: BTreeSet<String>,
}

/// The lists that the resolver asks for.
const LISTS: [&str; 7] =
    ["counted-after", "counted-before", "year-before", "no-plural", "takes-month", "modal", "no-verb"];

/// When a holiday falls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Feast {
    /// The same month and day every year.
    On(i8, i8),
    /// The `n`th (from 1, or -1 for the last) such weekday (Monday = 1) of the month.
    Nth { month: i8, weekday: i8, n: i8 },
    /// Days after Easter Sunday of the Western churches.
    Easter(i32),
    /// Days after Easter Sunday of the Orthodox churches.
    Orthodox(i32),
    /// Month and day of the Islamic year.
    Hijri(i8, i8),
    /// Days after 1 Tishri of the Jewish calendar.
    Tishri(i32),
    /// Days after 15 Nisan of the Jewish calendar.
    Nisan(i32),
    /// The days themselves, for years that have been looked up.
    Dates(Vec<jiff::civil::Date>),
}

/// Lower case, without full stops, spaces and hyphens as one space, straight apostrophes.
pub(crate) fn normal(surface: &str) -> String {
    let mut out = String::with_capacity(surface.len());
    for c in surface.chars() {
        match c {
            '.' => {}
            '’' => out.push('\''),
            c if c.is_whitespace() || matches!(c, '-' | '‑' | '–') => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
            c => out.extend(c.to_lowercase()),
        }
    }
    out.trim_end().to_string()
}

impl Words {
    pub(super) fn add(&mut self, name: &str, text: &str, file: &File) -> Result<(), Error> {
        for (slot, words) in &file.slot {
            for (word, value) in words {
                let value = match value {
                    toml::Value::String(s) => s.clone(),
                    toml::Value::Integer(n) => n.to_string(),
                    other => {
                        return Err(Error::codebook(format!("slot `{slot}`: the value of `{word}` is {other}"))
                            .at(name, None)
                            .remedy("give a string or a whole number"));
                    }
                };
                self.slots.entry(slot.clone()).or_default().insert(word.to_lowercase(), value);
            }
        }
        for (key, pattern) in &file.pattern {
            self.patterns.insert(key.clone(), pattern.get_ref().clone());
        }
        for (holiday, when) in &file.holiday {
            let feast = feast(when.get_ref()).ok_or_else(|| {
                Error::codebook(format!("holiday `{holiday}`: `{}` is not understood", when.get_ref()))
                    .at(name, Some(line(text, when.span().start)))
                    .remedy("write `on 12-25`, `nth 11-4 4`, `easter -2`, `orthodox 0`, `tishri 9`, `nisan 0`, `hijri 10-1` or `dates 2019-02-05`")
            })?;
            self.holidays.insert(normal(holiday), feast);
            self.slots.entry("holiday".into()).or_default().insert(holiday.to_lowercase(), normal(holiday));
        }
        for (key, words) in &file.list {
            if !LISTS.contains(&key.as_str()) {
                return Err(Error::codebook(format!("no list `{key}`"))
                    .at(name, None)
                    .remedy(format!("it is one of {}", LISTS.join(", "))));
            }
            self.lists.entry(key.clone()).or_default().extend(words.iter().map(|w| w.to_lowercase()));
        }
        for (key, cues) in &file.tense {
            let set = match key.as_str() {
                "future" => &mut self.future,
                "past" => &mut self.past,
                other => {
                    return Err(Error::codebook(format!("no tense `{other}`"))
                        .at(name, None)
                        .remedy("`past` or `future`"));
                }
            };
            set.extend(cues.iter().map(|cue| cue.to_lowercase()));
        }
        Ok(())
    }

    /// The value of `surface` in one of the slots.
    pub(crate) fn value(&self, slots: &[&str], surface: &str) -> Option<&str> {
        let wanted = normal(surface);
        slots
            .iter()
            .filter_map(|slot| self.slots.get(*slot))
            .find_map(|words| {
                words.get(&wanted).or_else(|| words.iter().find(|(w, _)| normal(w) == wanted).map(|(_, v)| v))
            })
            .map(String::as_str)
    }

    /// True if a list of the vocabulary holds the word, which is in lower case.
    pub(crate) fn listed(&self, list: &str, word: &str) -> bool {
        self.lists.get(list).is_some_and(|words| words.contains(word))
    }

    /// Prepares [`slots_in`](Self::slots_in).
    pub(super) fn index(&mut self) -> Result<(), Error> {
        let mut words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, slot) in self.slots.values().enumerate() {
            for word in slot.keys() {
                let first = word.split([' ', '-', '.', '\'', '’']).next().unwrap_or(word);
                let slots = words.entry(first.to_string()).or_default();
                if slots.last() != Some(&number) {
                    slots.push(number);
                }
            }
        }
        let seen = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(words.keys())
            .map_err(|e| Error::codebook(format!("the words of the time rules cannot be indexed: {e}")))?;
        self.seen = Some(seen);
        self.of_word = words.into_values().collect();
        Ok(())
    }

    /// The number of a slot that lists its words.
    pub(super) fn slot_number(&self, slot: &str) -> Option<usize> {
        self.slots.keys().position(|name| name == slot)
    }

    /// Which slots a text in lower case has a word of, by number. A word inside another does not count.
    pub(crate) fn slots_in(&self, text: &str) -> Vec<bool> {
        let mut out = vec![false; self.slots.len()];
        let Some(seen) = &self.seen else { return out };
        let letter = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphabetic);
        let bytes = text.as_bytes();
        for found in seen.find_overlapping_iter(text) {
            if letter(found.start().checked_sub(1).and_then(|i| bytes.get(i))) || letter(bytes.get(found.end())) {
                continue;
            }
            for slot in self.of_word.get(found.pattern().as_usize()).into_iter().flatten() {
                if let Some(flag) = out.get_mut(*slot) {
                    *flag = true;
                }
            }
        }
        out
    }

    pub(crate) fn feast(&self, surface: &str) -> Option<Feast> {
        self.holidays.get(&normal(surface)).cloned()
    }

    /// The pattern that a slot stands for, without a group around it.
    pub(super) fn pattern(&self, slot: &str, depth: u8) -> Option<String> {
        if let Some(raw) = self.patterns.get(slot) {
            return if depth == 0 { None } else { self.expand(raw, depth - 1).ok() };
        }
        let words = self.slots.get(slot)?;
        let mut words: Vec<&String> = words.keys().collect();
        // The longest first: the leftmost alternative wins.
        let length = |w: &String| w.len() - w.matches('.').count();
        words.sort_by(|a, b| length(b).cmp(&length(a)).then(a.cmp(b)));
        Some(words.iter().map(|w| escape(w)).collect::<Vec<_>>().join("|"))
    }

    /// Replaces the slots of a raw pattern, without naming groups.
    fn expand(&self, raw: &str, depth: u8) -> Result<String, String> {
        let mut out = String::new();
        let mut rest = raw;
        while let Some(open) = rest.find('{') {
            let (head, tail) = rest.split_at(open);
            out.push_str(head);
            let Some(close) = tail.find('}') else { return Err("a brace is not closed".into()) };
            let name = tail.get(1..close).unwrap_or("");
            if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                out.push_str("(?:");
                out.push_str(&self.pattern(name, depth).ok_or_else(|| format!("no slot `{name}`"))?);
                out.push(')');
            } else {
                out.push_str(tail.get(..=close).unwrap_or(""));
            }
            rest = tail.get(close + 1..).unwrap_or("");
        }
        out.push_str(rest);
        Ok(out)
    }
}

fn escape(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars() {
        match c {
            ' ' | '-' => out.push_str(r"[\s-]+"),
            '.' => out.push_str(r"\.?"),
            '\'' | '’' => out.push_str("['’]"),
            c => out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

fn feast(text: &str) -> Option<Feast> {
    let mut parts = text.split_whitespace();
    let kind = parts.next()?;
    let first = parts.next()?;
    let pair = || {
        let (a, b) = first.split_once('-')?;
        let (a, b): (i8, i8) = (a.parse().ok()?, b.parse().ok()?);
        ((1..=12).contains(&a) && (1..=31).contains(&b)).then_some((a, b))
    };
    match kind {
        "on" => pair().map(|(m, d)| Feast::On(m, d)),
        "hijri" => pair().map(|(m, d)| Feast::Hijri(m, d)),
        "tishri" => first.parse().ok().map(Feast::Tishri),
        "nisan" => first.parse().ok().map(Feast::Nisan),
        "dates" => text.split_whitespace().skip(1).map(|d| d.parse().ok()).collect::<Option<_>>().map(Feast::Dates),
        "easter" => first.parse().ok().map(Feast::Easter),
        "orthodox" => first.parse().ok().map(Feast::Orthodox),
        "nth" => {
            let (month, weekday) = pair()?;
            let n: i8 = parts.next()?.parse().ok()?;
            ((1..=7).contains(&weekday) && (n == -1 || (1..=5).contains(&n))).then_some(Feast::Nth {
                month,
                weekday,
                n,
            })
        }
        _ => None,
    }
}
