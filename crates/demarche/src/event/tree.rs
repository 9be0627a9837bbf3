//! Walks over a sentence's tree.

use crate::record::Sentence;

/// True if `ancestor` is `token` itself or above it.
pub(super) fn under(s: &Sentence, token: usize, ancestor: usize) -> bool {
    let mut at = Some(token);
    for _ in 0..=s.tokens.len() {
        match at {
            Some(t) if t == ancestor => return true,
            Some(t) => at = s.tokens.get(t).and_then(|t| t.head),
            None => return false,
        }
    }
    false
}

/// Index of the token of a range whose head lies outside it.
pub(super) fn head_of(s: &Sentence, range: (usize, usize)) -> usize {
    (range.0..range.1.min(s.tokens.len()))
        .find(|&i| s.tokens[i].head.is_none_or(|h| h < range.0 || h >= range.1))
        .unwrap_or(range.0)
}

/// The nearest verb or predicate at or above a token: the clause that it stands in.
pub(super) fn clause_of(s: &Sentence, token: usize) -> usize {
    let mut at = token;
    for _ in 0..s.tokens.len() {
        let Some(t) = s.tokens.get(at) else { return token };
        let clausal = matches!(
            t.rel(),
            "root" | "ccomp" | "advcl" | "acl" | "parataxis" | "conj" | "xcomp" | "csubj"
        ) && matches!(t.upos.as_str(), "VERB" | "AUX" | "ADJ");
        match t.head {
            Some(h) if !clausal => at = h,
            _ => return at,
        }
    }
    token
}
