//! Where sentences end: a small network over the words of a page, trained on treebanks and news.

use super::graphs::Graphs;
use super::pieces::Pieces;
use super::tokens::Cutter;
use super::{MAX_PIECES, MAX_SUBWORDS, UNKNOWN, case_shape};
use crate::record::Span;

/// Empty words between paragraphs, as many as the network sees to one side.
const APART: usize = 4;
/// A sentence of more words or subwords is read in pieces: the encoder has 512 places, and time must stay linear.
const LONGEST: usize = 160;
const MOST_SUBWORDS: usize = MAX_SUBWORDS - 2;
/// Words that are looked at together; a longer page is cut here, between paragraphs where it can be.
const WINDOW: usize = 8192;

/// Sentences of each paragraph, as lists of words.
pub type Paragraphs = Vec<Vec<Vec<Span>>>;

/// Sentences of each paragraph of `text`, and how many were too long and stand in pieces. Spans are of `text`.
pub fn cut(graphs: &Graphs, cutter: &Cutter, pieces: &Pieces, text: &str, paragraphs: &[Span]) -> (Paragraphs, usize) {
    let words: Vec<Vec<Span>> = paragraphs
        .iter()
        .map(|p| cutter.words(p.slice(text)).iter().map(|s| Span::new(s.start + p.start, s.end + p.start)).collect())
        .collect();
    let mut out = (Vec::new(), 0);
    let mut add = |group: &[&[Span]]| {
        let (sentences, long) = together(graphs, pieces, text, group);
        out.0.extend(sentences);
        out.1 += long;
    };
    let mut group: Vec<&[Span]> = Vec::new();
    let mut size = 0;
    for paragraph in &words {
        if size > 0 && size + paragraph.len() > WINDOW {
            add(&group);
            (group, size) = (Vec::new(), 0);
        }
        group.push(paragraph);
        size += paragraph.len();
    }
    add(&group);
    out
}

fn together(graphs: &Graphs, pieces: &Pieces, text: &str, paragraphs: &[&[Span]]) -> (Paragraphs, usize) {
    let (mut ids, mut case, mut gap, mut mask) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut sizes = Vec::new();
    for words in paragraphs {
        let mut last: Option<usize> = None;
        for word in *words {
            let form = word.slice(text);
            let start: String = form.chars().take(64).collect();
            let subwords = pieces.encode(&start, MAX_PIECES, UNKNOWN);
            ids.push(subwords.first().copied().unwrap_or(UNKNOWN));
            sizes.push(subwords.len().max(1));
            case.push(case_shape(form));
            let between = last.and_then(|l| text.get(l..word.start)).unwrap_or("");
            gap.push(if between.is_empty() {
                0
            } else if between.contains('\n') {
                2
            } else {
                1
            });
            mask.push(1.0);
            last = Some(word.end);
        }
        for (list, v) in [(&mut ids, 0), (&mut case, 0), (&mut gap, 0)] {
            list.extend([v; APART]);
        }
        mask.extend([0.0; APART]);
        sizes.extend([0; APART]);
    }
    let ends = if mask.is_empty() { None } else { graphs.ends(ids, case, gap, mask) }.unwrap_or_default();
    let mut at = 0;
    let mut long = 0;
    let mut out = Vec::new();
    for words in paragraphs {
        let mut sentences = Vec::new();
        let mut now = Vec::new();
        let mut size = 0;
        for (i, word) in words.iter().enumerate() {
            let more = sizes.get(at + i).copied().unwrap_or(1);
            if now.len() >= LONGEST || size + more > MOST_SUBWORDS {
                sentences.push(std::mem::take(&mut now));
                (size, long) = (0, long + 1);
            }
            now.push(*word);
            size += more;
            if ends.get(at + i).is_some_and(|e| *e > 0.0) {
                sentences.push(std::mem::take(&mut now));
                size = 0;
            }
        }
        if !now.is_empty() {
            sentences.push(now);
        }
        out.push(sentences);
        at += words.len() + APART;
    }
    (out, long)
}
