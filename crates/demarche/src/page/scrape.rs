//! Plain text: clean bodies, and scrapes that still hold what stood around the article.

use super::build::Draft;
use super::line::{self, Dated};
use super::words::{count, ends_sentence, key};
use super::{byline, caption, html, twins, wire};
use crate::record::{Note, Stamp};

/// Text that is the body and nothing else: paragraphs parted by blank lines.
pub(super) fn body(text: &str) -> Draft {
    let mut draft = Draft { paragraphs: groups(text).into_iter().map(|g| g.join(" ")).collect(), ..Draft::default() };
    draft.wire = html::named_in_body(&draft.paragraphs);
    draft
}

/// Lines in groups that blank lines part.
fn groups(text: &str) -> Vec<Vec<&str>> {
    let mut out: Vec<Vec<&str>> = Vec::new();
    let mut open = Vec::new();
    for line in text.lines().flat_map(|l| l.split(['\r', '\u{2028}', '\u{2029}', '\u{0c}'])) {
        if line.trim().is_empty() {
            if !open.is_empty() {
                out.push(std::mem::take(&mut open));
            }
        } else {
            open.push(line.trim());
        }
    }
    if !open.is_empty() {
        out.push(open);
    }
    out
}

/// Lines as the page had them: where a file is broken at a fixed width, a group of lines is one line.
fn lines(text: &str) -> Vec<String> {
    let groups = groups(text);
    let inner: Vec<usize> = groups
        .iter()
        .flat_map(|g| g.split_last().map_or(&[][..], |(_, rest)| rest))
        .map(|l| l.chars().count())
        .collect();
    let widest = inner.iter().copied().max().unwrap_or(0);
    let full = inner.iter().filter(|&&n| n + 18 > widest).count();
    let wrapped = inner.len() >= 4 && (40..=110).contains(&widest) && full * 10 >= inner.len() * 7;
    if wrapped {
        groups.into_iter().map(|g| g.join(" ")).collect()
    } else {
        groups.into_iter().flatten().map(str::to_owned).collect()
    }
}

/// Lines of a scrape that are looked at; a long article has some hundreds.
const MOST_LINES: usize = 20_000;

enum Kind {
    Furniture,
    Trail(Vec<String>),
    Date(Dated, Stamp),
    Caption(String, Option<String>),
    Byline,
    Wire(String),
    Correction,
    Paywall,
    /// A sentence or more.
    Prose,
    /// A headline, a heading, or a scrap.
    Short,
}

/// A row of links: three or more pieces of a word or two, set apart by bars, bullets or wide gaps.
fn menu(text: &str) -> bool {
    let plain = text.replace('\t', "  ");
    let parts: Vec<&str> =
        plain.split(['|', '•', '·']).flat_map(|p| p.split("  ")).map(str::trim).filter(|p| !p.is_empty()).collect();
    let gaps = text.contains(" | ") || plain.contains("  ");
    (parts.len() >= 3 || (parts.len() == 2 && gaps))
        && parts.iter().all(|p| count(p) <= 4 && !ends_sentence(p))
        && super::stamp::visible(text).is_none()
}

/// `Jane Roe, Vell` between the headline and the story: a name and where it was written.
fn name_and_place(text: &str) -> Option<&str> {
    let (name, place) = text.split_once(", ")?;
    let capital = |w: &str| {
        w.starts_with(|c: char| c.is_uppercase())
            && w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
    };
    let fits = |s: &str, most: usize| (1..=most).contains(&count(s)) && s.split(' ').all(capital);
    (count(name) >= 2 && fits(name, 4) && fits(place, 3)).then_some(name)
}

/// The house of a foot line such as `© The Example 2021`.
pub(super) fn rights(text: &str) -> Option<String> {
    let at = text.find('©').map(|i| i + '©'.len_utf8()).or_else(|| {
        let lower = text.to_ascii_lowercase();
        lower.find("copyright").map(|i| i + "copyright".len())
    })?;
    let rest = text.get(at..)?.trim_start_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, '©' | '-' | '–' | ',' | ':')
    });
    let end = rest.find(['.', ',', '|', '•', ';']).unwrap_or(rest.len());
    let name = rest
        .get(..end)?
        .split(" All ")
        .next()?
        .trim()
        .trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    let capital =
        name.split(' ').all(|w| w.starts_with(|c: char| c.is_uppercase()) || matches!(w, "of" | "the" | "and" | "&"));
    ((1..=6).contains(&count(name)) && capital && name.chars().count() > 2).then(|| name.to_owned())
}

fn judge(text: &str) -> Kind {
    if menu(text) {
        return Kind::Furniture;
    }
    let trail = line::trail(text);
    if !trail.is_empty() {
        return Kind::Trail(trail);
    }
    if let Some((kind, stamp)) = line::dated(text) {
        return Kind::Date(kind, stamp);
    }
    if let Some(name) = wire::credit_line(text) {
        return Kind::Wire(name);
    }
    let trail = line::slashes(text);
    if !trail.is_empty() {
        return Kind::Trail(trail);
    }
    if byline::is_line(text) {
        return Kind::Byline;
    }
    if line::correction(text) {
        return Kind::Correction;
    }
    if line::paywall(text) {
        return Kind::Paywall;
    }
    if count(text) <= 80
        && let Some((words, credit)) = caption::read(text)
    {
        return Kind::Caption(words, credit);
    }
    if line::furniture(text) {
        return Kind::Furniture;
    }
    if (ends_sentence(text) && count(text) >= 4) || count(text) >= 24 { Kind::Prose } else { Kind::Short }
}

/// Reads a scrape; `title` is the headline where the source knows it.
pub(super) fn read(text: &str, title: Option<&str>) -> Draft {
    let mut draft = Draft::default();
    let mut all = lines(text);
    if all.len() > MOST_LINES {
        all.truncate(MOST_LINES);
        draft.notes.push(Note::new("cut", format!("only the first {MOST_LINES} lines were read")));
    }
    let lines: Vec<(String, Kind)> = all
        .into_iter()
        .map(|l| {
            let kind = judge(&l);
            (l, kind)
        })
        .collect();
    let known = title.map(key);
    draft.publisher = lines.iter().rev().take(12).find_map(|(l, _)| rights(l));
    let prose_total = lines.iter().filter(|(_, k)| matches!(k, Kind::Prose)).count();
    let first_prose = lines.iter().position(|(_, k)| matches!(k, Kind::Prose)).unwrap_or(lines.len());
    let headline = match &known {
        Some(folded) => lines.iter().position(|(l, _)| key(l) == *folded),
        None => headline(&lines, first_prose),
    };
    if known.is_none() {
        draft.title = headline.and_then(|i| lines.get(i)).map(|(l, _)| l.clone());
    }
    // A sentence between the headline and the lines that date and sign the story introduces it.
    let signed = lines.iter().take(first_prose + 4).rposition(|(_, k)| matches!(k, Kind::Date(..) | Kind::Byline));
    let standfirst = match (headline, signed) {
        (Some(h), Some(s)) if h < first_prose && first_prose < s => {
            let between = lines.iter().take(s).skip(h + 1).filter(|(_, k)| matches!(k, Kind::Prose)).count();
            (between == 1 && !repeated(&lines, first_prose)).then_some(first_prose)
        }
        _ => None,
    };

    let mut seen = 0usize;
    let mut body: Vec<(String, bool)> = Vec::new();
    for (i, (text, kind)) in lines.iter().enumerate() {
        let late = seen > 0 && seen * 10 >= prose_total * 7;
        match kind {
            _ if headline == Some(i) => {}
            _ if known.as_ref().is_some_and(|k| *k == key(text)) => {}
            Kind::Furniture => {
                if late && closes(text) {
                    break;
                }
            }
            Kind::Trail(parts) => {
                if draft.section.is_empty() && seen == 0 {
                    draft.section = parts.iter().filter(|p| key(p) != "home").cloned().collect();
                }
            }
            Kind::Date(kind, stamp) => {
                let slot = if *kind == Dated::Modified { &mut draft.modified } else { &mut draft.published };
                let better = slot
                    .as_ref()
                    .is_none_or(|s| s.precision > stamp.precision && s.value.get(..10) == stamp.value.get(..10));
                if better && (seen == 0 || late || slot.is_none()) {
                    *slot = Some(stamp.clone());
                }
            }
            Kind::Caption(words, credit) => draft.captions.push((words.clone(), credit.clone())),
            Kind::Byline => {
                let (signed, name) = byline::read(text);
                byline::merge(&mut draft.byline, signed);
                if let Some(name) = name {
                    draft.wire.get_or_insert_with(|| name.clone());
                }
            }
            Kind::Wire(name) => {
                if byline::open(text).is_some_and(|_| byline::is_line(text)) {
                    byline::merge(&mut draft.byline, byline::read(text).0);
                }
                draft.wire.get_or_insert_with(|| name.clone());
            }
            Kind::Correction => draft.notes.push(Note::new("correction", text.clone())),
            Kind::Paywall => draft.notes.push(Note::new("paywall", text.clone())),
            Kind::Prose if standfirst == Some(i) => draft.standfirst = Some(text.clone()),
            Kind::Prose => {
                seen += 1;
                // The same words twice running stand under a picture and again beside it.
                let next = lines.get(i + 1).is_some_and(|(l, _)| key(l) == key(text));
                if next || body.last().is_some_and(|(l, _)| key(l) == key(text)) {
                    draft.captions.push((text.clone(), None));
                    body.retain(|(l, _)| key(l) != key(text));
                } else {
                    body.push((text.clone(), true));
                }
            }
            // Above the first sentence and below the last stand menus; between them, headings of the story's parts.
            Kind::Short if seen > 0 && seen < prose_total && count(text) <= 12 => body.push((text.clone(), false)),
            Kind::Short => {
                if seen == 0 && headline.is_some_and(|h| h < i) && draft.byline.is_empty() {
                    draft.byline.people.extend(name_and_place(text).map(str::to_owned));
                } else if i == 0 && count(text) <= 5 && text.split(' ').all(|w| w.starts_with(char::is_uppercase)) {
                    // A page opens with its own name.
                    draft.publisher.get_or_insert_with(|| text.clone());
                }
            }
        }
    }
    while body.last().is_some_and(|(_, prose)| !prose) {
        body.pop();
    }
    let captions: Vec<String> = draft.captions.iter().map(|(w, _)| key(w)).collect();
    body.retain(|(l, _)| !captions.contains(&key(l)));
    let (paragraphs, quotes) = twins::part(body.into_iter().map(|(l, _)| l).collect());
    draft.paragraphs = paragraphs;
    draft.quotes = quotes;
    html::credit_in_body(&mut draft);
    // A newsroom that signs with its initials signs its own pages.
    if draft.publisher.is_none() && draft.byline.initials.is_some() {
        draft.publisher = draft.byline.organisation.clone().filter(|o| wire::agency(o).is_none());
    }
    draft
}

/// The line that is the headline: the first of some length above the story that is not a sentence.
fn headline(lines: &[(String, Kind)], first_prose: usize) -> Option<usize> {
    let candidates = || lines.iter().enumerate().take(first_prose).filter(|(_, (_, k))| matches!(k, Kind::Short));
    candidates()
        .find(|(_, (l, _))| (4..=30).contains(&count(l)))
        .or_else(|| candidates().max_by_key(|(i, (l, _))| (count(l), usize::MAX - i)))
        .map(|(i, _)| i)
        .or_else(|| {
            // Some headlines do end in a stop or a question mark.
            let first = lines.first()?;
            (matches!(first.1, Kind::Prose) && lines.len() > 2 && count(&first.0) <= 16 && !first.0.ends_with('.'))
                .then_some(0)
        })
}

fn repeated(lines: &[(String, Kind)], at: usize) -> bool {
    let Some((text, _)) = lines.get(at) else {
        return false;
    };
    let folded = key(text);
    lines.iter().enumerate().take(600).any(|(i, (l, _))| i != at && key(l).contains(&folded))
}

/// Lines after which only other stories, comments and the page's foot follow.
fn closes(text: &str) -> bool {
    let folded = key(text);
    [
        "related",
        "comments",
        "read more",
        "recommended",
        "most read",
        "most popular",
        "tags",
        "topics",
        "more from",
        "you may also",
        "leave a",
        "share this",
        "up next",
        "trending",
        "latest news",
        "sign up",
    ]
    .iter()
    .any(|w| folded.starts_with(w))
}
