//! Time expressions: strict, relaxed and value F1 over TIMEX3 in TimeML files, as TempEval-3 counts them.

use super::{f1, round};
use demarche::codebook::time::TimeBook;
use demarche::mention::time::find;
use demarche::record::When;
use regex::Regex;
use serde_json::{Value, json};
use std::path::Path;

/// Where an expression stands, in characters other than white space, and what it is said to be.
struct Timex {
    start: usize,
    end: usize,
    value: String,
    kind: String,
}

/// A TimeML file without its tags.
struct Document {
    /// The day that it was written on, as far as its first ten characters tell.
    day: String,
    text: String,
    gold: Vec<Timex>,
}

pub fn run(path: &Path, predictions: Option<&Path>) -> Result<Value, String> {
    let book = TimeBook::built_in().map_err(|e| e.to_string())?;
    let tags = Tags::new()?;
    let mut files: Vec<_> = std::fs::read_dir(path)
        .map_err(|e| format!("{}: {e}", path.display()))?
        .filter_map(|f| Some(f.ok()?.path()))
        .filter(|f| f.extension().is_some_and(|e| e == "tml"))
        .collect();
    files.sort();
    if let Some(folder) = predictions {
        std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    let mut sum = Sum::default();
    for file in &files {
        let bytes = std::fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
        let document = tags.read(&String::from_utf8_lossy(&bytes));
        let found = find(&document.text, document.day.parse().ok(), &book);
        sum.add(&document, &found);
        if let (Some(folder), Some(name)) = (predictions, file.file_name()) {
            let out = folder.join(name);
            std::fs::write(&out, timeml(&document, &found)).map_err(|e| format!("{}: {e}", out.display()))?;
        }
    }
    let score = |right: usize| round(100.0 * f1(right, sum.system, sum.gold));
    Ok(json!({
        "files": files.len(), "gold": sum.gold, "system": sum.system, "strict_f1": score(sum.strict),
        "relaxed_f1": score(sum.relaxed), "value_f1": score(sum.value), "type_f1": score(sum.kind),
    }))
}

struct Tags {
    tag: Regex,
    attribute: Regex,
    day: Regex,
    body: Regex,
}

impl Tags {
    fn new() -> Result<Self, String> {
        let regex = |source: &str| Regex::new(source).map_err(|e| e.to_string());
        Ok(Tags {
            tag: regex(r"<(/?)(\w+)([^>]*)>")?,
            attribute: regex(r#"(\w+)="([^"]*)""#)?,
            day: regex(r#"(?s)<DCT>.*?value="([^"]*)""#)?,
            body: regex(r"(?s)<TEXT>(.*)</TEXT>")?,
        })
    }

    fn read(&self, file: &str) -> Document {
        let day = self.day.captures(file).and_then(|c| c[1].get(..10).map(str::to_string)).unwrap_or_default();
        let body = self.body.captures(file).and_then(|c| c.get(1)).map_or(file, |m| m.as_str());
        let (mut text, mut gold, mut at, mut count) = (String::new(), Vec::new(), 0, 0);
        let mut open: Option<(usize, String, String)> = None;
        let mut push = |piece: &str| {
            let plain = piece.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            text.push_str(&plain);
            plain.chars().filter(|c| !c.is_whitespace()).count()
        };
        for tag in self.tag.captures_iter(body) {
            let Some(whole) = tag.get(0) else { continue };
            count += push(&body[at..whole.start()]);
            at = whole.end();
            if &tag[2] != "TIMEX3" {
                continue;
            }
            if tag[1].is_empty() {
                let get = |name: &str| {
                    let mut all = self.attribute.captures_iter(&tag[3]);
                    all.find(|a| &a[1] == name).map(|a| a[2].to_string()).unwrap_or_default()
                };
                open = Some((count, get("value"), get("type")));
            } else if let Some((start, value, kind)) = open.take() {
                gold.push(Timex { start, end: count, value, kind });
            }
        }
        push(&body[at..]);
        Document { day, text, gold }
    }
}

#[derive(Default)]
struct Sum {
    gold: usize,
    system: usize,
    strict: usize,
    relaxed: usize,
    value: usize,
    kind: usize,
}

impl Sum {
    fn add(&mut self, document: &Document, found: &[When]) {
        let place =
            |byte: usize| document.text.get(..byte).unwrap_or("").chars().filter(|c| !c.is_whitespace()).count();
        let system: Vec<Timex> = found
            .iter()
            .filter_map(|w| {
                let span = w.span?;
                Some(Timex {
                    start: place(span.start),
                    end: place(span.end),
                    value: w.value.clone(),
                    kind: w.kind.clone(),
                })
            })
            .collect();
        self.gold += document.gold.len();
        self.system += system.len();
        let mut used = vec![false; system.len()];
        for gold in &document.gold {
            let hit =
                system.iter().zip(&mut used).find(|(s, used)| !**used && gold.start < s.end && s.start < gold.end);
            let Some((hit, used)) = hit else { continue };
            *used = true;
            self.relaxed += 1;
            self.strict += usize::from((gold.start, gold.end) == (hit.start, hit.end));
            self.value += usize::from(gold.value == hit.value);
            self.kind += usize::from(gold.kind == hit.kind);
        }
    }
}

/// The text with what was found, in the form of the gold.
fn timeml(document: &Document, found: &[When]) -> String {
    let escape = |s: &str| s.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let day = &document.day;
    let mut out = format!(
        "<?xml version=\"1.0\" ?>\n<TimeML>\n<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"{day}\" \
         functionInDocument=\"CREATION_TIME\">{day}</TIMEX3></DCT>\n<TEXT>"
    );
    let mut at = 0;
    for (i, when) in found.iter().enumerate() {
        let Some(span) = when.span else { continue };
        out.push_str(&escape(document.text.get(at..span.start).unwrap_or("")));
        let modifier = when.modifier.as_ref().map(|m| format!(" mod=\"{m}\"")).unwrap_or_default();
        out.push_str(&format!(
            "<TIMEX3 tid=\"t{}\" type=\"{}\" value=\"{}\"{modifier}>{}</TIMEX3>",
            i + 1,
            when.kind,
            when.value,
            escape(&when.text)
        ));
        at = span.end;
    }
    out.push_str(&escape(document.text.get(at..).unwrap_or("")));
    out.push_str("</TEXT>\n</TimeML>\n");
    out
}
