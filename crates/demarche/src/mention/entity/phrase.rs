//! How far a noun phrase reaches: as a reader would underline it, without a trailing relative clause or apposition.

use crate::record::Sentence;

/// Children of every token, in order.
pub(super) fn children(sentence: &Sentence) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); sentence.tokens.len()];
    for (i, token) in sentence.tokens.iter().enumerate() {
        if let Some(list) = token.head.filter(|&h| h != i).and_then(|h| children.get_mut(h)) {
            list.push(i);
        }
    }
    children
}

/// The phrase that token `head` heads: first token and one past the last.
/// `named`: the name inside; a name takes no attributes behind it but "of ...".
pub(super) fn extent(
    sentence: &Sentence,
    children: &[Vec<usize>],
    head: usize,
    named: Option<(usize, usize)>,
) -> (usize, usize) {
    reach(sentence, children, head, named, 0)
}

fn reach(
    sentence: &Sentence,
    children: &[Vec<usize>],
    head: usize,
    named: Option<(usize, usize)>,
    depth: usize,
) -> (usize, usize) {
    let (mut start, mut end) = named.map_or((head, head + 1), |(a, b)| (a.min(head), b.max(head + 1)));
    let empty = Vec::new();
    let own = children.get(head).unwrap_or(&empty);
    for &child in own.iter().filter(|&&c| c < head) {
        let Some(token) = sentence.tokens.get(child) else {
            continue;
        };
        let keeps = match token.rel() {
            "det" | "amod" | "compound" | "nummod" | "flat" | "fixed" => true,
            "nmod" => true,
            "advmod" => {
                matches!(token.lemma.as_str(), "about" | "around" | "nearly" | "almost" | "more" | "some" | "then")
            }
            _ => false,
        };
        if keeps {
            start = start.min(leftmost(children, child, 0));
        }
    }
    for &child in own.iter().filter(|&&c| c > head) {
        let Some(token) = sentence.tokens.get(child) else {
            continue;
        };
        // A name may hold commas and small words that hang on other tokens.
        if child < end && named.is_some() {
            continue;
        }
        match token.rel() {
            "flat" | "fixed" | "compound" | "goeswith" | "nummod" | "amod" | "det" => {
                end = end.max(rightmost(children, child, 0) + 1);
            }
            "nmod" if depth < 6 => {
                let case = children.get(child).into_iter().flatten().find(|&&c| {
                    c < child && sentence.tokens.get(c).is_some_and(|t| matches!(t.rel(), "case" | "fixed"))
                });
                let Some(preposition) = case.and_then(|&c| sentence.tokens.get(c)) else {
                    break;
                };
                let word = preposition.form.to_lowercase();
                let close = case.is_some_and(|&c| c == end);
                let fits = if named.is_some() {
                    word == "of"
                } else {
                    matches!(
                        word.as_str(),
                        "of" | "for"
                            | "to"
                            | "from"
                            | "in"
                            | "at"
                            | "on"
                            | "with"
                            | "within"
                            | "against"
                            | "inside"
                            | "near"
                    )
                };
                if !close || !fits || temporal(&token.lemma) {
                    break;
                }
                end = end.max(reach(sentence, children, child, None, depth + 1).1);
            }
            "punct" if token.form == "-" => {}
            "case" => {}
            _ => break,
        }
    }
    (start, end)
}

fn temporal(lemma: &str) -> bool {
    matches!(
        lemma.to_lowercase().as_str(),
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "january"
            | "february"
            | "march"
            | "april"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "yesterday"
            | "today"
            | "week"
            | "month"
            | "year"
            | "night"
            | "morning"
            | "day"
    )
}

fn leftmost(children: &[Vec<usize>], token: usize, depth: usize) -> usize {
    let own = children.get(token).map(Vec::as_slice).unwrap_or_default();
    own.iter().filter(|&&c| c < token && depth < 50).map(|&c| leftmost(children, c, depth + 1)).min().unwrap_or(token)
}

fn rightmost(children: &[Vec<usize>], token: usize, depth: usize) -> usize {
    let own = children.get(token).map(Vec::as_slice).unwrap_or_default();
    own.iter().filter(|&&c| c > token && depth < 50).map(|&c| rightmost(children, c, depth + 1)).max().unwrap_or(token)
}
