//! Words that a page shows twice: once in the flow of its story, once set apart.

use super::words::{count, key};

/// Text that is searched for twins; longer articles are searched this far.
const WINDOW: usize = 300_000;
/// Longest and shortest pull quote, in words, and how many are looked for.
const WORDS: std::ops::RangeInclusive<usize> = 6..=70;
const MOST: usize = 300;

/// Parts paragraphs from those that only repeat the words of another. Of two that are the same, the story's first
/// paragraph is the one set apart, as a story does not open by saying a thing that it says again below; of any others
/// it is the later. One that is a part of a longer one is always the one set apart.
pub(super) fn part(paragraphs: Vec<String>) -> (Vec<String>, Vec<String>) {
    let folded: Vec<String> = paragraphs.iter().map(|p| key(p)).collect();
    let mut joined = String::from("\n");
    for one in &folded {
        if joined.len() > WINDOW {
            break;
        }
        joined.push(' ');
        joined.push_str(one);
        joined.push_str(" \n");
    }
    let mut apart = vec![false; paragraphs.len()];
    let mut looked = 0usize;
    for (i, one) in folded.iter().enumerate() {
        if !WORDS.contains(&count(one)) || looked >= MOST {
            continue;
        }
        looked += 1;
        let needle = format!(" {one} ");
        if joined.matches(&needle).take(2).count() < 2 {
            continue;
        }
        let same: Vec<usize> = folded.iter().enumerate().filter(|(_, f)| *f == one).map(|(j, _)| j).collect();
        let set = if same.len() > 1 {
            if i == 0 {
                true
            } else {
                same.first() != Some(&i) && !(same.first() == Some(&0) && same.get(1) == Some(&i))
            }
        } else {
            true
        };
        if let Some(slot) = apart.get_mut(i) {
            *slot = set;
        }
    }
    let mut kept = Vec::new();
    let mut quotes = Vec::new();
    for (paragraph, apart) in paragraphs.into_iter().zip(apart) {
        if apart { quotes.push(paragraph) } else { kept.push(paragraph) }
    }
    (kept, quotes)
}
