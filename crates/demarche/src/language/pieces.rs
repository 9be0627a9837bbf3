//! Subwords: BERT's uncased WordPiece, for one word at a time.
//!
//! The crate `rten-text` reads the same vocabulary, but panics on some words whose normal form is longer than they are
//! and cannot be shared between threads; what is needed of it is this little.

use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A vocabulary of subwords.
#[derive(Debug)]
pub struct Pieces {
    vocabulary: HashMap<String, i32>,
}

/// Characters of one piece at most; keeps the search for the longest one bounded.
const LONGEST: usize = 32;

impl Pieces {
    /// Subwords in the order of their numbers.
    pub fn new(vocabulary: &[String]) -> Self {
        Pieces { vocabulary: (0..).zip(vocabulary).map(|(id, piece)| (piece.clone(), id)).collect() }
    }

    /// Numbers of the subwords of a word, `limit` of them at most; `unknown` for a part that has none.
    pub fn encode(&self, word: &str, limit: usize, unknown: i32) -> Vec<i32> {
        let mut out = Vec::new();
        for part in parts(word) {
            self.split(&part, unknown, &mut out);
            if out.len() >= limit {
                break;
            }
        }
        out.truncate(limit);
        out
    }

    /// Greedy: the longest known beginning, then the longest known continuation, and so on.
    fn split(&self, part: &[char], unknown: i32, out: &mut Vec<i32>) {
        let from = out.len();
        let mut start = 0;
        while start < part.len() {
            let longest = (part.len() - start).min(LONGEST);
            let found = (1..=longest).rev().find_map(|n| {
                let mut piece = String::from(if start > 0 { "##" } else { "" });
                piece.extend(&part[start..start + n]);
                self.vocabulary.get(&piece).map(|id| (n, *id))
            });
            let Some((n, id)) = found else {
                out.truncate(from);
                out.push(unknown);
                return;
            };
            out.push(id);
            start += n;
        }
    }
}

/// Lower case without accents, cut at punctuation and around ideographs.
fn parts(word: &str) -> Vec<Vec<char>> {
    let mut out: Vec<Vec<char>> = Vec::new();
    let mut now: Vec<char> = Vec::new();
    for c in word.nfd().filter(|c| !is_combining_mark(*c) && !c.is_control()).flat_map(char::to_lowercase) {
        let alone = is_punctuation(c) || is_ideograph(c);
        if alone || c.is_whitespace() {
            if !now.is_empty() {
                out.push(std::mem::take(&mut now));
            }
            if alone {
                out.push(vec![c]);
            }
        } else {
            now.push(c);
        }
    }
    if !now.is_empty() {
        out.push(now);
    }
    out
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '«' | '»' | '¡' | '¿' | '·' | '§' | '¶' | '\u{3001}'..='\u{3003}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_greedily() {
        let vocabulary = ["", "talk", "##s", "o", "'", "neill", "zurich"].map(String::from);
        let pieces = Pieces::new(&vocabulary);
        let rows: &[(&str, &[i32])] =
            &[("Talks", &[1, 2]), ("O'Neill", &[3, 4, 5]), ("Zürich", &[6]), ("talkx", &[100]), ("", &[])];
        let wrong: Vec<_> = rows.iter().filter(|(w, want)| pieces.encode(w, 12, 100) != *want).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
