//! Whether an act happened, from grammar alone: negation, modals, tense, the verbs and nouns that it hangs on.

use super::tree::Tree;
use crate::record::Sentence;

/// How far up the tree the words that bear on an act are sought.
const DEPTH: usize = 8;

/// What grammar says of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// One of the seven statuses.
    pub status: &'static str,
    /// `status.negation`, `status.will` ...
    pub rule: &'static str,
    /// False where the rule is only the likelier reading.
    pub confident: bool,
}

const fn sure(status: &'static str, rule: &'static str) -> Option<Verdict> {
    Some(Verdict { status, rule, confident: true })
}

const fn likely(status: &'static str, rule: &'static str) -> Option<Verdict> {
    Some(Verdict { status, rule, confident: false })
}

/// Verbs whose complement did not happen.
const DENYING: &[&str] = &["deny", "dispute", "refute", "rebut", "disclaim"];
/// Verbs and nouns whose complement is ahead.
const PLANNING: &[&str] = &[
    "plan",
    "intend",
    "schedule",
    "prepare",
    "arrange",
    "mean",
    "vow",
    "pledge",
    "promise",
    "decide",
    "agree",
    "resolve",
    "aim",
    "threaten",
    "offer",
    "announce",
    "set",
    "slate",
    "due",
    "ready",
    "propose",
    "intention",
    "preparation",
    "proposal",
    "decision",
    "agreement",
    "undertake",
    "accept",
    "approve",
    "authorize",
    "authorise",
    "vote",
    "order",
];
/// Verbs, nouns and adjectives whose complement is only thought of.
const THINKING: &[&str] = &[
    "expect",
    "hope",
    "want",
    "wish",
    "consider",
    "weigh",
    "mull",
    "contemplate",
    "seek",
    "fear",
    "likely",
    "risk",
    "ponder",
    "study",
    "predict",
    "possibility",
    "prospect",
    "chance",
    "danger",
    "threat",
    "call",
    "demand",
    "urge",
    "ask",
    "appeal",
    "request",
    "press",
    "debate",
    "discuss",
    "speculate",
    "speculation",
    "hypothetical",
    "warn",
    "propose",
    "suggest",
    "recommend",
    "anticipate",
    "eye",
    "capable",
    "able",
    "need",
    "require",
];
/// Verbs whose complement fell through or never came.
const MISSING: &[&str] = &[
    "refuse", "decline", "fail", "avoid", "refrain", "stop", "rule", "abstain", "prevent", "bar", "forbid", "dissuade",
    "prohibit",
];
/// Verbs that say an act goes on.
const GOING_ON: &[&str] = &["continue", "keep", "go", "persist", "carry", "remain", "press"];
const NEGATIVE: &[&str] = &["not", "n't", "never", "n’t", "neither", "nor", "no", "nobody", "hardly"];
const MODALS_OPEN: &[&str] = &["may", "might", "could", "can", "should", "ought", "must"];

/// Every list, for the tree to know its words by.
pub(super) const WORDS: &[&[&str]] = &[
    DENYING,
    PLANNING,
    THINKING,
    MISSING,
    GOING_ON,
    NEGATIVE,
    &[
        "have",
        "be",
        "yet",
        "say",
        "believe",
        "think",
        "rage",
        "last",
        "drag",
        "intensify",
        "extend",
        "intention",
        "schedule",
    ],
];

/// Reads the status of the act whose predicate covers the tokens `predicate` (first, one past the last).
pub fn of(sentence: &Sentence, predicate: (usize, usize)) -> Verdict {
    of_tree(&Tree::new(sentence), predicate)
}

/// As [`of`], for a tree at hand.
pub fn of_tree(tree: &Tree, predicate: (usize, usize)) -> Verdict {
    let head = tree.head_of(predicate);
    let (start, end) = predicate;
    // "held no talks": the whole group is denied where its noun is.
    let inner_no = (start..end.min(tree.tokens.len())).any(|t| has_no(tree, t))
        || tree.child(head, &["obj"]).is_some_and(|o| has_no(tree, o) && tree.upos(head) == "VERB");
    if inner_no {
        return Verdict { status: "denied", rule: "status.no", confident: true };
    }
    let nobody = tree.patient(head).iter().any(|o| matches!(tree.lemma(*o), "nobody" | "nothing" | "none" | "no-one"));
    if nobody && tree.upos(head) == "VERB" {
        return Verdict { status: "denied", rule: "status.no", confident: true };
    }
    let found = if matches!(tree.upos(head), "VERB" | "AUX") || (tree.child(head, &["cop"]).is_some()) {
        of_verb(tree, head)
    } else {
        of_noun(tree, head)
    };
    let found = found.or_else(|| above(tree, head)).or_else(|| past(tree, head)).or_else(|| tense(tree, head));
    found.unwrap_or(Verdict { status: "happened", rule: "status.plain", confident: false })
}

fn has_no(tree: &Tree, i: usize) -> bool {
    tree.children(i).iter().any(|c| tree.rel(*c) == "det" && tree.lemma(*c) == "no")
}

/// True if the predicate is negated by a word of its own clause.
pub fn negated(tree: &Tree, i: usize) -> bool {
    tree.children(i).iter().any(|c| {
        (matches!(tree.rel(*c), "advmod" | "cc" | "det" | "aux"))
            && NEGATIVE.contains(&tree.lemma(*c))
            && !only(tree, *c)
    }) || tree.child(i, &["nsubj"]).is_some_and(|s| {
        has_no(tree, s)
            || matches!(tree.lemma(s), "nobody" | "neither" | "none" | "no-one")
            || tree.children(s).iter().any(|c| tree.lemma(*c) == "neither")
    })
}

/// "not only", "not just", "no longer": no denial.
fn only(tree: &Tree, negation: usize) -> bool {
    matches!(tree.lemma(negation + 1), "only" | "just" | "merely" | "least")
}

/// Modals and auxiliaries on a verb, shared along a coordination.
fn auxiliaries(tree: &Tree, i: usize) -> Vec<String> {
    // A coordination of four verbs shares as one of two does; the bound keeps broken trees from going round.
    let mut verb = i;
    for _ in 0..4 {
        let own = own_auxiliaries(tree, verb);
        if !own.is_empty() || tree.rel(verb) != "conj" || tree.child(verb, &["nsubj"]).is_some() {
            return own;
        }
        match tree.head(verb) {
            Some(head) => verb = head,
            None => return own,
        }
    }
    Vec::new()
}

fn own_auxiliaries(tree: &Tree, i: usize) -> Vec<String> {
    tree.children(i)
        .iter()
        .filter(|c| matches!(tree.rel(**c), "aux" | "cop"))
        .map(|c| {
            let form = tree.tokens.get(*c).map_or(String::new(), |t| t.form.to_lowercase());
            match form.as_str() {
                "'ll" | "’ll" | "wo" | "shall" | "will" => "will".into(),
                "'d" | "’d" => tree.lemma(*c).to_string(),
                _ => form,
            }
        })
        .collect()
}

/// True for `will`, `would`, `shall`, `is to`, `is going to` on the verb.
pub fn is_future(tree: &Tree, i: usize) -> bool {
    auxiliaries(tree, i).iter().any(|a| a == "will" || a == "would")
}

/// True for `can`, `could` or `cannot` on the verb.
pub fn is_unable(tree: &Tree, i: usize) -> bool {
    auxiliaries(tree, i).iter().any(|a| matches!(a.as_str(), "can" | "could" | "ca"))
}

fn of_verb(tree: &Tree, i: usize) -> Option<Verdict> {
    if negated(tree, i) {
        return sure("denied", "status.negation");
    }
    if in_condition(tree, i) {
        return sure("conditional", "status.if-clause");
    }
    let auxiliaries = auxiliaries(tree, i);
    let has = |word: &str| auxiliaries.iter().any(|a| a == word);
    let conditioned = super::clauses::condition(tree, i).is_some();
    if has("would") {
        return if conditioned {
            sure("conditional", "status.would-if")
        } else if has("have") {
            sure("hypothetical", "status.would-have")
        } else {
            likely("planned", "status.would")
        };
    }
    if has("will") {
        return if conditioned { sure("conditional", "status.will-if") } else { sure("planned", "status.will") };
    }
    if let Some(modal) = auxiliaries.iter().find(|a| MODALS_OPEN.contains(&a.as_str())) {
        let open = matches!(modal.as_str(), "may" | "might" | "could");
        return Some(Verdict {
            status: if conditioned { "conditional" } else { "hypothetical" },
            rule: "status.modal",
            confident: open,
        });
    }
    // "is to fly", "are to be freed": the auxiliary is the governor of the infinitive.
    if tree.has_to(i)
        && matches!(tree.rel(i), "xcomp" | "ccomp" | "root")
        && (has("is") || has("are") || has("were") || has("was") || tree.head(i).is_some_and(|h| tree.lemma(h) == "be"))
        && !has("be")
    {
        return sure("planned", "status.is-to");
    }
    None
}

/// True for what must or should be done, and for what stands in a clause of time that lies ahead (`before`, `until`).
pub fn is_bound(tree: &Tree, i: usize) -> bool {
    if auxiliaries(tree, i).iter().any(|a| matches!(a.as_str(), "must" | "should" | "ought")) {
        return true;
    }
    let mark = tree.marker(i, "mark");
    tree.rel(i) == "advcl" && matches!(mark.as_str(), "before" | "until" | "once" | "as soon as" | "lest" | "so that")
}

fn of_noun(tree: &Tree, i: usize) -> Option<Verdict> {
    if has_no(tree, i) || negated(tree, i) {
        return sure("denied", "status.no");
    }
    for &c in tree.children(i) {
        if !matches!(tree.rel(c), "amod" | "compound" | "nmod" | "acl") || tree.deprel(c) == "acl:relcl" || c > i {
            continue;
        }
        match tree.lemma(c) {
            "planned" | "plan" | "scheduled" | "schedule" | "proposed" | "propose" | "upcoming" | "forthcoming"
            | "future" | "imminent" | "impending" | "promised" | "promise" | "intended" | "intend" | "next" => {
                return sure("planned", "status.planned-noun");
            }
            "threatened" | "threaten" | "possible" | "potential" | "feared" | "fear" | "hypothetical" | "eventual"
            | "likely" => {
                return sure("hypothetical", "status.threatened-noun");
            }
            "ongoing" | "continuing" | "continue" | "continued" | "current" => {
                return sure("ongoing", "status.ongoing-noun");
            }
            _ => {}
        }
    }
    None
}

/// True if the verb stands inside an `if` clause.
pub(super) fn in_condition(tree: &Tree, i: usize) -> bool {
    let mut at = i;
    for _ in 0..DEPTH {
        if tree.rel(at) == "advcl" {
            let mark = tree.marker(at, "mark");
            if matches!(mark.as_str(), "if" | "unless" | "provided" | "provided that" | "once" | "in case")
                || inverted(tree, at)
            {
                return true;
            }
        }
        match tree.head(at) {
            Some(head) if matches!(tree.rel(at), "conj" | "xcomp" | "obj" | "advcl") => at = head,
            _ => return false,
        }
    }
    false
}

/// "Should the talks fail", "Were Iran to attack", "Had it known".
pub(super) fn inverted(tree: &Tree, i: usize) -> bool {
    let first = tree.children(i).iter().copied().filter(|c| matches!(tree.rel(*c), "aux" | "cop")).min();
    let subject = tree.child(i, &["nsubj"]);
    match (first, subject) {
        (Some(aux), Some(subject)) if aux < subject => {
            matches!(tree.lemma(aux), "should" | "have" | "be")
                && tree.rel(i) == "advcl"
                && tree.marker(i, "mark").is_empty()
        }
        _ => false,
    }
}

/// Words above the act that bear on it: "denied bombing", "plans to bomb", "fears of a bombing", "stopped short of bombing".
fn above(tree: &Tree, i: usize) -> Option<Verdict> {
    above_within(tree, i, DEPTH)
}

fn above_within(tree: &Tree, i: usize, depth: usize) -> Option<Verdict> {
    if depth == 0 {
        return None;
    }
    let mut at = i;
    for _ in 0..DEPTH {
        let head = tree.head(at)?;
        let rel = tree.rel(at).to_string();
        let lemma = tree.lemma(head);
        let infinitive = tree.has_to(at);
        let gerund = tree.xpos(at) == "VBG";
        let case = tree.marker(at, "case");
        let mark = tree.marker(at, "mark");
        let verbal = matches!(tree.upos(at), "VERB" | "AUX");
        match rel.as_str() {
            "xcomp" | "ccomp" | "acl" | "advcl" | "obl" | "obj" | "nmod" | "nsubj" => {
                let content =
                    matches!(rel.as_str(), "xcomp" | "ccomp" | "obj") || case == "of" || mark == "of" || infinitive;
                if content && DENYING.contains(&lemma) && !negated(tree, head) {
                    return if rel == "obj" && !verbal {
                        likely("denied", "status.denied-noun")
                    } else {
                        sure("denied", "status.denied")
                    };
                }
                // "stopped short of"
                if mark == "of" || case == "of" {
                    if lemma == "short" || tree.children(head).iter().any(|c| tree.lemma(*c) == "short") {
                        return sure("denied", "status.stopped-short");
                    }
                    if lemma == "intention" && (has_no(tree, head)) {
                        return sure("denied", "status.no-intention");
                    }
                }
                if infinitive || (gerund && rel == "xcomp") || (verbal && mark == "from") {
                    // "has yet to"
                    if matches!(lemma, "have" | "be") && tree.children(head).iter().any(|c| tree.lemma(*c) == "yet")
                        || lemma == "yet"
                    {
                        return sure("denied", "status.yet-to");
                    }
                    if lemma == "be" && infinitive {
                        return sure("planned", "status.is-to");
                    }
                    if MISSING.contains(&lemma) && !(lemma == "stop" && infinitive) {
                        return if lemma == "stop" {
                            likely("happened", "status.stopped")
                        } else {
                            sure("denied", "status.failed-to")
                        };
                    }
                    if GOING_ON.contains(&lemma) && matches!(rel.as_str(), "xcomp" | "advcl") && gerund
                        || (lemma == "continue" && infinitive)
                    {
                        return of_verb(tree, head).or(sure("ongoing", "status.continue"));
                    }
                    if negated(tree, head) && (PLANNING.contains(&lemma) || THINKING.contains(&lemma)) {
                        return likely("denied", "status.negation-above");
                    }
                    if lemma == "go" && tree.xpos(head) == "VBG"
                        || matches!(lemma, "about" | "due" | "set" | "ready" | "poised")
                    {
                        return sure("planned", "status.about-to");
                    }
                    if THINKING.contains(&lemma) {
                        return sure("hypothetical", "status.thought-of");
                    }
                    if PLANNING.contains(&lemma) {
                        return sure("planned", "status.planned");
                    }
                    if matches!(rel.as_str(), "xcomp") {
                        // "began to", "started", "managed to", "tried to": what holds of the verb above holds here.
                        if let Some(verdict) = of_verb(tree, head) {
                            return Some(verdict);
                        }
                    }
                } else if !verbal {
                    let no = negated(tree, head) && (rel == "obj" || tree.deprel(at) == "nsubj:pass");
                    if no && tree.upos(head) == "VERB" {
                        return likely("denied", "status.negated-verb");
                    }
                    let of = matches!(case.as_str(), "of" | "for" | "about" | "against");
                    if (of || rel == "obj")
                        && matches!(
                            lemma,
                            "fear"
                                | "risk"
                                | "threat"
                                | "possibility"
                                | "prospect"
                                | "danger"
                                | "chance"
                                | "likelihood"
                                | "consider"
                                | "weigh"
                                | "predict"
                                | "contemplate"
                                | "expect"
                                | "prevent"
                                | "avert"
                                | "avoid"
                        )
                    {
                        return sure("hypothetical", "status.thought-of");
                    }
                    if matches!(
                        lemma,
                        "call" | "demand" | "urge" | "seek" | "want" | "request" | "appeal" | "propose" | "suggest"
                    ) && (of || rel == "obj")
                    {
                        return likely("hypothetical", "status.asked-for");
                    }
                    if (of || rel == "obj")
                        && matches!(
                            lemma,
                            "plan" | "schedule" | "prepare" | "promise" | "pledge" | "preparation" | "threaten" | "set"
                        )
                    {
                        return sure("planned", "status.planned");
                    }
                    if rel == "obj"
                        || tree.deprel(at) == "nsubj:pass"
                        || (rel == "obl" && super::matcher::LIGHT.contains(&lemma))
                    {
                        let carried = super::matcher::LIGHT.contains(&lemma);
                        if carried
                            && let Some(verdict) = of_verb(tree, head).or_else(|| above_within(tree, head, depth - 1))
                        {
                            return Some(verdict);
                        }
                        if matches!(lemma, "continue" | "intensify" | "extend") {
                            return likely("ongoing", "status.continue");
                        }
                    }
                    if rel == "nsubj" {
                        if matches!(lemma, "continue" | "rage" | "last" | "drag") {
                            return sure("ongoing", "status.continue");
                        }
                        if let Some(verdict) = of_verb(tree, head) {
                            return Some(Verdict { confident: false, ..verdict });
                        }
                    }
                    return None;
                } else if rel == "ccomp" {
                    if negated(tree, head) && matches!(lemma, "say" | "believe" | "think") {
                        return likely("hypothetical", "status.doubted");
                    }
                    if matches!(
                        lemma,
                        "fear"
                            | "hope"
                            | "expect"
                            | "predict"
                            | "doubt"
                            | "demand"
                            | "insist"
                            | "propose"
                            | "suggest"
                            | "recommend"
                    ) {
                        return likely("hypothetical", "status.thought-of");
                    }
                    return None;
                }
                // A finite clause beside another tells its own act.
                if rel == "acl" && tree.deprel(at) == "acl:relcl"
                    || rel == "advcl" && tree.child(at, &["nsubj"]).is_some()
                {
                    return None;
                }
                at = head;
            }
            "conj" => at = head,
            _ => return None,
        }
    }
    None
}

fn is_ordinal(word: &str) -> bool {
    matches!(
        word,
        "second"
            | "third"
            | "fourth"
            | "fifth"
            | "sixth"
            | "seventh"
            | "eighth"
            | "ninth"
            | "tenth"
            | "consecutive"
            | "straight"
    ) || (word.starts_with(|c: char| c.is_ascii_digit()) && ["th", "nd", "rd", "st"].iter().any(|e| word.ends_with(e)))
}

/// Another time than the story's: a year, `years ago`, `last year`, `during the war`.
fn past(tree: &Tree, i: usize) -> Option<Verdict> {
    let mut verb = i;
    let mut spots: Vec<usize> = tree.children(i).to_vec();
    for _ in 0..2 {
        // The time may hang on the verb that carries a noun, or on the noun that a participle describes.
        if matches!(tree.rel(verb), "obj" | "xcomp" | "nsubj")
            && let Some(head) = tree.head(verb)
            && tree.upos(head) == "VERB"
        {
            spots.extend(tree.children(head).iter().copied());
            verb = head;
        }
    }
    let dated = spots.iter().copied().any(|c| {
        let lemma = tree.lemma(c);
        if tree.rel(c) != "obl" && tree.rel(c) != "nmod" && tree.rel(c) != "advmod" {
            return false;
        }
        let year = lemma.len() == 4 && lemma.chars().all(|d| d.is_ascii_digit()) && tree.upos(c) == "NUM";
        let decade = lemma.len() == 5 && lemma.ends_with('s') && lemma.chars().take(4).all(|d| d.is_ascii_digit());
        let with_year = tree.children(c).iter().any(|m| {
            let l = tree.lemma(*m);
            l.len() == 4 && l.chars().all(|d| d.is_ascii_digit()) && l.starts_with(['1', '2'])
        }) && tree.is_time(c);
        let ago = (lemma == "ago"
            && tree.children(c).iter().any(|m| matches!(tree.lemma(*m), "year" | "decade" | "month" | "century")))
            || (matches!(lemma, "year" | "decade" | "century")
                && tree.children(c).iter().any(|m| matches!(tree.lemma(*m), "last" | "ago" | "previous")));
        let case = tree.marker(c, "case");
        let era = matches!(case.as_str(), "during" | "in")
            && matches!(lemma, "war" | "revolution" | "uprising" | "era")
            && tree.upos(c) != "VERB";
        (year || with_year)
            && matches!(case.as_str(), "in" | "since" | "of" | "during" | "" | "after")
            && case != "since"
            || decade
            || ago
            || era
    });
    if dated { likely("historical", "status.dated") } else { None }
}

fn tense(tree: &Tree, i: usize) -> Option<Verdict> {
    if !matches!(tree.upos(i), "VERB" | "AUX") {
        return None;
    }
    let auxiliaries = auxiliaries(tree, i);
    let has = |word: &str| auxiliaries.iter().any(|a| a == word);
    if tree.children(i).iter().any(|c| tree.rel(*c) == "advmod" && matches!(tree.lemma(*c), "still" | "currently")) {
        return sure("ongoing", "status.still");
    }
    let gerund = tree.tokens.get(i).is_some_and(|t| t.form.ends_with("ing"));
    if gerund
        && (has("is") || has("are") || has("been") || has("'s") || has("’s") || has("was") || has("were"))
        && !has("being")
    {
        return likely("ongoing", "status.progressive");
    }
    let turn = tree.children(i).iter().any(|c| {
        tree.rel(*c) == "obl"
            && matches!(tree.marker(*c, "case").as_str(), "for" | "into" | "on")
            && matches!(tree.lemma(*c), "day" | "week" | "month" | "night" | "year")
            && tree.children(*c).iter().any(|m| is_ordinal(tree.lemma(*m)))
    });
    if turn {
        return likely("ongoing", "status.third-day");
    }
    if has("had") {
        if tree.deprel(i) == "acl:relcl" {
            return likely("historical", "status.background");
        }
        return likely("happened", "status.pluperfect");
    }
    if tree.deprel(i) == "acl:relcl" && tree.xpos(i) == "VBD" {
        return likely("happened", "status.relative-past");
    }
    if tree.deprel(i) == "acl" && tree.xpos(i) == "VBN" {
        return likely("happened", "status.participle");
    }
    likely("happened", "status.tense")
}

#[cfg(test)]
#[path = "status_tests.rs"]
mod tests;
