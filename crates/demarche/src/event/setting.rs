//! When and where an event took place, and its deadline.

use super::frames::tree::Tree;
use super::{Act, Context, span_of};
use crate::record::{Event, Evidence, Precision, Span, When};

/// Fills date, place and deadline.
pub(super) fn fill(context: &Context, p: &Act, event: &mut Event) {
    let Some(s) = context.sentences.get(p.sentence) else { return };
    let Some(tree) = context.trees.get(p.sentence) else { return };
    let spans = |role: &str| -> Vec<Span> {
        p.arguments.iter().filter(|a| a.role == role).filter_map(|a| span_of(s, a.tokens)).collect()
    };
    let times = &context.mentions.times;
    let at = |span: &Span| times.iter().find(|t| t.span.is_some_and(|x| x.overlaps(span)));

    event.deadline = spans("deadline").iter().find_map(|d| {
        at(d)
            .cloned()
            .or_else(|| Some(When { text: d.slice(&context.article.text).into(), span: Some(*d), ..When::default() }))
    });
    let deadline = event.deadline.as_ref().and_then(|d| d.span);
    let named = spans("when").iter().find_map(at).filter(|t| t.start.is_some() && t.span != deadline);
    event.date = named.cloned();
    let mut by = "head:when";
    if event.date.is_none() {
        event.date = beside(context, p, deadline).cloned();
        by = "tree:when";
    }
    if event.date.is_none() && matches!(event.status.as_str(), "happened" | "ongoing" | "denied") {
        event.date = story_date(context);
        by = "story-date";
    }
    if let Some(date) = &event.date {
        let span = date.span;
        event.evidence.push(Evidence { field: "date".into(), by: by.into(), span, score: 1.0, runner_up: None });
    }

    let places = &context.mentions.places;
    let inside = |span: &Span| places.iter().filter(|x| x.span.overlaps(span)).min_by_key(|x| x.span.start);
    event.place = spans("where").iter().find_map(inside).cloned();
    if event.place.is_none() {
        // in the predicate's own clause, after a preposition of place
        let clause = clause_of(tree, tree.head_of(p.predicate));
        event.place = places
            .iter()
            .find(|x| {
                let Some(i) = s.tokens.iter().position(|t| x.span.contains(&t.span)) else { return false };
                let end = s.tokens.iter().rposition(|t| x.span.contains(&t.span)).map_or(i + 1, |e| e + 1);
                let head = tree.head_of((i, end));
                let located = s.tokens.iter().any(|t| {
                    t.head == Some(head) && t.rel() == "case" && matches!(t.lemma.as_str(), "in" | "at" | "near")
                });
                let verb = s.tokens[head].head;
                located
                    && s.tokens[head].rel() == "obl"
                    && verb.is_some_and(|v| v == clause || (p.predicate.0..p.predicate.1).contains(&v))
            })
            .cloned();
    }
}

/// A time that hangs on the predicate or on its clause.
fn beside<'a>(context: &'a Context, p: &Act, deadline: Option<Span>) -> Option<&'a When> {
    let s = context.sentences.get(p.sentence)?;
    let tree = context.trees.get(p.sentence)?;
    let predicate = tree.head_of(p.predicate);
    let clause = clause_of(tree, predicate);
    let candidates = context
        .mentions
        .times
        .iter()
        .filter(|t| t.start.is_some() && t.span != deadline && t.span.is_some_and(|x| s.span.contains(&x)));
    let mut best: Option<(usize, usize, &When)> = None;
    for time in candidates {
        let span = time.span?;
        let Some(i) = s.tokens.iter().position(|t| t.span.overlaps(&span)) else { continue };
        let end = s.tokens.iter().rposition(|t| t.span.overlaps(&span)).map_or(i + 1, |e| e + 1);
        let head = tree.head_of((i, end));
        let rank = match s.tokens[head].head {
            Some(h) if (p.predicate.0..p.predicate.1).contains(&h) => 0,
            Some(h) if h == clause => 1,
            Some(_) if clause_of(tree, head) == clause => 2,
            _ => continue,
        };
        let distance = head.abs_diff(predicate);
        if best.is_none_or(|b| (rank, distance) < (b.0, b.1)) {
            best = Some((rank, distance, time));
        }
    }
    best.map(|b| b.2)
}

/// The day that the story was published, for what it tells as news.
fn story_date(context: &Context) -> Option<When> {
    let stamp = context.article.published.as_ref()?;
    let day: String = stamp.value.chars().take(10).collect();
    Some(When {
        text: String::new(),
        span: None,
        kind: "DATE".into(),
        value: day.clone(),
        modifier: None,
        start: Some(day.clone()),
        end: Some(day),
        precision: Some(if stamp.precision > Precision::Day { stamp.precision } else { Precision::Day }),
    })
}

/// The nearest verb or predicate at or above a token: the clause that it stands in.
fn clause_of(tree: &Tree, token: usize) -> usize {
    const CLAUSES: &[&str] = &["root", "ccomp", "advcl", "acl", "parataxis", "conj", "xcomp", "csubj"];
    let mut at = token;
    for _ in 0..tree.tokens.len() {
        if CLAUSES.contains(&tree.rel(at)) && matches!(tree.upos(at), "VERB" | "AUX" | "ADJ") {
            return at;
        }
        match tree.head(at) {
            Some(h) => at = h,
            None => return at,
        }
    }
    token
}
