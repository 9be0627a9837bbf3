//! Actors, recipients and third parties: token ranges become mentions, mentions become entities.

use super::{Act, Context, piece, span_of};
use crate::record::{Actor, Entity, Event, Mention};

/// An argument below this score is dropped where another of its role has at least [`SURE`].
const DOUBTFUL: f32 = 0.5;
const SURE: f32 = 0.7;

/// Fills the parties of an event from the arguments of an act.
pub(super) fn fill(context: &Context, p: &Act, event: &mut Event) {
    let sure = |role: &str| p.arguments.iter().any(|a| a.role == role && a.score >= SURE);
    for a in &p.arguments {
        if a.score < DOUBTFUL && sure(&a.role) {
            continue;
        }
        let slot = match a.role.as_str() {
            "actor" => &mut event.actor,
            "recipient" => &mut event.recipient,
            "third_party" => &mut event.third_party,
            _ => continue,
        };
        let Some(mut party) = party(context, p.sentence, a.tokens) else { continue };
        party.part = a.part.clone();
        if slot.iter().all(|x| x.span != party.span && (x.name != party.name || x.name.is_empty())) {
            slot.push(party);
        }
    }
    turn_passive(context, p, event);
    // The same party cannot act on itself: where a pronoun or short name led there, the actor stands.
    let names: Vec<String> = event.actor.iter().map(|a| a.name.clone()).collect();
    event.recipient.retain(|r| !names.contains(&r.name));
    event.third_party.retain(|r| !names.contains(&r.name));
}

/// "Peru said it had been offered talks": the subject of a passive does not act. Where heads and frames left it as the
/// only actor, whoever they took for the other side acts.
fn turn_passive(context: &Context, p: &Act, event: &mut Event) {
    let Some(tree) = context.trees.get(p.sentence) else { return };
    let head = tree.head_of(p.predicate);
    if !tree.passive(head) || event.recipient.is_empty() {
        return;
    }
    let Some(subject) = tree.surface_subject(head) else { return };
    let Some(subject) = party(context, p.sentence, tree.phrase(subject)) else { return };
    if event.actor.iter().all(|a| a.name == subject.name) && event.recipient.iter().all(|r| r.name != subject.name) {
        std::mem::swap(&mut event.actor, &mut event.recipient);
    }
}

/// The party that a token range names: the entity whose mention has its head inside, or the bare words.
pub(super) fn party(context: &Context, sentence: usize, tokens: (usize, usize)) -> Option<Actor> {
    let s = context.sentences.get(sentence)?;
    let tokens = trim(context, sentence, tokens)?;
    if let Some((entity, mention)) = lookup(context, sentence, tokens) {
        return Some(Actor {
            text: mention.text.clone(),
            span: mention.span,
            name: entity.name.clone(),
            country: entity.country.clone(),
            sector: entity.sector.clone(),
            role: entity.role.clone(),
            id: entity.id.clone(),
            part: None,
            by: entity.by.clone(),
        });
    }
    let words = piece(&context.article.text, span_of(s, tokens)?);
    Some(Actor { name: words.text.clone(), text: words.text, span: words.span, ..Actor::default() })
}

/// The mention that covers a range best: its head inside the range, then the largest overlap, then the shortest.
fn lookup<'a>(context: &Context<'a>, sentence: usize, tokens: (usize, usize)) -> Option<(&'a Entity, &'a Mention)> {
    let mut best: Option<((usize, usize, usize), &Entity, &Mention)> = None;
    for entity in &context.mentions.entities {
        for m in entity.mentions.iter().filter(|m| m.sentence == sentence) {
            let overlap = m.tokens.1.min(tokens.1).saturating_sub(m.tokens.0.max(tokens.0));
            if overlap == 0 {
                continue;
            }
            let head = (tokens.0..tokens.1).contains(&m.head);
            // A mention that only borders the range from outside is somebody else.
            if !head && overlap * 2 < tokens.1 - tokens.0 {
                continue;
            }
            let length = m.tokens.1 - m.tokens.0;
            let rank = (usize::from(head), overlap, usize::MAX - length);
            if best.as_ref().is_none_or(|b| rank > b.0) {
                best = Some((rank, entity, m));
            }
        }
    }
    best.map(|(_, e, m)| (e, m))
}

/// Cuts prepositions, conjunctions, commas, quotation marks and the possessive 's from the ends of a range.
fn trim(context: &Context, sentence: usize, tokens: (usize, usize)) -> Option<(usize, usize)> {
    let s = context.sentences.get(sentence)?;
    let (mut a, mut z) = (tokens.0, tokens.1.min(s.tokens.len()));
    let loose = |i: usize| {
        let t = &s.tokens[i];
        matches!(t.upos.as_str(), "PUNCT" | "ADP" | "CCONJ" | "SCONJ") || t.rel() == "case"
    };
    while a < z && loose(a) {
        a += 1;
    }
    while a < z && loose(z - 1) {
        z -= 1;
    }
    (a < z).then_some((a, z))
}
