//! Places with coordinates.

mod detect;
mod resolve;
mod scan;
#[cfg(test)]
mod tests;
mod words;

use crate::codebook::places::{Found, Gazetteer, fold};
use crate::record::{Article, Place, Sentence, Span};
use detect::{Known, Spot};
use scan::Line;

pub use resolve::kilometres;

/// Place names of an article that are resolved; what comes after stays without coordinates, so that time is bounded.
const MOST: usize = 1500;

/// Finds and resolves the place names of an article, in text order.
///
/// A place that the gazetteer does not know but the reader is sure of has no coordinates. Adjectives of nationality are no
/// places; a capital that is the subject of a government's doing ("Moscow rejected") is an actor and no place.
pub fn read(article: &Article, sentences: &[Sentence], book: &Gazetteer) -> Vec<Place> {
    let lines = scan::lines(article, sentences);
    let reader = lines.iter().any(|l| !l.names.is_empty());
    let mut known = Known::default();
    let mut spots: Vec<Spot> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let mut here = detect::spots(&article.text, at, line, reader, &mut known, book);
        let first = spots.len();
        detect::contain(line, &mut here, first);
        spots.append(&mut here);
    }
    let story = story(article, &lines);
    let rest = spots.split_off(spots.len().min(MOST));
    for spot in &mut spots {
        spot.container = spot.container.filter(|c| *c < MOST);
    }
    let chosen = resolve::choose(&spots, &known, &story);
    let mut out: Vec<Place> = Vec::new();
    for (spot, found) in spots.iter().zip(chosen).filter(|(s, _)| s.shown) {
        out.push(place(&article.text, spot.span, found));
    }
    out.extend(rest.iter().filter(|s| s.shown).map(|s| place(&article.text, s.span, None)));
    out.extend(lines.iter().flat_map(|l| capitals(&article.text, l, book)));
    out.sort_by_key(|p| p.span);
    out.dedup_by(|b, a| a.span.overlaps(&b.span));
    out
}

fn place(text: &str, span: Span, found: Option<Found>) -> Place {
    let words = span.slice(text).to_string();
    let Some(f) = found else { return Place { name: words.clone(), text: words, span, ..Place::default() } };
    let some = |s: String| (!s.is_empty()).then_some(s);
    Place {
        text: words,
        span,
        name: f.name,
        country: some(f.country),
        admin1: some(f.admin1),
        geonames: f.geonames,
        lat: Some(f.lat),
        lon: Some(f.lon),
    }
}

/// What the article's other words say of where it plays.
fn story(article: &Article, lines: &[Line]) -> resolve::Story {
    let mut story = resolve::Story::default();
    for word in lines.iter().flat_map(|l| &l.words).filter(|w| w.capital) {
        if let Some(country) = words::demonym(&word.lower) {
            *story.countries.entry(country.to_string()).or_insert(0.0) += 1.0;
        }
    }
    let host = article.url.as_deref().and_then(|u| u.split("://").nth(1).unwrap_or(u).split(['/', ':']).next());
    let end = host.and_then(|h| h.rsplit('.').next()).unwrap_or("");
    story.home = words::DOMAINS.iter().find(|(d, _)| *d == end).map(|(_, c)| *c);
    story
}

/// `the Swedish capital`, `Sweden's capital`.
fn capitals(text: &str, line: &Line, book: &Gazetteer) -> Vec<Place> {
    let mut out = Vec::new();
    for (i, word) in line.words.iter().enumerate().filter(|(_, w)| w.lower == "capital") {
        let before = |n: usize| i.checked_sub(n).and_then(|p| line.words.get(p));
        let country = match before(1) {
            Some(b) if b.capital => words::demonym(&b.lower).map(|c| (c.to_string(), 1)),
            Some(b) if matches!(b.lower.as_str(), "'s" | "’s") => before(2).and_then(|c| {
                let found = book.find(&fold(c.span.slice(text)));
                let country = found.into_iter().find(|f| f.class == crate::codebook::places::Class::Country)?.country;
                Some((country, 0))
            }),
            _ => None,
        };
        let Some((country, adjective)) = country else { continue };
        // With the capital's name beside it, the name is the place.
        let named = |w: Option<&scan::Word>| w.is_some_and(|w| w.capital);
        let next = line.words.get(i + 1);
        let apposed = next.is_some_and(|n| n.lower == ",") && named(line.words.get(i + 2));
        let after = before(adjective + 2).is_some_and(|w| w.lower == ",")
            || before(adjective + 1).is_some_and(|w| w.lower == ",");
        if named(next) || apposed || after || adjective == 0 {
            continue;
        }
        let start = match before(adjective + 1) {
            Some(the) if the.lower == "the" => the.span.start,
            _ => before(adjective).map_or(word.span.start, |w| w.span.start),
        };
        if let Some(found) = book.capital(&country) {
            out.push(place(text, Span::new(start, word.span.end), Some(found)));
        }
    }
    out
}
