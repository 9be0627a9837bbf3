//! Readings as tables for people. What does not fit beside one another is stacked, never cut off.

use crate::args::What;
use crate::render::View;
use crate::screen::{BOLD, FAINT, PROSE_WIDTH, paint, wrap};
use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width,
};
use demarche::record::{Actor, Article, Entity, Event, Place, Reading, Sentence, When};
use std::collections::BTreeSet;

/// From here on every field has a column of its own.
const WIDE: usize = 125;
/// From here on who, what and whom have; below, all is stacked.
const MIDDLE: usize = 76;

const LINES: TableStyle = TableStyle::new()
    .header_separator(LineStyle::none().fill('━').junction('━'))
    .row_separator(LineStyle::none().fill('─').junction('─'));

const PLAIN: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('━').junction('━'));

/// A page with its heading.
pub fn page(name: &str, reading: &Reading, view: &View) -> String {
    let mut out = heading(name, &reading.article, view.width);
    let body = match view.what {
        What::Events => {
            let events: Vec<&Event> = reading.events.iter().collect();
            if events.is_empty() { paint(FAINT, "no events") } else { events_table(&events, view.width) }
        }
        What::Articles => article(&reading.article, view.width),
        What::Sentences => reading.sentences.iter().map(|s| sentence(s, view.width)).collect::<Vec<_>>().join("\n\n"),
        What::Mentions => mentions(reading, view.width),
        What::Quotations => quotations(reading, view.width),
        What::SpeaksFor => speakers(reading, view.width),
    };
    out.push('\n');
    out.push_str(&body);
    if view.colour { out } else { plain(&out) }
}

/// Without colours, and without the blanks that filled the last column.
fn plain(painted: &str) -> String {
    let text = anstream::adapter::strip_str(painted).to_string();
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn heading(name: &str, article: &Article, width: usize) -> String {
    let width = width.min(PROSE_WIDTH);
    let mut about: Vec<&str> = vec![name];
    about.extend(article.publisher.as_deref());
    about.extend(article.wire.as_deref());
    about.extend(article.published.as_ref().map(|p| p.value.as_str()));
    let about = paint(FAINT, &wrap(&about.join(" · "), width, 0));
    match &article.title {
        Some(title) => format!("{}\n{about}", paint(BOLD, &wrap(title, width, 0))),
        None => about,
    }
}

/// A table without side borders that never grows beyond `width`.
fn table(header: &[&str], width: usize) -> Table {
    let mut table = Table::new();
    table.load_style(LINES).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    // Colours are dropped on the way out, where they are not wanted.
    table.enforce_styling();
    table.set_header(header.iter().map(|h| Cell::new(h).add_attribute(Attribute::Bold)).collect::<Vec<_>>());
    table
}

fn finish(table: &Table) -> String {
    table.lines().map(|l| l.trim_end().to_string()).collect::<Vec<_>>().join("\n")
}

/// Events: who, what, whom, when, where, status, who says so, confidence.
pub fn events_table(events: &[&Event], width: usize) -> String {
    let rows = events.iter().map(|e| Row::of(e));
    let mut table;
    if width >= WIDE {
        table = self::table(&["who", "what", "whom", "when", "where", "status", "says who", "conf."], width);
        for r in rows {
            let (what, status) = (r.what(), r.status());
            table.add_row(vec![
                Cell::new(&r.who),
                what,
                Cell::new(&r.whom),
                Cell::new(&r.when),
                Cell::new(&r.place),
                status,
                Cell::new(&r.says),
                Cell::new(&r.confidence).set_alignment(CellAlignment::Right),
            ]);
        }
        bound(&mut table, width, &[24, 12, 20, 11, 12, 12, 20, 7]);
    } else if width >= MIDDLE {
        table = self::table(&["who", "what", "whom", "when, where", "status, says who"], width);
        for r in rows {
            let what = Cell::new(format!("{}\n{}", r.kind, r.confidence)).fg(r.colour);
            table.add_row(vec![
                Cell::new(&r.who),
                what,
                Cell::new(&r.whom),
                Cell::new(stack(&[&r.when, &r.place])),
                Cell::new(stack(&[&r.status, &r.says])),
            ]);
        }
        bound(&mut table, width, &[26, 16, 24, 16, 18]);
    } else {
        table = self::table(&["who → what → whom", "when, where, status"], width);
        for r in rows {
            let left = stack(&[
                &r.who,
                &format!("→ {}", r.kind),
                &if r.whom.is_empty() { String::new() } else { format!("→ {}", r.whom) },
            ]);
            let right = stack(&[&r.when, &r.place, &format!("{}, {}", r.status, r.confidence), &r.says]);
            table.add_row(vec![Cell::new(left).fg(r.colour), Cell::new(right)]);
        }
        bound(&mut table, width, &[55, 45]);
    }
    finish(&table)
}

/// Gives each column no more than its share (in hundredths), so that one long name does not squeeze the others.
fn bound(table: &mut Table, width: usize, shares: &[usize]) {
    let total: usize = shares.iter().sum();
    for (column, share) in table.column_iter_mut().zip(shares) {
        // More than its part of the whole: others may need less.
        let upper = (width * share * 4 / (total * 3)).max(4);
        column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(u16::try_from(upper).unwrap_or(u16::MAX))));
    }
}

/// One line under the other, without empty ones.
fn stack(parts: &[&str]) -> String {
    parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join("\n")
}

/// An event in words.
struct Row {
    who: String,
    kind: String,
    whom: String,
    when: String,
    place: String,
    status: String,
    says: String,
    confidence: String,
    colour: Color,
    happened: bool,
}

impl Row {
    fn of(e: &Event) -> Row {
        let mut whom: Vec<String> = e.recipient.iter().map(party).collect();
        whom.extend(e.third_party.iter().map(|a| match &a.part {
            Some(part) => format!("({part}: {})", party(a)),
            None => format!("(with {})", party(a)),
        }));
        let mut when: Vec<String> = e.date.iter().map(time).collect();
        when.extend(e.deadline.iter().map(|d| format!("until {}", time(d))));
        let mut status = vec![e.status.clone()];
        status.extend(e.outcome.clone());
        let mut said = BTreeSet::new();
        let says: Vec<&str> =
            e.attribution.iter().map(|a| a.name.as_str()).filter(|n| !n.is_empty() && said.insert(*n)).collect();
        Row {
            who: e.actor.iter().map(party).collect::<Vec<_>>().join("\n"),
            kind: std::iter::once(e.event.as_str())
                .chain(e.mode.iter().map(String::as_str))
                .collect::<Vec<_>>()
                .join(" "),
            whom: whom.join("\n"),
            when: when.join("\n"),
            place: e.place.as_ref().map_or(String::new(), place),
            status: status.join(", "),
            says: says.join(", "),
            confidence: format!("{:.2}", e.confidence),
            colour: match e.quad {
                1 | 2 => Color::Green,
                3 => Color::Yellow,
                _ => Color::Red,
            },
            happened: matches!(e.status.as_str(), "happened" | "ongoing"),
        }
    }

    fn what(&self) -> Cell {
        Cell::new(&self.kind).fg(self.colour)
    }

    fn status(&self) -> Cell {
        let cell = Cell::new(&self.status);
        if self.happened { cell } else { cell.add_attribute(Attribute::Italic) }
    }
}

fn party(a: &Actor) -> String {
    let name = if a.name.is_empty() { &a.text } else { &a.name };
    match &a.country {
        Some(country) => format!("{name} ({country})"),
        None => name.clone(),
    }
}

fn time(w: &When) -> String {
    if w.value.is_empty() { w.text.clone() } else { w.value.clone() }
}

fn place(p: &Place) -> String {
    let name = if p.name.is_empty() { &p.text } else { &p.name };
    match &p.country {
        Some(country) => format!("{name} ({country})"),
        None => name.clone(),
    }
}

fn article(a: &Article, width: usize) -> String {
    let width = width.min(PROSE_WIDTH);
    let mut out = Vec::new();
    let mut field = |name: &str, value: String| {
        if !value.is_empty() {
            out.push(format!("{} {}", paint(BOLD, &format!("{name}:")), wrap(&value, width, 2).trim_start()));
        }
    };
    field("section", a.section.join(" > "));
    let stamp = |s: &Option<demarche::record::Stamp>| s.as_ref().map_or(String::new(), |s| s.value.clone());
    field("modified", stamp(&a.modified));
    field(
        "by",
        a.byline
            .people
            .iter()
            .chain(&a.byline.organisation)
            .chain(&a.byline.initials)
            .cloned()
            .collect::<Vec<_>>()
            .join(", "),
    );
    field("language", a.language.clone().unwrap_or_default());
    field("address", a.url.clone().unwrap_or_default());
    for c in &a.captions {
        field("caption", format!("{} {}", c.text, c.credit.as_deref().unwrap_or("")));
    }
    for q in &a.pull_quotes {
        field("pull quote", q.text.clone());
    }
    for n in &a.notes {
        field("note", format!("{} ({})", n.message, n.kind));
    }
    let body: Vec<String> =
        a.standfirst.iter().chain(&a.paragraphs).map(|p| wrap(p.slice(&a.text), width, 0)).collect();
    out.extend(body);
    out.join("\n\n")
}

fn sentence(s: &Sentence, width: usize) -> String {
    let mut table = table(&["", "form", "lemma", "tag", "head", "relation", "name"], width);
    // Rows of one line each need no lines between them.
    table.load_style(PLAIN);
    for (i, t) in s.tokens.iter().enumerate() {
        let name =
            s.names.iter().find(|n| n.tokens.0 == i).map_or(String::new(), |n| format!("{:?}", n.kind).to_lowercase());
        let head = t.head.and_then(|h| s.tokens.get(h)).map_or("", |h| h.form.as_str());
        table.add_row([&i.to_string(), &t.form, &t.lemma, &t.upos, head, &t.deprel, &name]);
    }
    finish(&table)
}

fn quotations(reading: &Reading, width: usize) -> String {
    if reading.quotations.is_empty() {
        return paint(FAINT, "no quotations");
    }
    let mut t = table(&["who", "says", "what", "how"], width);
    for q in &reading.quotations {
        let words = |p: &Option<demarche::record::Piece>| p.as_ref().map_or(String::new(), |p| p.text.clone());
        let name = q.speaker.as_ref().map(|s| s.name.clone()).filter(|n| !n.is_empty());
        let content: Vec<&str> = q.content.iter().map(|p| p.text.as_str()).collect();
        t.add_row(vec![name.unwrap_or_else(|| words(&q.source)), words(&q.cue), content.join(" … "), q.kind.clone()]);
    }
    bound(&mut t, width, &[22, 12, 56, 10]);
    finish(&t)
}

fn speakers(reading: &Reading, width: usize) -> String {
    if reading.speaks_for.is_empty() {
        return paint(FAINT, "nobody speaks for another");
    }
    let mut t = table(&["who", "as", "for", "country", "on"], width);
    for s in &reading.speaks_for {
        let of = |v: &Option<String>| v.clone().unwrap_or_default();
        t.add_row(vec![s.name.clone(), s.role.clone(), s.for_name.clone(), of(&s.country), of(&s.date)]);
    }
    bound(&mut t, width, &[26, 30, 26, 8, 10]);
    finish(&t)
}

fn mentions(reading: &Reading, width: usize) -> String {
    let m = &reading.mentions;
    let mut out = Vec::new();
    if !m.entities.is_empty() {
        let mut t = table(&["who", "kind", "country", "sector", "role", "mentioned as"], width);
        for e in &m.entities {
            t.add_row(vec![
                e.name.clone(),
                format!("{:?}", e.kind).to_lowercase(),
                e.country.clone().unwrap_or_default(),
                e.sector.join(" "),
                e.role.clone().unwrap_or_default(),
                forms(e),
            ]);
        }
        bound(&mut t, width, &[22, 14, 9, 10, 18, 27]);
        out.push(finish(&t));
    }
    if !m.times.is_empty() {
        let mut t = table(&["when", "value", "first day", "last day"], width);
        for w in &m.times {
            let day = |d: &Option<String>| d.clone().unwrap_or_default();
            t.add_row(vec![w.text.clone(), w.value.clone(), day(&w.start), day(&w.end)]);
        }
        out.push(finish(&t));
    }
    if !m.places.is_empty() {
        let mut t = table(&["where", "name", "country", "latitude", "longitude"], width);
        for p in &m.places {
            let degrees = |d: Option<f64>| d.map_or(String::new(), |d| format!("{d:.3}"));
            t.add_row(vec![
                p.text.clone(),
                p.name.clone(),
                p.country.clone().unwrap_or_default(),
                degrees(p.lat),
                degrees(p.lon),
            ]);
        }
        out.push(finish(&t));
    }
    if out.is_empty() { paint(FAINT, "no mentions") } else { out.join("\n\n") }
}

/// Each way in which an entity is spoken of, once, with its number.
fn forms(e: &Entity) -> String {
    let mut all: Vec<(&str, usize)> = Vec::new();
    for m in &e.mentions {
        match all.iter_mut().find(|(text, _)| *text == m.text) {
            Some((_, n)) => *n += 1,
            None => all.push((&m.text, 1)),
        }
    }
    let shown = |(text, n): &(&str, usize)| if *n > 1 { format!("{text} ×{n}") } else { text.to_string() };
    all.iter().map(shown).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
