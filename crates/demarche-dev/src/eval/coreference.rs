//! Coreference on GUM's layer: CoNLL F1, the mean of MUC, B3 and CEAFe, over named and pronoun mentions.
//!
//! Mentions are matched by their head word, since annotators count trailing clauses and appositions into a mention, and
//! this project does not. Entities spoken of once do not count, as in CoNLL 2012.
//!
//! On a folder of articles read in full, the share of entities with the right country and sector instead.

mod actors;

use super::round;
use crate::conllu::{self, Document, GoldForm};
use demarche::record::{Entity, MentionForm, Sentence};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// Sentence and head token.
type Key = (usize, usize);
type Clusters = Vec<BTreeSet<Key>>;

pub fn run(path: &Path, predictions: Option<&Path>) -> Result<Value, String> {
    if path.is_dir() {
        return actors::run(path, predictions);
    }
    let documents = conllu::read(path)?;
    if documents.iter().all(|d| d.mentions.is_empty()) {
        return Err(format!("{} has no Entity= brackets", path.display()));
    }
    let engine = super::engine()?;
    let book = &engine.codebook().actors;
    let mut sets: BTreeMap<&str, Totals> = BTreeMap::new();
    let mut written = String::new();
    for document in &documents {
        let chains = demarche::mention::entity::chains(&document.article, &document.sentences, book);
        tally(&mut sets, ["gold_trees", "gold_trees_actors"], document, &document.sentences, &chains);
        let own = engine.reader().read(&document.article, false).sentences;
        let chains = demarche::mention::entity::chains(&document.article, &own, book);
        tally(&mut sets, ["own_trees", "own_trees_actors"], document, &own, &chains);
        write_chains(&mut written, document, &own, &chains);
    }
    if let Some(path) = predictions {
        std::fs::write(path, written).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    let mut report = json!({"task": "coreference", "documents": documents.len(), "conll_f1": null});
    for (name, totals) in sets {
        report[name] = totals.report();
    }
    report["conll_f1"] = report["own_trees"]["conll_f1"].clone();
    Ok(report)
}

/// Counts one document for all mentions, and for those of people, bodies and places alone.
fn tally(
    sets: &mut BTreeMap<&str, Totals>,
    names: [&'static str; 2],
    document: &Document,
    sentences: &[Sentence],
    chains: &[Entity],
) {
    let (gold, actors) = gold(document, sentences);
    let predicted = predicted(chains);
    let [all, of_actors] = names;
    sets.entry(all).or_default().add(&gold, &predicted);
    let others: BTreeSet<Key> = gold.iter().flatten().filter(|k| !actors.contains(k)).copied().collect();
    let only = |clusters: &Clusters| -> Clusters {
        clusters.iter().map(|c| c.iter().filter(|k| !others.contains(k)).copied().collect()).collect()
    };
    sets.entry(of_actors).or_default().add(&only(&gold), &only(&predicted));
}

/// Gold clusters of named and pronoun mentions, and those of their mentions that speak of people, bodies and places.
fn gold(document: &Document, sentences: &[Sentence]) -> (Clusters, BTreeSet<Key>) {
    let mut clusters: BTreeMap<&str, BTreeSet<Key>> = BTreeMap::new();
    let mut actors = BTreeSet::new();
    for mention in document.mentions.iter().filter(|m| m.form != GoldForm::Other) {
        let head = document.sentences.get(mention.sentence).and_then(|s| s.tokens.get(mention.head));
        let Some(head) = head.map(|t| t.span) else { continue };
        // The same word in the sentences at hand, which may be cut otherwise.
        let found = sentences.iter().enumerate().find_map(|(s, sentence)| {
            if !sentence.span.overlaps(&head) {
                return None;
            }
            sentence.tokens.iter().position(|t| t.span.overlaps(&head)).map(|token| (s, token))
        });
        let Some(key) = found else { continue };
        clusters.entry(&mention.cluster).or_default().insert(key);
        if matches!(mention.kind.as_str(), "person" | "organization" | "place") {
            actors.insert(key);
        }
    }
    (clusters.into_values().collect(), actors)
}

fn predicted(chains: &[Entity]) -> Clusters {
    chains
        .iter()
        .map(|entity| {
            let named = entity.mentions.iter().filter(|m| matches!(m.form, MentionForm::Name | MentionForm::Pronoun));
            named.map(|m| (m.sentence, m.head)).collect()
        })
        .collect()
}

#[derive(Default)]
struct Totals {
    /// Recall numerator and denominator, precision numerator and denominator; of MUC, B3, CEAFe and mentions.
    sums: [[f64; 4]; 4],
}

impl Totals {
    fn add(&mut self, gold: &Clusters, predicted: &Clusters) {
        let several = |c: &Clusters| -> Clusters { c.iter().filter(|c| c.len() > 1).cloned().collect() };
        let all = |c: &Clusters| -> BTreeSet<Key> { c.iter().flatten().copied().collect() };
        let (found, wanted) = (all(predicted), all(gold));
        let hits = found.intersection(&wanted).count() as f64;
        let (gold, predicted) = (several(gold), several(predicted));
        let (similarity, g, p) = ceafe(&gold, &predicted);
        let rows = [
            [muc(&gold, &predicted), muc(&predicted, &gold)],
            [b3(&gold, &predicted), b3(&predicted, &gold)],
            [(similarity, g), (similarity, p)],
            [(hits, wanted.len() as f64), (hits, found.len() as f64)],
        ];
        for (sum, [recall, precision]) in self.sums.iter_mut().zip(rows) {
            sum[0] += recall.0;
            sum[1] += recall.1;
            sum[2] += precision.0;
            sum[3] += precision.1;
        }
    }

    fn report(&self) -> Value {
        let f = |s: &[f64; 4]| {
            let share = |a: f64, b: f64| if b == 0.0 { 0.0 } else { a / b };
            let (r, p) = (share(s[0], s[1]), share(s[2], s[3]));
            let f = if r + p == 0.0 { 0.0 } else { 2.0 * r * p / (r + p) };
            (r, p, f)
        };
        let [muc, b3, ceafe, mentions] = &self.sums;
        let mean = [muc, b3, ceafe].iter().map(|s| f(s).2).sum::<f64>() / 3.0;
        json!({
            "conll_f1": round(mean), "muc_f1": round(f(muc).2), "b3_f1": round(f(b3).2), "ceafe_f1": round(f(ceafe).2),
            "b3_r": round(f(b3).0), "b3_p": round(f(b3).1),
            "mention_r": round(f(mentions).0), "mention_p": round(f(mentions).1),
        })
    }
}

/// Which cluster of `b` a mention is in.
fn homes(b: &Clusters) -> BTreeMap<Key, usize> {
    b.iter().enumerate().flat_map(|(i, c)| c.iter().map(move |k| (*k, i))).collect()
}

/// Links of `a` that `b` has too, and all links of `a`.
fn muc(a: &Clusters, b: &Clusters) -> (f64, f64) {
    let home = homes(b);
    let (mut kept, mut all) = (0.0, 0.0);
    for cluster in a {
        let parts: BTreeSet<usize> = cluster.iter().filter_map(|k| home.get(k).copied()).collect();
        let strays = cluster.iter().filter(|k| !home.contains_key(k)).count();
        kept += cluster.len() as f64 - (parts.len() + strays) as f64;
        all += cluster.len() as f64 - 1.0;
    }
    (kept, all)
}

/// Sum over mentions of the share of their cluster in `a` that `b` keeps with them; with the number of mentions.
fn b3(a: &Clusters, b: &Clusters) -> (f64, f64) {
    let home = homes(b);
    let (mut sum, mut count) = (0.0, 0.0);
    for cluster in a {
        for key in cluster {
            count += 1.0;
            if let Some(other) = home.get(key).and_then(|&i| b.get(i)) {
                sum += cluster.intersection(other).count() as f64 / cluster.len() as f64;
            }
        }
    }
    (sum, count)
}

/// The best one-to-one alignment of clusters by phi 4, and the number of clusters on either side.
fn ceafe(gold: &Clusters, predicted: &Clusters) -> (f64, f64, f64) {
    let cell =
        |g: &BTreeSet<Key>, p: &BTreeSet<Key>| 2.0 * g.intersection(p).count() as f64 / (g.len() + p.len()) as f64;
    let matrix: Vec<Vec<f64>> = gold.iter().map(|g| predicted.iter().map(|p| cell(g, p)).collect()).collect();
    (assign(&matrix, predicted.len()), gold.len() as f64, predicted.len() as f64)
}

/// Highest total of an assignment of rows to columns (Hungarian method with potentials, on the square of both).
fn assign(matrix: &[Vec<f64>], columns: usize) -> f64 {
    let n = matrix.len().max(columns);
    let cost = |i: usize, j: usize| -> f64 { -matrix.get(i).and_then(|r| r.get(j)).copied().unwrap_or(0.0) };
    let (mut u, mut v) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let mut row_of = vec![0usize; n + 1];
    let mut way = vec![0usize; n + 1];
    for i in 1..=n {
        row_of[0] = i;
        let mut column = 0;
        let mut least = vec![f64::INFINITY; n + 1];
        let mut used = vec![false; n + 1];
        loop {
            used[column] = true;
            let row = row_of[column];
            let (mut delta, mut next) = (f64::INFINITY, 0);
            for j in 1..=n {
                if used[j] {
                    continue;
                }
                let reduced = cost(row - 1, j - 1) - u[row] - v[j];
                if reduced < least[j] {
                    least[j] = reduced;
                    way[j] = column;
                }
                if least[j] < delta {
                    delta = least[j];
                    next = j;
                }
            }
            for j in 0..=n {
                if used[j] {
                    u[row_of[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
            if row_of[column] == 0 {
                break;
            }
        }
        while column != 0 {
            let before = way[column];
            row_of[column] = row_of[before];
            column = before;
        }
    }
    (1..=n).map(|j| -cost(row_of[j] - 1, j - 1)).sum()
}

/// The document's tokens with the predicted entities as brackets in the last column.
fn write_chains(out: &mut String, document: &Document, sentences: &[Sentence], chains: &[Entity]) {
    let _ = writeln!(out, "# newdoc id = {}\n# global.Entity = GRP-etype", document.id);
    for (index, sentence) in sentences.iter().enumerate() {
        let _ = writeln!(out, "# text = {}", sentence.span.slice(&document.article.text));
        for (at, token) in sentence.tokens.iter().enumerate() {
            let mut brackets = String::new();
            for (id, entity) in chains.iter().enumerate() {
                for mention in entity.mentions.iter().filter(|m| m.sentence == index) {
                    let kind = format!("{:?}", entity.kind).to_lowercase();
                    let (first, end) = mention.tokens;
                    let _ = match (first == at, end == at + 1) {
                        (true, true) => write!(brackets, "({}-{kind})", id + 1),
                        (true, false) => write!(brackets, "({}-{kind}", id + 1),
                        (false, true) => write!(brackets, "{})", id + 1),
                        _ => Ok(()),
                    };
                }
            }
            let misc = if brackets.is_empty() { "_".to_owned() } else { format!("Entity={brackets}") };
            let head = token.head.map_or(0, |h| h + 1);
            let columns = [&token.form, &token.lemma, &token.upos, &token.xpos, &token.feats].map(String::as_str);
            let _ = writeln!(out, "{}\t{}\t{head}\t{}\t_\t{misc}", at + 1, columns.join("\t"), token.deprel);
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters(groups: &[&[usize]]) -> Clusters {
        groups.iter().map(|g| g.iter().map(|&t| (0, t)).collect()).collect()
    }

    /// The worked example of the CoNLL reference scorer's paper: {a b c} {d e f g} against {a b} {c d} {f g h i}.
    #[test]
    fn measures_agree_with_the_published_example() {
        let gold = clusters(&[&[1, 2, 3], &[4, 5, 6, 7]]);
        let predicted = clusters(&[&[1, 2], &[3, 4], &[6, 7, 8, 9]]);
        let share = |(a, b): (f64, f64)| (a / b * 1000.0).round() / 1000.0;
        assert_eq!(share(muc(&gold, &predicted)), 0.4);
        assert_eq!(share(muc(&predicted, &gold)), 0.4);
        assert_eq!(share(b3(&gold, &predicted)), 0.417);
        assert_eq!(share(b3(&predicted, &gold)), 0.5);
        let (sum, g, p) = ceafe(&gold, &predicted);
        assert_eq!((share((sum, g)), share((sum, p))), (0.65, 0.433));
    }
}
