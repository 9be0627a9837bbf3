//! What an act hangs on, until when it must be done, and what it is about: ranges of tokens by rules over the tree.

use super::status::inverted;
use super::tree::Tree;
use crate::record::Sentence;

const DEPTH: usize = 4;

/// Words that open a condition.
const CONDITIONS: &[&str] = &[
    "if",
    "unless",
    "provided",
    "provided that",
    "providing",
    "providing that",
    "as long as",
    "so long as",
    "once",
    "on condition",
    "on condition that",
    "in case",
    "only if",
    "even if",
    "until",
    "assuming",
    "lest",
    "in exchange",
    "in return",
    "except",
];

type Found = ((usize, usize), &'static str);

/// The condition of the act whose predicate covers `predicate`.
pub fn condition_of(sentence: &Sentence, predicate: (usize, usize)) -> Option<Found> {
    let tree = Tree::new(sentence);
    let head = tree.head_of(predicate);
    condition(&tree, head)
}

/// The deadline of the act whose predicate covers `predicate`.
pub fn deadline_of(sentence: &Sentence, predicate: (usize, usize)) -> Option<Found> {
    let tree = Tree::new(sentence);
    let head = tree.head_of(predicate);
    deadline(&tree, head)
}

/// What the act offers, demands, refuses or threatens.
pub fn terms_of(sentence: &Sentence, predicate: (usize, usize)) -> Option<Found> {
    let tree = Tree::new(sentence);
    let head = tree.head_of(predicate);
    terms(&tree, head)
}

/// The predicate and those above it in the same act: "offered [to withdraw] if".
fn spots(tree: &Tree, head: usize) -> Vec<usize> {
    let mut all = vec![head];
    all.extend(
        tree.children(head)
            .iter()
            .copied()
            .filter(|c| matches!(tree.rel(*c), "xcomp" | "ccomp" | "obj" | "acl") && tree.deprel(*c) != "acl:relcl"),
    );
    let complements: Vec<usize> = all.iter().skip(1).copied().collect();
    for c in complements {
        all.extend(
            tree.children(c)
                .iter()
                .copied()
                .filter(|g| matches!(tree.rel(*g), "xcomp" | "acl" | "conj") && tree.deprel(*g) != "acl:relcl"),
        );
    }
    let mut at = head;
    for _ in 0..DEPTH {
        match tree.head(at) {
            Some(up) if matches!(tree.rel(at), "xcomp" | "obj") || (tree.rel(at) == "acl" && tree.has_to(at)) => {
                all.push(up);
                at = up;
            }
            Some(up) if tree.rel(at) == "conj" && tree.child(at, &["nsubj"]).is_none() => {
                all.push(up);
                at = up;
            }
            _ => break,
        }
    }
    all
}

/// As [`condition_of`], for a tree and a predicate's head at hand.
pub fn condition(tree: &Tree, head: usize) -> Option<Found> {
    for spot in spots(tree, head) {
        for &c in tree.children(spot) {
            if c == head || tree.within(head, c) {
                continue;
            }
            let opened = matches!(tree.marker(c, "mark").as_str(), "if" | "unless" | "provided" | "as long as");
            if tree.rel(c) == "advcl" || (opened && matches!(tree.rel(c), "xcomp" | "ccomp" | "acl")) {
                let mark = tree.marker(c, "mark");
                let adverb = tree.child(c, &["advmod"]).map(|a| tree.lemma(a)).unwrap_or_default();
                if CONDITIONS.contains(&mark.as_str())
                    || mark.ends_with(" if")
                    || mark.starts_with("as long as")
                    || mark.starts_with("so long as")
                    || (mark == "as" && adverb == "long")
                    || inverted(tree, c)
                    || (matches!(tree.lemma(c), "provide" | "assume")
                        && tree.child(c, &["ccomp"]).is_some()
                        && tree.child(c, &["nsubj"]).is_none())
                {
                    if mark == "until" && !tree.children(spot).iter().any(|n| tree.lemma(*n) == "not") {
                        continue;
                    }
                    return Some((tree.clause(c), "condition.if"));
                }
            }
            if matches!(tree.rel(c), "obl" | "nmod") {
                let case = tree.marker(c, "case");
                if tree.lemma(c) == "condition" && case == "on" {
                    return Some((tree.clause(c), "condition.on-condition"));
                }
                if matches!(
                    case.as_str(),
                    "in return for" | "in exchange for" | "without" | "subject to" | "in case of" | "in the event of"
                ) || (case == "in" && matches!(tree.lemma(c), "return" | "exchange" | "event"))
                {
                    if case == "without" && !matches!(tree.upos(c), "NOUN") {
                        continue;
                    }
                    if case == "without" {
                        continue;
                    }
                    return Some((tree.clause(c), "condition.in-return"));
                }
            }
        }
    }
    None
}

/// As [`deadline_of`], for a tree and a predicate's head at hand.
pub fn deadline(tree: &Tree, head: usize) -> Option<Found> {
    for spot in spots(tree, head) {
        for &c in tree.children(spot) {
            if !matches!(tree.rel(c), "obl" | "nmod" | "advcl") || tree.within(head, c) {
                continue;
            }
            let case = tree.marker(c, "case");
            let time = tree.is_time(c) || time_inside(tree, c);
            let fits = match case.as_str() {
                "by" | "until" | "till" | "before" | "within" | "no later than" => time,
                "ahead of" | "prior to" => true,
                _ => false,
            };
            if fits && tree.deprel(c) != "obl:agent" {
                return Some((tree.clause(c), "deadline.by"));
            }
        }
    }
    None
}

/// "the end of May", "this month's summit".
fn time_inside(tree: &Tree, i: usize) -> bool {
    let event = matches!(
        tree.lemma(i),
        "end" | "start" | "beginning" | "deadline" | "summit" | "election" | "vote" | "expiry" | "middle" | "meeting"
    );
    event || (tree.upos(i) == "NUM" && tree.child(i, &["nmod", "flat"]).is_some())
}

/// As [`terms_of`], for a tree and a predicate's head at hand.
pub fn terms(tree: &Tree, head: usize) -> Option<Found> {
    for &c in tree.children(head) {
        if c > head && matches!(tree.rel(c), "xcomp" | "ccomp") {
            return Some((tree.content(c), "terms.complement"));
        }
    }
    for &c in tree.children(head) {
        if c > head
            && tree.rel(c) == "acl"
            && (tree.has_to(c) || matches!(tree.marker(c, "mark").as_str(), "that" | "of"))
        {
            return Some((tree.content(c), "terms.infinitive"));
        }
    }
    for &c in tree.children(head) {
        let case = tree.marker(c, "case");
        if c > head
            && matches!(tree.rel(c), "obl" | "nmod")
            && matches!(case.as_str(), "for" | "of" | "to" | "on")
            && !tree.is_time(c)
        {
            if matches!(case.as_str(), "to" | "on") && tree.upos(c) == "PROPN" {
                continue;
            }
            return Some((tree.content(c), "terms.phrase"));
        }
    }
    tree.child(head, &["obj"]).filter(|o| *o > head).map(|o| (tree.clause(o), "terms.object"))
}

#[cfg(test)]
mod tests {
    use super::super::tree::{sentence, words};
    use super::*;

    const OFFER: &str = "Iran Iran PROPN NNP 2 nsubj\noffered offer VERB VBD 0 root\nto to PART TO 4 mark\nwithdraw withdraw VERB VB 2 xcomp\nby by ADP IN 6 case\nFriday Friday PROPN NNP 4 obl\nif if SCONJ IN 9 mark\nOman Oman PROPN NNP 9 nsubj\npaid pay VERB VBD 4 advcl";

    #[test]
    fn condition_deadline_and_terms_of_an_offer() {
        let sentence = sentence(OFFER);
        let offer = (1, 2);
        assert_eq!(condition_of(&sentence, offer).map(|f| words(&sentence, f.0)).as_deref(), Some("if Oman paid"));
        assert_eq!(deadline_of(&sentence, offer).map(|f| words(&sentence, f.0)).as_deref(), Some("by Friday"));
        assert_eq!(
            terms_of(&sentence, offer).map(|f| words(&sentence, f.0)).as_deref(),
            Some("withdraw by Friday if Oman paid")
        );
    }

    #[test]
    fn no_condition_where_none_is() {
        let sentence = sentence(
            "Iran Iran PROPN NNP 2 nsubj\nattacked attack VERB VBD 0 root\nIraq Iraq PROPN NNP 2 obj\nby by ADP IN 5 case\nsea sea NOUN NN 2 obl",
        );
        assert_eq!(condition_of(&sentence, (1, 2)), None);
        assert_eq!(deadline_of(&sentence, (1, 2)), None);
    }
}
