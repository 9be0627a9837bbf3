//! Whether the clause around an expression looks back or ahead.

use super::resolve::Tense;
use crate::codebook::time::{Dir, Words};
use crate::record::Sentence;

/// How many words on either side are looked at.
const REACH: usize = 12;

#[derive(Debug, Clone, Copy)]
struct Cue {
    dir: Dir,
    cost: usize,
    /// `had`: what lay ahead then lies behind now.
    had: bool,
}

/// The direction that the nearest verb around `start..end` (bytes of `text`, the sentence's own) gives. `sentence`
/// and `shift` lend the tags of a tagged sentence: token spans less `shift` are bytes of `text`.
pub(super) fn direction(
    text: &str,
    start: usize,
    end: usize,
    words: &Words,
    sentence: Option<(&Sentence, usize)>,
) -> Tense {
    let left = text.get(..start).unwrap_or("");
    let right = text.get(end..).unwrap_or("");
    let before: Vec<&str> = left.split_whitespace().rev().take(REACH).collect();
    let after: Vec<&str> = right.split_whitespace().take(REACH).collect();
    let tag = |word: &str| -> Option<&str> {
        let (sentence, shift) = sentence?;
        let at = word.as_ptr() as usize - text.as_ptr() as usize + shift;
        sentence.tokens.iter().find(|t| t.span.start == at).map(|t| t.xpos.as_str())
    };
    let a = nearest(&before, words, &tag, true);
    let b = nearest(&after, words, &tag, false);
    // The word before may say it at once.
    match before.first().map(|w| w.to_lowercase()).as_deref() {
        Some("until" | "till" | "by") if a.is_some_and(|a| a.had) => return Tense { dir: Dir::Past, sure: false },
        Some("until" | "till" | "by" | "ending" | "effective") => return Tense { dir: Dir::Future, sure: true },
        Some("since" | "ended") => return Tense { dir: Dir::Past, sure: true },
        _ => {}
    }
    let dir = match (a, b) {
        (Some(a), Some(b)) if b.cost + 1 < a.cost => b.dir,
        (Some(a), _) => a.dir,
        (None, Some(b)) => b.dir,
        (None, None) => Dir::Open,
    };
    Tense { dir, sure: false }
}

fn nearest<'t>(run: &[&'t str], words: &Words, tag: &dyn Fn(&str) -> Option<&'t str>, backwards: bool) -> Option<Cue> {
    let mut cost = 0;
    for (i, raw) in run.iter().enumerate() {
        if backwards && raw.ends_with([';', ':', '.', '”', '"']) && !raw.ends_with("..") && raw.len() > 4 {
            return None;
        }
        cost += 1;
        if raw.ends_with(',') {
            cost += 2;
        }
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').to_lowercase();
        // The text's own order: the word before this one.
        let previous = if backwards { run.get(i + 1) } else { i.checked_sub(1).and_then(|i| run.get(i)) };
        let previous = previous.map(|w| w.to_lowercase()).unwrap_or_default();
        let next = if backwards { i.checked_sub(1).and_then(|i| run.get(i)) } else { run.get(i + 1) };
        let pair =
            format!("{word} {}", next.map(|w| w.trim_end_matches([',', '.']).to_lowercase()).unwrap_or_default());
        if pair.ends_with(" have") && words.listed("modal", &word) {
            return Some(Cue { dir: Dir::Past, cost, had: false });
        }
        if words.future.contains(&word)
            || words.future.contains(&pair)
            || word.ends_with("'ll")
            || word.ends_with("’ll")
        {
            // What was to come, seen from the past, may well be past by now.
            let had = backwards && run.iter().skip(i + 1).take(3).any(|w| w.eq_ignore_ascii_case("had"));
            return Some(Cue { dir: if had { Dir::Open } else { Dir::Future }, cost, had });
        }
        let infinitive = tag(raw).map(|t| t == "VB");
        let bare = raw.chars().all(|c| c.is_ascii_lowercase() || c == ',')
            && !words.listed("no-verb", &word)
            && !word.ends_with("ing");
        if previous == "to" && infinitive.unwrap_or(bare) {
            return Some(Cue { dir: Dir::Future, cost: cost + 1, had: false });
        }
        let tagged = tag(raw).map(|t| matches!(t, "VBD" | "VBN"));
        let past = words.past.contains(&word) || tagged.unwrap_or_else(|| past_form(&word));
        if past && !matches!(previous.as_str(), "be" | "to") {
            return Some(Cue { dir: Dir::Past, cost, had: word == "had" || previous == "had" });
        }
        if !backwards && raw.ends_with([';', '.', '”', '"']) && raw.len() > 4 {
            return None;
        }
    }
    None
}

/// `agreed`, not `need` or `proceed`.
fn past_form(word: &str) -> bool {
    word.len() > 4
        && word.ends_with("ed")
        && (!word.ends_with("eed") || matches!(word, "agreed" | "freed" | "guaranteed"))
}
