//! An act told twice in an article is one event, at its fullest mention.

use super::{Context, is_summary};
use crate::record::{Actor, Event};

/// Drops an event that an equal or fuller one tells again: those of title and standfirst against the body, and
/// repetitions inside the body.
pub(super) fn told_twice(context: &Context, events: &mut Vec<(usize, Event)>) {
    let mut drop = vec![false; events.len()];
    let summary = |i: usize| context.sentences.get(i).is_some_and(is_summary);
    for i in 0..events.len() {
        if drop[i] {
            continue;
        }
        for j in i + 1..events.len() {
            if drop[j] || !same_act(&events[i], &events[j], summary(events[i].0)) {
                continue;
            }
            // the title gives way; otherwise the mention with more said stays, the earlier one among equals
            if summary(events[i].0) || fullness(&events[j].1) > fullness(&events[i].1) {
                drop[i] = true;
                break;
            }
            drop[j] = true;
        }
    }
    let mut keep = drop.iter().map(|d| !d);
    events.retain(|_| keep.next().unwrap_or(true));
}

fn same_act(a: &(usize, Event), b: &(usize, Event), title: bool) -> bool {
    let (x, y) = (&a.1, &b.1);
    if x.event != y.event {
        return false;
    }
    let overlap = x.predicate.span.overlaps(&y.predicate.span);
    if overlap {
        return true;
    }
    let actors = share(&x.actor, &y.actor);
    let recipients = share(&x.recipient, &y.recipient);
    if title {
        // a headline says "Moscow" for the ministry and drops articles: one country on a side is enough
        let sides = |a: &[Actor], b: &[Actor]| a.is_empty() || b.is_empty() || share(a, b) || one_country(a, b);
        return (actors || one_country(&x.actor, &y.actor)) && sides(&x.recipient, &y.recipient);
    }
    if a.0 == b.0
        && actors
        && (about(x, y) || about(y, x))
        && (recipients || x.recipient.is_empty() || y.recipient.is_empty())
    {
        return true;
    }
    let sides = recipients || x.recipient.is_empty() || y.recipient.is_empty();
    // A march, a raid, a ban is named again and again; what is said of it may be new, the deed is not.
    let modes = x.mode == y.mode || x.mode.is_empty() || y.mode.is_empty();
    if actors && sides && modes && !SAID.contains(&x.event.as_str()) {
        return true;
    }
    (actors || one_country(&x.actor, &y.actor)) && sides && one_word(&x.predicate.text, &y.predicate.text)
}

/// Acts that consist in what is said: two of them by one party to another may differ in their content.
const SAID: &[&str] = &["AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"];
/// Letters that two words must begin with to be taken for forms of one: "arrest" and "arrested".
const STEM: usize = 5;

/// Do two predicates share a content word in whatever form.
fn one_word(a: &str, b: &str) -> bool {
    let stems = |t: &str| -> Vec<String> {
        let words = t.split(|c: char| !c.is_alphanumeric());
        let long = words.filter(|w| w.chars().count() > 2 && !SMALL.contains(&w.to_lowercase().as_str()));
        long.map(|w| w.to_lowercase().chars().take(STEM).collect()).collect()
    };
    let (a, b) = (stems(a), stems(b));
    a.iter().any(|w| b.contains(w))
}

/// Words of predicates that say nothing of which act it is.
const SMALL: &[&str] = &[
    "has", "have", "had", "been", "was", "were", "are", "will", "would", "not", "the", "and", "its", "their", "his",
    "her", "for", "that", "out", "over", "off",
];

/// "insisted that they must go": the second predicate is what the first one is about.
fn about(x: &Event, y: &Event) -> bool {
    let inside = x.terms.as_ref().is_some_and(|t| t.span.overlaps(&y.predicate.span));
    let same = x.terms.as_ref().zip(y.terms.as_ref()).is_some_and(|(a, b)| a.span.overlaps(&b.span));
    inside || same
}

fn share(a: &[Actor], b: &[Actor]) -> bool {
    a.iter().any(|x| b.iter().any(|y| !x.name.is_empty() && x.name == y.name))
}

fn one_country(a: &[Actor], b: &[Actor]) -> bool {
    a.iter().any(|x| x.country.is_some() && b.iter().any(|y| x.country == y.country))
}

fn fullness(e: &Event) -> usize {
    let options = [e.terms.is_some(), e.condition.is_some(), e.deadline.is_some(), e.place.is_some()];
    e.actor.len() + 2 * usize::from(!e.recipient.is_empty()) + options.iter().filter(|x| **x).count()
}

#[cfg(test)]
mod tests {
    use super::one_word;

    #[test]
    fn forms_of_one_word_are_one() {
        let rows = [
            ("arrested", "the arrests", true),
            ("has banned", "was banned", true),
            ("has rejected", "has accused", false),
            ("marched", "protest", false),
        ];
        let wrong: Vec<_> = rows.iter().filter(|(a, b, same)| one_word(a, b) != *same).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
