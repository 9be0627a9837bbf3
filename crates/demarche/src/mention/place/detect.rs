//! Which words name a place.

use super::scan::{Line, Seen, Word};
use super::words;
use crate::codebook::places::{Class, Found, Gazetteer, after_comma, fold, short};
use crate::record::{NameKind, Span};
use std::collections::BTreeMap;

/// Words of the longest name that is looked for.
const LONGEST: usize = 7;

/// Candidates by key, so that each name is looked up once in an article.
#[derive(Debug, Default)]
pub(super) struct Known(pub BTreeMap<String, Vec<Found>>);

impl Known {
    fn has(&mut self, key: &str, book: &Gazetteer) -> bool {
        if !self.0.contains_key(key) {
            self.0.insert(key.to_string(), book.find(key));
        }
        self.0.get(key).is_some_and(|f| !f.is_empty())
    }

    pub(super) fn get(&self, key: &str) -> &[Found] {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }
}

/// A place name in the text, before it is known which place it is.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub span: Span,
    /// What to look up; empty where the gazetteer has nothing.
    pub key: String,
    /// Line and words.
    pub line: usize,
    pub words: (usize, usize),
    /// Only these classes, where the text says what kind of place it is.
    pub classes: &'static [Class],
    /// Index of the spot that the text puts this one in.
    pub container: Option<usize>,
    /// Only helps others: a state's short form after a comma belongs to no list of places.
    pub shown: bool,
}

fn span_of(words: &[Word]) -> Span {
    match (words.first(), words.last()) {
        (Some(a), Some(z)) => Span::new(a.span.start, z.span.end),
        _ => Span::default(),
    }
}

/// Finds the place names of one line.
pub(super) fn spots(
    text: &str,
    at: usize,
    line: &Line,
    reader: bool,
    known: &mut Known,
    book: &Gazetteer,
) -> Vec<Spot> {
    let mut out: Vec<Spot> = Vec::new();
    let w = &line.words;
    let mut i = 0;
    while i < w.len() {
        let found = longest(text, w, i, known, book);
        let seen = line.names.iter().find(|n| n.words.0 <= i && i < n.words.1);
        // A place that the reader saw, of which the gazetteer knows a part or nothing.
        if let Some(n) = seen.filter(|n| n.kind == NameKind::Place && n.words.0 == i) {
            let whole = found.as_ref().is_some_and(|(_, end)| *end >= n.words.1);
            if !whole {
                out.push(part(text, at, line, n, found, known, book));
                i = n.words.1.max(i + 1);
                continue;
            }
        }
        let Some((key, end)) = found else {
            i += 1;
            continue;
        };
        let comma = key.starts_with(',');
        if comma && !after_place(w, i, &out) {
            i += 1;
            continue;
        }
        if comma || accepted(line, i, end, &key, seen, reader, known) {
            out.push(Spot {
                span: span_of(&w[i..end]),
                classes: kind_by_neighbour(w, i, end),
                key,
                line: at,
                words: (i, end),
                container: None,
                shown: true,
            });
            i = end;
        } else {
            i += 1;
        }
    }
    out
}

/// The longest name of the gazetteer that begins with word `i`, and where it ends.
fn longest(text: &str, w: &[Word], i: usize, known: &mut Known, book: &Gazetteer) -> Option<(String, usize)> {
    let first = w.get(i)?;
    if !first.capital && first.lower != "the" {
        return None;
    }
    let top = (i + LONGEST).min(w.len());
    for end in (i + 1..=top).rev() {
        let part = w.get(i..end)?;
        let last = part.last()?;
        if !last.lower.chars().any(char::is_alphanumeric) || (part.len() > 1 && !last.capital && last.lower != "state")
        {
            continue;
        }
        let form = span_of(part).slice(text);
        if part.len() == 1 {
            if !first.capital {
                return None;
            }
            if first.short {
                let key = short(form);
                if known.has(&key, book) {
                    return Some((key, end));
                }
            }
            let key = after_comma(form);
            if known.has(&key, book) {
                return Some((key, end));
            }
        }
        if first.lower == "the" && part.len() > 1 && !w.get(i + 1)?.capital {
            return None;
        }
        // `the` belongs to no name that is shown.
        if first.lower == "the" {
            continue;
        }
        let key = fold(form);
        if key.len() > 2 && known.has(&key, book) {
            return Some((key, end));
        }
    }
    None
}

/// True if word `i` stands after a place and a comma.
fn after_place(w: &[Word], i: usize, out: &[Spot]) -> bool {
    let comma = i.checked_sub(1).and_then(|c| w.get(c)).is_some_and(|c| c.lower == ",");
    comma && out.last().is_some_and(|s| s.words.1 + 1 == i)
}

/// A name that the reader calls a place and the gazetteer does not know as a whole.
fn part(
    text: &str,
    at: usize,
    line: &Line,
    n: &Seen,
    found: Option<(String, usize)>,
    known: &mut Known,
    book: &Gazetteer,
) -> Spot {
    let (a, z) = n.words;
    let w = line.words.get(a..z).unwrap_or_default();
    let last = w.last().map_or("", |w| w.lower.as_str());
    let mut spot = Spot {
        span: span_of(w),
        key: String::new(),
        line: at,
        words: (a, z),
        classes: &[],
        container: None,
        shown: true,
    };
    // `Kaduna State`, `Moi Airport`: called after a place that it is or lies in.
    if let Some((key, _)) = found
        && !key.starts_with(',')
    {
        let kind = kind_word(last);
        if !kind.is_empty() || words::FACILITY.contains(&last) {
            spot.key = key;
            spot.classes = kind;
            return spot;
        }
    }
    // `Northern Kaduna`, `Greater Accra`, `Port of Mombasa`: the rest of the name.
    for skip in 1..w.len() {
        let rest = w.get(skip..).unwrap_or_default();
        let lead = w.get(..skip).unwrap_or_default();
        let leads = lead.iter().all(|l| {
            words::PART.contains(&l.lower.as_str())
                || [
                    "greater", "inner", "outer", "old", "port", "city", "gulf", "of", "province", "state", "republic",
                    "mt",
                ]
                .contains(&l.lower.as_str())
        });
        if !leads {
            break;
        }
        let key = fold(span_of(rest).slice(text));
        if known.has(&key, book) {
            spot.key = key;
            return spot;
        }
    }
    spot
}

fn kind_word(lower: &str) -> &'static [Class] {
    if words::ADMIN1.contains(&lower) {
        &[Class::Admin1, Class::Admin2, Class::Region]
    } else if words::ADMIN2.contains(&lower) {
        &[Class::Admin2, Class::Admin1, Class::City]
    } else if words::TOWN.contains(&lower) {
        &[Class::City, Class::Capital]
    } else {
        &[]
    }
}

/// What the words beside a name say of its kind: `Kaduna state`, `the province of Kaduna`, `the town of Ames`.
fn kind_by_neighbour(w: &[Word], i: usize, end: usize) -> &'static [Class] {
    let after = w.get(end).map_or("", |w| w.lower.as_str());
    let of = i.checked_sub(1).and_then(|p| w.get(p)).is_some_and(|p| p.lower == "of");
    let before = if of { i.checked_sub(2).and_then(|p| w.get(p)).map_or("", |w| w.lower.as_str()) } else { "" };
    let kind = kind_word(before);
    if !kind.is_empty() {
        return kind;
    }
    // `the Lagos state government` is as good; `Paris region` is not.
    if after == "region" || after == "department" || after == "territory" { &[] } else { kind_word(after) }
}

/// Weighs the reader's word, the neighbours and the name itself.
fn accepted(line: &Line, i: usize, end: usize, key: &str, seen: Option<&Seen>, reader: bool, known: &Known) -> bool {
    let w = &line.words;
    let found = known.get(key);
    let grand = found.iter().any(|f| {
        matches!(f.class, Class::Country | Class::Continent) || (f.own && !matches!(f.class, Class::Site | Class::Seat))
    });
    let size = found.iter().filter(|f| !f.alternate).map(|f| f.population).fold(0.0, f64::max);
    let lower = |at: Option<usize>| at.and_then(|p| w.get(p)).map_or("", |w| w.lower.as_str());
    let mut before = i.checked_sub(1);
    while words::PART.contains(&lower(before)) && !lower(before).is_empty() {
        before = before.and_then(|b| b.checked_sub(1));
    }
    let locative = words::LOCATIVE.contains(&lower(before));
    let seat = !found.is_empty() && found.iter().all(|f| f.class == Class::Seat);
    if seat && !locative {
        return false;
    }
    if governs(w, i, end, found) {
        return false;
    }
    if reader {
        match seen.map(|s| (s.kind, s.words, s.score)) {
            // A place in the reader's eyes, whole or as the head of a longer one.
            Some((NameKind::Place, _, _)) => return true,
            // `Kenya` the actor, `Bank of Kenya` the bank.
            Some((_, (a, z), _)) if (a, z) == (i, end) => {
                return grand && !matches!(seen.map(|s| s.kind), Some(NameKind::Person)) && !ambiguous(key);
            }
            Some(_) => return false,
            None => {}
        }
        let crosses = line.names.iter().any(|n| n.words.0 < end && i < n.words.1 && n.kind != NameKind::Place);
        let upos = w.get(i).map_or("", |w| w.upos.as_str());
        return !crosses
            && (grand || size >= 200_000.0)
            && (locative || !ambiguous(key))
            && matches!(upos, "PROPN" | "")
            && !person(w, i, end)
            && !neighbours_capital(line, i, end);
    }
    if person(w, i, end) || words::OTHER_AFTER.contains(&lower(Some(end))) && w.get(end).is_some_and(|w| w.capital) {
        return false;
    }
    // `the Bank` is a thing; `the Bank of America` an organisation; `the city of Lagos` a place.
    let previous = lower(i.checked_sub(1));
    if !grand && matches!(previous, "the" | "a" | "an") {
        return false;
    }
    let whose = i.checked_sub(2).and_then(|p| w.get(p)).filter(|p| previous == "of" && p.capital);
    if whose.is_some_and(|p| kind_word(&p.lower).is_empty() && !words::FACILITY.contains(&p.lower.as_str())) {
        return false;
    }
    let contained = lower(Some(end)) == "," && w.get(end + 1).is_some_and(|w| w.capital);
    if ambiguous(key) {
        return (locative || grand && !line.headline && i > 0) && !neighbours_capital(line, i, end);
    }
    if line.headline {
        return grand || size >= 300_000.0;
    }
    if neighbours_capital(line, i, end) {
        return grand && end - i > 1;
    }
    grand || size >= 100_000.0 || (size > 0.0 && (locative || (contained && i > 0 && size >= 5_000.0)))
}

fn ambiguous(key: &str) -> bool {
    words::AMBIGUOUS.contains(&key)
}

/// A title before, or a capitalised word that is no place's beside it.
fn person(w: &[Word], i: usize, _end: usize) -> bool {
    let before = i.checked_sub(1).and_then(|p| w.get(p));
    let dot = before.filter(|b| b.lower.is_empty()).and(i.checked_sub(2)).and_then(|p| w.get(p));
    [before, dot].into_iter().flatten().any(|b| b.capital && words::TITLES.contains(&b.lower.as_str()))
}

/// True if the match is a piece of a longer run of capitalised words.
fn neighbours_capital(line: &Line, i: usize, end: usize) -> bool {
    if line.headline {
        return false;
    }
    let w = &line.words;
    let before = i.checked_sub(1).and_then(|p| w.get(p)).is_some_and(|b| {
        b.capital
            && i > 1
            && !words::PART.contains(&b.lower.as_str())
            && words::demonym(&b.lower).is_none()
            && !words::LOCATIVE.contains(&b.lower.as_str())
    });
    let after =
        w.get(end).is_some_and(|a| a.capital && kind_word(&a.lower).is_empty() && a.upos != "PRON" && a.lower != "i");
    before || after
}

/// A capital that is the subject of a government's doing speaks for the government.
fn governs(w: &[Word], i: usize, end: usize, found: &[Found]) -> bool {
    let capital = found.iter().any(|f| matches!(f.class, Class::Capital | Class::Seat));
    let country = found.iter().any(|f| f.class == Class::Country);
    capital
        && !country
        && w.get(i..end)
            .unwrap_or_default()
            .iter()
            .any(|w| w.subject_of.as_deref().is_some_and(|lemma| words::GOVERNMENT_DOES.contains(&lemma)))
}

/// Ties each spot to the one that the text puts it in: `Paris, Texas`, `Kano in northern Nigeria`, `Nigeria's Kano`.
pub(super) fn contain(line: &Line, spots: &mut [Spot], first: usize) {
    let w = &line.words;
    for k in 1..spots.len() {
        let (Some(a), Some(b)) = (spots.get(k - 1), spots.get(k)) else { continue };
        let gap = w.get(a.words.1..b.words.0).unwrap_or_default();
        let plain: Vec<&str> = gap.iter().map(|w| w.lower.as_str()).filter(|l| !words::PART.contains(l)).collect();
        // Everything between says where: a comma, `in`, and what kind of place it is.
        let holds = plain.iter().any(|p| matches!(*p, "," | "in" | "("))
            && plain.len() < 5
            && plain
                .iter()
                .all(|p| matches!(*p, "," | "in" | "(" | "of" | "a" | "capital") || !kind_word(p).is_empty());
        if holds {
            if let Some(a) = spots.get_mut(k - 1) {
                a.container = Some(first + k);
            }
        } else if matches!(plain.as_slice(), ["'s"] | ["’s"] | ["'"] | ["’"] | ["'s", "capital"] | ["’s", "capital"])
            && let Some(b) = spots.get_mut(k)
        {
            b.container = Some(first + k - 1);
        }
    }
}
