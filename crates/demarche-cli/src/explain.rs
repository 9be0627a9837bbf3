//! `demarche explain`: each event's sentence with its parts marked, and what set each field.

use crate::args::ExplainArgs;
use crate::code::read_page;
use crate::input;
use crate::screen::{self, BOLD, FAINT, PROSE_WIDTH, paint, tell, wrap};
use crate::{Failure, Outcome, engine};
use anstyle::{AnsiColor, Style};
use comfy_table::{Attribute, Cell, CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use demarche::record::{Actor, Article, Event, Evidence, Reading, Span};
use std::io::Write;

const LINES: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// A part of the sentence, and how it is painted.
struct Mark {
    part: &'static str,
    span: Span,
}

/// One value of an event: what it is, and what set it.
struct Line {
    field: String,
    value: String,
    set: Vec<Evidence>,
}

pub fn run(args: &ExplainArgs) -> Outcome {
    let (sources, faults) = input::list(std::slice::from_ref(&args.file));
    if let Some(fault) = faults.first() {
        return Err(Failure::Usage(fault.clone()));
    }
    let engine = engine(args.codebook.as_deref(), None)?;
    let mut readings: Vec<(String, Result<Reading, String>)> = Vec::new();
    for source in &sources {
        input::read(source, &mut |name, item| {
            readings.push((name, item.map(|page| read_page(&engine, page, args.date.as_deref()))));
            true
        });
    }
    let mut all_read = true;
    let mut known = Vec::new();
    let mut out = screen::out();
    for (name, reading) in &readings {
        let reading = match reading {
            Ok(reading) => reading,
            Err(message) => {
                tell(&format!("{name} {message}"));
                all_read = false;
                continue;
            }
        };
        reading.article.notes.iter().for_each(|n| tell(&screen::note(name, n)));
        for (i, event) in reading.events.iter().enumerate() {
            let number = known.len() + 1;
            known.push(event.id.clone());
            let wanted = args.event.as_deref().is_none_or(|w| w == number.to_string() || is_beginning(w, &event.id));
            if wanted {
                let before = if i > 0 && args.event.is_none() { "\n" } else { "" };
                writeln!(out, "{before}{}", explained(number, event, &reading.article, screen::has_colour()))?;
            }
        }
    }
    match &args.event {
        Some(w) if !known.iter().enumerate().any(|(i, id)| *w == (i + 1).to_string() || is_beginning(w, id)) => {
            let remedy = match known.len() {
                0 => "it has no events".into(),
                1 => format!("it has one, number 1, id {}", known.concat()),
                n => format!("name one of 1 to {n}, or the beginning of an id: {}", known.join(", ")),
            };
            Err(Failure::Usage(format!("{} has no event {w}; {remedy}", args.file.display())))
        }
        _ => {
            if known.is_empty() && all_read {
                writeln!(out, "no events")?;
            }
            Ok(all_read)
        }
    }
}

/// Four digits of an id tell it from a number.
fn is_beginning(wanted: &str, id: &str) -> bool {
    wanted.len() >= 4 && id.starts_with(&wanted.to_lowercase())
}

/// One event in full.
fn explained(number: usize, event: &Event, article: &Article, colour: bool) -> String {
    let kind: Vec<&str> = std::iter::once(event.event.as_str()).chain(event.mode.iter().map(String::as_str)).collect();
    let mut out = format!(
        "{} {}\n{}\n\n",
        paint(BOLD, &format!("{number}. {}", kind.join(" "))),
        paint(FAINT, &format!("id {}, confidence {:.2}", event.id, event.confidence)),
        marked(event, &article.text, colour)
    );
    let mut table = Table::new();
    table.load_style(LINES).set_content_arrangement(ContentArrangement::Dynamic).enforce_styling();
    table.set_width(u16::try_from(screen::width()).unwrap_or(u16::MAX));
    let header = ["field", "value", "set by", "score", "runner-up"];
    table.set_header(header.map(|h| Cell::new(h).add_attribute(Attribute::Bold)).to_vec());
    for line in lines(event) {
        let mut field = Some((line.field, line.value.clone()));
        let mut row = |by: String, score: String, second: String| {
            let (field, value) = field.take().unwrap_or_default();
            let score = Cell::new(score).set_alignment(CellAlignment::Right);
            table.add_row(vec![Cell::new(field), Cell::new(value), Cell::new(by), score, Cell::new(second)]);
        };
        if line.set.is_empty() {
            row(String::new(), String::new(), String::new());
        }
        for e in line.set {
            let words = e.span.map_or("", |s| s.slice(&article.text));
            let by = if words.is_empty() || words == line.value { e.by } else { format!("{} “{words}”", e.by) };
            let second = e.runner_up.map_or(String::new(), |(value, score)| format!("{value} {score:.2}"));
            row(by, format!("{:.2}", e.score), second);
        }
    }
    out.push_str(&table.lines().map(|l| l.trim_end().to_string()).collect::<Vec<_>>().join("\n"));
    out
}

/// The parts of the event that stand in its sentence, the longer before the shorter where they begin together.
fn marks(event: &Event) -> Vec<Mark> {
    let mut all: Vec<Mark> = vec![Mark { part: "predicate", span: event.predicate.span }];
    let mut add = |part: &'static str, span: Span| all.push(Mark { part, span });
    event.actor.iter().for_each(|a| add("actor", a.span));
    event.recipient.iter().for_each(|a| add("recipient", a.span));
    event.third_party.iter().for_each(|a| add("third party", a.span));
    event.attribution.iter().filter_map(|a| a.span).for_each(|s| add("speaker", s));
    event.date.iter().filter_map(|w| w.span).for_each(|s| add("date", s));
    event.deadline.iter().filter_map(|w| w.span).for_each(|s| add("deadline", s));
    event.place.iter().for_each(|p| add("place", p.span));
    event.terms.iter().for_each(|p| add("terms", p.span));
    event.condition.iter().for_each(|p| add("condition", p.span));
    all.retain(|m| !m.span.is_empty() && event.sentence.span.contains(&m.span));
    all.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    all.dedup_by(|a, b| a.part == b.part && a.span == b.span);
    all
}

fn style(part: &str) -> Style {
    match part {
        "predicate" => Style::new().bold().underline(),
        "actor" => AnsiColor::Green.on_default(),
        "recipient" => AnsiColor::Yellow.on_default(),
        "third party" => AnsiColor::Magenta.on_default(),
        "speaker" => AnsiColor::Cyan.on_default(),
        "date" | "deadline" => AnsiColor::Blue.on_default(),
        "place" => AnsiColor::Blue.on_default().italic(),
        _ => Style::new().underline(),
    }
}

/// The sentence with its parts marked: in brackets, or painted with the names of the parts below.
fn marked(event: &Event, text: &str, colour: bool) -> String {
    let sentence = event.sentence.span;
    if event.sentence.text.is_empty() {
        return String::new();
    }
    let marks = marks(event);
    let mut cuts: Vec<usize> = marks.iter().flat_map(|m| [m.span.start, m.span.end]).collect();
    cuts.extend([sentence.start, sentence.end]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::new();
    for pair in cuts.windows(2) {
        let [start, end] = [pair.first(), pair.last()].map(|c| c.copied().unwrap_or_default());
        let piece = Span::new(start, end).slice(text);
        if colour {
            // The shortest part that covers a piece is the one that is meant.
            let inner = marks.iter().filter(|m| m.span.contains(&Span::new(start, end))).min_by_key(|m| m.span.len());
            match inner {
                Some(m) => out.push_str(&paint(style(m.part), piece)),
                None => out.push_str(piece),
            }
        } else {
            marks.iter().filter(|m| m.span.start == start).for_each(|m| out.push_str(&format!("[{}: ", m.part)));
            out.push_str(piece);
            marks.iter().filter(|m| m.span.end == end).for_each(|_| out.push(']'));
        }
    }
    if !colour {
        return wrap(&out, screen::width().min(PROSE_WIDTH), 2);
    }
    let mut parts: Vec<&str> = Vec::new();
    for m in &marks {
        if !parts.contains(&m.part) {
            parts.push(m.part);
        }
    }
    let legend: Vec<String> = parts.iter().map(|p| paint(style(p), p)).collect();
    format!("  {}\n  {} {}", out.replace('\n', " "), paint(FAINT, "marked:"), legend.join(" "))
}

/// All values of an event, in the order in which one reads it, each with what set it.
fn lines(event: &Event) -> Vec<Line> {
    let mut out = Vec::new();
    let mut used = vec![false; event.evidence.len()];
    let mut take = |names: &[&str]| -> Vec<Evidence> {
        let mut set = Vec::new();
        for (used, e) in used.iter_mut().zip(&event.evidence) {
            if names.contains(&e.field.as_str()) {
                *used = true;
                set.push(e.clone());
            }
        }
        set
    };
    let mut add = |field: &str, value: Option<String>, set: Vec<Evidence>| {
        if value.as_ref().is_some_and(|v| !v.is_empty()) || !set.is_empty() {
            out.push(Line { field: field.into(), value: value.unwrap_or_default(), set });
        }
    };
    add("event", Some(event.event.clone()), take(&["event", "type"]));
    add("mode", Some(event.mode.join(", ")), take(&["mode"]));
    add("cameo", event.cameo.clone(), take(&["cameo"]));
    add("context", Some(event.context.join(", ")), take(&["context"]));
    add("status", Some(event.status.clone()), take(&["status"]));
    add("outcome", event.outcome.clone(), take(&["outcome"]));
    for (field, list) in [("actor", &event.actor), ("recipient", &event.recipient), ("third_party", &event.third_party)]
    {
        let mut set = take(&[field]);
        if list.is_empty() {
            add(field, None, set);
            continue;
        }
        for party in list {
            // What set the party itself is told with the first of them that it covers.
            let (mine, rest): (Vec<_>, Vec<_>) =
                set.into_iter().partition(|e| e.span.is_none_or(|s| s.overlaps(&party.span)));
            set = rest;
            add(field, Some(named(party)), mine);
            for key in ["name", "country", "sector", "role", "part", "id"] {
                let by: Vec<Evidence> = party.by.iter().filter(|e| e.field == key).cloned().collect();
                let value = match key {
                    "country" => party.country.clone(),
                    "sector" => Some(party.sector.join(", ")),
                    "role" => party.role.clone(),
                    "part" => party.part.clone(),
                    "id" => party.id.clone(),
                    _ => None,
                };
                add(&format!("  {key}"), value, by);
            }
        }
        add(field, None, set);
    }
    add("date", event.date.as_ref().map(|w| w.value.clone()), take(&["date", "when"]));
    add("deadline", event.deadline.as_ref().map(|w| w.value.clone()), take(&["deadline"]));
    add("place", event.place.as_ref().map(|p| p.name.clone()), take(&["place", "where"]));
    add("terms", event.terms.as_ref().map(|p| p.text.clone()), take(&["terms"]));
    add("condition", event.condition.as_ref().map(|p| p.text.clone()), take(&["condition"]));
    let mouths: Vec<String> = event.attribution.iter().map(|a| format!("{} ({})", a.name, a.part)).collect();
    add("says who", Some(mouths.join(", ")), take(&["attribution", "speaker"]));
    add("answers", event.answers.clone(), take(&["answers"]));
    for e in event.evidence.iter().zip(&used).filter(|(_, used)| !**used).map(|(e, _)| e) {
        add(&e.field, None, vec![e.clone()]);
    }
    out
}

fn named(party: &Actor) -> String {
    if party.name.is_empty() || party.name == party.text {
        party.text.clone()
    } else {
        format!("{} = {}", party.text, party.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche::record::Piece;

    fn event() -> (Event, Article) {
        let text = "Chad turned down the talks that Mali offered.".to_string();
        let piece = |words: &str| {
            let start = text.find(words).unwrap();
            Piece { text: words.into(), span: Span::new(start, start + words.len()) }
        };
        let party = |words: &str| {
            let p = piece(words);
            Actor { text: p.text.clone(), name: p.text, span: p.span, ..Actor::default() }
        };
        let why = |field: &str, by: &str, second: Option<(String, f32)>| Evidence {
            field: field.into(),
            by: by.into(),
            score: 0.91,
            runner_up: second,
            span: None,
        };
        let event = Event {
            id: "abcdef0123456789".into(),
            event: "REJECT".into(),
            mode: vec!["meet".into()],
            status: "happened".into(),
            actor: vec![Actor {
                country: Some("TCD".into()),
                by: vec![why("country", "country:TCD", None)],
                ..party("Chad")
            }],
            recipient: vec![party("Mali")],
            terms: Some(piece("the talks that Mali offered")),
            predicate: piece("turned down"),
            sentence: Piece { text: text.clone(), span: Span::new(0, text.len()) },
            evidence: vec![
                why("event", "reject.decline", Some(("ACCUSE".into(), 0.05))),
                why("speaker", "head:speaker", None),
                why("weather", "head:weather", None),
            ],
            ..Event::default()
        };
        (event, Article { text, ..Article::default() })
    }

    #[test]
    fn parts_are_marked_inside_one_another() {
        let (event, article) = event();
        assert_eq!(
            marked(&event, &article.text, false),
            "  [actor: Chad] [predicate: turned down] [terms: the talks that [recipient: Mali] offered]."
        );
        let painted = anstream::adapter::strip_str(&marked(&event, &article.text, true)).to_string();
        assert_eq!(painted, format!("  {}\n  marked: actor predicate terms recipient", article.text));
    }

    #[test]
    fn every_piece_of_evidence_has_its_line() {
        let (event, _) = event();
        let lines: Vec<String> = lines(&event)
            .iter()
            .map(|l| format!("{}={}<{}", l.field, l.value, l.set.iter().map(|e| e.by.as_str()).collect::<String>()))
            .collect();
        for want in [
            "event=REJECT<reject.decline",
            "mode=meet<",
            "actor=Chad<",
            "  country=TCD<country:TCD",
            "says who=<head:speaker",
            "weather=<head:weather",
        ] {
            assert!(lines.iter().any(|l| l == want), "{want} in {lines:?}");
        }
    }

    #[test]
    fn ids_may_be_cut_short() {
        for (wanted, good) in [("abcd", true), ("ABCDEF", true), ("abc", false), ("bcde", false), ("", false)] {
            assert_eq!(is_beginning(wanted, "abcdef0123456789"), good, "{wanted}");
        }
    }
}
