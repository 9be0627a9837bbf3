//! Whom a pronoun of the third person means: what agrees with it and stands foremost in the reader's mind.

use super::find::{Candidate, Kind, Pronoun};
use super::tie::Ties;
use crate::record::{MentionForm, Sentence};
use std::collections::BTreeSet;

/// How far back, in sentences, a pronoun may reach.
const REACH: usize = 5;
/// How many phrases back at most.
const PHRASES: usize = 150;

/// The cluster that pronoun `i` stands for.
pub(super) fn antecedent(ties: &Ties, i: usize) -> Option<usize> {
    let pronoun = ties.candidates.get(i)?;
    let kind = pronoun.pronoun?;
    let mut best: Option<(f32, usize)> = None;
    let mut seen = BTreeSet::new();
    for j in (0..i).rev().take(PHRASES) {
        let Some(other) = ties.candidates.get(j) else {
            continue;
        };
        let distance = pronoun.sentence.saturating_sub(other.sentence);
        if distance > REACH {
            break;
        }
        let Some(index) = ties.of.get(j).copied().flatten() else {
            continue;
        };
        if !seen.insert(index) {
            continue;
        }
        let Some(score) = score(ties, pronoun, kind, other, index, distance) else {
            continue;
        };
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, index));
        }
    }
    best.map(|(_, index)| index)
}

fn score(
    ties: &Ties,
    pronoun: &Candidate,
    kind: Pronoun,
    other: &Candidate,
    index: usize,
    distance: usize,
) -> Option<f32> {
    let cluster = ties.clusters.get(index)?;
    let mut score = 0.0;
    match kind {
        Pronoun::He | Pronoun::She => {
            if cluster.kind != Kind::Person || cluster.plural {
                return None;
            }
            match (pronoun.gender, cluster.gender) {
                (Some(a), Some(b)) if a != b => return None,
                (Some(_), Some(_)) => score += 0.4,
                _ => {}
            }
        }
        Pronoun::It => {
            if matches!(cluster.kind, Kind::Person) || cluster.plural {
                return None;
            }
            score += match cluster.kind {
                Kind::Organisation => 0.8,
                Kind::Country => 0.5,
                Kind::Place => -0.6,
                Kind::Group => 0.0,
                _ => 0.0,
            };
        }
        Pronoun::They => {
            if cluster.plural {
                score += 1.0;
                if cluster.kind == Kind::Thing {
                    score -= 0.6;
                }
            } else {
                score += match cluster.kind {
                    Kind::Organisation => 0.0,
                    Kind::Group => 0.6,
                    Kind::Country => -0.6,
                    Kind::Person => -1.2,
                    _ => return None,
                };
            }
        }
        _ => return None,
    }
    if other.form == MentionForm::Adjective {
        score -= 0.5;
    }
    let sentence = ties.sentences.get(pronoun.sentence)?;
    if distance == 0 {
        // "his lawyer" is not himself.
        if other.tokens.0 <= pronoun.head && pronoun.head < other.tokens.1 {
            return None;
        }
        if fellow_arguments(sentence, pronoun, other) {
            return None;
        }
    }
    score -= distance as f32 * 0.75;
    let theirs = ties.sentences.get(other.sentence)?;
    let relation = theirs.tokens.get(other.head).map_or("", |t| t.rel());
    score += match relation {
        "nsubj" => 0.9,
        "obj" | "iobj" => 0.3,
        "appos" => 0.2,
        _ => 0.0,
    };
    let own = sentence.tokens.get(pronoun.head).map_or("", |t| t.rel());
    // An owner is most often the subject of the same sentence.
    if distance == 0 && own == "nmod" && relation == "nsubj" {
        score += 0.5;
    }
    if own == relation {
        score += 0.2;
    }
    // The subject of the main clause is what the sentence is about.
    let main = theirs.tokens.get(other.head).and_then(|t| t.head).and_then(|h| theirs.tokens.get(h));
    if relation == "nsubj" && main.is_some_and(|t| t.rel() == "root") {
        score += 0.3;
    }
    let actors = cluster.members.len() as f32;
    score += actors.ln().max(0.0) * 0.3;
    if other.name.is_some() {
        score += 0.2;
    }
    if other.pronoun.is_some() && other.pronoun == Some(kind) {
        score += 0.5;
    }
    // Inside a quotation the speaker says "I", outside of it nobody does.
    if let Some(speaker) = ties.quote_of(pronoun).and_then(|q| q.speaker) {
        let speaker = ties.at.get(&speaker).and_then(|&s| ties.of.get(s).copied().flatten());
        if speaker == Some(index) {
            score -= 2.0;
        }
    } else if ties.quote_of(other).is_some() && other.sentence == pronoun.sentence {
        score -= 0.5;
    }
    (score > -2.6).then_some(score)
}

/// True for subject and object of one verb, which a plain pronoun cannot make one person.
fn fellow_arguments(sentence: &Sentence, pronoun: &Candidate, other: &Candidate) -> bool {
    let (Some(a), Some(b)) = (sentence.tokens.get(pronoun.head), sentence.tokens.get(other.head)) else {
        return false;
    };
    let core = |rel: &str| matches!(rel, "nsubj" | "obj" | "iobj" | "obl");
    let reflexive = a.form.to_lowercase().ends_with("self") || a.form.to_lowercase().ends_with("selves");
    !reflexive && a.head.is_some() && a.head == b.head && core(a.rel()) && core(b.rel())
}
