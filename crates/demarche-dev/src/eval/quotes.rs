//! Quotations against a brat folder (`attributions/*.ann` or `*.ann` beside `*.txt`) with Source, Cue and Content.

use super::{engine, f1, round};
use demarche::record::{Page, PageKind, Piece, Span};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const PARTS: [&str; 3] = ["Source", "Cue", "Content"];

/// The stretches of one part of one attribution, in bytes.
type Stretches = Vec<Span>;
/// Source, cue and content.
type Attribution = [Stretches; 3];

pub fn run(path: &Path, predictions: Option<&Path>) -> Result<Value, String> {
    let engine = engine()?;
    let mut counts: BTreeMap<(String, &str), [usize; 3]> = BTreeMap::new();
    let (mut resolved, mut sourced) = (0, 0);
    let texts = files(&path.join("text"), "txt").or_else(|_| files(path, "txt"))?;
    let marks = files(&path.join("attributions"), "ann").or_else(|_| files(path, "ann"))?;
    for file in &texts {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let named = |m: &&PathBuf| m.file_stem().is_some_and(|s| s.to_string_lossy().starts_with(&stem));
        let Some(gold_file) = marks.iter().find(named) else { continue };
        let read = |f: &Path| std::fs::read_to_string(f).map_err(|e| format!("{}: {e}", f.display()));
        let text = read(file)?;
        let gold = attributions(&read(gold_file)?, &text);
        let page = Page { bytes: text.clone().into_bytes(), kind: PageKind::Body, ..Page::default() };
        let reading = engine.read(&page);
        let place = Places::new(&reading.article.text, &text);
        let spans = |pieces: &[Piece]| -> Stretches { pieces.iter().filter_map(|p| place.of(p.span)).collect() };
        let one = |p: &Option<Piece>| spans(p.as_slice());
        let got: Vec<Attribution> =
            reading.quotations.iter().map(|q| [one(&q.source), one(&q.cue), spans(&q.content)]).collect();
        sourced += reading.quotations.iter().filter(|q| q.source.is_some()).count();
        resolved += reading
            .quotations
            .iter()
            .filter(|q| q.speaker.as_ref().is_some_and(|s| s.country.is_some() || !s.sector.is_empty()))
            .count();
        for (k, part) in PARTS.iter().enumerate() {
            let of = |list: &[Attribution]| -> Vec<Stretches> {
                list.iter().map(|a| a[k].clone()).filter(|s| !s.is_empty()).collect()
            };
            let (gold, got) = (of(&gold), of(&got));
            for (how, same) in [("overlap", overlap as fn(&Stretches, &Stretches) -> bool), ("exact", exact)] {
                let c = counts.entry((part.to_lowercase(), how)).or_default();
                let mut free = vec![true; got.len()];
                for g in &gold {
                    if let Some(i) = (0..got.len()).find(|&i| free[i] && same(g, &got[i])) {
                        free[i] = false;
                        c[0] += 1;
                    }
                }
                c[1] += got.len();
                c[2] += gold.len();
            }
        }
        if let Some(folder) = predictions {
            std::fs::create_dir_all(folder).map_err(|e| e.to_string())?;
            let out = folder.join(format!("{stem}.ann"));
            std::fs::write(&out, brat(&got, &text)).map_err(|e| format!("{}: {e}", out.display()))?;
        }
    }
    let mut out = Map::new();
    out.insert("articles".into(), json!(texts.len()));
    for ((part, how), [right, got, gold]) in counts {
        let share = |n: usize| round(right as f64 / n.max(1) as f64);
        let measures = json!({"p": share(got), "r": share(gold), "f1": round(f1(right, got, gold))});
        out.entry(part).or_insert_with(|| json!({}))[how] = measures;
    }
    out.insert("speakers_known".into(), json!(round(resolved as f64 / f64::from(sourced.max(1) as u32))));
    Ok(Value::Object(out))
}

fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    let read = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut all: Vec<PathBuf> = read.filter_map(|f| Some(f.ok()?.path())).collect();
    all.retain(|f| f.extension().is_some_and(|e| e == extension));
    all.sort();
    if all.is_empty() { Err(format!("{}: no .{extension} files", folder.display())) } else { Ok(all) }
}

fn overlap(a: &Stretches, b: &Stretches) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.overlaps(y)))
}

fn exact(a: &Stretches, b: &Stretches) -> bool {
    a == b
}

/// Where the reader's text, which has other white space, stands in the file: by its characters that are no space.
struct Places {
    /// Number of ink characters before each byte of the reader's text.
    ink: Vec<usize>,
    /// Byte of each ink character of the file.
    bytes: Vec<(usize, usize)>,
}

impl Places {
    fn new(read: &str, file: &str) -> Self {
        let mut ink = vec![0; read.len() + 1];
        let mut n = 0;
        for (i, c) in read.char_indices() {
            ink[i] = n;
            n += usize::from(!c.is_whitespace());
        }
        ink[read.len()] = n;
        let bytes = file.char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(i, c)| (i, i + c.len_utf8()));
        Places { ink, bytes: bytes.collect() }
    }

    fn of(&self, span: Span) -> Option<Span> {
        let (a, z) = (*self.ink.get(span.start)?, *self.ink.get(span.end)?);
        Some(Span::new(self.bytes.get(a)?.0, self.bytes.get(z.checked_sub(1)?)?.1))
    }
}

fn attributions(brat: &str, text: &str) -> Vec<Attribution> {
    let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let mut marks: BTreeMap<&str, (&str, Stretches)> = BTreeMap::new();
    for line in brat.lines().filter(|l| l.starts_with('T')) {
        let mut fields = line.split('\t');
        let (Some(id), Some(what)) = (fields.next(), fields.next()) else { continue };
        let Some((kind, places)) = what.split_once(' ') else { continue };
        let spans = places.split(';').filter_map(|p| {
            let (a, z) = p.split_once(' ')?;
            Some(Span::new(*bytes.get(a.parse::<usize>().ok()?)?, *bytes.get(z.parse::<usize>().ok()?)?))
        });
        marks.insert(id, (kind, spans.collect()));
    }
    let event = |line: &str| -> Option<Attribution> {
        let mut out: Attribution = Default::default();
        for (_, id) in line.split('\t').nth(1)?.split(' ').filter_map(|r| r.split_once(':')) {
            if let Some((kind, spans)) = marks.get(id)
                && let Some(k) = PARTS.iter().position(|p| p == kind)
            {
                out[k].extend(spans);
            }
        }
        Some(out)
    };
    brat.lines().filter(|l| l.starts_with('E')).filter_map(event).collect()
}

fn brat(got: &[Attribution], text: &str) -> String {
    let chars = |byte: usize| text[..byte].chars().count();
    let (mut out, mut n) = (String::new(), 0);
    for (e, a) in got.iter().enumerate() {
        let mut roles = Vec::new();
        for (part, spans) in PARTS.iter().zip(a).filter(|(_, s)| !s.is_empty()) {
            n += 1;
            let places: Vec<String> = spans.iter().map(|s| format!("{} {}", chars(s.start), chars(s.end))).collect();
            let words: Vec<String> =
                spans.iter().map(|s| s.slice(text).split_whitespace().collect::<Vec<_>>().join(" ")).collect();
            out.push_str(&format!("T{n}\t{part} {}\t{}\n", places.join(";"), words.join(" ")));
            roles.push(format!("{part}:T{n}"));
        }
        out.push_str(&format!("E{}\tAttribution {}\n", e + 1, roles.join(" ")));
    }
    out
}
