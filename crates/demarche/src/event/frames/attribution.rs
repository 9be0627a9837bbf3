//! Who says so: reporting verbs around an act, `according to`, statements and reports as nouns.

use super::status;
use super::tree::Tree;
use crate::record::Sentence;

const DEPTH: usize = 8;

/// Verbs whose subject vouches for what they report.
pub(in crate::event) const REPORTING: &[&str] = &[
    "say",
    "tell",
    "report",
    "claim",
    "announce",
    "state",
    "add",
    "declare",
    "assert",
    "allege",
    "maintain",
    "insist",
    "argue",
    "confirm",
    "disclose",
    "reveal",
    "note",
    "write",
    "warn",
    "explain",
    "acknowledge",
    "admit",
    "concede",
    "deny",
    "suggest",
    "estimate",
    "believe",
    "fear",
    "quote",
    "testify",
    "stress",
    "emphasize",
    "emphasise",
    "repeat",
    "indicate",
    "hint",
    "recall",
    "predict",
    "boast",
    "charge",
    "contend",
    "stress",
    "conclude",
    "suspect",
    "think",
    "hope",
    "expect",
    "complain",
    "swear",
    "remark",
    "reply",
    "answer",
];
/// Verbs that tell an act as a reproach: "accused Iran of arming".
const ACCUSING: &[&str] = &["accuse", "suspect", "blame", "charge", "condemn", "denounce", "criticize", "criticise"];
/// Nouns that report.
pub(in crate::event) const SAYING_NOUNS: &[&str] = &[
    "report",
    "statement",
    "claim",
    "allegation",
    "account",
    "announcement",
    "rumour",
    "rumor",
    "word",
    "accusation",
    "assertion",
    "admission",
    "denial",
];

/// Every list, for the tree to know its words by.
pub(super) const WORDS: &[&[&str]] = &[REPORTING, ACCUSING, SAYING_NOUNS];

/// Speakers of the act, nearest to it first: token ranges and rule ids.
pub fn of(sentence: &Sentence, predicate: (usize, usize)) -> Vec<((usize, usize), &'static str)> {
    let tree = Tree::new(sentence);
    let head = tree.head_of(predicate);
    speakers(&tree, head)
}

/// As [`of`], for a tree and a predicate's head at hand.
pub fn speakers(tree: &Tree, head: usize) -> Vec<((usize, usize), &'static str)> {
    let mut found: Vec<((usize, usize), &'static str)> = Vec::new();
    let mut at = head;
    // What follows another main clause, or is told beside the story, is not in the mouth of who is quoted for the story.
    let mut apart = false;
    for step in 0..DEPTH {
        if apart {
            break;
        }
        // "..., according to X" on any predicate on the way up.
        for &c in tree.children(at) {
            let case = tree.marker(c, "case");
            if case.starts_with("accord to")
                || case.starts_with("according to")
                || (case == "to" && tree.lemma(c.saturating_sub(2)) == "according")
            {
                found.push((tree.phrase(c), "speaker.according-to"));
            }
            // "..., X said": the reporting verb hangs on what it reports.
            if matches!(tree.rel(c), "parataxis" | "advcl")
                && REPORTING.contains(&tree.lemma(c))
                && tree.child(c, &["ccomp", "obj"]).is_none()
                && tree.marker(c, "mark").trim_start_matches("as").is_empty()
                && let Some(subject) = tree.child(c, &["nsubj"])
            {
                found.extend(all(tree, subject, "speaker.said"));
            }
        }
        let Some(parent) = tree.head(at) else { break };
        let rel = tree.rel(at);
        let lemma = tree.lemma(parent);
        if rel == "ccomp" && REPORTING.contains(&lemma) {
            let agent = tree.agent(parent);
            // "said it would": what a party says of its own future is its own act, no report.
            let own = tree.child(at, &["nsubj"]).is_some_and(|s| tree.upos(s) == "PRON") && status::is_future(tree, at);
            if own && lemma == "say" {
                at = parent;
                continue;
            }
            found.extend(agent.into_iter().flat_map(|s| all(tree, s, "speaker.reporting-verb")));
        } else if matches!(rel, "advcl" | "acl" | "xcomp" | "obl") && ACCUSING.contains(&lemma) && step < 3 {
            let of = matches!(tree.marker(at, "mark").as_str(), "of" | "for" | "with")
                || matches!(tree.marker(at, "case").as_str(), "of" | "for" | "with");
            if of {
                found.extend(tree.agent(parent).into_iter().flat_map(|s| all(tree, s, "speaker.accusation")));
            }
        } else if rel == "acl" && SAYING_NOUNS.contains(&lemma) && tree.marker(at, "mark") == "that" {
            for &c in tree.children(parent) {
                if tree.deprel(c) == "nmod:poss"
                    || (tree.rel(c) == "nmod" && matches!(tree.marker(c, "case").as_str(), "by" | "from" | "of"))
                {
                    found.push((tree.phrase(c), "speaker.report-noun"));
                }
            }
        }
        let own_subject = tree.child(at, &["nsubj"]).is_some();
        apart = match rel {
            "acl" => tree.deprel(at) == "acl:relcl" || tree.upos(parent) != "VERB",
            "advcl" => own_subject,
            "obl" | "nmod" | "nsubj" => !tree.children(at).iter().any(|c| tree.rel(*c) == "cop"),
            "conj" => own_subject && !reported(tree, parent),
            _ => false,
        };
        at = parent;
    }
    found.dedup();
    found
}

/// True if a coordinated clause stands with its fellow under one reporting verb: "said that A came and B left".
fn reported(tree: &Tree, first: usize) -> bool {
    tree.rel(first) == "ccomp" && tree.head(first).is_some_and(|h| h < first && REPORTING.contains(&tree.lemma(h)))
}

fn all(tree: &Tree, subject: usize, rule: &'static str) -> Vec<((usize, usize), &'static str)> {
    tree.with_conjuncts(subject).into_iter().map(|s| (tree.phrase(s), rule)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree::{sentence, words};
    use super::*;

    #[test]
    fn speakers_by_grammar() {
        let rows: &[(&str, &str, usize, &[&str])] = &[
            (
                "said after",
                "Iran Iran PROPN NNP 2 nsubj\nattacked attack VERB VBD 0 root\nIraq Iraq PROPN NNP 2 obj\n, , PUNCT , 2 punct\nthe the DET DT 6 det\nminister minister NOUN NN 7 nsubj\nsaid say VERB VBD 2 parataxis",
                1,
                &["the minister"],
            ),
            (
                "said before",
                "Oman Oman PROPN NNP 2 nsubj\nsaid say VERB VBD 0 root\nIran Iran PROPN NNP 4 nsubj\nattacked attack VERB VBD 2 ccomp\nIraq Iraq PROPN NNP 4 obj",
                3,
                &["Oman"],
            ),
            (
                "according to",
                "Iran Iran PROPN NNP 2 nsubj\nattacked attack VERB VBD 0 root\nIraq Iraq PROPN NNP 2 obj\naccording accord VERB VBG 6 case\nto to ADP IN 4 fixed\nOman Oman PROPN NNP 2 obl",
                1,
                &["Oman"],
            ),
            (
                "chain",
                "Oman Oman PROPN NNP 2 nsubj\nsaid say VERB VBD 0 root\nQatar Qatar PROPN NNP 4 nsubj\nclaimed claim VERB VBD 2 ccomp\nIran Iran PROPN NNP 6 nsubj\nattacked attack VERB VBD 4 ccomp",
                5,
                &["Qatar", "Oman"],
            ),
            (
                "accused of",
                "Oman Oman PROPN NNP 2 nsubj\naccused accuse VERB VBD 0 root\nIran Iran PROPN NNP 2 obj\nof of SCONJ IN 5 mark\narming arm VERB VBG 2 advcl\nrebels rebel NOUN NNS 5 obj",
                4,
                &["Oman"],
            ),
            ("nobody", "Iran Iran PROPN NNP 2 nsubj\nattacked attack VERB VBD 0 root", 1, &[]),
        ];
        let mut wrong = Vec::new();
        for (what, table, token, speakers) in rows {
            let sentence = sentence(table);
            let found: Vec<String> =
                of(&sentence, (*token, *token + 1)).iter().map(|(r, _)| words(&sentence, *r)).collect();
            if found != *speakers {
                wrong.push(format!("{what}: {found:?} for {speakers:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
