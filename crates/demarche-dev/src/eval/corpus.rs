//! Events in the part of the corpus that no model is trained on: one text in five, chosen by the text itself as
//! `training/train.py` does.

use super::{engine_from, f1, round};
use demarche::event::confidence::signs;
use demarche::record::{Actor, Event, Page, PageKind, Span};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Text {
    date: String,
    text: String,
    events: Vec<Gold>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Gold {
    #[serde(rename = "type")]
    kind: String,
    mode: Option<String>,
    status: String,
    p: String,
    a: Vec<String>,
    r: Vec<String>,
    x: Vec<(String, String)>,
    when: Option<String>,
    #[serde(rename = "where")]
    place: Option<String>,
    deadline: Option<String>,
    cond: Option<String>,
    terms: Option<String>,
    say: Vec<String>,
}

/// Right, predicted and expected.
#[derive(Default, Clone, Copy)]
struct Count(usize, usize, usize);

impl Count {
    fn add(&mut self, gold: &[Span], got: &[Span]) {
        self.0 += usize::from(gold.iter().any(|g| got.iter().any(|p| p.overlaps(g))));
        self.1 += usize::from(!got.is_empty());
        self.2 += usize::from(!gold.is_empty());
    }

    fn f1(self) -> f64 {
        round(100.0 * f1(self.0, self.1, self.2))
    }
}

#[derive(Default)]
struct Totals {
    events: Count,
    kind: (usize, usize),
    mode: (usize, usize),
    status: (usize, usize),
    false_events: (usize, usize),
    roles: BTreeMap<&'static str, Count>,
    types: BTreeMap<String, Count>,
    confused: BTreeMap<String, usize>,
    /// Confidence, and whether type and predicate were right.
    confidence: Vec<(f32, bool)>,
}

pub fn run(path: &Path, predictions: Option<&Path>) -> Result<Value, String> {
    // With predictions, every candidate is written: what the weights of confidence are set by.
    let engine = engine_from(predictions.map(|_| 0.0))?;
    let mut written = String::new();
    let mut files = vec![path.to_path_buf()];
    if path.is_dir() {
        files = std::fs::read_dir(path).map_err(|e| e.to_string())?.filter_map(|f| Some(f.ok()?.path())).collect();
    }
    files.retain(|f| f.extension().is_some_and(|e| e == "jsonl"));
    files.sort();
    let mut totals = Totals::default();
    for file in &files {
        let whole = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        for (number, line) in whole.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let text: Text =
                serde_json::from_str(line).map_err(|e| format!("{}:{}: {e}", file.display(), number + 1))?;
            let mut crc = flate2::Crc::new();
            crc.update(text.text.as_bytes());
            if !crc.sum().is_multiple_of(5) {
                continue;
            }
            let page = Page {
                bytes: text.text.clone().into_bytes(),
                kind: PageKind::Body,
                date: Some(text.date.clone()),
                ..Page::default()
            };
            let reading = engine.read(&page);
            // Weights are set by one half, calibration is measured on the other.
            let judged = !crc.sum().is_multiple_of(10);
            let right = totals.compare(&text, &reading.article.text, &reading.events, judged);
            if predictions.is_some() {
                let events: Vec<Value> = reading
                    .events
                    .iter()
                    .zip(&right)
                    .map(|(e, right)| {
                        let signs: Map<String, Value> = signs(e).into_iter().map(|(k, v)| (k, json!(v))).collect();
                        json!({"signs": signs, "confidence": e.confidence, "right": right})
                    })
                    .collect();
                let line = json!({"judged": judged, "told": text.events.len(), "events": events});
                written.push_str(&format!("{line}\n"));
            }
        }
    }
    if let Some(file) = predictions {
        std::fs::write(file, written).map_err(|e| format!("{}: {e}", file.display()))?;
    }
    Ok(totals.json())
}

impl Totals {
    /// Adds one text; which of its events were right.
    fn compare(&mut self, text: &Text, read: &str, events: &[Event], judged: bool) -> Vec<bool> {
        let find = |m: &String| locate(read, m.as_str());
        let all = |m: &[String]| -> Vec<Span> { m.iter().filter_map(find).collect() };
        let one = |m: &Option<String>| -> Vec<Span> { m.iter().filter_map(find).collect() };
        if text.events.is_empty() {
            self.false_events.0 += events.len();
            self.false_events.1 += 1;
        }
        let mut used = vec![false; events.len()];
        let mut right = vec![false; events.len()];
        self.events.1 += events.len();
        self.events.2 += text.events.len();
        for e in events {
            self.types.entry(e.event.clone()).or_default().1 += 1;
        }
        for gold in &text.events {
            self.types.entry(gold.kind.clone()).or_default().2 += 1;
            let Some(p) = find(&gold.p) else { continue };
            let best = (0..events.len())
                .filter(|&i| !used[i] && events[i].predicate.span.overlaps(&p))
                .min_by_key(|&i| events[i].event != gold.kind);
            let Some(i) = best else { continue };
            used[i] = true;
            let got = &events[i];
            let same = got.event == gold.kind;
            right[i] = same;
            self.events.0 += usize::from(same);
            self.kind = (self.kind.0 + usize::from(same), self.kind.1 + 1);
            self.status = (self.status.0 + usize::from(got.status == gold.status), self.status.1 + 1);
            if same {
                self.types.entry(gold.kind.clone()).or_default().0 += 1;
                let mode = got.mode.first() == gold.mode.as_ref();
                self.mode = (self.mode.0 + usize::from(mode), self.mode.1 + 1);
            } else {
                *self.confused.entry(format!("{} read as {}", gold.kind, got.event)).or_default() += 1;
            }
            let spans = |list: &[Actor]| -> Vec<Span> { list.iter().map(|a| a.span).collect() };
            let said: Vec<Span> = got
                .attribution
                .iter()
                .filter(|a| a.part == "speaker" || a.part == "medium")
                .filter_map(|a| a.span)
                .collect();
            let third: Vec<String> = gold.x.iter().map(|x| x.0.clone()).collect();
            let rows: [(&'static str, Vec<Span>, Vec<Span>); 9] = [
                ("actor", all(&gold.a), spans(&got.actor)),
                ("recipient", all(&gold.r), spans(&got.recipient)),
                ("third_party", all(&third), spans(&got.third_party)),
                ("speaker", all(&gold.say), said),
                ("terms", one(&gold.terms), got.terms.iter().map(|p| p.span).collect()),
                ("condition", one(&gold.cond), got.condition.iter().map(|p| p.span).collect()),
                ("when", one(&gold.when), got.date.iter().filter_map(|w| w.span).collect()),
                ("deadline", one(&gold.deadline), got.deadline.iter().filter_map(|w| w.span).collect()),
                ("where", one(&gold.place), got.place.iter().map(|p| p.span).collect()),
            ];
            for (role, gold, got) in rows {
                self.roles.entry(role).or_default().add(&gold, &got);
            }
        }
        if judged {
            self.confidence.extend(events.iter().zip(&right).map(|(e, r)| (e.confidence, *r)));
        }
        right
    }

    fn json(mut self) -> Value {
        let share = |(a, b): (usize, usize)| round(100.0 * a as f64 / b.max(1) as f64);
        let roles: Map<String, Value> = self.roles.iter().map(|(k, c)| ((*k).to_string(), json!(c.f1()))).collect();
        let types: Map<String, Value> = self.types.iter().map(|(k, c)| (k.clone(), json!(c.f1()))).collect();
        let mut confused: Vec<(&String, &usize)> = self.confused.iter().collect();
        confused.sort_by_key(|(k, n)| (std::cmp::Reverse(**n), (*k).clone()));
        let confused: Vec<Value> = confused.iter().take(20).map(|(k, n)| json!([k, n])).collect();
        // Ten bins of equally many events: mean confidence, share right, events.
        self.confidence.sort_by(|a, b| a.0.total_cmp(&b.0));
        let size = self.confidence.len().div_ceil(10).max(1);
        let mut off = 0.0;
        let bins: Vec<Value> = self
            .confidence
            .chunks(size)
            .map(|c| {
                let n = c.len() as f64;
                let mean = c.iter().map(|x| f64::from(x.0)).sum::<f64>() / n;
                let right = c.iter().filter(|x| x.1).count() as f64 / n;
                off += (mean - right).abs() * n;
                json!([round(mean), round(right), c.len()])
            })
            .collect();
        let Count(right, got, gold) = self.events;
        json!({"events": gold, "type.f1": self.events.f1(),
               "type.p": share((right, got)), "type.r": share((right, gold)),
               "type_of_found": share(self.kind), "mode": share(self.mode), "status": share(self.status),
               "false_events_in_100_texts_without": share(self.false_events), "roles": roles, "types": types,
               "confused": confused, "calibration_error": round(off / self.confidence.len().max(1) as f64),
               "calibration": bins})
    }
}

/// Where a mention of the corpus stands: its `#n`-th occurrence as whole words.
fn locate(text: &str, mention: &str) -> Option<Span> {
    let (piece, nth) = match mention.rsplit_once('#') {
        Some((piece, n)) if n.chars().all(|c| c.is_ascii_digit()) && !n.is_empty() => (piece, n.parse().ok()?),
        _ => (mention, 1usize),
    };
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (first, last) = (word(piece.chars().next()), word(piece.chars().next_back()));
    let whole = |&(at, _): &(usize, &str)| {
        let before = word(text[..at].chars().next_back());
        let after = word(text[at + piece.len()..].chars().next());
        !(before && first || after && last)
    };
    let (at, _) = text.match_indices(piece).filter(whole).nth(nth.checked_sub(1)?)?;
    Some(Span::new(at, at + piece.len()))
}
