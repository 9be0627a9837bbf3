//! Names from scores of B-, I- and O labels: the best sequence in which no I- stands alone.

use super::graphs::softmax;
use crate::record::{Name, NameKind, Span};

/// Names of a sentence. `scores[word][label]`; `words` are the words' byte spans.
pub fn read(scores: &[Vec<f32>], labels: &[String], words: &[Span]) -> Vec<Name> {
    let path = best_path(scores, labels);
    let mut out: Vec<Name> = Vec::new();
    let mut i = 0;
    while i < path.len() {
        let label = labels.get(path[i]).map_or("O", String::as_str);
        let Some(kind) = label.strip_prefix("B-") else {
            i += 1;
            continue;
        };
        let mut end = i + 1;
        while end < path.len() && labels.get(path[end]).and_then(|l| l.strip_prefix("I-")) == Some(kind) {
            end += 1;
        }
        let score: f32 = (i..end).map(|k| softmax(&scores[k])[path[k]]).sum::<f32>() / (end - i) as f32;
        if let (Some(a), Some(b)) = (words.get(i), words.get(end - 1)) {
            let kind = match kind {
                "PER" => NameKind::Person,
                "ORG" => NameKind::Organisation,
                "LOC" => NameKind::Place,
                _ => NameKind::Other,
            };
            out.push(Name { span: Span::new(a.start, b.end), tokens: (i, end), kind, score });
        }
        i = end;
    }
    out
}

fn best_path(scores: &[Vec<f32>], labels: &[String]) -> Vec<usize> {
    let n = labels.len();
    let allowed = |from: Option<usize>, to: usize| match labels[to].strip_prefix("I-") {
        None => true,
        Some(kind) => from.is_some_and(|f| labels[f].get(2..) == Some(kind)),
    };
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(scores.len());
    let mut now: Vec<f32> = Vec::new();
    for (t, row) in scores.iter().enumerate() {
        let mut next = vec![f32::NEG_INFINITY; n];
        let mut from = vec![0; n];
        for to in 0..n.min(row.len()) {
            if t == 0 {
                next[to] = if allowed(None, to) { row[to] } else { f32::NEG_INFINITY };
                continue;
            }
            for (f, &value) in now.iter().enumerate() {
                if allowed(Some(f), to) && value + row[to] > next[to] {
                    next[to] = value + row[to];
                    from[to] = f;
                }
            }
        }
        back.push(from);
        now = next;
    }
    let Some(mut at) = (0..now.len()).max_by(|&a, &b| now[a].total_cmp(&now[b]).then(b.cmp(&a))) else {
        return Vec::new();
    };
    let mut path = vec![0; scores.len()];
    for t in (0..scores.len()).rev() {
        path[t] = at;
        at = back[t][at];
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inside_label_needs_its_beginning() {
        let labels: Vec<String> = ["O", "B-PER", "I-PER"].map(String::from).to_vec();
        // the second word looks inside; the first is lifted to a beginning since that costs less than giving up
        let scores = vec![vec![1.0, 0.9, 0.0], vec![0.0, 0.0, 5.0]];
        assert_eq!(best_path(&scores, &labels), [1, 2]);
        let words = [Span::new(0, 3), Span::new(4, 8)];
        let names = read(&scores, &labels, &words);
        assert_eq!((names.len(), names[0].span, names[0].kind), (1, Span::new(0, 8), NameKind::Person));
    }
}
