//! Words and sentences of running text. `training/words.py` cuts words the same way.

use crate::record::Span;
use regex::Regex;

/// Words before whose dot nothing ends, lower-cased, without the dot.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "sgt", "capt", "adm", "rev", "hon", "sen", "rep",
    "gov", "pres", "st", "jr", "sr", "inc", "corp", "co", "ltd", "bros", "dept", "univ", "assn", "no", "vs", "etc",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed",
    "thu", "thurs", "fri", "sat", "sun", "a.m", "p.m", "e.g", "i.e", "u.s", "u.k", "u.n", "e.u", "d.c", "ph.d",
];
/// Abbreviations that are titles: a name follows, never a new sentence.
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "sgt", "capt", "adm", "rev", "hon", "sen", "rep",
    "gov", "pres", "st",
];
const CONTRACTIONS: &[&str] = &["n't", "'s", "'re", "'ve", "'ll", "'d", "'m"];
/// A sentence longer than this many words is cut: the encoder sees 512 subwords, and time must stay linear.
const LONGEST: usize = 160;

/// Cuts text into words and sentences.
#[derive(Debug)]
pub struct Cutter {
    token: Regex,
}

impl Cutter {
    /// Compiles the patterns.
    pub fn new() -> Result<Self, regex::Error> {
        let token = Regex::new(concat!(
            r#"https?://[^\s<>"]+|www\.[^\s<>"]+|[\w.+-]+@[\w-]+\.[\w.-]+\w"#,
            r"|(?:[A-Za-z]\.){2,}",
            r"|\d+(?:[.,:/]\d+)+|\d+(?:st|nd|rd|th|s)\b|\d+",
            r"|\.{2,}|-{2,}",
            r"|[^\W_]+(?:['’][^\W_]+)*",
            r"|['’]s\b",
            r"|\S"
        ))?;
        Ok(Cutter { token })
    }

    /// Words of `text`, as byte spans of it.
    pub fn words(&self, text: &str) -> Vec<Span> {
        let mut out: Vec<Span> = Vec::new();
        for m in self.token.find_iter(text) {
            // a dot may have gone with the abbreviation before it
            let start = m.start().max(out.last().map_or(0, |s| s.end));
            let (end, word) = (m.end(), text.get(start..m.end()).unwrap_or(""));
            if word.is_empty() {
                continue;
            }
            let first = word.chars().next().unwrap_or(' ');
            if !first.is_alphabetic() {
                out.push(Span::new(start, end));
                continue;
            }
            let low = word.to_lowercase().replace('’', "'");
            let initial = first.is_uppercase() && word.chars().count() == 1;
            if text[end..].starts_with('.') && (initial || ABBREVIATIONS.contains(&low.as_str())) {
                out.push(Span::new(start, end + 1));
                continue;
            }
            if low == "cannot" && word.len() == 6 {
                out.push(Span::new(start, start + 3));
                out.push(Span::new(start + 3, end));
                continue;
            }
            match CONTRACTIONS.iter().find(|c| low.ends_with(*c) && low.len() > c.len()) {
                Some(c) => {
                    let tail: usize = word.chars().rev().take(c.chars().count()).map(char::len_utf8).sum();
                    out.push(Span::new(start, end - tail));
                    out.push(Span::new(end - tail, end));
                }
                None => out.push(Span::new(start, end)),
            }
        }
        out
    }

    /// Sentences of a paragraph as lists of words. Spans are of `text`, which holds the paragraph at `span`.
    pub fn sentences(&self, text: &str, span: Span) -> Vec<Vec<Span>> {
        let part = span.slice(text);
        let words: Vec<Span> =
            self.words(part).iter().map(|s| Span::new(s.start + span.start, s.end + span.start)).collect();
        let mut out = Vec::new();
        let mut now: Vec<Span> = Vec::new();
        for (i, word) in words.iter().enumerate() {
            now.push(*word);
            if self.ends_here(text, &words, i) || now.len() >= LONGEST {
                out.push(std::mem::take(&mut now));
            }
        }
        if !now.is_empty() {
            out.push(now);
        }
        out
    }

    /// Does a sentence end after word `i`.
    fn ends_here(&self, text: &str, words: &[Span], i: usize) -> bool {
        let Some(next) = words.get(i + 1) else { return true };
        let gap = text.get(words[i].end..next.start).unwrap_or("");
        if gap.is_empty() {
            return false;
        }
        if gap.contains("\n\n") {
            return true;
        }
        // The last word that is no closing mark decides.
        let mut at = i;
        while at > 0 && matches!(words[at].slice(text), "\"" | "”" | "’" | "'" | ")" | "]" | "»") {
            if text.get(words[at - 1].end..words[at].start) != Some("") {
                return false; // an opening mark stands apart from what is before it
            }
            at -= 1;
        }
        let last = words[at].slice(text);
        let following = next.slice(text);
        let begins = following.chars().next().is_some_and(|c| {
            c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | '—' | '«')
        });
        if !begins {
            return false;
        }
        match last {
            "!" | "?" | "." | "…" => true,
            _ if last.starts_with("..") => true,
            _ if last.len() > 1 && last.ends_with('.') => {
                let stem = last.trim_end_matches('.').to_lowercase();
                if TITLES.contains(&stem.as_str()) || stem.chars().count() == 1 {
                    return false;
                }
                // "in the U.S. The talks": only a word that commonly opens a sentence ends one here
                OPENERS.contains(&following)
            }
            _ => false,
        }
    }
}

const OPENERS: &[&str] = &[
    "The",
    "A",
    "An",
    "In",
    "On",
    "At",
    "He",
    "She",
    "It",
    "They",
    "We",
    "But",
    "And",
    "This",
    "That",
    "These",
    "Those",
    "His",
    "Her",
    "Its",
    "Their",
    "If",
    "When",
    "After",
    "Before",
    "As",
    "For",
    "However",
    "Meanwhile",
    "There",
    "“",
    "\"",
    "Both",
    "Some",
    "Many",
    "Last",
    "Earlier",
    "Since",
    "While",
    "Although",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<Vec<&str>> {
        let cutter = Cutter::new().unwrap();
        let all = cutter.sentences(text, Span::new(0, text.len()));
        all.iter().map(|s| s.iter().map(|w| w.slice(text)).collect()).collect()
    }

    #[test]
    fn words_and_sentences() {
        let rows: &[(&str, &[&str])] = &[
            ("Mr. Okello didn’t go.", &["Mr. Okello did n’t go ."]),
            ("He cannot say. They can.", &["He can not say .", "They can ."]),
            ("Syria's year-end offer of $1,000.50.", &["Syria 's year - end offer of $ 1,000.50 ."]),
            ("He left the U.S. on Jan. 5.", &["He left the U.S. on Jan. 5 ."]),
            ("He left the U.S. The talks go on.", &["He left the U.S.", "The talks go on ."]),
            ("“We will not.” She left.", &["“ We will not . ”", "She left ."]),
            ("J. B. Okoth won... Nobody did.", &["J. B. Okoth won ...", "Nobody did ."]),
            ("At 10:30 p.m. the 1990s ended", &["At 10:30 p.m. the 1990s ended"]),
        ];
        let mut wrong = Vec::new();
        for (text, want) in rows {
            let got: Vec<String> = cut(text).iter().map(|s| s.join(" ")).collect();
            if got != *want {
                wrong.push((text, got));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    proptest::proptest! {
        #[test]
        fn words_slice_back_in_order(text in "\\PC{0,80}") {
            let cutter = Cutter::new().unwrap();
            let mut at = 0;
            for s in cutter.sentences(&text, Span::new(0, text.len())).concat() {
                proptest::prop_assert!(s.start >= at && text.get(s.start..s.end).is_some_and(|w| !w.trim().is_empty()));
                at = s.end;
            }
        }
    }
}
