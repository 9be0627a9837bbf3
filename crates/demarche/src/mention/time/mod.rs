//! Time expressions as TIMEX3 values and intervals of days.

mod atom;
mod calendar;
mod check;
mod number;
mod op;
mod resolve;
mod tense;
mod value;

use crate::codebook::time::{Dir, TimeBook};
use crate::record::{Article, NameKind, Sentence, SentencePlace, Span, When};
use atom::Atom;
use calendar::{Cal, Unit};
use jiff::civil::Date;
use op::Op;
use resolve::{Context, Resolved, resolve};

/// Finds the time expressions of an article, in text order, anchored on its publication date.
///
/// Spans are bytes of the article's text. Without a publication date nothing is resolved against an invented one:
/// values then carry X in place of what is not known.
pub fn read(article: &Article, sentences: &[Sentence], book: &TimeBook) -> Vec<When> {
    let anchor = article.published.as_ref().and_then(|stamp| stamp.value.get(..10)).and_then(|day| day.parse().ok());
    let mut reader = Reader::new(anchor, book);
    for sentence in sentences {
        let heading = sentence.place == SentencePlace::Title;
        reader.sentence(&article.text, sentence.span, Some(sentence), heading);
    }
    reader.found
}

/// Finds the time expressions of a bare text, in order. `anchor` is the day that it was written on.
///
/// ```
/// use demarche::codebook::time::TimeBook;
/// let book = TimeBook::built_in()?;
/// let day = "2019-11-14".parse().ok();
/// let times = demarche::mention::time::find("The talks failed last month.", day, &book);
/// assert_eq!((times[0].text.as_str(), times[0].value.as_str()), ("last month", "2019-10"));
/// # Ok::<(), demarche::Error>(())
/// ```
pub fn find(text: &str, anchor: Option<Date>, book: &TimeBook) -> Vec<When> {
    let mut reader = Reader::new(anchor, book);
    for span in pieces(text) {
        let rest = text.get(span.end..).unwrap_or("");
        // A line of its own without a stop is a heading.
        let piece = span.slice(text).trim_end();
        let heading = rest.starts_with('\n') && piece.ends_with(|c: char| c.is_alphanumeric());
        reader.sentence(text, span, None, heading);
    }
    reader.found
}

/// Cuts a text where a sentence surely ends: at blank lines, and behind a stop that a capital follows.
fn pieces(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    let mut word = 0;
    let mut previous = ' ';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let blank = c == '\n' && next.is_some_and(|n| n == '\n');
        let stop = matches!(c, '.' | '!' | '?') && next.is_some_and(char::is_whitespace) && {
            let rest = text.get(at + 1..).unwrap_or("").trim_start();
            let last = text.get(word..at).unwrap_or("");
            // Abbreviations are short or begin with a capital: `Nov.`, `p.m.`, `Mr.`, `U.S.`
            let ends = c != '.'
                || (last.len() > 4 && !last.contains('.'))
                || (last.len() > 1 && last.chars().all(|c| c.is_lowercase() || c.is_ascii_digit()));
            ends && rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '‘'))
        };
        if blank || stop {
            out.push(Span::new(start, at + 1));
            start = at + 1;
        }
        if previous.is_whitespace() || matches!(previous, '"' | '“' | '(') {
            word = at;
        }
        previous = c;
    }
    out.push(Span::new(start, text.len()));
    out
}

/// The last word of a text, in lower case.
fn last_word(text: &str) -> String {
    text.trim_end().rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase()
}

/// Gives each time of day without a day of its own the day that stands nearest in the sentence.
fn lend_days(atoms: &mut [Atom]) {
    for i in 0..atoms.len() {
        let Some(this) = atoms.get(i) else { return };
        if this.of.is_some() || !matches!(this.op, Op::Clock { .. } | Op::Part(_, None)) {
            continue;
        }
        let (start, end) = (this.start, this.end);
        let nearest = atoms
            .iter()
            .filter_map(|a| {
                let day = match &a.op {
                    Op::Clock { .. } => a.of.as_deref().cloned(),
                    op if ["day", "weekday", "monthday"].iter().any(|k| op.is(k)) => Some(a.clone()),
                    _ => None,
                }?;
                Some((if a.end <= start { start - a.end } else { a.start.saturating_sub(end) }, day))
            })
            .min_by_key(|(gap, _)| *gap);
        if let (Some((_, day)), Some(this)) = (nearest, atoms.get_mut(i)) {
            this.of = Some(Box::new(day));
        }
    }
}

/// `March to June 1944`: the year of the second is that of the first.
fn lend_years(text: &str, atoms: &mut [Atom]) {
    for i in (1..atoms.len()).rev() {
        let (before, after) = atoms.split_at_mut(i);
        let (Some(first), Some(second)) = (before.last_mut(), after.first()) else { return };
        let gap = text.get(first.end..second.start).unwrap_or("").trim();
        if !matches!(gap, "to" | "and" | "or" | "through" | "until" | "till" | "-" | "–" | ",") {
            continue;
        }
        let (year, month) = match second.op {
            Op::Season { year: Some(year), .. } => (year, 12),
            Op::Month { year: Some(year), month } | Op::Day { year: Some(year), month, .. } => (year, month),
            _ => continue,
        };
        match &mut first.op {
            Op::Month { year: none @ None, month: m } | Op::Day { year: none @ None, month: m, .. }
                if first.dir == Dir::Open && first.of.is_none() =>
            {
                *none = Some(if *m > month { year - 1 } else { year });
            }
            Op::Season { year: none @ None, .. } if first.dir == Dir::Open && first.of.is_none() => *none = Some(year),
            _ => {}
        }
    }
}

struct Reader<'b> {
    ctx: Context,
    book: &'b TimeBook,
    found: Vec<When>,
}

impl<'b> Reader<'b> {
    fn new(anchor: Option<Date>, book: &'b TimeBook) -> Self {
        Reader { ctx: Context { anchor, ..Context::default() }, book, found: Vec::new() }
    }

    fn sentence(&mut self, text: &str, span: Span, sentence: Option<&Sentence>, heading: bool) {
        let piece = span.slice(text);
        let mut atoms = atom::find(piece, self.book);
        lend_days(&mut atoms);
        lend_years(piece, &mut atoms);
        for mut atom in atoms {
            if sentence.is_some_and(|s| misread(&atom, s, span.start)) {
                continue;
            }
            let tags = sentence.filter(|s| !s.tokens.is_empty()).map(|s| (s, span.start));
            let mut tense = tense::direction(piece, atom.start, atom.end, &self.book.words, tags);
            let before = last_word(piece.get(..atom.start).unwrap_or(""));
            if heading && tense.dir == Dir::Past && !tense.sure {
                // Headings put what happened in the present; their participles tell no time.
                tense.dir = Dir::Open;
            }
            if matches!(atom.op, Op::Month { .. }) && !self.book.words.listed("takes-month", &before) {
                // `December talks`: the verb of the clause is not about the month.
                tense.dir = Dir::Open;
            }
            if let Op::Duration(parts) = &atom.op
                && let [(amount, unit)] = parts.as_slice()
                && before == "in"
                && tense.dir != Dir::Past
                && *unit >= Unit::Day
                && atom.modifier.is_none()
                && amount.whole().is_some()
            {
                atom.op = Op::Ago(*amount, *unit, 1);
            }
            let Some(resolved) = resolve(&atom, &self.ctx, tense) else { continue };
            self.remember(&resolved);
            let span = Span::new(span.start + atom.start, span.start + atom.end);
            self.found.push(self.when(text, span, &atom, resolved));
        }
    }

    fn remember(&mut self, resolved: &Resolved) {
        let Some(cal) = resolved.cal else { return };
        self.ctx.last = Some(cal);
        if let Cal::Day(day) = cal
            && self.ctx.anchor.is_none_or(|a| day <= a)
        {
            self.ctx.day = Some(day);
        }
        if matches!(cal, Cal::Quarter(..)) && resolved.value.len() == 7 {
            // The year before is spoken of to compare: the period under report stays.
            let later = self.ctx.period.is_none_or(|p| p.year() <= cal.year());
            let over = resolved.days.is_some_and(|d| self.ctx.anchor.is_none_or(|a| d.1 <= a));
            if later && over {
                self.ctx.period = Some(cal);
            }
        }
    }

    fn when(&self, text: &str, span: Span, atom: &Atom, resolved: Resolved) -> When {
        let modifier = atom.modifier.clone().or(resolved.modifier.map(str::to_string));
        let days = resolved.days.map(|days| match resolved.modifier {
            Some(_) => days,
            None => self.narrow(days, atom),
        });
        let named = matches!(resolved.kind, "DATE" | "TIME");
        When {
            text: span.slice(text).to_string(),
            span: Some(span),
            kind: atom.kind.clone().unwrap_or_else(|| resolved.kind.to_string()),
            value: resolved.value,
            modifier,
            start: days.map(|d| d.0.to_string()).filter(|_| named),
            end: days.map(|d| d.1.to_string()).filter(|_| named),
            precision: resolved.precision.filter(|_| named),
        }
    }

    /// The part of an interval that its modifier leaves: a third for early, mid and late; up to or from the story's
    /// day for earlier and later.
    fn narrow(&self, (first, last): (Date, Date), atom: &Atom) -> (Date, Date) {
        let inside = self.ctx.anchor.filter(|a| first <= *a && *a <= last);
        match inside {
            Some(anchor) if atom.until_anchor => return (first, anchor),
            Some(anchor) if atom.from_anchor => return (anchor, last),
            _ => {}
        }
        let Ok(length) = first.until(last).map(|s| s.get_days()) else { return (first, last) };
        let third = length / 3;
        let at = |n: i32| first.checked_add(jiff::Span::new().days(n)).unwrap_or(first);
        match atom.modifier.as_deref() {
            Some("START") => (first, at(third)),
            Some("MID") => (at(third), at(length - third)),
            Some("END") => (at(length - third), last),
            _ => (first, last),
        }
    }
}

/// True where the tags say that a word is no time: `may` as a verb, `fall` as a verb, `Will` and `April` as names.
fn misread(atom: &Atom, sentence: &Sentence, shift: usize) -> bool {
    let (start, end) = (shift + atom.start, shift + atom.end);
    let span = Span::new(start, end);
    let named = sentence.names.iter().any(|n| match n.kind {
        NameKind::Person => n.span.overlaps(&span),
        NameKind::Organisation | NameKind::Place => n.span.contains(&span) && n.span != span,
        NameKind::Other => false,
    });
    if named {
        return true;
    }
    let inside: Vec<_> = sentence.tokens.iter().filter(|t| t.span.start >= start && t.span.end <= end).collect();
    match inside.as_slice() {
        [one] => matches!(one.upos.as_str(), "VERB" | "AUX"),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
