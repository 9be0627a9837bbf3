//! Weighs what all mentions of an entity tell, and writes the entities down.

use super::facts::evidence;
use super::find::{Candidate, Kind};
use super::tie::{Cluster, Ties};
use crate::record::{Article, Entity, EntityKind, Evidence, Mention, MentionForm, Span};
use std::collections::BTreeMap;

/// Values with their evidence, best first.
#[derive(Debug, Clone, Default)]
struct Weighed {
    country: Vec<(String, Evidence)>,
    sector: Vec<(String, Evidence)>,
}

/// The entities of an article, in order of first mention; with `all`, things and places too.
pub(super) fn entities(article: &Article, ties: &Ties, all: bool) -> Vec<Entity> {
    let weighed = weigh(ties);
    let story = story_country(ties);
    let mut order: Vec<usize> = (0..ties.clusters.len()).collect();
    order.sort_by_key(|&c| ties.clusters.get(c).and_then(|k| k.members.first().copied()).unwrap_or(usize::MAX));
    let mut entities = Vec::new();
    for index in order {
        let Some(cluster) = ties.clusters.get(index) else {
            continue;
        };
        let actor = !matches!(cluster.kind, Kind::Thing | Kind::Place);
        if cluster.members.is_empty() || !(all || actor) {
            continue;
        }
        let mut facts = weighed.get(index).cloned().unwrap_or_default();
        if actor {
            fall_back(ties, cluster, story.as_deref(), &mut facts);
        }
        entities.push(write(article, ties, cluster, facts));
    }
    entities
}

fn members<'a>(ties: &'a Ties, cluster: &'a Cluster) -> impl Iterator<Item = &'a Candidate> {
    cluster.members.iter().filter_map(|&m| ties.candidates.get(m))
}

/// Each value once with its best evidence, best first; ties in order of the text.
fn rank(values: Vec<(String, Evidence)>) -> Vec<(String, Evidence)> {
    let mut best: Vec<(String, Evidence)> = Vec::new();
    for (value, found) in values {
        match best.iter_mut().find(|(v, _)| *v == value) {
            Some((_, old)) if old.score >= found.score => {}
            Some((_, old)) => *old = found,
            None => best.push((value, found)),
        }
    }
    best.sort_by(|a, b| b.1.score.total_cmp(&a.1.score));
    best
}

/// What the mentions tell, then what the bodies tell that an entity belongs to, twice, for a body's own body.
fn weigh(ties: &Ties) -> Vec<Weighed> {
    let mut weighed: Vec<Weighed> = ties
        .clusters
        .iter()
        .map(|cluster| Weighed {
            country: rank(members(ties, cluster).flat_map(|m| m.facts.country.clone()).collect()),
            sector: rank(members(ties, cluster).flat_map(|m| m.facts.sector.clone()).collect()),
        })
        .collect();
    for _ in 0..2 {
        let before = weighed.clone();
        for (index, cluster) in ties.clusters.iter().enumerate() {
            let Some(own) = weighed.get_mut(index) else {
                continue;
            };
            for member in members(ties, cluster) {
                for &head in &member.facts.employers {
                    let other = ties.at.get(&(member.sentence, head)).and_then(|&c| ties.of.get(c).copied().flatten());
                    let Some(theirs) = other.filter(|&o| o != index).and_then(|o| before.get(o).map(|w| (o, w))) else {
                        continue;
                    };
                    let kind = ties.clusters.get(theirs.0).map(|c| c.kind);
                    if let Some((code, found)) = theirs.1.country.first() {
                        let score = found.score * 0.85;
                        own.country.push((code.clone(), evidence("country", "actor.belongs", found.span, score)));
                    }
                    if let Some((sector, found)) = theirs.1.sector.first() {
                        // A country's man is the state's only where his own word leaves it open.
                        let score = match kind {
                            Some(Kind::Organisation | Kind::Group) if member.facts.bearer => 0.7,
                            Some(Kind::Organisation) => 0.4,
                            Some(Kind::Country) if member.facts.bearer => 0.5,
                            _ => continue,
                        };
                        own.sector.push((sector.clone(), evidence("sector", "actor.belongs", found.span, score)));
                    }
                }
            }
            own.country = rank(std::mem::take(&mut own.country));
            own.sector = rank(std::mem::take(&mut own.sector));
        }
    }
    weighed
}

/// The country that the article speaks of most, by its own names and by those of its people and bodies. News media are
/// quoted from everywhere.
fn story_country(ties: &Ties) -> Option<String> {
    let mut counts: BTreeMap<&str, f32> = BTreeMap::new();
    for candidate in ties.candidates.iter().filter(|c| c.name.is_some() && c.facts.id.is_some()) {
        let Some((code, _)) = candidate.facts.country.first() else { continue };
        let medium = candidate.facts.sector.iter().any(|(s, _)| s == "JRN");
        if medium || ties.book.country_name(code).is_none() {
            continue;
        }
        // What stands first in a story is what it is about.
        *counts.entry(code).or_default() += if candidate.sentence < 3 { 1.5 } else { 1.0 };
    }
    let best = counts.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(a.0)))?;
    Some(best.0.to_owned())
}

/// What is left when the words tell nothing: the country of the place named beside, or of the story.
fn fall_back(ties: &Ties, cluster: &Cluster, story: Option<&str>, facts: &mut Weighed) {
    let pronouns_only = members(ties, cluster).all(|m| m.form == MentionForm::Pronoun);
    // "a third country" is none that was named.
    let foreign =
        members(ties, cluster).any(|m| m.name.is_none() && matches!(m.noun.as_str(), "country" | "nation" | "state"));
    if facts.country.is_empty() && !pronouns_only && !foreign {
        // Who has a name may be anywhere; "police in Kenya" are Kenya's.
        let nameless =
            matches!(cluster.kind, Kind::Group | Kind::Person | Kind::Organisation) && cluster.keys.is_empty();
        let beside = members(ties, cluster).filter(|_| nameless).find_map(|m| located(ties, m));
        if let Some((code, span)) = beside {
            facts.country.push((code, evidence("country", "actor.place-beside", Some(span), 0.45)));
        } else if let Some(story) = story {
            facts.country.push((story.to_owned(), evidence("country", "actor.story", None, 0.25)));
        }
    }
    if facts.sector.is_empty() && matches!(cluster.kind, Kind::Person | Kind::Group) && !pronouns_only {
        facts.sector.push(("CVL".to_owned(), evidence("sector", "actor.nobody-special", None, 0.2)));
    }
}

/// "in Kenya" in the same sentence.
fn located(ties: &Ties, member: &Candidate) -> Option<(String, Span)> {
    let sentence = ties.sentences.get(member.sentence)?;
    let from = ties.at.range((member.sentence, 0)..(member.sentence + 1, 0));
    for (_, &other) in from {
        let place = ties.candidates.get(other)?;
        if !matches!(place.kind, Kind::Place | Kind::Country) || place.form != MentionForm::Name {
            continue;
        }
        let locative = sentence.tokens.iter().enumerate().any(|(i, t)| {
            t.head == Some(place.head)
                && i < place.head
                && t.rel() == "case"
                && matches!(
                    t.form.to_lowercase().as_str(),
                    "in" | "at" | "near" | "across" | "outside" | "inside" | "throughout"
                )
        });
        if locative {
            let span = sentence.tokens.get(place.head)?.span;
            return place.facts.country.first().map(|(code, _)| (code.clone(), span));
        }
    }
    None
}

/// Evidence for the value chosen, with the value that came second.
fn choose(values: &[(String, Evidence)]) -> Option<(String, Evidence)> {
    let (value, found) = values.first()?;
    let mut found = found.clone();
    found.runner_up = values.get(1).map(|(v, e)| (v.clone(), e.score));
    Some((value.clone(), found))
}

fn write(article: &Article, ties: &Ties, cluster: &Cluster, facts: Weighed) -> Entity {
    let kind = match cluster.kind {
        Kind::Person => EntityKind::Person,
        Kind::Organisation => EntityKind::Organisation,
        Kind::Country => EntityKind::Country,
        _ => EntityKind::Group,
    };
    let mentions: Vec<Mention> = members(ties, cluster).filter_map(|m| mention(article, ties, m)).collect();
    let mut entity = Entity { name: name(article, ties, cluster), kind, mentions, ..Entity::default() };
    if let Some((code, found)) = choose(&facts.country) {
        entity.country = Some(code);
        entity.by.push(found);
    }
    if let Some((sector, found)) = choose(&facts.sector) {
        entity.sector.push(sector);
        entity.by.push(found);
        if let Some((second, found)) = facts.sector.get(1).filter(|(_, e)| e.score >= 0.7) {
            entity.sector.push(second.clone());
            entity.by.push(found.clone());
        }
    }
    let role = members(ties, cluster).filter_map(|m| m.facts.role.clone()).max_by(|a, b| {
        // The first of equals.
        a.1.score.total_cmp(&b.1.score).then(std::cmp::Ordering::Greater)
    });
    if let Some((role, found)) = role.filter(|_| kind == EntityKind::Person) {
        entity.role = Some(role);
        entity.by.push(found);
    }
    entity.id = members(ties, cluster).find_map(|m| m.facts.id.clone().filter(|_| m.name.is_some()));
    entity
}

fn mention(article: &Article, ties: &Ties, candidate: &Candidate) -> Option<Mention> {
    let sentence = ties.sentences.get(candidate.sentence)?;
    let start = sentence.tokens.get(candidate.tokens.0)?.span.start;
    let end = sentence.tokens.get(candidate.tokens.1.checked_sub(1)?)?.span.end;
    let span = Span::new(start, end);
    Some(Mention {
        text: span.slice(&article.text).to_owned(),
        span,
        sentence: candidate.sentence,
        tokens: candidate.tokens,
        head: candidate.head,
        form: candidate.form,
    })
}

/// The fullest name, a country's own before its capital's; else the first description.
fn name(article: &Article, ties: &Ties, cluster: &Cluster) -> String {
    let text = |sentence: usize, (first, end): (usize, usize)| -> String {
        let Some(sentence) = ties.sentences.get(sentence) else {
            return String::new();
        };
        let ends = sentence.tokens.get(first).zip(end.checked_sub(1).and_then(|e| sentence.tokens.get(e)));
        let text = ends.map_or("", |(a, b)| Span::new(a.span.start, b.span.end).slice(&article.text));
        text.strip_prefix("the ").or_else(|| text.strip_prefix("The ")).unwrap_or(text).to_owned()
    };
    if cluster.kind == Kind::Country {
        let name = cluster.code.as_deref().and_then(|code| ties.book.country_name(code));
        if let Some(name) = name {
            return name.to_owned();
        }
    }
    let named = members(ties, cluster)
        .filter(|m| m.form != MentionForm::Adjective)
        .filter_map(|m| m.name.map(|n| (m, n)))
        .max_by_key(|(m, _)| (m.key.len(), std::cmp::Reverse((m.sentence, m.tokens.0))));
    if let Some((member, tokens)) = named {
        return text(member.sentence, tokens);
    }
    let described =
        members(ties, cluster).find(|m| m.form != MentionForm::Pronoun).or_else(|| members(ties, cluster).next());
    described.map_or_else(String::new, |m| {
        let sentence = ties.sentences.get(m.sentence);
        let ends = sentence
            .and_then(|s| s.tokens.get(m.tokens.0).zip(m.tokens.1.checked_sub(1).and_then(|e| s.tokens.get(e))));
        ends.map_or("", |(a, b)| Span::new(a.span.start, b.span.end).slice(&article.text)).to_owned()
    })
}
