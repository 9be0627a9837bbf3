//! Acts as the event heads see them.

use super::container::Labels;
use super::graphs::{EventScores, Graphs, High, layers, softmax};
use crate::record::{Argument, Proposal};

/// A word is part of a predicate from this probability on.
const PREDICATE: f32 = 0.4;
/// A word that stands apart from every such predicate is proposed from this probability on: the codebook may second it.
const FAINT: f32 = 0.12;
/// A word has a role from this probability on, even where "none" is likelier; half of the F1 that the role is read
/// with, so that what is added is right often enough to be worth it.
const ROLES: &[(&str, f32)] = &[
    ("actor", 0.55),
    ("recipient", 0.45),
    ("third_party", 0.4),
    ("when", 0.5),
    ("where", 0.4),
    ("deadline", 0.6),
    ("terms", 0.45),
    ("condition", 0.7),
    ("speaker", 0.55),
];
/// Alternatives below this probability are not kept.
const LEAST: f32 = 0.01;

/// Reads the proposals of sentence number `sentence`.
pub fn read(graphs: &Graphs, labels: &Labels, high: &High, sentence: usize) -> Vec<Proposal> {
    let words: Vec<Vec<f32>> = high.kind.iter().map(|s| softmax(s)).collect();
    let found = predicates(&words);
    let Some(scores) = graphs.events(high, &found) else { return Vec::new() };
    let mut out = Vec::new();
    for (&predicate, scores) in found.iter().zip(&scores) {
        let inside = &words[predicate.0..predicate.1];
        let types = types_of(inside, scores, labels);
        let event = inside.iter().map(|p| 1.0 - p[0]).fold(0.0, f32::max);
        let mut arguments = arguments(scores, labels);
        for a in arguments.iter_mut().filter(|a| a.role == "third_party") {
            let p = graphs.part(high, predicate, a.tokens).unwrap_or_default();
            let best = (1..p.len()).max_by(|&x, &y| p[x].total_cmp(&p[y]).then(y.cmp(&x)));
            a.part = best.and_then(|k| labels.parts.get(k).cloned());
        }
        let top = types.first().map_or("", |t| t.0.as_str());
        let modes = ranked(&softmax(&scores.mode), &labels.modes)
            .into_iter()
            .filter_map(|(m, p)| match m.split_once('.') {
                Some((kind, mode)) if kind == top => Some((mode.to_string(), p)),
                None => Some(("-".to_string(), p)),
                _ => None,
            })
            .collect();
        let statuses = ranked(&softmax(&scores.status), &labels.status);
        out.push(Proposal { sentence, predicate, types, modes, statuses, score: event, arguments });
    }
    out
}

/// Runs of words that belong to a predicate of one type.
fn predicates(words: &[Vec<f32>]) -> Vec<(usize, usize)> {
    let event = |p: &Vec<f32>| 1.0 - p.first().copied().unwrap_or(1.0);
    let best = |p: &Vec<f32>| (1..p.len()).max_by(|&a, &b| p[a].total_cmp(&p[b]).then(b.cmp(&a))).unwrap_or(0);
    let strong = |i: usize| words.get(i).is_some_and(|p| event(p) >= PREDICATE);
    let kind: Vec<usize> = words
        .iter()
        .enumerate()
        .map(|(i, p)| {
            let beside = strong(i + 1) || (i > 0 && strong(i - 1));
            if strong(i) || (event(p) >= FAINT && !beside) { best(p) } else { 0 }
        })
        .collect();
    let mut out = Vec::new();
    let mut i = 0;
    while i < kind.len() {
        let start = i;
        i += 1;
        if kind[start] == 0 {
            continue;
        }
        while i < kind.len() && kind[i] == kind[start] && strong(i) == strong(start) {
            i += 1;
        }
        out.push((start, i));
    }
    out
}

/// The two voices on the type, of the words and of the predicate as a whole, by their mean.
fn types_of(inside: &[Vec<f32>], scores: &EventScores, labels: &Labels) -> Vec<(String, f32)> {
    let whole = softmax(&scores.kind);
    let n = inside.len().max(1) as f32;
    let mut p: Vec<f32> = (0..whole.len())
        .map(|k| (whole[k] + inside.iter().map(|w| w.get(k).copied().unwrap_or(0.0)).sum::<f32>() / n) / 2.0)
        .collect();
    if let Some(none) = p.first_mut() {
        *none = 0.0;
    }
    let sum: f32 = p.iter().sum();
    p.iter_mut().for_each(|v| *v /= sum.max(f32::MIN_POSITIVE));
    ranked(&p, &labels.types)
}

fn ranked(p: &[f32], labels: &[String]) -> Vec<(String, f32)> {
    let mut out: Vec<(String, f32)> = labels.iter().cloned().zip(p.iter().copied()).filter(|x| x.1 >= LEAST).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1));
    out
}

fn least(role: &str) -> f32 {
    ROLES.iter().find(|r| r.0 == role).map_or(0.5, |r| r.1)
}

/// Arguments: in each layer of labels, runs of words with the same best label.
fn arguments(scores: &EventScores, labels: &Labels) -> Vec<Argument> {
    let mut out = Vec::new();
    let mut start = 0;
    for (layer, size) in labels.arguments.iter().zip(layers(labels)) {
        let best: Vec<(usize, f32)> = scores
            .arguments
            .iter()
            .map(|row| {
                let p = softmax(&row[start..start + size]);
                let k = (1..p.len()).max_by(|&a, &b| p[a].total_cmp(&p[b]).then(b.cmp(&a))).unwrap_or(0);
                if p[k] >= least(&layer[k]) { (k, p[k]) } else { (0, p[0]) }
            })
            .collect();
        let mut i = 0;
        while i < best.len() {
            let k = best[i].0;
            let from = i;
            while i < best.len() && best[i].0 == k {
                i += 1;
            }
            if k > 0 {
                let score = best[from..i].iter().map(|b| b.1).sum::<f32>() / (i - from) as f32;
                out.push(Argument { role: layer[k].clone(), tokens: (from, i), score, part: None });
            }
        }
        start += size;
    }
    out
}
