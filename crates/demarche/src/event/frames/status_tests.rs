//! Statuses by grammar, one construction a row.

use super::super::tree::sentence;
use super::*;

/// Each row: what is tested, the tree, the predicate's token, the status.
#[test]
fn statuses_by_grammar() {
    let rows: &[(&str, &str, usize, &str)] = &[
        (
            "plain past",
            "Iran Iran PROPN NNP 2 nsubj\nattacked attack VERB VBD 0 root\nIraq Iraq PROPN NNP 2 obj",
            1,
            "happened",
        ),
        (
            "negation",
            "Iran Iran PROPN NNP 4 nsubj\ndid do AUX VBD 4 aux\nnot not PART RB 4 advmod\nattack attack VERB VB 0 root\nIraq Iraq PROPN NNP 4 obj",
            3,
            "denied",
        ),
        (
            "will",
            "Iran Iran PROPN NNP 3 nsubj\nwill will AUX MD 3 aux\nattack attack VERB VB 0 root\nIraq Iraq PROPN NNP 3 obj",
            2,
            "planned",
        ),
        (
            "may",
            "Iran Iran PROPN NNP 3 nsubj\nmay may AUX MD 3 aux\nattack attack VERB VB 0 root\nIraq Iraq PROPN NNP 3 obj",
            2,
            "hypothetical",
        ),
        (
            "would if",
            "Iran Iran PROPN NNP 3 nsubj\nwould would AUX MD 3 aux\nattack attack VERB VB 0 root\nif if SCONJ IN 6 mark\nIraq Iraq PROPN NNP 6 nsubj\nmoved move VERB VBD 3 advcl",
            2,
            "conditional",
        ),
        (
            "in the if clause",
            "Iran Iran PROPN NNP 3 nsubj\nwould would AUX MD 3 aux\nattack attack VERB VB 0 root\nif if SCONJ IN 6 mark\nIraq Iraq PROPN NNP 6 nsubj\nmoved move VERB VBD 3 advcl",
            5,
            "conditional",
        ),
        (
            "yet to",
            "Iran Iran PROPN NNP 2 nsubj\nhas have VERB VBZ 0 root\nyet yet ADV RB 2 advmod\nto to PART TO 5 mark\nattack attack VERB VB 2 xcomp",
            4,
            "denied",
        ),
        (
            "stopped short",
            "Iran Iran PROPN NNP 2 nsubj\nstopped stop VERB VBD 0 root\nshort short ADV RB 2 advmod\nof of SCONJ IN 5 mark\nattacking attack VERB VBG 3 advcl",
            4,
            "denied",
        ),
        (
            "refused to",
            "Iran Iran PROPN NNP 2 nsubj\nrefused refuse VERB VBD 0 root\nto to PART TO 4 mark\nattack attack VERB VB 2 xcomp",
            3,
            "denied",
        ),
        (
            "failed to",
            "Iran Iran PROPN NNP 2 nsubj\nfailed fail VERB VBD 0 root\nto to PART TO 4 mark\nattack attack VERB VB 2 xcomp",
            3,
            "denied",
        ),
        (
            "plans to",
            "Iran Iran PROPN NNP 2 nsubj\nplans plan VERB VBZ 0 root\nto to PART TO 4 mark\nattack attack VERB VB 2 xcomp",
            3,
            "planned",
        ),
        (
            "denied that",
            "Iran Iran PROPN NNP 2 nsubj\ndenied deny VERB VBD 0 root\nthat that SCONJ IN 6 mark\nit it PRON PRP 6 nsubj\nhad have AUX VBD 6 aux\nattacked attack VERB VBN 2 ccomp",
            5,
            "denied",
        ),
        (
            "denied doing",
            "Iran Iran PROPN NNP 2 nsubj\ndenied deny VERB VBD 0 root\nattacking attack VERB VBG 2 xcomp\nIraq Iraq PROPN NNP 3 obj",
            2,
            "denied",
        ),
        (
            "threatened noun",
            "the the DET DT 3 det\nthreatened threatened ADJ JJ 3 amod\nattack attack NOUN NN 4 nsubj\ncame come VERB VBD 0 root",
            2,
            "hypothetical",
        ),
        (
            "planned noun",
            "the the DET DT 3 det\nplanned plan VERB VBN 3 amod\ntalks talk NOUN NNS 4 nsubj\nfailed fail VERB VBD 0 root",
            2,
            "planned",
        ),
        (
            "fears of",
            "Fears fear NOUN NNS 5 nsubj\nof of ADP IN 4 case\nan a DET DT 4 det\nattack attack NOUN NN 1 nmod\ngrew grow VERB VBD 0 root",
            3,
            "hypothetical",
        ),
        (
            "no attack",
            "There there PRON EX 2 expl\nwas be VERB VBD 0 root\nno no DET DT 4 det\nattack attack NOUN NN 2 nsubj",
            3,
            "denied",
        ),
        (
            "light verb",
            "Iran Iran PROPN NNP 3 nsubj\nwill will AUX MD 3 aux\nlaunch launch VERB VB 0 root\nan a DET DT 5 det\nattack attack NOUN NN 3 obj",
            4,
            "planned",
        ),
        (
            "progressive",
            "Iran Iran PROPN NNP 3 nsubj\nis be AUX VBZ 3 aux\nattacking attack VERB VBG 0 root\nIraq Iraq PROPN NNP 3 obj",
            2,
            "ongoing",
        ),
        (
            "continues",
            "Iran Iran PROPN NNP 2 nsubj\ncontinued continue VERB VBD 0 root\nattacking attack VERB VBG 2 xcomp\nIraq Iraq PROPN NNP 3 obj",
            2,
            "ongoing",
        ),
        (
            "year",
            "Iran Iran PROPN NNP 2 nsubj\nattacked attack VERB VBD 0 root\nIraq Iraq PROPN NNP 2 obj\nin in ADP IN 5 case\n1981 1981 NUM CD 2 obl",
            1,
            "historical",
        ),
        (
            "years ago",
            "Iran Iran PROPN NNP 2 nsubj\nattacked attack VERB VBD 0 root\nten ten NUM CD 4 nummod\nyears year NOUN NNS 5 obl:npmod\nago ago ADV RB 2 advmod",
            1,
            "historical",
        ),
        (
            "not only",
            "Iran Iran PROPN NNP 4 nsubj\nnot not PART RB 4 advmod\nonly only ADV RB 2 advmod\nattacked attack VERB VBD 0 root",
            3,
            "happened",
        ),
        (
            "is to",
            "Iran Iran PROPN NNP 2 nsubj\nis be VERB VBZ 0 root\nto to PART TO 4 mark\nattack attack VERB VB 2 xcomp",
            3,
            "planned",
        ),
        (
            "hopes to",
            "Iran Iran PROPN NNP 2 nsubj\nhopes hope VERB VBZ 0 root\nto to PART TO 4 mark\nvisit visit VERB VB 2 xcomp",
            3,
            "hypothetical",
        ),
    ];
    let mut wrong = Vec::new();
    for (what, table, token, status) in rows {
        let sentence = sentence(table);
        let verdict = of(&sentence, (*token, *token + 1));
        if verdict.status != *status {
            wrong.push(format!("{what}: {} by {} for {status}", verdict.status, verdict.rule));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
