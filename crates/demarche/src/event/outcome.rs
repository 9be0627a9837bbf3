//! Whether talks, truces and efforts failed or succeeded, where the text says so.

use super::Context;
use super::frames::tree::Tree;
use crate::record::{Event, Sentence};

const FAIL_WORDS: &[&str] = &["failed", "abortive", "unsuccessful", "fruitless", "inconclusive", "collapsed", "doomed"];
const GOOD_WORDS: &[&str] = &["successful", "fruitful"];
const FAIL_VERBS: &[&str] = &["fail", "collapse", "founder", "unravel", "stall", "falter"];
/// Verb and particle.
const FAIL_PHRASES: &[(&str, &str)] = &[("fall", "apart"), ("break", "down"), ("fall", "through"), ("break", "up")];
const GATHERINGS: &[&str] = &[
    "meeting",
    "talk",
    "talks",
    "summit",
    "negotiation",
    "round",
    "discussion",
    "conference",
    "effort",
    "mediation",
    "truce",
    "ceasefire",
    "attempt",
    "bid",
    "dialogue",
];

/// Marks the outcome of events: on the noun itself ("a failed summit"), or in a later clause ("the talks collapsed").
pub(super) fn mark(context: &Context, events: &mut [(usize, Event)]) {
    for (at, event) in events.iter_mut() {
        let Some(s) = context.sentences.get(*at) else { continue };
        if let Some((i, z)) = tokens_of(s, event) {
            let head = Tree::new(s).head_of((i, z));
            let says = |words: &[&str]| {
                s.tokens.iter().enumerate().any(|(k, t)| {
                    words.contains(&t.form.to_lowercase().as_str())
                        && ((i..z).contains(&k) || (t.head == Some(head) && t.rel() == "amod"))
                })
            };
            if says(FAIL_WORDS) {
                event.outcome = Some("failed".into());
            } else if says(GOOD_WORDS) {
                event.outcome = Some("succeeded".into());
            }
        }
    }
    for (at, s) in context.sentences.iter().enumerate() {
        for (v, verb) in s.tokens.iter().enumerate() {
            let lemma = verb.lemma.to_lowercase();
            let failing = (FAIL_VERBS.contains(&lemma.as_str())
                && !s.tokens.iter().any(|t| t.head == Some(v) && t.rel() == "xcomp"))
                || FAIL_PHRASES
                    .iter()
                    .any(|(a, b)| lemma == *a && s.tokens.get(v + 1).is_some_and(|n| n.form.eq_ignore_ascii_case(b)));
            if !failing || verb.upos != "VERB" {
                continue;
            }
            let subject = s.tokens.iter().position(|t| t.head == Some(v) && t.rel() == "nsubj");
            let Some(subject) = subject.map(|i| &s.tokens[i]) else { continue };
            if !GATHERINGS.contains(&subject.lemma.to_lowercase().as_str()) {
                continue;
            }
            let target = events
                .iter_mut()
                .rev()
                .find(|(k, e)| *k <= at && *k + 3 >= at && e.event == "CONSULT" && e.outcome.is_none());
            if let Some((_, event)) = target {
                event.outcome = Some("failed".into());
            }
        }
    }
}

fn tokens_of(s: &Sentence, event: &Event) -> Option<(usize, usize)> {
    let span = event.predicate.span;
    let first = s.tokens.iter().position(|t| span.contains(&t.span))?;
    let last = s.tokens.iter().rposition(|t| span.contains(&t.span))?;
    Some((first, last + 1))
}
