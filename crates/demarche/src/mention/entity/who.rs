//! Whether two names name one: people by surname and first name, bodies by their words.

use super::find::Kind;
use super::tie::{Cluster, Ties};
use std::collections::BTreeSet;

/// How well two names of people agree, 0 for not at all. Names are folded words.
pub(super) fn same_person(a: &[String], b: &[String]) -> f32 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    if a == b {
        return 4.0;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.ends_with(short) {
        return 3.0;
    }
    if short.len() == 1 {
        // A first name alone, or a surname that stands first, as in East Asia; of two surnames, as in Spain and much of
        // Latin America, the first.
        let inner = long.len() > 2 && long[1..].contains(&short[0]);
        return if long.starts_with(short) {
            2.0
        } else if inner {
            1.5
        } else {
            0.0
        };
    }
    let (Some(first), Some(other)) = (short.first(), long.first()) else {
        return 0.0;
    };
    let last = short.last() == long.last();
    let initial =
        |x: &str, y: &str| x.chars().next() == y.chars().next() && (x.chars().count() == 1 || y.chars().count() == 1);
    if last && (first == other || initial(first, other)) {
        return 3.0;
    }
    // "Benedita Lee Roe" for "Roe Benedita": the same words.
    let words: BTreeSet<&String> = long.iter().collect();
    if short.iter().all(|w| words.contains(w)) { 2.5 } else { 0.0 }
}

/// The person that a name names, if one was spoken of.
pub(super) fn cluster(ties: &Ties, i: usize) -> Option<usize> {
    let candidate = ties.candidates.get(i)?;
    let mut seen = BTreeSet::new();
    type Rank = (f32, bool, bool, usize, usize);
    let mut best: Option<(Rank, usize)> = None;
    for word in &candidate.key {
        for index in ties.named_with(word) {
            let Some(cluster) = ties.clusters.get(index).filter(|_| seen.insert(index)) else {
                continue;
            };
            if cluster.kind != Kind::Person || conflict(ties, candidate.gender, cluster) {
                continue;
            }
            // A fuller name of the cluster that contradicts the new one outweighs a shorter one that fits.
            let contradicts = cluster
                .keys
                .iter()
                .any(|k| k.len() > 1 && candidate.key.len() > 1 && same_person(k, &candidate.key) == 0.0);
            if contradicts {
                continue;
            }
            let score = cluster.keys.iter().map(|k| same_person(&candidate.key, k)).fold(0.0, f32::max);
            // An id of its own: the codebook knows them apart.
            let ids = (&cluster.id, &candidate.facts.id);
            if score == 0.0 || matches!(ids, (Some(a), Some(b)) if a != b) {
                continue;
            }
            // Of two people with one surname: whoever was called by it before; not whom the same sentence
            // calls by full name; whom the body of the text speaks of more, and later.
            let full = if candidate.key.len() == 1 { score.min(3.0) } else { score };
            let called = candidate.key.len() == 1 && cluster.keys.contains(&candidate.key);
            let apart = !named_in_full_later(ties, i, cluster);
            let weight = cluster.members.len();
            let last = cluster.members.last().copied().unwrap_or(0);
            let rank = (if called { 3.0 } else { full }, called, apart, weight, last);
            if best.as_ref().is_none_or(|(r, _)| rank > *r) {
                best = Some((rank, index));
            }
        }
    }
    best.map(|(_, index)| index)
}

fn conflict(_ties: &Ties, gender: Option<crate::codebook::actors::Gender>, cluster: &Cluster) -> bool {
    matches!((gender, cluster.gender), (Some(a), Some(b)) if a != b)
}

/// True if the same sentence goes on to give the cluster's full name, so that the short one is somebody else's.
fn named_in_full_later(ties: &Ties, i: usize, cluster: &Cluster) -> bool {
    let Some(candidate) = ties.candidates.get(i).filter(|c| c.key.len() == 1) else {
        return false;
    };
    ties.candidates.iter().skip(i + 1).take_while(|c| c.sentence == candidate.sentence).any(|c| {
        c.key.len() > 1
            && c.kind == Kind::Person
            && cluster.keys.contains(&c.key)
            && c.key.iter().any(|w| candidate.key.contains(w))
    })
}

/// How well two names of bodies agree. Towns must agree in full.
pub(super) fn same_body(a: &[String], b: &[String], place: bool) -> f32 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let stem = |w: &String| w.strip_suffix('s').filter(|s| s.len() > 3).unwrap_or(w).to_owned();
    let (a, b): (Vec<String>, Vec<String>) = (a.iter().map(stem).collect(), b.iter().map(stem).collect());
    if a == b {
        return 4.0;
    }
    if place {
        return 0.0;
    }
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() == long.len() {
        return 0.0;
    }
    // "Mahan" of "Mahan Air", "Supreme Court" of "Supreme Court of Kenya".
    if long.starts_with(short) {
        return 3.0;
    }
    let mut rest = long.iter();
    let ordered = short.len() >= 2 && short.iter().all(|w| rest.any(|l| l == w));
    if ordered { 2.0 } else { 0.0 }
}
