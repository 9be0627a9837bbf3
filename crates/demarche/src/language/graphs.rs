//! The two stacks of the encoder and their heads, run by rten.

use super::container::{Container, Labels};
use crate::error::Error;
use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::Tensor;
use rten_tensor::prelude::*;
use std::sync::{Arc, Mutex};

/// The output of the low stack that no head has read yet.
const ENCODED: &str = "encoded";

/// Words of a sentence as the encoder takes them.
#[derive(Debug, Clone, Default)]
pub struct Encoded {
    pub ids: Vec<i32>,
    /// Case shape of each subword's word.
    pub case: Vec<i32>,
    /// Index of the first subword of each word.
    pub first: Vec<i32>,
}

/// What the low stack gives for one sentence.
#[derive(Debug, Clone, Default)]
pub struct Low {
    /// Label numbers a word.
    pub upos: Vec<i32>,
    pub xpos: Vec<i32>,
    pub feats: Vec<i32>,
    pub script: Vec<i32>,
    /// Scores a word and name label.
    pub names: Vec<Vec<f32>>,
    /// Scores a word and possible head; 0 is the root.
    pub arc: Vec<Vec<f32>>,
    rd: Vec<f32>,
    rh: Vec<f32>,
}

/// What the high stack gives for one sentence.
#[derive(Debug, Clone, Default)]
pub struct High {
    /// `[words x width]`.
    pub words: Vec<Vec<f32>>,
    pub mean: Vec<f32>,
    /// Scores a word and event type; 0 is none.
    pub kind: Vec<Vec<f32>>,
}

/// What the event heads give for one predicate.
#[derive(Debug, Clone, Default)]
pub struct EventScores {
    pub kind: Vec<f32>,
    pub mode: Vec<f32>,
    pub status: Vec<f32>,
    /// Scores a word and argument label, all layers of labels side by side.
    pub arguments: Vec<Vec<f32>>,
}

struct Graph {
    model: Model,
    inputs: Vec<NodeId>,
    outputs: Vec<NodeId>,
}

/// All graphs of a model, ready to run from any thread.
pub struct Graphs {
    split: Graph,
    embed: Graph,
    low: Graph,
    relation: Graph,
    high: Graph,
    event: Graph,
    part: Graph,
    pair: Graph,
    width: usize,
    /// One-thread pools, one for each caller at work: a page is read on the thread that asked for it.
    pools: Mutex<Vec<Arc<ThreadPool>>>,
}

impl Graphs {
    pub fn load(container: &Container, name: &str) -> Result<Self, Error> {
        let graph = |graph: &str, inputs: &[&str], outputs: &[&str]| -> Result<Graph, Error> {
            let fault = |what: String| Error::model(format!("graph {graph}: {what}")).at(name, None);
            let bytes = container.graph(graph).ok_or_else(|| fault("missing".into()))?;
            let mut options = ModelOptions::with_all_ops();
            options.prepack_weights(true);
            let model = options.load_static_slice(bytes).map_err(|e| fault(e.to_string()))?;
            let ids = |names: &[&str]| -> Result<Vec<NodeId>, Error> {
                names.iter().map(|n| model.node_id(n).map_err(|e| fault(e.to_string()))).collect()
            };
            let (inputs, outputs) = (ids(inputs)?, ids(outputs)?);
            Ok(Graph { model, inputs, outputs })
        };
        Ok(Graphs {
            split: graph("split", &["ids", "case", "gap", "mask"], &["ends"])?,
            embed: graph("embed", &["ids"], &["embedded"])?,
            low: graph(
                "low",
                &["embedded", "case", "mask", "first"],
                &["upos", "xpos", "feats", "script", "names", "arc", "rd", "rh", ENCODED],
            )?,
            relation: graph("relation", &["rd", "rh"], &["relation"])?,
            high: graph("high", &["embedded", "case", "mask", "marks", "first"], &["words", "mean", "kind"])?,
            event: graph("event", &["p", "mean", "words"], &["kind2", "mode", "status", "arguments"])?,
            part: graph("part", &["v"], &["part"])?,
            pair: graph("pair", &["v"], &["pair"])?,
            width: container.header.width,
            pools: Mutex::new(Vec::new()),
        })
    }

    fn run(&self, graph: &Graph, inputs: Vec<ValueOrView>) -> Option<Vec<Value>> {
        self.run_for(graph, inputs, &graph.outputs)
    }

    fn run_for(&self, graph: &Graph, inputs: Vec<ValueOrView>, outputs: &[NodeId]) -> Option<Vec<Value>> {
        let take = || self.pools.lock().ok().and_then(|mut p| p.pop());
        let pool = take().unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)));
        let options = RunOptions::default().with_thread_pool(Some(pool.clone()));
        let inputs = graph.inputs.iter().copied().zip(inputs).collect();
        let out = graph.model.run(inputs, outputs, Some(options)).ok();
        if let Ok(mut pools) = self.pools.lock() {
            pools.push(pool);
        }
        out
    }

    /// For each word of a page, whether a sentence is likely to end after it (above 0). `mask` is 0 for the empty words
    /// that keep paragraphs apart.
    pub fn ends(&self, ids: Vec<i32>, case: Vec<i32>, gap: Vec<i32>, mask: Vec<f32>) -> Option<Vec<f32>> {
        let n = ids.len();
        let row = |v: Vec<i32>| -> ValueOrView { Tensor::from_data(&[1, n], v).into() };
        let inputs = vec![row(ids), row(case), row(gap), Tensor::from_data(&[1, n], mask).into()];
        floats(self.run(&self.split, inputs)?.into_iter().next()?)
    }

    fn embedded(&self, batch: &[&Encoded], t: usize) -> Option<Value> {
        let ids = Tensor::from_data(&[batch.len(), t], padded(batch, t, |e| &e.ids));
        self.run(&self.embed, vec![ids.into()])?.into_iter().next()
    }

    /// The low stack and the heads of syntax and names, for sentences side by side.
    pub fn low(&self, batch: &[&Encoded]) -> Option<Vec<Low>> {
        let (b, _, w) = shape(batch);
        let inputs = self.low_inputs(batch)?;
        let heads = self.low.outputs.split_last()?.1;
        let mut out = self.run_for(&self.low, inputs, heads)?.into_iter();
        let tags: Vec<Vec<i32>> = (0..4).map(|_| ints(out.next()?)).collect::<Option<_>>()?;
        let (names, arc, rd, rh) =
            (floats(out.next()?)?, floats(out.next()?)?, floats(out.next()?)?, floats(out.next()?)?);
        // rows are words, the first of each sentence its root
        let r = w + 1;
        let (labels, rel) = (names.len() / (b * r).max(1), rd.len() / (b * r).max(1));
        let result = batch.iter().enumerate().map(|(i, e)| {
            let n = e.first.len();
            let tag = |k: usize| tags[k][i * r + 1..][..n].to_vec();
            Low {
                upos: tag(0),
                xpos: tag(1),
                feats: tag(2),
                script: tag(3),
                names: rows(&names[(i * r + 1) * labels..], n, labels, labels),
                arc: rows(&arc[(i * r + 1) * r..], n, r, n + 1),
                rd: rd[(i * r + 1) * rel..][..n * rel].to_vec(),
                rh: rh[i * r * rel..][..(n + 1) * rel].to_vec(),
            }
        });
        Some(result.collect())
    }

    /// The low stack without its heads; for measuring.
    pub fn low_alone(&self, batch: &[&Encoded]) -> Option<()> {
        let inputs = self.low_inputs(batch)?;
        self.run_for(&self.low, inputs, self.low.outputs.last().map(std::slice::from_ref)?).map(|_| ())
    }

    fn low_inputs(&self, batch: &[&Encoded]) -> Option<Vec<ValueOrView<'_>>> {
        let (b, t, w) = shape(batch);
        // word 0 is the root of the tree: the vector of [CLS]
        let mut first = vec![0i32; b * (w + 1)];
        for (i, e) in batch.iter().enumerate() {
            first[i * (w + 1) + 1..][..e.first.len()].copy_from_slice(&e.first);
        }
        Some(vec![
            self.embedded(batch, t)?.into(),
            Tensor::from_data(&[b, t], padded(batch, t, |e| &e.case)).into(),
            Tensor::from_data(&[b, t], mask(batch, t)).into(),
            Tensor::from_data(&[b, w + 1], first).into(),
        ])
    }

    /// Scores of relations for each word and its chosen head (0 is the root).
    pub fn relations(&self, low: &Low, heads: &[usize]) -> Option<Vec<Vec<f32>>> {
        let n = heads.len();
        if n == 0 {
            return Some(Vec::new());
        }
        let d = low.rd.len() / n;
        let mut rh = Vec::with_capacity(n * d);
        for &h in heads {
            rh.extend_from_slice(low.rh.get(h * d..(h + 1) * d)?);
        }
        let inputs = vec![Tensor::from_data(&[n, d], low.rd.clone()).into(), Tensor::from_data(&[n, d], rh).into()];
        let scores = floats(self.run(&self.relation, inputs)?.into_iter().next()?)?;
        let r = scores.len() / n;
        Some(rows(&scores, n, r, r))
    }

    /// The high stack. `marks` gives each subword 1 for the source and 2 for the target of a pair, 0 elsewhere; it may
    /// be empty.
    pub fn high(&self, batch: &[(&Encoded, &[i32])]) -> Option<Vec<High>> {
        let encoded: Vec<&Encoded> = batch.iter().map(|x| x.0).collect();
        let (b, t, w) = shape(&encoded);
        let mut marks = vec![0i32; b * t];
        let mut first = vec![0i32; b * w];
        for (i, (e, m)) in batch.iter().enumerate() {
            let known = m.len().min(t);
            marks[i * t..][..known].copy_from_slice(&m[..known]);
            first[i * w..][..e.first.len()].copy_from_slice(&e.first);
        }
        let inputs: Vec<ValueOrView> = vec![
            self.embedded(&encoded, t)?.into(),
            Tensor::from_data(&[b, t], padded(&encoded, t, |e| &e.case)).into(),
            Tensor::from_data(&[b, t], mask(&encoded, t)).into(),
            Tensor::from_data(&[b, t], marks).into(),
            Tensor::from_data(&[b, w], first).into(),
        ];
        let mut out = self.run(&self.high, inputs)?.into_iter();
        let (words, mean, kind) = (floats(out.next()?)?, floats(out.next()?)?, floats(out.next()?)?);
        let types = kind.len() / (b * w).max(1);
        let result = encoded.iter().enumerate().map(|(i, e)| {
            let n = e.first.len();
            High {
                words: rows(&words[i * w * self.width..], n, self.width, self.width),
                mean: mean[i * self.width..(i + 1) * self.width].to_vec(),
                kind: rows(&kind[i * w * types..], n, types, types),
            }
        });
        Some(result.collect())
    }

    /// Type, mode, status and arguments of predicates of one sentence, each given by its words.
    pub fn events(&self, high: &High, predicates: &[(usize, usize)]) -> Option<Vec<EventScores>> {
        let (e, n, h) = (predicates.len(), high.words.len(), self.width);
        if e == 0 {
            return Some(Vec::new());
        }
        let mut p = Vec::with_capacity(e * h);
        let mut mean = Vec::with_capacity(e * h);
        let mut words = Vec::with_capacity(e * n * h);
        for &(a, z) in predicates {
            p.extend(self.mean_of(high, a..z));
            mean.extend_from_slice(&high.mean);
            high.words.iter().for_each(|w| words.extend_from_slice(w));
        }
        let inputs: Vec<ValueOrView> = vec![
            Tensor::from_data(&[e, h], p).into(),
            Tensor::from_data(&[e, h], mean).into(),
            Tensor::from_data(&[e, n, h], words).into(),
        ];
        let mut out = self.run(&self.event, inputs)?.into_iter();
        let (kind, mode, status, arguments) =
            (floats(out.next()?)?, floats(out.next()?)?, floats(out.next()?)?, floats(out.next()?)?);
        let row = |v: &[f32], i: usize| v[i * (v.len() / e)..(i + 1) * (v.len() / e)].to_vec();
        let a = arguments.len() / (e * n).max(1);
        let result = (0..e).map(|i| EventScores {
            kind: row(&kind, i),
            mode: row(&mode, i),
            status: row(&status, i),
            arguments: rows(&arguments[i * n * a..], n, a, a),
        });
        Some(result.collect())
    }

    /// Which part a third party plays: scores for words `x` beside predicate `p`.
    pub fn part(&self, high: &High, p: (usize, usize), x: (usize, usize)) -> Option<Vec<f32>> {
        let mut v = self.mean_of(high, p.0..p.1);
        v.extend(self.mean_of(high, x.0..x.1));
        let inputs = vec![Tensor::from_data(&[1, v.len()], v).into()];
        floats(self.run(&self.part, inputs)?.into_iter().next()?)
    }

    /// Event types between a marked source and target: scores, 0 for none.
    pub fn pair(&self, high: &High, s: (usize, usize), t: (usize, usize)) -> Option<Vec<f32>> {
        let mut v = self.mean_of(high, s.0..s.1);
        v.extend(self.mean_of(high, t.0..t.1));
        v.extend_from_slice(&high.mean);
        let inputs = vec![Tensor::from_data(&[1, v.len()], v).into()];
        floats(self.run(&self.pair, inputs)?.into_iter().next()?)
    }

    /// Mean vector of a range of words, of all words where the range is empty.
    fn mean_of(&self, high: &High, range: std::ops::Range<usize>) -> Vec<f32> {
        let words = high.words.get(range).filter(|w| !w.is_empty()).unwrap_or(&high.words);
        let mut sum = vec![0f32; self.width];
        for w in words {
            sum.iter_mut().zip(w).for_each(|(s, v)| *s += v);
        }
        let n = words.len().max(1) as f32;
        sum.iter_mut().for_each(|s| *s /= n);
        sum
    }
}

fn shape(batch: &[&Encoded]) -> (usize, usize, usize) {
    let longest = |f: fn(&Encoded) -> usize| batch.iter().map(|e| f(e)).max().unwrap_or(0);
    (batch.len(), longest(|e| e.ids.len()), longest(|e| e.first.len()))
}

fn padded(batch: &[&Encoded], t: usize, of: impl Fn(&Encoded) -> &Vec<i32>) -> Vec<i32> {
    let mut out = vec![0; batch.len() * t];
    for (i, e) in batch.iter().enumerate() {
        out[i * t..][..of(e).len()].copy_from_slice(of(e));
    }
    out
}

fn mask(batch: &[&Encoded], t: usize) -> Vec<f32> {
    let mut out = vec![0f32; batch.len() * t];
    for (i, e) in batch.iter().enumerate() {
        out[i * t..][..e.ids.len()].fill(1.0);
    }
    out
}

/// `n` rows cut from values that lie `stride` apart, `keep` values of each.
fn rows(values: &[f32], n: usize, stride: usize, keep: usize) -> Vec<Vec<f32>> {
    (0..n).map(|i| values[i * stride..][..keep].to_vec()).collect()
}

fn floats(value: Value) -> Option<Vec<f32>> {
    let tensor: Tensor<f32> = value.try_into().ok()?;
    Some(tensor.to_vec())
}

fn ints(value: Value) -> Option<Vec<i32>> {
    let tensor: Tensor<i32> = value.try_into().ok()?;
    Some(tensor.to_vec())
}

/// The label of a number; empty where the model gives one that it has no label for.
pub fn label(labels: &[String], i: i32) -> &str {
    usize::try_from(i).ok().and_then(|i| labels.get(i)).map_or("", String::as_str)
}

/// Probabilities from scores.
pub fn softmax(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let e: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
    let sum: f32 = e.iter().sum();
    e.iter().map(|v| v / sum.max(f32::MIN_POSITIVE)).collect()
}

/// Sizes of the layers of argument labels.
pub fn layers(labels: &Labels) -> Vec<usize> {
    labels.arguments.iter().map(Vec::len).collect()
}
