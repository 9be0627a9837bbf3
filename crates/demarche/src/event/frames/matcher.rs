//! Which frame fits at a token, and who stands in its slots.

use super::tree::Tree;
use super::{FrameMatch, Part, attribution, clauses, status};
use crate::codebook::events::{EventBook, Form, Frame, HeadKind, Part as TriggerPart, Slot, Step, Trigger, Words};

/// A trigger that fits, before the parties are read.
struct Fit<'b> {
    head: usize,
    frame: &'b Frame,
    trigger: &'b Trigger,
    /// Tokens that the trigger's parts stand on.
    parts: Vec<usize>,
    /// The verb group's end where a particle belongs to it.
    specificity: usize,
}

/// Matches of one sentence in text order.
pub fn matches(tree: &Tree, n: usize, book: &EventBook) -> Vec<FrameMatch> {
    let mut fits: Vec<Fit> = Vec::new();
    for i in 0..tree.tokens.len() {
        let mut best: Option<Fit> = None;
        for &(f, t) in tree.candidates(i).iter().flat_map(|lemma| book.index.get(lemma)) {
            let Some(frame) = book.frames.get(f) else {
                continue;
            };
            let Some(trigger) = frame.triggers.get(t) else {
                continue;
            };
            let Some(fit) = fit(tree, i, frame, trigger, book) else {
                continue;
            };
            let better =
                best.as_ref().is_none_or(|b| (fit.specificity, fit.frame.weight) > (b.specificity, b.frame.weight));
            if better {
                best = Some(fit);
            }
        }
        fits.extend(best);
    }
    // A noun that is the object of a fitting verb says the same act twice, also where it only carries it.
    let taken: Vec<(usize, Option<&str>)> = fits
        .iter()
        .flat_map(|f| {
            // "lodged a protest" is one act; "rejected the request" tells of two.
            let event = f.frame.swallows.then_some(f.frame.event.as_str());
            f.parts.iter().map(move |p| (*p, event))
        })
        .collect();
    fits.retain(|f| {
        let same = |event: &Option<&str>| event.is_none_or(|e| e == f.frame.event);
        !taken.iter().any(|(part, event)| *part == f.head && same(event))
    });
    // What is only offered, demanded, threatened or refused has not been done.
    let spoken: Vec<usize> = fits
        .iter()
        .filter(|f| f.frame.swallows)
        .flat_map(|f| {
            let mut heads = f.parts.iter().copied().filter(|p| tree.upos(*p) == "VERB").collect::<Vec<_>>();
            heads.extend(tree.children(f.head).iter().copied().filter(|c| {
                matches!(tree.rel(*c), "xcomp" | "ccomp")
                    || (tree.rel(*c) == "acl" && (tree.has_to(*c) || tree.marker(*c, "mark") == "that"))
                    || (tree.rel(*c) == "advcl" && (tree.has_to(*c) || tree.marker(*c, "mark") == "from"))
            }));
            heads.into_iter().flat_map(|h| tree.with_conjuncts(h)).collect::<Vec<_>>()
        })
        .collect();
    let speakers: Vec<usize> = fits.iter().filter(|f| f.frame.swallows).map(|f| f.head).collect();
    fits.retain(|f| {
        let mut at = f.head;
        if spoken.contains(&at) {
            return false;
        }
        // So has the meeting that is called for, the release that is demanded; an attack that is to end goes on.
        let cooperative = book.get(&f.frame.event).is_some_and(|t| t.quad <= 2) && !f.frame.swallows;
        if cooperative
            && matches!(tree.upos(at), "NOUN" | "PROPN")
            && let Some(head) = tree.head(at)
            && (speakers.contains(&head) || spoken.contains(&head))
            && (tree.rel(at) == "obj"
                || matches!(tree.marker(at, "case").as_str(), "for" | "of" | "to" | "on" | "about" | "in"))
        {
            return false;
        }
        // The object of a spoken verb too: "agreed to hold talks", "demanded they stop the attacks" keeps attacks.
        if matches!(tree.rel(at), "obj" | "xcomp")
            && tree.upos(at) == "NOUN"
            && let Some(head) = tree.head(at)
            && LIGHT.contains(&tree.lemma(head))
        {
            at = head;
        }
        !spoken.contains(&at)
    });
    // What a march demands, and the move that an attack begins with, are no events of their own.
    let absorbing: Vec<(usize, &[String])> = fits
        .iter()
        .filter_map(|f| book.get(&f.frame.event).map(|t| (f.head, t.absorbs.as_slice())))
        .filter(|(_, absorbs)| !absorbs.is_empty())
        .collect();
    fits.retain(|f| {
        !absorbing.iter().any(|(head, absorbs)| {
            absorbs.contains(&f.frame.event)
                && *head != f.head
                && (belongs(tree, f.head, *head) || belongs(tree, *head, f.head))
        })
    });
    fits.iter().map(|f| read(tree, n, f, book)).collect()
}

/// Verbs that carry a noun's act without adding to it.
pub(super) const LIGHT: &[&str] = &[
    "make",
    "give",
    "hold",
    "launch",
    "carry",
    "conduct",
    "stage",
    "mount",
    "issue",
    "open",
    "begin",
    "start",
    "resume",
    "take",
    "have",
    "do",
    "deliver",
    "lodge",
    "file",
    "submit",
    "table",
    "present",
    "impose",
    "put",
    "order",
    "announce",
    "declare",
    "offer",
    "extend",
    "send",
    "commit",
    "perpetrate",
    "lead",
    "organise",
    "organize",
    "call",
    "continue",
    "end",
    "suspend",
    "step",
    "join",
    "undertake",
    "pay",
    "voice",
    "express",
    "repeat",
    "renew",
    "convey",
    "reiterate",
    "face",
    "host",
    "attend",
    "wage",
    "unleash",
    "execute",
    "perform",
    "use",
    "deny",
    "drop",
    "reach",
    "conclude",
    "sign",
    "plan",
    "halt",
    "stop",
    "intensify",
    "escalate",
    "reject",
    "withdraw",
    "claim",
    "threaten",
    "hold",
    "prepare",
    "receive",
];

fn fit<'b>(tree: &Tree, i: usize, frame: &'b Frame, trigger: &'b Trigger, book: &EventBook) -> Option<Fit<'b>> {
    let upos = tree.upos(i);
    let verbal = match trigger.kind {
        HeadKind::Verb => upos == "VERB" || (upos == "ADJ" && tree.xpos(i).starts_with("VB")),
        HeadKind::Noun => {
            (upos == "NOUN" || (upos == "PROPN" && i == 0))
                && !matches!(tree.rel(i), "compound" | "flat" | "nmod:npmod")
        }
        HeadKind::Adjective => upos == "ADJ" || upos == "ADV",
    };
    if !verbal {
        return None;
    }
    // "the accused man", "united": a participle before a noun is no act of its own but for what is done to the noun.
    if trigger.kind == HeadKind::Verb && tree.rel(i) == "amod" && tree.xpos(i) != "VBN" {
        return None;
    }
    let mut parts = Vec::new();
    for part in &trigger.parts {
        let at = match part {
            TriggerPart::Small(word) => small(tree, i, word)?,
            TriggerPart::Prepositional(word, words) => {
                let under = tree.under(i, word).into_iter().chain(object_under(tree, i, word));
                // "laid down their arms": the small word is a particle, the noun the verb's object.
                let particle = tree.children(i).iter().any(|c| {
                    *c > i && tree.lemma(*c) == word && matches!(tree.rel(*c), "compound" | "advmod" | "obl" | "xcomp")
                });
                let beside = if particle { objects(tree, i) } else { Vec::new() };
                under
                    .chain(beside.into_iter().flat_map(|o| tree.with_conjuncts(o)))
                    .chain(step_from(tree, i, &Step::Preposition(word.clone()), trigger.kind))
                    .find(|t| holds(tree, *t, words, book))?
            }
            TriggerPart::Object(words) if trigger.kind == HeadKind::Verb => objects(tree, i)
                .into_iter()
                .chain(tree.child(i, &["iobj"]))
                // "set free", "took hostage", "jointly patrolled"
                .chain(tree.children(i).iter().copied().filter(|c| {
                    matches!(tree.rel(*c), "xcomp" | "advmod") && matches!(tree.upos(*c), "ADJ" | "ADV" | "NOUN")
                }))
                .flat_map(|o| tree.with_conjuncts(o))
                .find(|t| holds(tree, *t, words, book))?,
            TriggerPart::Object(words) => tree
                .children(i)
                .iter()
                .copied()
                .filter(|c| matches!(tree.rel(*c), "compound" | "amod" | "nmod" | "det" | "cop" | "advmod"))
                .find(|t| holds(tree, *t, words, book))?,
            TriggerPart::Infinitive(words) => complements(tree, i)
                .into_iter()
                .filter(|c| tree.has_to(*c) || (tree.rel(*c) == "xcomp" && tree.xpos(*c) == "VB"))
                .flat_map(|c| tree.with_conjuncts(c))
                .find(|t| holds(tree, *t, words, book))?,
            TriggerPart::Complement(words) => complements(tree, i)
                .into_iter()
                .flat_map(|c| tree.with_conjuncts(c))
                .find(|t| holds(tree, *t, words, book))?,
        };
        parts.push(at);
    }
    let mut specificity = trigger.parts.len() * 2;
    if frame.object.is_some() || frame.not_object.is_some() {
        let objects: Vec<usize> = match trigger.kind {
            HeadKind::Verb => objects(tree, i),
            _ => tree.under(i, "of"),
        };
        if let Some(words) = &frame.object
            && trigger.kind == HeadKind::Verb
        {
            if !objects.iter().flat_map(|o| tree.with_conjuncts(*o)).any(|o| holds(tree, o, words, book)) {
                return None;
            }
            specificity += 1;
        }
        if let Some(words) = &frame.not_object
            && objects.iter().any(|o| holds(tree, *o, words, book))
        {
            return None;
        }
    }
    if trigger.kind == HeadKind::Verb && (frame.subject.is_some() || frame.not_subject.is_some()) {
        let subjects = tree.agent(i);
        if let Some(words) = &frame.subject {
            let fits = subjects.iter().flat_map(|s| tree.with_conjuncts(*s)).any(|s| holds(tree, s, words, book));
            if !subjects.is_empty() && !fits {
                return None;
            }
            if subjects.is_empty() && !tree.passive(i) {
                return None;
            }
            specificity += usize::from(fits);
        }
        if let Some(words) = &frame.not_subject
            && subjects.iter().any(|s| holds(tree, *s, words, book))
        {
            return None;
        }
    }
    if let Some(words) = &frame.not_complement
        && complements(tree, i).iter().any(|c| holds(tree, *c, words, book))
    {
        return None;
    }
    if let Some(form) = frame.form {
        let future = status::is_future(tree, i);
        let negated = status::negated(tree, i);
        let fits = match form {
            Form::Refused => negated && (future || status::is_unable(tree, i)),
            Form::Future => future && !negated,
            Form::Conditional => {
                let open = future || status::is_unable(tree, i) || tree.has_to(i);
                open && !negated && clauses::condition(tree, i).is_some()
            }
        };
        if !fits {
            return None;
        }
        specificity += 3;
    }
    let anywhere =
        |words: &Words| (0..tree.tokens.len()).any(|t| t != i && !parts.contains(&t) && holds(tree, t, words, book));
    if let Some(words) = &frame.near {
        if !anywhere(words) {
            return None;
        }
        specificity += 1;
    }
    if frame.not_near.as_ref().is_some_and(anywhere) {
        return None;
    }
    Some(Fit { head: i, frame, trigger, parts, specificity })
}

/// True if the act at `inner` is told as part of the one at `outer`: its purpose, its manner, its continuation, or a
/// participle on the same subject.
fn belongs(tree: &Tree, inner: usize, outer: usize) -> bool {
    let mut at = inner;
    for _ in 0..4 {
        let Some(head) = tree.head(at) else { return false };
        if !matches!(tree.rel(at), "advcl" | "xcomp" | "acl" | "conj" | "obl" | "nmod" | "obj")
            || tree.deprel(at) == "acl:relcl"
        {
            return false;
        }
        if head == outer || (tree.rel(at) == "acl" && tree.agent(outer).contains(&head)) {
            return true;
        }
        at = head;
    }
    false
}

/// A particle or preposition on a verb or noun; the preposition's own token where it has a noun.
fn small(tree: &Tree, i: usize, word: &str) -> Option<usize> {
    let particle = tree.children(i).iter().copied().find(|c| {
        tree.lemma(*c) == word
            && matches!(tree.rel(*c), "compound" | "advmod" | "case" | "mark" | "obl" | "xcomp")
            && *c > i
    });
    if particle.is_some() {
        return particle;
    }
    let case = |top: usize| {
        tree.children(top).iter().copied().find(|c| matches!(tree.rel(*c), "case" | "mark") && tree.lemma(*c) == word)
    };
    tree.under(i, word)
        .into_iter()
        .chain(object_under(tree, i, word))
        .find_map(|t| case(t).or(Some(t)))
        // "called off the strike" with the particle read as the preposition of the object.
        .or_else(|| tree.children(i).iter().copied().filter(|c| matches!(tree.rel(*c), "obl" | "obj")).find_map(case))
}

/// Prepositional phrases that the parser hung on the object: "put pressure [on Iran]".
fn object_under(tree: &Tree, i: usize, word: &str) -> Vec<usize> {
    tree.children(i).iter().copied().filter(|c| tree.rel(*c) == "obj").flat_map(|o| tree.under(o, word)).collect()
}

fn objects(tree: &Tree, i: usize) -> Vec<usize> {
    let mut objects = tree.patient(i);
    // "called off talks": the noun after a particle that was read as a preposition.
    objects.extend(tree.children(i).iter().copied().filter(|c| {
        tree.rel(*c) == "obl" && matches!(tree.marker(*c, "case").as_str(), "off" | "down" | "up" | "out" | "over")
    }));
    objects
}

fn complements(tree: &Tree, i: usize) -> Vec<usize> {
    tree.children(i)
        .iter()
        .copied()
        .filter(|c| matches!(tree.rel(*c), "xcomp" | "ccomp" | "advcl" | "acl" | "obl" | "obj" | "nmod"))
        .filter(|c| tree.deprel(*c) != "acl:relcl")
        .filter(|c| matches!(tree.rel(*c), "xcomp" | "ccomp") || matches!(tree.upos(*c), "VERB" | "AUX"))
        .filter(|c| {
            !matches!(tree.rel(*c), "advcl")
                || tree.has_to(*c)
                || matches!(tree.marker(*c, "mark").as_str(), "from" | "of" | "for" | "by" | "with" | "that")
        })
        .collect()
}

/// Words that only count what follows.
const COUNTING: &[&str] = &[
    "dozen", "hundred", "thousand", "score", "some", "most", "number", "group", "one", "many", "several", "ten",
    "million",
];

/// True if the token is one of the words.
pub(super) fn holds(tree: &Tree, i: usize, words: &Words, book: &EventBook) -> bool {
    if words.any {
        return true;
    }
    if tree.candidates(i).iter().any(|lemma| words.holds(lemma)) {
        return true;
    }
    // "four of the campaigners", "dozens of rebels": what is counted decides.
    let counts = tree.upos(i) == "NUM" || COUNTING.contains(&tree.lemma(i));
    if counts && tree.under(i, "of").iter().any(|t| *t > i && tree.upos(*t) != "NUM" && holds(tree, *t, words, book)) {
        return true;
    }
    if words.name && is_name(tree, i) {
        return true;
    }
    if words.party && is_party(tree, i, book) {
        return true;
    }
    if words.has_compounds() {
        for &c in tree.children(i) {
            if matches!(tree.rel(c), "compound" | "amod" | "flat" | "nmod") && c < i {
                let pair = |a: &String| tree.candidates(i).iter().any(|b| words.holds(&format!("{a} {b}")));
                if tree.candidates(c).iter().any(pair) {
                    return true;
                }
            }
        }
    }
    false
}

fn is_name(tree: &Tree, i: usize) -> bool {
    tree.upos(i) == "PROPN" && !tree.is_time(i)
}

/// A name, a personal pronoun, or a word for people and bodies that act.
pub(super) fn is_party(tree: &Tree, i: usize, book: &EventBook) -> bool {
    if is_name(tree, i) {
        return true;
    }
    match tree.upos(i) {
        "PRON" => matches!(
            tree.lemma(i),
            "he" | "she"
                | "they"
                | "we"
                | "i"
                | "it"
                | "you"
                | "who"
                | "him"
                | "her"
                | "them"
                | "us"
                | "each"
                | "those"
                | "others"
                | "some"
                | "another"
                | "nobody"
                | "no-one"
                | "both"
                | "other"
                | "his"
                | "its"
                | "their"
                | "our"
                | "my"
        ),
        "ADJ" => nationality(tree, i),
        "NUM" => !tree.lemma(i).starts_with(|c: char| c.is_ascii_digit()),
        "DET" => matches!(tree.lemma(i), "both" | "all" | "some" | "many" | "those"),
        _ => {
            let form = tree.tokens.get(i).map_or("", |t| t.form.as_str());
            if ["man", "men", "woman", "women", "ists", "ist"]
                .iter()
                .any(|e| form.len() > e.len() + 2 && form.ends_with(e))
            {
                return true;
            }
            tree.candidates(i).iter().any(|l| book.classes.holds("PEOPLE", l) || book.classes.holds("BODY", l))
                || tree.sentence.names.iter().any(|n| n.tokens.0 <= i && i < n.tokens.1)
        }
    }
}

fn nationality(tree: &Tree, i: usize) -> bool {
    let Some(token) = tree.tokens.get(i) else {
        return false;
    };
    let capital = token.form.chars().next().is_some_and(char::is_uppercase);
    capital
        && (i > 0
            || token.form.ends_with("an")
            || token.form.ends_with("ese")
            || token.form.ends_with("ish")
            || token.form.ends_with('i'))
}

/// The tokens at the end of a path, coordinated fellows included.
fn walk(tree: &Tree, start: usize, path: &[Step], kind: HeadKind) -> Vec<usize> {
    let mut at = vec![start];
    for step in path {
        let mut next = Vec::new();
        for &i in &at {
            next.extend(step_from(tree, i, step, kind));
        }
        next.dedup();
        at = next;
    }
    at
}

fn step_from(tree: &Tree, i: usize, step: &Step, kind: HeadKind) -> Vec<usize> {
    match step {
        Step::Subject if kind == HeadKind::Adjective => tree.surface_subject(i).into_iter().collect(),
        Step::Subject => tree.agent(i),
        Step::Object => objects(tree, i),
        Step::IndirectObject => tree.child(i, &["iobj"]).into_iter().collect(),
        Step::Possessive => tree.child_exact(i, "nmod:poss").into_iter().collect(),
        Step::Adjective => tree
            .children(i)
            .iter()
            .copied()
            .filter(|c| *c < i)
            .filter(|c| match tree.rel(*c) {
                "amod" => nationality(tree, *c) || is_name(tree, *c),
                "compound" | "nmod" => is_name(tree, *c),
                _ => false,
            })
            .collect(),
        Step::Complement => complements(tree, i),
        Step::Light => light_subject(tree, i),
        Step::Preposition(word) => {
            let mut found = tree.under(i, word);
            if found.is_empty() {
                found = object_under(tree, i, word);
            }
            // "called on the rebels" with the preposition read as a particle.
            if found.is_empty()
                && let Some(particle) = tree
                    .children(i)
                    .iter()
                    .copied()
                    .find(|c| tree.rel(*c) == "compound" && *c > i && tree.lemma(*c) == word)
            {
                found = tree
                    .children(i)
                    .iter()
                    .copied()
                    .filter(|c| *c > particle && matches!(tree.rel(*c), "obl" | "obj" | "iobj"))
                    .filter(|c| tree.marker(*c, "case").is_empty() && !tree.is_time(*c))
                    .take(1)
                    .collect();
            }
            // "launched an attack on": the phrase may hang on the verb that carries the noun.
            if found.is_empty()
                && kind == HeadKind::Noun
                && tree.rel(i) == "obj"
                && let Some(verb) = tree.head(i)
            {
                found = tree.under(verb, word);
            }
            found
        }
    }
}

/// The subject of the verb that carries a noun: of `launch` in "launched an attack", of `be` in "is on strike".
fn light_subject(tree: &Tree, i: usize) -> Vec<usize> {
    if tree.children(i).iter().any(|c| tree.rel(*c) == "cop") {
        return tree.surface_subject(i).into_iter().collect();
    }
    let Some(head) = tree.head(i) else {
        return Vec::new();
    };
    let lemma = tree.lemma(head);
    let carried = matches!(tree.rel(i), "obj")
        || (tree.rel(i) == "obl" && matches!(tree.marker(i, "case").as_str(), "on" | "in" | "for" | "with" | "to"))
        || tree.deprel(i) == "nsubj:pass";
    if carried && tree.upos(head) == "VERB" && LIGHT.contains(&lemma) {
        return tree.agent(head);
    }
    Vec::new()
}

/// The first slot that is filled; time words are no parties.
fn fill(tree: &Tree, fit: &Fit, slots: &[Slot], book: &EventBook, taken: &[usize]) -> Vec<(usize, usize)> {
    for (n, slot) in slots.iter().enumerate() {
        let found: Vec<usize> = walk(tree, fit.head, &slot.path, fit.trigger.kind)
            .into_iter()
            .filter(|t| !tree.is_time(*t) && !taken.contains(t) && *t != fit.head)
            .filter(|t| match &slot.class {
                Some(words) => holds(tree, *t, words, book),
                None => true,
            })
            .flat_map(|t| tree.with_conjuncts(t))
            .filter(|t| !fit.parts.contains(t) || is_party(tree, *t, book))
            .collect();
        if !found.is_empty() {
            return found.into_iter().map(|t| (t, n)).collect();
        }
    }
    Vec::new()
}

/// What speaks against a fit, as a factor: an act without anybody, inside an `if`, or hidden in a participle.
fn doubt(tree: &Tree, fit: &Fit, arguments: &[Part]) -> f32 {
    let has = |role: &str| arguments.iter().any(|a| a.role == role);
    let mut factor = match (has("actor"), has("recipient")) {
        (true, _) => 1.0,
        (false, true) => 0.75,
        (false, false) => 0.5,
    };
    if status::in_condition(tree, fit.head) {
        factor *= 0.5;
    } else if status::is_bound(tree, fit.head) {
        factor *= 0.7;
    }
    if fit.trigger.kind == HeadKind::Verb && tree.rel(fit.head) == "amod" {
        factor *= 0.6;
    }
    factor
}

fn slot_name(slot: Option<&Slot>) -> String {
    let Some(slot) = slot else {
        return String::new();
    };
    let steps: Vec<&str> = slot
        .path
        .iter()
        .map(|s| match s {
            Step::Subject => "subj",
            Step::Object => "obj",
            Step::IndirectObject => "iobj",
            Step::Possessive => "poss",
            Step::Adjective => "adj",
            Step::Complement => "comp",
            Step::Light => "light",
            Step::Preposition(word) => word.as_str(),
        })
        .collect();
    steps.join(".")
}

fn read(tree: &Tree, n: usize, fit: &Fit, book: &EventBook) -> FrameMatch {
    let frame = fit.frame;
    let noun = fit.trigger.kind == HeadKind::Noun;
    let (actor_slots, recipient_slots) =
        if noun { (&frame.noun_actor, &frame.noun_recipient) } else { (&frame.actor, &frame.recipient) };
    let mut arguments = Vec::new();
    let mut push = |role: &str, part: Option<String>, tokens: (usize, usize), rule: String| {
        arguments.push(Part { role: role.into(), part, tokens, rule });
    };
    let actors = fill(tree, fit, actor_slots, book, &[]);
    let actor_tokens: Vec<usize> = actors.iter().map(|a| a.0).collect();
    for (token, slot) in &actors {
        push("actor", None, tree.phrase(*token), format!("{}:{}", frame.id, slot_name(actor_slots.get(*slot))));
    }
    for (token, slot) in fill(tree, fit, recipient_slots, book, &actor_tokens) {
        push("recipient", None, tree.phrase(token), format!("{}:{}", frame.id, slot_name(recipient_slots.get(slot))));
    }
    for (part, slots) in &frame.third {
        for (token, slot) in fill(tree, fit, slots, book, &actor_tokens) {
            let rule = format!("{}:{}", frame.id, slot_name(slots.get(slot)));
            push("third_party", Some(part.clone()), tree.phrase(token), rule);
        }
    }
    let mut verb_parts: Vec<usize> = fit.parts.clone();
    verb_parts.retain(|p| tree.upos(*p) != "VERB" && !is_party(tree, *p, book));
    let predicate = if noun {
        let before: Vec<usize> = fit.parts.iter().copied().filter(|p| *p < fit.head).collect();
        tree.predicate(fit.head, &before)
    } else {
        tree.predicate(fit.head, &verb_parts)
    };
    let terms = if frame.terms.is_empty() {
        None
    } else {
        frame.terms.iter().find_map(|slot| {
            walk(tree, fit.head, &slot.path, fit.trigger.kind)
                .into_iter()
                .find(|t| *t != fit.head && !actor_tokens.contains(t))
                .map(|t| (tree.content(t), slot_name(Some(slot))))
        })
    };
    if let Some((range, rule)) = terms {
        push("terms", None, range, format!("{}:{rule}", frame.id));
    }
    for (role, range, rule) in clauses::condition(tree, fit.head)
        .into_iter()
        .map(|(r, rule)| ("condition", r, rule))
        .chain(clauses::deadline(tree, fit.head).into_iter().map(|(r, rule)| ("deadline", r, rule)))
        .chain(attribution::speakers(tree, fit.head).into_iter().map(|(r, rule)| ("speaker", r, rule)))
    {
        push(role, None, range, rule.to_string());
    }
    FrameMatch {
        sentence: n,
        predicate,
        head: fit.head,
        frame: frame.id.clone(),
        event: frame.event.clone(),
        mode: frame.mode.clone(),
        cameo: frame.cameo.clone(),
        status: frame.status.clone(),
        weight: frame.weight * doubt(tree, fit, &arguments),
        arguments,
    }
}
