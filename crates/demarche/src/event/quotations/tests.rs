use super::super::frames::tree::{Tree, sentence, words};
use super::at;

/// Source, cue and content of a sentence by its tree.
#[test]
fn quotations_by_grammar() {
    let rows: &[(&str, &str, &str)] = &[
        (
            "clause after",
            "Oman Oman PROPN NNP 2 nsubj\nsaid say VERB VBD 0 root\nthat that SCONJ IN 5 mark\nIran Iran PROPN NNP 5 nsubj\nattacked attack VERB VBD 2 ccomp\nIraq Iraq PROPN NNP 5 obj",
            "Oman | said | that Iran attacked Iraq",
        ),
        (
            "clause before",
            "Iran Iran PROPN NNP 2 nsubj\nattacked attack VERB VBD 0 root\nIraq Iraq PROPN NNP 2 obj\n, , PUNCT , 2 punct\nOman Oman PROPN NNP 6 nsubj\nsaid say VERB VBD 2 parataxis",
            "Oman | said | Iran attacked Iraq",
        ),
        (
            "according to",
            "Iran Iran PROPN NNP 2 nsubj\nattacked attack VERB VBD 0 root\nIraq Iraq PROPN NNP 2 obj\naccording accord VERB VBG 6 case\nto to ADP IN 4 fixed\nOman Oman PROPN NNP 2 obl",
            "Oman | according to | Iran attacked Iraq",
        ),
        (
            "nothing is said",
            "Iran Iran PROPN NNP 2 nsubj\nattacked attack VERB VBD 0 root\nIraq Iraq PROPN NNP 2 obj",
            "",
        ),
    ];
    let mut wrong = Vec::new();
    for (what, table, expected) in rows {
        let s = sentence(table);
        let tree = Tree::new(&s);
        let found: Vec<String> = (0..s.tokens.len())
            .flat_map(|i| at(&tree, i))
            .map(|f| {
                let content: Vec<String> = f.content.iter().map(|r| words(&s, *r)).collect();
                format!(
                    "{} | {} | {}",
                    f.source.map_or(String::new(), |r| words(&s, r)),
                    words(&s, f.cue),
                    content.join(" … ")
                )
            })
            .collect();
        if found.join("; ") != *expected {
            wrong.push(format!("{what}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
