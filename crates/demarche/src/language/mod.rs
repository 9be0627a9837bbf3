//! Sentences, tokens, syntax, names and event proposals, read by one small pretrained encoder.
//!
//! Syntax and names come from a low stack of its layers, events from a high one; both stand on the same embeddings. The
//! layers calculate in integers with scales that are fixed beforehand, so a sentence reads the same beside any other.

mod container;
mod graphs;
mod lemma;
mod names;
mod pieces;
mod proposals;
mod sentences;
mod tokens;
mod tree;

use crate::error::Error;
use crate::record::{Article, Note, Proposal, Sentence, SentencePlace, Span, Token};
use container::Container;
use graphs::{Encoded, Graphs, Low, label, softmax};
use pieces::Pieces;

const MODEL_NAME: &str = "model/demarche.model";
/// 8-byte alignment lets the weights be used where they lie.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);
static MODEL: &Aligned<[u8]> = &Aligned(*include_bytes!("../../model/demarche.model"));

/// What the joint reading counts for beside the head of marked pairs.
const SECOND_OPINION: f32 = 0.5;
/// Sentences read together: with more, products of matrices no longer stay near the processor.
const BATCH: usize = 4;
/// Subwords of a word that are looked at, and of a sentence: the encoder has 512 places.
const MAX_PIECES: usize = 12;
const MAX_SUBWORDS: usize = 500;
/// Sentences and words of a page that are read; what comes after is noted. Together they bound the time of a page: the
/// longest news features have a tenth of it.
const MAX_SENTENCES: usize = 2000;
const MAX_WORDS: usize = 40_000;
// The first numbers of the vocabulary; 0 is padding.
const UNKNOWN: i32 = 1;
const CLS: i32 = 2;
const SEP: i32 = 3;

/// The reader of English: tokens, Universal Dependencies, names, event proposals.
pub struct Reader {
    container: Container,
    graphs: Graphs,
    pieces: Pieces,
    cutter: tokens::Cutter,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reader(model {})", self.container.id())
    }
}

/// What the language stage hands on.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    pub sentences: Vec<Sentence>,
    pub proposals: Vec<Proposal>,
    pub notes: Vec<Note>,
}

impl Reader {
    /// The reader with the weights that are compiled in.
    pub fn built_in() -> Result<Self, Error> {
        Self::from_bytes(MODEL_NAME, &MODEL.0)
    }

    /// A reader from a model file's bytes; `name` is for messages.
    pub fn from_bytes(name: &str, data: &'static [u8]) -> Result<Self, Error> {
        let container = Container::open(name, data)?;
        let graphs = Graphs::load(&container, name)?;
        let fault = |e: String| Error::model(e).at(name, None);
        let pieces = Pieces::new(&container.header.vocabulary);
        let cutter = tokens::Cutter::new().map_err(|e| fault(e.to_string()))?;
        Ok(Reader { container, graphs, pieces, cutter })
    }

    /// First 16 hex digits of the checksum of the weights.
    pub fn model_id(&self) -> &str {
        self.container.id()
    }

    /// Reads title, standfirst and body of an article; proposes events if asked to.
    pub fn read(&self, article: &Article, events: bool) -> Parsed {
        let mut places: Vec<(SentencePlace, Span)> = Vec::new();
        places.extend(article.title_span.map(|s| (SentencePlace::Title, s)));
        places.extend(article.standfirst.map(|s| (SentencePlace::Standfirst, s)));
        places.extend(article.paragraphs.iter().enumerate().map(|(i, s)| (SentencePlace::Body(i), *s)));
        let mut sentences = Vec::new();
        let spans: Vec<Span> = places.iter().map(|p| p.1).collect();
        let (paragraphs, long) = sentences::cut(&self.graphs, &self.cutter, &self.pieces, &article.text, &spans);
        for ((place, _), paragraph) in places.into_iter().zip(paragraphs) {
            for words in paragraph {
                let (Some(a), Some(z)) = (words.first(), words.last()) else { continue };
                let span = Span::new(a.start, z.end);
                let tokens = words.iter().map(|w| Token {
                    span: *w,
                    form: w.slice(&article.text).to_string(),
                    ..Token::default()
                });
                sentences.push(Sentence { span, place, tokens: tokens.collect(), names: Vec::new() });
            }
        }
        let mut notes = Vec::new();
        if long > 0 {
            notes.push(Note::new("long-sentence", format!("too long to be read whole, {long} cuts were made")));
        }
        let mut words = 0;
        let fits = |s: &&Sentence| {
            words += s.tokens.len();
            words <= MAX_WORDS
        };
        let room = sentences.iter().take(MAX_SENTENCES).take_while(fits).count();
        if room < sentences.len() {
            notes.push(Note::new("cut", format!("only the first {room} of {} sentences were read", sentences.len())));
            sentences.truncate(room);
        }
        let proposals = self.analyse(&mut sentences, events);
        Parsed { sentences, proposals, notes }
    }

    /// Fills in syntax and names of sentences whose tokens have forms and spans, and proposes events if asked to.
    pub fn analyse(&self, sentences: &mut [Sentence], events: bool) -> Vec<Proposal> {
        let encoded: Vec<Encoded> = sentences
            .iter_mut()
            .map(|s| {
                let e = self.encode(s.tokens.iter().map(|t| t.form.as_str()));
                // What the encoder has no place for stays without analysis.
                s.tokens.truncate(e.first.len());
                e
            })
            .collect();
        let mut order: Vec<usize> = (0..sentences.len()).filter(|&i| !encoded[i].first.is_empty()).collect();
        order.sort_by_key(|&i| (encoded[i].ids.len(), i));
        let mut proposals: Vec<Vec<Proposal>> = vec![Vec::new(); sentences.len()];
        for chunk in order.chunks(BATCH) {
            let batch: Vec<&Encoded> = chunk.iter().map(|&i| &encoded[i]).collect();
            let Some(lows) = self.graphs.low(&batch) else { continue };
            for (&i, low) in chunk.iter().zip(&lows) {
                self.fill(&mut sentences[i], low);
            }
            if !events {
                continue;
            }
            let group: Vec<(&Encoded, &[i32])> = batch.iter().map(|e| (*e, &[] as &[i32])).collect();
            let Some(highs) = self.graphs.high(&group) else { continue };
            for (&i, high) in chunk.iter().zip(&highs) {
                proposals[i] = proposals::read(&self.graphs, &self.container.header.labels, high, i);
            }
        }
        proposals.concat()
    }

    /// Runs the encoder's low stack alone over sentences, batched as in reading, and gives their subwords: what the rest
    /// of the language stage is measured against.
    pub fn encoder_alone(&self, sentences: &[Sentence]) -> usize {
        let mut encoded: Vec<Encoded> =
            sentences.iter().map(|s| self.encode(s.tokens.iter().map(|t| t.form.as_str()))).collect();
        encoded.sort_by_key(|e| e.ids.len());
        for chunk in encoded.chunks(BATCH) {
            self.graphs.low_alone(&chunk.iter().collect::<Vec<_>>());
        }
        encoded.iter().map(|e| e.ids.len()).sum()
    }

    /// Types of event between two marked parties of one sentence, given as token ranges, by falling probability.
    /// `-` stands for no event in that direction.
    pub fn pair(&self, forms: &[&str], source: (usize, usize), target: (usize, usize)) -> Vec<(String, f32)> {
        self.pair_scores(forms, source, target).unwrap_or_default()
    }

    fn pair_scores(
        &self,
        forms: &[&str],
        source: (usize, usize),
        target: (usize, usize),
    ) -> Option<Vec<(String, f32)>> {
        let e = self.encode(forms.iter().copied());
        let mut marks = vec![0; e.ids.len()];
        for (side, mark) in [(source, 1), (target, 2)] {
            for word in side.0..side.1 {
                let Some(&from) = e.first.get(word) else { break };
                let to = e.first.get(word + 1).map_or(e.ids.len() - 1, |&f| f as usize);
                marks[from as usize..to].fill(mark);
            }
        }
        let high = self.graphs.high(&[(&e, &marks)])?.pop()?;
        let labels = &self.container.header.labels;
        let mut scores = softmax(&self.graphs.pair(&high, source, target)?);
        // A second opinion: the acts that the joint reading finds from the one party to the other.
        let on = |p: &Proposal, roles: &[&str], side: (usize, usize)| {
            let hit = |t: (usize, usize)| t.0 < side.1 && side.0 < t.1;
            p.arguments.iter().any(|a| roles.contains(&a.role.as_str()) && hit(a.tokens))
        };
        for p in proposals::read(&self.graphs, labels, &high, 0) {
            if on(&p, &["actor"], source) && on(&p, &["recipient", "third_party", "actor"], target) {
                for (kind, probability) in &p.types {
                    if let Some(k) = labels.types.iter().position(|t| t == kind) {
                        scores[k] += SECOND_OPINION * p.score * probability;
                    }
                }
            }
        }
        let sum: f32 = scores.iter().sum();
        scores.iter_mut().for_each(|s| *s /= sum);
        let mut out: Vec<(String, f32)> = labels.types.iter().cloned().zip(scores).collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1));
        Some(out)
    }

    /// Words of `text` as spans of it.
    pub fn words(&self, text: &str) -> Vec<Span> {
        self.cutter.words(text)
    }

    fn encode<'a>(&self, forms: impl Iterator<Item = &'a str>) -> Encoded {
        let mut e = Encoded { ids: vec![CLS], case: vec![0], first: Vec::new() };
        for form in forms {
            // a megabyte without a space is not worth more than its beginning
            let start: String = form.chars().take(64).collect();
            let pieces = self.pieces.encode(&start, MAX_PIECES, UNKNOWN);
            let pieces = if pieces.is_empty() { vec![UNKNOWN] } else { pieces };
            if e.ids.len() + pieces.len() > MAX_SUBWORDS {
                break;
            }
            e.first.push(e.ids.len() as i32);
            e.case.extend(std::iter::repeat_n(case_shape(form), pieces.len()));
            e.ids.extend(pieces);
        }
        e.ids.push(SEP);
        e.case.push(0);
        e
    }

    fn fill(&self, sentence: &mut Sentence, low: &Low) {
        let labels = &self.container.header.labels;
        let heads = tree::best(&low.arc);
        let relations = self.graphs.relations(low, &heads).unwrap_or_default();
        for (i, token) in sentence.tokens.iter_mut().enumerate() {
            let of = |tags: &[i32], names: &[String]| tags.get(i).map_or(String::new(), |&k| label(names, k).into());
            token.upos = of(&low.upos, &labels.upos);
            token.xpos = of(&low.xpos, &labels.xpos);
            token.feats = of(&low.feats, &labels.feats);
            token.lemma = lemma::apply(&token.form, &of(&low.script, &labels.script));
            token.head = heads.get(i).and_then(|h| h.checked_sub(1));
            token.deprel = relations.get(i).map_or(String::new(), |r| relation(r, token.head.is_none(), labels));
        }
        let words: Vec<Span> = sentence.tokens.iter().map(|t| t.span).collect();
        sentence.names = names::read(&low.names, &labels.names, &words);
    }
}

/// The best relation; only the root's is `root`.
fn relation(scores: &[f32], root: bool, labels: &container::Labels) -> String {
    if root {
        return "root".into();
    }
    let best = (0..scores.len())
        .filter(|&k| labels.rel.get(k).is_some_and(|r| r != "root"))
        .max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)));
    best.map_or("dep".into(), |k| labels.rel[k].clone())
}

/// The case shape of a word: the same numbers as in `training/encoder.py`.
fn case_shape(word: &str) -> i32 {
    let cased = |c: char| c.is_uppercase() || c.is_lowercase();
    let any_cased = word.chars().any(cased);
    let first_upper = word.chars().next().is_some_and(char::is_uppercase);
    if any_cased && !word.chars().any(char::is_uppercase) {
        1
    } else if any_cased && !word.chars().any(char::is_lowercase) {
        if word.chars().count() > 1 { 2 } else { 3 }
    } else if first_upper && word.chars().skip(1).any(cased) && !word.chars().skip(1).any(char::is_uppercase) {
        4
    } else if word.chars().any(char::is_uppercase) {
        5
    } else if word.chars().any(char::is_numeric) {
        6
    } else {
        7
    }
}
