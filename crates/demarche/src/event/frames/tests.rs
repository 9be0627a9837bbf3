//! The matcher on small trees, one construction a row.

use super::tree::{sentence, words};
use super::*;

fn parties(found: &FrameMatch, role: &str, sentence: &crate::record::Sentence) -> Vec<String> {
    found.arguments.iter().filter(|a| a.role == role).map(|a| words(sentence, a.tokens)).collect()
}

#[test]
fn constructions() {
    // What is tested, the tree, then type, predicate, actors, recipients.
    type Row =
        (&'static str, &'static str, &'static str, &'static str, &'static [&'static str], &'static [&'static str]);
    let rows: &[Row] = &[
        (
            "active",
            "Iran Iran PROPN NNP 2 nsubj\nbombed bomb VERB VBD 0 root\nIraq Iraq PROPN NNP 2 obj",
            "ASSAULT",
            "bombed",
            &["Iran"],
            &["Iraq"],
        ),
        (
            "passive",
            "Iraq Iraq PROPN NNP 3 nsubj:pass\nwas be AUX VBD 3 aux:pass\nbombed bomb VERB VBN 0 root\nby by ADP IN 5 case\nIran Iran PROPN NNP 3 obl:agent",
            "ASSAULT",
            "was bombed",
            &["Iran"],
            &["Iraq"],
        ),
        (
            "noun of",
            "Syria Syria PROPN NNP 3 nmod:poss\n's 's PART POS 1 case\nshelling shelling NOUN NN 0 root\nof of ADP IN 5 case\nHoms Homs PROPN NNP 3 nmod",
            "ASSAULT",
            "shelling",
            &["Syria"],
            &["Homs"],
        ),
        (
            "adjective noun",
            "the the DET DT 3 det\nDutch Dutch ADJ JJ 3 amod\nrejection rejection NOUN NN 0 root\nof of ADP IN 6 case\nthe the DET DT 6 det\nplan plan NOUN NN 3 nmod",
            "REJECT",
            "rejection",
            &["Dutch"],
            &[],
        ),
        (
            "noun by",
            "rejection rejection NOUN NN 0 root\nof of ADP IN 4 case\nthe the DET DT 4 det\noffer offer NOUN NN 1 nmod\nby by ADP IN 6 case\nOman Oman PROPN NNP 1 nmod",
            "REJECT",
            "rejection",
            &["Oman"],
            &[],
        ),
        (
            "relative clause",
            "troops troop NOUN NNS 0 root\nwho who PRON WP 3 nsubj\nshelled shell VERB VBD 1 acl:relcl\nHoms Homs PROPN NNP 3 obj",
            "ASSAULT",
            "shelled",
            &["troops"],
            &["Homs"],
        ),
        (
            "participle",
            "troops troop NOUN NNS 0 root\nshelling shell VERB VBG 1 acl\nHoms Homs PROPN NNP 2 obj",
            "ASSAULT",
            "shelling",
            &["troops"],
            &["Homs"],
        ),
        (
            "past participle",
            "Homs Homs PROPN NNP 0 root\nshelled shell VERB VBN 1 acl\nby by ADP IN 4 case\ntroops troop NOUN NNS 2 obl",
            "ASSAULT",
            "shelled",
            &["troops"],
            &["Homs"],
        ),
        (
            "control",
            "Iran Iran PROPN NNP 2 nsubj\nbegan begin VERB VBD 0 root\nbombing bomb VERB VBG 2 xcomp\nIraq Iraq PROPN NNP 3 obj",
            "ASSAULT",
            "bombing",
            &["Iran"],
            &["Iraq"],
        ),
        (
            "coordination",
            "Iran Iran PROPN NNP 2 nsubj\nrose rise VERB VBD 0 root\nand and CCONJ CC 4 cc\nbombed bomb VERB VBD 2 conj\nIraq Iraq PROPN NNP 4 obj\nand and CCONJ CC 7 cc\nOman Oman PROPN NNP 5 conj",
            "ASSAULT",
            "bombed",
            &["Iran"],
            &["Iraq", "Oman"],
        ),
        (
            "particle and owner of the object",
            "Iran Iran PROPN NNP 2 nsubj\nturned turn VERB VBD 0 root\ndown down ADP RP 2 compound:prt\nOman Oman PROPN NNP 6 nmod:poss\n's 's PART POS 4 case\noffer offer NOUN NN 2 obj",
            "REJECT",
            "turned down",
            &["Iran"],
            &["Oman"],
        ),
        (
            "light verb",
            "Iran Iran PROPN NNP 2 nsubj\nlaunched launch VERB VBD 0 root\nan a DET DT 4 det\nattack attack NOUN NN 2 obj\non on ADP IN 6 case\nIraq Iraq PROPN NNP 4 nmod",
            "ASSAULT",
            "launched an attack",
            &["Iran"],
            &["Iraq"],
        ),
        (
            "meeting of many",
            "Iran Iran PROPN NNP 4 nsubj\nand and CCONJ CC 3 cc\nIraq Iraq PROPN NNP 1 conj\nheld hold VERB VBD 0 root\ntalks talk NOUN NNS 4 obj",
            "CONSULT",
            "held talks",
            &["Iran", "Iraq"],
            &[],
        ),
    ];
    let book = EventBook::built_in().unwrap_or_else(|e| panic!("{e}"));
    let mut wrong = Vec::new();
    for (what, table, event, predicate, actors, recipients) in rows {
        let sentences = [sentence(table)];
        let found = find(&trees(&sentences), &book);
        let fits = found.iter().any(|m| {
            m.event == *event
                && words(&sentences[0], m.predicate) == *predicate
                && parties(m, "actor", &sentences[0]) == *actors
                && parties(m, "recipient", &sentences[0]) == *recipients
        });
        if !fits {
            let got: Vec<String> = found
                .iter()
                .map(|m| {
                    format!(
                        "{} `{}` {:?} > {:?}",
                        m.frame,
                        words(&sentences[0], m.predicate),
                        parties(m, "actor", &sentences[0]),
                        parties(m, "recipient", &sentences[0])
                    )
                })
                .collect();
            wrong.push(format!("{what}: {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_only_spoken_of_is_no_event() {
    let book = EventBook::built_in().unwrap();
    let sentences = [sentence(
        "Iran Iran PROPN NNP 2 nsubj\nagreed agree VERB VBD 0 root\nto to PART TO 4 mark\nhold hold VERB VB 2 xcomp\ntalks talk NOUN NNS 4 obj\nwith with ADP IN 7 case\nOman Oman PROPN NNP 5 nmod",
    )];
    let found: Vec<String> = find(&trees(&sentences), &book).into_iter().map(|m| m.event).collect();
    assert_eq!(found, ["AGREE"]);
}

#[test]
fn planned_cooperation_is_agreement() {
    let book = EventBook::built_in().unwrap();
    for (event, status, settled) in [
        ("CONSULT", "planned", "AGREE"),
        ("AID", "planned", "AGREE"),
        ("RETREAT", "planned", "CONCEDE"),
        ("CONCEDE", "planned", "CONCEDE"),
        ("ASSAULT", "planned", "ASSAULT"),
        ("CONSULT", "happened", "CONSULT"),
    ] {
        assert_eq!(settle(event, status, &book), settled, "{event} {status}");
    }
}

#[test]
fn broken_trees_are_no_danger() {
    let book = EventBook::built_in().unwrap();
    let mut broken = sentence("Iran Iran PROPN NNP 2 nsubj\nbombed bomb VERB VBD 3 conj\nIraq Iraq PROPN NNP 2 conj");
    for heads in
        [[Some(1), Some(2), Some(1)], [Some(0), Some(1), Some(2)], [Some(9), Some(9), Some(9)], [None, None, None]]
    {
        for (token, head) in broken.tokens.iter_mut().zip(heads) {
            token.head = head;
        }
        for m in find(&trees(std::slice::from_ref(&broken)), &book) {
            assert!(m.predicate.1 <= broken.tokens.len());
        }
        for i in 0..3 {
            status::of(&broken, (i, i + 1));
            attribution::of(&broken, (i, 99));
            clauses::terms_of(&broken, (i, 99));
        }
    }
    assert!(find(&trees(&[crate::record::Sentence::default()]), &book).is_empty());
    status::of(&crate::record::Sentence::default(), (0, 1));
}

fn trees(sentences: &[crate::record::Sentence]) -> Vec<super::tree::Tree<'_>> {
    sentences.iter().map(super::tree::Tree::new).collect()
}
